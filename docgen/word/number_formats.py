"""A counter in one of Word's number formats (ECMA-376 part 1, 17.18.59), in plain data and without any library.

The signs follow the standard and Microsoft's notes on what Word does ([MS-OI29500] 2.1.540, [MS-DOCX] 2.4). Where
LibreOffice differs, Word's way is kept: it prints `chineseCounting` from 100 on as 一百零一 (Word 一〇一), and
`decimalFullWidth` with narrow digits.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

_DIGITS = "〇一二三四五六七八九"
_TAIWANESE_DIGITS = "○一二三四五六七八九"
_COUNTING = ("零一二三四五六七八九", "十百千", "万亿")
_COUNTING_TRADITIONAL = ("零一二三四五六七八九", "十百千", "萬億")
_LEGAL = ("零壹贰叁肆伍陆柒捌玖", "拾佰仟", "万亿")
_LEGAL_TRADITIONAL = ("零壹貳參肆伍陸柒捌玖", "拾佰仟", "萬億")
_LEGAL_JAPANESE = ("〇壱弐参四伍六七八九", "拾百阡", "萬億")
_FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
    (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_CYCLE = 60  # stems and branches run together for sixty years
_ONES = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_TENS = ("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_ORDINALS = {
    "one": "first", "two": "second", "three": "third", "five": "fifth", "eight": "eighth", "nine": "ninth",
    "twelve": "twelfth",
}  # fmt: skip
_LARGEST_IN_WORDS = 999_999
_CHICAGO = "*†‡§"


def format_number(value: int, form: str) -> str:
    """The number in this format; plain digits beyond what the format can say and for an unknown format.

    A format of digits is a custom one, written as its first number: 001 pads with zeros.
    From 100 on the standard prints `chineseCounting` digit by digit (一〇一). `chineseCountingThousand` prints
    一百零一: house styles should use that.
    """
    if form in _SILENT:
        return ""
    if form.isdecimal():
        return str(value).zfill(len(form))
    write = _FORMATS.get(form)
    return str(value) if write is None or value < 1 else write(value)


def is_known(form: str) -> bool:
    """Whether numbers of this format print as in Word; others come out as plain digits."""
    return form in _FORMATS or form in _SILENT or form in _PLAIN or form.isdecimal()


def _zero(value: int) -> str:
    return f"{value:02d}"


def _full_width(value: int) -> str:
    return str(value).translate(_FULL_WIDTH)


def _signs(first: str, count: int) -> Callable[[int], str]:
    """Numbers that are one sign each, `count` of them from `first` on; plain digits beyond, as the standard says."""

    def write(value: int) -> str:
        return chr(ord(first) + value - 1) if value <= count else str(value)

    return write


def _lower_letter(value: int) -> str:
    """A … z, aa, bb … zz, aaa: the letter is repeated, not counted in base 26."""
    return chr(ord("a") + (value - 1) % 26) * ((value - 1) // 26 + 1)


def _lower_roman(value: int) -> str:
    text = []
    for worth, sign in _ROMAN:
        times, value = divmod(value, worth)
        text.append(sign * times)
    return "".join(text)


def _chicago(value: int) -> str:
    """*, †, ‡, §, **, ††: the sign is repeated."""
    return _CHICAGO[(value - 1) % 4] * ((value - 1) // 4 + 1)


def _cycle(signs: str) -> Callable[[int], str]:
    def write(value: int) -> str:
        return signs[value - 1] if value <= len(signs) else str(value)

    return write


def _stems_and_branches(value: int) -> str:
    return _STEMS[(value - 1) % 10] + _BRANCHES[(value - 1) % 12] if value <= _CYCLE else str(value)


def _digital(digits: str) -> Callable[[int], str]:
    """Digit by digit: 一〇二."""

    def write(value: int) -> str:
        return "".join(digits[int(digit)] for digit in str(value))

    return write


def _counting_to_99(digits: str) -> Callable[[int], str]:
    """十, 二十一, 九十九, then digit by digit: 一〇〇."""

    def write(value: int) -> str:
        tens, ones = divmod(value, 10)
        if not tens:
            return digits[ones]
        if tens >= len(digits):
            return _digital(digits)(value)
        return ("" if tens == 1 else digits[tens]) + "十" + (digits[ones] if ones else "")

    return write


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


def _ordinal(value: int) -> str:
    """1st, 2nd, 3rd, 11th; Word takes the suffix from the text's language, lists in other languages are rare here."""
    teens = value // 10 % 10 == 1
    return f"{value}{'th' if teens else {1: 'st', 2: 'nd', 3: 'rd'}.get(value % 10, 'th')}"


