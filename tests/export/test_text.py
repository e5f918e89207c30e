"""The PDF says what the .docx says, and says nothing that was not asked of it."""

from __future__ import annotations

import io
import zipfile
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from docgen.diagnostics import ExportError
from docgen.export import to_html, to_pdf
from docgen.word.text import paragraphs
from tests.export.build import cell, docx, page_field, para, row, run, section, table
from tests.export.pages import bare, lines, page_texts, pieces

if TYPE_CHECKING:
    from collections.abc import Callable

    from docgen.export import Pdf

TEMPLATES = sorted((Path(__file__).parents[2] / "templates").rglob("*.docx"))
NUMBERING = (
    '<w:abstractNum w:abstractNumId="1"><w:multiLevelType w:val="multilevel"/>'
    '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCountingThousand"/><w:suff w:val="space"/>'
    '<w:lvlText w:val="第%1条"/><w:pPr><w:ind w:left="0"/></w:pPr></w:lvl>'
    '<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:isLgl/><w:lvlText w:val="%1.%2"/>'
    '<w:pPr><w:ind w:left="720" w:hanging="720"/></w:pPr></w:lvl></w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>'
)
# The house style's text stands between these heights, upright and across.
HEADER, FOOTER = 75, {True: 842 - 66, False: 595 - 66}
TEXTS = (
    "本合同所称“主债权”，是指编号为GDYB-2024-0318的《流动资金借款合同》项下的债权（¥5,000,000.00）。",
    "R&amp;D &lt;甲&gt; {{7*7}} — “引号” ‘单引号’ …… ——",
    "法定代表人：㛃、䶮、𬱖、𠮷、㼆、镕、昇、堃、喆；① ② □ ■ √ × ℃ № 〇 ☐ ☑ ☒",
    "The Pledgor shall not, without the prior written consent of the Pledgee, fi fl ffi create Security Interest.",
)


