"""How wide a table's columns are: as written, as its cells ask for, or as their content needs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from docgen.export.tables.grid import Cell, Preferred, TableGrid

Extent: TypeAlias = "tuple[float, float]"  # of a cell: its longest unbreakable piece and its longest line, in points
_LEAST = 1.0
_AGREES = 0.02
_ROOMY = 1.1


@dataclass(frozen=True, slots=True)
class Widths:
    """What the table says about widths: its own, whether columns stay as written, the room there is."""

    table: Preferred
    fixed: bool
    available: float


def column_widths(grid: TableGrid, said: Widths, extent: Callable[[Cell], Extent]) -> list[float]:
    """The columns' widths in points.

    A fixed layout takes what the cells ask for, else the grid (ECMA-376 part 1, 17.18.87). An automatic one never
    makes a column narrower than its longest word; where nothing is asked for, it goes by the content. The grid is
    what Word itself last came to: it stands wherever it doesn't contradict the cells.
    """
    if not grid.columns:
        return []
    whole = said.table.of(said.available)
    written = [max(width, 0.0) for width in grid.columns]
    asked = any(cell.width.points or cell.width.share for cell in _cells(grid))
    known = sum(written) > 0
    if known and _agree(grid, written, whole or sum(written)):
        widths = [max(width, _LEAST) for width in written]
    elif asked or (known and said.fixed):
        widths = _asked(grid, whole or said.available, written)
    else:
        widths = [(whole or said.available) / len(written)] * len(written)
    if not said.fixed:
        narrow, wide = _extents(grid, extent)
        if not asked and not whole and not (known and _plausible(widths, narrow, wide)):
            return _by_content(narrow, wide, said.available)
        widths = _scaled(widths, whole)
        return _widened(widths, narrow, whole or max(said.available, sum(widths)))
    return _scaled(widths, whole)


def _cells(grid: TableGrid) -> list[Cell]:
    return [cell for row in grid.rows for cell in row.cells if cell.element is not None]


def _agree(grid: TableGrid, written: Sequence[float], whole: float) -> bool:
    """Whether each cell asks for the width that its columns have on the grid, or for none."""
    for cell in _cells(grid):
        here = sum(written[cell.column : cell.after])
        wanted = cell.width.of(whole)
        if wanted and abs(here - wanted) > max(_LEAST, _AGREES * wanted):
            return False
    return True


def _asked(grid: TableGrid, whole: float, written: Sequence[float]) -> list[float]:
    """Each column as wide as the widest cell asks for; what a cell over several lacks goes to columns nobody set."""
    widths = [0.0] * len(written)
    cells = sorted(_cells(grid), key=lambda cell: cell.span)
    for cell in cells:
        wanted = cell.width.of(whole)
        columns = range(cell.column, cell.after)
        lacks = wanted - sum(widths[column] for column in columns)
        if lacks <= 0:
            continue
        free = [column for column in columns if not widths[column]] or [columns[-1]]
        shares = [written[column] for column in free]
        total = sum(shares)
        for column, share in zip(free, shares, strict=True):
            widths[column] += lacks * (share / total if total else 1 / len(free))
    return [width or max(given, _LEAST) for width, given in zip(widths, written, strict=True)]


def _extents(grid: TableGrid, extent: Callable[[Cell], Extent]) -> tuple[list[float], list[float]]:
    """The least and the best width of each column by its content; cells over several columns only widen them."""
    narrow, wide = [0.0] * len(grid.columns), [0.0] * len(grid.columns)
    measured = [(cell, extent(cell)) for cell in _cells(grid) if not cell.continues]
    for cell, found in sorted(measured, key=lambda item: item[0].span):
        for sizes, needed in zip((narrow, wide), found, strict=True):
            held = sizes[cell.column : cell.after]
            lacks = needed - sum(held)
            if lacks > 0:
                total = sum(held)
                for at, size in enumerate(held, cell.column):
                    sizes[at] += lacks * (size / total if total else 1 / cell.span)
    return narrow, [max(pair) for pair in zip(narrow, wide, strict=True)]


def _plausible(widths: Sequence[float], narrow: Sequence[float], wide: Sequence[float]) -> bool:
    """Whether the widths could be what fitting the content gave."""
    return all(
        least - _LEAST <= width <= best * _ROOMY + _LEAST
        for width, least, best in zip(widths, narrow, wide, strict=True)
    )


def _by_content(narrow: Sequence[float], wide: Sequence[float], available: float) -> list[float]:
    """As wide as the longest lines; where they don't fit, columns that take less than their even share keep theirs."""
    if sum(wide) <= available:
        return [max(width, _LEAST) for width in wide]
    widths, rest = [0.0] * len(wide), available
    open_ones = sorted(range(len(wide)), key=wide.__getitem__)
    while open_ones and wide[open_ones[0]] <= rest / len(open_ones):
        first = open_ones.pop(0)
        widths[first] = wide[first]
        rest -= wide[first]
    total = sum(wide[column] for column in open_ones)
    for column in open_ones:
        widths[column] = max(rest * wide[column] / total, _LEAST)
    return _widened(widths, narrow, available)


def _widened(widths: Sequence[float], narrow: Sequence[float], limit: float) -> list[float]:
    """No column narrower than its longest word; the others give way as far as they can."""
    found = [max(width, least) for width, least in zip(widths, narrow, strict=True)]
    excess = sum(found) - limit
    spare = [width - least for width, least in zip(found, narrow, strict=True)]
    if excess <= 0 or sum(spare) <= 0 or list(widths) == found:
        return found
    share = min(excess / sum(spare), 1.0)
    return [width - free * share for width, free in zip(found, spare, strict=True)]


def _scaled(widths: list[float], whole: float) -> list[float]:
    total = sum(widths)
    return [width * whole / total for width in widths] if whole and total else widths
