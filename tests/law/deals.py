"""Deals for the tables of legal cases: a sample with some fields changed."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from docgen import resources
from docgen.checks import all_rules, run_checks
from docgen.facts import derived_fields
from docgen.law import Law, law_files
from docgen.load import Entry, Mapping, Scalar, Sequence, Tree, load_text
from docgen.schema import Schema, bundled_schema
from docgen.validate import validate

if TYPE_CHECKING:
    from docgen.checks import Report
    from docgen.load import Node

STEP = re.compile(r"(?P<key>[^.\[\]]+)|\[(?P<index>\d+|\+)\]")


@cache
def schema() -> Schema:
    """The bundled schema."""
    return bundled_schema()


@cache
def law() -> Law:
    """The bundled law."""
    return Law.load(law_files())


@cache
def sample(name: str) -> str:
    """The text of a sample deal."""
    return (Path(resources.samples()) / name / "deal.yaml").read_text(encoding="utf-8")


def changed(base: str, changes: Mapping | None) -> Tree:
    """The sample's tree with `path: value` applied: an empty value removes, `[+]` appends, anything else replaces."""
    tree = load_text(sample(base), f"{base}.yaml")
    for entry in changes.entries if changes is not None else ():
        _set(tree.root, [m["key"] or m["index"] for m in STEP.finditer(entry.key.text)], entry.value)
    return tree


def _set(node: Node, steps: list[str], value: Node) -> None:
    """Change one node in place; AssertionError when the path leads nowhere."""
    head, *rest = steps
    if isinstance(node, Sequence):
        if head == "+":
            node.items = (*node.items, value)
            return
        index = int(head)
        assert index < len(node.items), f"no entry {index}"
        if rest:
            _set(node.items[index], rest, value)
        elif isinstance(value, Scalar) and value.is_null:
            node.items = (*node.items[:index], *node.items[index + 1 :])
        else:
            node.items = (*node.items[:index], value, *node.items[index + 1 :])
        return
    assert isinstance(node, Mapping), f"nothing below {head}"
    if rest:
        child = node.get(head)
        assert child is not None, f"no field {head}"
        _set(child, rest, value)
        return
    kept = tuple(entry for entry in node.entries if entry.key.text != head)
    if isinstance(value, Scalar) and value.is_null:
        assert len(kept) < len(node.entries), f"no field {head}"
        node.entries = kept
        return
    place = node.place
    node.entries = (*kept, Entry(Scalar(head, "plain", place), value))


def judged(base: str, changes: Mapping | None, stage: str, rule: str = "") -> Report:
    """The report on the changed sample, of one rule when it is named; AssertionError for a deal the schema refuses."""
    tree = changed(base, changes)
    validated = validate(tree, schema(), stage, derived_fields(law()))
    refused = [d for d in validated.diagnostics if d.severity == "error" and not d.code.startswith("S003")]
    assert not refused, refused
    chosen = [one for one in all_rules() if not rule or one.id == rule]
    assert chosen, f"no rule {rule}"
    return run_checks(validated.deal, law(), stage, chosen)
