"""Where a floating drawing stands: from Word's reference edges to CSS positions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from docgen.export.pages.sheet import points

if TYPE_CHECKING:
    from docgen.export.pages.paragraphs import Frame
    from docgen.export.reading.drawings import Anchor

_TO_TEXT = frozenset(("column", "character"))
_LATE = frozenset(("right", "outside", "bottom"))


@dataclass(frozen=True, slots=True)
class Area:
    """A page in points, and the point of it that CSS measures absolute positions from.

    In the body that is the corner of the text area; in a header its first line's; in a footer, whose height isn't known
    beforehand, its last line's lower edge (`upwards`).
    `shift` is a CSS length to be added to what is measured downwards.
    """

    width: float
    height: float
    left: float
    right: float
    top: float
    bottom: float
    origin_x: float
    origin_y: float
    upwards: bool = False
    shift: str = ""


@dataclass(frozen=True, slots=True)
class Here:
    """Where the paragraph of an anchor stands: the width of its column or cell and the indent of its left edge.

    `before` is the space before the paragraph, `down` the distance from its first line to the one of the anchor.
    """

    width: float
    indent: float
    before: float = 0.0
    down: float = 0.0
    in_cell: bool = False


def place(anchor: Anchor, size: tuple[float, float], area: Area, here: Here) -> str:
    """The CSS of a box of this size that is the first thing in its paragraph.

    What is measured from the text keeps its static position and is moved by a margin, as nobody knows before pages are
    made where a paragraph comes to stand; what is measured from the page stands at a fixed place of its page.
    """
    width, height = size
    css = [f"position:absolute;display:inline;width:{points(width)};height:{points(height)}"]
    cell = here.in_cell and anchor.in_cell
    if anchor.h_from in _TO_TEXT or cell:
        x = _aligned(anchor.h_align, anchor.h_offset, 0.0, here.width, width)
        css.append(f"margin-left:{points(x - here.indent)}")
    else:
        begin, end = _across(anchor.h_from, area)
        x = _aligned(anchor.h_align, anchor.h_offset, begin, end, width)
        css.append(f"left:{points(x - area.origin_x)}")
    if anchor.v_from in {"paragraph", "line"} or cell:
        # a paragraph begins with the space before it, as measured on LibreOffice
        moved = (0.0 if anchor.v_align else anchor.v_offset) + (here.down if anchor.v_from == "line" else -here.before)
        css.append(f"margin-top:{points(moved)}")
    else:
        begin, end = _down(anchor.v_from, area)
        y = _aligned(anchor.v_align, anchor.v_offset, begin, end, height)
        if area.upwards:
            css.append(f"bottom:{points(area.origin_y - y - height)}")
        else:
            css.append(f"top:{points(y - area.origin_y)}" + (f";margin-top:{area.shift}" if area.shift else ""))
    css.append(f"z-index:{anchor.order - 2**31 if anchor.behind else anchor.order + 1}")
    return ";".join(css)


def spot(anchor: Anchor, size: tuple[float, float], area: Area) -> tuple[float, float]:
    """Where a drawing that is measured from the page stands on it."""
    x = _aligned(anchor.h_align, anchor.h_offset, *_across(anchor.h_from, area), size[0])
    return x, _aligned(anchor.v_align, anchor.v_offset, *_down(anchor.v_from, area), size[1])


def across(anchor: Anchor, width: float, area: Area | None, frame: Frame) -> float:
    """Where a drawing begins, from the left edge of its column or cell."""
    if anchor.h_from in _TO_TEXT or area is None or (frame.in_cell and anchor.in_cell):
        return _aligned(anchor.h_align, anchor.h_offset, 0.0, frame.width, width)
    return _aligned(anchor.h_align, anchor.h_offset, *_across(anchor.h_from, area), width) - area.left


def _aligned(align: str, offset: float, begin: float, end: float, size: float) -> float:
    if not align:
        return begin + offset
    if align == "center":
        return (begin + end - size) / 2
    return end - size if align in _LATE else begin


def _across(edge: str, area: Area) -> tuple[float, float]:
    """Left and right edge of what horizontal positions are measured from."""
    spans = {
        "page": (0.0, area.width),
        "leftMargin": (0.0, area.left),
        "insideMargin": (0.0, area.left),
        "rightMargin": (area.width - area.right, area.width),
        "outsideMargin": (area.width - area.right, area.width),
    }
    return spans.get(edge, (area.left, area.width - area.right))


def _down(edge: str, area: Area) -> tuple[float, float]:
    """Upper and lower edge of what vertical positions are measured from."""
    spans = {
        "page": (0.0, area.height),
        "topMargin": (0.0, area.top),
        "insideMargin": (0.0, area.top),
        "bottomMargin": (area.height - area.bottom, area.height),
        "outsideMargin": (area.height - area.bottom, area.height),
    }
    return spans.get(edge, (area.top, area.height - area.bottom))
