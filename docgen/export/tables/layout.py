"""One table while it is set: its columns, lines and rows, and how high each row becomes."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from docgen.export.reading.values import number

if TYPE_CHECKING:
    from docgen.export.pages.paragraphs import Frame
    from docgen.export.tables.borders import Lines
    from docgen.export.tables.cells import Filled
    from docgen.export.tables.grid import Cell, Row, TableGrid
    from docgen.export.tables.looks import CellLook, CellLooks

_HEADER_SHARE = 0.75  # header rows that take more of a page than this are not repeated


@dataclass(slots=True)
class Table:
    """One table while it is set."""

    grid: TableGrid
    looks: CellLooks
    frame: Frame
    depth: int
    look_of: dict[Cell, CellLook] = field(default_factory=dict)
    columns: list[float] = field(default_factory=list)
    filled: dict[Cell, Filled] = field(default_factory=dict)
    stands: dict[Cell, str] = field(default_factory=dict)  # where the column of upright characters stands
    taken: list[float] = field(default_factory=list)  # the rows' heights
    lines: Lines = field(default_factory=dict)
    rules: dict[int, float] = field(default_factory=dict)  # the widest line above each row
    carried: frozenset[int] = frozenset()  # rows without a cell of their own, whose height an empty column carries
    tops: dict[int, float] = field(
        default_factory=dict
    )  # the largest upper margin in each row, which all its cells take

    def inner_width(self, cell: Cell) -> float:
        """The width of the cell's text."""
        padding = self.look_of[cell].padding
        width = sum(self.columns[cell.column : cell.after]) - self.looks.spacing
        return max(width - padding["left"] - padding["right"], 1.0)

    def above(self, cell: Cell) -> float:
        """What lies between the cell's upper edge and its text: half of the widest line there, the row's margin."""
        return self.rules.get(cell.row, 0.0) / 2 + self.tops[cell.row]

    def under(self, cell: Cell) -> float:
        """The same at its lower edge."""
        return self.rules.get(cell.below, 0.0) / 2 + self.look_of[cell].padding["bottom"]


def left_edge(table: Table, *, shifts: bool) -> float:
    """Where the table begins, in points from the text's left edge; `shifts` when it stands out by its cell margin.

    Of a floating table's place the distance from margin or column is kept; one from the page's edge is not known here.
    """
    properties = table.looks.properties
    floats = any(key.startswith("tblpPr") for key in properties) and properties.get("tblpPr.horzAnchor") != "page"
    jc = properties.get("tblpPr.tblpXSpec", "left") if floats else properties.get("jc", "left")
    free = table.frame.width - sum(table.columns)
    if jc in {"center", "right", "end"}:
        return free / (2 if jc == "center" else 1)
    if floats and "tblpPr.tblpX" in properties:
        return number(properties["tblpPr.tblpX"], 0) / 20
    return number(properties.get("tblInd.w"), 0) / 20 - (table.looks.padding["left"] if shifts else 0.0)


def keeps(table: Table, row: Row) -> bool:
    """Whether the row stays on the page of the next one: a paragraph in it that its cell begins with says so."""
    return any(table.filled[cell].keeps_next for cell in row.cells)


def heights(table: Table) -> list[float]:
    """The rows' heights in points: as set, else what their content needs; a merged cell stretches its last row."""
    taken = []
    for row in table.grid.rows:
        natural = max((table.filled[cell].height for cell in row.cells if cell.rows == 1), default=0.0)
        taken.append(row.height if row.exact else max(row.height, natural))
    for row in table.grid.rows:
        for cell in row.cells:
            lacks = table.filled[cell].height - sum(taken[cell.row : cell.below])
            if cell.rows > 1 and lacks > 0 and not table.grid.rows[cell.below - 1].exact:
                taken[cell.below - 1] += lacks
    return taken


def header_rows(table: Table) -> int:
    """How many rows at the start repeat on every page: none when all would, or when they leave no room."""
    rows = table.grid.rows
    head = 0
    while head < len(rows) and rows[head].header:
        head += 1
    crossing = any(cell.below > head for row in rows[:head] for cell in row.cells if not cell.continues)
    if head == len(rows) or crossing or sum(table.taken[:head]) > table.frame.room * _HEADER_SHARE:
        return 0
    return head
