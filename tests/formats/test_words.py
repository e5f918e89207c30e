from __future__ import annotations

import csv
import re
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

import cn2an  # type: ignore[import-untyped] # it has no type information
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from docgen.formats.refusal import Refused
from docgen.formats.words import amount_in_words, words_without_currency

DIGITS = "零壹贰叁肆伍陆柒捌玖"


class Row(NamedTuple):
    amount: str
    words: str
    also_accepted: list[str]


def read_table() -> list[Row]:
    with Path(__file__).with_name("rmb_amounts.csv").open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(line for line in file if not line.startswith("#"))
        return [Row(row["amount"], row["upper"], row["also_accepted"].split("|")) for row in rows]


TABLE = read_table()
GOOD = [row for row in TABLE if row.words]
REFUSED = [row.amount for row in TABLE if not row.words]


def read_words(words: str) -> Decimal:
    """The amount that words without currency say: the inverse of `words_without_currency`, for these tests."""
    yuan, _, rest = words.rpartition("元")
    parts = re.fullmatch(f"零?(?:([{DIGITS}])角)?零?(?:([{DIGITS}])分)?整?", rest)
    assert parts is not None, words
    cents = "".join(str(DIGITS.index(digit)) if digit else "0" for digit in parts.groups())
    return Decimal(f"{read_whole(yuan)}.{cents}")


def read_whole(words: str) -> int:
    for unit, size in (("亿", 10**8), ("万", 10**4), ("仟", 1000), ("佰", 100), ("拾", 10)):
        high, found, low = words.rpartition(unit)
        if found:
            return read_whole(high) * size + read_whole(low)
    words = words.strip("零")
    return DIGITS.index(words) if words else 0


def test_the_table_is_whole() -> None:
    assert len(GOOD) == 94
    assert len(REFUSED) == 9
    assert sum(len(row.also_accepted) for row in GOOD if row.also_accepted != [""]) == 39


@pytest.mark.parametrize("row", GOOD, ids=lambda row: row.amount)
def test_words_are_those_of_the_table(row: Row) -> None:
    assert words_without_currency(Decimal(row.amount)) == row.words


@pytest.mark.parametrize("row", GOOD, ids=lambda row: row.amount)
def test_every_accepted_form_says_the_same_amount(row: Row) -> None:
    for words in filter(None, [row.words, *row.also_accepted]):
        assert read_words(words) == Decimal(row.amount)


@pytest.mark.parametrize("text", REFUSED)
def test_refused_rows_have_no_words(text: str) -> None:
    plain = re.fullmatch(r"-?[0-9.]+|NaN|Infinity", text)
    value = Decimal(text) if plain else text  # text itself is never an amount: reading it is another function's work
    with pytest.raises(Refused):
        words_without_currency(value)  # type: ignore[arg-type] # what a template author's mistake would pass


@pytest.mark.parametrize(
    ("currency", "words"), [("CNY", "人民币伍佰万元整"), ("HKD", "港币伍佰万元整"), ("USD", "美元伍佰万元整")]
)
def test_words_begin_with_the_currency(currency: str, words: str) -> None:
    assert amount_in_words(Decimal(5000000), currency) == words


def test_an_unknown_currency_has_no_words() -> None:
    with pytest.raises(Refused):
        amount_in_words(Decimal(1), "EUR")


@given(st.integers(0, 10**14))
@example(10**14)
@example(1000100000000)
def test_words_read_back_as_the_amount_up_to_a_million_million(cents: int) -> None:
    money = Decimal(f"{cents}E-2")
    words = words_without_currency(money)
    assert read_words(words) == money
    assert "零零" not in words
    assert words.endswith("分") is bool(cents % 10)


@given(st.integers(1, 10**12))
@example(10**12)
def test_another_library_reads_the_same_number_in_the_words(yuan: int) -> None:
    words = words_without_currency(Decimal(yuan)).removesuffix("元整")
    assert cn2an.cn2an(words, "smart") == yuan
