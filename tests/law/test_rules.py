"""Every rule on its table of cases: each has one that passes and one that fails."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import pytest

from docgen.checks import State, all_rules
from docgen.diagnostics.codes import entry
from docgen.law import Law, law_files
from docgen.load import Mapping, Scalar, Sequence, load_text
from tests.law.deals import judged

CASES = Path(__file__).parent / "cases"
FIELDS = {"name", "rule", "base", "stage", "change", "expect", "finds", "severity"}


def read_cases() -> list[tuple[str, dict[str, str], Mapping | None]]:
    """Every case of every table: its place, its texts and its changes."""
    found = []
    for path in sorted(CASES.glob("*.yaml")):
        tree = load_text(path.read_text(encoding="utf-8"), path.name)
        cases = tree.root.get("cases")
        assert isinstance(cases, Sequence)
        for item in cases.items:
            assert isinstance(item, Mapping)
            texts = {e.key.text: e.value.text for e in item.entries if isinstance(e.value, Scalar)}
            change = item.get("change")
            assert {e.key.text for e in item.entries} <= FIELDS, texts
            found.append((f"{path.stem}: {texts['name']}", texts, change if isinstance(change, Mapping) else None))
    return found


ALL = read_cases()


@pytest.mark.parametrize(("texts", "change"), [(t, c) for _, t, c in ALL], ids=[name for name, _, _ in ALL])
def test_case_comes_out_as_the_table_says(texts: dict[str, str], change: Mapping | None) -> None:
    report = judged(texts.get("base", "zhaoqing-patent"), change, texts.get("stage", "sign"), texts["rule"])
    states = {result.state for result in report.results if result.rule.id == texts["rule"]}
    expected = texts["expect"]
    if expected == "not_applicable":
        assert states == set()
    elif expected == "passed":
        assert states == {State.PASSED}
    else:
        assert State(expected) in states
    if expected == "failed":
        found = [d for d in report.diagnostics if d.code == texts["rule"]]
        assert found
        if "finds" in texts:
            found = [d for d in found if texts["finds"] in " ".join([*d.args.values(), d.field])]
            assert found
        assert not texts.get("severity") or {d.severity for d in found} == {texts["severity"]}


def test_every_rule_has_a_passing_and_a_failing_case() -> None:
    seen: dict[str, set[str]] = defaultdict(set)
    for _, texts, _ in ALL:
        seen[texts["rule"]].add(texts["expect"])
    rules = all_rules()
    assert rules
    assert {rule.id for rule in rules if not {"passed", "failed"} <= seen[rule.id]} == set()
    assert set(seen) <= {rule.id for rule in rules}


def test_every_rule_has_its_words_and_known_sources() -> None:
    law = Law.load(law_files())
    for rule in all_rules():
        assert entry(rule.id).severity == rule.severity.value, rule.id
        assert rule.basis, rule.id
        for citation in rule.basis:
            assert law.cite(citation)
            assert law.cite(citation, "en")
