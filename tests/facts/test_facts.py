"""Derived fields, on sample deals with a few facts changed; worked values of the statutes' own arithmetic."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from docgen.facts import derived_fields
from docgen.load import Mapping, load_text
from docgen.model import Missing
from docgen.validate import validate
from tests.law.deals import changed, law, schema

if TYPE_CHECKING:
    from docgen.model import Record


def deal(base: str = "zhaoqing-patent", changes: str = "") -> Record:
    """A sample's deal with `path: value` lines applied."""
    table = load_text(changes, "changes.yaml").root if changes else None
    assert table is None or isinstance(table, Mapping)
    return validate(changed(base, table), schema(), "sign", derived_fields(law())).deal


@pytest.mark.parametrize(
    ("kind", "filed", "extra", "expected"),
    [
        ("发明", "2019-08-15", "", date(2039, 8, 14)),
        ("发明", "2019-08-15", "assets[0].compensation_days: 100", date(2039, 11, 22)),
        ("实用新型", "2019-10-18", "", date(2029, 10, 17)),
        ("外观设计", "2021-05-31", "", date(2031, 5, 30)),
        ("外观设计", "2021-06-01", "", date(2036, 5, 31)),
        ("发明", "2020-02-29", "", date(2040, 2, 28)),
    ],
)
def test_patent_expires_on_the_day_before_the_anniversary(kind: str, filed: str, extra: str, expected: date) -> None:
    changes = f"assets[0].type: {kind}\nassets[0].filed_on: {filed}\n{extra}"
    assert deal(changes=changes).assets[0].expires_on == expected


def test_hong_kong_standard_patent_lasts_twenty_years() -> None:
    assert deal("grg-hk-patent").assets[0].expires_on == date(2037, 3, 19)


def test_expiry_is_missing_without_a_filing_date() -> None:
    found = deal(changes="assets[0].filed_on: ~").assets[0].expires_on
    assert isinstance(found, Missing)
    assert found.because[0].field == "assets[0].filed_on"


def test_pledge_ratio_is_secured_principal_over_appraised_value() -> None:
    pledge = deal().pledges[0]
    assert pledge.value_amount == Decimal("16000000.00")
    assert pledge.pledge_ratio == Decimal("0.3125")


def test_penalty_rates_are_the_contract_rate_with_its_uplift() -> None:
    loan = deal().loans[0]
    assert loan.overdue_ratio == Decimal("0.05775")
    assert loan.misuse_ratio == Decimal("0.0770")


def test_term_of_guarantee_ends_on_the_corresponding_day() -> None:
    assert deal().guarantees[0].period_ends_on == date(2030, 2, 10)


def test_latest_maturity_looks_at_every_instalment_and_drawdown() -> None:
    assert deal().loans[0].latest_maturity == date(2027, 2, 10)
    later = deal(changes="loan.drawdowns[1].matures_on: 2027-03-10")
    assert later.pledges[0].latest_maturity == date(2027, 3, 10)


def test_sum_waits_for_every_amount() -> None:
    found = deal(changes="valuations[0].valued_assets[1].value_amount: ~").pledges[0].value_amount
    assert isinstance(found, Missing)


def test_fee_calendar_lists_the_anniversaries_until_the_last_due_date() -> None:
    calendar = deal().pledges[0].fee_calendar
    assert [(entry.due_on, entry.asset.id, entry.year_no) for entry in calendar] == [
        (date(2026, 3, 2), "p3", 5),
        (date(2026, 4, 20), "p2", 6),
        (date(2026, 8, 15), "p1", 8),
    ]


@pytest.mark.parametrize(
    ("base", "path", "expected"),
    [
        ("zhaoqing-patent", "loans", 2),
        ("zhaoqing-patent", "pledges", 3),  # two parties and the registry
        ("foshan-third-party", "pledges", 5),  # two parties, the registry, the notary and one extra
        ("foshan-third-party", "guarantees", 5),  # three parties, the notary and one extra
        ("patent-transfer", "transfers", 3),
    ],
)
def test_copies_are_one_for_each_who_keeps_one(base: str, path: str, expected: int) -> None:
    assert deal(base)[path][0].copies == expected


def test_third_party_pledgor_is_one_who_is_no_debtor() -> None:
    assert deal("foshan-third-party").pledges[0].third_party is True
    assert deal().pledges[0].third_party is False


def test_board_majority_is_counted_over_all_directors() -> None:
    board = deal("foshan-third-party").resolutions[1]
    assert board.yes_ratio == Decimal("0.6000")
    assert (board.yes_count, board.present_count) == (3, 4)


def test_shareholder_who_must_not_vote_is_left_out_of_the_count() -> None:
    votes = """
resolutions[1].votes:
  - {name: 甲, ratio: 60%, related: 是, cast: 同意}
  - {name: 乙, ratio: 25%, cast: 同意}
  - {name: 丙, ratio: 15%, cast: 反对}
"""
    assert deal(changes=votes).resolutions[1].yes_ratio == Decimal("0.6250")


def test_contract_signed_on_falls_back_to_the_deal() -> None:
    assert deal().pledges[0].contract_signed_on == date(2026, 1, 29)
    own = deal(changes="pledges[0].signed_on: 2026-01-30")
    assert own.pledges[0].contract_signed_on == date(2026, 1, 30)
    assert own.loans[0].contract_signed_on == date(2026, 1, 29)


def test_every_derived_field_of_the_schema_has_a_function_and_the_reverse() -> None:
    names = {field.derived for part in schema().parts.values() for field in part.fields.values() if field.derived}
    assert len(names) > 80
    assert {name for name in names if not name.startswith("build_")} == set(derived_fields(law()))


def test_birth_date_comes_from_the_identity_number() -> None:
    parties = {party.id: party for party in deal().parties}
    assert parties["liang"].born_on == date(1978, 5, 16)


def test_extension_of_the_loan_leaves_the_term_of_guarantee_unchanged() -> None:
    extended = deal(changes="loan.extensions: [{agreed_on: 2027-02-01, matures_on: 2027-08-10}]")
    assert extended.loans[0].latest_maturity == date(2027, 8, 10)
    assert extended.guarantees[0].period_ends_on == date(2030, 2, 10)
