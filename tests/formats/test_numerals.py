from __future__ import annotations

import pytest

from docgen.formats.numerals import capital_digits, capital_number, cn_number, counted, ordinal
from docgen.formats.refusal import Reason, Refused


@pytest.mark.parametrize(
    ("value", "plain", "capital"),
    [
        (0, "零", "零"),
        (2, "二", "贰"),
        (3, "三", "叁"),
        (10, "十", "壹拾"),
        (12, "十二", "壹拾贰"),
        (20, "二十", "贰拾"),
        (99, "九十九", "玖拾玖"),
        (100, "一百", "壹佰"),
        (105, "一百零五", "壹佰零伍"),
        (110, "一百一十", "壹佰壹拾"),
        (123, "一百二十三", "壹佰贰拾叁"),
        (1001, "一千零一", "壹仟零壹"),
        (1010, "一千零一十", "壹仟零壹拾"),
        (9999, "九千九百九十九", "玖仟玖佰玖拾玖"),
        (10000, "一万", "壹万"),
        (100012, "十万零一十二", "壹拾万零壹拾贰"),
        (120000, "十二万", "壹拾贰万"),
        (1100000000, "十一亿", "壹拾壹亿"),
    ],
)
def test_a_number_in_plain_and_in_capital_numerals(value: int, plain: str, capital: str) -> None:
    assert (cn_number(value), capital_number(value)) == (plain, capital)


def test_ordinals_copies_and_years() -> None:
    assert ordinal(3) == "第三"
    assert ordinal(12) == "第十二"
    assert counted(3, "份") == "叁份"
    assert capital_digits(2026) == "贰零贰陆"


@pytest.mark.parametrize("value", [-1, 10**16, 1.0, True, "3", None])
def test_only_counts_have_numerals(value: int) -> None:
    for words in (cn_number, capital_number, ordinal, capital_digits):
        with pytest.raises(Refused) as refused:
            words(value)
        assert refused.value.reason == Reason.NOT_A_COUNT


def test_nothing_is_in_place_zero() -> None:
    with pytest.raises(Refused):
        ordinal(0)
