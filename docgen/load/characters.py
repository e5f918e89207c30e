"""Finds characters and comments that change what a file says without showing it."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from docgen.load.mask import BLOCK, COMMENT, QUOTED, mask, split_lines
from docgen.load.suspects import ODD_CHARACTERS

if TYPE_CHECKING:
    from docgen.load.findings import Findings

_LINE_BREAKS = "\x85\u2028\u2029"
_SPACES = "\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
_FIRST_NONCHARACTER, _LAST_NONCHARACTER = "\ufdd0", "\ufdef"
_COMMENT = re.compile(rf"(?P<before>[^{COMMENT}]*[^\s{COMMENT}:\-\"'|>])[ \t]+(?P<comment>{COMMENT}+)$")
_LOST_DATA = re.compile(r"#(?:[^\s#]| ?\d)")


def check_characters(text: str, findings: Findings) -> str:
    """Note characters and comments that change what the file says; the text with the refused ones made harmless."""
    lines = split_lines(text)
    masked = mask(lines)
    for number, line in enumerate(lines):
        if ODD_CHARACTERS.search(line):
            lines[number] = _check_line(line, number, masked.lines[number], findings)
        if (match := _COMMENT.match(masked.lines[number])) and _LOST_DATA.match(line, match.start("comment")):
            start = match.start("comment")
            findings.add("Y020", number, start, len(line), comment=line[start:].strip())
    return "\n".join(lines) + "\n" if findings.has_errors else text


def _check_line(line: str, number: int, masked: str, findings: Findings) -> str:
    """One line with odd characters."""
    chars = list(line)
    for match in ODD_CHARACTERS.finditer(line):
        at = match.start()
        char = match[0]
        name = code_point(char)
        if char == "\t":
            if masked[at] != COMMENT:
                findings.add_once_per_line("Y011", number, at, at + 1)
                chars[at] = " "
        elif char in _LINE_BREAKS:
            findings.add("Y016", number, at, at + 1, char=name)
            chars[at] = " "
        elif char in _SPACES:
            if _is_structure(masked, at):
                findings.add_once_per_line("Y015", number, at, at + 1, char=name)
                chars[at] = " "
        elif _is_refused(char):
            findings.add("Y017", number, at, at + 1, char=name)
            chars[at] = "\ufffd"
        elif masked[at] != COMMENT or not _is_radical(char):
            _warn(char, number, at, findings)
    return "".join(chars)


def check_escaped(text: str, line: int, column: int, findings: Findings) -> None:
    """Note refused and invisible characters that a quoted text holds through escapes."""
    for char in dict.fromkeys(text):
        if char == "\r" or (ODD_CHARACTERS.match(char) and char not in "\t" + _SPACES):
            if _is_refused(char) and char not in _LINE_BREAKS:
                findings.add("Y017", line, column, char=code_point(char))
            else:
                _warn(char, line, column, findings)


def _warn(char: str, line: int, column: int, findings: Findings) -> None:
    """An invisible character, or one that only looks like the usual one."""
    if _is_radical(char):
        usual = unicodedata.normalize("NFKC", char)
        findings.add("Y019", line, column, column + 1, char=char, point=code_point(char), usual=usual)
    else:
        findings.add("Y018", line, column, column + 1, char=code_point(char))


def code_point(char: str) -> str:
    """`U+202E` and the like."""
    return f"U+{ord(char):04X}"


def _is_refused(char: str) -> bool:
    """Whether a character is a control, half of a surrogate pair or no character at all."""
    if unicodedata.category(char) in {"Cc", "Cs"} or _FIRST_NONCHARACTER <= char <= _LAST_NONCHARACTER:
        return True
    return ord(char) & 0xFFFE == 0xFFFE  # noqa: PLR2004 — the last two of every plane are no characters


def _is_radical(char: str) -> bool:
    """Whether it is a radical from a PDF's text layer that looks like a character."""
    return "\u2e80" <= char <= "\u2fdf"


def _is_structure(masked: str, at: int) -> bool:
    """Whether a space-like character stands where YAML wants a space: indent, after the colon or dash, at the end."""
    if masked[at] in QUOTED + COMMENT + BLOCK:
        return False
    before, after = masked[:at].strip(), masked[at:].strip()
    if not before.strip("-? ") or not after or after[0] == COMMENT:
        return True
    return before[-1] == ":" and not re.search(r":\s", before)
