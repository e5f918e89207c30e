"""Sections that begin on a page or in the middle of one, columns, and the headers that go with them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.export.build import A4, ends, para, run, section
from tests.export.pages import at, page_texts, pieces, reader

if TYPE_CHECKING:
    from collections.abc import Callable

    from docgen.export import Pdf

TWO = '<w:cols w:num="2" w:space="720"/>'
CONTINUOUS = '<w:type w:val="continuous"/>'
COLUMN = '<w:r><w:br w:type="column"/></w:r>'
LINE = 24.0


def test_the_paragraph_that_only_ends_a_section_takes_no_line(pdf_of: Callable[..., Pdf]) -> None:
    made = pdf_of(para("前"), ends(), para("后"), section=section(CONTINUOUS))
    assert at(made.data, "后").y - at(made.data, "前").y == pytest.approx(LINE, abs=0.1)


def test_columns_are_balanced_before_a_continuous_break_and_filled_before_a_page(pdf_of: Callable[..., Pdf]) -> None:
    columns = [para(sign) for sign in "甲乙丙丁"]
    made = pdf_of(para("前"), ends(), *columns, ends(CONTINUOUS + TWO), para("后"), section=section(CONTINUOUS))
    second = 72 + (451.3 - 36) / 2 + 36
    assert at(made.data, "丙").x == pytest.approx(second, abs=0.1)
    assert at(made.data, "丙").y == at(made.data, "甲").y
    assert at(made.data, "后").y - at(made.data, "乙").y == pytest.approx(LINE, abs=0.1)
    filled = pdf_of(para("前"), ends(), *columns, section=section(CONTINUOUS + TWO))
    assert {round(piece.x) for piece in pieces(filled.data)} == {72}


def test_balanced_columns_part_a_paragraph_between_its_lines(pdf_of: Callable[..., Pdf]) -> None:
    made = pdf_of(
        para("前"), ends(), para("字" * 17 * 9), ends(CONTINUOUS + TWO), para("后"), section=section(CONTINUOUS)
    )
    assert [round(piece.x) for piece in pieces(made.data) if "字" in piece.text] == [72] * 5 + [316] * 4
    assert at(made.data, "后").y - at(made.data, "前").y == pytest.approx(6 * LINE, abs=0.1)


def test_columns_given_one_by_one_are_set_when_they_are_equal_and_reported_else(pdf_of: Callable[..., Pdf]) -> None:
    given = '<w:cols w:equalWidth="0" w:num="2"><w:col w:w="{}" w:space="426"/><w:col w:w="{}"/></w:cols>'
    made = pdf_of(para("甲"), para(runs=COLUMN + run("乙")), section=section(given.format(4300, 4300)))
    assert at(made.data, "乙").x == pytest.approx(72 + 215 + 21.3, abs=0.1)
    assert "X030" not in {item.code for item in made.diagnostics}
    uneven = pdf_of(para("甲"), section=section(given.format(3000, 5600)))
    assert "w:cols equalWidth" in {item.args.get("feature") for item in uneven.diagnostics}


def test_a_column_break_begins_the_next_column_and_a_page_break_the_next_page(pdf_of: Callable[..., Pdf]) -> None:
    page = '<w:r><w:br w:type="page"/></w:r>'
    made = pdf_of(
        para("甲"), para(runs=COLUMN + run("乙")), para(runs=page + run("丙")), para("丁"), section=section(TWO)
    )
    assert page_texts(made.data) == ["甲乙", "丙丁"]
    assert at(made.data, "乙").x > 300
    assert at(made.data, "丁").x == pytest.approx(72, abs=0.1)


def test_a_column_break_in_text_of_one_column_begins_a_page(pdf_of: Callable[..., Pdf]) -> None:
    assert page_texts(pdf_of(para(runs=run("甲") + COLUMN + run("乙"))).data) == ["甲", "乙"]


def test_a_continuous_section_keeps_its_own_margins(pdf_of: Callable[..., Pdf]) -> None:
    narrow = A4.replace('w:left="1440"', 'w:left="2440"').replace('w:right="1440"', 'w:right="2440"')
    made = pdf_of(para("前"), ends(), para("字" * 60), section=section(CONTINUOUS, narrow))
    found = [piece for piece in pieces(made.data) if "字" in piece.text]
    assert {round(piece.x) for piece in found} == {122}
    assert len(found[0].text) == 29  # 351 pt hold 29 characters of 12 pt
    assert made.pages == 1


def test_the_headers_of_a_continuous_section_begin_on_its_second_page(pdf_of: Callable[..., Pdf]) -> None:
    header = '<w:headerReference w:type="default" r:id="{}"/>'
    made = pdf_of(
        para("前"), ends(header.format("h1")), para("填") * 29, section=section(header.format("h2") + CONTINUOUS),
        headers={"h1": para("旧"), "h2": para("新")},
    )  # fmt: skip
    assert page_texts(made.data) == ["前" + "填" * 28 + "旧", "填新"]


@pytest.mark.parametrize(("kind", "pages"), [("oddPage", ["前", "", "后"]), ("evenPage", ["前", "后"])])
def test_odd_and_even_sections_begin_on_such_pages(kind: str, pages: list[str], pdf_of: Callable[..., Pdf]) -> None:
    made = pdf_of(para("前"), ends(), para("后"), section=section(f'<w:type w:val="{kind}"/>'))
    assert page_texts(made.data) == pages


def test_what_line_spacing_adds_below_a_line_may_hang_over_the_page_end(pdf_of: Callable[..., Pdf]) -> None:
    wide = '<w:spacing w:line="360" w:lineRule="auto"/>'  # lines of 23.35 pt, 15.55 of them text, on 697.9 pt
    made = pdf_of(*[para("字", wide) for _ in range(31)])
    assert [len(text) for text in page_texts(made.data)] == [30, 1]
    mixed = pdf_of(*[para("字", wide) for _ in range(29)], para("末", '<w:spacing w:line="460" w:lineRule="exact"/>'))
    assert [len(text) for text in page_texts(mixed.data)] == [29, 1]


@pytest.mark.parametrize(("where", "share"), [("top", 0.0), ("center", 0.5), ("bottom", 1.0)])
def test_a_cover_stands_where_its_page_wants_it(where: str, share: float, pdf_of: Callable[..., Pdf]) -> None:
    made = pdf_of(para("封"), para("面"), section=section(f'<w:vAlign w:val="{where}"/>'))
    high = at(pdf_of(para("封")).data, "封").y
    assert at(made.data, "封").y == pytest.approx(high + share * (697.9 - 2 * LINE), abs=0.2)
    assert made.pages == 1


def test_a_page_that_can_not_be_moved_as_a_whole_is_reported(pdf_of: Callable[..., Pdf]) -> None:
    made = pdf_of(para("文") * 40, section=section('<w:vAlign w:val="center"/>'))
    assert "w:vAlign center" in {item.args.get("feature") for item in made.diagnostics}


def test_page_borders_are_drawn_on_the_pages_that_have_them(pdf_of: Callable[..., Pdf]) -> None:
    line = '<w:{0} w:val="single" w:sz="8" w:space="24" w:color="FF0000"/>'
    sides = "".join(line.format(side) for side in ("top", "left", "bottom", "right"))
    for shown, expected in (("allPages", [4, 4]), ("firstPage", [4, 0]), ("notFirstPage", [0, 4])):
        borders = f'<w:pgBorders w:offsetFrom="page" w:display="{shown}">{sides}</w:pgBorders>'
        made = pdf_of(para("甲"), para("乙", "<w:pageBreakBefore/>"), section=section(borders))
        assert [_drawings(made.data, page) for page in range(2)] == expected, shown


def test_margins_are_mirrored_on_even_pages(pdf_of: Callable[..., Pdf]) -> None:
    wide = A4.replace('w:left="1440"', 'w:left="2440"').replace('w:gutter="0"', 'w:gutter="200"')
    made = pdf_of(
        para("甲"), para("乙", "<w:pageBreakBefore/>"), section=section(geometry=wide), settings="<w:mirrorMargins/>"
    )
    assert at(made.data, "甲").x == pytest.approx(132, abs=0.1)
    assert at(made.data, "乙").x == pytest.approx(72, abs=0.1)


def _drawings(data: bytes, page: int) -> int:
    """How many groups a page draws."""
    content = reader(data).pages[page].get_contents()
    assert content is not None
    return content.get_data().split().count(b"Do")
