"""Sections as named pages in CSS: size, margins, the boxes of headers and footers, where page numbers begin."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from docgen.export.pages.page_borders import border_layers
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


@dataclass(frozen=True, slots=True)
class Sides:
    """What differs between odd and even pages: headers, margins; where a section's first number is known to be odd."""

    headers: bool = False
    margins: bool = False
    odd_first: bool | None = None

    def even(self, name: str) -> str:
        """The CSS selector of a section's even pages: every second one, or those on the left."""
        if self.odd_first is None:
            return f"@page {name}:left"
        return f"@page {name}:nth({'2n' if self.odd_first else '2n+1'} of {name})"


def heights(running: Mapping[tuple[str, str], Running]) -> tuple[float, float]:
    """The height of the highest header and of the highest footer, 0 for none."""
    return (
        max((box.height for (zone, _), box in running.items() if zone == "header"), default=0.0),
        max((box.height for (zone, _), box in running.items() if zone == "footer"), default=0.0),
    )


def page_css(
    index: int, section: Section, running: Mapping[tuple[str, str], Running], separator: str, sides: Sides
) -> str:
    """The `@page` rules of a section; `separator` draws what stands above its footnotes."""
    name = f"s{index}"
    top, bottom = section.text_area(*heights(running))
    offset = _grid_offset(section.height - top - bottom, section.grid.pitch)
    everywhere, on_first = _background(section, running, top + offset, bottom)
    rules = [
        f"@page {name}{{size:{points(section.width)} {points(section.height)};"
        f"margin:{points(top + offset)} {points(section.right)} {points(bottom)} {points(section.left)};{everywhere}"
        + _boxes(index, "default", section, running)
        + f"@footnote{{margin-top:0;{separator}}}}}"
    ]
    if sides.margins:
        rules.append(f"{sides.even(name)}{{margin-left:{points(section.right)};margin-right:{points(section.left)}}}")
    if sides.headers:
        rules.append(f"{sides.even(name)}{{{_boxes(index, 'even', section, running)}}}")
    if section.title_page:
        rules.append(f"@page {name}:nth(1 of {name}){{{_boxes(index, 'first', section, running)}}}")
    if section.start is not None:
        rules.append(f"@page {name}:nth(1 of {name}){{counter-reset:page {section.start}}}")
    if on_first:
        rules.append(f"@page {name}:nth(1 of {name}){{{on_first}}}")
    return "".join(rules)


def text_top(section: Section, running: Mapping[tuple[str, str], Running]) -> float:
    """Where the text of a section's pages begins, from their upper edge."""
    top, bottom = section.text_area(*heights(running))
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


def _background(
    section: Section, running: Mapping[tuple[str, str], Running], top: float, bottom: float
) -> tuple[str, str]:
    """The page borders on all pages, and what differs on the first; they surround header and footer, as in Word."""
    borders = section.borders
    if borders is None:
        return "", ""
    header, footer = heights(running)
    text = (
        section.left, min(top, section.header) if header else top, section.width - section.right,
        section.height - (min(bottom, section.footer) if footer else bottom),
    )  # fmt: skip
    drawn = f"background:{border_layers(borders, (section.width, section.height), text, (section.left, top))};"
    first = {"firstPage": drawn, "notFirstPage": "background:none"}.get(borders.shown, "")
    return ("" if borders.shown == "firstPage" else drawn), first


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
