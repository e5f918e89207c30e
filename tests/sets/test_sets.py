"""Every sample builds to a complete set whose papers agree with the deal and with each other."""

from __future__ import annotations

import io
import re
from decimal import Decimal

import docx
import pytest

from docgen import resources
from docgen.catalogue import Verdict
from docgen.diagnostics import Severity
from docgen.formats.words import amount_in_words
from docgen.model import Missing, Record
from docgen.word.health import check_package
from tests.sets.samples import SAMPLES, built, texts, tools

PAIR = re.compile(r"(人民币[零壹贰叁肆伍陆柒捌玖拾佰仟万亿元角分整]+)（小写：¥([\d,]+\.\d\d)）")
LEFT_OVER = re.compile(r"\{\{|\}\}|\{%|%\}|｛｛|【待填|\bNone\b|\bTrue\b|\bFalse\b|\bnan\b|Missing\(")
REPEALED = re.compile(r"《(中华人民共和国)?(物权法|担保法|合同法|民法总则|婚姻法)》")
PAPERS = {"foshan-third-party": 25, "grg-hk-patent": 11, "patent-transfer": 7, "zhaoqing-patent": 23}


def test_every_bundled_sample_is_seen() -> None:
    assert sorted(path.parent.name for path in resources.samples().glob("*/deal.yaml")) == list(SAMPLES)


@pytest.mark.parametrize("name", SAMPLES)
def test_sample_builds_without_an_error(name: str) -> None:
    result = built(name)
    assert [one.code for one in result.diagnostics if one.severity is Severity.ERROR] == []
    assert result.manifest is not None
    made = [one for one in result.manifest.outputs if one.template not in {"checklist", "check_report"}]
    assert len(made) == PAPERS[name]


@pytest.mark.parametrize("name", SAMPLES)
def test_every_paper_is_a_sound_word_file(name: str) -> None:
    files = {file: data for file, data in built(name).files.items() if file.endswith(".docx")}
    assert files
    for file, data in files.items():
        assert list(check_package(data, file)) == [], file
        assert docx.Document(io.BytesIO(data)).paragraphs, file


@pytest.mark.parametrize("name", SAMPLES)
def test_no_gap_tag_or_programmers_word_is_printed(name: str) -> None:
    for file, text in texts(name).items():
        assert LEFT_OVER.search(text) is None, (file, LEFT_OVER.search(text))
        assert REPEALED.search(text) is None, (file, REPEALED.search(text))


@pytest.mark.parametrize("name", SAMPLES)
def test_amounts_in_words_and_figures_agree_wherever_they_stand(name: str) -> None:
    seen = 0
    for file, text in texts(name).items():
        for words, figures in PAIR.findall(text):
            seen += 1
            assert amount_in_words(Decimal(figures.replace(",", "")), "CNY") == words, file
    assert seen >= 3


def amounts(node: Record, found: set[Decimal], seen: set[Record]) -> set[Decimal]:
    """Every amount of the deal, derived ones included."""
    if node in seen:
        return found
    seen.add(node)
    for key in node.known:
        value = None if key.startswith("set_") else node[key]
        for item in value if isinstance(value, tuple) else (value,):
            if isinstance(item, Record):
                amounts(item, found, seen)
            elif isinstance(item, Decimal):
                found.add(item)
    return found


@pytest.mark.parametrize("name", SAMPLES)
def test_every_amount_printed_is_an_amount_of_the_deal(name: str) -> None:
    known = amounts(built(name).deal, set(), set())
    known |= {sum((d.amount for d in loan.drawdowns), Decimal(0)) for loan in lists(name, "loans")}
    known |= {sum((i.principal_amount for i in loan.repayment.schedule), Decimal(0)) for loan in lists(name, "loans")}
    printed = {
        Decimal(figure.replace(",", ""))
        for file, text in texts(name).items()
        if "检查报告" not in file  # it prints what rules compute, such as stamp duty
        for figure in re.findall(r"¥([\d,]+\.\d\d)", text)
    }
    assert printed
    assert printed <= known


def lists(name: str, key: str) -> tuple[Record, ...]:
    """A list of the deal, empty when absent."""
    value = built(name).deal[key]
    return () if isinstance(value, Missing) else value


@pytest.mark.parametrize("name", SAMPLES)
def test_every_identity_number_printed_is_one_of_the_deal(name: str) -> None:
    deal = built(name).deal
    known = {str(party.identity_no) for party in deal.parties}
    for party in deal.parties:
        for holder in (
            party,
            *((party.representative,) if "representative" in party and party.given("representative") else ()),
        ):
            if "id_no" in holder and holder.given("id_no"):
                known.add(holder.id_no)
    known |= {poa.agent.id_no for poa in lists(name, "poas") if poa.agent.given("id_no")}
    known |= {v.firm_uscc for v in lists(name, "valuations") if v.given("firm_uscc")}
    seen = set()
    for file, text in texts(name).items():
        for number in re.findall(r"(?<![\dA-Z.])(?:[0-9A-HJ-NPQRTUWXY]{18})(?![\dA-Z])", text):
            if not number.isdigit() or not number.startswith(("00", "62", "44")) or number in known:
                seen.add(number)
                assert number in known, (file, number)
    assert seen


@pytest.mark.parametrize("name", SAMPLES)
def test_contract_numbers_titles_and_patents_are_written_alike_everywhere(name: str) -> None:
    whole = "\n".join(texts(name).values())
    for key in ("loans", "pledges", "guarantees", "transfers"):
        for contract in lists(name, key):
            assert contract.contract_no in whole
    for asset in lists(name, "assets"):
        assert whole.count(asset.number) >= 2, asset.number
        for line in whole.splitlines():
            if f"| {asset.number} |" in line and "名称" not in line and line.count("|") > 4 and asset.title[:4] in line:
                assert asset.title in line


@pytest.mark.parametrize("name", SAMPLES)
def test_checklist_gives_a_reason_for_every_paper_in_or_out(name: str) -> None:
    result = built(name)
    kinds = {paper.kind.id for paper in result.papers}
    assert kinds == {kind.id for kind in tools().catalogue.kinds.values() if not kind.describes_set}
    assert all(paper.reason for paper in result.papers)


def test_hong_kong_deal_lists_the_cnipa_form_as_not_applicable_and_the_hong_kong_papers_as_lacking() -> None:
    papers = {paper.kind.id: paper for paper in built("grg-hk-patent").papers}
    assert papers["cnipa_pledge_filing"].verdict is Verdict.OUT
    assert "香港专利不在国家知识产权局办理质押登记" in papers["cnipa_pledge_filing"].reason
    assert papers["pledge_contract"].verdict is Verdict.OUT
    assert papers["hk_patent_pledge_contract"].verdict is Verdict.IN
    assert papers["hk_deed"].verdict is papers["hk_registration"].verdict is Verdict.NOT_PROVIDED
    assert {"hk_deed", "hk_registration"} <= set(built("grg-hk-patent").manifest.missing)  # type: ignore[union-attr]  # it was built
    checklist = next(text for file, text in texts("grg-hk-patent").items() if "文件清单" in file)
    assert "香港专利押记契据" in checklist
