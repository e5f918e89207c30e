"""A PDF of every paper, made from its .docx."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from docgen.diagnostics import Diagnostic
    from docgen.pipeline.result import Built
    from docgen.pipeline.toolbox import Toolbox


def export_pdfs(built: list[Built], tools: Toolbox) -> tuple[list[Built], list[Diagnostic]]:
    """The papers with their PDFs, and what was substituted or not rendered, each said once."""
    from docgen.export import to_pdf  # noqa: PLC0415 — the exporter is loaded only when a PDF is asked for

    del tools
    made: list[Built] = []
    found: dict[tuple[str, str], Diagnostic] = {}
    for paper in built:
        pdf = to_pdf(paper.docx, f"{paper.stem}.docx")
        made.append(replace(paper, pdf=pdf.data))
        for one in pdf.diagnostics:
            found.setdefault((one.code, str(sorted(one.args.items()))), one)
    return made, list(found.values())
