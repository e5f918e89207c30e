"""The papers about the set: checklist and report of checks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docgen.catalogue import Verdict, set_papers
from docgen.checks import State
from docgen.diagnostics import Severity
from docgen.diagnostics.text import texts
from docgen.formats.dates import as_date
from docgen.model import Missing, Record
from docgen.pipeline.papers import file_stem, fill_papers, review_missing

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from docgen.catalogue import Paper
    from docgen.checks import Report, Rule
    from docgen.diagnostics import Diagnostic
    from docgen.model import Value
    from docgen.pipeline.result import Built
    from docgen.pipeline.toolbox import SetRecords, Toolbox

SEVERITIES = {Severity.ERROR: "错误", Severity.WARNING: "警告", Severity.NOTE: "提示"}
NAMED = 2
"""Up to so many papers of a kind that aren't needed are named one by one."""
STATES = {
    State.PASSED: "通过",
    State.FAILED: "有发现",
    State.WAIVED: "已豁免",
    State.UNKNOWN: "资料不全，不能判断",
    State.NOT_YET: "未到检查阶段",
}


def describe_set(  # noqa: PLR0913 — it describes all that the build found
    deal: Record,
    tools: Toolbox,
    stage: str,
    records: SetRecords,
    papers: tuple[Paper, ...],
    built: list[Built],
    report: Report,
    found: list[Diagnostic],
    *,
    only: tuple[str, ...],
) -> tuple[list[Built], list[Diagnostic]]:
    """Checklist and report, filled with what the build found so far."""
    maker = _Maker(deal, tools)
    records.put("build_papers", _papers(maker, papers, built))
    records.put("build_findings", _findings(maker, report, found))
    records.put("build_rules", _rules(maker, report))
    records.put("build_state", _state(maker, stage, papers, built, report, found))
    return fill_papers(set_papers(tools.catalogue, deal), deal, tools, stage, only)


class _Maker:
    """Makes records of the `set_…` parts."""

    def __init__(self, deal: Record, tools: Toolbox) -> None:
        self._deal = deal
        self._labels = {name: part.labels for name, part in tools.schema.parts.items() if name.startswith("set_")}
        self._law = tools.law

    def record(self, part: str, number: int, values: Mapping[str, Value | None]) -> Record:
        """One record; None and empty texts are absent."""
        given = {key: value for key, value in values.items() if value is not None and value != ""}
        return Record(part, f"{part}[{number}]", None, dict(given), {}, self._labels[part], {}, self._deal)

    def paper(self, number: int, paper: Paper, built: list[Built], subject: str) -> Record:
        """A line of the checklist."""
        made = any(one.paper is paper for one in built)
        signatories = _names(paper)
        copies = paper.evaluate(paper.kind.copies) if paper.kind.copies is not None and paper.values else None
        values: dict[str, Value | None] = {
            "number": f"{paper.kind.order:02d}",
            "title": _title(paper) if made else paper.kind.title,
            "file_name": f"{file_stem(paper)}.docx" if made else None,
            "subject": subject,
            "included": made,
            "lacking": paper.verdict is Verdict.NOT_PROVIDED,
            "undecided": paper.verdict is Verdict.UNKNOWN,
            "not_needed": paper.verdict is Verdict.OUT,
            "skipped": paper.verdict is Verdict.IN and not made,
            "for_signature": made and signatories != "",
            "reason": paper.reason,
            "signatories": signatories,
            "copies": str(copies) if isinstance(copies, int) else None,
            "unreviewed": made and review_missing(paper.kind),
        }
        return self.record("set_paper", number, values)

    def finding(self, number: int, one: Diagnostic, waiver: Record | None) -> Record:
        """A line of the report."""
        said = texts(one, "zh")
        values: dict[str, Value | None] = {
            "code": one.args.get("rule", one.code) if one.code == "L001" else one.code,
            "severity": SEVERITIES[one.severity],
            "message": said.message,
            "field": f"{one.field}（{one.label}）" if one.field and one.label else one.field,
            "basis": self.basis(one.law),
            "advice": said.help,
            "waived": waiver is not None,
            "waiver": None if waiver is None else _waiver(waiver),
        }
        return self.record("set_finding", number, values)

    def basis(self, citations: Iterable[str]) -> str:
        """Citations in words."""
        return "；".join(self._law.cite(citation) for citation in citations)

    def basis_in_force(self, citations: tuple[str, ...]) -> str:
        """Those in force on the deal's date, all when none is, as for findings."""
        day = self._deal.deal.as_of
        return self.basis([one for one in citations if self._law.cites_in_force(one, day)] or citations)


