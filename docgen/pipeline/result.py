"""What goes into a build and what comes out of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from docgen.catalogue import Paper
    from docgen.checks import Report
    from docgen.diagnostics import Diagnostic
    from docgen.manifest import Manifest, PdfFacts
    from docgen.model import Record


@dataclass(frozen=True, slots=True)
class BuildOptions:
    """How a deal is built.

    `stage` overrides the deal's own; `only` are ids of the kinds wanted, all when empty; `pdf` asks for a PDF of
    every paper, and `attached` is the deal file as it was read, to go with each PDF; None for PDFs without it. With
    `strict`, nothing is built of which a PDF would differ from its Word file.
    """

    stage: str | None = None
    only: tuple[str, ...] = ()
    pdf: bool = False
    attached: bytes | None = field(default=None, repr=False)
    strict: bool = False


@dataclass(frozen=True, slots=True)
class Built:
    """One paper that was made: its paper, file name without suffix, and its files by full name."""

    paper: Paper
    stem: str
    docx: bytes
    pdf: bytes | None = None
    pdf_facts: PdfFacts | None = None

    @property
    def files(self) -> Mapping[str, bytes]:
        """The files by name."""
        found = {f"{self.stem}.docx": self.docx}
        if self.pdf is not None:
            found[f"{self.stem}.pdf"] = self.pdf
        return found


@dataclass(frozen=True, slots=True)
class BuildResult:
    """The outcome: `files` by name (empty when a finding is an error), every finding, and the manifest."""

    deal: Record
    stage: str
    report: Report
    papers: tuple[Paper, ...]
    files: Mapping[str, bytes] = field(repr=False)
    diagnostics: tuple[Diagnostic, ...]
    manifest: Manifest | None
