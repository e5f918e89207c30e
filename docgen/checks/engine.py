"""Run the rules over a deal: passed, failed, unknown or not yet; waivers; diagnostics."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from docgen.checks.registry import STAGES, Finding, Rule, all_rules, best_tag, weakest_tag
from docgen.diagnostics import Diagnostic, Related, Severity
from docgen.model import Missing, Record

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from docgen.law import Law


class State(StrEnum):
    """How a rule came out for one record."""

    PASSED = "passed"
    FAILED = "failed"
    WAIVED = "waived"
    UNKNOWN = "unknown"
    NOT_YET = "not_yet"


@dataclass(frozen=True, slots=True)
class RuleResult:
    """One rule on one record of the deal."""

    rule: Rule
    subject: str
    state: State
    missing: tuple[Missing, ...] = ()


@dataclass(frozen=True, slots=True)
class Ground:
    """What a rule rests on for one deal: citations in force, their weakest tag, and the severity they carry."""

    basis: tuple[str, ...]
    tag: str
    severity: Severity


@dataclass(frozen=True, slots=True)
class Report:
    """Every result, what the user must hear, and what was waived (diagnostic and the waiver's record)."""

    results: tuple[RuleResult, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    waived: tuple[tuple[Diagnostic, Record], ...] = ()


def run_checks(
    deal: Record, law: Law, stage: str, rules: Iterable[Rule] | None = None, *, incomplete: bool = False
) -> Report:
    """Judge the deal by every rule up to `stage`, by the law of `deal.as_of`.

    A rule whose needed fields are missing is *unknown*, which is reported with the rule's own
    severity: unknown is not a pass. Warnings that a waiver in the deal names are taken out and
    recorded; errors can't be waived. `incomplete` says that validation refused values which every deal
    has (and told so): a rule that stumbles over the hole is unknown without another word.
    """
    judged: list[tuple[RuleResult, list[Diagnostic]]] = []
    chosen = tuple(rules) if rules is not None else all_rules()
    for one in chosen:
        if not _in_force(one, deal):
            continue
        if STAGES.index(one.stage) > STAGES.index(stage):
            judged.append((RuleResult(one, "", State.NOT_YET), []))
            continue
        judged += _judge_all(one, deal, law, incomplete=incomplete)
    diagnostics = [diagnostic for _, found in judged for diagnostic in found]
    kept, waived, waiver_notes = _waive(deal, diagnostics, {one.id: one for one in chosen})
    gone = {id(diagnostic) for diagnostic, _ in waived}
    results = tuple(
        RuleResult(result.rule, result.subject, State.WAIVED, result.missing)
        if found and all(id(diagnostic) in gone for diagnostic in found)
        else result
        for result, found in judged
    )
    return Report(results, (*kept, *waiver_notes), tuple(waived))


def _in_force(one: Rule, deal: Record) -> bool:
    """Whether the rule is law on the deal's own date."""
    day = deal.deal.as_of
    return not ((one.since and day < one.since) or (one.until and day > one.until))


def _judge_all(one: Rule, deal: Record, law: Law, *, incomplete: bool) -> Iterator[tuple[RuleResult, list[Diagnostic]]]:
    """One rule on each record it applies to."""
    for subject in _subjects(one, deal):
        try:
            if one.applies is None or one.applies(subject):
                yield _judge(one, subject, law)
        except (AttributeError, TypeError):
            if not incomplete:
                raise
            yield RuleResult(one, subject.path, State.UNKNOWN), []


def _subjects(one: Rule, deal: Record) -> tuple[Record, ...]:
    """The records a rule may be judged on."""
    if not one.each:
        return (deal,)
    found = deal[one.each]
    listed = () if isinstance(found, Missing) else (found,) if isinstance(found, Record) else found
    return tuple(subject for subject in listed if isinstance(subject, Record))


def missing_fields(record: Record, path: str) -> tuple[Missing, ...]:
    """What is not given along a dotted path; a list is followed item by item."""
    head, _, rest = path.partition(".")
    if head not in record:
        return ()
    value = record[head]
    if isinstance(value, Missing):
        return _causes(value)
    if not rest:
        return ()
    records = (value,) if isinstance(value, Record) else value
    return tuple(m for item in records if isinstance(item, Record) for m in missing_fields(item, rest))


def _causes(gap: Missing) -> tuple[Missing, ...]:
    """The input that a missing value waits for, through every derived field between."""
    return tuple(cause for reason in gap.because for cause in _causes(reason)) or (gap,)


def _judge(one: Rule, subject: Record, law: Law) -> tuple[RuleResult, list[Diagnostic]]:
    """The state of one rule on one record, and its diagnostics."""
    missing = tuple(m for path in one.needs for m in missing_fields(subject, path))
    ground = _ground(one, subject, law)
    if missing:
        return RuleResult(one, subject.path, State.UNKNOWN, missing), [_unknown(one, ground, missing)]
    found = [_diagnostic(one, ground, finding) for finding in one.check(subject, law)]
    state = State.FAILED if found else State.PASSED
    return RuleResult(one, subject.path, state), found


def _ground(one: Rule, subject: Record, law: Law) -> Ground:
    """The citations in force on the deal's date, all of them when none is, and how far they carry.

    A rule whose present article was read, but not the one in force at the time, only warns: what rests on
    recollection alone is no error.
    """
    day = subject.root.deal.as_of
    found = tuple(citation for citation in one.basis if law.cites_in_force(citation, day)) or one.basis
    tag = weakest_tag(found)
    read = best_tag(found) != "R" or best_tag(one.basis) == "R"
    return Ground(found, tag, one.severity if read or one.severity is not Severity.ERROR else Severity.WARNING)


def _unknown(one: Rule, ground: Ground, missing: tuple[Missing, ...]) -> Diagnostic:
    """The message for a rule that can't be judged."""
    fields = "、".join(dict.fromkeys(f"{m.field}（{m.label}）" for m in missing))
    return Diagnostic(
        "L001",
        ground.severity,
        missing[0].place,
        {"rule": one.id, "title": one.title, "fields": fields},
        missing[0].field,
        missing[0].label,
        law=ground.basis,
        confidence=ground.tag,
    )


def _diagnostic(one: Rule, ground: Ground, finding: Finding) -> Diagnostic:
    """A finding as a diagnostic at the place of its field."""
    record, key = finding.record, finding.key
    path = ".".join(part for part in (record.path, key) if part)
    return Diagnostic(
        one.id,
        finding.severity or ground.severity,
        record.place_of(key),
        finding.args,
        path,
        record.label_of(key) if key else "",
        tuple(
            Related(place, text)
            for other, field, text in finding.related
            if (place := other.place_of(field)) is not None
        ),
        ground.basis,
        ground.tag,
        finding.notes,
    )


def _waive(
    deal: Record, found: list[Diagnostic], rules: dict[str, Rule]
) -> tuple[list[Diagnostic], list[tuple[Diagnostic, Record]], list[Diagnostic]]:
    """Split the findings by the deal's waivers; a waiver of nothing, of an error or of no rule is itself reported."""
    kept = list(found)
    waived: list[tuple[Diagnostic, Record]] = []
    notes: list[Diagnostic] = []
    waivers = deal.waivers
    for waiver in () if isinstance(waivers, Missing) else waivers:
        subject = "" if isinstance(waiver.subject, Missing) else waiver.subject
        hits = [d for d in found if _rule_of(d) == waiver.rule and d.field.startswith(subject)]
        code = (
            "L004"
            if waiver.rule not in rules
            else "L003"
            if any(d.severity is Severity.ERROR for d in hits)
            else "L002"
            if not hits
            else ""
        )
        if code:
            severity = Severity.ERROR if code == "L003" else Severity.WARNING
            place = waiver.place_of("rule")
            notes.append(
                Diagnostic(code, severity, place, {"rule": waiver.rule}, f"{waiver.path}.rule", waiver.label_of("rule"))
            )
            continue
        for hit in hits:
            if any(hit is one for one in kept):
                kept = [one for one in kept if one is not hit]
                waived.append((hit, waiver))
    return kept, waived, notes


def _rule_of(diagnostic: Diagnostic) -> str:
    """The rule a diagnostic speaks of; for *unknown* the rule that couldn't be judged."""
    return diagnostic.args.get("rule", "") if diagnostic.code == "L001" else diagnostic.code
