"""The characters of a PDF as a reader takes them in: body, and headers and footers; lines and their ends."""

from __future__ import annotations

import itertools
import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from lxml import etree

from docgen.word.gate import open_package

if TYPE_CHECKING:
    from collections.abc import Sequence

    from docgen.export.compare.pdfium import PdfFile

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_TWIPS_PER_POINT = 20
_INCH = 1440.0
_UNSEEN = frozenset(("Cc", "Cf", "Zs", "Zl", "Zp"))
_TOLERANCE = 1.0  # points by which a body line may stand outside the margins
_SAME_BASELINE, _OTHER_LINE, _BACKWARDS = 0.15, 0.45, 0.5  # shares of the font size


class Glyph(NamedTuple):
    """One visible character: its origin in points from the top left corner of its page, its size in points."""

    char: str
    page: int
    x: float
    y: float
    size: float


@dataclass(frozen=True, slots=True)
class Zones:
    """How far from the page's top and bottom edge the body begins, in points: nearer than that stand headers."""

    top: float = 72.0
    bottom: float = 72.0


@dataclass(frozen=True, slots=True)
class Printed:
    """What a PDF prints."""

    body: tuple[Glyph, ...]
    margins: tuple[Glyph, ...]
    fonts: frozenset[str]


def zones_of(docx: bytes, display: str) -> Zones:
    """The smallest top and bottom margins of a document's sections; `ExportError`s of the gate pass through."""
    package = open_package(docx, display, allow_revisions=True)
    margins = list(etree.fromstring(package.parts[package.main]).iter(f"{_W}pgMar"))
    if not margins:
        return Zones()
    top, bottom = (
        min(abs(float(one.get(f"{_W}{side}", _INCH))) / _TWIPS_PER_POINT for one in margins)
        for side in ("top", "bottom")
    )
    return Zones(top, bottom)


def read(pdf: PdfFile, zones: Zones) -> Printed:
    """Every visible character of a PDF."""
    body: list[Glyph] = []
    margins: list[Glyph] = []
    fonts: set[str] = set()
    for page in range(len(pdf)):
        _, height = pdf.size(page)
        for char, x, y, size, font in pdf.signs(page):
            if char.isspace() or unicodedata.category(char) in _UNSEEN:
                continue
            outside = y < zones.top - _TOLERANCE or y > height - zones.bottom + _TOLERANCE
            (margins if outside else body).append(Glyph(char, page, x, y, size))
            fonts.add(_family(font))
    return Printed(_along_baselines(body), _along_baselines(margins), frozenset(fonts - {""}))


def _family(name: str) -> str:
    """A font's name without subset mark, language of a collection and encoding."""
    bare = re.sub(r"^[A-Z]{6}\+|[-, ](VKana|Identity-H)$", "", name)
    return re.sub(r"[^A-Za-z]|Regular", "", re.sub(r"CJK-?(jp|sc|JP|SC)", "CJK", bare))


def _along_baselines(glyphs: Sequence[Glyph]) -> tuple[Glyph, ...]:
    """Drawing order, but from left to right within a stretch on one baseline: other fonts' glyphs are drawn late."""
    ordered: list[Glyph] = []
    start = 0
    while start < len(glyphs):
        end, first = start + 1, glyphs[start]
        while end < len(glyphs) and _on_baseline(first, glyphs[end]):
            end += 1
        ordered += sorted(glyphs[start:end], key=lambda one: one.x)
        start = end
    return tuple(ordered)


def _on_baseline(first: Glyph, other: Glyph) -> bool:
    return other.page == first.page and abs(other.y - first.y) < _SAME_BASELINE * first.size


def line_ends(glyphs: Sequence[Glyph]) -> set[int]:
    """The indices of the characters after which a line ends; the last one's isn't counted."""
    return {
        at
        for at, (one, after) in enumerate(itertools.pairwise(glyphs))
        if one.page != after.page
        or abs(one.y - after.y) > _OTHER_LINE * max(one.size, after.size)
        or after.x < one.x - _BACKWARDS * one.size
    }


def plain(glyphs: Sequence[Glyph]) -> str:
    """The text, each character in its compatibility form (NFKC) where that is one character."""
    return "".join(_form(one.char) for one in glyphs)


def _form(char: str) -> str:
    form = unicodedata.normalize("NFKC", char)
    return form if len(form) == 1 else char
