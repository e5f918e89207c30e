"""Tracked changes are exported as accepted, said so, and refused when asked to."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from docgen.diagnostics import ExportError, Severity
from docgen.export import PdfOptions, to_html, to_pdf
from tests.export.build import cell, docx, para, row, run, table
from tests.export.pages import lines

if TYPE_CHECKING:
    from collections.abc import Callable

    from docgen.export import Pdf

BY = 'w:id="1" w:author="A"'


def gone(text: str) -> str:
    return f"<w:del {BY}><w:r><w:delText>{text}</w:delText></w:r></w:del>"


def marked(change: str) -> str:
    """Properties of a paragraph whose mark is deleted, inserted or moved."""
    return f"<w:rPr><w:{change} {BY}/></w:rPr>"


def codes(made: Pdf) -> list[str]:
    return [found.code for found in made.diagnostics]


def test_a_deleted_paragraph_mark_joins_the_paragraphs(pdf_of: Callable[..., Pdf]) -> None:
    made = pdf_of(
        para(runs=run("甲方") + gone("一"), properties=marked("del")),
        para(runs=gone("二"), properties=marked("del")),
        para("乙方", '<w:jc w:val="right"/>'),
        para("丙方"),
    )
    assert lines(made.data) == ["甲方乙方", "丙方"]
    assert "X033" in codes(made)


def test_a_wholly_deleted_paragraph_leaves_no_line(pdf_of: Callable[..., Pdf]) -> None:
    with_it = pdf_of(para("甲方"), para(runs=gone("作废"), properties=marked("del")), para("乙方"))
    without = pdf_of(para("甲方"), para("乙方"))
    assert lines(with_it.data) == lines(without.data) == ["甲方", "乙方"]


def test_a_deleted_paragraph_before_a_table_goes_and_a_cell_keeps_its_last(pdf_of: Callable[..., Pdf]) -> None:
    only = cell(para(runs=gone("作废"), properties=marked("del")))
    made = pdf_of(para(runs=gone("作废"), properties=marked("del")), table([2000, 2000], row("甲", only)), para("乙"))
    assert lines(made.data) == ["甲", "乙"]


def test_moved_text_stands_where_it_was_moved_to(pdf_of: Callable[..., Pdf]) -> None:
    source = f"<w:moveFrom {BY}>{run('违约责任')}</w:moveFrom>"
    target = f"<w:moveTo {BY}>{run('违约责任')}</w:moveTo>"
    made = pdf_of(para(runs=source, properties=marked("moveFrom")), para("定义"), para(runs=target))
    assert lines(made.data) == ["定义", "违约责任"]


def test_deleted_rows_and_cells_leave_the_table(pdf_of: Callable[..., Pdf]) -> None:
    away = row("二", properties=f"<w:del {BY}/>")
    made = pdf_of(table([3000], row("一"), away, row("三")), table([3000], away), para("完"))
    assert lines(made.data) == ["一", "三", "完"]
    assert codes(made).count("X033") == 2


def test_changed_properties_are_the_new_ones_and_said(pdf_of: Callable[..., Pdf]) -> None:
    was = f'<w:u w:val="none"/><w:rPrChange {BY}><w:rPr><w:vanish/></w:rPr></w:rPrChange>'
    made = pdf_of(para(runs=run("甲方", was)))
    assert lines(made.data) == ["甲方"]
    assert codes(made).count("X033") == 1


def test_a_document_without_changes_says_nothing_of_them(pdf_of: Callable[..., Pdf]) -> None:
    assert "X033" not in codes(pdf_of(para("甲方"), table([2000], row("乙"))))


@pytest.mark.parametrize(
    ("inside", "code"), [(gone("十二"), "X033"), ("<w:r><w:rPr><w:outline/></w:rPr><w:t>甲</w:t></w:r>", "X037")]
)
def test_strict_makes_no_pdf_of_what_differs_from_word(inside: str, code: str) -> None:
    source = docx(para(runs=run("甲方") + inside))
    assert code in {found.code for found in to_html(source, "x").diagnostics}
    with pytest.raises(ExportError) as stopped:
        to_html(source, "x", strict=True)
    assert {(found.code, found.severity) for found in stopped.value.diagnostics} >= {(code, Severity.ERROR)}


@pytest.mark.usefixtures("pdf_of")
def test_strict_lets_a_clean_document_pass() -> None:
    made = to_pdf(docx(para("甲方")), "x", PdfOptions(strict=True))
    assert {found.severity for found in made.diagnostics} <= {Severity.NOTE}
    with pytest.raises(ExportError):
        to_pdf(docx(para(runs=gone("乙"))), "x", PdfOptions(strict=True))


def test_a_hidden_paragraph_mark_runs_into_the_next_paragraph(pdf_of: Callable[..., Pdf]) -> None:
    hidden = "<w:rPr><w:vanish/><w:specVanish/></w:rPr>"
    made = pdf_of(para("第一条", hidden), para("定义"), para("完", hidden))
    assert lines(made.data) == ["第一条定义", "完"]


def test_a_hidden_paragraph_does_not_count_in_its_list(pdf_of: Callable[..., Pdf]) -> None:
    numbering = (
        '<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/>'
        '<w:suff w:val="nothing"/><w:lvlText w:val="%1."/></w:lvl></w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>'
    )
    listed = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
    secret = para(runs=run("密", "<w:vanish/>"), properties=listed + "<w:rPr><w:vanish/></w:rPr>")
    made = pdf_of(para("甲", listed), secret, para("乙", listed), numbering=numbering)
    assert lines(made.data) == ["1.甲", "2.乙"]
