"""The places of the laid-out pages where somebody signs or seals, and the room that is kept for it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from docgen.export.lines.writer import SIGNING_CLASS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_POINTS = 0.75  # WeasyPrint lays out in CSS pixels
_SEAL = re.compile(r"章|印鉴")
# Room for a seal of up to 30 mm, under its label; room for a signature, after its label: width and height in points.
_SEAL_ROOM, _SIGNATURE_ROOM = (85.0, 85.0), (100.0, 34.0)
_SEAL_INSET = 24.0
_EDGE = 14.0  # a field ends 5 mm before the paper does
_TOUCHES = 1.5


@dataclass(frozen=True, slots=True)
class SigningPlace:
    """One label such as 出质人（公章）, without its colon, and the room beside it, in points from the lower left.

    `page` counts from 0; `seals` tells whether the label asks for a seal.
    """

    page: int
    label: str
    seals: bool
    left: float
    bottom: float
    right: float
    top: float


@dataclass(slots=True)
class _Label:
    """A label's text and box; lengths in points from the upper left."""

    text: str
    left: float
    top: float
    right: float
    bottom: float


def signing_places(pages: Sequence[Any]) -> tuple[SigningPlace, ...]:
    """Every place of WeasyPrint's pages where a label of the style 签署处 stands, in reading order."""
    return tuple(
        _beside(number, label, page.width * _POINTS, page.height * _POINTS)
        for number, page in enumerate(pages)
        for label in _labels(page)
    )


def _labels(page: Any) -> Iterator[_Label]:  # noqa: ANN401 — WeasyPrint has no type information
    """The labels of one page; runs of one label, which differ in their font, are joined."""
    joined: _Label | None = None
    for box in page._page_box.descendants():  # noqa: SLF001 — WeasyPrint 70 shows what it laid out nowhere else
        classes = (box.element.get("class") or "").split() if getattr(box, "element", None) is not None else ()
        text = getattr(box, "text", "")
        if SIGNING_CLASS not in classes or not text.strip():
            continue
        left, top = box.position_x * _POINTS, box.position_y * _POINTS
        right, bottom = left + box.width * _POINTS, top + box.baseline * _POINTS
        if joined is not None and abs(joined.bottom - bottom) < _TOUCHES and abs(joined.right - left) < _TOUCHES:
            joined.text, joined.right, joined.top = joined.text + text, right, min(joined.top, top)
            continue
        if joined is not None:
            yield joined
        joined = _Label(text, left, top, right, bottom)
    if joined is not None:
        yield joined


def _beside(page: int, label: _Label, width: float, height: float) -> SigningPlace:
    """The room beside a label: a seal covers the name under its label, a signature follows the label."""
    text = label.text.strip().rstrip("：:")
    seals = _SEAL.search(text) is not None
    wide, high = _SEAL_ROOM if seals else _SIGNATURE_ROOM
    left = label.left + _SEAL_INSET if seals else label.right
    top = label.bottom if seals else (label.top + label.bottom - high) / 2
    left, top = max(min(left, width - _EDGE - wide), 0.0), max(min(top, height - _EDGE - high), 0.0)
    return SigningPlace(page, text, seals, left, height - top - high, left + wide, height - top)
