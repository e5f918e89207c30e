"""List labels stand where Word puts them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from docgen.diagnostics import ExportError
from docgen.export import to_html
from tests.export.build import docx, para
from tests.export.pages import at, lines, pieces

if TYPE_CHECKING:
    from collections.abc import Callable

    from docgen.export import Pdf

MARGIN = 72.0


def numbering(form: str, text: str, *, jc: str = "left", suff: str = "tab", indent: str, run: str = "") -> str:
    return (
        f'<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="{form}"/>'
        f'<w:suff w:val="{suff}"/><w:lvlText w:val="{text}"/><w:lvlJc w:val="{jc}"/><w:pPr><w:ind {indent}/></w:pPr>'
        f'<w:rPr>{run}</w:rPr></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>'
    )


def item(text: str) -> str:
    return para(text, '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>')


@pytest.mark.parametrize(("jc", "begins"), [("left", 0.0), ("right", -16.0), ("center", -8.0)])
def test_a_label_ends_begins_or_centres_where_the_line_begins(
    pdf_of: Callable[..., Pdf], jc: str, begins: float
) -> None:
    given = numbering("decimal", "(%1)", jc=jc, indent='w:left="840" w:hanging="420"')
    made = pdf_of(item("甲方"), numbering=given)  # 5.67 + 4 + 5.67 pt wide in Times
    label, text = at(made.data, "(1)"), at(made.data, "甲方")
    assert label.x - MARGIN - 21 == pytest.approx(begins * 14 / 16, abs=0.6)
    assert text.x == pytest.approx(MARGIN + 42, abs=0.1)


def test_an_empty_label_keeps_its_tab(pdf_of: Callable[..., Pdf]) -> None:
    made = pdf_of(item("甲方"), numbering=numbering("none", "", indent='w:left="840" w:hanging="420"'))
    assert at(made.data, "甲方").x == pytest.approx(MARGIN + 42, abs=0.1)


def test_no_gap_opens_inside_a_label(pdf_of: Callable[..., Pdf]) -> None:
    given = numbering("decimal", "第%1条", suff="nothing", indent='w:left="0"')
    made = pdf_of(item("甲方"), numbering=given)
    assert at(made.data, "条甲方").x == pytest.approx(MARGIN + 18, abs=0.1)
    assert lines(made.data) == ["第1条甲方"]


def test_a_wingdings_bullet_is_drawn_with_a_face_that_has_it(pdf_of: Callable[..., Pdf]) -> None:
    font = '<w:rFonts w:ascii="Wingdings" w:hAnsi="Wingdings" w:hint="default"/>'
    given = numbering("bullet", "\uf0fe", indent='w:left="420" w:hanging="420"', run=font)
    made = pdf_of(item("甲方"), numbering=given)
    assert pieces(made.data)[0].text.startswith("☑")
    assert "X011" not in {found.code for found in made.diagnostics}


def test_a_hidden_label_is_not_printed(pdf_of: Callable[..., Pdf]) -> None:
    given = numbering("decimal", "%1.", indent='w:left="420" w:hanging="420"', run="<w:vanish/>")
    assert lines(pdf_of(item("甲方"), numbering=given).data) == ["甲方"]


def test_numbers_of_a_format_that_would_come_out_wrong_stop_the_export() -> None:
    given = numbering("thaiLetters", "%1", indent='w:left="0"')
    with pytest.raises(ExportError) as stopped:
        to_html(docx(item("甲方"), numbering=given), "合同.docx")
    assert [(found.code, found.args["feature"]) for found in stopped.value.diagnostics] == [("X065", "thaiLetters")]


def test_a_picture_bullet_is_reported() -> None:
    given = numbering("bullet", "•", indent='w:left="0"').replace("<w:lvlJc", '<w:lvlPicBulletId w:val="0"/><w:lvlJc')
    found = to_html(docx(item("甲方"), numbering=given), "合同.docx").diagnostics
    assert "w:lvlPicBulletId" in {item.args.get("feature") for item in found}
