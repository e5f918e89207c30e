"""Widths, spans, lines and heights of tables in the finished PDF."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from docgen.diagnostics import ExportError
from docgen.export import to_html
from tests.export.build import cell, docx, para, row, run, table
from tests.export.pages import at, bare, lines, page_texts, pieces, reader

if TYPE_CHECKING:
    from collections.abc import Callable

    from docgen.export import Pdf

LEFT, PADDING = 72.0, 5.4
FIXED = '<w:tblLayout w:type="fixed"/>'
AUTO = '<w:tblW w:w="0" w:type="auto"/>'
LONG = (
    "因不能归责于质权人的事由可能使质押专利的价值明显减少，足以危害质权人权利的，质权人有权要求出质人提供相应的担保。"
)
BEGINS, GOES_ON = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"


def codes(made: Pdf) -> set[str]:
    """The findings of an export but for the fonts' ones."""
    return {item.code for item in made.diagnostics} - {"X010", "X012"}


def width(twips: int) -> str:
    """A cell's preferred width."""
    return f'<w:tcW w:w="{twips}" w:type="dxa"/>'


def side(name: str, kind: str, size: int = 4, colour: str = "auto") -> str:
    """One border."""
    return f'<w:{name} w:val="{kind}" w:sz="{size}" w:space="0" w:color="{colour}"/>'


def drawn(data: bytes) -> str:
    """What the first page draws, operator by operator."""
    content = reader(data).pages[0].get_contents()
    assert content is not None
    return content.get_data().decode("latin-1")


def offset(made: Pdf, text: str) -> float:
    """How far from the margin a cell begins, in points."""
    return at(made.data, text).x - LEFT - PADDING


def test_columns_are_as_wide_as_the_cells_of_a_fixed_table_ask_for(pdf_of: Callable[..., Pdf]) -> None:
    asked = row(cell("甲", width(1000)), cell("乙", width(3000)), cell("丙", width(2000)))
    made = pdf_of(table([2000, 2000, 2000], asked, properties=FIXED))
    assert (offset(made, "乙"), offset(made, "丙")) == pytest.approx((50, 200), abs=0.1)


def test_an_automatic_table_without_widths_fits_its_content(pdf_of: Callable[..., Pdf]) -> None:
    made = pdf_of(table([3000, 3000], row("序号", "说明"), row("一", "二二二二")).replace(TABLE_WIDTH, AUTO))
    assert offset(made, "说明") == pytest.approx(2 * 12 + 2 * PADDING, abs=0.1)
    spread = pdf_of(table([2000] * 3, row("序号", LONG, "备注")).replace(TABLE_WIDTH, AUTO))
    assert offset(spread, "因") == pytest.approx(2 * 12 + 2 * PADDING, abs=0.1)
    assert "序号" in lines(spread.data)[0]


TABLE_WIDTH = '<w:tblW w:w="6000" w:type="dxa"/>'


def test_an_automatic_column_is_never_narrower_than_its_longest_word(pdf_of: Callable[..., Pdf]) -> None:
    narrow = row(cell("PledgeRegistration", width(800)), cell("乙", width(2000)))
    made = pdf_of(table([800, 2000], narrow))
    assert len(lines(made.data)) == 1
    fixed = pdf_of(table([800, 2000], narrow, properties=FIXED))
    assert offset(fixed, "乙") == pytest.approx(40, abs=0.1)


@pytest.mark.parametrize(("share", "second"), [("5000", 225.65), ("2500", 112.8)])
def test_a_width_in_percent_is_a_share_of_the_text_width(share: str, second: float, pdf_of: Callable[..., Pdf]) -> None:
    made = pdf_of(table([3000, 3000], row("甲", "乙")).replace(TABLE_WIDTH, f'<w:tblW w:w="{share}" w:type="pct"/>'))
    assert offset(made, "乙") == pytest.approx(second, abs=0.2)


def test_rows_may_begin_late_end_early_and_merge_sideways(pdf_of: Callable[..., Pdf]) -> None:
    late = row("丁", "戊", properties='<w:gridBefore w:val="1"/><w:wBefore w:w="1000" w:type="dxa"/>')
    joined = row(cell("己", '<w:hMerge w:val="restart"/>'), cell("", "<w:hMerge/>"), "庚")
    made = pdf_of(table([1000, 1000, 1000], row("甲", "乙", "丙"), late, row("辛"), joined, properties=FIXED))
    assert [round(offset(made, name)) for name in "丁戊辛庚"] == [50, 100, 0, 100]


