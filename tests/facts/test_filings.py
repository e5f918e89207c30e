"""Derived fields that filing forms and the assignment contract tick boxes by."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from docgen.facts import derived_fields
from docgen.load import Mapping, load_text
from docgen.model import Missing
from docgen.validate import validate
from tests.law.deals import changed, law, schema

if TYPE_CHECKING:
    from docgen.model import Record


def deal(base: str, changes: str = "") -> Record:
    """A sample's deal with `path: value` lines applied."""
    table = load_text(changes, "changes.yaml").root if changes else None
    assert table is None or isinstance(table, Mapping)
    return validate(changed(base, table), schema(), "sign", derived_fields(law())).deal


def test_electronic_lists_get_the_patent_number_without_its_dot() -> None:
    assert deal("zhaoqing-patent").assets[0].plain_no == "ZL2019199910017"


def test_same_day_application_is_open_until_every_utility_model_says_so() -> None:
    both = "assets[1].same_day_application: ~\nassets[2].same_day_application: ~"
    assert isinstance(deal("zhaoqing-patent", both).pledges[0].has_same_day, Missing)
    half = deal("zhaoqing-patent", "assets[2].same_day_application: ~").pledges[0].has_same_day
    assert isinstance(half, Missing)
    assert [one.field for one in half.because] == ["assets[2].same_day_application"]


@pytest.mark.parametrize(("first", "second", "expected"), [("否", "否", False), ("否", "是", True)])
def test_same_day_application_of_one_utility_model_counts(first: str, second: str, *, expected: bool) -> None:
    changes = f"assets[1].same_day_application: {first}\nassets[2].same_day_application: {second}"
    assert deal("zhaoqing-patent", changes).pledges[0].has_same_day is expected


def test_same_day_application_concerns_no_invention() -> None:
    assert deal("foshan-third-party").pledges[0].has_same_day is False


def test_one_pending_invalidation_is_enough() -> None:
    assert deal("zhaoqing-patent", "assets[2].invalidation_pending: 是").pledges[0].has_invalidation is True
    unknown = "assets[0].invalidation_pending: ~"
    assert isinstance(deal("zhaoqing-patent", unknown).pledges[0].has_invalidation, Missing)


def test_released_pledge_no_longer_binds_an_assigned_patent() -> None:
    pledge = "assets[0].encumbrances: [{pledgee: 甲银行, registered_on: 2024-05-06"
    assert deal("patent-transfer", pledge + "}]").assets[0].under_pledge is True
    released = deal("patent-transfer", pledge + ", released_on: 2025-05-06}]")
    assert [asset.under_pledge for asset in released.assets] == [False, False]


def test_patent_pledged_in_the_deal_is_under_pledge() -> None:
    assert [asset.under_pledge for asset in deal("zhaoqing-patent").assets] == [True, True, True]


def test_assignee_outside_the_mainland_makes_an_export() -> None:
    assert deal("patent-transfer").transfers[0].abroad is False
    assert deal("patent-transfer", "parties[1].jurisdiction: 香港特别行政区").transfers[0].abroad is True
    assert deal("patent-transfer", "parties[0].jurisdiction: 香港特别行政区").transfers[0].abroad is False


def test_pledgee_outside_the_mainland_is_a_party_abroad() -> None:
    assert deal("zhaoqing-patent").pledges[0].party_abroad is False
    assert deal("zhaoqing-patent", "parties[0].jurisdiction: 香港特别行政区").pledges[0].party_abroad is True


def test_owner_who_assigns_nothing_stays_owner() -> None:
    assert deal("patent-transfer").transfers[0].remaining_owners == ()
    owners = "assets[0].owners: [{party: assignor}, {name: 岭南示范大学}]"
    assert deal("patent-transfer", owners).transfers[0].remaining_owners == ("岭南示范大学",)
