from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docgen.formats.masks import masked_account, masked_id, masked_phone


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("441299196503120016", "441***********0016"),
        ("H12345678", "H*****678"),
        ("E1234567", "E****567"),
        ("A123", "****"),
    ],
)
def test_an_identity_number_shows_its_ends(text: str, masked: str) -> None:
    assert masked_id(text) == masked


@pytest.mark.parametrize(
    ("text", "masked"),
    [("6217009900010000053", "6217***********0053"), ("123456789012", "********9012"), ("1234567", "*******")],
)
def test_a_bank_account_shows_its_ends(text: str, masked: str) -> None:
    assert masked_account(text) == masked


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("13800001234", "138****1234"),
        ("0758-2345678", "*********678"),
        ("+852 2345 6789", "***********789"),
        ("110", "***"),
    ],
)
def test_a_telephone_number_shows_its_end(text: str, masked: str) -> None:
    assert masked_phone(text) == masked


@given(st.text())
def test_masking_keeps_the_length_and_hides_more_than_a_third(text: str) -> None:
    for mask in (masked_id, masked_account, masked_phone):
        masked = mask(text)
        assert len(masked) == len(text)
        assert sum(a == "*" for a in masked) * 3 > len(text) or not text