def test_a_row_whose_cells_are_all_merged_keeps_its_height(pdf_of: Callable[..., Pdf]) -> None:
    high = '<w:trHeight w:val="800" w:hRule="exact"/>'
    merged = table(
        [1000, 1000],
        row(cell("甲", BEGINS), "乙", properties=high),
        row(cell("", GOES_ON), cell("丙", BEGINS), properties=high),
        row(cell("", GOES_ON), cell("", GOES_ON), properties=high),
        row("丁", "戊"),
        properties=FIXED,
    )
    made = pdf_of(merged)
    assert at(made.data, "丁").y - at(made.data, "甲").y == pytest.approx(120, abs=0.3)


def test_text_that_a_merge_hides_is_reported(pdf_of: Callable[..., Pdf]) -> None:
    made = pdf_of(table([1000], row(cell("甲", BEGINS)), row(cell("作废", GOES_ON))))
    assert page_texts(made.data) == ["甲"]
    assert codes(made) == {"X071"}


def test_an_exact_row_cuts_off_what_it_does_not_hold_and_says_so(pdf_of: Callable[..., Pdf]) -> None:
    exact = '<w:trHeight w:val="960" w:hRule="exact"/>'
    made = pdf_of(table([1000], row(cell(para("一") + para("二") + para("三")), properties=exact), row("后")))
    assert page_texts(made.data) == ["一二后"]
    assert at(made.data, "后").y - at(made.data, "一").y == pytest.approx(48, abs=0.3)
    assert codes(made) == {"X035"}


def test_cut_text_stays_where_it_stands_in_the_document(pdf_of: Callable[..., Pdf]) -> None:
    exact = '<w:trHeight w:val="700" w:hRule="exact"/>'
    made = pdf_of(
        para("前"), table([1000, 1000], row(cell(para("甲") + para("乙")), "丙", properties=exact)), para("后")
    )
    assert page_texts(made.data) == ["前甲乙丙后"]


def test_of_two_cells_the_line_wins_over_none_and_the_heavier_over_the_lighter(pdf_of: Callable[..., Pdf]) -> None:
    def two(one: str, other: str) -> str:
        left, right = (f"<w:tcBorders>{said}</w:tcBorders>" for said in (one, other))
        return drawn(pdf_of(table([2000, 2000], row(cell("甲", left), cell("乙", right)), lines=False)).data)

    nothing = two("", "")
    assert " S" not in nothing
    assert two(side("right", "nil"), side("left", "single", 8, "FF0000")).count("1 0 0 RG") == 1
    both = two(side("right", "single", 24, "FF0000"), side("left", "single", 8, "0000FF"))
    assert (both.count("1 0 0 RG"), both.count("0 0 1 RG")) == (1, 0)


def test_a_row_may_make_an_exception_from_its_tables_lines(pdf_of: Callable[..., Pdf]) -> None:
    plain = row("乙")
    sides = "".join(side(name, "single", 12, "00FF00") for name in ("top", "left", "bottom", "right", "insideH"))
    other = plain.replace("<w:trPr>", f"<w:tblPrEx><w:tblBorders>{sides}</w:tblBorders></w:tblPrEx><w:trPr>")
    made = pdf_of(table([2000], row("甲"), other, row("丙")))
    assert drawn(made.data).count("0 1 0 RG") == 4


def test_kinds_of_lines_that_are_drawn_plainer_are_named(pdf_of: Callable[..., Pdf]) -> None:
    waves = "<w:tcBorders>" + side("top", "wave") + side("bottom", "double") + "</w:tcBorders>"
    made = pdf_of(table([2000], row(cell("甲", waves)), lines=False))
    assert [item.args for item in made.diagnostics if item.code == "X070"] == [{"feature": "wave"}]


