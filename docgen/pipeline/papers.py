"""From the catalogue to filled documents: which papers, under which names, with what in them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docgen.catalogue import Paper, Verdict, select_papers
from docgen.diagnostics import Diagnostic, Severity, TemplateError
from docgen.fill import FillOptions, Properties
from docgen.formats.file_names import safe_name, same_file
from docgen.model import Missing
from docgen.pipeline.result import Built
from docgen.schema import nearest

if TYPE_CHECKING:
    from collections.abc import Iterable

    from docgen.catalogue import Catalogue, Kind
    from docgen.model import Record
    from docgen.pipeline.toolbox import Toolbox


def choose(
    deal: Record, catalogue: Catalogue, only: tuple[str, ...], stage: str
) -> tuple[tuple[Paper, ...], list[Diagnostic]]:
    """Every paper in or out of the set, and what must be said of the choice."""
    papers = select_papers(catalogue, deal)
    notes: list[Diagnostic] = []
    for kind_id in only:
        notes += _asked(kind_id, catalogue, papers)
    told: set[str] = set()
    for paper in papers:
        title = {"title": paper.kind.title, "id": paper.kind.id}
        if paper.verdict is Verdict.NOT_PROVIDED and paper.kind.id not in told:
            told.add(paper.kind.id)
            notes.append(Diagnostic("T212", Severity.WARNING, None, title, paper.subject))
        elif paper.verdict is Verdict.UNKNOWN:
            gap = paper.missing[0]
            severity = Severity.WARNING if stage == "draft" else Severity.ERROR
            args = {**title, "fields": f"{gap.field}（{gap.label}）"}
            notes.append(Diagnostic("T213", severity, gap.place, args, gap.field, gap.label))
    return papers, notes


def _asked(kind_id: str, catalogue: Catalogue, papers: tuple[Paper, ...]) -> list[Diagnostic]:
    """What is wrong with one id of `--only`."""
    if kind_id not in catalogue.kinds:
        near = nearest(kind_id, catalogue.kinds)
        args = {"id": kind_id, "near": "、".join(near) or "、".join(catalogue.kinds)}
        return [Diagnostic("T214", Severity.ERROR, None, args)]
    mine = [paper for paper in papers if paper.kind.id == kind_id]
    if mine and all(paper.verdict is not Verdict.IN for paper in mine):
        return [Diagnostic("T215", Severity.ERROR, None, {"id": kind_id, "reason": mine[0].reason})]
    return []


def fill_papers(
    papers: Iterable[Paper], deal: Record, tools: Toolbox, stage: str, only: tuple[str, ...] = ()
) -> tuple[list[Built], list[Diagnostic]]:
    """The papers that are in, filled; findings of every template and paper, not only of the first."""
    built: list[Built] = []
    found: list[Diagnostic] = []
    names: dict[str, Paper] = {}
    broken: set[str] = set()
    for paper in papers:
        if paper.verdict is not Verdict.IN or (only and paper.kind.id not in only) or paper.kind.id in broken:
            continue
        stem = file_stem(paper)
        other = names.setdefault(same_file(stem), paper)
        if other is not paper:
            found.append(_same_name(stem, other, paper))
            continue
        try:
            template = tools.compiled(paper.kind)
        except TemplateError as error:
            broken.add(paper.kind.id)
            found += error.diagnostics
            continue
        filled = template.fill(paper.values, _options(paper, deal, stage))
        found += filled.diagnostics
        if filled.docx is not None:
            built.append(Built(paper, stem, filled.docx))
    return built, found


def file_stem(paper: Paper) -> str:
    """The file name without suffix: two digits of order, then what `output_name` gives."""
    parts = [_printed(paper.evaluate(one)) for one in paper.kind.output_name]
    return safe_name("-".join([f"{paper.kind.order:02d}", *(part for part in parts if part)]), ".docx")[: -len(".docx")]


def _printed(value: object) -> str:
    """A value in a file name; what is missing is left out."""
    return "" if isinstance(value, Missing) else str(value)


def _same_name(stem: str, one: Paper, other: Paper) -> Diagnostic:
    """Two papers that want one file."""
    args = {"name": f"{stem}.docx", "one": _called(one), "other": _called(other)}
    return Diagnostic("T210", Severity.ERROR, None, args, other.subject)


def _called(paper: Paper) -> str:
    """A paper in a message."""
    return f"{paper.kind.title}（{paper.subject}）" if paper.subject else paper.kind.title


def _options(paper: Paper, deal: Record, stage: str) -> FillOptions:
    """Stage, currency and the properties of the document."""
    head = deal.deal
    name = [_printed(paper.evaluate(one)) for one in paper.kind.output_name]
    properties = Properties(
        title=name[0] if name else paper.kind.title,
        subject=" ".join(part for part in name[1:] if part),
        language="zh-CN",
        created=head.signed_on if head.given("signed_on") else head.as_of,
    )
    return FillOptions(stage=stage, currency=head.currency, properties=properties)


def review_missing(kind: Kind) -> bool:
    """Whether no lawyer has reviewed the template."""
    return kind.reviewed_on is None
