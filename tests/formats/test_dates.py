from __future__ import annotations

from datetime import date

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from docgen.formats.dates import (
    BLANK_DATE,
    add_months,
    as_bill_date,
    as_cn_date,
    as_date,
    as_iso_date,
    days_between,
    months_between,
    parse_date,
)
from docgen.formats.refusal import Reason, Refused

DAYS = st.dates(date(1900, 1, 1), date(2200, 12, 31))


@pytest.mark.parametrize(
    "text", ["2022-01-29", "2022-1-29", "2022/1/29", "2022/01/29", "2022年1月29日", "2022年01月29日", " 2022/1/29 "]
)
def test_a_day_is_read_from_three_notations(text: str) -> None:
    assert parse_date(text) == date(2022, 1, 29)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", Reason.EMPTY),
        ("2022-02-30", Reason.NO_SUCH_DAY),
        ("2022年2月29日", Reason.NO_SUCH_DAY),
        ("2022/13/1", Reason.NO_SUCH_DAY),
        ("0000-01-01", Reason.NO_SUCH_DAY),
        ("22-01-29", Reason.YEAR_DIGITS),
        ("22年1月29日", Reason.YEAR_DIGITS),
        ("20222/1/29", Reason.YEAR_DIGITS),
        ("2022-01-29T00:00:00", Reason.WITH_TIME),
        ("2022-01-29 12:30", Reason.WITH_TIME),
        ("2022年1月29日 12时30分", Reason.WITH_TIME),
        ("２０２２-01-29", Reason.FULL_WIDTH),
        ("2022／1／29", Reason.FULL_WIDTH),
        ("2022-01/29", Reason.NOT_A_DATE),
        ("29/1/2022", Reason.NOT_A_DATE),
        ("2022.1.29", Reason.NOT_A_DATE),
        ("20220129", Reason.NOT_A_DATE),
        ("2022年1月29", Reason.NOT_A_DATE),
        ("2022年1月", Reason.NOT_A_DATE),
        ("二〇二二年一月二十九日", Reason.NOT_A_DATE),
        ("٢٠٢٢-01-29", Reason.NOT_A_DATE),
        ("2022-01-29" * 9, Reason.NOT_A_DATE),
    ],
)
def test_what_is_no_day_is_refused_with_its_reason(text: str, reason: Reason) -> None:
    with pytest.raises(Refused) as refused:
        parse_date(text)
    assert refused.value.reason == reason


def test_a_day_in_four_notations() -> None:
    day = date(2026, 1, 29)
    assert as_date(day) == "2026年1月29日"
    assert as_cn_date(day) == "二〇二六年一月二十九日"
    assert as_iso_date(day) == "2026-01-29"
    assert as_bill_date(day) == "贰零贰陆年零壹月贰拾玖日"


@pytest.mark.parametrize(
    ("day", "text"),
    [
        (date(2026, 2, 12), "零贰月壹拾贰日"),  # the official example
        (date(2026, 10, 20), "零壹拾月零贰拾日"),  # the official example
        (date(2026, 3, 9), "叁月零玖日"),
        (date(2026, 11, 30), "壹拾壹月零叁拾日"),
        (date(2026, 12, 31), "壹拾贰月叁拾壹日"),
        (date(2026, 9, 10), "玖月零壹拾日"),
    ],
)
def test_bill_dates_carry_their_guarding_zero(day: date, text: str) -> None:
    assert as_bill_date(day) == "贰零贰陆年" + text


def test_cn_dates_of_tens_and_the_blank_date() -> None:
    assert as_cn_date(date(2010, 10, 20)) == "二〇一〇年十月二十日"
    assert BLANK_DATE == "　　年　　月　　日"


@pytest.mark.parametrize(
    ("anchor", "months", "day"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2026, 1, 31), 2, date(2026, 3, 31)),
        (date(2024, 1, 30), 1, date(2024, 2, 29)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2024, 2, 29), 48, date(2028, 2, 29)),
        (date(2026, 11, 15), 2, date(2027, 1, 15)),
        (date(2026, 1, 15), -1, date(2025, 12, 15)),
        (date(2026, 3, 31), -1, date(2026, 2, 28)),
        (date(2026, 1, 15), 0, date(2026, 1, 15)),
    ],
)
def test_months_lead_to_the_corresponding_day_or_the_last(anchor: date, months: int, day: date) -> None:
    assert add_months(anchor, months) == day


def test_months_beyond_the_calendar_are_refused() -> None:
    for months in (-1, 12 * 10_000):
        with pytest.raises(Refused) as refused:
            add_months(date(1, 1, 1), months)
        assert refused.value.reason == Reason.OUT_OF_RANGE


@pytest.mark.parametrize(
    ("start", "end", "months"),
    [
        (date(2026, 1, 29), date(2029, 1, 29), 36),
        (date(2026, 1, 29), date(2029, 1, 28), 35),
        (date(2026, 1, 31), date(2026, 2, 28), 1),
        (date(2026, 1, 31), date(2026, 2, 27), 0),
        (date(2026, 1, 29), date(2026, 1, 29), 0),
        (date(2026, 3, 1), date(2026, 1, 29), -1),
        (date(9999, 11, 30), date(9999, 12, 30), 1),
        (date(9999, 12, 31), date(9999, 12, 31), 0),
    ],
)
def test_whole_months_between_two_days(start: date, end: date, months: int) -> None:
    assert months_between(start, end) == months


def test_the_first_day_is_not_counted() -> None:
    assert days_between(date(2026, 1, 29), date(2026, 1, 30)) == 1
    assert days_between(date(2024, 2, 28), date(2024, 3, 1)) == 2
    assert days_between(date(2026, 1, 30), date(2026, 1, 29)) == -1


@given(DAYS)
def test_printed_days_read_back_as_themselves(day: date) -> None:
    for text in (as_date(day), as_iso_date(day)):
        assert parse_date(text) == day


@given(DAYS, DAYS)
def test_whole_months_are_the_most_that_fit(start: date, end: date) -> None:
    assume(start <= end)
    months = months_between(start, end)
    assert add_months(start, months) <= end < add_months(start, months + 1)


@given(st.text())
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        day = parse_date(text)
    except Refused:
        return
    assert isinstance(day, date)
