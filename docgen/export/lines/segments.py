"""Stretches of plain text that docgen sets itself: measured once, drawn glyph by glyph.

**Why.** WeasyPrint measures and shapes each piece of text again, which costs more than all the rest of a contract's
layout. A stretch whose every character is measured needs neither. In the HTML it is one private-use character, which
`docgen.export.pdf.setting` gives its width and draws.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final

from docgen.export.lines.atoms import Atom, Kind
from docgen.export.lines.writer import slanted_by_hand

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from docgen.export.fonts.book import Face
    from docgen.export.lines.breaking import Line

FIRST: Final = 0x100000  # the second private-use plane, which no installed font is expected to draw
_MOST: Final = 0xFFFD
_DRAWN_AS: Final = {"\u2011": "-", "\u00a0": " "}
# Han, kana and the punctuation of Chinese text, which no font draws otherwise because of its neighbours. Dashes and
# leaders are left out: fonts keep several of them for different languages.
_PLAIN_BLOCKS: Final = (
    (0x3001, 0x303F), (0x3040, 0x30FF), (0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xFF01, 0xFF60), (0x20000, 0x3FFFF),
)  # fmt: skip
_KINDS: Final = frozenset((Kind.TEXT, Kind.SPACE))
_PLAIN_SIGNS: Final = frozenset("“”‘’·×、　●○■□▪•◆→①②③④⑤⑥⑦⑧⑨⑩")


@dataclass(frozen=True, slots=True)
class Glyphs:
    """Characters of one face and size: each with the width it takes up, in points."""

    face: Face
    size: float
    text: str
    widths: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of a line; `width` in points."""

    runs: tuple[Glyphs, ...]
    width: float

    @property
    def text(self) -> str:
        """What it says."""
        return "".join(run.text for run in self.runs)


class Segments:
    """The segments of one document, each known by a private-use character."""

    def __init__(self) -> None:
        """None yet."""
        self._found: list[Segment] = []

    def __eq__(self, other: object) -> bool:
        """Whether both say the same in the same places."""
        return isinstance(other, Segments) and self._found == other._found

    __hash__ = None  # type: ignore[assignment] # it grows

    def end(self, atoms: Sequence[Atom], line: Line, begin: int) -> int:
        """Where the plain text that begins at `begin` ends; `begin` itself when it isn't plain."""
        index = begin
        while index < line.end and _plain(atoms[index], line, index):
            index += 1
            if atoms[index - 1].tail:
                break
        return index if len(self._found) < _MOST else begin

    def add(self, atoms: Sequence[Atom], line: Line, begin: int, end: int) -> str:
        """The character that stands for these atoms."""
        runs: list[Glyphs] = []
        start = begin
        for index in range(begin + 1, end + 1):
            first, size = atoms[start], atoms[start].look.drawn_size
            alike = index < end and atoms[index].face is first.face and atoms[index].look.drawn_size == size
            if alike and atoms[index - 1].kind is not Kind.TAB:
                continue
            held = range(start, index)
            text = "".join(_drawn(atoms[at]) for at in held)
            widths = tuple(
                (line.tabs[at][0] if at in line.tabs else atoms[at].width) + line.extra[at - line.begin] for at in held
            )
            runs.append(Glyphs(first.face, size, text, widths))
            start = index
        self._found.append(Segment(tuple(runs), sum(sum(run.widths) for run in runs)))
        return chr(FIRST + len(self._found) - 1)

    def of(self, text: str) -> Iterator[Segment]:
        """The segments that a text of private-use characters stands for."""
        return (self._found[ord(char) - FIRST] for char in text)


def _plain(atom: Atom, line: Line, at: int) -> bool:
    """Whether nothing but the character itself is drawn, upright and in black; of a tab, nothing."""
    look = atom.look
    if atom.kind is Kind.TAB:
        return at in line.tabs and line.tabs[at][1] == "none" and not look.effects and look.scale == 1
    if atom.kind not in _KINDS or look.effects or look.scale != 1 or look.signs or atom.link:
        return False
    return _stands(atom.char, atom.face)


def _drawn(atom: Atom) -> str:
    """The character that is drawn for an atom: a tab is a space as wide as the tab, so that copied text keeps one."""
    return " " if atom.kind is Kind.TAB else _DRAWN_AS.get(atom.char, atom.char)


@cache
def _stands(char: str, face: Face) -> bool:
    """Whether the face itself draws the character upright or as its own italic, with a glyph known beforehand."""
    return not slanted_by_hand(face) and _alone(char) and bool(face.file.glyph(_DRAWN_AS.get(char, char)))


@cache
def _alone(char: str) -> bool:
    """Whether a character is drawn with the glyph its font's table of characters names, whatever stands beside it."""
    if len(char) != 1:
        return False
    if char in _PLAIN_SIGNS or char in _DRAWN_AS:
        return True
    code = ord(char)
    if any(first <= code <= last for first, last in _PLAIN_BLOCKS):
        return unicodedata.category(char) not in {"Mn", "Mc", "Me", "Cn"}
    return 0x20 <= code < 0x7F or 0xA1 <= code <= 0xFF  # noqa: PLR2004 — Latin letters, digits, signs
