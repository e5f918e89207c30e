"""What a `w:sectPr` says: size, margins, line grid, headers and footers, page numbers."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from docgen.export.reading.format import Grid
from docgen.export.reading.properties import VAL, W, is_on
from docgen.export.reading.values import number

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lxml.etree import _Element

_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_A4 = (595.3, 841.9)
_MARGIN = 72.0
_MAX_COLUMNS = 45  # Word's own limit
_UNRENDERED = ("lnNumType", "pgBorders")
KINDS = ("default", "first", "even")


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
    column_gap: float
    column_line: bool
    char_grid: bool
    parts: dict[tuple[str, str], str] = field(default_factory=dict)
    unrendered: tuple[str, ...] = ()

    @property
    def text_width(self) -> float:
        """The width between the margins."""
        return max(self.width - self.left - self.right, 20.0)

    @property
    def room(self) -> float:
        """The height between the margins."""
        return self.height - self.top - self.bottom

    @property
    def column_width(self) -> float:
        """The width of a column; of the text where there is one."""
        return max((self.text_width - (self.columns - 1) * self.column_gap) / self.columns, 10.0)

    def same_paper(self, other: Section) -> bool:
        """Whether both sections have pages of one size."""
        return _equal(self.width, other.width) and _equal(self.height, other.height)

    def same_height(self, other: Section) -> bool:
        """Whether the text of both sections begins and ends at one height."""
        return _equal(self.top, other.top) and _equal(self.bottom, other.bottom)


def _equal(one: float, other: float) -> bool:
    return abs(one - other) < 0.5  # noqa: PLR2004 — half a point is rounding


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
    # in 4096ths of a point (ECMA-376 part 1, 17.6.5)
    added = number(value("docGrid", "charSpace", "0"), 0) / 4096 if grid_kind == "linesAndChars" else 0.0
    start = value("pgNumType", "start", "")
    title = children.get("titlePg")
    section = Section(
        twips("pgSz", "w", _A4[0]), twips("pgSz", "h", _A4[1]), abs(top), abs(bottom),
        twips("pgMar", "left", _MARGIN) + gutter, twips("pgMar", "right", _MARGIN),
        twips("pgMar", "header", 36), twips("pgMar", "footer", 36), top < 0, bottom < 0,
        value("type", "val", "nextPage"), Grid(pitch, added), title is not None and is_on(title.get(VAL)),
        int(start) if start.isdigit() else None, value("pgNumType", "fmt", "decimal"),
        min(max(int(number(value("cols", "num", "1"), 1)), 1), _MAX_COLUMNS), twips("cols", "space", 36),
        is_on(value("cols", "sep", "0")), grid_kind == "snapToChars",
        dict(before.parts) if before is not None else {},
    )  # fmt: skip
    section.unrendered = tuple(f"w:{name}" for name in _UNRENDERED if name in children)
    if value("pgNumType", "chapStyle", ""):
        section.unrendered += ("w:pgNumType chapStyle",)
    if not is_on(value("cols", "equalWidth", "1")) and section.columns > 1:
        section.unrendered += ("w:cols equalWidth",)
    if value("textDirection", "val", "lrTb") not in {"lrTb", "lr"}:
        section.unrendered += ("w:textDirection",)
    for child in element if element is not None else ():
        name = str(child.tag).rpartition("}")[2]
        part = links.get(child.get(f"{_R}id", ""))
        if name in {"headerReference", "footerReference"} and part:
            section.parts[name[:6], child.get(f"{W}type", "default")] = part
    return section
