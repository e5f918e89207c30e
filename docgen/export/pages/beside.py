"""Text beside and below floating drawings: which part of each line is free.

A drawing keeps text off a rectangle (`Zone`). Lines are moved below it, or made narrower where an inch or more is free
beside it, as in Word. How far a zone reaches is counted from the paragraph of its anchor, down through the paragraphs
after it; a page end in between isn't known here.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from docgen.export.reading.format import LineBox

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from docgen.export.lines.breaking import Line, Measure

_NARROWEST = 72.0  # Word sets no text into less than an inch
_SAME = 0.01


@dataclass(frozen=True, slots=True)
class Zone:
    """A rectangle in points that text keeps off; `whole` for a drawing that stands alone in its lines."""

    top: float
    bottom: float
    left: float
    right: float
    whole: bool


@dataclass(slots=True)
class Beside:
    """The zones that reach into the paragraph being set; `y` is where its next line begins, in the zones' measure."""

    zones: list[Zone]
    y: float = 0.0
    after: float = 0.0
    _gaps: list[float] = field(default_factory=list)
    _room: list[tuple[float, float]] = field(default_factory=list)

    def begin(self, before: float) -> None:
        """A paragraph begins below the last one."""
        self.y += max(self.after, before)
        self._gaps, self._room = [], []

    def measure(self, lines: Sequence[Line], begin: int, whole: Measure, box: Callable[[int, int], LineBox]) -> Measure:
        """What the next line has to fit into; `box` gives the height of the line between two atoms."""
        if lines:
            self.y += box(lines[-1].begin, lines[-1].end).height
        height = box(begin, begin + 1).height
        gap = 0.0
        free = (whole.left, whole.width - whole.right)
        while True:
            met = [z for z in self.zones if z.top < self.y + gap + height - _SAME and z.bottom > self.y + gap + _SAME]
            free = _widest(met, whole.left, whole.width - whole.right)
            if not met or (not any(zone.whole for zone in met) and free[1] - free[0] >= _NARROWEST):
                break
            gap = min(zone.bottom for zone in met) - self.y
        self.y += gap
        self._gaps.append(gap)
        self._room.append((free[0] - whole.left, whole.width - whole.right - free[1]))
        return replace(whole, left=free[0], right=whole.width - free[1])

    def finish(self, lines: Sequence[Line], boxes: Sequence[LineBox], after: float) -> list[LineBox]:
        """The lines' boxes with the room above them; the lines learn how far they are moved in."""
        for line, room in zip(lines, self._room, strict=False):
            line.shift = room
        self.y += boxes[-1].height
        self.after = after
        self.zones = [zone for zone in self.zones if zone.bottom > self.y + _SAME]
        gaps = [*self._gaps, *([0.0] * len(boxes))]
        return [LineBox(box.height + gap, box.ascent + gap) for box, gap in zip(boxes, gaps[: len(boxes)], strict=True)]

    @property
    def rest(self) -> float:
        """How far the lowest zone reaches below the last paragraph."""
        return max((zone.bottom for zone in self.zones), default=self.y) - self.y


def _widest(zones: Sequence[Zone], left: float, right: float) -> tuple[float, float]:
    """The widest free stretch of a line."""
    stretches = []
    begin = left
    for zone in sorted(zones, key=lambda zone: zone.left):
        stretches.append((begin, min(zone.left, right)))
        begin = max(begin, zone.right)
    stretches.append((begin, right))
    return max(stretches, key=lambda stretch: stretch[1] - stretch[0])
