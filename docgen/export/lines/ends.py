"""Where a line may end: the characters that may not begin or end one, and the Unicode rules within Latin text.

Chinese text may part anywhere but before and after the characters of two lists (Word's own for Simplified Chinese,
unless the document brings others). Latin text parts by the Unicode line breaking algorithm (UAX 14).

**Which of the two holds** is decided as LibreOffice 7.4 does, measured on 4,761 pairs of characters: by the last
letter, digit or Han character at or before the place where the line is full. So a full-width bracket stays with the
Latin word before it, 〔2020〕28 stays whole, and a mark hangs only behind a Han character. Word documents no such
exception (ECMA-376 part 1, 17.3.1.16 and 17.3.1.21 speak of the lists alone), but what it does there is not
confirmed [R]; `LATIN_RULES` turns it off.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from docgen.export.lines.atoms import Atom, Kind, letter_like, script

if TYPE_CHECKING:
    from collections.abc import Sequence

LATIN_RULES = True

# Word's default lists for Simplified Chinese (kinsoku level 1): characters that may not begin or end a line.
NO_START = frozenset(
    "!%),.:;>?]}¢¨°·ˇˉ―‖’”…‰′″›℃∶、。〃〉》」』】〕〗〞︶︺︾﹀﹄﹚﹜﹞！＂％＇），．：；？］｀｜｝～￠々—"
)
NO_END = frozenset("$(£¥‘“〈《「『【〔〖〝﹗﹙﹛﹝＄（．［｛￡￥[{")
# What LibreOffice lets hang. Word's list is longer: it adds % ) > ] } ¢ ° · ’ ” ‰ and closing brackets
# ([MS-OI29500] 2.1.52). None of the papers measured against could tell which is right in practice [R].
HANGING = frozenset("、。，！：；？,.!:;?．")
_PAIRS = frozenset("—…")
_FOLLOWING = frozenset("×÷±·§°′″“”‘’")
_GLUE = frozenset("\u00a0\u2011\u202f\u2060\ufeff")


@dataclass(frozen=True, slots=True)
class Ends:
    """The rules of one paragraph: which characters may not begin or end its lines, and whether words may be cut."""

    no_start: frozenset[str] = NO_START
    no_end: frozenset[str] = NO_END
    cuts_words: bool = False


DEFAULT_ENDS = Ends()


def last_place(atoms: Sequence[Atom], begin: int, full: int, ends: Ends, *, hanging: bool) -> int | None:
    """The last index at which a line from `begin` may end when the atom at `full` no longer fits; None for nowhere.

    The stretch of one script in which the line is full is searched first, by its rules; then the one before it, as
    though its last character no longer fitted, save that a mark at its end stays.
    """
    latin = latin_at(atoms, begin, full)
    while full > begin:
        start = _stretch_start(atoms, begin, full)
        latin = latin and not ends.cuts_words
        for index in range(full, max(start - 1, begin), -1):
            if may_end(atoms[index - 1], atoms[index], ends, latin=latin):
                return index
        full = start - 1
        # × and quotes go with what stands before them
        latin = latin_at(atoms, begin, full) and (not atoms[full].east or atoms[full].char[:1] in _FOLLOWING)
        if full > begin and hanging and hangs(atoms, begin, full, ends):
            return start
    return None


def hangs(atoms: Sequence[Atom], begin: int, index: int, ends: Ends) -> bool:
    """Whether the atom may stand beyond the margin, as the one last character of its line."""
    if atoms[index].char not in HANGING or latin_at(atoms, begin, index):
        return False
    following = atoms[index + 1] if index + 1 < len(atoms) else None
    if following is None or following.kind in {Kind.SPACE, Kind.BREAK}:
        return True
    return may_end(atoms[index], following, ends, latin=False)


def _stretch_start(atoms: Sequence[Atom], begin: int, index: int) -> int:
    """Where the stretch of one script begins that holds the atom."""
    east = atoms[index].east
    while index > begin and atoms[index - 1].east == east and atoms[index - 1].kind is not Kind.TAB:
        index -= 1
    return index


def latin_at(atoms: Sequence[Atom], begin: int, index: int) -> bool:
    """Whether the last letter, digit or Han character at or before `index` is Latin."""
    if not LATIN_RULES:
        return False
    for at in range(index, begin - 1, -1):
        atom = atoms[at]
        if atom.kind is Kind.FIELD:
            return True
        if atom.kind is Kind.TEXT and letter_like(atom.char):
            return script(atom.char[0]) == "L"
    return False


def may_end(before: Atom, after: Atom, ends: Ends, *, latin: bool) -> bool:  # noqa: PLR0911 — one rule after the other
    """Whether a line may end between the two atoms."""
    if after.kind in {Kind.SPACE, Kind.BREAK, Kind.POINT}:
        return False
    if before.kind in {Kind.TAB, Kind.POINT} or after.kind is Kind.TAB:
        return before.kind in {Kind.TAB, Kind.POINT}
    a, b = before.char, after.char
    if a in _GLUE or b in _GLUE or (a == b and a in _PAIRS):
        return False
    if Kind.OBJECT in {before.kind, after.kind}:
        return b not in ends.no_start and a not in ends.no_end
    if not latin:
        if b in ends.no_start or a in ends.no_end:
            return False
        if before.kind is Kind.SPACE or before.east or after.east or ends.cuts_words:
            return True
    return _parts(_class(a[0]), _class(b[0]))


# Classes of UAX 14, as its revision of 2008 has them, whose rule 30 LibreOffice still follows.
_CLASSES = {
    **dict.fromkeys("([{（〔〈《「『【〖〝［｛｟︵︹﹙﹛﹝¡¿", "OP"),
    **dict.fromkeys(")]}）〕〉》」』】〗〞］｝、。，．﹚﹜﹞", "CL"),
    **dict.fromkeys("“”‘’\"'«»‹›", "QU"),
    **dict.fromkeys("!?！？", "EX"),
    **dict.fromkeys(",.:;", "IS"),
    **dict.fromkeys("：；々〻・‼⁇⁈⁉〜", "NS"),
    **dict.fromkeys("%°℃℉‰％¢￠′″", "PO"),
    **dict.fromkeys("¥$№￥＄+\\£±−€￡", "PR"),
    **dict.fromkeys("|–\u2010\u3000\u00ad", "BA"),
    "/": "SY", "-": "HY", "—": "B2", "…": "IN", "‥": "IN", " ": "SP", "\u200b": "ZW",
}  # fmt: skip
_CLOSING = frozenset(("CL", "EX", "IS", "SY"))
_TRAILING = frozenset(("BA", "HY", "NS", "QU"))
_TOGETHER = frozenset((
    ("AL", "AL"), ("AL", "NU"), ("NU", "AL"), ("NU", "NU"), ("AL", "OP"), ("NU", "OP"), ("CL", "AL"), ("CL", "NU"),
    ("CL", "NS"), ("CL", "PO"), ("CL", "PR"), ("NU", "PO"), ("NU", "PR"), ("PO", "OP"), ("PO", "NU"), ("PO", "AL"),
    ("PR", "OP"), ("PR", "NU"), ("PR", "AL"), ("PR", "ID"), ("IS", "NU"), ("IS", "AL"), ("IS", "PR"),
    ("AL", "PR"), ("SY", "NU"), ("SY", "AL"),
    ("ID", "PO"), ("AL", "IN"), ("ID", "IN"), ("NU", "IN"), ("EX", "IN"), ("IN", "IN"), ("B2", "B2"),
))  # fmt: skip


@cache
def _class(char: str) -> str:
    found = _CLASSES.get(char)
    if found is None:
        found = "ID" if script(char) == "E" else "NU" if char.isdecimal() else "AL"
    return found


def _parts(before: str, after: str) -> bool:
    """Whether Latin text may part between characters of these classes."""
    if after in _CLOSING or before in {"OP", "QU"} or after in _TRAILING:
        return before == "SP" and after not in _CLOSING
    return before == "SP" or (before, after) not in _TOGETHER
