"""Tab leaders, tabs that name their own place, bar tabs, and the character grid."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.export.build import A4, para, run, section
from tests.export.pages import at, pieces
from tests.export.pages import sign as drawn

if TYPE_CHECKING:
    from collections.abc import Callable

    from docgen.export import Pdf

RIGHT = 72 + 451.3


@pytest.mark.parametrize(("leader", "sign"), [("dot", "."), ("hyphen", "-"), ("underscore", "_"), ("middleDot", "·")])
def test_a_leader_repeats_its_character_up_to_the_stop(leader: str, sign: str, pdf_of: Callable[..., Pdf]) -> None:
    stop = f'<w:tabs><w:tab w:val="left" w:pos="4000" w:leader="{leader}"/></w:tabs>'
    made = pdf_of(para("甲\tB", stop))
    assert sum(piece.text.count(sign) for piece in pieces(made.data)) > 30
    assert drawn(made.data, "B").x == pytest.approx(72 + 200, abs=0.2)


def test_a_placed_tab_leads_to_the_margin_whatever_stops_are_set(pdf_of: Callable[..., Pdf]) -> None:
    placed = '<w:r><w:ptab w:relativeTo="margin" w:alignment="right" w:leader="none"/></w:r>'
    stops = '<w:tabs><w:tab w:val="left" w:pos="2000"/></w:tabs>'
    made = pdf_of(para(runs=run("甲") + placed + run("B"), properties=stops))
    assert drawn(made.data, "B").x == pytest.approx(RIGHT - 8, abs=0.2)


def test_a_bar_tab_stops_nothing(pdf_of: Callable[..., Pdf]) -> None:
    stops = '<w:tabs><w:tab w:val="bar" w:pos="1000"/><w:tab w:val="left" w:pos="3000"/></w:tabs>'
    assert drawn(pdf_of(para("甲\tB", stops)).data, "B").x == pytest.approx(72 + 150, abs=0.1)


def test_a_character_grid_widens_chinese_characters(pdf_of: Callable[..., Pdf]) -> None:
    grid = '<w:docGrid w:type="linesAndChars" w:linePitch="480" w:charSpace="4096"/>'
    red = '<w:color w:val="FF0000"/>'
    free = para(runs=run("乙乙乙") + run("丙", red), properties='<w:snapToGrid w:val="0"/>')
    made = pdf_of(para(runs=run("甲甲甲") + run("丁", red)), free, section=section(geometry=A4 + grid))
    assert at(made.data, "丁").x == pytest.approx(72 + 3 * 13, abs=0.1)
    assert at(made.data, "丙").x == pytest.approx(72 + 3 * 12, abs=0.1)
