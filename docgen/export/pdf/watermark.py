"""The mark on drafts: a large grey 草稿 from corner to corner, beneath the text.

**Why** drawn in strokes: as text of a font it would be copied and found with the text of the paper.
"""

from __future__ import annotations

import math
from typing import Any, Final

# The strokes of both characters in a square of 100 units, y upwards, drawn with a pen 7 units wide.
_FIRST: Final = (
    ((8, 84), (92, 84)), ((32, 96), (32, 73)), ((68, 96), (68, 73)),
    ((27, 64), (73, 64), (73, 36), (27, 36), (27, 64)), ((27, 50), (73, 50)),
    ((6, 21), (94, 21)), ((50, 36), (50, 1)),
)  # fmt: skip
_SECOND: Final = (
    ((39, 95), (8, 86)), ((24, 90), (24, 1)), ((3, 67), (44, 67)), ((24, 63), (4, 31)), ((25, 58), (42, 42)),
    ((72, 98), (72, 86)), ((47, 85), (97, 85)), ((58, 75), (86, 75), (86, 60), (58, 60), (58, 75)),
    ((51, 1), (51, 49), (93, 49), (93, 2), (84, 2)), ((63, 36), (81, 36), (81, 17), (63, 17), (63, 36)),
)  # fmt: skip
_PEN: Final = 7
_GAP: Final = 24
_LENGTH: Final = 2 * 100 + _GAP
_GREY: Final = "0.91 0.91 0.91 RG"
_SHARE: Final = 0.52  # of the page's diagonal
_NAME: Final = "draft"


def draw_mark(page: Any, stream: Any) -> None:  # noqa: ANN401 — WeasyPrint has no type information
    """Draw the mark beneath what the page is about to draw; lengths there are in points from the top left corner."""
    import pydyf  # noqa: PLC0415 — comes with WeasyPrint, which is loaded only when a PDF is asked for

    shapes = stream._resources["XObject"]  # noqa: SLF001 — the page has no other way to a shape of its own
    if _NAME not in shapes:
        entries = {
            "Type": "/XObject",
            "Subtype": "/Form",
            "BBox": pydyf.Array((-_PEN, -_PEN, _LENGTH + _PEN, 100 + _PEN)),
        }
        shapes[_NAME] = pydyf.Stream([_strokes()], pydyf.Dictionary(entries), compress=True)
    width, height = page.width * 0.75, page.height * 0.75
    scale = math.hypot(width, height) * _SHARE / _LENGTH
    angle = math.atan2(height, width)
    right, up = scale * math.cos(angle), scale * math.sin(angle)
    middle = (width / 2 - right * _LENGTH / 2 + up * 50, height / 2 + up * _LENGTH / 2 + right * 50)
    with stream.stacked():
        stream.transform(right, -up, -up, -right, *middle)
        stream.draw_x_object(_NAME)


def _strokes() -> bytes:
    """The outline of both characters as PDF operations."""
    paths = [[*stroke] for stroke in _FIRST]
    paths += [[(x + 100 + _GAP, y) for x, y in stroke] for stroke in _SECOND]
    lines = [f"{_GREY} {_PEN} w 0 J 0 j"]
    for path in paths:
        points = [f"{x} {y} {'l' if number else 'm'}" for number, (x, y) in enumerate(path)]
        if path[0] == path[-1]:
            points[-1] = "h"
        lines.append(f"{' '.join(points)} S")
    return "\n".join(lines).encode("ascii")
