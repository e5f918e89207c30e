"""Sections that begin on a page or in the middle of one, columns, and the headers that go with them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.export.build import A4, ends, para, run, section
from tests.export.pages import at, page_texts, pieces

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
