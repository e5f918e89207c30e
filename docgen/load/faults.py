"""Says in plain words why YAML can't read a text, and mends the fault so that the rest can be read too."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from docgen.load.mask import BLOCK, COMMENT, QUOTED, Mask, mask, split_lines

if TYPE_CHECKING:
    from docgen.load.findings import Findings

_WIDE_KEY = re.compile(r" *(?:[-?] +)*(?P<key>[^\s：:#\x01\"'\[\]{},][^\s：:#\x01，。；、]{0,39}) *(?P<colon>：)")
_TIGHT_KEY = re.compile(r" *(?:[-?] +)*(?P<key>[^\W\d][^\s：:#\x01\"']{0,39})(?P<colon>:)(?=[^\s/\\])")
_KEY = re.compile(r"(?P<head> *(?:[-?] +)*(?:[^\s#\"'][^\x01]*?|[\"']\x01*[\"']):(?: +|$))")
_AFTER_QUOTE = re.compile(r"[\"']\x01*[\"'] *(?P<rest>[^\s\x01\x02,\]}:])")


def explain_and_mend(text: str, positions: list[tuple[int, int]], findings: Findings) -> str | None:
    """Note why YAML stopped at these positions; the text with that fault mended, or None if it can't go on.

    **Why from the text** and not from PyYAML's message: its English sentences differ between its two
    parsers and often name a line that is only where the fault came to light.
    """
    lines = split_lines(text)
    positions = [(line, column) for line, column in positions if line < len(lines)] or [(len(lines) - 1, 0)]
    fault = _Fault(lines, mask(lines), positions, findings)
    return fault.explain()


class _Fault:
    """One place where YAML stopped."""

    def __init__(self, lines: list[str], masked: Mask, positions: list[tuple[int, int]], findings: Findings) -> None:
        """Nothing is known yet but the lines at which the parser stopped and started."""
        self._lines = lines
        self._mask = masked
        self._findings = findings
        self._line, self._column = positions[0]
        near = [line for line, _ in positions]
        near += [self._previous(line) for line in near]
        self._near = [line for line in dict.fromkeys(near) if line >= 0 and not masked.in_block(line)]

    def _previous(self, line: int) -> int:
        """The last line before this one that says something, or -1."""
        return next((at for at in range(line - 1, -1, -1) if self._mask.lines[at].strip(" " + COMMENT)), -1)

    def explain(self) -> str | None:
        """Try the known faults, the exact ones first; the mended text, or None when nothing is left to mend."""
        for known in (
            self._bad_escape,
            self._open_quote,
            self._open_bracket,
            self._wide_colon,
            self._no_key,
            self._reserved_character,
            self._text_after_quote,
            self._dash_after_key,
            self._second_colon,
            self._tight_colon,
            self._second_document,
            self._consequence,
            self._no_colon,
            self._indent,
        ):
            mended = known()
            if mended is not None:
                return mended or None
        self._findings.add("Y029", self._line, self._column)
        return self._without_block(self._line) or None

    def _bad_escape(self) -> str | None:
        """A backslash in straight double quotes that starts no escape, as in a Windows path."""
        line = self._lines[self._line]
        at = line.rfind("\\", 0, self._column + 1)
        if at < 0 or self._column - at > 10 or '"' not in line[:at] or not self._quoted_at(at):  # noqa: PLR2004 — \UXXXXXXXX
            return None
        self._findings.add("Y028", self._line, at, at + 2, escape=line[at : at + 2])
        return self._replace(self._line, line.replace("\\", "/"))

    def _quoted_at(self, column: int) -> bool:
        """Whether the failing line has quoted text at a column."""
        masked = self._mask.lines[self._line]
        return column < len(masked) and masked[column] == QUOTED

    def _open_quote(self) -> str | None:
        """A quote that never closes; the parser notices only far below, often at the end of the file."""
        if self._mask.quote is None:
            return None
        line, column = self._mask.quote
        self._findings.add("Y023", line, column, column + 1, quote=self._lines[line][column])
        return self._without_block(line, to_end=True)

    def _open_bracket(self) -> str | None:
        """A bracket that never closes, or one that closes nothing."""
        if self._mask.brackets:
            line, column = self._mask.brackets[-1]
        elif self._mask.stray is not None:
            line, column = self._mask.stray
        else:
            return None
        self._findings.add("Y024", line, column, column + 1, bracket=self._lines[line][column])
        return self._without_block(line, to_end=bool(self._mask.brackets))

    def _wide_colon(self) -> str | None:
        """`金额：5` on or just before the line where the parser stopped."""
        for number in self._near:
            match = _WIDE_KEY.match(self._mask.lines[number])
            if match and not _KEY.match(self._mask.lines[number]):
                at = match.start("colon")
                self._findings.add("Y012", number, at, at + 1, key=match["key"])
                self._findings.inserted.setdefault(number, []).append(at)
                line = self._lines[number]
                return self._replace(number, f"{line[:at]}: {line[at + 1 :]}")
        return None

    def _no_key(self) -> str | None:
        """A line that starts with the colon."""
        line = self._mask.lines[self._line]
        start = len(line) - len(line.lstrip(" "))
        if not re.match(r":(?: |$)", line[start:]):
            return None
        self._findings.add("Y008", self._line, start, start + 1)
        return self._replace(self._line, "")

    def _reserved_character(self) -> str | None:
        """A value that starts with a character YAML keeps for itself: `%`, `@` or the backquote."""
        line = self._lines[self._line]
        if self._column < len(line) and (char := line[self._column]) in "%@`":
            self._findings.add("Y022", self._line, self._column, self._column + 1, char=char)
            return self._replace(self._line, line[: self._column] + "x")
        return None

    def _text_after_quote(self) -> str | None:
        """`"甲"公司`: text goes on after the closing quote."""
        for number in self._near[:2]:
            masked = self._mask.lines[number]
            key = _KEY.match(masked)
            if match := _AFTER_QUOTE.search(masked, key.end() if key else 0):
                self._findings.add("Y027", number, match.start("rest"), match.start("rest") + 1)
                return self._replace(number, self._lines[number][: match.start("rest")])
        return None

    def _dash_after_key(self) -> str | None:
        """`a: - b`: a list has to start on its own line."""
        masked = self._mask.lines[self._line]
        if (key := _KEY.match(masked)) and masked.startswith("- ", key.end()):
            self._findings.add("Y030", self._line, key.end(), key.end() + 1)
            return self._replace(self._line, self._lines[self._line][: key.end()] + "x")
        return None

    def _second_colon(self) -> str | None:
        """`a: 甲方: 乙方`: a second colon with a space makes a key of the value."""
        masked = self._mask.lines[self._line]
        key = _KEY.match(masked)
        if key and (colon := re.search(r":(?= |$)", masked[key.end() :])):
            at = key.end() + colon.start()
            self._findings.add("Y021", self._line, at, at + 1, value=self._lines[self._line][key.end() :].strip())
            return self._replace(self._line, self._lines[self._line][: key.end()] + "x")
        return None

    def _tight_colon(self) -> str | None:
        """`amount:5`: no space after the colon."""
        for number in self._near:
            masked = self._mask.lines[number]
            if (match := _TIGHT_KEY.match(masked)) and not _KEY.match(masked):
                at = match.start("colon")
                self._findings.add("Y013", number, at, at + 1, key=match["key"])
                self._findings.inserted.setdefault(number, []).append(at + 1)
                line = self._lines[number]
                return self._replace(number, f"{line[: at + 1]} {line[at + 1 :]}")
        return None

    def _second_document(self) -> str | None:
        """Text after the `...` that ends the document."""
        if not any(line.rstrip() == "..." for line in self._mask.lines[: self._line]):
            return None
        self._findings.add("Y007", self._line, self._column)
        return ""

    def _consequence(self) -> str | None:
        """What follows from a fault that this line is already blamed for."""
        return self._without_block(self._line) if self._findings.on_line(self._line) else None

    def _no_colon(self) -> str | None:
        """A line in a block of keys that is no key."""
        for number in self._near[:2]:
            masked = self._mask.lines[number].strip(" " + COMMENT)
            if masked and ":" not in masked and not masked.startswith(("-", "?", "[", "{", "]", "}")):
                start = len(self._lines[number]) - len(self._lines[number].lstrip(" "))
                self._findings.add("Y026", number, start, start + len(masked), text=self._lines[number].strip())
                return self._replace(number, "")
        return None

    def _indent(self) -> str | None:
        """A key or dash that lines up with nothing above it, or stands below a key that has its value already."""
        line = self._lines[self._line]
        start = len(line) - len(line.lstrip(" "))
        if start == 0 or (self._column > start and not self._mask.lines[self._line].startswith(":", self._column)):
            return None
        self._findings.add("Y025", self._line, start, start + 1, columns=str(start))
        return self._without_block(self._line)

    def _replace(self, number: int, line: str) -> str:
        """The text with one line changed; empty when it is as before, so that mending ends."""
        if line == self._lines[number]:
            return self._without_block(number)
        return "\n".join([*self._lines[:number], line, *self._lines[number + 1 :]]) + "\n"

    def _without_block(self, number: int, *, to_end: bool = False) -> str:
        """The text without the top-level entry that holds a line; empty when that is gone already."""
        first = number
        while first > 0 and not self._starts_entry(first):
            first -= 1
        last = number + 1
        while last < len(self._lines) and (to_end or not self._starts_entry(last)):
            last += 1
        if not any(line.strip() for line in self._lines[first:last]):
            return ""
        return "\n".join([*self._lines[:first], *[""] * (last - first), *self._lines[last:]]) + "\n"

    def _starts_entry(self, number: int) -> bool:
        """Whether a line is a key of the root."""
        line = self._mask.lines[number]
        return bool(line) and not line[0].isspace() and line[0] not in "-]}" + BLOCK + QUOTED + COMMENT
