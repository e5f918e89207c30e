"""Draft tables and signature blocks → WordprocessingML tables in the house style."""

from __future__ import annotations

import re
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from docgen.authoring import house_style
from docgen.authoring.paragraphs import paragraph, runs

if TYPE_CHECKING:
    from docgen.authoring.blocks import Cell, Row, Signatures, Spans, Table

# A form's label cell: a few words without a tag or a box to tick.
_LABEL_LENGTH = 24
_NOT_LABEL = re.compile(r"[{}□☐☑■√]")
_TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}")
_SEAL = re.compile(r"盖章|公章|专用章|签章|指印|手印|印章")
_SIGN = re.compile(r"签字|签名|签署")
_NO_MARGINS = '<w:tblCellMar><w:left w:w="0" w:type="dxa"/><w:right w:w="170" w:type="dxa"/></w:tblCellMar>'


def table(source: Table, width: int, *, keep_end: bool = False) -> str:
    """A table with borders over the full width; `keep_end` holds its last row on the page of what follows.

    When a loop makes the last row, all its rows are held: nobody knows which one will be the last.
    """
    columns = _shares(source.widths, width)
    body, header = "", source.header
    last = max(index for index, row in enumerate(source.rows) if not row.tag)
    for index, row in enumerate(source.rows):
        if row.tag:
            body += _tag_row(row.tag, columns)
            continue
        restarts = _restarts(source.rows[index + 1 :])
        keep = keep_end and index == last
        body += _row(row, columns, source, restarts, header=header, keep=keep)
        header = False
    return _table(columns, body, f'<w:tblStyle w:val="{house_style.TABLE}"/>')


def signature_block(source: Signatures, width: int, *, keep_end: bool = False) -> str:
    """A table without borders whose rows all stay on one page; `keep_end` holds it together with what follows."""
    columns = _shares((50, 50), width)
    rows = [row for pair in source.pairs for row in pair]
    ends = {[row.line for row in pair if not row.tag][-1] for pair in source.pairs if any(row.cells for row in pair)}
    body = ""
    for row in rows:
        if row.tag:
            body += _tag_row(row.tag, columns)
            continue
        cells = _placed_cells(row, columns)
        keep = keep_end or row is not rows[-1]
        content = "".join(_cell(_signature_paragraphs(cell, keep=keep), cell, size, "") for cell, size in cells)
        height = _signature_height(row) + (house_style.PAIR_GAP if row.line in ends and keep else 0)
        body += f"<w:tr><w:trPr><w:cantSplit/>{_height(height)}</w:trPr>{content}</w:tr>"
    return _table(columns, body, "", _NO_MARGINS)


def _table(columns: list[int], rows: str, style: str, margins: str = "") -> str:
    """A table of fixed layout."""
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in columns)
    return (
        f'<w:tbl><w:tblPr>{style}<w:tblW w:w="{sum(columns)}" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
        f'{margins}<w:tblLook w:val="0000"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>'
    )


def _row(  # noqa: PLR0913 — what a row needs to know of its table
    row: Row, columns: list[int], source: Table, restarts: set[int], *, header: bool, keep: bool
) -> str:
    """One row with its cells."""
    cells, column = "", 0
    placed = _placed_cells(row, columns)
    labels = _labels(row) if source.form else set()
    heading = len(placed) == 1 and bool(labels)
    for cell, size in placed:
        label = column in labels and not header
        style = house_style.TABLE_TEXT
        if header or heading:
            style = house_style.TABLE_HEAD
        elif label:
            style = house_style.TABLE_LABEL
        align = "left" if style != house_style.TABLE_TEXT else source.aligns[column]
        direct = f'<w:jc w:val="{align}"/>' if align != "left" else ""
        merge = '<w:vMerge w:val="restart"/>' if column in restarts else ""
        merge = "<w:vMerge/>" if cell.joins_above else merge
        shade = f'<w:shd w:val="clear" w:color="auto" w:fill="{house_style.LABEL_SHADE}"/>'
        content = "".join(paragraph(style, runs(spans), direct=direct, keep=keep) for spans in cell.paragraphs)
        cells += _cell(content, cell, size, merge + (shade if header or label else "") + '<w:vAlign w:val="center"/>')
        column += cell.span
    height = house_style.FORM_ROW_HEIGHT if source.form else house_style.ROW_HEIGHT
    repeated = "<w:tblHeader/>" if header else ""
    return f"<w:tr><w:trPr><w:cantSplit/>{_height(height)}{repeated}</w:trPr>{cells}</w:tr>"


