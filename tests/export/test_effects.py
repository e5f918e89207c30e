"""What is drawn beside, over and instead of plain letters."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING

import pikepdf
import pytest

from tests.export.build import cell, para, row, run, table
from tests.export.pages import at, lines, page_texts, pieces

if TYPE_CHECKING:
    from collections.abc import Callable

    from docgen.export import Pdf

MARGIN = 72.0
SIZE = 12.0


def drawing(made: Pdf) -> str:
    """The first page's drawing orders as text."""
    with pikepdf.open(io.BytesIO(made.data)) as pdf:
        return pikepdf.unparse_content_stream(pikepdf.parse_content_stream(pdf.pages[0])).decode("latin-1")


def boxes(made: Pdf) -> list[tuple[float, float]]:
    """Width and height in points of every filled rectangle."""
    found = re.findall(r"^[\d.]+ [\d.]+ ([\d.]+) ([\d.]+) re\nf", drawing(made), re.MULTILINE)
    return [(float(width) * 0.75, float(height) * 0.75) for width, height in found]


def test_scaled_text_is_measured_drawn_and_read_in_its_place(pdf_of: Callable[..., Pdf]) -> None:
    made = pdf_of(para(runs=run("甲方") + run("缩放文字", '<w:w w:val="50"/>') + run("乙方")))
    assert at(made.data, "乙方").x == pytest.approx(MARGIN + 2 * SIZE + 4 * SIZE / 2, abs=0.1)
    assert [piece.text for piece in pieces(made.data)] == ["甲方", "缩放文字", "乙方"]
    assert "X037" not in {found.code for found in made.diagnostics}


def test_a_full_line_of_narrow_text_is_not_taken_for_text_off_the_page(pdf_of: Callable[..., Pdf]) -> None:
    made = pdf_of(para(runs=run("窄" * 70, '<w:w w:val="50"/>')))
    assert lines(made.data) == ["窄" * 70]


def test_scaled_justified_lines_break_by_their_drawn_width(pdf_of: Callable[..., Pdf]) -> None:
    made = pdf_of(para(properties='<w:jc w:val="both"/>', runs=run("窄" * 100, '<w:w w:val="80"/>')))
    assert [len(line) for line in lines(made.data)] == [47, 47, 6]  # 451 pt at 9.6 pt a character


@pytest.mark.parametrize(("language", "below"), [("zh-CN", 1), ("en-US", -1)])
def test_emphasis_dots_stand_under_chinese_and_over_other_text(
    pdf_of: Callable[..., Pdf], language: str, below: int
) -> None:
    given = f'<w:em w:val="dot"/><w:lang w:eastAsia="{language}"/>'
    made = pdf_of(para(runs=run("普通") + run("着 重", given)))
    assert page_texts(made.data) == ["普通着重"]
    dots = [float(y) for y in re.findall(r"^[\d.]+ ([\d.]+) 2\.56 2\.56 re\nf", drawing(made), re.MULTILINE)]
    assert len(dots) == 2  # none for the space
    baseline = at(made.data, "普通").y / 0.75
    assert all((y - baseline) * below > 0 for y in dots)


def test_one_underline_runs_through_faces_gaps_and_blanks(pdf_of: Callable[..., Pdf]) -> None:
    made = pdf_of(para(runs=run("甲ABC乙", '<w:u w:val="single"/>') + run("    ", '<w:u w:val="single"/>') + run("止")))
    latin = at(made.data, "乙").x - MARGIN - SIZE
    assert [width for width, height in boxes(made) if height < 2] == [pytest.approx(2 * SIZE + latin + 12, abs=0.3)]


def test_words_only_leaves_the_spaces_out(pdf_of: Callable[..., Pdf]) -> None:
    made = pdf_of(para(runs=run("甲 乙 丙", '<w:u w:val="words"/>')))
    assert [width for width, height in boxes(made) if height < 2] == [pytest.approx(SIZE, abs=0.1)] * 3


def test_blanks_at_the_end_of_a_paragraph_keep_their_underline(pdf_of: Callable[..., Pdf]) -> None:
    made = pdf_of(para(runs=run("签字：") + run(" " * 10, '<w:u w:val="single"/>')))
    assert [width for width, height in boxes(made) if height < 2] == [pytest.approx(30, abs=1)]


