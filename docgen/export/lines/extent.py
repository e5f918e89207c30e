"""How wide a paragraph is at least and at best, for columns that fit their content."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docgen.export.lines.atoms import Atom, Kind
from docgen.export.lines.breaking import Measure, gap
from docgen.export.lines.ends import DEFAULT_ENDS, may_end

if TYPE_CHECKING:
    from collections.abc import Sequence

_TAB = 21.0
_MEASURE = Measure(0.0)


def extent(atoms: Sequence[Atom]) -> tuple[float, float]:
    """The widths in points of the longest piece that no line may break, and of the longest line."""
    narrow = wide = piece = line = 0.0
    before: Atom | None = None
    for atom in atoms:
        if atom.kind is Kind.BREAK:
            piece = line = 0.0
            before = None
            continue
        step = _TAB if atom.kind is Kind.TAB else atom.width
        if before is not None:
            between = gap(before, atom, _MEASURE)
            line += between
            piece = 0.0 if may_end(before, atom, DEFAULT_ENDS, latin=False) else piece + between
        line += step
        if atom.kind is Kind.SPACE:
            piece = 0.0
        else:
            piece += step
            narrow, wide = max(narrow, piece), max(wide, line)
        before = atom
    return narrow, wide
