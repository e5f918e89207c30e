"""Pages, sections, headers, tables, headings and metadata of the finished PDF."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from pypdf.generic import Destination

from docgen.diagnostics import ExportError
from tests.export.build import A4, cell, page_field, para, row, run, section, table
from tests.export.pages import at, bare, page_texts, pieces, reader

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from docgen.export import Pdf

ACROSS = A4.replace('w:w="11906" w:h="16838"', 'w:w="16838" w:h="11906" w:orient="landscape"')
FILL = para("填", "") * 28  # of 29 lines of 24 pt that a page holds
KEEP = "<w:keepNext/>"


def ends(properties: str, geometry: str = A4) -> str:
    """A paragraph that ends its section."""
    return f"<w:p><w:pPr>{section(properties, geometry)}</w:pPr>{run('节末')}</w:p>"


def test_sections_keep_their_paper_and_margins(pdf_of: Callable[..., Pdf]) -> None:
    made = pdf_of(para("直"), ends(""), para("横"), section=section("", ACROSS))
    sizes = [
        (round(float(page.mediabox.width)), round(float(page.mediabox.height))) for page in reader(made.data).pages
    ]
    assert sizes == [(595, 842), (842, 595)]
    assert made.pages == 2


def test_page_breaks_of_every_kind(pdf_of: Callable[..., Pdf]) -> None:
    broken = run("甲") + '<w:r><w:br w:type="page"/></w:r>' + run("乙")
    alone = '<w:r><w:br w:type="page"/></w:r>'
    made = pdf_of(para(runs=broken), para("丙", "<w:pageBreakBefore/>"), para(runs=alone), para("丁"))
    assert page_texts(made.data) == ["甲", "乙", "丙", "丁"]


def test_first_even_and_default_headers(pdf_of: Callable[..., Pdf]) -> None:
    references = "".join(
        f'<w:headerReference w:type="{kind}" r:id="h{number}"/>'
        for number, kind in enumerate(("default", "first", "even"))
    )
    body = [para(f"页{number}", "<w:pageBreakBefore/>" if number else "") for number in range(4)]
    made = pdf_of(
        *body,
        section=f"<w:sectPr>{references}{A4}<w:titlePg/></w:sectPr>",
        headers={"h0": para("单"), "h1": para("首"), "h2": para("双")},
        settings="<w:evenAndOddHeaders/>",
    )
    assert page_texts(made.data) == ["页0首", "页1双", "页2单", "页3双"]


def test_page_numbers_restart_and_take_their_form(pdf_of: Callable[..., Pdf]) -> None:
    footer = '<w:footerReference w:type="default" r:id="f1"/>'
    made = pdf_of(
        para("前"),
        ends(f'{footer}<w:pgNumType w:fmt="upperRoman"/>'),
        para("正"),
        para("文", "<w:pageBreakBefore/>"),
        section=section(footer + '<w:pgNumType w:start="1"/>'),
        headers={"f1": para(runs=page_field("PAGE"))},
    )
    assert page_texts(made.data) == ["前节末I", "正1", "文2"]


def test_a_tall_header_pushes_the_text_down(pdf_of: Callable[..., Pdf]) -> None:
    header = section('<w:headerReference w:type="default" r:id="h1"/>')
    made = pdf_of(para("正"), section=header, headers={"h1": para("甲") + para("乙") + para("丙")})
    assert at(made.data, "正").y - at(made.data, "丙").y == pytest.approx(24, abs=0.1)


def test_a_kept_paragraph_moves_with_the_next(pdf_of: Callable[..., Pdf]) -> None:
    apart = pdf_of(FILL, para("题"), para("文"))
    assert [text[-1] for text in page_texts(apart.data)] == ["题", "文"]
    together = pdf_of(FILL, para("题", KEEP), para("文"))
    assert page_texts(together.data)[1] == "题文"


def test_a_signature_table_whose_paragraphs_keep_together_is_not_split(pdf_of: Callable[..., Pdf]) -> None:
    kept = [row(cell(para(f"签{number}", KEEP)), cell(para("章", KEEP))) for number in range(3)]
    made = pdf_of(para("填") * 26, para("以下签署", KEEP), table([4000, 4000], *kept, lines=False))
    assert page_texts(made.data)[1] == "以下签署签0章签1章签2章"


def test_header_rows_repeat_and_rows_that_may_not_split_stay_whole(pdf_of: Callable[..., Pdf]) -> None:
    head = row("序号", "名称", properties="<w:tblHeader/>")
    tall = row("9", cell(para("一") * 4), properties="<w:cantSplit/>")
    made = pdf_of(para("填") * 25, table([2000, 4000], head, row("1", "甲"), tall))
    assert page_texts(made.data) == ["填" * 25 + "序号名称1甲", "序号名称9一一一一"]


def test_merged_cells_and_columns_stand_where_the_grid_says(pdf_of: Callable[..., Pdf]) -> None:
    merged = table(
        [1000, 2000, 3000],
        row(cell("并", '<w:gridSpan w:val="2"/>'), "丙"),
        row(cell("竖", '<w:vMerge w:val="restart"/>'), "乙", "C"),
        row(cell("", "<w:vMerge/>"), "E", "F"),
    )
    made = pdf_of(merged)
    padding = 5.4
    assert at(made.data, "并").x == pytest.approx(72 + padding, abs=0.1)
    assert at(made.data, "C").x == pytest.approx(72 + 150 + padding, abs=0.1)
    assert at(made.data, "E").x == pytest.approx(72 + 50 + padding, abs=0.1)
    assert page_texts(made.data) == ["并丙竖乙CEF"]


@pytest.mark.parametrize(("rule", "height"), [("atLeast", 40.0), ("exact", 40.0)])
def test_row_heights_hold(rule: str, height: float, pdf_of: Callable[..., Pdf]) -> None:
    high = f'<w:trHeight w:val="800" w:hRule="{rule}"/>'
    made = pdf_of(table([2000], row("甲", properties=high), row("乙", properties=high), row("丙")))
    found = pieces(made.data)
    assert [b.y - a.y for a, b in pairwise(found)] == pytest.approx([height, height], abs=0.3)


def test_a_table_without_lines_draws_none(pdf_of: Callable[..., Pdf]) -> None:
    ruled = pdf_of(table([2000, 2000], row("甲", "乙")))
    plain = pdf_of(table([2000, 2000], row("甲", "乙"), lines=False))
    assert _rules(ruled.data) > 0
    assert _rules(plain.data) == 0


def test_a_cell_without_a_border_overrules_the_table(pdf_of: Callable[..., Pdf]) -> None:
    nil = '<w:tcBorders><w:left w:val="nil"/></w:tcBorders>'
    made = pdf_of(table([2000], row(cell("甲", nil))))
    assert _rules(made.data) == _rules(pdf_of(table([2000], row("甲"))).data) - 1


def _rules(data: bytes) -> int:
    """How many lines or filled boxes a page draws."""
    content = reader(data).pages[0].get_contents()
    assert content is not None
    operators = content.get_data().split()
    return sum(operators.count(name) for name in (b"S", b"f", b"f*", b"B"))


def test_a_style_chain_and_direct_format_decide_the_look(pdf_of: Callable[..., Pdf]) -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="A"><w:name w:val="甲"/><w:basedOn w:val="Normal"/>'
        '<w:pPr><w:jc w:val="center"/></w:pPr><w:rPr><w:sz w:val="32"/><w:b/></w:rPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="B"><w:name w:val="乙"/><w:basedOn w:val="A"/>'
        '<w:rPr><w:sz w:val="40"/></w:rPr></w:style>'
        '<w:style w:type="character" w:styleId="C"><w:name w:val="丙"/><w:rPr><w:b/></w:rPr></w:style>'
    )
    toggled = run("二", '<w:rStyle w:val="C"/>') + run("三", '<w:b w:val="0"/><w:sz w:val="20"/>')
    made = pdf_of(para("一", style="B"), para(runs=toggled, style="B"), styles=styles)
    one, two, three = pieces(made.data)
    assert (one.size, two.size, three.size) == pytest.approx((20, 20, 10), abs=0.01)
    assert ("Bold" in one.font, "Bold" in two.font, "Bold" in three.font) == (True, False, False)
    assert one.x == pytest.approx((595.3 - 20) / 2, abs=0.1)


def test_title_dates_outline_and_language_are_in_the_file(pdf_of: Callable[..., Pdf]) -> None:
    made = pdf_of(
        para("第一章　总则", '<w:outlineLvl w:val="0"/>'),
        para("第一条　定义", '<w:outlineLvl w:val="1"/>'),
        para("正文"),
        title="专利权质押合同",
    )
    found = reader(made.data)
    assert found.metadata is not None
    assert (found.metadata.title, found.metadata.author) == ("专利权质押合同", "docgen")
    assert str(found.metadata["/CreationDate"]) == "D:20220129000000Z"
    assert [bare(title) for title in _titles(found.outline)] == ["第一章总则", "第一条定义"]
    assert isinstance(found.outline[1], list)
    assert str(found.root_object["/Lang"]) == "zh-CN"


def _titles(outline: Iterable[object]) -> Iterator[str]:
    """The titles of an outline, those of lower levels after their own."""
    for entry in outline:
        if isinstance(entry, list):
            yield from _titles(entry)
        elif isinstance(entry, Destination):
            yield str(entry.title)


def test_links_and_references_lead_somewhere(pdf_of: Callable[..., Pdf]) -> None:
    target = '<w:bookmarkStart w:id="1" w:name="_c_x"/>' + run("第一条") + '<w:bookmarkEnd w:id="1"/>'
    outside = f'<w:hyperlink r:id="rL">{run("国家知识产权局")}</w:hyperlink>'
    dead = f'<w:hyperlink w:anchor="nowhere">{run("别处")}</w:hyperlink>'
    made = pdf_of(
        para(runs=target),
        para(runs=page_field("REF _c_x \\h", "第一条") + outside + dead),
        links={"rL": "https://www.cnipa.gov.cn/"},
    )
    notes = reader(made.data).pages[0].annotations
    assert notes is not None
    found = [note.get_object() for note in notes]
    assert [(str(note.get("/Dest", "")), str(note.get("/A", {}).get("/URI", ""))) for note in found] == [
        ("_c_x", ""),
        ("", "https://www.cnipa.gov.cn/"),
    ]
    assert all(abs(float(note["/Rect"][3]) - float(note["/Rect"][1])) > 6 for note in found)
    assert "X040" not in {item.code for item in made.diagnostics}


def test_marks_are_drawn(pdf_of: Callable[..., Pdf]) -> None:
    plain = _rules(pdf_of(para("甲")).data)
    for mark in (
        '<w:u w:val="single"/>',
        "<w:strike/>",
        '<w:highlight w:val="yellow"/>',
        '<w:shd w:val="clear" w:fill="D9D9D9"/>',
    ):
        assert _rules(pdf_of(para(runs=run("甲", mark))).data) > plain, mark
    raised = pdf_of(para(runs=run("m") + run("二", '<w:vertAlign w:val="superscript"/>')))
    assert at(raised.data, "二").y < at(raised.data, "m").y - 2
    assert at(raised.data, "二").size == pytest.approx(12 * 0.58, abs=0.01)


def test_a_row_higher_than_a_page_is_split_even_if_it_should_not_be(pdf_of: Callable[..., Pdf]) -> None:
    high = row(cell(para("一") * 40), properties="<w:cantSplit/>")
    made = pdf_of(table([2000], row("首"), high))
    assert page_texts(made.data)[0].count("一") > 20
    assert "".join(page_texts(made.data)) == "首" + "一" * 40


def test_text_off_the_page_stops_the_export(pdf_of: Callable[..., Pdf]) -> None:
    with pytest.raises(ExportError) as stopped:
        pdf_of(para("甲", '<w:ind w:left="-4000"/>'))
    assert [(item.code, item.args["page"]) for item in stopped.value.diagnostics] == [("X042", "1")]
