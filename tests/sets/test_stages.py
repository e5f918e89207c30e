"""What the stage decides: gaps are printed under a mark while drafting, and stop the build afterwards."""

from __future__ import annotations

import re

from docgen.diagnostics import Severity
from docgen.word.text import extract_text
from tests.sets.samples import build_text, sample_text


def without_line(text: str, start: str) -> str:
    """The text without the one line that begins so."""
    lines = text.splitlines(keepends=True)
    kept = [line for line in lines if not line.lstrip().startswith(start)]
    assert len(kept) == len(lines) - 1, start
    return "".join(kept)


def test_gap_is_printed_under_a_draft_mark_while_drafting() -> None:
    text = without_line(sample_text("zhaoqing-patent"), "purpose: 采购").replace("stage: sign", "stage: draft")
    result = build_text(text, only=("loan_contract",))
    contract = next(extract_text(data) for name, data in result.files.items() if "借款合同" in name)
    assert "【待填：用途】" in contract
    assert "草稿" in contract
    assert any(one.field == "loans[0].purpose" and one.severity is Severity.WARNING for one in result.diagnostics)


def test_gap_stops_the_build_when_signing() -> None:
    result = build_text(without_line(sample_text("zhaoqing-patent"), "purpose: 采购"))
    assert result.files == {}
    assert result.manifest is None
    errors = [one for one in result.diagnostics if one.severity is Severity.ERROR]
    assert [one.field for one in errors] == ["loans[0].purpose"]


def test_final_papers_carry_no_draft_mark() -> None:
    result = build_text(sample_text("zhaoqing-patent"))
    assert result.files
    assert not any("草稿" in extract_text(data) for name, data in result.files.items() if name.endswith(".docx"))


def test_signing_date_left_open_prints_a_blank_in_the_signature_block_only() -> None:
    text = without_line(sample_text("patent-transfer"), "signed_on: 2026-03-16").replace("stage: sign", "stage: draft")
    result = build_text(text, only=("patent_transfer_contract",))
    contract = next(extract_text(data) for name, data in result.files.items() if name.startswith("17"))
    assert "　　年　　月　　日" in contract
    assert "【待填" not in contract


def test_removing_a_conditional_clause_renumbers_the_rest_and_every_reference() -> None:
    text = sample_text("foshan-third-party")
    with_notary = contract_of(text)
    without_notary = contract_of(text.replace("办理强制执行公证: 是, ", "办理强制执行公证: 否, "))
    assert "强制执行公证" in with_notary
    assert re.search(r"第\S+条 强制执行公证", without_notary) is None
    for contract in (with_notary, without_notary):
        headings = re.findall(r"^第([一二三四五六七八九十百]+)条 ", contract, re.MULTILINE)
        assert headings == [chinese(number) for number in range(1, len(headings) + 1)]
        assert len(headings) > 15
    assert reference(with_notary) == heading_of(with_notary, "质押登记")
    assert reference(without_notary) == heading_of(without_notary, "质押登记")
    late = "争议解决"
    assert heading_of(with_notary, late) != heading_of(without_notary, late)


def contract_of(text: str) -> str:
    """The text of the pledge contract."""
    result = build_text(text, only=("pledge_contract",))
    return next(extract_text(data) for name, data in result.files.items() if "质押合同" in name)


def heading_of(contract: str, title: str) -> str:
    """第X条 of a clause by its title."""
    found = re.search(rf"^(第\S+条) {title}$", contract, re.MULTILINE)
    assert found, title
    return found[1]


def reference(contract: str) -> str:
    """What the clause on effectiveness calls the clause on registration."""
    found = re.search(r"质权的设立依照(第\S+条)的约定", contract)
    assert found
    return found[1]


def chinese(number: int) -> str:
    """1 to 99 in Chinese."""
    digits = "零一二三四五六七八九"
    tens, ones = divmod(number, 10)
    head = "" if tens == 0 else "十" if tens == 1 else digits[tens] + "十"
    return head + (digits[ones] if ones else "")
