"""A PDF of every paper, made from its .docx."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from docgen.diagnostics import Diagnostic
    from docgen.export import Pdf
    from docgen.pipeline.result import Built
    from docgen.pipeline.toolbox import Toolbox


def export_pdfs(built: list[Built], tools: Toolbox) -> tuple[list[Built], list[Diagnostic]]:
    """The papers with their PDFs, and what was substituted or not rendered, each said once."""
    exporter = tools.exporter or export_one_by_one
    pdfs = exporter([(paper.docx, f"{paper.stem}.docx") for paper in built])
    found: dict[tuple[str, str], Diagnostic] = {}
    for pdf in pdfs:
        for one in pdf.diagnostics:
            found.setdefault((one.code, str(sorted(one.args.items()))), one)
    return [replace(paper, pdf=pdf.data) for paper, pdf in zip(built, pdfs, strict=True)], list(found.values())


def export_one_by_one(documents: Sequence[tuple[bytes, str]]) -> list[Pdf]:
    """The PDFs of documents given with their names, made here and now."""
    from docgen.export import to_pdf  # noqa: PLC0415 — the exporter is loaded only when a PDF is asked for

    return [to_pdf(docx, display) for docx, display in documents]
