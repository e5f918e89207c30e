"""Where lines end and how they are filled: the rules of Chinese typesetting, measured on the finished PDF."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from docgen.export.fonts.book import Cut, FontBook
from tests.export.build import para, row, run, section, table
from tests.export.pages import at, lines, pieces, sign

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from docgen.export import Pdf

# 10 characters of 12 pt between margins of 2000 twips on a page of 6400.
NARROW = section(
    geometry='<w:pgSz w:w="6400" w:h="16838"/><w:pgMar w:top="1440" w:right="2000" w:bottom="1440" w:left="2000" '
    'w:header="720" w:footer="720" w:gutter="0"/>'
)
BOTH = '<w:jc w:val="both"/>'
LEFT, RIGHT = 100.0, 220.0


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("一二三四五六七八九十甲乙", ["一二三四五六七八九十", "甲乙"]),
        ("一二三四五六七八九十，甲乙", ["一二三四五六七八九十，", "甲乙"]),  # the comma hangs
        ("一二三四五六七八九十”甲乙", ["一二三四五六七八九", "十”甲乙"]),  # a closing quote may not begin a line
        ("一二三四五六七八九“甲乙丙", ["一二三四五六七八九", "“甲乙丙"]),  # an opening quote may not end one
        ("一二三四五六七八九——甲乙", ["一二三四五六七八", "九——甲乙"]),  # a dash is not cut
        ("一二三四五六七八pledge甲", ["一二三四五六七八", "pledge甲"]),  # a Latin word stays whole
        ("甲乙丙丁戊GDYB-2024-0318甲", ["甲乙丙丁戊GDYB-", "2024-0318甲"]),  # but parts after a hyphen
        ("甲乙丙https://a.cn/bcdefg", ["甲乙丙", "https://a.cn/bcdefg"]),
        ("一二三四五六七八九 十甲乙", ["一二三四五六七八九", "十甲乙"]),  # spaces vanish at the end of a line
        ("pneumonoultramicroscopicsilico", ["pneumonoultramicrosco", "picsilico"]),  # no place to break: anywhere
        ("一二三\n四五", ["一二三", "四五"]),
        ("一二三四法释〔2020〕28号甲", ["一二三四法释", "〔2020〕28号甲"]),  # Latin keeps the bracket beside it
        ("一二三四五六七八12（甲乙", ["一二三四五六七八", "12（甲乙"]),
        ("一二三四五3.85%（LPR", ["一二三四五3.85%", "（LPR"]),  # where the bracket itself still fits
        ("一二三四五六七八12。甲乙", ["一二三四五六七八", "12。甲乙"]),  # a mark hangs only behind Chinese text
        ("一二三四五六七八九，abc", ["一二三四五六七八九，", "abc"]),
        ("一二三四五六七八2026年", ["一二三四五六七八", "2026年"]),
    ],
)
def test_lines_end_where_the_rules_allow(text: str, expected: list[str], pdf_of: Callable[..., Pdf]) -> None:
    made = pdf_of(para(text), section=NARROW)
    assert lines(made.data) == expected


def test_a_justified_line_reaches_both_margins_and_the_last_one_does_not(pdf_of: Callable[..., Pdf]) -> None:
    made = pdf_of(
        para("一二三四五六七八”九丙丁戊己庚辛ab壬癸子丑寅", BOTH), para("末", '<w:jc w:val="right"/>'), section=NARROW
    )
    found = pieces(made.data)
    assert {round(piece.x, 1) for piece in found if piece.text[0] in "一戊"} == {LEFT}
    assert at(made.data, "末").x == pytest.approx(RIGHT - 12, abs=0.05)
    wide = pdf_of(para("一二三四五六七八九“十甲", BOTH), para("终"), section=NARROW)
    nine = [piece for piece in pieces(wide.data) if piece.y == at(wide.data, "一").y]
    assert nine[-1].text.endswith("九")


def test_latin_stands_a_fifth_of_an_em_from_han_but_not_from_punctuation(pdf_of: Callable[..., Pdf]) -> None:
    made = pdf_of(para("甲A"), para("乙，B"), para("丙C", '<w:autoSpaceDE w:val="0"/>'))
    assert at(made.data, "A").x - at(made.data, "甲").x == pytest.approx(12 + 2.4, abs=0.02)
    assert at(made.data, "B").x - at(made.data, "乙").x == pytest.approx(24, abs=0.02)
    assert at(made.data, "C").x - at(made.data, "丙").x == pytest.approx(12, abs=0.02)


@pytest.mark.parametrize(
    ("stop", "text", "expected"),
    [
        ('<w:tab w:val="left" w:pos="2400"/>', "甲\tB", 72 + 120),
        ('<w:tab w:val="right" w:pos="8000"/>', "甲\tB", 72 + 400 - 8),
        ('<w:tab w:val="center" w:pos="4000"/>', "甲\tB", 72 + 200 - 4),
        ('<w:tab w:val="right" w:pos="8000" w:leader="dot"/>', "甲\tB", 72 + 400 - 8),
    ],
)
def test_tabs_lead_to_their_stops(stop: str, text: str, expected: float, pdf_of: Callable[..., Pdf]) -> None:
    made = pdf_of(para(text, f"<w:tabs>{stop}</w:tabs>"))
    assert sign(made.data, "B").x == pytest.approx(expected, abs=0.1)


@pytest.mark.parametrize(
    ("indent", "first", "second"),
    [
        ('<w:ind w:firstLineChars="200" w:firstLine="999"/>', 24, 0),
        ('<w:ind w:left="480" w:hanging="240"/>', 12, 24),
        ('<w:ind w:leftChars="100" w:left="0"/>', 12, 12),
    ],
)
def test_indents_hold_in_twips_and_in_characters(
    indent: str, first: float, second: float, pdf_of: Callable[..., Pdf]
) -> None:
    made = pdf_of(para("一" * 60, indent))
    rows = [piece.x - 72 for piece in pieces(made.data)]
    assert rows[:2] == pytest.approx([first, second], abs=0.05)


@pytest.mark.parametrize(
    ("spacing", "pitch"),
    [
        ('<w:spacing w:line="560" w:lineRule="exact"/>', 28.0),
        ('<w:spacing w:line="240" w:lineRule="auto"/>', 15.55),
        ('<w:spacing w:line="360" w:lineRule="auto"/>', 23.3),
        ('<w:spacing w:line="400" w:lineRule="atLeast"/>', 20.0),
        ('<w:spacing w:line="200" w:lineRule="atLeast"/>', 15.55),
    ],
)
def test_line_pitch_follows_the_font_the_document_names(spacing: str, pitch: float, pdf_of: Callable[..., Pdf]) -> None:
    made = pdf_of(para("甲\n乙\n丙", spacing))
    heights = [piece.y for piece in pieces(made.data)]
    assert [b - a for a, b in pairwise(heights)] == pytest.approx([pitch, pitch], abs=0.06)


def test_nothing_hangs_in_a_table_cell_or_where_the_paragraph_forbids_it(pdf_of: Callable[..., Pdf]) -> None:
    text = "一二三四五六七八九十；甲乙"
    inside = pdf_of(table([2616], row(text)), section=NARROW)
    assert lines(inside.data) == ["一二三四五六七八九", "十；甲乙"]
    forbidden = pdf_of(para(text, '<w:overflowPunct w:val="0"/>'), section=NARROW)
    assert lines(forbidden.data) == ["一二三四五六七八九", "十；甲乙"]


def test_space_before_a_paragraph_vanishes_at_the_top_of_a_page_but_not_after_a_set_break(
    pdf_of: Callable[..., Pdf],
) -> None:
    space = '<w:spacing w:before="160"/>'
    flowing = pdf_of(para("填") * 29, para("乙", space))
    assert at(flowing.data, "乙").y == pytest.approx(at(flowing.data, "填").y, abs=0.05)
    broken = pdf_of(para("填"), para("乙", f"<w:pageBreakBefore/>{space}"))
    assert at(broken.data, "乙").y == pytest.approx(at(broken.data, "填").y + 8, abs=0.05)


def test_the_larger_of_two_spaces_stands_between_paragraphs(pdf_of: Callable[..., Pdf]) -> None:
    body = (para("甲", '<w:spacing w:after="120"/>'), para("乙", '<w:spacing w:before="200"/>'))
    made = pdf_of(*body)
    assert at(made.data, "乙").y - at(made.data, "甲").y == pytest.approx(24 + 10, abs=0.05)
    html_off = "<w:compat><w:doNotUseHTMLParagraphAutoSpacing/></w:compat>"
    added = pdf_of(*body, settings=html_off)
    assert at(added.data, "乙").y - at(added.data, "甲").y == pytest.approx(24 + 16, abs=0.05)


def test_exact_lines_of_mixed_sizes_and_fonts_stay_on_their_pitch(pdf_of: Callable[..., Pdf]) -> None:
    mixed = run("甲") + run("乙", '<w:sz w:val="36"/>', "黑体") + run("m", '<w:sz w:val="16"/>') + run("\n丙")
    made = pdf_of(para(runs=mixed))
    assert at(made.data, "丙").y - at(made.data, "甲").y == pytest.approx(24, abs=0.02)
    assert at(made.data, "乙").y == pytest.approx(at(made.data, "甲").y, abs=0.02)


@pytest.mark.usefixtures("fonts")
def test_characters_are_as_wide_as_they_are_measured(pdf_of: Callable[..., Pdf]) -> None:
    han = "一〇龥，。、；：？！“”‘’（）《》【】—–…·①⑩□■√×℃№￥％Ａ１"
    latin = "AVWTo.,-'\"()/&@0123456789fil"
    assert len(set(han + latin)) > 50
    book = FontBook("x")
    east, west = book.named("宋体", Cut(east_asian=True)), book.named("Times New Roman", Cut())
    texts = {f"{char}{char}{char}": book.face_for(east, west, char) for char in han}
    texts |= {f"{char}{char}{char}": book.face_for(west, east, char) for char in latin}
    made = pdf_of(*(para(runs=run(text) + run("终", '<w:color w:val="FF0000"/>')) for text in _escaped(texts)))
    ends = [piece.x for piece in pieces(made.data) if piece.text == "终"]
    assert len(ends) == len(texts)
    wrong = []
    for (text, face), end in zip(texts.items(), ends, strict=True):
        width = (face.advance(text[0]) or 0) * 36 if face else -1.0
        if abs(end - 72 - width) > 0.1 and abs(end - 72 - width - 2.4) > 0.1:  # a letter also keeps its gap to 终
            wrong.append(f"{text[0]} measured {width:.2f}, drawn {end - 72:.2f}")
    assert wrong == []


def _escaped(texts: Iterable[str]) -> list[str]:
    return [text.replace("&", "&amp;").replace("<", "&lt;") for text in texts]
