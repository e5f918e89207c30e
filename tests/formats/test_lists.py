from __future__ import annotations

import pytest

from docgen.formats.lists import checkbox, listing, listing_with_and
from docgen.formats.refusal import Reason, Refused


def test_entries_are_joined_as_chinese_sentences_join_them() -> None:
    assert listing(["甲", "乙", "丙"]) == "甲、乙、丙"
    assert listing(["甲"]) == listing_with_and(["甲"]) == "甲"
    assert listing_with_and(["甲", "乙"]) == "甲和乙"
    assert listing_with_and(["甲", "乙", "丙"]) == "甲、乙和丙"


@pytest.mark.parametrize("items", [[], [""], ["甲", ""], ["", "甲"]])
def test_a_list_with_nothing_in_it_is_no_text(items: list[str]) -> None:
    for join in (listing, listing_with_and):
        with pytest.raises(Refused) as refused:
            join(items)
        assert refused.value.reason == Reason.EMPTY


def test_a_box_is_ticked_or_not() -> None:
    assert (checkbox(checked=True), checkbox(checked=False)) == ("☑", "☐")
