"""Page numbers in headers and in the text: their form, where they begin, and that a reference is never wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from docgen.diagnostics import ExportError
from tests.export.build import cited, ends, note, page_field, para, run, section
from tests.export.pages import page_texts

if TYPE_CHECKING:
    from collections.abc import Callable

    from docgen.export import Pdf

FOOTER = '<w:footerReference w:type="default" r:id="f1"/>'
NEW = "<w:pageBreakBefore/>"
FILL = para("填") * 27


def marked(text: str, name: str, properties: str = "") -> str:
    """A paragraph with a bookmark."""
    return para(
        runs=f'<w:bookmarkStart w:id="9" w:name="{name}"/>{run(text)}<w:bookmarkEnd w:id="9"/>', properties=properties
    )


def footer(field: str) -> dict[str, str]:
    return {"f1": para(runs=page_field(field))}


@pytest.mark.parametrize(
    ("form", "start", "expected"),
    [
        ("chineseCounting", 101, "一〇一"),
        ("chineseCountingThousand", 101, "一百零一"),
        ("chineseLegalSimplified", 21, "贰拾壹"),
        ("numberInDash", 3, "-3-"),
        ("upperLetter", 28, "BB"),
        ("lowerRoman", 14, "xiv"),
        ("ideographTraditional", 3, "丙"),
        ("decimalEnclosedCircle", 12, "⑫"),
    ],
)
def test_page_numbers_take_every_form_of_word(form: str, start: int, expected: str, pdf_of: Callable[..., Pdf]) -> None:
    numbers = f'<w:pgNumType w:fmt="{form}" w:start="{start}"/>'
    made = pdf_of(para("文"), section=section(FOOTER + numbers), headers=footer("PAGE"))
    assert page_texts(made.data) == ["文" + expected]


def test_a_field_may_ask_for_a_form_of_its_own(pdf_of: Callable[..., Pdf]) -> None:
    made = pdf_of(para("文"), para("后", NEW), section=section(FOOTER), headers=footer("PAGE \\* CHINESENUM3"))
    assert page_texts(made.data) == ["文一", "后二"]


def test_section_pages_count_the_section_and_section_numbers_it(pdf_of: Callable[..., Pdf]) -> None:
    part = {
        "f1": para(runs=page_field("SECTIONPAGES", "9") + run("/") + page_field("NUMPAGES") + page_field("SECTION"))
    }
    made = pdf_of(
        para("甲"), ends(FOOTER), para("乙"), para("丙", NEW), para("丁", NEW), section=section(), headers=part
    )
    assert page_texts(made.data) == ["甲1/41", "乙3/42", "丙3/42", "丁3/42"]


def test_section_pages_of_a_section_that_shares_a_page_stop_the_export(pdf_of: Callable[..., Pdf]) -> None:
    shared = section(FOOTER + '<w:type w:val="continuous"/>')
    with pytest.raises(ExportError) as stopped:
        pdf_of(para("甲"), ends(FOOTER), para("乙"), section=shared, headers=footer("SECTIONPAGES"))
    assert stopped.value.diagnostics[0].code == "X076"


def test_a_page_reference_prints_the_page_its_bookmark_really_stands_on(pdf_of: Callable[..., Pdf]) -> None:
    entry = '<w:tabs><w:tab w:val="right" w:leader="dot" w:pos="9000"/></w:tabs>'
    line = para(runs=run("第一条\t") + page_field("PAGEREF _Toc1 \\h", "9"), properties=entry)
    made = pdf_of(line, FILL, FILL, marked("第一条", "_Toc1", NEW))
    assert page_texts(made.data)[0].replace(".", "").startswith("第一条3")
    updated = [item for item in made.diagnostics if item.code == "X077"]
    assert [item.args for item in updated] == [{"word": "9", "pdf": "3"}]
    right = pdf_of(para(runs=page_field("PAGEREF _Toc1 \\h", "2")), marked("第一条", "_Toc1", NEW))
    assert not [item for item in right.diagnostics if item.code == "X077"]


def test_a_page_reference_takes_the_number_form_of_the_page_it_names(pdf_of: Callable[..., Pdf]) -> None:
    made = pdf_of(
        para(runs=page_field("PAGEREF x \\h", "7")), ends(), para("乙"), marked("丙", "x", NEW),
        section=section('<w:pgNumType w:fmt="upperRoman" w:start="4"/>'),
    )  # fmt: skip
    assert page_texts(made.data) == ["V", "乙", "丙"]


def test_a_reference_to_no_bookmark_is_reported(pdf_of: Callable[..., Pdf]) -> None:
    made = pdf_of(para(runs=page_field("PAGEREF gone", "7")))
    assert page_texts(made.data) == ["7"]
    assert "X078" in {item.code for item in made.diagnostics}


def test_even_headers_go_by_the_printed_number(pdf_of: Callable[..., Pdf]) -> None:
    references = FOOTER + '<w:footerReference w:type="even" r:id="f2"/>'
    made = pdf_of(
        para("甲"), ends(references + '<w:pgNumType w:start="2"/>'), para("乙"), para("丙", NEW),
        section=section(), headers={"f1": para("单"), "f2": para("双")}, settings="<w:evenAndOddHeaders/>",
    )  # fmt: skip
    assert page_texts(made.data) == ["甲双", "乙单", "丙双"]


def test_footnotes_numbered_per_page_begin_again_on_each(pdf_of: Callable[..., Pdf]) -> None:

    notes = {"footnotes": note(2, "甲") + note(3, "乙") + note(4, "丙")}
    again = '<w:footnotePr><w:numRestart w:val="eachPage"/></w:footnotePr>'
    made = pdf_of(
        para(runs=run("前") + cited(2)), para(runs=run("中") + cited(3)), para("后", NEW, runs=run("后") + cited(4)),
        settings=again, notes=notes,
    )  # fmt: skip
    assert page_texts(made.data) == ["前1中21甲2乙", "后11丙"]
