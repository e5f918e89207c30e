"""Lines from corner to corner of a cell."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from docgen.export.pages.sheet import points

if TYPE_CHECKING:
    from docgen.export.pages.sheet import Sheet
    from docgen.export.tables.borders import Edges


def diagonals(edges: Edges, box: tuple[float, float, float, float], sheet: Sheet) -> str:
    """The HTML of a cell's diagonal lines; `box` is the cell's left, top, width and height seen from its text."""
    left, top, width, height = box
    angle = math.degrees(math.atan2(height, width))
    lines = []
    for name, turn, begin in (("tl2br", angle, top), ("tr2bl", -angle, top + height)):
        rule = edges.get(name)
        if rule is not None:
            css = (
                f"position:absolute;left:{points(left)};top:{points(begin)};width:{points(math.hypot(width, height))};"
                f"border-top:{rule.css};transform:rotate({turn:.3f}deg);transform-origin:0 0"
            )
            lines.append(f'<div class="{sheet.name("d", css)}"></div>')
    if not lines:
        return ""
    return f'<div class="{sheet.name("d", "position:relative;height:0")}">{"".join(lines)}</div>'
