"""A drawing of a run as plain facts: its size, where it stands, and the pictures, shapes and texts it holds."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element

# Word takes no length beyond 22 inches; a size beyond that is a lie or a slip.
MAX_LENGTH = 1584.0
MAX_ITEMS = 500


@dataclass(frozen=True, slots=True)
class Spot:
    """A rectangle in points from the drawing's top left corner, turned by `turn` degrees clockwise, maybe mirrored."""

    x: float
    y: float
    width: float
    height: float
    turn: float = 0.0
    flip_h: bool = False
    flip_v: bool = False

    def turned_about(self, x: float, y: float, degrees: float) -> Spot:
        """The rectangle after a turn of its surroundings about a point."""
        if not degrees:
            return self
        angle = math.radians(degrees)
        dx, dy = self.x + self.width / 2 - x, self.y + self.height / 2 - y
        middle_x = x + dx * math.cos(angle) - dy * math.sin(angle)
        middle_y = y + dx * math.sin(angle) + dy * math.cos(angle)
        return replace(
            self, x=middle_x - self.width / 2, y=middle_y - self.height / 2, turn=(self.turn + degrees) % 360
        )


@dataclass(frozen=True, slots=True)
class Stroke:
    """A line: width in points, CSS colour, and the dashes in widths of the line, empty for a solid one."""

    width: float
    colour: str = "#000"
    dashes: tuple[float, ...] = ()
    head: bool = False
    tail: bool = False


@dataclass(frozen=True, slots=True)
class TextFrame:
    """Text in a box: the element that holds its paragraphs, the insets left, top, right, bottom, where it stands."""

    content: _Element
    insets: tuple[float, float, float, float] = (7.2, 3.6, 7.2, 3.6)
    anchor: str = "top"
    grows: bool = False
    turn: float = 0.0


@dataclass(frozen=True, slots=True)
class Item:
    """One thing of a drawing: a picture (by relationship), a shape, a text, or several of them in one rectangle."""

    spot: Spot
    picture: str = ""
    crop: tuple[float, float, float, float] = (0.0, 0.0, 0.0, 0.0)  # shares cut off left, top, right, bottom
    opacity: float = 1.0
    shape: str = ""
    fill: str = ""
    stroke: Stroke | None = None
    text: TextFrame | None = None
    words: str = ""  # the text of a WordArt
    words_font: str = ""
    words_colour: str = "#000"


@dataclass(frozen=True, slots=True)
class Anchor:
    """Where a floating drawing stands and what text does about it; lengths in points.

    `h_align` and `v_align` win over the offsets; `gaps` are the distances text keeps: left, top, right, bottom.
    """

    h_from: str = "column"
    h_align: str = ""
    h_offset: float = 0.0
    v_from: str = "paragraph"
    v_align: str = ""
    v_offset: float = 0.0
    wrap: str = "none"
    behind: bool = False
    order: int = 0
    gaps: tuple[float, float, float, float] = (0.0, 0.0, 0.0, 0.0)
    in_cell: bool = True


@dataclass(frozen=True, slots=True)
class Drawing:
    """One drawing; without an anchor it stands in the line like a character.

    `undrawn` names what it holds that can't be drawn, `lost` what of it holds text, `effects` what is drawn plainer.
    """

    width: float
    height: float
    items: tuple[Item, ...] = ()
    alt: str = ""
    anchor: Anchor | None = None
    undrawn: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()
    effects: tuple[str, ...] = ()


def length(value: float) -> float:
    """A length that Word could have written; an absurd one becomes 0."""
    return value if abs(value) <= MAX_LENGTH else 0.0
