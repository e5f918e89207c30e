"""A `w:tbl` as an HTML table: row heights on the cells, every edge drawn by one of the cells beside it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from docgen.diagnostics import Diagnostic, ExportError, Severity
from docgen.export.pages.paragraphs import Block, Frame
from docgen.export.pages.sheet import points
from docgen.export.reading.properties import W, read
from docgen.export.reading.values import is_dark
from docgen.export.tables.borders import SIDES, Edges, drawn_by, grid_lines
from docgen.export.tables.cells import CellFiller, Filled, has_text
from docgen.export.tables.diagonals import diagonals
from docgen.export.tables.grid import MAX_SPOTS, Cell, Row, TooLargeError, preferred, read_grid
from docgen.export.tables.layout import Table, header_rows, heights, keeps, left_edge
from docgen.export.tables.looks import CellLooks
from docgen.export.tables.styles import table_style
from docgen.export.tables.turned import HORIZONTAL, stacked, stacks, turned
from docgen.export.tables.widths import Extent, Widths, column_widths

if TYPE_CHECKING:
    from lxml.etree import _Element

    from docgen.export.findings import Findings
    from docgen.export.pages.sheet import Sheet
    from docgen.export.reading.styles import Styles
    from docgen.export.tables.styles import TableStyle

_SHIFTS_BEFORE = 15  # before this compatibility mode, a table stands out by its cell margin
_CUT = 1.0  # points that a row may lack before a lost line is reported
# A row that runs over a page end keeps its margins on both pages; Word keeps no two lines together inside a cell.
# Space before a table vanishes at the top of a page: WeasyPrint does so for the box around it only.
_RULES = "[data-table]{margin-break:discard}td{box-decoration-break:clone}td p{orphans:1;widows:1}"
_TURNED = 400.0  # points that a turned line may be long
MAX_DEPTH = 8


class TableSetter:
    """Sets the tables of one document."""

    def __init__(
        self, styles: Styles, sheet: Sheet, findings: Findings, filler: CellFiller, compatibility: int
    ) -> None:
        """`filler` sets the content of cells; `compatibility` is the Word version whose layout rules hold."""
        self._styles, self._sheet, self._findings, self._filler = styles, sheet, findings, filler
        self._compatibility = compatibility
        self._known: dict[str | None, TableStyle] = {}
        self._simplified: set[str] = set()

    def set(self, element: _Element, frame: Frame, depth: int, *, follows: bool = False) -> Block:
        """The table as one block; `follows` says that another table stands right above it."""
        self._sheet.rule(_RULES)
        table = self._read(element, frame, depth)
        for row in table.grid.rows:
            for cell in row.cells:
                self._fill(table, row, cell)
        table.taken = heights(table)
        table.carried = frozenset(
            at
            for at, row in enumerate(table.grid.rows)
            if row.height and all(cell.continues or cell.rows > 1 for cell in row.cells)
        )
        self._report(element, table)
        css, columns = self._table_css(table)
        if follows:  # Word joins the two: the last line of the one is the first of the other
            css += f";margin-top:{points(-table.rules.get(0, 0.0))}"
        rows = table.grid.rows
        head = header_rows(table)
        html = [self._tr(table, at) for at in range(len(rows))]
        inner = (
            columns
            + (f"<thead>{''.join(html[:head])}</thead>" if head else "")
            + f"<tbody>{''.join(html[head:])}</tbody>"
        )
        stays = bool(rows) and keeps(table, rows[-1])
        inner = f'<table class="{self._sheet.name("b", css)}">{inner}</table>'
        around = "break-after:avoid" if stays else ""
        return Block("div", around, inner, sum(table.taken), attributes=' data-table=""', keeps_next=stays, table=True)

    def extent(self, element: _Element, frame: Frame, depth: int) -> Extent:
        """How wide the table has to be inside a cell that fits its content."""
        width = sum(self._read(element, frame, depth).columns)
        return width, width

    def _read(self, element: _Element, frame: Frame, depth: int) -> Table:
        """The table with its cells' looks and its columns' widths, nothing set yet."""
        holder = element.find(f"{W}tblPr")
        name = read(holder).get("tblStyle", self._styles.default_table)
        if name not in self._known:
            self._known[name] = table_style(self._styles, name, self._simplified)
        try:
            grid = read_grid(element)
        except TooLargeError as fault:
            args = {"limit": str(MAX_SPOTS), "what": "table cells"}
            raise ExportError([Diagnostic("X004", Severity.ERROR, self._findings.place(), args)]) from fault
        looks = CellLooks(holder, self._known[name], grid, self._simplified)
        table = Table(grid, looks, frame, depth)
        for row in grid.rows:
            table.look_of.update((cell, looks.look(cell, row)) for cell in row.cells)
        table.tops = {
            at: max((table.look_of[cell].padding["top"] for cell in row.cells), default=0.0)
            for at, row in enumerate(grid.rows)
        }
        if not looks.spacing:
            table.lines = grid_lines(grid.rows, {cell: look.edges for cell, look in table.look_of.items()})
            for (kind, at, _), rule in table.lines.items():
                if kind == "h":
                    table.rules[at] = max(table.rules.get(at, 0.0), rule.width)
        fixed = looks.properties.get("tblLayout.type") == "fixed"
        wanted = preferred(holder, "tblW")
        said = Widths(wanted, fixed, frame.width)
        table.columns = column_widths(grid, said, lambda cell: self._extent(table, cell))
        return table

    def _inside(self, table: Table, cell: Cell, width: float) -> Frame:
        look = table.look_of[cell]
        return replace(table.frame, width=width, paragraph=look.paragraph, run=look.run, in_cell=True)

    def _extent(self, table: Table, cell: Cell) -> Extent:
        look = table.look_of[cell]
        if cell.element is None:
            return 0.0, 0.0
        inside = self._inside(table, cell, table.frame.width)
        narrow, wide = self._filler.extent(cell.element, inside, table.depth + 1)
        padding = look.padding["left"] + look.padding["right"] + table.looks.spacing
        return (wide if "noWrap" in look.properties else narrow) + padding, wide + padding

    def _fill(self, table: Table, row: Row, cell: Cell) -> None:
        if cell.element is None or cell.continues:
            table.filled[cell] = Filled()
            return
        look = table.look_of[cell]
        around = table.above(cell) + table.under(cell)
        filled, blocks = self._filled(table, cell, cell.element, around)
        if filled.empty and "hideMark" in look.properties:
            filled = Filled()
        covered = table.grid.rows[cell.row : cell.below]
        if row.exact and all(other.exact for other in covered):
            # an exact height reaches from the upper edge of the line above to that of the line below
            limit = sum(other.height for other in covered) - table.rules.get(cell.row, 0.0)
            limit -= table.tops[cell.row] + look.padding["bottom"]
            if filled.height > limit + _CUT:
                self._findings.report("X035")
            if filled.height > limit:
                filled = self._filler.cut(filled, blocks, limit)
        table.filled[cell] = replace(filled, height=filled.height + around)

    def _filled(self, table: Table, cell: Cell, element: _Element, around: float) -> tuple[Filled, list[Block]]:
        """The cell's content at its natural height; vertical text in its own way."""
        look, depth = table.look_of[cell], table.depth + 1
        if look.direction in HORIZONTAL:
            return self._filler.fill(element, self._inside(table, cell, table.inner_width(cell)), depth)
        if stacks(element, look.direction):
            copy, table.stands[cell] = stacked(element, look.align)
            return self._filler.fill(copy, self._inside(table, cell, 1.0), depth)
        self._findings.report("X073")
        along = sum(row.height for row in table.grid.rows[cell.row : cell.below]) - around
        if along <= 0:
            along = self._filler.extent(element, self._inside(table, cell, _TURNED), depth)[1]
        along = min(along, _TURNED)
        filled, _ = self._filler.fill(element, self._inside(table, cell, along), depth)
        html = turned(filled.html, along, filled.height, look.direction, self._sheet)
        return replace(filled, html=html, height=along), []

    def _report(self, element: _Element, table: Table) -> None:
        properties = read(element.find(f"{W}tblPr"))
        if any(key.startswith("tblpPr") for key in properties):
            self._findings.report("X072")
        if any(key.startswith("bidiVisual") for key in properties):
            self._findings.report("X030", feature="w:bidiVisual")
        for kind in sorted(self._simplified):
            self._findings.report("X070", feature=kind)
        self._simplified.clear()
        for lost in table.grid.lost:
            if has_text(lost):
                self._findings.report("X071")

    def _table_css(self, table: Table) -> tuple[str, str]:
        spacing = table.looks.spacing
        width = sum(table.columns)
        first = table.lines.get(("v", 0, 0))
        edge = first.width if first else 0.0
        left = left_edge(table, shifts=self._compatibility < _SHIFTS_BEFORE)
        css = f"width:{points(width)};margin-left:{points(left - (0.0 if spacing else edge / 2))}"
        if spacing:
            rules = (f";border-{side}:{rule.css}" for side, rule in table.looks.table_edges().items() if rule)
            css += f";border-collapse:separate;border-spacing:{points(spacing)}{''.join(rules)}"
        columns = "".join(
            f'<col class="{self._sheet.name("w", f"width:{points(column - spacing)}")}"/>' for column in table.columns
        )
        columns += f'<col class="{self._sheet.name("w", "width:0")}"/>' if table.carried else ""
        return css, f"<colgroup>{columns}</colgroup>"

    def _tr(self, table: Table, at: int) -> str:
        row = table.grid.rows[at]
        out = [self._td(table, row, cell) for cell in row.cells if not cell.continues]
        if table.carried:
            height = self._sheet.name("c", f"height:{points(table.taken[at])}" if at in table.carried else "border:0")
            out.append(f'<td class="{height}"></td>')
        css = "break-inside:avoid" if row.whole and table.taken[at] < table.frame.room else ""
        css += ";break-after:avoid" if keeps(table, row) and at + 1 < len(table.grid.rows) else ""
        name = self._sheet.name("t", css.strip(";"))
        return f'<tr class="{name}">{"".join(out)}</tr>' if name else f"<tr>{''.join(out)}</tr>"

    def _td(self, table: Table, row: Row, cell: Cell) -> str:
        look = table.look_of[cell]
        css = []
        around: Edges = look.edges if table.looks.spacing else drawn_by(cell, table.lines)
        for side in SIDES:
            rule = around.get(side)
            half = rule.width / 2 if rule else 0.0
            if rule:
                css.append(f"border-{side}:{rule.css}")
            room = {"top": table.above, "bottom": table.under}.get(side)
            inset = (room(cell) if room else look.padding[side]) - half
            if inset > 0:
                css.append(f"padding-{side}:{points(inset)}")
        if row.height and cell.rows == 1:
            css.append(f"height:{points(row.height)}")
        align = table.stands.get(cell, look.align)
        if align in {"center", "bottom"}:
            css.append(f"vertical-align:{'middle' if align == 'center' else 'bottom'}")
        if look.fill:
            css.append(f"background:{look.fill}" + (";color:#fff" if is_dark(look.fill) else ""))
        spans = (f' colspan="{cell.span}"' if cell.span > 1 else "") + (
            f' rowspan="{cell.rows}"' if cell.rows > 1 else ""
        )
        name = self._sheet.name("c", ";".join(css))
        return f'<td{spans} class="{name}">{self._diagonals(table, cell, align)}{table.filled[cell].html}</td>'

    def _diagonals(self, table: Table, cell: Cell, align: str) -> str:
        height = sum(table.taken[cell.row : cell.below])
        free = max(height - table.filled[cell].height, 0.0) * {"center": 0.5, "bottom": 1.0}.get(align, 0.0)
        look = table.look_of[cell]
        box = (-look.padding["left"], -table.above(cell) - free, sum(table.columns[cell.column : cell.after]), height)
        return diagonals(look.edges, box, self._sheet)
