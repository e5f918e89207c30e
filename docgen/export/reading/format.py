"""A paragraph's resolved properties in points, and the height and baseline of its lines."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from docgen.export.lines.breaking import TabStop
from docgen.export.reading.values import colour, number, shading

if TYPE_CHECKING:
    from collections.abc import Mapping

    from docgen.export.reading.properties import Properties

_BORDER_STYLES = {
    "double": "double", "dotted": "dotted", "dashed": "dashed", "dashSmallGap": "dashed", "dotDash": "dashed",
    "dotDotDash": "dotted", "triple": "double", "thinThickSmallGap": "double", "thickThinSmallGap": "double",
}  # fmt: skip
_JUSTIFIED = {"both": "both", "distribute": "distribute", "thaiDistribute": "distribute", "lowKashida": "both",
              "mediumKashida": "both", "highKashida": "both"}  # fmt: skip
_ALIGNED = {"center": "center", "right": "right", "end": "right"}
_LINE_UNIT = 240  # w:spacing/@w:line of single spacing
_HTML_AUTO_SPACE = 14.0  # what beforeAutospacing and afterAutospacing mean in Word
_EXACT_BASELINE = 0.8


@dataclass(frozen=True, slots=True)
class Grid:
    """A section's grid: the line `pitch` in points, 0 for none, and what it adds to a Chinese character's width."""

    pitch: float = 0.0
    added: float = 0.0


NO_GRID = Grid()


@dataclass(frozen=True, slots=True)
class Border:
    """One border line: width and distance from the text in points."""

    width: float
    style: str
    colour: str
    space: float

    @property
    def css(self) -> str:
        """The value of a CSS border property."""
        return f"{self.width:.2f}pt {self.style} {self.colour}"


def border(attributes: Mapping[str, str], prefix: str) -> Border | None:
    """The border written in attributes `prefix.val`, `.sz`, `.space`, `.color`; None when there is none."""
    kind = attributes.get(f"{prefix}.val", "none")
    if kind in {"none", "nil"}:
        return None
    width = max(number(attributes.get(f"{prefix}.sz"), 4) / 8, 0.25)
    style = _BORDER_STYLES.get(kind, "solid")
    if style == "double":
        width *= 3  # Word's size is that of one of the lines
    return Border(
        width, style, colour(attributes.get(f"{prefix}.color")) or "#000", number(attributes.get(f"{prefix}.space"), 0)
    )


@dataclass(frozen=True, slots=True)
class LineBox:
    """One line's height, and how much of it lies above the baseline, in points."""

    height: float
    ascent: float


@dataclass(frozen=True, slots=True)
class Format:
    """What a paragraph's merged properties come to; lengths in points."""

    left: float
    right: float
    first: float
    before: float
    after: float
    line: float
    rule: str
    align: str
    justify: str
    stops: tuple[TabStop, ...]
    grid: Grid
    borders: Mapping[str, Border]
    background: str | None

    @property
    def overhang(self) -> float:
        """The share of a line's height that may hang over a page's end: what a factor adds below the text.

        Measured on LibreOffice: a line stands on a page when its text fits without what is added below; on a grid
        the whole line has to fit.
        """
        factor = self.line / (_LINE_UNIT / 20)
        return 1 - 1 / factor if self.rule == "auto" and factor > 1 and not self.grid.pitch else 0.0

    def box(self, ascent: float, descent: float, usual: float) -> LineBox:
        """The line box for text of this height above and below the baseline; `usual` the height of its last size.

        exact: baseline at 80 % of the height. auto: a factor adds that share of the last size's height, below the
        line; a grid first rounds the height up to whole pitches and centres the text. atLeast: the rest stands above.
        Heights are rounded down to 1/20 pt. All measured on LibreOffice; whether Word goes by the last size or the
        highest one is not confirmed [R].
        """
        if self.rule == "exact":
            return LineBox(self.line, self.line * _EXACT_BASELINE)
        height = _down(ascent + descent)
        if self.grid.pitch:
            pitched = math.ceil(height / self.grid.pitch - 1e-6) * self.grid.pitch
            ascent += (pitched - height) / 2
            height = pitched
        if self.rule == "atLeast":
            full = max(height, self.line)
            return LineBox(full, ascent + full - height)
        full = _down(height + _down(usual) * (self.line / (_LINE_UNIT / 20) - 1))
        return LineBox(full, ascent + min(full - height, 0.0))


def _down(length: float) -> float:
    return math.floor(length * 20 + 1e-6) / 20


def paragraph_format(properties: Properties, size: float, grid: Grid) -> Format:
    """The format these merged properties give for text of `size` points."""
    unit = grid.pitch or 12.0
    left = _indent(properties, "left", size)
    hanging = _indent(properties, "hanging", size)
    borders = {side: found for side in ("top", "bottom", "left", "right", "between")
               if (found := border(properties, f"pBdr.{side}")) is not None}  # fmt: skip
    snaps = properties.get("snapToGrid", "1") == "1"
    jc = properties.get("jc", "left")
    return Format(
        left, _indent(properties, "right", size), -hanging if hanging else _indent(properties, "firstLine", size),
        _space(properties, "before", unit), _space(properties, "after", unit),
        number(properties.get("spacing.line"), _LINE_UNIT) / 20, properties.get("spacing.lineRule", "auto"),
        _ALIGNED.get(jc, "left"), _JUSTIFIED.get(jc, ""), tuple(_stops(properties)), grid if snaps else NO_GRID,
        borders, shading(properties),
    )  # fmt: skip


def _indent(properties: Properties, side: str, size: float) -> float:
    """An indent; one in characters wins over one in twips."""
    chars = number(properties.get(f"ind.{side}Chars"), 0)
    return chars / 100 * size if chars else number(properties.get(f"ind.{side}"), 0) / 20


def _space(properties: Properties, side: str, unit: float) -> float:
    """Space before or after; automatic, then in lines, then in twips."""
    if properties.get(f"spacing.{side}Autospacing", "0") in {"1", "true", "on"}:
        return _HTML_AUTO_SPACE
    lines = number(properties.get(f"spacing.{side}Lines"), 0)
    return lines / 100 * unit if lines else number(properties.get(f"spacing.{side}"), 0) / 20


def _stops(properties: Properties) -> list[TabStop]:
    found = []
    for key, value in properties.items():
        if key.startswith("tab."):
            kind, _, leader = value.partition(" ")
            if kind != "clear":
                found.append(
                    TabStop(number(key[4:], 0) / 20, {"start": "left", "end": "right"}.get(kind, kind), leader)
                )
    return sorted(found, key=lambda stop: stop.at)
