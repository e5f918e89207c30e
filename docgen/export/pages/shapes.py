"""Preset shapes as SVG: lines, boxes, ellipses and a few that stand in contracts and seals."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from docgen.export.reading.drawings import Stroke

_ROUND = 1 / 6  # DrawingML's default radius of a rounded rectangle, as a share of the shorter side
_SAME_AS = {
    "": "rect", "flowChartProcess": "rect", "textBox": "rect", "straightConnector1": "line",
    "flowChartAlternateProcess": "roundRect", "flowChartDecision": "diamond", "flowChartConnector": "ellipse",
    "isosceles": "triangle", "custGeom": "none", "bentConnector2": "bend", "bentConnector3": "elbow",
}  # fmt: skip


def shape_svg(shape: str, width: float, height: float, fill: str, stroke: Stroke | None) -> tuple[str, float] | None:
    """The shape as an `svg` element that reaches beyond its rectangle by the length given with it.

    None for a shape that isn't known; an empty text for one with nothing to see.
    """
    name = _SAME_AS.get(shape, shape)
    if name == "none" or (not fill and stroke is None):
        return "", 0.0
    path = _PATHS.get(name)
    if path is None:
        return None
    drawn = path(width, height)
    margin = 0.0
    look = f'fill="{fill if fill and name not in _OPEN else "none"}"'
    heads = ""
    if stroke is not None:
        margin = stroke.width * 4 if stroke.head or stroke.tail else stroke.width
        look += f' stroke="{stroke.colour}" stroke-width="{stroke.width:.2f}"'
        if stroke.dashes:
            look += f' stroke-dasharray="{" ".join(f"{dash * stroke.width:.2f}" for dash in stroke.dashes)}"'
        if name == "line":
            heads = _heads(width, height, stroke)
    box = f"{-margin:.2f} {-margin:.2f} {width + 2 * margin:.2f} {height + 2 * margin:.2f}"
    body = f'<path d="{drawn}" {look}></path>{heads}'
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box}">{body}</svg>', margin


def _heads(width: float, height: float, stroke: Stroke) -> str:
    """The arrow heads of a straight line, three times as long and wide as the line."""
    size = max(stroke.width, 1.0) * 3
    angle = math.atan2(height, width)
    out = []
    for wanted, x, y, direction in (
        (stroke.head, 0.0, 0.0, angle),
        (stroke.tail, width, height, angle + math.pi),
    ):
        if wanted:
            sides = [
                (x + size * math.cos(direction + spread), y + size * math.sin(direction + spread))
                for spread in (-0.46, 0.46)  # half as wide as long
            ]
            corners = " L".join(f"{px:.2f} {py:.2f}" for px, py in sides)
            out.append(f'<path d="M{x:.2f} {y:.2f} L{corners} Z" fill="{stroke.colour}"></path>')
    return "".join(out)


def _polygon(*corners: tuple[float, float]) -> Callable[[float, float], str]:
    """A closed shape of corners given as shares of width and height."""

    def path(width: float, height: float) -> str:
        return "M" + " L".join(f"{x * width:.2f} {y * height:.2f}" for x, y in corners) + " Z"

    return path


def _line(width: float, height: float) -> str:
    return f"M0 0 L{width:.2f} {height:.2f}"


def _bend(width: float, height: float) -> str:
    return f"M0 0 L{width:.2f} 0 L{width:.2f} {height:.2f}"


def _elbow(width: float, height: float) -> str:
    return f"M0 0 L{width / 2:.2f} 0 L{width / 2:.2f} {height:.2f} L{width:.2f} {height:.2f}"


def _ellipse(width: float, height: float) -> str:
    rx, ry = width / 2, height / 2
    arc = f"A{rx:.2f} {ry:.2f} 0 1 1"
    return f"M0 {ry:.2f} {arc} {width:.2f} {ry:.2f} {arc} 0 {ry:.2f} Z"


def _rounded(share: float) -> Callable[[float, float], str]:
    def path(width: float, height: float) -> str:
        r = min(width, height) * share
        arc = f"A{r:.2f} {r:.2f} 0 0 1"
        return (
            f"M{r:.2f} 0 L{width - r:.2f} 0 {arc} {width:.2f} {r:.2f} L{width:.2f} {height - r:.2f} "
            f"{arc} {width - r:.2f} {height:.2f} L{r:.2f} {height:.2f} {arc} 0 {height - r:.2f} L0 {r:.2f} "
            f"{arc} {r:.2f} 0 Z"
        )

    return path


def _star() -> tuple[tuple[float, float], ...]:
    """The corners of a five-pointed star that touches its rectangle on all sides."""
    points = []
    for corner in range(10):
        radius = 1.0 if corner % 2 == 0 else 0.382
        angle = math.radians(-90 + 36 * corner)
        points.append((radius * math.cos(angle), radius * math.sin(angle)))
    left, right = min(x for x, _ in points), max(x for x, _ in points)
    top, bottom = min(y for _, y in points), max(y for _, y in points)
    return tuple(((x - left) / (right - left), (y - top) / (bottom - top)) for x, y in points)


_OPEN = frozenset(("line", "bend", "elbow"))
_PATHS: dict[str, Callable[[float, float], str]] = {
    "rect": _polygon((0, 0), (1, 0), (1, 1), (0, 1)),
    "line": _line,
    "bend": _bend,
    "elbow": _elbow,
    "ellipse": _ellipse,
    "roundRect": _rounded(_ROUND),
    "flowChartTerminator": _rounded(0.5),
    "triangle": _polygon((0.5, 0), (1, 1), (0, 1)),
    "rtTriangle": _polygon((0, 0), (1, 1), (0, 1)),
    "diamond": _polygon((0.5, 0), (1, 0.5), (0.5, 1), (0, 0.5)),
    "parallelogram": _polygon((0.25, 0), (1, 0), (0.75, 1), (0, 1)),
    "hexagon": _polygon((0.25, 0), (0.75, 0), (1, 0.5), (0.75, 1), (0.25, 1), (0, 0.5)),
    "rightArrow": _polygon((0, 0.25), (0.5, 0.25), (0.5, 0), (1, 0.5), (0.5, 1), (0.5, 0.75), (0, 0.75)),
    "leftArrow": _polygon((1, 0.25), (0.5, 0.25), (0.5, 0), (0, 0.5), (0.5, 1), (0.5, 0.75), (1, 0.75)),
    "downArrow": _polygon((0.25, 0), (0.25, 0.5), (0, 0.5), (0.5, 1), (1, 0.5), (0.75, 0.5), (0.75, 0)),
    "upArrow": _polygon((0.25, 1), (0.25, 0.5), (0, 0.5), (0.5, 0), (1, 0.5), (0.75, 0.5), (0.75, 1)),
    "star5": _polygon(*_star()),
}
