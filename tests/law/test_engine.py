"""The rule engine itself: unknown is not a pass, stages, dates, waivers, the law in force, holes in a refused deal."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import docgen.checks
from docgen.checks import Finding, Report, Rule, State, all_rules, run_checks
from docgen.checks.registry import TOPICS
from docgen.diagnostics import Severity
from docgen.facts import derived_fields
from docgen.load import load_text
from docgen.validate import validate
from tests.law.deals import law, sample, schema

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docgen.law import Law
    from docgen.model import Record

BASE = "zhaoqing-patent"
WAIVER = "waivers: [{{rule: {rule}, reason: 已与客户确认, waived_by: 张三, waived_on: 2026-01-20{more}}}]\n"


def objects(loan: Record, _law: Law) -> Iterator[Finding]:
    """Object to the amount of a loan."""
    yield Finding(loan, "amount", {"contract": loan.contract_no})


def agrees(_record: Record, _law: Law) -> Iterator[Finding]:
    """Object to nothing."""
    yield from ()


def stumbles(loan: Record, _law: Law) -> Iterator[Finding]:
    """Rely on the lender's licence, as rules may: every loan has a lender."""
    if loan.lender.licence_kind == "bank":
        yield Finding(loan, "lender")


RULE = Rule("A08", "试验规则", Severity.WARNING, "draft", "loans", (), ("CC 668 [V]",), objects)


def report(*rules: Rule, text: str = "", stage: str = "sign", incomplete: bool = False) -> Report:
    """The rules' report on the sample deal, or on another text."""
    validated = validate(load_text(text or sample(BASE), BASE), schema(), stage, derived_fields(law()))
    return run_checks(validated.deal, law(), stage, rules, incomplete=incomplete)


def states(found: Report) -> list[State]:
    return [result.state for result in found.results]


def codes(found: Report) -> list[tuple[str, Severity]]:
    return [(one.code, one.severity) for one in found.diagnostics]


def without(line: str) -> str:
    """The sample without the line that holds a text."""
    text = sample(BASE)
    assert line in text
    return "".join(one for one in text.splitlines(keepends=True) if line not in one)


def test_a_rule_whose_field_is_missing_is_unknown_and_says_so_with_its_own_severity() -> None:
    rule = replace(RULE, check=agrees, needs=("purpose",), severity=Severity.ERROR)
    found = report(rule, text=without("purpose: 采购精密"))
    assert states(found) == [State.UNKNOWN]
    assert codes(found) == [("L001", Severity.ERROR)]
    assert found.diagnostics[0].args["rule"] == "A08"
    assert "loans[0].purpose" in found.diagnostics[0].args["fields"]


def test_what_a_rule_needs_is_followed_through_lists_references_and_derived_fields() -> None:
    rule = replace(RULE, each="pledges", check=agrees, needs=("assets.asset.filed_on", "latest_maturity"))
    found = report(rule, text=without("filed_on: 2022-03-02").replace("  matures_on: 2027-02-10\n  months", "  months"))
    assert [one.field for one in found.results[0].missing] == ["assets[2].filed_on", "loans[0].matures_on"]


def test_a_need_that_the_kind_of_record_does_not_know_is_no_gap() -> None:
    assert states(report(replace(RULE, check=agrees, needs=("no_such_field",)))) == [State.PASSED]


def test_a_rule_of_a_later_stage_is_not_yet_judged() -> None:
    later = replace(RULE, stage="drawdown", needs=("purpose",))
    assert states(report(later, stage="register")) == [State.NOT_YET]
    assert codes(report(later, stage="register")) == []
    assert states(report(later, stage="drawdown")) == [State.FAILED]


@pytest.mark.parametrize(
    ("as_of", "judged"),
    [("2026-01-28", False), ("2026-01-29", True), ("2026-01-30", True), ("2026-01-31", False)],
)
def test_a_rule_is_judged_from_its_first_to_its_last_day(as_of: str, judged: bool) -> None:  # noqa: FBT001 — a column of the table
    rule = replace(RULE, since=date(2026, 1, 29), until=date(2026, 1, 30))
    text = sample(BASE).replace("as_of: 2026-01-29", f"as_of: {as_of}")
    assert bool(states(report(rule, text=text))) is judged


def test_a_rule_runs_only_over_the_records_it_applies_to() -> None:
    rule = replace(RULE, each="guarantees", applies=lambda one: one.id == "guarantee_person", check=agrees)
    assert [result.subject for result in report(rule).results] == ["guarantees[1]"]


def test_a_finding_may_lower_the_severity_of_its_rule() -> None:
    rule = replace(RULE, check=lambda loan, _law: [Finding(loan, "amount", severity=Severity.NOTE)])
    assert codes(report(rule)) == [("A08", Severity.NOTE)]


def test_a_waived_warning_is_taken_out_and_recorded() -> None:
    found = report(RULE, text=sample(BASE) + WAIVER.format(rule="A08", more=""))
    assert codes(found) == []
    assert states(found) == [State.WAIVED]
    assert [(one.code, waiver.reason) for one, waiver in found.waived] == [("A08", "已与客户确认")]


