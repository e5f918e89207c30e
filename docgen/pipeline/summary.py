"""What a build leaves behind besides papers: the manifest; and findings without their follow-ups."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from docgen.catalogue import Verdict
from docgen.diagnostics import Severity
from docgen.manifest import Findings, Manifest, OutputFile, UsedTemplate, Waived, sha256

if TYPE_CHECKING:
    from collections.abc import Iterable

    from docgen.catalogue import Kind, Paper
    from docgen.checks import Report
    from docgen.diagnostics import Diagnostic
    from docgen.load import Tree
    from docgen.model import Record
    from docgen.pipeline.result import Built
    from docgen.pipeline.toolbox import Toolbox

GAP: Final = "S003"
"""The code of a field that is missing from a stage on."""
UNKNOWN: Final = "S001"
"""The code of a name that the record it stands in doesn't know: another field of the record may have been meant."""


def one_cause_once(first: list[Diagnostic], later: Iterable[Diagnostic]) -> list[Diagnostic]:
    """`first`, and of `later` what doesn't follow from it.

    A rule that can't be judged for want of a field, or misses that very field, says nothing new when `first` speaks
    of the field already: it is missing, its value was refused, or its name may have been misspelt.
    """
    misspelt = {one.field for one in first if one.code == UNKNOWN}
    told = {one.field for one in first if one.field}
    gaps = {one.field for one in first if one.field and (one.code == GAP or one.severity is Severity.ERROR)}

    def follows(one: Diagnostic) -> bool:
        if one.code != "L001":
            return one.field in gaps
        return one.field in told or one.field.rpartition(".")[0] in misspelt

    return [*first, *(one for one in later if not follows(one))]


def make_manifest(  # noqa: PLR0913 — it records all that decided the outcome
    tree: Tree,
    deal: Record,
    tools: Toolbox,
    stage: str,
    papers: tuple[Paper, ...],
    built: list[Built],
    report: Report,
    found: Iterable[Diagnostic],
    *,
    partial: bool,
) -> Manifest:
    """The manifest of the set."""
    kinds = {one.paper.kind.id: one.paper.kind for one in built}
    waivers = Counter((waiver.rule, waiver.waived_on) for _, waiver in report.waived)
    return Manifest(
        deal=deal.deal.id,
        deal_sha256=sha256(tree.text.encode("utf-8", "surrogatepass")),
        stage=stage,
        as_of=deal.deal.as_of,
        docgen=tools.versions["docgen"],
        libraries={name: version for name, version in tools.versions.items() if name != "docgen"},
        schema_sha256=tools.hashes["schema"],
        law_sha256=tools.hashes["law"],
        rules_sha256=tools.hashes["rules"],
        templates=tuple(_used(kind) for kind in kinds.values()),
        outputs=tuple(
            OutputFile(
                name,
                sha256(data),
                len(data),
                one.paper.kind.id,
                one.paper.subject,
                one.pdf_facts if data is one.pdf else None,
            )
            for one in built
            for name, data in one.files.items()
        ),
        findings=Findings.of(found),
        waivers=tuple(Waived(rule, day, count) for (rule, day), count in sorted(waivers.items())),
        missing=tuple(sorted({paper.kind.id for paper in papers if paper.verdict is Verdict.NOT_PROVIDED})),
        partial=partial,
    )


def _used(kind: Kind) -> UsedTemplate:
    """A template in the manifest."""
    return UsedTemplate(kind.id, kind.version, kind.sha256, kind.reviewed_on, kind.origin, kind.shadows)
