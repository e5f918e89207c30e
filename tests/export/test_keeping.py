"""What stays together at the end of a page, and which spaces vanish there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.export.build import para, row, table
from tests.export.pages import at, pieces

if TYPE_CHECKING:
    from collections.abc import Callable

    from docgen.export import Pdf

KEEP = "<w:keepNext/>"
FULL = 29  # lines of 24 pt on a page


def test_a_paragraph_moves_whole_to_the_one_it_keeps_with(pdf_of: Callable[..., Pdf]) -> None:
    made = pdf_of(*[para("填")] * (FULL - 4), para("乙" * 100, KEEP), para("丙" * 100, "<w:keepLines/>"))
    assert [piece.page for piece in pieces(made.data) if piece.text[0] in "乙丙"] == [1] * 6


def test_the_space_above_a_table_vanishes_at_the_top_of_a_page(pdf_of: Callable[..., Pdf]) -> None:
    last = para("填", '<w:spacing w:after="240"/>')
    made = pdf_of(*[para("填")] * (FULL - 1), last, table([4000], row("表")))
    flush = pdf_of(*[para("填")] * FULL, table([4000], row("表")))
    assert at(made.data, "表").page == 1
    assert at(made.data, "表").y == pytest.approx(at(flush.data, "表").y, abs=0.05)


def test_what_keeps_together_beyond_a_page_parts_behind_its_table(pdf_of: Callable[..., Pdf]) -> None:
    rows = [row(para("表", KEEP)) for _ in range(12)]
    signing = [row(para("签", KEEP)) for _ in range(16)]
    made = pdf_of(
        *[para("填")] * 5, para("题", KEEP), table([4000], *rows), para("句", KEEP), para("末", KEEP),
        table([4000], *signing, row("完")),
    )  # fmt: skip
    assert [at(made.data, sign).page for sign in "填题表句末签完"] == [0, 1, 1, 2, 2, 2, 2]