def numbered(text: str, level: int) -> str:
    return para(text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="1"/></w:numPr>')


def test_text_of_every_kind_arrives_whole(pdf_of: Callable[..., Pdf]) -> None:
    body = [para(text * 3, '<w:jc w:val="both"/>') for text in TEXTS]
    inside = table([2000, 3000], row("合并", cell(para("甲") + para("乙"))), row("", "丙"))
    made = pdf_of(*body, numbered("定义", 0), numbered("质押财产", 1), inside, para("左\t中\n下"), numbering=NUMBERING)
    source = docx(*body, numbered("定义", 0), numbered("质押财产", 1), inside, para("左\t中\n下"), numbering=NUMBERING)
    assert "".join(page_texts(made.data)) == bare("".join(paragraphs(source, "word/document.xml")))


def without_repeated_rows(data: bytes) -> bytes:
    """The file with header rows that stand once, so that no text is printed twice."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(target, "w") as copy:
        for name in source.namelist():
            copy.writestr(name, source.read(name).replace(b"<w:tblHeader/>", b""))
    return target.getvalue()


@pytest.mark.slow
@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: f"{path.parent.name}-{path.stem}")
@pytest.mark.usefixtures("pdf_of")
def test_templates_say_the_same_in_pdf_and_word(path: Path) -> None:
    data = without_repeated_rows(path.read_bytes())
    made = to_pdf(data, path.name)
    body = bare("".join(paragraphs(data, "word/document.xml")))
    assert len(body) > 50
    assert [item.code for item in made.diagnostics if item.code not in {"X010", "X012"}] == []
    printed = "".join(piece.text for piece in pieces(made.data) if HEADER < piece.y < FOOTER[piece.height > 800])
    assert Counter(bare(printed)) == Counter(body)  # in another order where a row runs over two pages


def test_some_templates_were_seen() -> None:
    assert len(TEMPLATES) >= 10


def test_page_fields_count_and_other_fields_keep_their_cached_text(pdf_of: Callable[..., Pdf]) -> None:
    made = pdf_of(
        para(runs=run("见") + page_field("REF _c_x \\h", "第十二条") + run("。")),
        para("第二页", "<w:pageBreakBefore/>"),
        section=section('<w:footerReference w:type="default" r:id="f1"/>'),
        headers={
            "f1": para(runs=run("第") + page_field("PAGE") + run("页共") + page_field("NUMPAGES", "9") + run("页"))
        },
    )
    assert page_texts(made.data) == ["见第十二条。第1页共2页", "第二页第2页共2页"]


def test_hidden_and_deleted_text_stays_out_and_inserted_text_comes_in(pdf_of: Callable[..., Pdf]) -> None:
    changed = (
        run("期限为")
        + '<w:del w:id="1" w:author="A"><w:r><w:delText>十二</w:delText></w:r></w:del>'
        + f'<w:ins w:id="2" w:author="A">{run("二十四")}</w:ins>'
        + run("个月")
        + run("机密", "<w:vanish/>")
    )
    made = pdf_of(para(runs=changed))
    assert page_texts(made.data) == ["期限为二十四个月"]
    assert {item.code for item in made.diagnostics} >= {"X033"}


def test_symbols_and_check_boxes_come_from_one_symbol_face(pdf_of: Callable[..., Pdf]) -> None:
    symbol = '<w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>'
    made = pdf_of(para("☐发明☑实用新型"), para(runs=symbol + run("外观设计")))
    assert page_texts(made.data) == ["☐发明☑实用新型☑外观设计"]
    assert {piece.font for piece in pieces(made.data) if piece.text in "☐☑"} == {"DejaVu-Sans"}


@pytest.mark.parametrize(
    ("inside", "code"),
    [
        ('<w:r><w:footnoteReference w:id="1"/></w:r>', "X075"),
        ("<w:r><w:pict><w:txbxContent><w:p><w:r><w:t>盒</w:t></w:r></w:p></w:txbxContent></w:pict></w:r>", "X087"),
        ('<m:oMath xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"/>', "X022"),
        ('<w:r><w:sym w:font="Wingdings" w:char="F0B9"/></w:r>', "X023"),
    ],
)
def test_text_that_cannot_be_rendered_stops_the_export_and_names_its_place(inside: str, code: str) -> None:
    with pytest.raises(ExportError) as stopped:
        to_html(docx(para("第一段"), para(runs=run("这里有") + inside)), "合同.docx")
    found = stopped.value.diagnostics[0]
    assert found.code == code
    assert str(found.place) == "合同.docx 正文 › 第 2 段"
    assert found.place is not None
    assert (found.place.excerpt or "").startswith("这里有")


def test_text_with_its_reading_above_is_printed_without_it(pdf_of: Callable[..., Pdf]) -> None:
    ruby = f"<w:r><w:ruby><w:rt>{run('jié')}</w:rt><w:rubyBase>{run('㛃')}</w:rubyBase></w:ruby></w:r>"
    made = pdf_of(para(runs=run("王") + ruby))
    assert page_texts(made.data) == ["王㛃"]
    assert "w:ruby" in {item.args.get("feature") for item in made.diagnostics}


def test_what_is_not_drawn_is_reported_by_name_and_place() -> None:
    picture = "<w:r><w:pict><w:movie/></w:pict></w:r>"
    numbered = section('<w:lnNumType w:countBy="5"/>')
    found = to_html(docx(para("字", "", runs=run("字", "<w:outline/>") + picture), section=numbered), "x").diagnostics
    assert {(item.code, item.args.get("feature")) for item in found} >= {
        ("X082", "w:movie"),
        ("X030", "w:lnNumType"),
        ("X037", "w:outline"),
    }


def test_a_paragraph_with_right_to_left_text_is_left_to_the_renderer_and_reported(pdf_of: Callable[..., Pdf]) -> None:
    made = pdf_of(para("公司名称 שלום 结束。" * 12, '<w:jc w:val="both"/>'))
    assert "X038" in {item.code for item in made.diagnostics}
    assert len(lines(made.data)) > 3
