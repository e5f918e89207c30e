"""Tables of the comparison's documents."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docx.oxml import parse_xml
from docx.oxml.ns import qn

from tests.fidelity.documents.word import Node, W, element, run

if TYPE_CHECKING:
    from collections.abc import Sequence

_OUTER = ("top", "left", "bottom", "right")


def shade(cell: Node, fill: str) -> None:
    """Give a cell a background."""
    properties = cell._tc.get_or_add_tcPr()
    shading = element("w:shd", w_val="clear", w_color="auto", w_fill=fill)
    alignment = properties.find(qn("w:vAlign"))
    if alignment is not None:
        alignment.addprevious(shading)
    else:
        properties.append(shading)


def cell_text(
    cell: Node,
    text: str,
    size: float = 10.5,
    font: str = "宋体",
    jc: str = "left",
    *,
    bold: bool = False,
    align: str = "center",
) -> None:
    """Fill a cell; a line break begins a new paragraph."""
    where = cell.paragraphs[0]
    for number, line in enumerate(text.split("\n")):
        if number:
            where = cell.add_paragraph()
        where._p.get_or_add_pPr().append(element("w:jc", w_val=jc))
        run(where, line, size, font, bold=bold)
    cell._tc.get_or_add_tcPr().append(element("w:vAlign", w_val=align))


def table(document: Node, rows: int, widths: Sequence[int], jc: str = "center", *, fixed: bool = True) -> Node:
    """A table with all its rules; widths in twips."""
    made = document.add_table(rows=rows, cols=len(widths))
    properties = made._tbl.tblPr
    for child in list(properties):
        properties.remove(child)
    properties.append(element("w:tblW", w_w=sum(widths), w_type="dxa"))
    properties.append(element("w:jc", w_val=jc))
    rules = "".join(
        f'<w:{side} w:val="single" w:sz="{8 if side in _OUTER else 4}" w:space="0" w:color="000000"/>'
        for side in (*_OUTER, "insideH", "insideV")
    )
    properties.append(parse_xml(f"<w:tblBorders {W}>{rules}</w:tblBorders>"))
    if fixed:
        properties.append(element("w:tblLayout", w_type="fixed"))
    margins = "".join(f'<w:{side} w:w="108" w:type="dxa"/>' for side in ("left", "right"))
    properties.append(parse_xml(f"<w:tblCellMar {W}>{margins}</w:tblCellMar>"))
    for column, width in zip(made._tbl.tblGrid.findall(qn("w:gridCol")), widths, strict=True):
        column.set(qn("w:w"), str(width))
    for row in made.rows:
        for cell, width in zip(row.cells, widths, strict=True):
            _set_width(cell, width)
    return made


def _set_width(cell: Node, width: int) -> None:
    found = cell._tc.get_or_add_tcPr().find(qn("w:tcW"))
    if found is None:
        found = element("w:tcW")
        cell._tc.tcPr.insert(0, found)
    found.set(qn("w:w"), str(width))
    found.set(qn("w:type"), "dxa")


def row_height(row: Node, height: int, rule: str = "atLeast", *, header: bool = False) -> None:
    """Give a row a height in twips; it doesn't split, and is repeated on each page when it is a header."""
    properties = row._tr.get_or_add_trPr()
    properties.append(element("w:cantSplit"))
    properties.append(element("w:trHeight", w_val=height, w_hRule=rule))
    if header:
        properties.append(element("w:tblHeader"))
