"""What is structure and what is text in a YAML file, seen line by line without parsing it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

QUOTED, COMMENT, BLOCK = "\x01", "\x02", "\x03"  # what masked characters are replaced with, one for one

_TOKEN = re.compile(r"""[ \t]+|["'#]|[\[\]{}]|,|:(?=\s|$)|[-?](?=\s|$)|[^\s"'#\[\]{},:?-]+|.""")
_DOUBLE_END = re.compile(r'(?:[^"\\]++|\\.)*+"')
_SINGLE_END = re.compile(r"(?:[^']++|'')*+'")
_BLOCK_HEADER = re.compile(
    r"(?P<indent> *)(?P<dashes>(?:[-?] +)*)(?P<key>[^\s#].*?:[ \t]+)?[|>][-+\d]*[ \t]*(?:[ \t]#.*)?$"
)
_LINE = re.compile(r"([^\r\n]*)(\r\n|\r|\n|$)")


def split_lines(text: str) -> list[str]:
    """The lines of a text without their ends; only CR, LF and CRLF end a line."""
    lines = [match[1] for match in _LINE.finditer(text)]
    return lines[:-1] if len(lines) > 1 and not lines[-1] else lines


@dataclass(slots=True)
class Mask:
    """The lines of a file in which quoted text, comments and block texts are masked.

    `lines` keep the length of the original ones. `quote` is where a quote opens that never closes,
    `brackets` are the brackets still open at the end, `stray` the first closing one that nothing opened;
    positions are (line, column), both from 0.
    """

    lines: list[str] = field(default_factory=list)
    quote: tuple[int, int] | None = None
    brackets: list[tuple[int, int]] = field(default_factory=list)
    stray: tuple[int, int] | None = None
    quote_char: str = ""

    def in_block(self, line: int) -> bool:
        """Whether the line is text of a `|` or `>` block."""
        return self.lines[line].startswith(BLOCK)


def mask(lines: list[str]) -> Mask:
    """Mask what isn't structure, in one pass."""
    result = Mask()
    block_indent: int | None = None
    for number, line in enumerate(lines):
        if block_indent is not None:
            indent = len(line) - len(line.lstrip(" "))
            if indent > block_indent or not line.strip():
                result.lines.append(BLOCK * len(line))
                continue
            block_indent = None
        open_before = result.quote is not None or bool(result.brackets)
        masked = _mask_line(line, number, result)
        result.lines.append(masked)
        if not open_before and (header := _BLOCK_HEADER.match(masked)):
            block_indent = len(header["indent"]) - 1
            if header["key"] or header["dashes"]:
                dashes = header["dashes"] if header["key"] else header["dashes"].rstrip(" ")[:-1]
                block_indent = len(header["indent"]) + len(dashes)
    return result


def _mask_line(line: str, number: int, state: Mask) -> str:
    """One line masked; `state` carries an open quote and open brackets to the next."""
    out: list[str] = []
    position = _skip_quoted(line, 0, state, out) if state.quote is not None else 0
    fresh = spaced = True  # a value may start here; white space or nothing stands before
    while position < len(line):
        token = _TOKEN.match(line, position)
        text = token[0] if token else line[position]
        if text == "#" and spaced:
            out.append(COMMENT * (len(line) - position))
            break
        out.append(text)
        position += len(text)
        if text in {'"', "'"} and fresh:
            state.quote, state.quote_char = (number, position - 1), text
            position = _skip_quoted(line, position, state, out)
            fresh = spaced = False
        elif text.isspace():
            spaced = True
        else:
            fresh = _fresh_after(text, fresh=fresh, at=(number, position - len(text)), state=state)
            spaced = False
    return "".join(out)


def _skip_quoted(line: str, position: int, state: Mask, out: list[str]) -> int:
    """Mask quoted text from `position` to its closing quote or the end of the line; the position after it."""
    end = (_DOUBLE_END if state.quote_char == '"' else _SINGLE_END).match(line, position)
    if end is None:
        out.append(QUOTED * (len(line) - position))
        return len(line)
    state.quote = None
    out.append(QUOTED * (end.end() - position - 1) + state.quote_char)
    return end.end()


def _fresh_after(part: str, *, fresh: bool, at: tuple[int, int], state: Mask) -> bool:
    """Whether a value may start after this part; keeps count of the brackets."""
    if part in {"[", "{"} and (fresh or state.brackets):
        state.brackets.append(at)
        return True
    if part in {"]", "}"}:
        if state.brackets:
            state.brackets.pop()
        elif fresh and state.stray is None:
            state.stray = at
        return False
    if part == ",":
        return bool(state.brackets)
    return part == ":" or (part in {"-", "?"} and fresh)
