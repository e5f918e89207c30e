"""What a `w:sectPr` says: size, margins, line grid, headers and footers, page numbers."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from docgen.export.pages.page_borders import PageBorders, read_page_borders
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
_UNRENDERED = ("lnNumType",)
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
    borders: PageBorders | None = None
    vertical: str = "top"

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

    def text_area(self, header: float, footer: float) -> tuple[float, float]:
        """Where the text begins and how far above the paper's end it ends, below and above the highest of each.

        A header that needs more room than the top margin pushes the text down, as in Word; a footer pushes it up.
        """
        top = self.top if self.fixed_top or not header else max(self.top, self.header + header)
        bottom = self.bottom if self.fixed_bottom or not footer else max(self.bottom, self.footer + footer)
        return top, bottom

    def same_height(self, other: Section) -> bool:
        """Whether the text of both sections begins and ends at one height."""
        return _equal(self.top, other.top) and _equal(self.bottom, other.bottom)


def _equal(one: float, other: float) -> bool:
    return abs(one - other) < 0.5  # noqa: PLR2004 — half a point is rounding


def _read_columns(element: _Element | None, section: Section) -> None:
    """Columns given one by one: those of one width are set, others are set as wide as each other and reported."""
    if element is None or is_on(element.get(f"{W}equalWidth", "1")):
        return
    given = [number(column.get(f"{W}w"), 0) / 20 for column in element.findall(f"{W}col")]
    section.columns = min(max(len(given), 1), _MAX_COLUMNS)
    if section.columns == 1:
        return
    section.column_gap = max(section.text_width - sum(given), 0.0) / (section.columns - 1)
    if max(given) - min(given) > 1:
        section.unrendered += ("w:cols equalWidth",)


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
    section.borders = read_page_borders(children.get("pgBorders"))
    section.vertical = value("vAlign", "val", "top")
    if section.borders is not None and not section.borders.plain:
        section.unrendered += ("w:pgBorders",)
    if value("pgNumType", "chapStyle", ""):
        section.unrendered += ("w:pgNumType chapStyle",)
    _read_columns(children.get("cols"), section)
    if value("textDirection", "val", "lrTb") not in {"lrTb", "lr"}:
        section.unrendered += ("w:textDirection",)
    for child in element if element is not None else ():
        name = str(child.tag).rpartition("}")[2]
        part = links.get(child.get(f"{_R}id", ""))
        if name in {"headerReference", "footerReference"} and part:
            section.parts[name[:6], child.get(f"{W}type", "default")] = part
    return section
