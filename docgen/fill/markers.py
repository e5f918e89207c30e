r"""What only the filled text can tell: list labels, the text of references, ids inside loops.

A marker is `\x01`, a kind, its argument and `\x02`. XML forbids these characters, so no value holds them, and a
marker that was left over makes the part malformed, which the health check sees.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from docgen.word.labels import LabelCounter

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from docgen.word.labels import List

OPEN: Final = "\x01"
CLOSE: Final = "\x02"
PART: Final = "\x00"  # stands between the parts of one rendered text
DRAFT: Final = "\x03"  # begins the number of what stands only in a draft; gone when the template is compiled

NUMBERED: Final = "n"  # a paragraph that has a list label or an anchor
REFERENCE: Final = "r"  # the cached text of a reference
ID: Final = "i"  # a fresh id for something that starts inside a loop
ID_AGAIN: Final = "j"  # the id given last for the same thing
NAME: Final = "m"  # a bookmark's name inside a loop: numbered from the second time on


def marker(kind: str, argument: object = "") -> str:
    """The marker as text."""
    return f"{OPEN}{kind}{argument}{CLOSE}"


def draft_mark(index: int) -> str:
    """The marker of what stands only in a draft."""
    return f"{DRAFT}{index}{CLOSE}"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph that counts: its list and level ("" without a label), and the anchors it carries."""

    num_id: str
    level: int
    anchors: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reference:
    """A reference: the anchor it names, its tag, and whether it prints the labels of the levels above too."""

    anchor: str
    tag: int
    full: bool = False


@dataclass(slots=True)
class Substitution:
    """One pass over the markers of a document, part by part, the body first.

    `lost` gets the references whose anchor isn't in the document.
    """

    lists: Mapping[str, List]
    paragraphs: Sequence[Paragraph]
    references: Sequence[Reference]
    next_id: int
    memory: dict[tuple[object, ...], str]
    lost: list[Reference] = field(default_factory=list)
    _labels: dict[str, tuple[str, str]] = field(default_factory=dict)
    _open: list[tuple[list[str], int, Reference]] = field(default_factory=list)
    _ids: dict[str, str] = field(default_factory=dict)
    _names: dict[str, int] = field(default_factory=dict)
    _counter: LabelCounter | None = None

    def part(self, text: str) -> list[str]:
        """The pieces of a part; those of references are set by `close`."""
        first, *rest = text.split(OPEN)
        pieces = [first]
        for piece in rest:
            code, _, after = piece.partition(CLOSE)
            kind, argument = code[:1], code[1:]
            if kind == NUMBERED:
                self._count(self.paragraphs[int(argument)])
            elif kind == REFERENCE:
                self._open.append((pieces, len(pieces), self.references[int(argument)]))
                pieces.append("")
            else:
                pieces.append(self._simple(kind, argument))
            pieces.append(after)
        return pieces

    def close(self) -> None:
        """Set the texts of all references, now that every label is counted."""
        for pieces, index, reference in self._open:
            label = self._labels.get(reference.anchor)
            if label is None:
                self.lost.append(reference)
            else:
                pieces[index] = label[reference.full]

    def _count(self, paragraph: Paragraph) -> None:
        counter = self._counter = self._counter or LabelCounter(self.lists, self.memory)
        label = counter.advance(paragraph.num_id, paragraph.level) if paragraph.num_id else ""
        for anchor in paragraph.anchors:
            if anchor not in self._labels:
                full = counter.full_context(paragraph.num_id, paragraph.level) if label else ""
                self._labels[anchor] = (label, full)

    def _simple(self, kind: str, argument: str) -> str:
        if kind == ID:
            self._ids[argument] = str(self.next_id)
            self.next_id += 1
            return self._ids[argument]
        if kind == ID_AGAIN:
            return self._ids[argument]
        if kind == NAME:
            times = self._names[argument] = self._names.get(argument, 0) + 1
            return argument if times == 1 else f"{argument}_{times}"
        msg = f"unknown marker {kind!r}"
        raise ValueError(msg)
