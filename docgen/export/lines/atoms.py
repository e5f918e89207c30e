"""A paragraph as atoms: every character with its face, width, script and line height."""

from __future__ import annotations

import unicodedata
from enum import Enum
from functools import cache
from typing import TYPE_CHECKING

from docgen.export.lines.variants import Variants

if TYPE_CHECKING:
    from docgen.export.fonts.book import Face, FontBook
    from docgen.export.pages.pictures import Drawn
    from docgen.export.reading.looks import Look


class Kind(Enum):
    """What an atom is: a character, a space, a tab, a forced line end, a page number to be filled in, a drawing.

    A point is a place where a line may end; its character, if it has one, is drawn only there.
    """

    TEXT = "text"
    SPACE = "space"
    TAB = "tab"
    BREAK = "break"
    FIELD = "field"
    POINT = "point"
    OBJECT = "object"


class Atom:
    """One character (or tab, break, page field) with its measures in points."""

    __slots__ = ("ascent", "char", "descent", "drawn", "east", "face", "kind", "label", "link", "look", "tail", "width")

    def __init__(  # noqa: PLR0913 — one record, made in one place
        self, kind: Kind, char: str, look: Look, face: Face, width: float, ascent: float, descent: float, *, east: bool
    ) -> None:
        """Keep the measures; `east` tells whether the character is set as Chinese text."""
        self.kind, self.char, self.look, self.face, self.width = kind, char, look, face, width
        self.ascent, self.descent, self.east = ascent, descent, east
        self.link: str = ""
        self.label = False
        self.tail: str = ""  # HTML that takes no room in the line, such as a footnote's place
        self.drawn: Drawn | None = None


# Characters that belong to Chinese or Latin text depending on what stands before them.
_AMBIGUOUS = frozenset("“”‘’…—–·‥†‡‰′″※§¶°±×÷")
_EMPHASIS_EM = 0.48  # what LibreOffice adds above for any emphasis marks; how Word's lines grow is uncertain [R]
_IGNORED = frozenset("\u200b\u200c\u200d\u2060\ufeff\u00ad")


@cache
def script(char: str) -> str:
    """`E` for Chinese text, `L` for Latin, `A` for characters that follow their neighbour."""
    code = ord(char)
    if char in _AMBIGUOUS or 0x2100 <= code < 0x2E80:  # noqa: PLR2004 — letterlike symbols to dingbats
        return "A"
    if code >= 0x2E80 and not 0xFB00 <= code < 0xFE10 and not 0x1D000 <= code < 0x1F000:  # noqa: PLR2004 — CJK blocks
        return "E"
    return "L"


@cache
def letter_like(char: str) -> bool:
    """Whether the character is a letter, digit or Han character, so that a Han–Latin gap stands beside it."""
    return unicodedata.category(char[0])[0] in "LN"


@cache
def shaped(char: str) -> bool:
    """Whether a character can't be measured alone: it combines with its neighbours or runs from right to left."""
    char = char[0]  # the rest is a variation selector
    return unicodedata.bidirectional(char) in {"R", "AL", "AN"} or unicodedata.category(char) in {"Mn", "Mc", "Me"}


def extra_height(look: Look) -> tuple[float, float]:
    """By how much marks and borders make a line higher, above and below."""
    frame = look.marks.frame
    edge = frame.width if frame else 0.0
    return edge + (_EMPHASIS_EM * look.size if look.marks.emphasis else 0.0), edge


