"""Font files made for a test: square glyphs for a few characters, under any name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen

if TYPE_CHECKING:
    from pathlib import Path


def make_font(path: Path, family: str, characters: str, *, bold: bool = False, width: int = 1000) -> None:
    """A TrueType font of this family that has just these characters and a space."""
    codes = {ord(char): f"u{ord(char):X}" for char in " " + characters}
    names = [".notdef", *codes.values()]
    pen = TTGlyphPen(None)
    for point in ((100, 0), (100, 800), (900, 800), (900, 0)):
        (pen.moveTo if point == (100, 0) else pen.lineTo)(point)
    pen.closePath()
    square = pen.glyph()
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder(names)
    builder.setupCharacterMap(codes)
    builder.setupGlyf(dict.fromkeys(names, square))
    builder.setupHorizontalMetrics(dict.fromkeys(names, (width, 100)))
    builder.setupHorizontalHeader(ascent=880, descent=-120)
    style = "Bold" if bold else "Regular"
    builder.setupNameTable({"familyName": family, "styleName": style, "psName": f"T{len(characters)}-{style}"})
    builder.setupOS2(sTypoAscender=880, sTypoDescender=-120, usWeightClass=700 if bold else 400)
    builder.setupPost()
    builder.font["head"].created = builder.font["head"].modified = 0
    builder.save(path)
