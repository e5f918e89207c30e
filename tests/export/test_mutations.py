"""Damaged papers give a PDF or a reason, in bounded time, and never a traceback."""

from __future__ import annotations

import random
import time
from pathlib import Path

import pytest

from docgen.diagnostics import DocgenError
from docgen.export import to_html
from tests.export.mutations import cut, damaged, packed, parts_of

PAPERS = sorted((Path(__file__).parents[2] / "templates").rglob("*.docx"))
SHARES, EACH = 4, 50


@pytest.mark.usefixtures("fonts")
@pytest.mark.parametrize("share", range(SHARES))
def test_damaged_papers_are_laid_out_or_refused_with_a_reason(share: int) -> None:
    papers = [parts_of(path.read_bytes()) for path in PAPERS]
    assert len(papers) >= 10
    laid_out, codes = 0, set()
    for seed in range(share * EACH, (share + 1) * EACH):
        chance = random.Random(seed)  # noqa: S311 — the same damage every time is the point
        paper = packed(damaged(cut(papers[seed % len(papers)], chance, window=3), chance))
        began = time.process_time()
        try:
            laid_out += to_html(paper, "x.docx").html.endswith("</html>")
        except DocgenError as refusal:
            codes |= {one.code for one in refusal.diagnostics}
        assert time.process_time() - began < 10, f"seed {seed}"
    assert laid_out > EACH / 2  # the rest was refused: both happen
    assert codes
