"""A `w:tbl` as an HTML table: merged cells, borders decided edge by edge, row heights on the cells."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

from docgen.export.pages.paragraphs import Block, Frame
from docgen.export.pages.sheet import points
from docgen.export.reading.format import Border, border
from docgen.export.reading.looks import colour, number
from docgen.export.reading.properties import VAL, Properties, W, is_on, local, merge, read

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from lxml.etree import _Element

    from docgen.export.findings import Findings
    from docgen.export.pages.sheet import Sheet
    from docgen.export.reading.styles import Styles

CellFiller: TypeAlias = "Callable[[_Element, Frame, int], tuple[str, float, bool]]"
_SIDES = ("top", "left", "bottom", "right")
_DEFAULT_PADDING = 5.4  # Word's 0.19 cm at the left and right of a cell
_SHIFTS_BEFORE = 15  # before this compatibility mode, a table stands out by its cell margin
MAX_DEPTH = 8


@dataclass(slots=True)
class _Cell:
    """One cell and the columns and rows it covers."""

    column: int
    span: int
    element: _Element | None
    properties: Properties
    edges: dict[str, Border | None] = field(default_factory=dict)  # what the cell itself says; None = no line
    continues: bool = False
    rows: int = 1
    html: str = ""
    height: float = 0.0
    keeps_next: bool = False


@dataclass(slots=True)
class _Row:
    cells: list[_Cell]
    height: float
    exact: bool
    header: bool
    whole: bool
    taken: float = 0.0  # what the content needs, where it is more than the set height


@dataclass(slots=True)
class _Shape:
    """What holds for the whole table."""

    columns: list[float]
    edges: dict[str, Border | None]
    padding: dict[str, float]
    properties: Properties
    paragraph: tuple[tuple[str, str], ...]
    run: tuple[tuple[str, str], ...]


class TableSetter:
    """Sets the tables of one document."""

    def __init__(self, styles: Styles, sheet: Sheet, findings: Findings, fill: CellFiller, compatibility: int) -> None:
        """`fill` sets the content of a cell: its HTML, its height, whether it keeps with the next row."""
        self._styles, self._sheet, self._findings, self._fill = styles, sheet, findings, fill
        self._compatibility = compatibility

    def set(self, element: _Element, frame: Frame, depth: int) -> Block:
        """The table as one block."""
        shape = self._shape(element, frame)
        rows = [self._row(row, shape) for row in _rows(element)]
        _merge_down(rows)
        for row in rows:
            for cell in row.cells:
                self._content(cell, shape, frame, depth)
        lines = _lines(rows, shape)
        css, columns = self._table_css(shape, frame, lines)
        head = 0
        while head < len(rows) and rows[head].header:
            head += 1
        head = 0 if head == len(rows) else head
        html = [self._tr(rows, at, shape, lines, frame.room) for at in range(len(rows))]
        inner = (
            columns
            + (f"<thead>{''.join(html[:head])}</thead>" if head else "")
            + f"<tbody>{''.join(html[head:])}</tbody>"
        )
        keeps = bool(rows) and _keeps(rows[-1])
        css += ";break-after:avoid" if keeps else ""
        return Block("table", css, inner, sum(row.taken for row in rows), keeps_next=keeps)

    def _shape(self, element: _Element, frame: Frame) -> _Shape:
        holder = element.find(f"{W}tblPr")
        direct = read(holder)
        style = direct.get("tblStyle", self._styles.default_table)
        edges: dict[str, Border | None] = {}
        padding = {"left": _DEFAULT_PADDING, "right": _DEFAULT_PADDING, "top": 0.0, "bottom": 0.0}
        properties: Properties = {}
        paragraph: Properties = {}
        run: Properties = {}
        for link in reversed(self._styles.chain(style)):
            own = link.find(f"{W}tblPr")
            properties = merge(properties, read(own))
            edges.update(_edges(own, "tblBorders"))
            padding.update(_padding(own, "tblCellMar"))
            paragraph = merge(paragraph, read(link.find(f"{W}pPr")))
            run = merge(run, read(link.find(f"{W}rPr")))
            if link.find(f"{W}tblStylePr") is not None:
                self._findings.report("X034", style=self._styles.name(style or ""))
        properties = merge(properties, direct)
        edges.update(_edges(holder, "tblBorders"))
        padding.update(_padding(holder, "tblCellMar"))
        if any(key.startswith("tblpPr") for key in direct):
            self._findings.report("X030", feature="w:tblpPr")
        columns = _columns(element, properties, frame.width)
        return _Shape(columns, edges, padding, properties, tuple(paragraph.items()), tuple(run.items()))

    def _row(self, element: _Element, shape: _Shape) -> _Row:
        holder = element.find(f"{W}trPr")
        properties = read(holder)
        cells: list[_Cell] = []
        column = int(number(properties.get("gridBefore"), 0))
        if column:
            cells.append(_Cell(0, column, None, {}, dict.fromkeys(_SIDES)))
        for child in _cells(element):
            own = child.find(f"{W}tcPr")
            facts = read(own)
            span = max(1, min(int(number(facts.get("gridSpan"), 1)), 63))
            merged = own.find(f"{W}vMerge") if own is not None else None
            cell = _Cell(column, span, child, facts, _edges(own, "tcBorders"))
            cell.continues = merged is not None and merged.get(VAL, "continue") == "continue"
            if facts.get("textDirection", "lrTb") not in {"lrTb", "lrTbV"}:
                self._findings.report("X030", feature="w:textDirection")
            cells.append(cell)
            column += span
        while len(shape.columns) < column:
            shape.columns.append(shape.columns[-1] if shape.columns else 72.0)
        if column < len(shape.columns):
            cells.append(_Cell(column, len(shape.columns) - column, None, {}, dict.fromkeys(_SIDES)))
        exact = properties.get("trHeight.hRule") == "exact"
        flags = {local(child): is_on(child.get(VAL)) for child in (holder if holder is not None else ())}
        height = number(properties.get("trHeight"), 0) / 20
        return _Row(cells, height, exact, flags.get("tblHeader", False), flags.get("cantSplit", False))

    def _content(self, cell: _Cell, shape: _Shape, frame: Frame, depth: int) -> None:
        if cell.element is None or cell.continues:
            return
        padding = {**shape.padding, **_padding(cell.element.find(f"{W}tcPr"), "tcMar")}
        width = sum(shape.columns[cell.column : cell.column + cell.span]) - padding["left"] - padding["right"]
        inside = Frame(max(width, 1.0), frame.grid, shape.paragraph, shape.run, frame.room, in_cell=True)
        cell.html, height, cell.keeps_next = self._fill(cell.element, inside, depth + 1)
        cell.height = height + padding["top"] + padding["bottom"]

    def _table_css(
        self, shape: _Shape, frame: Frame, lines: Mapping[tuple[int, str, int], Border | None]
    ) -> tuple[str, str]:
        width = sum(shape.columns)
        edge = max(
            (found.width for (_, kind, at), found in lines.items() if kind == "v" and at == 0 and found), default=0.0
        )
        jc = shape.properties.get("jc", "left")
        if jc in {"center", "right", "end"}:
            left = (frame.width - width) / (2 if jc == "center" else 1)
        else:
            left = number(shape.properties.get("tblInd.w"), 0) / 20
            left -= shape.padding["left"] if self._compatibility < _SHIFTS_BEFORE else 0.0
        css = f"width:{points(width)};margin-left:{points(left - edge / 2)}"
        columns = "".join(
            f'<col class="{self._sheet.name("w", f"width:{points(column)}")}">' for column in shape.columns
        )
        return css, f"<colgroup>{columns}</colgroup>"

    def _tr(
        self, rows: list[_Row], at: int, shape: _Shape, lines: Mapping[tuple[int, str, int], Border | None], room: float
    ) -> str:
        row = rows[at]
        natural = max((cell.height for cell in row.cells if cell.rows == 1), default=0.0)
        if row.exact and natural > row.height + 1:
            self._findings.report("X035")
        row.taken = max(row.height, natural)
        out = [self._td(cell, rows, at, shape, lines) for cell in row.cells if not cell.continues]
        css = "break-inside:avoid" if row.whole and row.taken < room else ""
        css += ";break-after:avoid" if _keeps(row) and at + 1 < len(rows) else ""
        name = self._sheet.name("t", css.strip(";"))
        return f'<tr class="{name}">{"".join(out)}</tr>' if name else f"<tr>{''.join(out)}</tr>"

    def _td(
        self, cell: _Cell, rows: list[_Row], at: int, shape: _Shape, lines: Mapping[tuple[int, str, int], Border | None]
    ) -> str:
        padding = {
            **shape.padding,
            **_padding(cell.element.find(f"{W}tcPr") if cell.element is not None else None, "tcMar"),
        }
        around = {
            "top": lines.get((at, "h", cell.column)), "bottom": lines.get((at + cell.rows, "h", cell.column)),
            "left": lines.get((at, "v", cell.column)), "right": lines.get((at, "v", cell.column + cell.span)),
        }  # fmt: skip
        css = []
        for side in _SIDES:
            rule = around[side]
            half = rule.width / 2 if rule else 0.0
            if rule:
                css.append(f"border-{side}:{rule.css}")
            inset = padding[side] - (half if side in {"left", "right"} else 0.0)
            if inset > 0:
                css.append(f"padding-{side}:{points(inset)}")
        if rows[at].height and cell.rows == 1:
            css.append(f"height:{points(rows[at].height)}")
        align = cell.properties.get("vAlign", "top")
        if align in {"center", "bottom"}:
            css.append(f"vertical-align:{'middle' if align == 'center' else 'bottom'}")
        if fill := colour(cell.properties.get("shd.fill")):
            css.append(f"background:{fill}")
        spans = (f' colspan="{cell.span}"' if cell.span > 1 else "") + (
            f' rowspan="{cell.rows}"' if cell.rows > 1 else ""
        )
        name = self._sheet.name("c", ";".join(css))
        return f'<td{spans} class="{name}">{cell.html}</td>'


def _keeps(row: _Row) -> bool:
    """Whether the row stays on the page of the next one: Word goes by its first cell's first paragraph."""
    return any(cell.keeps_next for cell in row.cells)


