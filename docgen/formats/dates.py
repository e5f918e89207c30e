"""Days: read from three notations, printed in four, and the Civil Code's reckoning of months."""

from __future__ import annotations

import calendar
import re
from datetime import date
from typing import Final

from docgen.formats.numerals import PLAIN, capital_digits, capital_number, cn_number
from docgen.formats.refusal import LONGEST, Reason, Refused

BLANK_DATE: Final = "\u3000\u3000年\u3000\u3000月\u3000\u3000日"
"""Room for a date that is written by hand."""

_WRITTEN = re.compile(
    r"(?P<year>[0-9]+)(?:(?P<mark>[-/])(?P<m>[0-9]{1,2})(?P=mark)(?P<d>[0-9]{1,2})|年(?P<M>[0-9]{1,2})月(?P<D>[0-9]{1,2})日)"
)
_WITH_TIME = re.compile(r"[0-9]{4}([-/])[0-9]{1,2}\1[0-9]{1,2}[T ]+[0-9]{1,2}:.*|[^:]*日 *[0-9]{1,2}[:时点].*")
_FULL_WIDTH = re.compile(r"[０-９／－]")


def parse_date(text: str) -> date:
    """The day of `2022-01-29`, `2022/1/29` or `2022年1月29日`.

    Raises `Refused`: `empty`, `full-width`, `year-digits` (the year hasn't four digits), `with-time`, `no-such-day`
    (2022-02-30), `not-a-date`.
    """
    text = text.strip()
    if not text:
        raise Refused(Reason.EMPTY)
    written = _WRITTEN.fullmatch(text) if len(text) <= LONGEST else None
    if written is None:
        raise Refused(_why_no_date(text))
    if len(written["year"]) != 4:  # noqa: PLR2004 — years have four digits
        raise Refused(Reason.YEAR_DIGITS)
    try:
        return date(int(written["year"]), int(written["m"] or written["M"]), int(written["d"] or written["D"]))
    except ValueError:
        raise Refused(Reason.NO_SUCH_DAY) from None


def _why_no_date(text: str) -> Reason:
    """The reason why a text doesn't have the form of a day."""
    if len(text) <= LONGEST and _WITH_TIME.fullmatch(text):
        return Reason.WITH_TIME
    return Reason.FULL_WIDTH if _FULL_WIDTH.search(text) else Reason.NOT_A_DATE


def as_date(day: date) -> str:
    """2026年1月29日."""
    return f"{day.year}年{day.month}月{day.day}日"


def as_cn_date(day: date) -> str:
    """二〇二六年一月二十九日."""
    year = "".join(PLAIN[int(digit)] for digit in f"{day.year:04d}")
    return f"{year}年{cn_number(day.month)}月{cn_number(day.day)}日"


def as_iso_date(day: date) -> str:
    """2026-01-29."""
    return f"{day.year:04d}-{day.month:02d}-{day.day:02d}"


def as_bill_date(day: date) -> str:
    """贰零贰陆年零壹月贰拾玖日, the form that can't be altered.

    支付结算办法 附一: 零 stands before the months 1, 2 and 10 and the days 1 to 9, 10, 20 and 30; 11 to 19 have 壹.
    """
    month = ("零" if day.month in {1, 2, 10} else "") + capital_number(day.month)
    number = ("零" if day.day < 10 or day.day % 10 == 0 else "") + capital_number(day.day)  # noqa: PLR2004 — days 1 to 9
    return f"{capital_digits(day.year)}年{month}月{number}日"


def add_months(anchor: date, months: int) -> date:
    """The day that corresponds to the anchor after (or before) so many months, or that month's last day.

    民法典 第二百零二条. Count every date of a schedule from the same anchor: 31 January gives 28 February and 31
    March, while month by month it would stick at 28. Raises `Refused` (`out-of-range`) outside the years 1 to 9999.
    """
    year, month = divmod(anchor.year * 12 + anchor.month - 1 + months, 12)
    if not date.min.year <= year <= date.max.year:
        raise Refused(Reason.OUT_OF_RANGE)
    return date(year, month + 1, min(anchor.day, calendar.monthrange(year, month + 1)[1]))


def months_between(start: date, end: date) -> int:
    """How many whole months fit: the most months that, added to `start`, don't go past `end`.

    Negative when `end` is before `start`: minus the whole months that fit between them.
    """
    if end < start:
        return -months_between(end, start)
    months = (end.year - start.year) * 12 + end.month - start.month
    return months if add_months(start, months) <= end else months - 1


def days_between(start: date, end: date) -> int:
    """How many days after `start` the day `end` is: the first day isn't counted (民法典 第二百零一条)."""
    return (end - start).days
