"""Fields print what Word stored or draws; what a reader must know about them is reported."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from docgen.diagnostics import ExportError, Severity
from docgen.export import to_html
from tests.export.build import docx, page_field, para, run
from tests.export.pages import page_texts, pieces, reader

if TYPE_CHECKING:
    from collections.abc import Callable

    from docgen.export import Pdf


def form(kind: str, inner: str, result: str = "") -> str:
    """An old form field."""
    return (
        f'<w:r><w:fldChar w:fldCharType="begin"><w:ffData>{inner}</w:ffData></w:fldChar></w:r>'
        f"<w:r><w:instrText> {kind} </w:instrText></w:r>"
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{result}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def bare_field(instruction: str) -> str:
    """A field without a stored result."""
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve">{instruction}</w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def control(properties: str, text: str) -> str:
    return f"<w:sdt><w:sdtPr>{properties}</w:sdtPr><w:sdtContent>{run(text)}</w:sdtContent></w:sdt>"


def said(*body: str) -> set[tuple[str, str]]:
    found = to_html(docx(*body), "合同.docx").diagnostics
    return {(one.code, one.args.get("feature", "")) for one in found if one.code.startswith(("X03", "X06"))}


LIST = '<w:ddList><w:result w:val="1"/><w:listEntry w:val="甲"/><w:listEntry w:val="乙"/></w:ddList>'


@pytest.mark.parametrize(
    ("inside", "printed"),
    [
        (form("FORMCHECKBOX", '<w:checkBox><w:default w:val="0"/><w:checked/></w:checkBox>'), "☒"),
        (form("FORMCHECKBOX", '<w:checkBox><w:default w:val="1"/></w:checkBox>'), "☒"),
        (form("FORMCHECKBOX", '<w:checkBox><w:default w:val="1"/><w:checked w:val="0"/></w:checkBox>'), "☐"),
        (form("FORMDROPDOWN", LIST), "乙"),
        (form("FORMTEXT", "<w:textInput/>", run("王某")), "王某"),
        (bare_field("SYMBOL 254 \\f &quot;Wingdings&quot; \\s 12"), "☑"),
        (bare_field("EQ \\o\\ac(○,7)"), "⑦"),
        (bare_field("MACROBUTTON NoMacro 点击填写"), "点击填写"),
        (page_field("IF 1 = 1 &quot;a&quot; &quot;b&quot;", "是"), "是"),
    ],
)
def test_a_field_prints_what_word_shows(pdf_of: Callable[..., Pdf], inside: str, printed: str) -> None:
    assert page_texts(pdf_of(para(runs=run("【") + inside + run("】"))).data) == [f"【{printed}】"]


def test_the_result_of_a_field_in_an_instruction_stays_out(pdf_of: Callable[..., Pdf]) -> None:
    inner = page_field("MERGEFIELD x", "密")
    outer = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> IF </w:instrText></w:r>'
        f'{inner}<w:r><w:instrText> = 1 "甲" "乙" </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        f'{run("甲")}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    assert page_texts(pdf_of(para(runs=outer)).data) == ["甲"]


@pytest.mark.parametrize(
    ("inside", "code", "feature"),
    [
        (bare_field(" REF a "), "X066", "REF a"),
        (page_field("REF a", "错误!未找到引用源。"), "X066", "REF a"),
        (page_field("REF a", "甲").replace('"begin"', '"begin" w:dirty="true"', 1), "X066", "REF a"),
        (f'<w:fldSimple w:instr=" TITLE " w:dirty="1">{run("题")}</w:fldSimple>', "X066", "TITLE"),
        (form("FORMTEXT", "<w:textInput/>", run("\u2002\u2002")), "X067", "FORMTEXT"),
        (control("<w:showingPlcHdr/>", "单击此处"), "X067", "单击此处"),
        ("<w:r><w:dayLong/></w:r>", "X030", "w:dayLong"),
    ],
)
def test_what_a_reader_must_know_of_a_field_is_said(inside: str, code: str, feature: str) -> None:
    assert (code, feature) in said(para(runs=run("甲") + inside))


def test_a_date_that_moves_prints_as_stored_with_a_warning(pdf_of: Callable[..., Pdf]) -> None:
    made = pdf_of(para(runs=page_field("DATE \\@ yyyy", "2022年")))
    assert page_texts(made.data) == ["2022年"]
    assert [(one.code, one.severity) for one in made.diagnostics if one.args.get("field") == "DATE"] == [
        ("T021", Severity.WARNING)
    ]


def test_a_sound_field_and_a_filled_control_say_nothing() -> None:
    sound = page_field("REF a", "甲") + page_field("SEQ 图 \\h", "") + control("<w:date/>", "2026年1月29日")
    assert said(para(runs=sound + page_field("PAGE"))) == set()


@pytest.mark.parametrize(("instruction", "code"), [("LISTNUM", "X069"), ("EQ \\f(1,2)", "X022")])
def test_a_field_whose_text_is_not_in_the_file_stops_the_export(instruction: str, code: str) -> None:
    with pytest.raises(ExportError) as stopped:
        to_html(docx(para(runs=run("甲") + bare_field(instruction))), "合同.docx")
    assert [found.code for found in stopped.value.diagnostics] == [code]


def test_a_placeholder_around_whole_paragraphs_is_said_once() -> None:
    block = (
        f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{para('填写')}{para('更多')}</w:sdtContent></w:sdt>"
    )
    found = to_html(docx(block), "合同.docx").diagnostics
    assert [one.args["feature"] for one in found if one.code == "X067"] == ["填写更多"]


def test_content_controls_print_their_content(pdf_of: Callable[..., Pdf]) -> None:
    names = 'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
    box = f'<w14:checkbox {names}><w14:checked w14:val="1"/></w14:checkbox>'
    made = pdf_of(para(runs=control(box, "☑") + run("发明") + control("<w:dropDownList/>", "专利权人")))
    assert page_texts(made.data) == ["☑发明专利权人"]


def test_text_set_in_a_symbol_font_prints_its_signs(pdf_of: Callable[..., Pdf]) -> None:
    fonts = '<w:r><w:rPr><w:rFonts w:ascii="Wingdings" w:hAnsi="Wingdings"/></w:rPr><w:t>\uf0fe</w:t></w:r>'
    assert page_texts(pdf_of(para(runs=fonts + run("甲"))).data) == ["☑甲"]


def test_links_stay_links(pdf_of: Callable[..., Pdf]) -> None:
    marked = '<w:bookmarkStart w:id="0" w:name="clause"/>'
    made = pdf_of(
        para(runs=marked + run("第一条")),
        para(runs=page_field('HYPERLINK "https://example.org/a"', "网址") + page_field("REF clause \\h", "第一条")),
    )
    links = [note.get_object() for note in reader(made.data).pages[0].annotations or ()]
    assert len(links) == 2
    assert any("/A" in link and link["/A"].get("/URI") == "https://example.org/a" for link in links)
    assert "第一条" in "".join(piece.text for piece in pieces(made.data))