STYLE = (
    '<w:style w:type="table" w:styleId="T"><w:name w:val="表样"/><w:tblPr><w:tblStyleRowBandSize w:val="2"/></w:tblPr>'
    '<w:tblStylePr w:type="firstRow"><w:rPr><w:sz w:val="32"/></w:rPr></w:tblStylePr>'
    '<w:tblStylePr w:type="lastCol"><w:rPr><w:sz w:val="20"/></w:rPr></w:tblStylePr>'
    '<w:tblStylePr w:type="neCell"><w:rPr><w:sz w:val="40"/></w:rPr></w:tblStylePr>'
    '<w:tblStylePr w:type="band2Horz"><w:rPr><w:sz w:val="28"/></w:rPr></w:tblStylePr></w:style>'
)


@pytest.mark.parametrize(
    ("look", "sizes"),
    [
        ('w:firstRow="1" w:lastColumn="1" w:noHBand="0"', [16, 20, 12, 10, 12, 10, 14, 10, 14, 10]),
        ('w:val="0020"', [16, 16, 12, 12, 12, 12, 14, 14, 14, 14]),
        ('w:firstRow="0" w:noHBand="1"', [12] * 10),
    ],
)
def test_parts_of_a_table_style_hold_for_the_cells_they_name(
    look: str, sizes: list[float], pdf_of: Callable[..., Pdf]
) -> None:
    shown = f'<w:tblStyle w:val="T"/><w:tblLook {look}/>'
    made = pdf_of(table([2000, 2000], *[row("甲", "乙") for _ in range(5)], properties=shown), styles=STYLE)
    assert [piece.size for piece in pieces(made.data)] == pytest.approx(sizes, abs=0.01)


def test_text_on_a_dark_cell_is_white_unless_it_says_otherwise(pdf_of: Callable[..., Pdf]) -> None:
    dark = '<w:shd w:val="clear" w:color="auto" w:fill="1F1F1F"/>'
    said = para(runs=run("乙", '<w:color w:val="FF0000"/>'))
    page = drawn(pdf_of(table([2000, 2000], row(cell("甲", dark), cell(said, dark)), lines=False)).data)
    assert page.index("1 1 1 rg") < page.index("1 0 0 rg")


def test_margins_of_a_cell_win_and_the_upper_one_holds_for_the_row(pdf_of: Callable[..., Pdf]) -> None:
    inset = '<w:tcMar><w:top w:w="400" w:type="dxa"/><w:left w:w="600" w:type="dxa"/></w:tcMar>'
    made = pdf_of(table([2000, 2000], row(cell("甲", inset), "乙")), para("后"))
    plain = pdf_of(table([2000, 2000], row("甲", "乙")), para("后"))
    assert at(made.data, "甲").x - at(plain.data, "甲").x == pytest.approx(30 - PADDING, abs=0.1)
    assert at(made.data, "甲").y == at(made.data, "乙").y == pytest.approx(at(plain.data, "甲").y + 20, abs=0.1)


def test_a_row_splits_between_lines_and_has_a_line_on_both_sides(pdf_of: Callable[..., Pdf]) -> None:
    made = pdf_of(para("填") * 26, table([2000, 4000], row("甲", cell(para("一一\n" * 3 + "一一")))))
    assert page_texts(made.data) == ["填" * 26 + "甲" + "一" * 6, "一一"]  # no widow control inside a cell
    whole = pdf_of(table([2000, 4000], row("甲", "一一")))
    second = reader(made.data).pages[1].get_contents()
    assert second is not None
    assert second.get_data().split().count(b"S") == drawn(whole.data).split().count("S")


def test_header_rows_that_fill_the_page_are_not_repeated(pdf_of: Callable[..., Pdf]) -> None:
    tall = row(cell(para("头") * 24), properties="<w:tblHeader/>")
    made = pdf_of(table([2000], tall, *[row("行") for _ in range(8)]))
    assert bare("".join(page_texts(made.data))).count("头") == 24


def test_two_tables_in_a_row_share_the_line_between_them(pdf_of: Callable[..., Pdf]) -> None:
    one = table([2000], row("甲"))
    made = pdf_of(one, table([2000], row("乙")), para("后"))
    joined = pdf_of(table([2000], row("甲"), row("乙")), para("后"))
    assert at(made.data, "后").y == pytest.approx(at(joined.data, "后").y, abs=0.1)


