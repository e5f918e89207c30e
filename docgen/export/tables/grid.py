"""The rows and cells of a `w:tbl` on its grid: spans, merges, gaps and preferred widths."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from docgen.export.reading.properties import VAL, Properties, W, is_on, local, read
from docgen.export.reading.values import number

if TYPE_CHECKING:
    from lxml.etree import _Element

_MAX_SPAN = 63  # what Word itself takes
MAX_SPOTS = 100_000


class TooLargeError(ValueError):
    """A table's rows times its columns are more than `MAX_SPOTS`."""


@dataclass(frozen=True, slots=True)
class Preferred:
    """A width asked for: in points, as a share of what is around, or neither (automatic)."""

    points: float = 0.0
    share: float = 0.0

    def of(self, whole: float) -> float:
        """The width in points where `whole` is what a share is taken of; 0 for automatic."""
        return self.share * whole if self.share else self.points


@dataclass(slots=True, eq=False)
class Cell:
    """One cell, the columns and rows it covers; a gap of the grid has no element."""

    row: int
    column: int
    span: int
    element: _Element | None = None
    holder: _Element | None = None
    properties: Properties = field(default_factory=dict)
    width: Preferred = field(default_factory=Preferred)
    rows: int = 1
    continues: bool = False
    last: Cell | None = None  # of a merged cell: its lowest part, whose lower border counts

    @property
    def below(self) -> int:
        """The first row under the cell."""
        return self.row + self.rows

    @property
    def after(self) -> int:
        """The first column after the cell."""
        return self.column + self.span


@dataclass(slots=True)
class Row:
    """One row; `height` in points, 0 for none; `exceptions` is what it says other than its table."""

    cells: list[Cell]
    height: float = 0.0
    exact: bool = False
    header: bool = False
    whole: bool = False
    exceptions: _Element | None = None
    before: Preferred = field(default_factory=Preferred)


@dataclass(slots=True)
class TableGrid:
    """A table's rows on its columns, whose widths as written are in points, 0 for none."""

    rows: list[Row]
    columns: list[float]
    lost: list[_Element]  # cells whose text a merge hides, in Word too


def preferred(holder: _Element | None, name: str) -> Preferred:
    """The width that child `name` of a properties element asks for."""
    element = holder.find(f"{W}{name}") if holder is not None else None
    if element is None:
        return Preferred()
    text, kind = element.get(f"{W}w", "0"), element.get(f"{W}type", "dxa")
    if text.endswith("%"):
        return Preferred(share=max(number(text.rstrip("%"), 0), 0.0) / 100)
    if kind == "pct":
        return Preferred(share=max(number(text, 0), 0.0) / 5000)
    return Preferred(points=max(number(text, 0), 0.0) / 20) if kind == "dxa" else Preferred()


def read_grid(table: _Element) -> TableGrid:
    """The table's cells, each at its place on the grid; raises `TooLargeError`."""
    columns = [number(column.get(f"{W}w"), 0) / 20 for column in table.findall(f"{W}tblGrid/{W}gridCol")]
    lost: list[_Element] = []
    shown = [row for row in _unwrapped_all(table, "tr") if row.find(f"{W}trPr/{W}del") is None]
    rows = [_row(element, at, lost) for at, element in enumerate(shown)]
    count = max((cell.after for row in rows for cell in row.cells), default=len(columns))
    if count * len(rows) > MAX_SPOTS:
        raise TooLargeError
    columns = [max(width, 0.0) for width in columns[:count]] + [0.0] * (count - len(columns))
    for at, row in enumerate(rows):
        end = row.cells[-1].after if row.cells else 0
        row.cells.extend(Cell(at, column, 1) for column in range(end, count))
    _merge_down(rows, lost)
    return TableGrid(rows, columns, lost)


def _row(element: _Element, at: int, lost: list[_Element]) -> Row:
    holder = element.find(f"{W}trPr")
    properties = read(holder)
    flags = {local(child): is_on(child.get(VAL)) for child in (holder if holder is not None else ())}
    start = min(max(int(number(properties.get("gridBefore"), 0)), 0), _MAX_SPAN)
    cells = [Cell(at, column, 1) for column in range(start)]
    column = start
    for child in _unwrapped_all(element, "tc"):
        own = child.find(f"{W}tcPr")
        if own is not None and own.find(f"{W}cellDel") is not None:
            continue
        facts = read(own)
        span = max(1, min(int(number(facts.get("gridSpan"), 1)), _MAX_SPAN))
        if _merged(own, "hMerge") and cells and cells[-1].element is not None:
            cells[-1].span += span
            cells[-1].width = Preferred(cells[-1].width.points + preferred(own, "tcW").points, cells[-1].width.share)
            lost.append(child)
        else:
            cell = Cell(at, column, span, child, own, facts, preferred(own, "tcW"))
            cell.continues = _merged(own, "vMerge")
            cells.append(cell)
        column += span
    return Row(
        cells, max(number(properties.get("trHeight"), 0), 0.0) / 20, properties.get("trHeight.hRule") == "exact",
        flags.get("tblHeader", False), flags.get("cantSplit", False),
        element.find(f"{W}tblPrEx"), preferred(holder, "wBefore"),
    )  # fmt: skip


def _merged(holder: _Element | None, name: str) -> bool:
    """Whether the cell continues the one before or above it."""
    element = holder.find(f"{W}{name}") if holder is not None else None
    return element is not None and element.get(VAL, "continue") == "continue"


def _merge_down(rows: list[Row], lost: list[_Element]) -> None:
    """Count the rows each cell covers; a continuation with nothing of its width above it stands alone."""
    above: dict[int, Cell] = {}
    for row in rows:
        following: dict[int, Cell] = {}
        for cell in row.cells:
            begun = above.get(cell.column)
            if cell.continues and begun is not None and begun.span == cell.span:
                begun.rows += 1
                begun.last = cell
                following[cell.column] = begun
                if cell.element is not None:
                    lost.append(cell.element)
            elif cell.element is not None:
                cell.continues = False
                following[cell.column] = cell
        above = following


def _unwrapped_all(parent: _Element, wanted: str) -> list[_Element]:
    return [found for child in parent for found in _unwrapped(child, wanted)]


def _unwrapped(element: _Element, wanted: str) -> list[_Element]:
    """The rows or cells in an element that may wrap them (content control, custom XML, insertion)."""
    name = local(element)
    if name == wanted:
        return [element]
    if name in {"sdt", "sdtContent", "customXml", "ins"}:
        return [found for child in element for found in _unwrapped(child, wanted)]
    return []
