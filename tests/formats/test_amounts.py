from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docgen.formats.amounts import LIMIT, amount, number, parse_amount, wan, yuan
from docgen.formats.refusal import Reason, Refused

MONEY = st.integers(0, 10**18 - 1).map(lambda cents: Decimal(f"{cents}E-2"))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("5000000", "5000000.00"),
        ("5,000,000.10", "5000000.10"),
        ("5000000.1", "5000000.10"),
        ("500万元", "5000000.00"),
        ("500万", "5000000.00"),
        ("368.5万元", "3685000.00"),
        ("1,234.567890万元", "12345678.90"),
        ("1.2亿元", "120000000.00"),
        ("0.00000001亿元", "1.00"),
        ("¥5,000,000", "5000000.00"),
        ("￥ 5,000,000.00", "5000000.00"),
        ("人民币5,000,000元", "5000000.00"),
        ("人民币 500 万元", "5000000.00"),
        ("RMB5,000,000", "5000000.00"),
        ("  5000000\t", "5000000.00"),
        ("0", "0.00"),
        ("0.01", "0.01"),
        ("9999999999999999.99", "9999999999999999.99"),
    ],
)
def test_an_amount_is_read_exactly_with_two_places(text: str, value: str) -> None:
    assert str(parse_amount(text)) == value


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", Reason.EMPTY),
        ("  ", Reason.EMPTY),
        ("5000000.001", Reason.DECIMALS),
        ("5000000.000", Reason.DECIMALS),
        ("500.0000001万元", Reason.DECIMALS),
        ("NaN", Reason.NOT_AN_AMOUNT),
        ("Infinity", Reason.NOT_AN_AMOUNT),
        ("五百万元", Reason.NOT_AN_AMOUNT),
        ("5_000", Reason.NOT_AN_AMOUNT),
        ("5000 000", Reason.NOT_AN_AMOUNT),
        ("约500万元", Reason.NOT_AN_AMOUNT),
        ("500万元整左右", Reason.NOT_AN_AMOUNT),
        (".5", Reason.NOT_AN_AMOUNT),
        ("5.", Reason.NOT_AN_AMOUNT),
        ("5.00.00", Reason.NOT_AN_AMOUNT),
        ("500百万元", Reason.NOT_AN_AMOUNT),
        ("٥٠٠", Reason.NOT_AN_AMOUNT),
        ("1" * 65, Reason.NOT_AN_AMOUNT),
        ("-5", Reason.NEGATIVE),
        ("−5", Reason.NEGATIVE),
        ("¥-5", Reason.NEGATIVE),
        ("5e6", Reason.EXPONENT),
        ("5E+6", Reason.EXPONENT),
        ("50,00", Reason.GROUPING),
        ("5000,000", Reason.GROUPING),
        ("5,000,00", Reason.GROUPING),
        ("5,,000", Reason.GROUPING),
        ("5,", Reason.GROUPING),
        ("500,0000元", Reason.GROUPING),
        ("0500", Reason.LEADING_ZERO),
        ("00", Reason.LEADING_ZERO),
        ("５０００", Reason.FULL_WIDTH),
        ("5，000，000", Reason.FULL_WIDTH),
        ("10000000000000000", Reason.TOO_LARGE),
        ("100000000亿元", Reason.TOO_LARGE),
        ("HK$5,000", Reason.OTHER_CURRENCY),
        ("5,000港元", Reason.OTHER_CURRENCY),
        ("500万美元", Reason.OTHER_CURRENCY),
    ],
)
def test_what_is_no_plain_amount_is_refused_with_its_reason(text: str, reason: Reason) -> None:
    with pytest.raises(Refused) as refused:
        parse_amount(text)
    assert refused.value.reason == reason


def test_a_mark_must_be_the_currency_of_the_deal() -> None:
    assert parse_amount("HK$5,000", "HKD") == parse_amount("5,000港元", "HKD") == Decimal(5000)
    assert parse_amount("5,000元", "HKD") == Decimal(5000)
    with pytest.raises(Refused) as refused:
        parse_amount("¥5,000", "HKD")
    assert refused.value.reason == Reason.OTHER_CURRENCY


@pytest.mark.parametrize(
    ("value", "figures", "symbol", "in_yuan", "in_wan"),
    [
        ("5000000", "5,000,000.00", "¥5,000,000.00", "5,000,000.00元", "500万元"),
        ("3685000.00", "3,685,000.00", "¥3,685,000.00", "3,685,000.00元", "368.5万元"),
        ("5000000.01", "5,000,000.01", "¥5,000,000.01", "5,000,000.01元", "500.000001万元"),
        ("0.00", "0.00", "¥0.00", "0.00元", "0万元"),
        ("999.9", "999.90", "¥999.90", "999.90元", "0.09999万元"),
        ("1E+8", "100,000,000.00", "¥100,000,000.00", "100,000,000.00元", "10000万元"),
    ],
)
def test_an_amount_prints_in_figures(value: str, figures: str, symbol: str, in_yuan: str, in_wan: str) -> None:
    money = Decimal(value)
    assert (number(money), amount(money), yuan(money), wan(money)) == (figures, symbol, in_yuan, in_wan)


def test_an_amount_prints_with_its_currency() -> None:
    assert amount(Decimal(5), "HKD") == "HK$5.00"
    assert yuan(Decimal(5), "USD") == "5.00美元"
    assert wan(Decimal(50000), "HKD") == "5万港元"
    with pytest.raises(Refused) as refused:
        amount(Decimal(5), "EUR")
    assert refused.value.reason == Reason.OTHER_CURRENCY


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        (Decimal("1.005"), Reason.DECIMALS),
        (Decimal("1E-999999"), Reason.DECIMALS),
        (Decimal(-1), Reason.NEGATIVE),
        (Decimal("-0.00"), Reason.NEGATIVE),
        (Decimal("NaN"), Reason.NOT_AN_AMOUNT),
        (Decimal("sNaN"), Reason.NOT_AN_AMOUNT),
        (Decimal("Infinity"), Reason.NOT_AN_AMOUNT),
        (LIMIT, Reason.TOO_LARGE),
        (5.0, Reason.NOT_AN_AMOUNT),
        (5, Reason.NOT_AN_AMOUNT),
        (True, Reason.NOT_AN_AMOUNT),
        (None, Reason.NOT_AN_AMOUNT),
    ],
)
def test_nothing_but_an_exact_amount_prints(value: Decimal, reason: Reason) -> None:
    for print_amount in (number, amount, yuan, wan):
        with pytest.raises(Refused) as refused:
            print_amount(value)
        assert refused.value.reason == reason


@given(MONEY)
def test_printed_amounts_read_back_as_themselves(money: Decimal) -> None:
    for print_amount in (number, amount, yuan, wan):
        assert str(parse_amount(print_amount(money))) == str(money)


@given(st.text())
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        value = parse_amount(text)
    except Refused:
        return
    assert 0 <= value < LIMIT
    assert value.as_tuple().exponent == -2