def test_space_between_cells_keeps_the_columns_apart(pdf_of: Callable[..., Pdf]) -> None:
    spaced = '<w:tblCellSpacing w:w="60" w:type="dxa"/>'
    made = pdf_of(table([2000, 2000], row("甲", "乙"), properties=spaced))
    rows = [piece.x for piece in pieces(made.data)]
    assert [b - a for a, b in pairwise(rows)] == pytest.approx([100], abs=0.1)
    assert offset(made, "甲") == pytest.approx(6, abs=1)


def test_a_floating_table_stands_at_its_distance_from_the_margin_and_is_named(pdf_of: Callable[..., Pdf]) -> None:
    floats = '<w:tblpPr w:vertAnchor="text" w:horzAnchor="margin" w:tblpX="1000" w:tblpY="1"/>'
    made = pdf_of(table([2000], row("甲"), properties=floats))
    assert codes(made) == {"X072"}
    assert offset(made, "甲") == pytest.approx(50, abs=0.1)


def test_a_deleted_row_stays_out(pdf_of: Callable[..., Pdf]) -> None:
    gone = row("乙", properties='<w:del w:id="1" w:author="A"/>')
    assert page_texts(pdf_of(table([2000], row("甲"), gone, row("丙"))).data) == ["甲丙"]


def test_vertical_chinese_text_is_one_column_of_upright_characters(pdf_of: Callable[..., Pdf]) -> None:
    high = '<w:trHeight w:val="3000"/>'
    made = pdf_of(table([1000, 2000], row(cell("出质人", '<w:textDirection w:val="tbRlV"/>'), "旁", properties=high)))
    column = [piece for piece in pieces(made.data) if piece.text in "出质人"]
    assert "".join(piece.text for piece in column) == "出质人"
    assert len({piece.x for piece in column}) == 1
    assert [b.y - a.y for a, b in pairwise(column)] == pytest.approx([12, 12], abs=0.3)
    assert codes(made) == set()


def test_other_vertical_text_is_turned_and_named(pdf_of: Callable[..., Pdf]) -> None:
    high = '<w:trHeight w:val="2400"/>'
    made = pdf_of(table([1000, 2000], row(cell("Clause 2", '<w:textDirection w:val="btLr"/>'), "旁", properties=high)))
    assert codes(made) == {"X073"}
    assert "Clause2" in bare("".join(page_texts(made.data)))
    assert re.search(r"(?m)^0\.? -1 1 0\.? .* cm$", drawn(made.data))


def test_a_diagonal_line_runs_from_corner_to_corner(pdf_of: Callable[..., Pdf]) -> None:
    def page(said: str) -> str:
        return drawn(pdf_of(table([2000], row(cell("甲", said)), lines=False)).data)

    lines_of = (
        f"<w:tcBorders>{side('tl2br', 'single', 8, 'FF0000')}{side('tr2bl', 'single', 8, 'FF0000')}</w:tcBorders>"
    )
    assert not re.findall(r"1 0 0 (?:RG|rg)", page(""))
    assert len(re.findall(r"1 0 0 (?:RG|rg)", page(lines_of))) == 2


def test_space_before_a_table_vanishes_at_the_top_of_a_page(pdf_of: Callable[..., Pdf]) -> None:
    after = '<w:spacing w:after="400" w:line="480" w:lineRule="exact"/>'
    made = pdf_of(para("填") * 27, para("末", after), table([2000], row("甲", properties='<w:trHeight w:val="800"/>')))
    top = pdf_of(table([2000], row("甲")))
    assert [piece.page for piece in pieces(made.data)][-1] == 1
    assert at(made.data, "甲").y == pytest.approx(at(top.data, "甲").y, abs=0.3)


@pytest.mark.parametrize(
    "huge",
    [
        table([1000], *[row(*["甲"] * 50) for _ in range(410)]),
        table([1000], row(*[cell("甲", '<w:gridSpan w:val="63"/>')] * 300), *[row("乙") for _ in range(400)]),
    ],
    ids=["cells", "grid"],
)
@pytest.mark.usefixtures("fonts")
def test_a_table_of_too_many_cells_is_refused(huge: str) -> None:
    with pytest.raises(ExportError) as caught:
        to_html(docx(huge), "test.docx")
    assert [item.code for item in caught.value.diagnostics] == ["X004"]
