"""List labels as Word prints them: 第一条, 1.2, （三）, a), from plain data and without any library.

`LabelCounter` walks the numbered paragraphs of one document. It is made from the levels that `numbering.Numbering`
read, which can be pickled, so that a compiled template counts labels without opening the .docx again.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

LEVELS = 9

_DIGITS = "〇一二三四五六七八九"
_COUNTING = ("零一二三四五六七八九", "十百千", "万亿")
_LEGAL = ("零壹贰叁肆伍陆柒捌玖", "拾佰仟", "万亿")
_LEGAL_TRADITIONAL = ("零壹貳參肆伍陸柒捌玖", "拾佰仟", "萬億")
_CIRCLED_ONE = 0x2460
_LAST_CIRCLED = 20
_FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")
_ROMAN = (
    (1000, "m"),
    (900, "cm"),
    (500, "d"),
    (400, "cd"),
    (100, "c"),
    (90, "xc"),
    (50, "l"),
    (40, "xl"),
    (10, "x"),
    (9, "ix"),
    (5, "v"),
    (4, "iv"),
    (1, "i"),
)
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"


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


def format_number(value: int, form: str) -> str:
    """A counter in one of Word's number formats (ECMA-376 part 1, 17.18.59); plain digits for an unknown one.

    From 100 on the standard prints `chineseCounting` digit by digit (一〇一), LibreOffice 一百零一. Both print
    一百零一 for `chineseCountingThousand`: house styles should use that.
    """
    if form in {"none", "bullet"}:
        return ""
    write = _FORMATS.get(form)
    return str(value) if write is None or value < 1 else write(value)


def _zero(value: int) -> str:
    return f"{value:02d}"


def _full_width(value: int) -> str:
    return str(value).translate(_FULL_WIDTH)


def _circled(value: int) -> str:
    return chr(_CIRCLED_ONE + value - 1) if value <= _LAST_CIRCLED else str(value)


def _lower_letter(value: int) -> str:
    """A … z, aa, bb … zz, aaa: the letter is repeated, not counted in base 26."""
    return chr(ord("a") + (value - 1) % 26) * ((value - 1) // 26 + 1)


def _lower_roman(value: int) -> str:
    text = []
    for worth, sign in _ROMAN:
        times, value = divmod(value, worth)
        text.append(sign * times)
    return "".join(text)


def _cycle(signs: str) -> Callable[[int], str]:
    def write(value: int) -> str:
        return signs[value - 1] if value <= len(signs) else str(value)

    return write


def _digital(value: int) -> str:
    return "".join(_DIGITS[int(digit)] for digit in str(value))


def _counting_to_99(value: int) -> str:
    """十, 二十一, 九十九, then digit by digit: 一〇〇."""
    tens, ones = divmod(value, 10)
    if not tens:
        return _DIGITS[ones]
    if tens >= len(_DIGITS):
        return _digital(value)
    return ("" if tens == 1 else _DIGITS[tens]) + "十" + (_DIGITS[ones] if ones else "")


def _counting(system: tuple[str, str, str], *, zeros: bool = True, bare_ten: bool = False) -> Callable[[int], str]:
    """Counting with 十, 百, 千, 万, 亿; `zeros` fills gaps with 零, `bare_ten` drops the one of 一十 at the start."""
    digits, units, groups = system

    def write_group(group: int) -> str:
        text, gap = "", False
        for place in (3, 2, 1, 0):
            digit = group // 10**place % 10
            if not digit:
                gap = bool(text)
                continue
            text += (digits[0] if gap and zeros else "") + digits[digit] + (units[place - 1] if place else "")
            gap = False
        return text

    def write(value: int) -> str:
        text = ""
        for place, unit in ((10**8, groups[1]), (10**4, groups[0]), (1, "")):
            group, value = divmod(value, place)
            if group:
                gap = digits[0] if text and zeros and group < 1000 else ""  # noqa: PLR2004 — a group of less than four digits
                text += gap + (write_group(group) if place < 10**8 else write(group)) + unit
        return text[1:] if bare_ten and text.startswith(digits[1] + units[0]) else text

    return write


def _japanese(value: int) -> str:
    """Counting without 零 and without 一 before 十, 百, 千: 百一, 千百."""
    counted = _counting(_COUNTING, zeros=False)(value)
    return counted.replace("一十", "十").replace("一百", "百").replace("一千", "千")


_FORMATS: dict[str, Callable[[int], str]] = {
    "decimalZero": _zero,
    "decimalFullWidth": _full_width,
    "decimalFullWidth2": _full_width,
    "decimalEnclosedCircle": _circled,
    "decimalEnclosedCircleChinese": _circled,
    "lowerLetter": _lower_letter,
    "upperLetter": lambda value: _lower_letter(value).upper(),
    "lowerRoman": _lower_roman,
    "upperRoman": lambda value: _lower_roman(value).upper(),
    "numberInDash": lambda value: f"- {value} -",
    "chineseCounting": _counting_to_99,
    "taiwaneseCounting": _counting_to_99,
    "chineseCountingThousand": _counting(_COUNTING, bare_ten=True),
    "taiwaneseCountingThousand": _counting(_COUNTING, bare_ten=True),
    "japaneseCounting": _japanese,
    "chineseLegalSimplified": _counting(_LEGAL),
    "ideographLegalTraditional": _counting(_LEGAL_TRADITIONAL),
    "ideographDigital": _digital,
    "japaneseDigitalTenThousand": _digital,
    "taiwaneseDigital": _digital,
    "ideographTraditional": _cycle(_STEMS),
    "ideographZodiac": _cycle(_BRANCHES),
}