def test_a_double_strike_is_two_lines(pdf_of: Callable[..., Pdf]) -> None:
    made = pdf_of(para(runs=run("作废", "<w:dstrike/>")))
    assert len([width for width, height in boxes(made) if height < 2 and width > 20]) == 2


def test_equal_borders_of_neighbours_are_one_box(pdf_of: Callable[..., Pdf]) -> None:
    border = '<w:bdr w:val="single" w:sz="4" w:space="0" w:color="auto"/>'
    one = drawing(pdf_of(para(runs=run("前", "<w:b/>" + border) + run("后", border))))
    two = drawing(pdf_of(para(runs=run("前", border) + run("中") + run("后", border))))
    assert two.count(" re") == 2 * one.count(" re") > 0


def test_small_capitals_are_capitals_of_four_fifths(pdf_of: Callable[..., Pdf]) -> None:
    made = pdf_of(para(runs=run("Ab", "<w:smallCaps/>")))
    assert [(piece.text, round(piece.size, 1)) for piece in pieces(made.data)] == [("A", 12.0), ("B", 9.6)]


def test_fitted_text_fills_its_width(pdf_of: Callable[..., Pdf]) -> None:
    wide = pdf_of(para(runs=run("姓名", '<w:fitText w:val="1200" w:id="1"/>') + run("乙", "<w:b/>")))
    assert at(wide.data, "乙").x == pytest.approx(MARGIN + 60, abs=0.1)
    narrow = pdf_of(para(runs=run("统一社会信用代码", '<w:fitText w:val="1200" w:id="1"/>') + run("乙", "<w:b/>")))
    assert at(narrow.data, "乙").x == pytest.approx(MARGIN + 60, abs=0.1)


def test_automatic_text_is_white_on_dark_ground_and_black_again_on_light(pdf_of: Callable[..., Pdf]) -> None:
    dark, light = ('<w:shd w:val="clear" w:fill="000000"/>', '<w:shd w:val="clear" w:fill="FFFF00"/>')
    assert "1 1 1 rg" in drawing(pdf_of(para(runs=run("白字", dark))))
    assert "1 1 1 rg" in drawing(pdf_of(para("白字", dark)))
    inside = table([2000], row(cell(para(runs=run("黑字", light)), dark)))
    assert "1 1 1 rg" not in drawing(pdf_of(inside))


def test_the_usual_character_shading_is_a_light_grey(pdf_of: Callable[..., Pdf]) -> None:
    made = pdf_of(para(runs=run("底纹", '<w:shd w:val="pct15" w:color="auto" w:fill="FFFFFF"/>')))
    assert re.search(r"\.8509\d* \.8509\d* \.8509\d* rg|0\.8509\d* 0\.8509\d* 0\.8509\d* rg", drawing(made))


def test_chinese_italics_lean_although_no_face_has_them(pdf_of: Callable[..., Pdf]) -> None:
    made = pdf_of(para(runs=run("正体") + run("斜体", "<w:i/>") + run("正体")))
    assert re.search(r"^1 0 -0\.2 1 [\d.]+ 0 cm", drawing(made), re.MULTILINE)
    assert page_texts(made.data) == ["正体斜体正体"]


def test_a_superscript_does_not_move_its_line(pdf_of: Callable[..., Pdf]) -> None:
    spaced = '<w:spacing w:line="240" w:lineRule="auto"/>'
    plain = pdf_of(para("甲", spaced) + para("乙", spaced))
    raised = pdf_of(
        para("甲", spaced) + para(properties=spaced, runs=run("乙") + run("1", '<w:vertAlign w:val="superscript"/>'))
    )
    assert at(raised.data, "乙").y == pytest.approx(at(plain.data, "乙").y, abs=0.05)


def test_what_is_still_not_drawn_is_reported(pdf_of: Callable[..., Pdf]) -> None:
    made = pdf_of(para(runs=run("空心", "<w:outline/>") + run("合并", '<w:eastAsianLayout w:id="1" w:combine="1"/>')))
    assert {item.args.get("feature") for item in made.diagnostics} >= {"w:outline", "w:eastAsianLayout"}
