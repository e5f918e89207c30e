"""Sections as named pages: size, margins, line grid, headers and footers, page numbers."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from docgen.export.pages.sheet import points
from docgen.export.reading.format import Grid
from docgen.export.reading.looks import number
from docgen.export.reading.properties import VAL, W, is_on

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lxml.etree import _Element

_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_A4 = (595.3, 841.9)
_MARGIN = 72.0
KINDS = ("default", "first", "even")
_PAGE_FORMATS = {
    "decimal": "decimal", "upperRoman": "upper-roman", "lowerRoman": "lower-roman", "upperLetter": "upper-alpha",
    "lowerLetter": "lower-alpha", "chineseCounting": "simp-chinese-informal", "numberInDash": "decimal",
    "chineseCountingThousand": "simp-chinese-informal", "chineseLegalSimplified": "simp-chinese-formal",
    "ideographDigital": "cjk-decimal", "decimalZero": "decimal-leading-zero",
}  # fmt: skip


@dataclass(slots=True)
class Section:
    """One section's geometry in points and the parts it takes its headers and footers from."""

    width: float
    height: float
    top: float
    bottom: float
    left: float
    right: float
    header: float
    footer: float
    fixed_top: bool
    fixed_bottom: bool
    kind: str
    grid: Grid
    title_page: bool
    start: int | None
    number_format: str
    columns: int
    char_grid: bool
    parts: dict[tuple[str, str], str] = field(default_factory=dict)

    @property
    def text_width(self) -> float:
        """The width between the margins."""
        return max(self.width - self.left - self.right, 20.0)

    def same_page(self, other: Section) -> bool:
        """Whether both sections have pages of one size and margins."""
        return all(abs(getattr(self, name) - getattr(other, name)) < 0.5 for name in _GEOMETRY)  # noqa: PLR2004 — half a point is rounding


_GEOMETRY = ("width", "height", "top", "bottom", "left", "right")


def read_section(element: _Element | None, links: Mapping[str, str], before: Section | None) -> Section:
    """The section of a `w:sectPr`; headers and footers it doesn't name are those of the section before."""
    empty: dict[str, _Element] = {}
    children = {str(child.tag).rpartition("}")[2]: child for child in element} if element is not None else empty

    def twips(name: str, attribute: str, default: float) -> float:
        holder = children.get(name)
        return number(holder.get(f"{W}{attribute}"), default * 20) / 20 if holder is not None else default

    def value(name: str, attribute: str, default: str) -> str:
        holder = children.get(name)
        return holder.get(f"{W}{attribute}", default) if holder is not None else default

    top, bottom = twips("pgMar", "top", _MARGIN), twips("pgMar", "bottom", _MARGIN)
    gutter = twips("pgMar", "gutter", 0)
    grid_kind = value("docGrid", "type", "default")
    pitch = twips("docGrid", "linePitch", 0) if grid_kind in {"lines", "linesAndChars", "snapToChars"} else 0.0
    start = value("pgNumType", "start", "")
    title = children.get("titlePg")
    section = Section(
        twips("pgSz", "w", _A4[0]), twips("pgSz", "h", _A4[1]), abs(top), abs(bottom),
        twips("pgMar", "left", _MARGIN) + gutter, twips("pgMar", "right", _MARGIN),
        twips("pgMar", "header", 36), twips("pgMar", "footer", 36), top < 0, bottom < 0,
        value("type", "val", "nextPage"), Grid(pitch), title is not None and is_on(title.get(VAL)),
        int(start) if start.isdigit() else None, value("pgNumType", "fmt", "decimal"),
        int(number(value("cols", "num", "1"), 1)), grid_kind in {"linesAndChars", "snapToChars"},
        dict(before.parts) if before is not None else {},
    )  # fmt: skip
    for child in element if element is not None else ():
        name = str(child.tag).rpartition("}")[2]
        part = links.get(child.get(f"{_R}id", ""))
        if name in {"headerReference", "footerReference"} and part:
            section.parts[name[:6], child.get(f"{W}type", "default")] = part
    return section


def counter_style(number_format: str) -> str | None:
    """The CSS counter style for Word's page number format, None when there is none."""
    return _PAGE_FORMATS.get(number_format)


@dataclass(slots=True)
class Running:
    """One header or footer set for one section: its HTML and its height in points."""

    html: str
    height: float


def page_css(index: int, section: Section, running: Mapping[tuple[str, str], Running], *, even: bool) -> str:
    """The `@page` rules of a section.

    A header that needs more room than the top margin pushes the text down, as in Word; a footer pushes it up.
    """
    name = f"s{index}"
    tops = [box.height for (zone, _), box in running.items() if zone == "header"]
    bottoms = [box.height for (zone, _), box in running.items() if zone == "footer"]
    top = section.top if section.fixed_top else max([section.top, *(section.header + height for height in tops)])
    bottom = (
        section.bottom
        if section.fixed_bottom
        else max([section.bottom, *(section.footer + height for height in bottoms)])
    )
    offset = _grid_offset(section.height - top - bottom, section.grid.pitch)
    rules = [
        f"@page {name}{{size:{points(section.width)} {points(section.height)};"
        f"margin:{points(top + offset)} {points(section.right)} {points(bottom)} {points(section.left)};"
        + _boxes(index, "default", section, running)
        + "}"
    ]
    if even:
        rules.append(f"@page {name}:left{{{_boxes(index, 'even', section, running)}}}")
    if section.title_page:
        rules.append(f"@page {name}:nth(1 of {name}){{{_boxes(index, 'first', section, running)}}}")
    if section.start is not None:
        rules.append(f"@page {name}:nth(1 of {name}){{counter-reset:page {section.start}}}")
    return "".join(rules)


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
            css.append(
                f"{box}{{content:element({running_name(index, zone, kind)});width:100%;text-align:left;"
                f"vertical-align:{edge};padding-{edge}:{points(distance)}}}"
            )
        else:
            css.append(f"{box}{{content:none}}")
    return "".join(css)


def running_name(index: int, zone: str, kind: str) -> str:
    """The name of a section's running header or footer in CSS."""
    return f"{zone[0]}{kind[0]}{index}"
