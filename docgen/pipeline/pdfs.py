"""A PDF of every paper, made from its .docx, with the deal file in it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from docgen.manifest import PdfFacts, sha256

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from docgen.diagnostics import Diagnostic
    from docgen.export import Pdf, PdfOptions
    from docgen.pipeline.result import Built
    from docgen.pipeline.toolbox import Toolbox

SUBSTITUTED = frozenset(("X010", "X011", "X113"))
"""Findings that one font stands in for another throughout; X012 to X014 speak of some characters or of bold text."""
NOT_DRAWN = "X03"
"""What the codes begin with that say of something in a paper that it isn't drawn as in Word."""


@dataclass(slots=True)
class PdfMaker:
    """Makes the PDFs of one set: marked as drafts or not, with the deal file `attached` or not; `day` dates it."""

    tools: Toolbox
    stage: str
    attached: bytes | None
    day: date
    strict: bool = False
    _told: set[tuple[str, str]] = field(default_factory=set)

    def export(self, built: Sequence[Built]) -> tuple[list[Built], list[Diagnostic]]:
        """The papers with their PDFs, and what was substituted or not rendered, each said once in a set."""
        from docgen.export import PdfOptions  # noqa: PLC0415 — the exporter is loaded only when a PDF is asked for

        exporter = self.tools.exporter or export_one_by_one
        pdfs = exporter(
            [(paper.docx, f"{paper.stem}.docx") for paper in built], PdfOptions(self.stage == "draft", self.strict)
        )
        papers = [self._with_pdf(paper, pdf) for paper, pdf in zip(built, pdfs, strict=True)]
        return papers, [one for pdf in pdfs for one in self._news(pdf.diagnostics)]

    def _with_pdf(self, paper: Built, pdf: Pdf) -> Built:
        from docgen.export import attach  # noqa: PLC0415 — as above

        data = pdf.data if self.attached is None else attach(pdf.data, self.attached, self.day)
        fonts = {one.args["font"]: one.args["used"] for one in pdf.diagnostics if one.code in SUBSTITUTED}
        left_out = Counter(one.code for one in pdf.diagnostics if one.code.startswith(NOT_DRAWN))
        hashed = sha256(self.attached) if self.attached is not None else ""
        return replace(paper, pdf=data, pdf_facts=PdfFacts(pdf.form, pdf.pages, fonts, dict(left_out), hashed))

    def _news(self, found: Iterable[Diagnostic]) -> list[Diagnostic]:
        news: list[Diagnostic] = []
        for one in found:
            key = (one.code, str(sorted(one.args.items())))
            if key not in self._told:
                self._told.add(key)
                news.append(one)
        return news


def export_one_by_one(documents: Sequence[tuple[bytes, str]], options: PdfOptions) -> list[Pdf]:
    """The PDFs of documents given with their names, made here and now."""
    from docgen.export import to_pdf  # noqa: PLC0415 — the exporter is loaded only when a PDF is asked for

    return [to_pdf(docx, display, options) for docx, display in documents]
