"""Footnotes at the foot of the page that cites them, endnotes after the text."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.export.build import A4, cell, cited, ends, note, para, row, run, section, table
from tests.export.pages import at, page_texts, pieces

if TYPE_CHECKING:
    from collections.abc import Callable

    from docgen.export import Pdf

FOOT = 841.9 - 72  # where the text area of a page ends
LINE = 24.0


def words(text: str, identifier: int, kind: str = "footnote") -> str:
    """A paragraph that cites a note after its text."""
    return para(runs=run(text) + cited(identifier, kind))


def test_a_footnote_stands_at_the_foot_of_its_page_under_a_short_line(pdf_of: Callable[..., Pdf]) -> None:
    made = pdf_of(words("正文", 2), para("后文"), notes={"footnotes": note(2, "注文")})
    assert page_texts(made.data) == ["正文1后文1注文"]
    mark, body = at(made.data, "1"), at(made.data, "后文")
    assert mark.y - at(made.data, "正文").y == pytest.approx(0, abs=0.1)
    assert at(made.data, "注文").y == pytest.approx(FOOT - LINE * 0.2, abs=0.2)
    assert body.y - mark.y == pytest.approx(LINE, abs=0.1)
    assert not made.diagnostics or {item.code for item in made.diagnostics} <= {"X010", "X012"}


def test_the_citing_line_goes_to_the_page_where_its_note_has_room(pdf_of: Callable[..., Pdf]) -> None:
    made = pdf_of(para("填") * 28, words("引", 2), notes={"footnotes": note(2, "注")})
    assert page_texts(made.data) == ["填" * 28, "引11注"]


def test_a_long_note_runs_on_to_the_next_page(pdf_of: Callable[..., Pdf]) -> None:
    made = pdf_of(para("填") * 20, words("引", 2), para("文"), notes={"footnotes": note(2, "长" * 35 * 12)})
    first, second = page_texts(made.data)
    assert first.startswith("填" * 20 + "引1")
    assert 2 * 35 < first.count("长") < 12 * 35
    assert first.count("长") + second.count("长") == 12 * 35
    assert made.pages == 2


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        ("decimalEnclosedCircle", "①②"),
        ("chineseCounting", "一二"),
        ("lowerRoman", "iii"),
        ("numberInDash", "-1--2-"),
    ],
)
def test_notes_are_numbered_in_the_form_the_document_sets(form: str, expected: str, pdf_of: Callable[..., Pdf]) -> None:
    settings = f'<w:footnotePr><w:numFmt w:val="{form}"/></w:footnotePr>'
    body = para(runs=cited(2) + cited(3))
    made = pdf_of(body, settings=settings, notes={"footnotes": note(2, "甲") + note(3, "乙")})
    assert page_texts(made.data)[0].startswith(expected)


def test_numbering_starts_again_in_each_section_that_says_so(pdf_of: Callable[..., Pdf]) -> None:
    again = '<w:footnotePr><w:numStart w:val="5"/><w:numRestart w:val="eachSect"/></w:footnotePr>'
    made = pdf_of(
        words("前", 2), words("中", 3), ends(again), words("后", 4),
        section=section(again), notes={"footnotes": note(2, "甲") + note(3, "乙") + note(4, "丙")},
    )  # fmt: skip
    assert page_texts(made.data) == ["前5中65甲6乙", "后55丙"]


def test_a_mark_of_the_authors_own_is_not_counted(pdf_of: Callable[..., Pdf]) -> None:
    own = run("前") + cited(2, properties='w:customMarkFollows="1"') + run("※")
    made = pdf_of(para(runs=own), words("后", 3), notes={"footnotes": note(2, "甲") + note(3, "乙")})
    assert page_texts(made.data) == ["前※后1甲1乙"]


def test_a_note_cited_in_a_table_stands_at_the_page_foot(pdf_of: Callable[..., Pdf]) -> None:
    made = pdf_of(table([3000], row(cell(words("格", 2)))), notes={"footnotes": note(2, "注")})
    assert page_texts(made.data) == ["格11注"]
    assert at(made.data, "注").y == pytest.approx(FOOT - LINE * 0.2, abs=0.2)


def test_a_note_keeps_to_the_left_under_an_indented_centred_paragraph(pdf_of: Callable[..., Pdf]) -> None:
    centred = para(runs=run("题") + cited(2), properties='<w:ind w:firstLine="480"/><w:jc w:val="center"/>')
    made = pdf_of(centred, notes={"footnotes": note(2, "注")})
    marks = [piece for piece in pieces(made.data) if piece.text.startswith("1")]
    assert marks[-1].x == pytest.approx(72, abs=0.1)


def test_endnotes_follow_the_text_of_the_document_or_of_their_section(pdf_of: Callable[..., Pdf]) -> None:
    notes = {"endnotes": note(2, "尾", "endnote")}
    at_end = pdf_of(words("前", 2, "endnote"), ends(), para("后"), notes=notes)
    assert page_texts(at_end.data) == ["前i", "后i尾"]
    here = '<w:endnotePr><w:pos w:val="sectEnd"/></w:endnotePr>'
    made = pdf_of(
        words("前", 2, "endnote"), ends(here), para("后"), settings=here, section=section(here, A4), notes=notes
    )
    assert page_texts(made.data) == ["前ii尾", "后"]