def _rows(table: _Element) -> list[_Element]:
    return [row for child in table for row in _unwrapped(child, "tr")]


def _cells(row: _Element) -> list[_Element]:
    return [cell for child in row for cell in _unwrapped(child, "tc")]


def _unwrapped(element: _Element, wanted: str) -> list[_Element]:
    """The rows or cells in an element that may wrap them (content control, custom XML, insertion)."""
    name = local(element)
    if name == wanted:
        return [element]
    if name in {"sdt", "sdtContent", "customXml", "ins"}:
        return [found for child in element for found in _unwrapped(child, wanted)]
    return []


def _edges(holder: _Element | None, name: str) -> dict[str, Border | None]:
    element = holder.find(f"{W}{name}") if holder is not None else None
    found: dict[str, Border | None] = {}
    for side in element if element is not None else ():
        attributes = {f"x.{str(key).rpartition('}')[2]}": str(value) for key, value in side.attrib.items()}
        key = {"start": "left", "end": "right"}.get(local(side), local(side))
        found[key] = border(attributes, "x")
    return found


def _padding(holder: _Element | None, name: str) -> dict[str, float]:
    element = holder.find(f"{W}{name}") if holder is not None else None
    found: dict[str, float] = {}
    for side in element if element is not None else ():
        if side.get(f"{W}type", "dxa") == "dxa":
            found[{"start": "left", "end": "right"}.get(local(side), local(side))] = number(side.get(f"{W}w"), 0) / 20
    return found


