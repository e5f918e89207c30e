"""The nodes of a loaded file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias, Union

if TYPE_CHECKING:
    from docgen.diagnostics import Diagnostic, Place

Style: TypeAlias = Literal["plain", "quoted", "block"]
Node: TypeAlias = Union["Scalar", "Sequence", "Mapping"]


@dataclass(slots=True, eq=False)
class Scalar:
    """One value or key, exactly as typed; its type is for the schema to decide."""

    text: str
    style: Style
    place: Place

    @property
    def is_null(self) -> bool:
        """Whether nothing was written: empty, `~` or `null` without quotes."""
        return self.style == "plain" and self.text in {"", "~", "null", "Null", "NULL"}


@dataclass(slots=True, eq=False)
class Sequence:
    """A list; its place is its first dash or its opening bracket."""

    items: tuple[Node, ...]
    place: Place


@dataclass(slots=True, eq=False)
class Entry:
    """One key with its value."""

    key: Scalar
    value: Node


@dataclass(slots=True, eq=False)
class Mapping:
    """Keys with values in the order of the file, no key twice; its place is its first key or its opening brace."""

    entries: tuple[Entry, ...]
    place: Place

    def get(self, key: str) -> Node | None:
        """The value under a key as it is written, or None."""
        return next((entry.value for entry in self.entries if entry.key.text == key), None)


@dataclass(slots=True, eq=False)
class Tree:
    """A loaded file: its root, its name, its text for snippets, and the warnings found while reading."""

    root: Mapping
    source: str
    text: str
    diagnostics: tuple[Diagnostic, ...] = ()
