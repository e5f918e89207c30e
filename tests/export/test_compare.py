"""The comparison of two PDFs sees what differs, and nothing where nothing does."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PIL import Image

from docgen.diagnostics import ExportError
from docgen.export.compare import Agreement, Bar, Zones, compare, zones_of
from docgen.export.compare.ink import _grown
from docgen.export.compare.matching import matched
from tests.export.build import docx, para, section

if TYPE_CHECKING:
    from collections.abc import Callable

    from docgen.export import Pdf

TEXT = "第一条　本合同所称“主债权”，是指质权人依据编号为GDYB-2024-0318的《流动资金借款合同》对债务人享有的债权。"
NAMES = ("reference", "test")
ZONES = Zones()


@pytest.fixture(scope="session")
def agreement(pdf_of: Callable[..., Pdf]) -> Callable[[tuple[str, ...], tuple[str, ...]], Agreement]:
    """How far the PDFs of two bodies agree."""

    def measure(one: tuple[str, ...], other: tuple[str, ...]) -> Agreement:
        return compare(pdf_of(*one).data, pdf_of(*other).data, ZONES, display=NAMES, worst=2)

    return measure


def test_a_pdf_agrees_with_itself(agreement: Callable[..., Agreement]) -> None:
    body = (para(TEXT * 3), para("𠮷㛃①－ABC"))
    found = agreement(body, body)
    assert (found.text, found.raw_text, found.breaks, found.ink, found.same_page) == (1, 1, 1, 1, 1)
    assert found.distance.most == found.across.most == found.down.most == 0
    assert found.characters == len((TEXT * 3 + "𠮷㛃①－ABC").replace("　", ""))
    assert found.lines > 3
    assert Bar().shortfalls(found) == ()


def test_characters_beyond_the_first_plane_count_once(agreement: Callable[..., Agreement]) -> None:
    found = agreement((para("𠮷𬱖"),), (para("𠮷𬱖"),))
    assert found.characters == 2
    assert agreement((para("𠮷"),), (para("𬱖"),)).text == 0


def test_a_missing_word_is_seen_in_the_text(agreement: Callable[..., Agreement]) -> None:
    found = agreement((para(TEXT * 3),), (para(TEXT * 2 + TEXT.replace("债务人", "")),))
    assert 0.97 < found.text < 1
    assert "text" in Bar().shortfalls(found)


def test_another_line_end_is_seen_and_told(agreement: Callable[..., Agreement]) -> None:
    found = agreement((para(TEXT * 3),), (para(TEXT * 3, '<w:ind w:right="840"/>'),))
    assert found.text == 1
    assert found.breaks < 0.5
    assert any(line.startswith("line end p1") for line in found.worst)


def test_a_shift_is_measured_in_millimetres(agreement: Callable[..., Agreement]) -> None:
    shift = 567  # twips: 10 mm
    found = agreement((para(TEXT[:20]),), (para(TEXT[:20], f'<w:spacing w:before="{shift}"/>'),))
    assert found.down.median == pytest.approx(10.0, abs=0.1)
    assert found.across.most == pytest.approx(0, abs=0.01)
    assert found.ink < 0.1
    assert {"p95", "ink"} <= set(Bar().shortfalls(found))


def test_a_page_more_is_seen(agreement: Callable[..., Agreement]) -> None:
    found = agreement((para(TEXT), para(TEXT)), (para(TEXT), para(TEXT, "<w:pageBreakBefore/>")))
    assert found.pages == (1, 2)
    assert found.distance.most == 297
    assert found.same_page == pytest.approx(0.5, abs=0.01)
    assert "pages" in Bar().shortfalls(found)


def test_another_page_size_is_seen(pdf_of: Callable[..., Pdf]) -> None:
    wide = '<w:pgSz w:w="16838" w:h="11906"/><w:pgMar w:top="1440" w:right="1440" w:bottom="1440" w:left="1440"/>'
    found = compare(
        pdf_of(para("甲")).data, pdf_of(para("甲"), section=section(geometry=wide)).data, ZONES, display=NAMES
    )
    assert "sizes" in Bar().shortfalls(found)


def test_headers_are_compared_apart_from_the_body(pdf_of: Callable[..., Pdf]) -> None:
    with_header = section('<w:headerReference w:type="default" r:id="h1"/>')
    one, other = (
        pdf_of(para(TEXT), section=with_header, headers={"h1": para(text)}).data for text in ("专利权质押合同", "合同")
    )
    found = compare(one, other, ZONES, display=NAMES)
    assert found.text == 1
    assert found.margin_text == pytest.approx(2 * 2 / (7 + 2))
    assert Bar().shortfalls(found)[0] == "headers"


def test_zones_are_the_smallest_margins_of_all_sections() -> None:
    small = '<w:pgMar w:top="720" w:bottom="360"/>'
    document = docx(para("甲", f"<w:sectPr>{small}</w:sectPr>"), para("乙"))
    assert zones_of(document, "x.docx") == Zones(top=36.0, bottom=18.0)


def test_what_is_no_pdf_is_refused() -> None:
    with pytest.raises(ExportError) as stop:
        compare(b"PK no pdf", b"PK", ZONES, display=NAMES)
    assert [(one.code, str(one.place)) for one in stop.value.diagnostics] == [("X055", "reference")]


@pytest.mark.parametrize(
    ("one", "other", "pairs"),
    [
        ("", "甲", []),
        ("甲乙丙", "甲乙丙", [(0, 0), (1, 1), (2, 2)]),
        ("甲乙丙", "甲丙", [(0, 0), (2, 1)]),
        ("0123456789abcdef甲", "乙0123456789abcdef", [(at, at + 1) for at in range(16)]),
    ],
)
def test_equal_characters_are_matched_in_order(one: str, other: str, pairs: list[tuple[int, int]]) -> None:
    assert matched(one, other) == pairs


def test_the_bar_names_every_measure_that_falls_short(agreement: Callable[..., Agreement]) -> None:
    good = agreement((para("甲"),), (para("甲"),))
    bad = replace(good, text=0.9, margin_text=0.5, breaks_shared=98, breaks_either=100, ink=0.96)
    assert Bar().shortfalls(bad) == ("text", "headers", "breaks", "ink")


@pytest.mark.parametrize("point", [(0, 0), (2, 3), (20, 30), (49, 39), (0, 39)])
def test_ink_reaches_a_millimetre_to_every_side_up_to_the_edge(point: tuple[int, int]) -> None:
    mask = Image.new("L", (50, 40), 0)
    mask.putpixel(point, 255)
    grown = _grown(mask)
    x, y = point
    assert grown.size == mask.size
    assert grown.getbbox() == (max(0, x - 4), max(0, y - 4), min(50, x + 5), min(40, y + 5))
