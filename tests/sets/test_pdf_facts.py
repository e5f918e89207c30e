"""What report and manifest tell of a set's PDFs.

The exporter is one that says what a real one would, so that no fonts are needed.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from docgen.diagnostics import Diagnostic, Place, Severity
from docgen.export import Pdf, PdfOptions
from docgen.load import load_text
from docgen.manifest import Manifest, PdfFacts
from docgen.pipeline import BuildOptions, build
from docgen.word.text import extract_text
from tests.sets.samples import sample_text, tools

if TYPE_CHECKING:
    from collections.abc import Sequence

    from docgen.pipeline import BuildResult

FONT = {"font": "神秘字体", "used": "Noto Serif CJK SC"}


def export(documents: Sequence[tuple[bytes, str]], options: PdfOptions) -> list[Pdf]:
    """PDFs that say whether they are drafts; the contract names a font that isn't there, and has two columns."""
    return [
        Pdf(
            f"%PDF-1.7 {options.draft} {len(docx)}".encode(),
            3,
            (
                Diagnostic("X011", Severity.WARNING, Place(display), FONT),
                Diagnostic("X030", Severity.WARNING, Place(display, spot="正文"), {"feature": "w:cols"}),
            )
            if "转让合同" in display
            else (),
        )
        for docx, display in documents
    ]


def made(stage: str | None = None) -> BuildResult:
    tree = load_text(sample_text("patent-transfer"), "deal.yaml")
    return build(tree, replace(tools(), exporter=export), BuildOptions(stage, pdf=True))


def test_what_was_substituted_and_what_is_not_drawn_stand_in_the_manifest() -> None:
    manifest = made().manifest
    assert manifest is not None
    facts = {one.name: one.pdf for one in manifest.outputs}
    contract = next(name for name in facts if "转让合同" in name and name.endswith(".pdf"))
    assert facts[contract] == PdfFacts("PDF/A-3a", 3, {FONT["font"]: FONT["used"]}, {"X030": 1})
    assert all((one is None) == name.endswith(".docx") for name, one in facts.items())
    again = Manifest.from_json(manifest.to_json(), "manifest.json")
    assert {one.name: one.pdf for one in again.outputs} == facts


def test_a_manifest_from_before_there_were_such_facts_is_read() -> None:
    manifest = made().manifest
    assert manifest is not None
    former = replace(manifest, outputs=tuple(replace(one, pdf=None) for one in manifest.outputs))
    assert '"pdf"' not in former.to_json()
    assert Manifest.from_json(former.to_json(), "manifest.json").to_json() == former.to_json()


def test_the_report_tells_what_was_substituted_and_what_is_not_drawn() -> None:
    result = made()
    report = next(extract_text(data) for name, data in result.files.items() if "检查报告" in name and ".docx" in name)
    assert FONT["font"] in report
    assert "w:cols" in report
    assert [one.code for one in result.diagnostics if one.code.startswith("X")] == ["X011", "X030"]


def test_only_drafts_are_marked_as_drafts() -> None:
    for stage, mark in (("draft", b"True"), ("sign", b"False")):
        pdfs = [data for name, data in made(stage).files.items() if name.endswith(".pdf")]
        assert len(pdfs) > 3
        assert all(mark in data for data in pdfs)
