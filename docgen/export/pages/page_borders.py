"""The borders of a page: ruled lines around its text or along the edges of its paper."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from docgen.export.pages.sheet import points
from docgen.export.reading.format import Border, border
from docgen.export.reading.properties import W, local

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lxml.etree import _Element

SIDES = ("top", "left", "bottom", "right")
_PLAIN = frozenset(("single", "thick", "double", "none", "nil"))


@dataclass(frozen=True, slots=True)
class PageBorders:
    """The lines by side; `by_page` measures their distance from the paper's edge, else it is from the text.

    `shown` is `allPages`, `firstPage` or `notFirstPage`; `plain` tells whether all of them are drawn as in Word.
    """

    sides: Mapping[str, Border]
    by_page: bool
    shown: str
    plain: bool


def read_page_borders(element: _Element | None) -> PageBorders | None:
    """The borders of a `w:pgBorders`, None when it draws none."""
    sides: dict[str, Border] = {}
    plain = True
    for child in element if element is not None else ():
        attributes = {f"x.{str(key).rpartition('}')[2]}": str(value) for key, value in child.attrib.items()}
        found = border(attributes, "x")
        if found is not None and local(child) in SIDES:
            sides[local(child)] = found
            plain = plain and attributes.get("x.val") in _PLAIN
    if not sides or element is None:
        return None
    by_page = element.get(f"{W}offsetFrom", "text") == "page"
    return PageBorders(sides, by_page, element.get(f"{W}display", "allPages"), plain)


def border_layers(
    borders: PageBorders,
    paper: tuple[float, float],
    text: tuple[float, float, float, float],
    origin: tuple[float, float],
) -> str:
    """The value of a page's CSS `background` that draws the borders.

    `paper` is the page's width and height; `text` the left, top, right and bottom edge of what the borders surround;
    `origin` where CSS measures from, the corner between the left and top margin. Lengths in points.
    """
    left, top, right, bottom = _edges(borders, paper, text)
    layers = []
    for side, line in borders.sides.items():
        thirds = 3 if line.style == "double" else 1
        width = line.width / thirds
        for stroke in (0, 2) if thirds > 1 else (0,):
            inset = stroke * width
            if side in {"top", "bottom"}:
                y = top + inset if side == "top" else bottom - inset - width
                box = (left, y, right - left, width)
            else:
                x = left + inset if side == "left" else right - inset - width
                box = (x, top, width, bottom - top)
            place = f"{points(box[0] - origin[0])} {points(box[1] - origin[1])}/{points(box[2])} {points(box[3])}"
            layers.append(f"linear-gradient({line.colour}) {place} no-repeat")
    return ",".join(layers)


def _edges(
    borders: PageBorders, paper: tuple[float, float], text: tuple[float, float, float, float]
) -> tuple[float, float, float, float]:
    """The outer edges of the lines; a side without a line ends where its paper or text does."""
    wanted = {side: (line.space, line.width) for side, line in borders.sides.items()}
    space, width = {}, {}
    for side in SIDES:
        space[side], width[side] = wanted.get(side, (0.0, 0.0))
    if borders.by_page:
        return space["left"], space["top"], paper[0] - space["right"], paper[1] - space["bottom"]
    return (
        text[0] - space["left"] - width["left"], text[1] - space["top"] - width["top"],
        text[2] + space["right"] + width["right"], text[3] + space["bottom"] + width["bottom"],
    )  # fmt: skip