class Measurer:
    """Turns text into atoms for one document."""

    def __init__(self, book: FontBook) -> None:
        """Nothing measured yet."""
        self._book = book
        self._known: dict[tuple[int, str, bool], tuple[Face, float, float, float]] = {}
        self.variants = Variants()
        self._looks: list[Look] = []  # keeps looks alive: the table is keyed by identity

    def text(self, text: str, look: Look, atoms: list[Atom]) -> None:
        """Append the atoms of `text`; control characters and invisible joiners vanish."""
        if look.caps:
            text = text.upper()
        elif look.small_caps and text != text.upper():
            for piece, own in self.variants.small_capitals(text, look):
                self.text(piece, own, atoms)
            return
        for char in text:
            if char in _IGNORED or (char < " " and char != "\t"):
                continue
            if atoms and (0xFE00 <= ord(char) <= 0xFE0F or 0xE0100 <= ord(char) <= 0xE01EF):  # noqa: PLR2004 — Unicode blocks
                self._vary(atoms[-1], char)
                continue
            if char == "\t":
                atoms.append(self.special(Kind.TAB, look, atoms))
                continue
            east = self._is_east(char, look, atoms)
            face, width, ascent, descent = self._measure(char, look, east=east)
            kind = Kind.SPACE if char == " " else Kind.TEXT
            atoms.append(Atom(kind, char, look, face, width, ascent, descent, east=east))

    def _vary(self, atom: Atom, selector: str) -> None:
        """A variation selector chooses the shape of the character before it; of symbols, text or colour: text here."""
        if atom.kind is Kind.TEXT and len(atom.char) == 1 and script(atom.char) == "E":
            atom.face = self._book.variant_for(atom.face, atom.char, selector)
            atom.char += selector

    def drawing(self, drawn: Drawn, look: Look, atoms: list[Atom]) -> Atom:
        """A drawing that stands in the line on the baseline."""
        atom = self.special(Kind.OBJECT, look, atoms, "\ufffc")
        atom.width, atom.ascent, atom.drawn = drawn.width, max(drawn.height, 0.0), drawn
        return atom

    def special(self, kind: Kind, look: Look, atoms: list[Atom], char: str = "", width_of: str = "") -> Atom:
        """A tab, break or page field; `width_of` is the text whose width a field is given while breaking lines."""
        if kind is Kind.FIELD:
            self._book.count()
        face, _, ascent, descent = self._measure(" ", look, east=False)
        width = sum(self._measure(sign, look, east=script(sign) == "E")[1] for sign in width_of)
        return Atom(
            kind, char, look, face, width, ascent, descent, east=bool(atoms) and atoms[-1].east and kind is Kind.TAB
        )

    def mark(self, text: str, look: Look, atoms: list[Atom]) -> None:
        """Append the mark of a note as one atom: it isn't parted, and no Chinese–Latin gap stands beside it."""
        own: list[Atom] = []
        self.text(text, look, own)
        if own:
            first = own[0]
            joined = "".join(atom.char for atom in own)
            width = sum(atom.width for atom in own)
            atoms.append(Atom(Kind.TEXT, joined, look, first.face, width, first.ascent, first.descent, east=True))

    @staticmethod
    def _is_east(char: str, look: Look, atoms: list[Atom]) -> bool:
        kind = script(char)
        if kind == "E" or (kind == "A" and look.east_hint):
            return True
        if kind == "A" or char == " ":
            before = next((atom for atom in reversed(atoms) if atom.kind is Kind.TEXT), None)
            return before.east if before is not None else False
        return False

    def _measure(self, char: str, look: Look, *, east: bool) -> tuple[Face, float, float, float]:
        key = (id(look), char, east)
        known = self._known.get(key)
        if known is None:
            self._looks.append(look)
            font, other = (look.east, look.latin) if east else (look.latin, look.east)
            # for a character no font has, which the book reports, the export stops in the end
            face = self._book.face_for(font, other, "\u0020" if char == "\u00a0" else char) or font.face
            width = face.advance(char)
            if width is None:  # a face without a no-break space draws the space
                width = face.advance(" ") or 0.0
            above, below = extra_height(look)
            ascent = (font.line.ascent + font.line.gap) * look.line_size + max(look.rise, 0) + above
            descent = font.line.descent * look.line_size + max(-look.rise, 0) + below
            known = (face, width * look.drawn_size * look.scale + look.spacing, ascent, descent)
            self._known[key] = known
        return known
