"""What one cell looks like once its table's style, its table, its row and the cell itself have spoken."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from docgen.export.reading.properties import Properties, merge, read
from docgen.export.reading.values import number, shading
from docgen.export.tables.borders import SIDES, Edges, of_cell, read_edges
from docgen.export.tables.styles import Area, Part, areas, read_padding, shown_parts

if TYPE_CHECKING:
    from lxml.etree import _Element

    from docgen.export.tables.grid import Cell, Row, TableGrid
    from docgen.export.tables.styles import TableStyle

_DEFAULT_PADDING = 5.4  # Word's 0.19 cm at the left and right of a cell


@dataclass(frozen=True, slots=True)
class CellLook:
    """One cell's sides, margins in points, colour behind it, and what its table's style gives its paragraphs."""

    edges: Edges
    padding: dict[str, float]
    fill: str | None
    align: str
    direction: str
    properties: Properties
    paragraph: tuple[tuple[str, str], ...]
    run: tuple[tuple[str, str], ...]


class CellLooks:
    """The looks of one table's cells."""

    def __init__(self, holder: _Element | None, style: TableStyle, grid: TableGrid, simplified: set[str]) -> None:
        """`holder` is the table's `w:tblPr`; the kinds of lines drawn as plainer ones go to `simplified`."""
        self._style, self._grid, self._simplified = style, grid, simplified
        self._shown = shown_parts(holder)
        self._direct = Part(read_edges(holder, "tblBorders", simplified), read_padding(holder, "tblCellMar"))
        self.properties = merge(style.properties, read(holder))
        self.spacing = number(self.properties.get("tblCellSpacing.w"), 0) / 10  # w:w is half the space between cells
        self.padding = {
            "left": _DEFAULT_PADDING, "right": _DEFAULT_PADDING, "top": 0.0, "bottom": 0.0,
            **style.parts["wholeTable"].padding, **self._direct.padding,
        }  # fmt: skip

    def table_edges(self) -> Edges:
        """The lines around the table as a whole, which cells draw themselves unless there is space between them."""
        merged = {**self._style.parts["wholeTable"].edges, **self._direct.edges}
        return {side: merged.get(side) for side in SIDES}

    def look(self, cell: Cell, row: Row) -> CellLook:
        """The look of a cell; a gap of the grid has no lines and no colour."""
        if cell.element is None:
            return CellLook({}, dict.fromkeys(SIDES, 0.0), None, "top", "", {}, (), ())
        whole = self._style.parts["wholeTable"]
        found = Part({}, dict(self.padding), whole.cell, whole.paragraph, whole.run)
        bounds = self._bounds(cell, row)
        found.edges.update(of_cell(whole.edges, bounds))
        own = Part()
        for area in areas(cell, len(self._grid.rows), len(self._grid.columns), self._shown, self._style):
            part = self._style.parts.get(area.name)
            if part is not None:
                _overlay(found, part, area, cell)
                own.cell = merge(own.cell, part.cell)
        exceptions = Part(
            read_edges(row.exceptions, "tblBorders", self._simplified), read_padding(row.exceptions, "tblCellMar")
        )
        for level in (self._direct, exceptions):
            found.edges.update(of_cell(level.edges, bounds))
        found.padding.update({**self._direct.padding, **exceptions.padding, **read_padding(cell.holder, "tcMar")})
        found.edges.update(self._said(cell))
        properties = merge(found.cell, cell.properties)
        shaded = (cell.properties, own.cell, read(row.exceptions), self.properties, whole.cell)
        fill = next((shading(given) for given in shaded if _shades(given)), None)
        return CellLook(
            found.edges, found.padding, fill, properties.get("vAlign", "top"),
            properties.get("textDirection", "lrTb"), properties, tuple(found.paragraph.items()),
            tuple(found.run.items()),
        )  # fmt: skip

    def _bounds(self, cell: Cell, row: Row) -> tuple[bool, bool, bool, bool]:
        """At which of its sides the table ends; with space between cells, nowhere."""
        if self.spacing:
            return (False, False, False, False)
        real = [other for other in row.cells if other.element is not None]
        return (cell.row == 0, cell is real[0], cell.below >= len(self._grid.rows), cell is real[-1])

    def _said(self, cell: Cell) -> Edges:
        """What the cell itself says of its sides; a merged one ends with its lowest part."""
        said = read_edges(cell.holder, "tcBorders", self._simplified)
        lowest = read_edges(cell.last.holder, "tcBorders", self._simplified) if cell.last is not None else said
        if "bottom" in lowest:
            said["bottom"] = lowest["bottom"]
        elif cell.last is not None:
            said.pop("bottom", None)
        return said


def _overlay(found: Part, part: Part, area: Area, cell: Cell) -> None:
    found.edges.update(of_cell(part.edges, area.bounds(cell)))
    found.padding.update(part.padding)
    found.cell = merge(found.cell, part.cell)
    found.paragraph = merge(found.paragraph, part.paragraph)
    found.run = merge(found.run, part.run)


def _shades(properties: Properties) -> bool:
    return "shd" in properties or "shd.fill" in properties
