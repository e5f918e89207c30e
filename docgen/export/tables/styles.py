"""What a table's style says: for the whole table, and for its first row, last column, bands and corners."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from docgen.export.reading.properties import VAL, Properties, W, is_on, local, merge, read
from docgen.export.reading.values import number
from docgen.export.tables.borders import Edges, read_edges

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

    from docgen.export.reading.styles import Styles
    from docgen.export.tables.grid import Cell

_LOOKS = {
    "firstRow": 0x20, "lastRow": 0x40, "firstColumn": 0x80, "lastColumn": 0x100, "noHBand": 0x200, "noVBand": 0x400,
}  # fmt: skip
_TURNED = {"start": "left", "end": "right"}


@dataclass(slots=True)
class Part:
    """What holds for the whole table or one part of it."""

    edges: Edges = field(default_factory=dict)
    padding: dict[str, float] = field(default_factory=dict)
    cell: Properties = field(default_factory=dict)
    paragraph: Properties = field(default_factory=dict)
    run: Properties = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Area:
    """The rows and columns of a part, the ends not included."""

    name: str
    top: int
    bottom: int
    left: int
    right: int

    def bounds(self, cell: Cell) -> tuple[bool, bool, bool, bool]:
        """Whether the cell reaches the area's top, left, bottom and right."""
        return (cell.row <= self.top, cell.column <= self.left, cell.below >= self.bottom, cell.after >= self.right)


@dataclass(slots=True)
class TableStyle:
    """A style's chain merged; `parts` by `w:tblStylePr/@w:type`, the whole table under `wholeTable`."""

    properties: Properties = field(default_factory=dict)
    parts: dict[str, Part] = field(default_factory=dict)


def table_style(styles: Styles, name: str | None, simplified: set[str]) -> TableStyle:
    """The style `name` with all it is based on, nearer ones over farther ones."""
    found = TableStyle(parts={"wholeTable": Part()})
    for link in reversed(styles.chain(name)):
        holder = link.find(f"{W}tblPr")
        found.properties = merge(found.properties, read(holder))
        whole = found.parts["wholeTable"]
        whole.edges.update(read_edges(holder, "tblBorders", simplified))
        whole.padding.update(read_padding(holder, "tblCellMar"))
        _add(whole, link, simplified)
        for element in link.findall(f"{W}tblStylePr"):
            part = found.parts.setdefault(element.get(f"{W}type", ""), Part())
            part.edges.update(read_edges(element.find(f"{W}tblPr"), "tblBorders", simplified))
            part.padding.update(read_padding(element.find(f"{W}tblPr"), "tblCellMar"))
            _add(part, element, simplified)
    return found


def _add(part: Part, element: _Element, simplified: set[str]) -> None:
    holder = element.find(f"{W}tcPr")
    part.edges.update(read_edges(holder, "tcBorders", simplified))
    part.padding.update(read_padding(holder, "tcMar"))
    part.cell = merge(part.cell, read(holder))
    part.paragraph = merge(part.paragraph, read(element.find(f"{W}pPr")))
    part.run = merge(part.run, read(element.find(f"{W}rPr")))


def read_padding(holder: _Element | None, name: str) -> dict[str, float]:
    """The cell margins in points that child `name` of a properties element gives."""
    element = holder.find(f"{W}{name}") if holder is not None else None
    found: dict[str, float] = {}
    for side in element if element is not None else ():
        if side.get(f"{W}type", "dxa") == "dxa":
            found[_TURNED.get(local(side), local(side))] = max(number(side.get(f"{W}w"), 0), 0.0) / 20
    return found


def shown_parts(holder: _Element | None) -> frozenset[str]:
    """Which parts of its style a table shows: the names of `w:tblLook` that are on."""
    look = holder.find(f"{W}tblLook") if holder is not None else None
    if look is None:
        return frozenset()
    text = look.get(VAL, "0")
    mask = int(text, 16) if text and all(digit in "0123456789abcdefABCDEF" for digit in text) else 0
    given = {name: look.get(f"{W}{name}") for name in _LOOKS}
    return frozenset(
        name
        for name, bit in _LOOKS.items()
        if (is_on(value) if (value := given[name]) is not None else bool(mask & bit))
    )


def areas(cell: Cell, rows: int, columns: int, shown: frozenset[str], style: TableStyle) -> Iterator[Area]:
    """The parts of the style that hold for a cell, weaker ones first (ECMA-376 part 1, 17.7.6)."""
    first, last = int("firstRow" in shown), rows - int("lastRow" in shown)
    left, right = int("firstColumn" in shown), columns - int("lastColumn" in shown)
    at_top, at_bottom = cell.row < first, cell.row >= last
    at_left, at_right = cell.column < left, cell.after > right
    if "noVBand" not in shown and not at_left and not at_right:
        size = max(int(number(style.properties.get("tblStyleColBandSize"), 1)), 1)
        band = (cell.column - left) // size
        begin = left + band * size
        yield Area(f"band{band % 2 + 1}Vert", first, last, begin, min(begin + size, right))
    if "noHBand" not in shown and not at_top and not at_bottom:
        size = max(int(number(style.properties.get("tblStyleRowBandSize"), 1)), 1)
        band = (cell.row - first) // size
        begin = first + band * size
        yield Area(f"band{band % 2 + 1}Horz", begin, min(begin + size, last), 0, columns)
    ends = (
        (at_left, Area("firstCol", 0, rows, 0, 1)), (at_right, Area("lastCol", 0, rows, columns - 1, columns)),
        (at_top, Area("firstRow", 0, 1, 0, columns)), (at_bottom, Area("lastRow", rows - 1, rows, 0, columns)),
        (at_top and at_left, Area("nwCell", 0, 1, 0, 1)),
        (at_top and at_right, Area("neCell", 0, 1, columns - 1, columns)),
        (at_bottom and at_left, Area("swCell", rows - 1, rows, 0, 1)),
        (at_bottom and at_right, Area("seCell", rows - 1, rows, columns - 1, columns)),
    )  # fmt: skip
    yield from (area for here, area in ends if here)
