"""List labels as Word prints them: 第一条, 1.2, （三）, a), from plain data and without any library.

`LabelCounter` walks the numbered paragraphs of one document. It is made from the levels that `numbering.Numbering`
read, which can be pickled, so that a compiled template counts labels without opening the .docx again.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from docgen.word.number_formats import format_number

if TYPE_CHECKING:
    from collections.abc import Mapping

LEVELS = 9


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list: `text` has `%1` … `%9` for the numbers, `suffix` is tab, space or nothing.

    `restart` is the 1-based level after which this one starts again, 0 for never, None for after any higher one.
    `legal` prints all its numbers in plain digits.
    """

    format: str = "decimal"
    text: str = ""
    start: int = 1
    restart: int | None = None
    legal: bool = False
    suffix: str = "tab"


@dataclass(frozen=True, slots=True)
class List:
    """One `w:num`: its levels, the list it counts together with, and where its own count starts."""

    group: str
    levels: tuple[Level, ...]
    starts: Mapping[int, int] = field(default_factory=dict)


class LabelCounter:
    """Counts through the numbered paragraphs of one document, in document order."""

    __slots__ = ("_begun", "_counts", "_lists", "_memory")

    def __init__(self, lists: Mapping[str, List], memory: dict[tuple[object, ...], str] | None = None) -> None:
        """Begin before the first paragraph; `memory` may be shared by counters over the same lists."""
        self._lists = lists
        self._counts: dict[str, list[int | None]] = {}
        self._begun: set[tuple[str, int]] = set()
        self._memory = {} if memory is None else memory

    def advance(self, num_id: str, ilvl: int) -> str:
        """The label of the next paragraph of this list and level; "" for a list that does not exist."""
        numbered = self._lists.get(num_id)
        if numbered is None or not 0 <= ilvl < len(numbered.levels):
            return ""
        counts = self._counts.get(numbered.group)
        if counts is None:
            counts = self._counts[numbered.group] = [None] * LEVELS
        self._step(numbered, num_id, ilvl, counts)
        return self._label(numbered, num_id, ilvl, counts)

    def full_context(self, num_id: str, ilvl: int) -> str:
        """The last label of this list after the labels of the levels above it: 第三条（二）."""
        numbered = self._lists.get(num_id)
        counts = self._counts.get(numbered.group) if numbered else None
        if numbered is None or counts is None or not 0 <= ilvl < len(numbered.levels):
            return ""
        label = self._label(numbered, num_id, ilvl, counts)
        text = numbered.levels[ilvl].text
        highest = next((index for index in range(ilvl) if f"%{index + 1}" in text), ilvl)
        return (self.full_context(num_id, highest - 1) if highest else "") + label

    def _step(self, numbered: List, num_id: str, ilvl: int, counts: list[int | None]) -> None:
        """Count one paragraph, and let the levels below it start again."""
        last = counts[ilvl]
        if numbered.starts and ilvl in numbered.starts and (num_id, ilvl) not in self._begun:
            self._begun.add((num_id, ilvl))
            counts[ilvl] = numbered.starts[ilvl]
        elif last is None:
            counts[ilvl] = numbered.levels[ilvl].start
        else:
            counts[ilvl] = last + 1
        if counts[ilvl + 1 :].count(None) == LEVELS - 1 - ilvl:  # nothing below to restart, as nearly always
            return
        for lower in range(ilvl + 1, len(numbered.levels)):
            restart = numbered.levels[lower].restart
            if restart is None or ilvl < restart:
                counts[lower] = None

    def _label(self, numbered: List, num_id: str, ilvl: int, counts: list[int | None]) -> str:
        """The printed label for the present counts."""
        level = numbered.levels[ilvl]
        if level.format == "bullet" or "%" not in level.text:
            return level.text
        key = (num_id, ilvl, *counts[: ilvl + 1])
        label = self._memory.get(key)
        if label is None:
            label = self._memory[key] = _compose(numbered, level, counts)
        return label


def _compose(numbered: List, level: Level, counts: list[int | None]) -> str:
    """`text` with each `%n` replaced by the number of level n, in that level's format."""
    pieces = level.text.split("%")
    label = [pieces[0]]
    for piece in pieces[1:]:
        index = ord(piece[0]) - ord("1") if piece else -1
        if not 0 <= index < len(numbered.levels):
            label.append("%" + piece)
            continue
        above = numbered.levels[index]
        count = counts[index]
        value = numbered.starts.get(index, above.start) if count is None else count
        plain = level.legal and above.format not in {"none", "bullet"}
        label.append(format_number(value, "decimal" if plain else above.format) + piece[1:])
    return "".join(label)
