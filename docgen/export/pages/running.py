"""Sections as named pages in CSS: size, margins, the boxes of headers and footers, where page numbers begin."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from docgen.export.pages.placing import Area
from docgen.export.pages.sheet import points

if TYPE_CHECKING:
    from collections.abc import Mapping

    from docgen.export.pages.sections import Section


@dataclass(slots=True)
class Running:
    """One header or footer set for one section: its HTML and its height in points; with `floats` it lies behind."""

    html: str
    height: float
    floats: bool = False


def page_css(  # noqa: PLR0913 — one page's facts
    index: int, section: Section, running: Mapping[tuple[str, str], Running], separator: str, *, even: bool,
    odd_first: bool | None,
) -> str:  # fmt: skip
    """The `@page` rules of a section; `separator` draws what stands above its footnotes.

    Even pages are those with an even number; `odd_first` tells whether the first page's is odd where that is known.

    A header that needs more room than the top margin pushes the text down, as in Word; a footer pushes it up.
    """
    name = f"s{index}"
    top, bottom = _margins(section, running)
    offset = _grid_offset(section.height - top - bottom, section.grid.pitch)
    rules = [
        f"@page {name}{{size:{points(section.width)} {points(section.height)};"
        f"margin:{points(top + offset)} {points(section.right)} {points(bottom)} {points(section.left)};"
        + _boxes(index, "default", section, running)
        + f"@footnote{{margin-top:0;{separator}}}}}"
    ]
    if even:
        side = "left" if odd_first is None else f"nth({'2n' if odd_first else '2n+1'} of {name})"
        rules.append(f"@page {name}:{side}{{{_boxes(index, 'even', section, running)}}}")
    if section.title_page:
        rules.append(f"@page {name}:nth(1 of {name}){{{_boxes(index, 'first', section, running)}}}")
    if section.start is not None:
        rules.append(f"@page {name}:nth(1 of {name}){{counter-reset:page {section.start}}}")
    return "".join(rules)


def text_top(section: Section, running: Mapping[tuple[str, str], Running]) -> float:
    """Where the text of a section's pages begins, from their upper edge."""
    top, bottom = _margins(section, running)
    return top + _grid_offset(section.height - top - bottom, section.grid.pitch)


def body_area(section: Section, page: Section) -> Area:
    """The page as floats in the body of a section see it; `page` is the section whose margins its pages have.

    Where the text begins isn't known before headers are set: it is left to the property `--up`.
    """
    return Area(
        page.width, page.height, section.left, section.right, page.top, page.bottom, page.left, 0.0, shift="var(--up)"
    )


def running_area(section: Section, zone: str) -> Area:
    """The same for floats in a header or footer."""
    upwards = zone == "footer"
    y = section.height - section.footer if upwards else section.header
    return Area(
        section.width, section.height, section.left, section.right, section.top, section.bottom, section.left, y,
        upwards=upwards,
    )  # fmt: skip


def _margins(section: Section, running: Mapping[tuple[str, str], Running]) -> tuple[float, float]:
    """Top and bottom margin, pushed by headers and footers that need more room."""
    tops = [box.height for (zone, _), box in running.items() if zone == "header"]
    bottoms = [box.height for (zone, _), box in running.items() if zone == "footer"]
    top = section.top if section.fixed_top else max([section.top, *(section.header + height for height in tops)])
    bottom = (
        section.bottom
        if section.fixed_bottom
        else max([section.bottom, *(section.footer + height for height in bottoms)])
    )
    return top, bottom


def _grid_offset(height: float, pitch: float) -> float:
    """LibreOffice centres the line grid in the text area; whether Word does is not confirmed [R]."""
    return (height % pitch) / 2 if pitch else 0.0


def _boxes(index: int, kind: str, section: Section, running: Mapping[tuple[str, str], Running]) -> str:
    css = []
    for zone, box, edge, distance in (
        ("header", "@top-left", "top", section.header),
        ("footer", "@bottom-left", "bottom", section.footer),
    ):
        if (zone, kind) in running:
            behind = "z-index:-1;" if running[zone, kind].floats else ""
            css.append(
                f"{box}{{content:element({running_name(index, zone, kind)});width:100%;text-align:left;"
                f"vertical-align:{edge};{behind}padding-{edge}:{points(distance)}}}"
            )
        else:
            css.append(f"{box}{{content:none}}")
    return "".join(css)


def running_name(index: int, zone: str, kind: str) -> str:
    """The name of a section's running header or footer in CSS."""
    return f"{zone[0]}{kind[0]}{index}"
