"""The style sheet of one document: equal declarations share one class, so that WeasyPrint reads each once."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from docgen.export.lines.segments import Segments


def points(value: float) -> str:
    """A length in points, to a hundredth, as short as CSS allows."""
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text in {"0", "-0", ""} else f"{text}pt"


class Sheet:
    """What the HTML of one document refers to: declarations by class, in the order they were first asked for.

    Plain text is referred to as well when there are `segments` to hold it.
    """

    def __init__(self, segments: Segments | None = None) -> None:
        """Nothing declared yet."""
        self.segments = segments
        self._classes: dict[tuple[str, str], str] = {}
        self._counts: dict[str, int] = {}
        self._rules: dict[str, None] = {}

    def name(self, prefix: str, declarations: str) -> str:
        """The class for these declarations, `prefix` plus a number; "" for no declarations."""
        if not declarations:
            return ""
        key = (prefix, declarations)
        if key not in self._classes:
            number = self._counts.get(prefix, 0)
            self._counts[prefix] = number + 1
            self._classes[key] = f"{prefix}{number}"
        return self._classes[key]

    def rule(self, text: str) -> None:
        """A rule of its own, once for the document."""
        self._rules[text] = None

    def css(self) -> str:
        """All rules."""
        return "".join(self._rules) + "".join(
            f".{name}{{{declarations}}}" for (_, declarations), name in self._classes.items()
        )