def _cell(content: str, cell: Cell, width: int, further: str) -> str:
    """One w:tc; `further` is what follows the span in its properties."""
    span = f'<w:gridSpan w:val="{cell.span}"/>' if cell.span > 1 else ""
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{span}{further}</w:tcPr>{content}</w:tc>'


def _tag_row(tag: str, columns: list[int]) -> str:
    """A row of one cell that holds one tag; filling removes the row."""
    span = f'<w:gridSpan w:val="{len(columns)}"/>' if len(columns) > 1 else ""
    content = paragraph(house_style.TAG, f'<w:r><w:t xml:space="preserve">{escape(tag)}</w:t></w:r>')
    return f'<w:tr><w:tc><w:tcPr><w:tcW w:w="{sum(columns)}" w:type="dxa"/>{span}</w:tcPr>{content}</w:tc></w:tr>'


def _signature_paragraphs(cell: Cell, *, keep: bool) -> str:
    """The paragraphs of a signature cell; the block's last row needn't stay with what follows."""
    free = "" if keep else '<w:keepNext w:val="0"/>'
    return "".join(
        paragraph(house_style.SIGNATURE, runs(spans, style=_signing_style(spans)), direct=free)
        for spans in cell.paragraphs
    )


def _signing_style(spans: Spans) -> str:
    """The style that marks where somebody signs or seals: on a label such as 出质人（公章）： and nowhere else."""
    label = _TAG.sub("", "".join(span.text for span in spans)).rstrip()
    marked = label.endswith("：") and (_SEAL.search(label) or _SIGN.search(label))
    return house_style.SIGNING_PLACE if marked else ""


def _signature_height(row: Row) -> int:
    """Room for a seal, a signature or a line of text."""
    text = "".join(span.text for cell in row.cells for spans in cell.paragraphs for span in spans)
    if _SEAL.search(text):
        return house_style.SEAL_ROW_HEIGHT
    return house_style.SIGN_ROW_HEIGHT if _SIGN.search(text) else house_style.SIGNING_ROW_HEIGHT


def _height(height: int) -> str:
    """A least row height."""
    return f'<w:trHeight w:val="{height}" w:hRule="atLeast"/>'


def _labels(row: Row) -> set[int]:
    """The grid columns of a form's label cells.

    A label names what stands in a cell to its right, so the last cell is none, unless it stands alone or the row
    holds three labels or more and nothing else: the headings of a list.
    """
    starts = list(accumulate((cell.span for cell in row.cells), initial=0))
    found = [start for start, cell in zip(starts, row.cells, strict=False) if _may_be_label(cell)]
    alone = len(row.cells) == 1
    headings = len(found) == len(row.cells) > 2  # noqa: PLR2004 — 币种 | 人民币 is a label and its value
    if found and row.cells[-1].span + found[-1] == starts[-1] and not (alone or headings):
        found.pop()
    return set(found)


def _may_be_label(cell: Cell) -> bool:
    """Whether a form's cell is a few words without a tag or a box to tick."""
    text = "".join(span.text for spans in cell.paragraphs for span in spans)
    return 0 < len(text) <= _LABEL_LENGTH and not _NOT_LABEL.search(text)


def _restarts(below: tuple[Row, ...]) -> set[int]:
    """The grid columns in which the next row's cells join this one."""
    following = next((row for row in below if not row.tag), None)
    columns, column = set(), 0
    for cell in following.cells if following else ():
        if cell.joins_above:
            columns.add(column)
        column += cell.span
    return columns


def _placed_cells(row: Row, columns: list[int]) -> list[tuple[Cell, int]]:
    """Each cell with its width."""
    ends = list(accumulate(cell.span for cell in row.cells))
    return [(cell, sum(columns[end - cell.span : end])) for cell, end in zip(row.cells, ends, strict=True)]


def _shares(percents: tuple[int, ...], width: int) -> list[int]:
    """Column widths that add up to the width exactly."""
    edges = [0, *(width * upto // 100 for upto in accumulate(percents))]
    return [right - left for left, right in pairwise(edges)]