def test_a_waiver_reaches_findings_that_point_elsewhere_than_the_record_judged() -> None:
    rule = replace(RULE, check=lambda loan, _law: [Finding(loan.lender, "name")])
    assert states(report(rule, text=sample(BASE) + WAIVER.format(rule="A08", more=""))) == [State.WAIVED]


def test_a_waiver_for_one_subject_leaves_the_others() -> None:
    rule = replace(RULE, each="guarantees", check=lambda one, _law: [Finding(one, "secured_amount")])
    text = sample(BASE) + WAIVER.format(rule="A08", more=', subject: "guarantees[1]"')
    found = report(rule, text=text)
    assert [one.field for one in found.diagnostics] == ["guarantees[0].secured_amount"]
    assert states(found) == [State.FAILED, State.WAIVED]


def test_a_warning_left_unknown_can_be_waived_and_stays_apart_from_a_pass() -> None:
    rule = replace(RULE, check=agrees, needs=("collection_account.bank",))
    text = without("collection_account:") + WAIVER.format(rule="A08", more="")
    found = report(rule, text=text)
    assert codes(found) == []
    assert states(found) == [State.WAIVED]


def test_a_waiver_that_matches_nothing_is_reported() -> None:
    found = report(replace(RULE, check=agrees), text=sample(BASE) + WAIVER.format(rule="A08", more=""))
    assert codes(found) == [("L002", Severity.WARNING)]


def test_an_error_is_not_waived_by_a_waiver() -> None:
    rule = replace(RULE, severity=Severity.ERROR)
    found = report(rule, text=sample(BASE) + WAIVER.format(rule="A08", more=""))
    assert codes(found) == [("A08", Severity.ERROR), ("L003", Severity.ERROR)]
    assert found.waived == ()
    assert states(found) == [State.FAILED]


def test_a_waiver_of_no_rule_is_reported() -> None:
    found = report(RULE, text=sample(BASE) + WAIVER.format(rule="A0B", more=""))
    assert ("L004", Severity.WARNING) in codes(found)
    assert ("A08", Severity.WARNING) in codes(found)


def test_the_law_of_the_time_is_cited() -> None:
    rule = replace(RULE, basis=("公司法 15 [V]", "公司法2018 16 [R]", "担保制度解释 7 [V]"))
    now, then = (
        report(rule, text=sample(BASE).replace("as_of: 2026-01-29", f"as_of: {day}")).diagnostics[0]
        for day in ("2024-07-01", "2024-06-30")
    )
    assert (now.law, now.confidence) == (("公司法 15 [V]", "担保制度解释 7 [V]"), "V")
    assert (then.law, then.confidence) == (("公司法2018 16 [R]", "担保制度解释 7 [V]"), "R")


def test_an_error_whose_former_article_nobody_read_only_warns_for_deals_of_that_time() -> None:
    rule = replace(RULE, severity=Severity.ERROR, basis=("公司法 15 [V]", "公司法2018 16 [R]"))
    old = sample(BASE).replace("as_of: 2026-01-29", "as_of: 2024-06-30")
    assert codes(report(rule)) == [("A08", Severity.ERROR)]
    assert codes(report(rule, text=old)) == [("A08", Severity.WARNING)]


def test_a_rule_that_stumbles_over_a_refused_value_is_unknown_without_a_word() -> None:
    rule = replace(RULE, check=stumbles)
    text = sample(BASE).replace("  lender: bank\n", "  lender: nobody\n")
    found = report(rule, text=text, incomplete=True)
    assert states(found) == [State.UNKNOWN]
    assert codes(found) == []
    with pytest.raises(AttributeError):
        report(rule, text=text)


def test_no_hole_in_a_refused_deal_stops_the_rules() -> None:
    text = sample(BASE)
    holes = (
        "asset: p1}",
        "lender: bank",
        "party: dinghu}",
        "type: 发明",
        "asset: p1,",
        "given_by: chen",
        "method: lpr",
    )
    for hole in holes:
        key = hole.split(":", maxsplit=1)[0]
        assert hole in text
        found = report(
            *all_rules(),
            text=text.replace(hole, f"{key}: 无此物{hole[-1] if hole[-1] in '},' else ''}"),
            incomplete=True,
        )
        assert len(found.results) > len(TOPICS)


def test_every_module_with_rules_is_a_topic() -> None:
    folder = Path(docgen.checks.__file__).parent
    modules = {path.stem: path.read_text(encoding="utf-8") for path in folder.glob("*.py")}
    with_rules = {name for name, text in modules.items() if re.search(r"^@rule\(", text, re.MULTILINE)}
    assert len(with_rules) >= 13
    assert with_rules == set(TOPICS)


def test_every_rule_cites_a_known_instrument_in_its_docstring() -> None:
    rules = all_rules()
    assert len(rules) >= 50
    for rule in rules:
        cited = re.search(r"law: ([^\s]+)", rule.check.__doc__ or "")
        assert cited, rule.id
        # 办法 and the like are short for an instrument of the rule's own basis
        name = cited[1].rstrip(".;")
        assert name in law().instruments or any(name in citation for citation in rule.basis), rule.id
