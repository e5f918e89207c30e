"""Two PDFs of one document, measured."""

from __future__ import annotations

from collections import Counter
from math import hypot
from typing import TYPE_CHECKING

from docgen.export.compare import glyphs
from docgen.export.compare.agreement import Agreement, Spread
from docgen.export.compare.ink import ink
from docgen.export.compare.matching import matched
from docgen.export.compare.pdfium import PdfFile, open_pdf

if TYPE_CHECKING:
    from collections.abc import Sequence

    from docgen.export.compare.glyphs import Glyph, Printed, Zones

_MM = 25.4 / 72
_OTHER_PAGE = 297.0  # mm: what a character on another page counts
_SIZE_TOLERANCE = 0.5  # mm
_UNMATCHED = -1_000_000

Pairs = list[tuple[int, int]]


def compare(reference: bytes, test: bytes, zones: Zones, *, display: tuple[str, str], worst: int = 0) -> Agreement:
    """How far `test` agrees with `reference`, two PDFs of one document whose body stands within `zones`.

    `display` names both in diagnostics; `worst` is how many of the worst places are told.
    """
    with open_pdf(reference, display[0]) as one, open_pdf(test, display[1]) as other:
        return _agreement(one, other, zones, worst)


def _agreement(one: PdfFile, other: PdfFile, zones: Zones, worst: int) -> Agreement:
    mine, theirs = glyphs.read(one, zones), glyphs.read(other, zones)
    pairs = matched(glyphs.plain(mine.body), glyphs.plain(theirs.body))
    ends, other_ends = _line_ends(mine, theirs, pairs)
    together = [(mine.body[i], theirs.body[j]) for i, j in pairs]
    on_page = [(a, b) for a, b in together if a.page == b.page]
    total = len(mine.body) + len(theirs.body)
    return Agreement(
        pages=(len(one), len(other)),
        sizes_equal=_sizes_equal(one, other),
        characters=len(mine.body),
        text=2 * len(pairs) / total if total else 1.0,
        raw_text=2 * sum(a.char == b.char for a, b in together) / total if total else 1.0,
        margin_text=_same_characters(mine.margins, theirs.margins),
        same_page=len(on_page) / len(pairs) if pairs else 1.0,
        lines=len(ends) + 1,
        breaks_shared=len(ends & other_ends),
        breaks_either=len(ends | other_ends),
        distance=_spread([_distance(a, b) for a, b in together]),
        across=_spread([abs(a.x - b.x) * _MM for a, b in on_page]),
        down=_spread([abs(a.y - b.y) * _MM for a, b in on_page]),
        ink=ink(one, other),
        fonts_reference_only=tuple(sorted(mine.fonts - theirs.fonts)),
        fonts_test_only=tuple(sorted(theirs.fonts - mine.fonts)),
        worst=_worst(mine.body, theirs.body, pairs, ends ^ other_ends, worst) if worst else (),
    )


def _sizes_equal(one: PdfFile, other: PdfFile) -> bool:
    return all(
        abs(a - b) * _MM < _SIZE_TOLERANCE
        for page in range(min(len(one), len(other)))
        for a, b in zip(one.size(page), other.size(page), strict=True)
    )


def _line_ends(mine: Printed, theirs: Printed, pairs: Pairs) -> tuple[set[int], set[int]]:
    """Both texts' line ends as indices of the first; ends after an unmatched character get numbers of their own."""
    back = {j: i for i, j in pairs}
    return (
        glyphs.line_ends(mine.body),
        {back.get(at, _UNMATCHED - at) for at in glyphs.line_ends(theirs.body)},
    )


def _same_characters(one: Sequence[Glyph], other: Sequence[Glyph]) -> float:
    """The similarity of two texts whose order is chance: headers may be drawn before or after the body."""
    total = len(one) + len(other)
    shared = Counter(glyphs.plain(one)) & Counter(glyphs.plain(other))
    return 2 * shared.total() / total if total else 1.0


def _distance(one: Glyph, other: Glyph) -> float:
    """Millimetres between the origins of one character in both."""
    return hypot(one.x - other.x, one.y - other.y) * _MM if one.page == other.page else _OTHER_PAGE


def _spread(distances: list[float]) -> Spread:
    distances.sort()
    return Spread(_quantile(distances, 0.5), _quantile(distances, 0.95), distances[-1] if distances else 0.0)


def _quantile(ordered: list[float], share: float) -> float:
    """The quantile, interpolated between the two values around it."""
    if not ordered:
        return 0.0
    place = share * (len(ordered) - 1)
    below = int(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (ordered[above] - ordered[below]) * (place - below)


def _worst(mine: Sequence[Glyph], theirs: Sequence[Glyph], pairs: Pairs, ends: set[int], count: int) -> tuple[str, ...]:
    """Line ends that only one has, then the characters that are farthest apart, each with its surroundings."""
    only = [f"line end p{mine[at].page + 1} {_around(mine, at, 9, 6, '|')}" for at in sorted(ends) if at >= 0][:count]
    far = sorted(((_distance(mine[i], theirs[j]), i) for i, j in pairs), reverse=True)[:count]
    return (*only, *(f"{mm:.1f} mm p{mine[at].page + 1} {_around(mine, at, 4, 4)}" for mm, at in far))


def _around(text: Sequence[Glyph], at: int, before: int, after: int, mark: str = "") -> str:
    head = "".join(one.char for one in text[max(0, at - before) : at + 1])
    return head + mark + "".join(one.char for one in text[at + 1 : at + 1 + after])
