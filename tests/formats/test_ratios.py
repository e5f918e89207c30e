from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docgen.formats.ratios import parse_ratio, percent, permille
from docgen.formats.refusal import Reason, Refused


@pytest.mark.parametrize(
    ("text", "share"),
    [
        ("4.350%", "0.04350"),
        ("4.35％", "0.0435"),
        ("4.35 %", "0.0435"),
        ("0.0435", "0.0435"),
        ("0", "0"),
        ("1", "1"),
        ("1.00", "1.00"),
        ("150%", "1.50"),
        ("5‰", "0.005"),
        ("85BP", "0.0085"),
        ("85bp", "0.0085"),
        ("85个基点", "0.0085"),
        ("-15BP", "-0.0015"),
    ],
)
def test_a_ratio_is_a_share_of_one_with_its_typed_places(text: str, share: str) -> None:
    assert str(parse_ratio(text)) == share


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", Reason.EMPTY),
        ("4.35", Reason.NO_MARK),
        ("1.0001", Reason.NO_MARK),
        ("-4.35%", Reason.NEGATIVE),
        ("-0.1", Reason.NEGATIVE),
        ("４.35%", Reason.FULL_WIDTH),
        ("百分之四", Reason.NOT_A_RATIO),
        ("NaN", Reason.NOT_A_RATIO),
        ("4.35e-2", Reason.NOT_A_RATIO),
        (".5", Reason.NOT_A_RATIO),
        ("04%", Reason.NOT_A_RATIO),
        ("4,35%", Reason.NOT_A_RATIO),
        ("4.35%/年", Reason.NOT_A_RATIO),
        ("٤%", Reason.NOT_A_RATIO),
        ("0." + "3" * 20, Reason.DIGITS),
        ("0." + "3" * 63, Reason.NOT_A_RATIO),
    ],
)
def test_what_is_no_ratio_is_refused_with_its_reason(text: str, reason: Reason) -> None:
    with pytest.raises(Refused) as refused:
        parse_ratio(text)
    assert refused.value.reason == reason


@pytest.mark.parametrize(
    ("share", "per_cent", "per_mille"),
    [
        ("0.0435", "4.35%", "43.5‰"),
        ("0.04350", "4.350%", "43.50‰"),
        ("0.5", "50%", "500‰"),
        ("1", "100%", "1000‰"),
        ("0.005", "0.5%", "5‰"),
        ("0", "0%", "0‰"),
        ("1.5", "150%", "1500‰"),
        ("1E-10", "0.00000001%", "0.0000001‰"),
        ("-0.0015", "-0.15%", "-1.5‰"),
        ("0.123456789012345678901234567891", "12.3456789012345678901234567891%", "123.456789012345678901234567891‰"),
    ],
)
def test_a_ratio_prints_all_its_places_and_no_more(share: str, per_cent: str, per_mille: str) -> None:
    assert (percent(Decimal(share)), permille(Decimal(share))) == (per_cent, per_mille)


@pytest.mark.parametrize("value", [0.0435, 1, True, None, Decimal("NaN"), Decimal("Infinity")])
def test_nothing_but_an_exact_share_prints(value: Decimal) -> None:
    for print_ratio in (percent, permille):
        with pytest.raises(Refused) as refused:
            print_ratio(value)
        assert refused.value.reason == Reason.NOT_A_RATIO


@given(st.integers(0, 10**7), st.integers(0, 7))
def test_typed_percent_prints_as_typed(digits: int, places: int) -> None:
    text = format(Decimal(f"{digits}E-{places}"), "f") + "%"
    assert percent(parse_ratio(text)) == text


@given(st.text())
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        value = parse_ratio(text)
    except Refused:
        return
    assert value.is_finite()
