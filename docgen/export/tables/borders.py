"""The line on every edge of a table's grid: what each cell says of its sides, and which of two neighbours wins."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, TypeAlias

from docgen.export.reading.format import Border, border
from docgen.export.reading.properties import W, local

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from lxml.etree import _Element

    from docgen.export.tables.grid import Cell, Row

Edges: TypeAlias = "dict[str, Border | None]"  # by side; None = no line, absent = nothing said
Spot: TypeAlias = "tuple[str, int, int]"  # h or v, row, column of the grid
Lines: TypeAlias = "dict[Spot, Border]"

SIDES = ("top", "left", "bottom", "right")
_TURNED = {"start": "left", "end": "right"}
# Kinds of several lines that are drawn as two, and how wide the whole is: times the written width, plus points.
_COMPOUND = {
    "double": (3.0, 0.0), "triple": (5.0, 0.0), "doubleWave": (3.0, 0.0),
    "thinThickSmallGap": (1.0, 1.5), "thickThinSmallGap": (1.0, 1.5), "thinThickThinSmallGap": (1.0, 3.0),
    "thinThickMediumGap": (2.0, 0.0), "thickThinMediumGap": (2.0, 0.0), "thinThickThinMediumGap": (3.0, 0.0),
    "thinThickLargeGap": (1.0, 2.25), "thickThinLargeGap": (1.0, 2.25), "thinThickThinLargeGap": (1.0, 4.5),
}  # fmt: skip
_DRAWN = frozenset(("single", "thick", "double", "dotted", "dashed", "dashSmallGap", "none", "nil"))


def read_edges(holder: _Element | None, name: str, simplified: set[str]) -> Edges:
    """What child `name` of a properties element says of each side; kinds drawn as plainer ones go to `simplified`."""
    element = holder.find(f"{W}{name}") if holder is not None else None
    found: Edges = {}
    for side in element if element is not None else ():
        attributes = {f"x.{str(key).rpartition('}')[2]}": str(value) for key, value in side.attrib.items()}
        kind = attributes.get("x.val", "none")
        rule = border({**attributes, "x.val": "single"}, "x") if kind in _COMPOUND else border(attributes, "x")
        if rule is not None and kind in _COMPOUND:
            times, plus = _COMPOUND[kind]
            rule = replace(rule, style="double", width=rule.width * times + plus)
        if kind not in _DRAWN:
            simplified.add(kind)
        found[_TURNED.get(local(side), local(side))] = rule
    return found


def of_cell(levels: Mapping[str, Border | None], bounds: tuple[bool, bool, bool, bool]) -> Edges:
    """The sides of a cell by the borders of the area it lies in; `bounds` tells at which of `SIDES` the area ends."""
    sides: Edges = {}
    for side, outer in zip(SIDES, bounds, strict=True):
        kind = side if outer else ("insideH" if side in {"top", "bottom"} else "insideV")
        if kind in levels:
            sides[side] = levels[kind]
    return sides


def grid_lines(rows: Sequence[Row], edges: Mapping[Cell, Edges]) -> Lines:
    """The line on each edge of the grid; where two cells meet, the heavier line, and any line over none.

    So ECMA-376 part 1, 17.4.66; of two equally heavy lines the darker one stands.
    """
    lines: Lines = {}
    for row in rows:
        for cell in row.cells:
            if cell.continues:
                continue
            for side, spots in spots_of(cell).items():
                rule = edges[cell].get(side)
                if rule is None:
                    continue
                for spot in spots:
                    other = lines.get(spot)
                    if other is None or _weight(rule) > _weight(other):
                        lines[spot] = rule
    return lines


def spots_of(cell: Cell) -> dict[str, list[Spot]]:
    """The edges of the grid along each side of the cell."""
    columns, rows = range(cell.column, cell.after), range(cell.row, cell.below)
    return {
        "top": [("h", cell.row, column) for column in columns],
        "left": [("v", row, cell.column) for row in rows],
        "bottom": [("h", cell.below, column) for column in columns],
        "right": [("v", row, cell.after) for row in rows],
    }


def drawn_by(cell: Cell, lines: Lines) -> Edges:
    """The lines that the cell itself draws: those that are one along its whole side.

    What changes on the way is left to the cells on the other side.
    """
    drawn: Edges = {}
    for side, spots in spots_of(cell).items():
        found = {lines.get(spot) for spot in spots}
        drawn[side] = found.pop() if len(found) == 1 else None
    return drawn


def _weight(rule: Border) -> tuple[float, int]:
    code = rule.colour.lstrip("#")
    code = "".join(digit * 2 for digit in code) if len(code) == 3 else code  # noqa: PLR2004 — #rgb
    brightness = sum(int(code[at : at + 2], 16) for at in (0, 2, 4))
    return (rule.width, -brightness)
