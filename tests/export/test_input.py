"""What no PDF can be made of: one finding with a code each, in little time, and never a traceback."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from docgen.diagnostics import DocgenError, ExportError
from docgen.export import to_html
from tests.export.build import Docx, cell, docx, pack, para, row, run, table

LOOP = (
    '<w:style w:type="paragraph" w:styleId="A"><w:name w:val="甲"/><w:basedOn w:val="B"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="B"><w:name w:val="乙"/><w:basedOn w:val="A"/></w:style>'
)


def code_of(data: bytes) -> str:
    with pytest.raises(ExportError) as stopped:
        to_html(data, "x.docx")
    return stopped.value.diagnostics[0].code


def test_styles_based_on_each_other_are_named() -> None:
    with pytest.raises(ExportError) as stopped:
        to_html(docx(para("甲", style="A"), styles=LOOP), "x.docx")
    assert [(item.code, dict(item.args)) for item in stopped.value.diagnostics] == [("X003", {"style": "甲"})]


def test_a_document_without_a_body_is_refused() -> None:
    parts = Docx("").parts()
    parts["word/document.xml"] = '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"/>'
    assert code_of(pack(parts)) == "X002"


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7", b"PK\x03\x04 cut short"])
def test_what_is_no_word_file_keeps_the_code_of_the_gate(data: bytes) -> None:
    assert code_of(data).startswith("T")


def test_a_cut_off_part_is_refused_by_the_gate() -> None:
    parts = Docx(para("甲")).parts()
    parts["word/styles.xml"] = parts["word/styles.xml"][:200]
    assert code_of(pack(parts)).startswith("T")


@pytest.mark.usefixtures("fonts")
def test_ten_thousand_rows_are_refused_in_a_few_seconds() -> None:
    began = time.process_time()
    assert code_of(docx(table([2000], row("甲") * 10_000))) == "X004"
    assert time.process_time() - began < 10


@pytest.mark.usefixtures("fonts")
def test_a_hundred_thousand_empty_paragraphs_are_refused_in_a_few_seconds() -> None:
    began = time.process_time()
    assert code_of(docx("<w:p/>" * 100_000)) == "X004"
    assert time.process_time() - began < 20


@pytest.mark.parametrize("holder", ["sdt", "smartTag", "hyperlink", "ins", "customXml"])
def test_elements_a_thousand_deep_are_refused_by_the_gate(holder: str) -> None:
    inside = f"<w:{holder}>" * 1000 + run("甲") + f"</w:{holder}>" * 1000
    assert code_of(docx(para(runs=inside))) == "T025"


@pytest.mark.usefixtures("fonts")
@pytest.mark.parametrize("text", ["甲" * 50_000, "A" * 50_000, "\t" * 2000, "甲\n" * 2000])
def test_endless_paragraphs_are_broken_in_little_time(text: str) -> None:
    began = time.process_time()
    assert to_html(docx(para(text)), "x.docx").html.endswith("</html>")
    assert time.process_time() - began < 10


@pytest.mark.usefixtures("fonts")
def test_tables_in_tables_have_a_limit() -> None:
    inner = table([500], row("内"))
    for _ in range(9):
        inner = table([500], row(cell(inner + para())))
    assert code_of(docx(inner)) == "X004"


@pytest.mark.usefixtures("fonts")
@pytest.mark.parametrize(
    "odd",
    [
        para("甲", '<w:ind w:left="-99999" w:right="99999" w:firstLine="1e400"/>'),
        para("甲", '<w:spacing w:line="0" w:lineRule="exact"/>'),
        para("甲", '<w:spacing w:line="-240" w:lineRule="auto" w:before="nan"/>'),
        para("甲", '<w:numPr><w:ilvl w:val="77"/><w:numId w:val="99"/></w:numPr>'),
        para(runs=run("甲", '<w:sz w:val="0"/>')),
        para(runs=run("甲", '<w:color w:val="red;}p{x"/><w:sz w:val="abc"/>')),
        para("甲", '<w:tabs><w:tab w:val="left" w:pos="x"/></w:tabs>'),
        table([0, 0], row(cell("甲", '<w:gridSpan w:val="99"/>'))),
        table([2000], row(cell("甲", "<w:vMerge/>"))),
        "<w:tbl><w:tblPr/><w:tblGrid/></w:tbl>",
        para(runs='<w:r><w:fldChar w:fldCharType="end"/></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'),
        para(runs='<w:bookmarkStart w:id="1" w:name="a&quot;&gt;&lt;b"/>' + run("甲")),
    ],
)
def test_odd_values_are_read_as_something_sensible(odd: str) -> None:
    html = to_html(docx(odd, para("末")), "x.docx").html
    assert "末" in html
    assert "nan" not in html
    assert "inf" not in html


@pytest.mark.usefixtures("fonts")
def test_a_field_that_never_ends_would_swallow_the_rest_and_is_refused() -> None:
    assert code_of(docx(para(runs='<w:r><w:fldChar w:fldCharType="begin"/></w:r>'), para("被吞掉"))) == "X024"


@pytest.mark.usefixtures("fonts")
def test_names_and_titles_cannot_break_out_of_the_page() -> None:
    evil = "'}*{x:url(file:///etc/passwd)}</style><script>"
    fonts = f'<w:rFonts w:ascii="{evil.replace("<", "&lt;")}" w:eastAsia="{evil.replace("<", "&lt;")}"/>'
    body = (
        para(evil.replace("<", "&lt;"), '<w:outlineLvl w:val="0"/>')
        + f"<w:p><w:r><w:rPr>{fonts}</w:rPr><w:t>甲</w:t></w:r></w:p>"
    )
    html = to_html(docx(body, title=evil.replace("<", "&lt;")), "x.docx").html
    assert "<script" not in html
    assert html.count("</style>") == 1
    assert "url(" not in html.partition("<body>")[0].replace("url(file:///etc/passwd)}&lt;/style", "")


@pytest.mark.usefixtures("fonts")
@settings(max_examples=60, deadline=None)
@given(st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "S", "Zs")), max_size=40))
def test_any_text_is_laid_out_whole_or_refused_with_a_reason(text: str) -> None:
    from html import escape  # noqa: PLC0415 — only this test writes markup from arbitrary text

    codes: set[str] = set()
    try:
        assert to_html(docx(para(escape(text) or "空")), "x.docx").html.endswith("</body></html>")
    except DocgenError as refusal:
        codes = {item.code for item in refusal.diagnostics}
    assert codes <= {"X008"}
