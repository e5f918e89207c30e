"""Small variations of the samples, and what every condition of the templates came to in them."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from docgen.catalogue import Verdict, select_papers
from docgen.diagnostics import Severity
from docgen.diagnostics.text import texts as said
from docgen.facts import derived_fields
from docgen.fill import FillOptions
from docgen.fill import environment as sandbox
from docgen.fill import template as templates
from docgen.load import Entry, Mapping, Scalar, Sequence, load_text
from docgen.pipeline.toolbox import compile_kind
from docgen.validate import validate
from docgen.word.text import extract_text
from tests.law.deals import changed
from tests.sets.samples import SAMPLES, tools

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docgen.fill import CompiledTemplate
    from docgen.model import Record

VARIANTS: Final = Path(__file__).parent / "variants.yaml"
FIELDS: Final = {"base", "stage", "change", "stops", "says"}
CONDITION: Final = re.compile(r"\{%(?:p|tr|tc|r)?\s*(?:if|elif)\b")

Condition = tuple[str, str, str]
"""Where a condition stands: the file, the spot in it, the tag."""


@dataclass(frozen=True, slots=True)
class Variant:
    """A changed sample.

    `stops` are the codes of the findings that keep a paper from being made, `says` a text of one of its papers.
    """

    name: str
    base: str
    stage: str
    change: Mapping | None
    stops: str
    says: str


@dataclass(slots=True)
class Made:
    """The papers of a variant by kind and number, as text and as files, and the codes of what stopped some."""

    texts: dict[str, str] = field(default_factory=dict)
    papers: dict[str, bytes] = field(default_factory=dict)
    codes: list[str] = field(default_factory=list)
    findings: list[str] = field(default_factory=list)


@cache
def compiled() -> dict[str, CompiledTemplate]:
    """Every bundled template by its kind's id."""
    box = tools()
    return {
        kind.id: compile_kind(kind, box.catalogue.clauses, box.schema)
        for kind in box.catalogue.kinds.values()
        if kind.docx is not None and not kind.describes_set
    }


@cache
def variants() -> tuple[Variant, ...]:
    """The samples as they are, then the table."""
    plain = [Variant(name, name, "sign", None, "", "") for name in SAMPLES]
    root = load_text(VARIANTS.read_text(encoding="utf-8"), VARIANTS.name).root
    return (*plain, *(_variant(entry.key.text, entry.value) for entry in root.entries))


def _variant(name: str, node: object) -> Variant:
    """One entry of the table."""
    assert isinstance(node, Mapping), name
    assert {entry.key.text for entry in node.entries} <= FIELDS, name
    texts = {entry.key.text: entry.value.text for entry in node.entries if isinstance(entry.value, Scalar)}
    change = node.get("change")
    return Variant(
        name,
        texts["base"],
        texts.get("stage", "sign"),
        _one_by_one(change) if isinstance(change, Mapping) else None,
        texts.get("stops", ""),
        texts.get("says", ""),
    )


def _one_by_one(change: Mapping) -> Mapping:
    """The changes with a list that is appended as one change for each of its entries."""
    entries: list[Entry] = []
    for entry in change.entries:
        if entry.key.text.endswith("[+]") and isinstance(entry.value, Sequence):
            entries += [Entry(entry.key, value) for value in entry.value.items]
        else:
            entries.append(entry)
    return Mapping(tuple(entries), change.place)


class Recorder:
    """Stands where the sandbox decides a condition, and notes what it decided."""

    def __init__(self) -> None:
        """Nothing seen yet."""
        self.seen: dict[Condition, set[bool]] = defaultdict(set)
        self.template: CompiledTemplate | None = None

    def __call__(self, value: object, state: sandbox.State, tag: int) -> bool:
        """The sandbox's own decision."""
        decided = sandbox._decide(value, state, tag)
        assert self.template is not None
        self.seen[condition(self.template, tag)].add(decided)
        return decided


def condition(template: CompiledTemplate, tag: int) -> Condition:
    """Where the tag of this number stands."""
    info = template._compiled.tags[tag]
    return info.source, info.spot, info.text


def conditions(template: CompiledTemplate) -> Iterator[Condition]:
    """Every `if` and `elif` of a template, its clauses' too."""
    for number, info in enumerate(template._compiled.tags):
        if CONDITION.match(info.text):
            yield condition(template, number)


@cache
def fill_all() -> tuple[dict[str, Made], dict[Condition, set[bool]]]:
    """Every variant filled, and all decisions taken meanwhile."""
    recorder = Recorder()
    filters = templates._environment().filters
    own = filters["_decide"]
    filters["_decide"] = recorder
    try:
        return {variant.name: _fill(variant, recorder) for variant in variants()}, recorder.seen
    finally:
        filters["_decide"] = own


def paper(variant: str, kind: str) -> bytes:
    """The first paper of a kind in a variant."""
    papers = fill_all()[0][variant].papers
    return next(docx for name, docx in papers.items() if name.startswith(f"{kind} "))


def _fill(variant: Variant, recorder: Recorder) -> Made:
    """The papers of one variant, whatever the rules say of the deal."""
    made = Made()
    deal = _deal(variant, made)
    for number, paper in enumerate(select_papers(tools().catalogue, deal)):
        if paper.verdict is not Verdict.IN:
            continue
        recorder.template = compiled()[paper.kind.id]
        filled = recorder.template.fill(paper.values, FillOptions(variant.stage, deal.deal.currency))
        for one in filled.diagnostics:
            if one.severity is Severity.ERROR:
                made.codes.append(one.code)
                made.findings.append(f"{paper.kind.id}: {one.code} {said(one, 'zh').message}")
        if filled.docx is not None:
            name = f"{paper.kind.id} {number}"
            made.texts[name], made.papers[name] = extract_text(filled.docx), filled.docx
    return made


def _deal(variant: Variant, made: Made) -> Record:
    """The changed sample, validated; what the schema refuses is a stop as well."""
    box = tools()
    result = validate(changed(variant.base, variant.change), box.schema, variant.stage, derived_fields(box.law))
    for one in result.diagnostics:
        if one.severity is Severity.ERROR:
            made.codes.append(one.code)
            made.findings.append(f"{one.code} {one.field} {said(one, 'zh').message}")
    return result.deal
