"""Whole numbers in Chinese: 一百二十三, 第三, 壹拾贰."""

from __future__ import annotations

from typing import Final

from docgen.formats.refusal import Reason, Refused

PLAIN: Final = "〇一二三四五六七八九"
"""Digits as dates and years spell them, one by one."""

_PLAIN_DIGITS: Final = "零一二三四五六七八九"
_PLAIN_PLACES: Final = ("", "十", "百", "千")
_CAPITAL_DIGITS: Final = "零壹贰叁肆伍陆柒捌玖"
_CAPITAL_PLACES: Final = ("", "拾", "佰", "仟")
_LIMIT: Final = 10**16


def cn_number(value: int) -> str:
    """The number as people say it: 三, 十二, 二十, 一百零五, 一千二百三十. From 0 to below 10^16."""
    words = _words(value, _PLAIN_DIGITS, _PLAIN_PLACES)
    return words.removeprefix("一") if words.startswith("一十") else words


def ordinal(value: int) -> str:
    """The place in a row, from 1 on: 第三, 第十二."""
    if _whole(value) == 0:
        raise Refused(Reason.NOT_A_COUNT)
    return "第" + cn_number(value)


def capital_number(value: int) -> str:
    """The number in the capital numerals of bills and copies: 叁, 壹拾贰, 壹佰零伍. From 0 to below 10^16."""
    return _words(value, _CAPITAL_DIGITS, _CAPITAL_PLACES)


def counted(value: int, measure: str) -> str:
    """A count with its measure word: 叁份, 壹拾贰页."""
    return capital_number(value) + measure


def capital_digits(value: int) -> str:
    """Digit by digit, as years stand on bills: 贰零贰陆."""
    return "".join(_CAPITAL_DIGITS[int(digit)] for digit in str(_whole(value)))


def _whole(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value < _LIMIT:
        raise Refused(Reason.NOT_A_COUNT)
    return value


def _words(value: int, digits: str, places: tuple[str, ...]) -> str:
    """All grades of the number.

    A grade (four digits) that begins with 0, or follows an empty grade, is joined with one 零. Where only the
    digit before it is 0, 零 may be left out, and is: 壹拾万伍仟, 壹仟贰佰万叁仟.
    """
    if _whole(value) == 0:
        return digits[0]
    for size, unit in ((10**8, "亿"), (10**4, "万")):
        high, low = divmod(value, size)
        if high:
            joint = digits[0] if 0 < low < size // 10 else ""
            return _words(high, digits, places) + unit + joint + (_words(low, digits, places) if low else "")
    return _grade(value, digits, places)


def _grade(value: int, digits: str, places: tuple[str, ...]) -> str:
    """One to four digits with their places; zeros inside give one 零, zeros at the end none."""
    words = ""
    for place in range(3, -1, -1):
        digit = value // 10**place % 10
        if digit:
            words += digits[digit] + places[place]
        elif words and not words.endswith(digits[0]) and value % 10**place:
            words += digits[0]
    return words