def _columns(element: _Element, properties: Properties, available: float) -> list[float]:
    """Column widths in points: the grid's, scaled to a width given in percent; equal shares where there is no grid."""
    grid = [number(column.get(f"{W}w"), 0) / 20 for column in element.findall(f"{W}tblGrid/{W}gridCol")]
    if not grid or sum(grid) <= 0:
        count = max(
            (
                sum(int(number(read(cell.find(f"{W}tcPr")).get("gridSpan"), 1)) for cell in _cells(row))
                for row in _rows(element)
            ),
            default=1,
        )
        return [available / max(count, 1)] * max(count, 1)
    smallest = [max(width, 1.0) for width in grid]
    if properties.get("tblW.type") == "pct":
        text = properties.get("tblW.w", "0")
        share = number(text.rstrip("%"), 0) / (100 if text.endswith("%") else 5000)
        if share > 0:
            return [width * share * available / sum(smallest) for width in smallest]
    return smallest


def _merge_down(rows: list[_Row]) -> None:
    """Count the rows each cell covers; a continuation with nothing above it stands alone."""
    open_cells: dict[int, tuple[_Cell, int]] = {}
    for row in rows:
        following: dict[int, tuple[_Cell, int]] = {}
        for cell in row.cells:
            above = open_cells.get(cell.column)
            if cell.continues and above is not None and above[1] == cell.span:
                above[0].rows += 1
                following[cell.column] = above
            elif cell.element is not None:
                cell.continues = False
                following[cell.column] = (cell, cell.span)
        open_cells = following


def _lines(rows: list[_Row], shape: _Shape) -> dict[tuple[int, str, int], Border | None]:
    """The line on every edge of the grid, by row, direction and column.

    What a cell says wins over what the table says; of two cells the wider line wins.
    """
    said: dict[tuple[int, str, int], list[Border | None]] = {}
    inner: dict[tuple[int, str, int], str] = {}
    for at, row in enumerate(rows):
        for cell in row.cells:
            if cell.continues:
                continue
            below, after = at + cell.rows, cell.column + cell.span
            spots = [("top", (at, "h", column)) for column in range(cell.column, after)]
            spots += [("bottom", (below, "h", column)) for column in range(cell.column, after)]
            spots += [("left", (line, "v", cell.column)) for line in range(at, below)]
            spots += [("right", (line, "v", after)) for line in range(at, below)]
            for side, spot in spots:
                if side in cell.edges:
                    said.setdefault(spot, []).append(cell.edges[side])
                outer = {
                    "top": at == 0,
                    "bottom": below == len(rows),
                    "left": cell.column == 0,
                    "right": after == len(shape.columns),
                }
                inner[spot] = side if outer[side] else ("insideH" if side in {"top", "bottom"} else "insideV")
    lines: dict[tuple[int, str, int], Border | None] = {}
    for spot, side in inner.items():
        own = said.get(spot)
        if own:
            lines[spot] = max((rule for rule in own if rule), key=lambda rule: rule.width, default=None)
        else:
            lines[spot] = shape.edges.get(side)
    return lines