def _words(value: int) -> str:
    """one, forty-two, one hundred one, two thousand."""
    if value < len(_ONES):
        return _ONES[value]
    if value < 100:  # noqa: PLR2004 — tens and ones
        return _TENS[value // 10] + (f"-{_ONES[value % 10]}" if value % 10 else "")
    worth, name = (1000, "thousand") if value >= 1000 else (100, "hundred")  # noqa: PLR2004 — same
    return f"{_words(value // worth)} {name}" + (f" {_words(value % worth)}" if value % worth else "")


def _cardinal_text(value: int) -> str:
    return _words(value).capitalize() if value <= _LARGEST_IN_WORDS else str(value)


def _ordinal_text(value: int) -> str:
    """First, Forty-second, One hundredth."""
    if value > _LARGEST_IN_WORDS:
        return str(value)
    text = _words(value)
    at = max(text.rfind(" "), text.rfind("-")) + 1
    last = text[at:]
    return (
        text[:at] + _ORDINALS.get(last, last.removesuffix("y") + ("ieth" if last.endswith("y") else "th"))
    ).capitalize()


_SILENT = frozenset(("none", "bullet"))
_PLAIN = frozenset(("decimal", "decimalHalfWidth"))
_FORMATS: dict[str, Callable[[int], str]] = {
    "decimalZero": _zero,
    "decimalFullWidth": _full_width,
    "decimalFullWidth2": _full_width,
    "decimalEnclosedCircle": _signs("①", 20),
    "decimalEnclosedCircleChinese": _signs("①", 20),
    "decimalEnclosedFullstop": _signs("⒈", 20),
    "decimalEnclosedParen": _signs("⑴", 20),
    "ideographEnclosedCircle": _signs("㈠", 10),  # in brackets, not circles: what Word does, [MS-OI29500] 2.1.540 a
    "lowerLetter": _lower_letter,
    "upperLetter": lambda value: _lower_letter(value).upper(),
    "lowerRoman": _lower_roman,
    "upperRoman": lambda value: _lower_roman(value).upper(),
    "hex": lambda value: f"{value:X}",
    "chicago": _chicago,
    "ordinal": _ordinal,
    "cardinalText": _cardinal_text,
    "ordinalText": _ordinal_text,
    "numberInDash": lambda value: f"- {value} -",
    "chineseCounting": _counting_to_99(_DIGITS),
    "taiwaneseCounting": _counting_to_99(_TAIWANESE_DIGITS),
    "chineseCountingThousand": _counting(_COUNTING, bare_ten=True),
    "taiwaneseCountingThousand": _counting(_COUNTING_TRADITIONAL, bare_ten=True),
    "japaneseCounting": _japanese,
    "japaneseLegal": _counting(_LEGAL_JAPANESE, zeros=False),
    "chineseLegalSimplified": _counting(_LEGAL),
    "ideographLegalTraditional": _counting(_LEGAL_TRADITIONAL),
    "ideographDigital": _digital(_DIGITS),
    "japaneseDigitalTenThousand": _digital(_DIGITS),
    "taiwaneseDigital": _digital(_TAIWANESE_DIGITS),
    "ideographTraditional": _cycle(_STEMS),
    "ideographZodiac": _cycle(_BRANCHES),
    "ideographZodiacTraditional": _stems_and_branches,
}
