"""Money: read from what people type, printed in figures."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final, NamedTuple

from docgen.formats.refusal import LONGEST, Reason, Refused


class Currency(NamedTuple):
    """How a currency is written: before figures, before words, after figures."""

    symbol: str
    prefix: str
    unit: str


CURRENCIES: Final = {
    "CNY": Currency("¥", "人民币", "元"),
    "HKD": Currency("HK$", "港币", "港元"),
    "USD": Currency("US$", "美元", "美元"),
}

LIMIT: Final = Decimal(10**16)
"""Money stays below this: from 10^16 on no unit of the written words is agreed."""

_MARKS: Final = {
    "": "",
    "¥": "CNY",
    "￥": "CNY",
    "RMB": "CNY",
    "CNY": "CNY",
    "人民币": "CNY",
    "人民币¥": "CNY",
    "人民币￥": "CNY",
    "HK$": "HKD",
    "HKD": "HKD",
    "港币": "HKD",
    "港币HK$": "HKD",
    "US$": "USD",
    "USD": "USD",
    "美元": "USD",
    "美元US$": "USD",
}
_UNITS: Final = {"": "", "元": "", "港元": "HKD", "美元": "USD"}
_SHIFTS: Final = {"": 0, "万": 4, "亿": 8}

_WRITTEN = re.compile(
    r"(?P<mark>[^0-9.,\-]*?) *(?P<whole>[0-9][0-9,]*)(?:\.(?P<fraction>[0-9]+))? *"
    r"(?P<shift>[万亿]?)(?P<unit>元|港元|美元)?"
)
_GROUPED = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+")
_EXPONENT = re.compile(r"[0-9.]+[eE][+-]?[0-9]+")
_NEGATIVE = re.compile(r"[^0-9]*[-−－–][ ¥￥]*[0-9].*")
_FULL_WIDTH = re.compile(r"[０-９，．]")


def parse_amount(text: str, currency: str = "CNY") -> Decimal:
    """The amount in units of the currency, two decimal places.

    Takes `5000000`, `5,000,000.10`, `500万元`, `1.2亿元`, `¥5,000,000`, `人民币5,000,000元`. Raises `Refused`:
    `empty`, `full-width`, `negative`, `exponent`, `grouping` (commas not every three digits), `leading-zero`,
    `decimals` (a part of 1 分), `too-large`, `other-currency` (a mark that isn't `currency`'s), `not-an-amount`.
    """
    text = text.strip()
    if not text:
        raise Refused(Reason.EMPTY)
    written = _WRITTEN.fullmatch(text) if len(text) <= LONGEST else None
    if written is None or written["mark"] not in _MARKS:
        raise Refused(_why_no_amount(text))
    if not {_MARKS[written["mark"]], _UNITS[written["unit"] or ""]} <= {"", currency}:
        raise Refused(Reason.OTHER_CURRENCY)
    whole = written["whole"]
    if "," in whole and not _GROUPED.fullmatch(whole):
        raise Refused(Reason.GROUPING)
    whole = whole.replace(",", "")
    if len(whole) > 1 and whole.startswith("0"):
        raise Refused(Reason.LEADING_ZERO)
    return _exact(whole, written["fraction"] or "", _SHIFTS[written["shift"]])


def _exact(whole: str, fraction: str, shift: int) -> Decimal:
    """The digits as an amount; nothing below 1 分 is dropped, not even a typed zero."""
    if len(fraction) > shift + 2:
        raise Refused(Reason.DECIMALS)
    if len(whole) + shift > LIMIT.adjusted():
        raise Refused(Reason.TOO_LARGE)
    return Decimal(f"{whole}{fraction.ljust(shift + 2, '0')}E-2")


def _why_no_amount(text: str) -> Reason:
    """The reason why a text doesn't have the form of an amount."""
    if len(text) > LONGEST:
        return Reason.NOT_AN_AMOUNT
    if _FULL_WIDTH.search(text):
        return Reason.FULL_WIDTH
    if _EXPONENT.fullmatch(text):
        return Reason.EXPONENT
    if _NEGATIVE.fullmatch(text):
        return Reason.NEGATIVE
    return Reason.NOT_AN_AMOUNT


def fen(value: object) -> int:
    """The amount in 分. Raises `Refused` for anything that isn't an exact amount from 0 to below `LIMIT`."""
    if not isinstance(value, Decimal) or not value.is_finite():
        raise Refused(Reason.NOT_AN_AMOUNT)
    if value.is_signed():
        raise Refused(Reason.NEGATIVE)
    if value >= LIMIT:
        raise Refused(Reason.TOO_LARGE)
    whole, _, fraction = format(value, "f").partition(".")
    fraction = fraction.rstrip("0")
    if len(fraction) > 2:  # noqa: PLR2004 — 分 are the second place
        raise Refused(Reason.DECIMALS)
    return int(whole + fraction.ljust(2, "0"))


def number(value: Decimal) -> str:
    """The amount in figures: `5,000,000.00`."""
    yuan, rest = divmod(fen(value), 100)
    return f"{yuan:,}.{rest:02d}"


def amount(value: Decimal, currency: str = "CNY") -> str:
    """The amount with the currency's symbol: `¥5,000,000.00`, `HK$5,000,000.00`."""
    return _currency(currency).symbol + number(value)


def yuan(value: Decimal, currency: str = "CNY") -> str:
    """The amount in 元: `5,000,000.00元`, `5,000,000.00港元`."""
    return number(value) + _currency(currency).unit


def wan(value: Decimal, currency: str = "CNY") -> str:
    """The amount in 万元, exact and without idle zeros: `500万元`, `368.5万元`, `500.000001万元`."""
    whole, rest = divmod(fen(value), 1_000_000)
    fraction = f".{rest:06d}".rstrip("0").rstrip(".")
    return f"{whole}{fraction}万{_currency(currency).unit}"


def currency_prefix(currency: str) -> str:
    """What stands before an amount in words: 人民币, 港币, 美元."""
    return _currency(currency).prefix


def _currency(code: str) -> Currency:
    try:
        return CURRENCIES[code]
    except KeyError:
        raise Refused(Reason.OTHER_CURRENCY) from None
