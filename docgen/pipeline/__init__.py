"""One deal in, one closing set out: the stages in order. Prints nothing, writes nothing, reads no clock.

tree ─validate→ deal ─checks→ findings ─select→ papers ─fill→ .docx ─export→ .pdf ─describe→ report ─manifest→ result
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from docgen.checks import Report, run_checks
from docgen.diagnostics import Severity
from docgen.facts import derived_fields
from docgen.pipeline.describe import describe_set
from docgen.pipeline.papers import choose, fill_papers
from docgen.pipeline.pdfs import PdfMaker
from docgen.pipeline.result import BuildOptions, BuildResult, Built
from docgen.pipeline.summary import make_manifest, one_cause_once
from docgen.pipeline.toolbox import SetRecords, Toolbox
from docgen.validate import validate

if TYPE_CHECKING:
    from docgen.load import Tree

__all__ = ["BuildOptions", "BuildResult", "Built", "Toolbox", "build", "check"]


def build(tree: Tree, tools: Toolbox, options: BuildOptions) -> BuildResult:
    """The whole set of a deal, or every reason why there is none.

    `result.files` is empty as soon as one finding is an error. Nothing but the arguments decides what comes out.
    """
    records = SetRecords()
    validated = validate(tree, tools.schema, options.stage, {**derived_fields(tools.law), **records.functions()})
    deal = validated.deal
    stage = validated.stage
    refused = any(one.severity is Severity.ERROR for one in validated.diagnostics)
    report = Report()
    if deal.deal.given("as_of"):
        report = run_checks(deal, tools.law, stage, tools.rules(), incomplete=refused)
    found = one_cause_once(
        [*tree.diagnostics, *tools.catalogue.diagnostics, *validated.diagnostics], report.diagnostics
    )
    if refused:
        return BuildResult(deal, stage, report, (), {}, tuple(found), None)
    papers, notes = choose(deal, tools.catalogue, options.only, stage)
    built, filled = fill_papers(papers, deal, tools, stage, options.only)
    found += [*notes, *filled]
    maker = PdfMaker(tools, stage, options.attached, deal.deal.as_of, options.strict) if options.pdf else None
    if maker is not None and not any(one.severity is Severity.ERROR for one in found):
        built, exported = maker.export(built)  # before the report, which tells what was substituted
        found += exported
    front, more = describe_set(deal, tools, stage, records, papers, built, report, found, only=options.only)
    found += more
    if any(one.severity is Severity.ERROR for one in found):
        return BuildResult(deal, stage, report, papers, {}, tuple(found), None)
    if maker is not None:
        front, exported = maker.export(front)
        found += exported
    built += front
    manifest = make_manifest(tree, deal, tools, stage, papers, built, report, found, partial=bool(options.only))
    failed = any(one.severity is Severity.ERROR for one in found)
    files = {} if failed else {name: data for paper in built for name, data in paper.files.items()}
    return BuildResult(deal, stage, report, papers, files, tuple(found), None if failed else manifest)


def check(tree: Tree, tools: Toolbox, options: BuildOptions) -> BuildResult:
    """Everything `build` does but the PDF; its files are for looking at, not for publishing."""
    return build(tree, tools, BuildOptions(options.stage, options.only, pdf=False))
