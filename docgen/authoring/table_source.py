"""Table rows of a draft (`| a | b |`) → `Table`: widths, alignment, merged cells, tag rows."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from docgen.authoring.blocks import Cell, Row, Table
from docgen.authoring.inline import ROW_TAG, spans, split_outside_tags, tag_of

if TYPE_CHECKING:
    from docgen.authoring.findings import Findings

OPTIONS = re.compile(r"\{:\s*(.*?)\s*\}")
_ALIGNS = ("left", "center", "right")
_BREAK = "<br>"
_WHOLE = 100  # percent


@dataclass(frozen=True, slots=True)
class TableOptions:
    """What `{: … }` before a table asks for."""

    widths: tuple[int, ...] = ()
    aligns: tuple[str, ...] = ()
    header: bool = True
    form: bool = False
    line: int = 0


def read_options(text: str, line: int, findings: Findings) -> TableOptions:
    """The options of a `{: … }` line."""
    found: dict[str, str] = {}
    for word in text.split():
        name, _, value = word.partition("=")
        if name not in ("widths", "align", "noheader", "form") or (name in ("widths", "align")) != bool(value):
            findings.add("T316", line, problem=word)
        found[name] = value
    widths = found.get("widths", "")
    percents = [int(part) for part in widths.split(",") if part.isascii() and part.isdigit()]
    if widths and (len(percents) != widths.count(",") + 1 or sum(percents) != _WHOLE or 0 in percents):
        findings.add("T316", line, problem=f"widths={widths}")
        percents = []
    aligns = [part for part in found.get("align", "").split(",") if part]
    if unknown := [part for part in aligns if part not in _ALIGNS]:
        findings.add("T316", line, problem=f"align={','.join(unknown)}")
        aligns = []
    return TableOptions(tuple(percents), tuple(aligns), "noheader" not in found, "form" in found, line)


def read_table(lines: list[tuple[int, str]], options: TableOptions, findings: Findings) -> Table:
    """The table of consecutive lines that begin with `|`."""
    sources = [(number, _cell_texts(text)) for number, text in lines]
    columns = next((len(texts) for _, texts in sources if not _row_tag(texts)), 1)
    rows: list[Row] = []
    above: Row | None = None
    for number, texts in sources:
        if tag := _row_tag(texts):
            rows.append(Row((), number, tag))
            continue
        if len(texts) != columns:
            findings.add("T314", number, count=str(len(texts)), expected=str(columns))
            continue
        above = _row(texts, number, above, findings)
        rows.append(above)
    if above is None:
        findings.add("T326", lines[0][0])
    for name, given in (("widths", options.widths), ("align", options.aligns)):
        if given and len(given) != columns:
            findings.add("T316", options.line, problem=f"{name}: {len(given)} ≠ {columns}")
    return Table(
        rows=tuple(rows),
        widths=options.widths or _equal_widths(columns),
        aligns=options.aligns or ("left",) * columns,
        header=options.header,
        form=options.form,
        line=lines[0][0],
    )


def _cell_texts(text: str) -> list[str]:
    """The texts between the pipes of a row."""
    text = text.strip().removeprefix("|")
    parts = split_outside_tags(text, "|")
    if not parts[-1].strip():
        parts.pop()
    return [part.strip() for part in parts]


def _row_tag(texts: list[str]) -> str:
    """The `{%tr … %}` of a row that holds nothing else."""
    filled = [text for text in texts if text]
    return tag_of(filled[0], ROW_TAG) if len(filled) == 1 else ""


def _row(texts: list[str], line: int, above: Row | None, findings: Findings) -> Row:
    """The cells of a row, with `<<` and `^^` resolved against the row above."""
    cells: list[Cell] = []
    for text in texts:
        if text == "<<":
            if not cells:
                findings.add("T315", line, mark="<<")
                continue
            left = cells.pop()
            cells.append(Cell(left.paragraphs, left.span + 1, left.joins_above))
        elif text == "^^":
            cells.append(Cell(((),), joins_above=True))
        else:
            paragraphs = split_outside_tags(text, _BREAK)
            cells.append(Cell(tuple(spans(part.strip(), line, findings) for part in paragraphs)))
            _report_tag_beside_text(paragraphs, line, findings)
    edges = _edges(above) if above else set()
    if any(cell_edges not in edges for cell, cell_edges in _placed(cells) if cell.joins_above):
        findings.add("T315", line, mark="^^")
    return Row(tuple(cells), line)


def _report_tag_beside_text(paragraphs: list[str], line: int, findings: Findings) -> None:
    """A `{%tr … %}` needs its row, a `{%p … %}` its paragraph for itself."""
    for part in paragraphs:
        if "{%tr" in part or "{#tr" in part:
            findings.add("T309", line, tag=part[:30])
        elif ("{%p " in part or "{#p " in part) and (len(paragraphs) == 1 or part.strip()[:3] not in ("{%p", "{#p")):
            findings.add("T308", line, tag=part[:30])


def _placed(cells: list[Cell]) -> list[tuple[Cell, tuple[int, int]]]:
    """Each cell with its first grid column and the one after its last."""
    placed, column = [], 0
    for cell in cells:
        placed.append((cell, (column, column + cell.span)))
        column += cell.span
    return placed


def _edges(row: Row) -> set[tuple[int, int]]:
    """The grid columns each cell of a row covers."""
    return {edges for _, edges in _placed(list(row.cells))}


def _equal_widths(columns: int) -> tuple[int, ...]:
    """Percents that add up to 100."""
    share = _WHOLE // columns
    return (*(share for _ in range(columns - 1)), _WHOLE - share * (columns - 1))