def _papers(maker: _Maker, papers: tuple[Paper, ...], built: list[Built]) -> tuple[Record, ...]:
    """A line for each paper, and one for each kind of which nothing is needed, for the reason is the kind's."""
    needed = {paper.kind.id for paper in papers if paper.verdict is not Verdict.OUT}
    papers = tuple(paper for paper in papers if paper.verdict is not Verdict.OUT or paper.kind.id not in needed)
    spared: dict[str, list[Paper]] = {}
    for paper in papers:
        if paper.verdict is Verdict.OUT:
            spared.setdefault(paper.kind.id, []).append(paper)
    lines: list[Record] = []
    for paper in papers:
        alike = spared.get(paper.kind.id, []) if paper.verdict is Verdict.OUT else [paper]
        if alike[0] is paper:
            subject = "、".join(_subject(one) for one in alike) if len(alike) <= NAMED else ""
            lines.append(maker.paper(len(lines), paper, built, subject))
    return tuple(lines)


def _title(paper: Paper) -> str:
    """What the paper is called in this deal."""
    name = paper.evaluate(paper.kind.output_name[0]) if paper.kind.output_name else paper.kind.title
    return paper.kind.title if isinstance(name, Missing) else str(name)


def _waiver(waiver: Record) -> str:
    """Who waived a finding, when and why."""
    return f"{waiver.waived_by}（{as_date(waiver.waived_on)}）：{waiver.reason}"


def _subject(paper: Paper) -> str:
    """What the paper is for: the rest of its name after the title."""
    if not paper.values:
        return ""
    parts = [paper.evaluate(one) for one in paper.kind.output_name[1:]]
    return " ".join(str(part) for part in parts if not isinstance(part, Missing))


def _names(paper: Paper) -> str:
    """The names of those who sign."""
    names: list[str] = []
    for expression in paper.kind.signatories if paper.values else ():
        value = paper.evaluate(expression)
        records = (value,) if isinstance(value, Record) else () if isinstance(value, Missing) else value
        names += [record.name for record in records]
    return "、".join(dict.fromkeys(names))


def _findings(maker: _Maker, report: Report, found: list[Diagnostic]) -> tuple[Record, ...]:
    """All findings, the gravest first, then what was waived."""
    order = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.NOTE: 2}
    open_ones = sorted(found, key=lambda one: (order[one.severity], one.order))
    lines: list[tuple[Diagnostic, Record | None]] = [(one, None) for one in open_ones]
    lines += list(report.waived)
    return tuple(maker.finding(number, one, waiver) for number, (one, waiver) in enumerate(lines))


def _outcomes(report: Report) -> tuple[tuple[Rule, State, int], ...]:
    """Each rule once, with its gravest outcome over all records it ran on and the number of these records."""
    rank = [State.FAILED, State.UNKNOWN, State.WAIVED, State.PASSED, State.NOT_YET]
    found: dict[str, tuple[Rule, State, int]] = {}
    for result in report.results:
        rule, state, count = found.get(result.rule.id, (result.rule, result.state, 0))
        found[rule.id] = (rule, min(state, result.state, key=rank.index), count + 1)
    return tuple(found.values())


def _rules(maker: _Maker, report: Report) -> tuple[Record, ...]:
    """One line for each rule."""
    return tuple(
        maker.record(
            "set_rule",
            number,
            {
                "code": rule.id,
                "title": rule.title,
                "outcome": STATES[state],
                "basis": maker.basis_in_force(rule.basis),
                "judged": count,
            },
        )
        for number, (rule, state, count) in enumerate(_outcomes(report))
    )


def _state(  # noqa: PLR0913 — as describe_set
    maker: _Maker,
    stage: str,
    papers: tuple[Paper, ...],
    built: list[Built],
    report: Report,
    found: list[Diagnostic],
) -> Record:
    """The numbers at the head of checklist and report."""
    lacking = list(dict.fromkeys(paper.kind.title for paper in papers if paper.verdict is Verdict.NOT_PROVIDED))
    count = {severity: sum(one.severity is severity for one in found) for severity in Severity}
    states = [state for _, state, _ in _outcomes(report)]
    made = [one.paper for one in built]
    return maker.record(
        "set_state",
        0,
        {
            "incomplete": bool(lacking),
            "lacking": "、".join(lacking),
            "unreviewed": any(review_missing(one.paper.kind) for one in built),
            "errors": count[Severity.ERROR],
            "warnings": count[Severity.WARNING],
            "waived": len(report.waived),
            "undecided": any(paper.verdict is Verdict.UNKNOWN for paper in papers),
            "partial": any(paper.verdict is Verdict.IN and paper not in made for paper in papers),
            "notes": count[Severity.NOTE],
            "rules": len(states),
            "failed": states.count(State.FAILED),
            "unknown": states.count(State.UNKNOWN),
            "waived_rules": states.count(State.WAIVED),
            "passed": states.count(State.PASSED),
            "not_yet": states.count(State.NOT_YET),
            "built": len(built),
            "stage": {"draft": "起草", "sign": "签约", "register": "登记", "drawdown": "放款", "post": "贷后"}[stage],
        },
    )
