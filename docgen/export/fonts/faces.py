"""Installed faces as CSS names them, with the widths of their characters."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

from docgen.export.fonts import fontconfig
from docgen.export.fonts.families import font_map
from docgen.export.fonts.fontfile import FontFile, LineMetrics, open_font

if TYPE_CHECKING:
    from docgen.diagnostics import Diagnostic


@dataclass(frozen=True, slots=True)
class Cut:
    """Weight and slant of a face, and whether it sets Chinese text."""

    bold: bool = False
    italic: bool = False
    east_asian: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Face:
    """One installed face, as CSS names it, with the widths of its characters."""

    family: str
    cut: Cut
    file: FontFile

    @property
    def css(self) -> str:
        """The declarations that choose exactly this face."""
        weight, slant = ("bold" if self.cut.bold else "normal"), ("italic" if self.cut.italic else "normal")
        return f"font-family:'{self.family}';font-weight:{weight};font-style:{slant}"

    def advance(self, char: str) -> float | None:
        """The character's width in em, None when the face lacks it."""
        width = self.file.advance(char)
        if self.cut.east_asian and width is not None and char in font_map()["full_width"]["characters"]:
            return 1.0
        return width


@dataclass(frozen=True, slots=True, eq=False)
class NamedFont:
    """A font as the document names it, in one weight and slant: the face that draws it, and its line in em.

    `itself` tells whether the face is the named font and no stand-in; `notes` is what to report once it is used.
    """

    name: str
    face: Face
    line: LineMetrics
    style: str
    itself: bool = True
    notes: tuple[Diagnostic, ...] = field(default=())


@dataclass(slots=True)
class Measured:
    """What lines were broken with: the characters by font file, and those that page numbers may bring in besides."""

    characters: dict[FontFile, set[str]] = field(default_factory=dict)
    counted: set[str] = field(default_factory=set)


@cache
def face(family: str, cut: Cut) -> Face | None:
    """The installed face of exactly this family, None when the family isn't installed."""
    found = fontconfig.match(family, bold=cut.bold, italic=cut.italic)
    if found is None or not found.is_called(family):
        return None
    file = open_font(found.path, found.index)
    return Face(family, cut, file) if file is not None else None


@cache
def has_bold(family: str) -> bool:
    """Whether the family has a bold design."""
    found = fontconfig.match(family, bold=True, italic=False)
    return found is not None and found.is_called(family) and found.bold


@cache
def any_face(char: str, cut: Cut) -> Face | None:
    """Whatever installed face has the character, Chinese ones first; None when there is none."""
    found = fontconfig.match_char(char, bold=cut.bold)
    file = open_font(found.path, found.index) if found is not None else None
    if found is None or file is None or file.advance(char) is None:
        return None
    return Face(found.families[0], cut, file)


@cache
def last_resort(cut: Cut) -> Face | None:
    """What fontconfig takes when nothing else is asked for; None when no font is installed at all."""
    found = fontconfig.match("serif", bold=cut.bold, italic=cut.italic)
    file = open_font(found.path, found.index) if found is not None else None
    return Face(found.families[0], cut, file) if found is not None and file is not None else None


def forget() -> None:
    """Look everything up anew: the installed fonts have changed."""
    for known in (face, has_bold, any_face, last_resort):
        known.cache_clear()
