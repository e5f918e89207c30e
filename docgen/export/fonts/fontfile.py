"""One font file, read as little as possible: what a character is wide, and how high a line is.

**Why** not fontTools' decoded tables: decoding the `cmap` of a Chinese collection takes longer than
making the whole PDF. The raw tables answer one character at a time.
"""

from __future__ import annotations

import struct
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from fontTools.ttLib.sfnt import SFNTReader

_UNICODE_TABLES = ((3, 10), (0, 6), (0, 4), (3, 1), (0, 3), (0, 2), (0, 1), (0, 0))
_ITALIC = 1 << 1  # of the style bits in `head`
_USE_TYPO_METRICS = 1 << 7
_OS2_WITH_TYPO = 74  # bytes up to the typographic line gap
_START = 4096  # holds the table directory with every table's checksum: two files that agree so far are one
_VARIATIONS = (0, 5)
_ROW = 11  # bytes of a variation selector record


@dataclass(frozen=True, slots=True)
class LineMetrics:
    """Height above and below the baseline, in em; `gap` is what single spacing adds above."""

    ascent: float
    descent: float
    gap: float = 0.0


class FontFile:
    """Advances and line metrics of one face; an unreadable file raises `OSError` or `ValueError`."""

    def __init__(self, path: str, index: int) -> None:
        """Read the table directory, `head`, `hhea`, `OS/2`; `cmap` and `hmtx` stay bytes."""
        self.path, self.index = path, index
        with Path(path).open("rb") as stream:
            start = stream.read(_START)
            self.mark = (stream.seek(0, 2), start)
            stream.seek(0)
            reader = SFNTReader(stream, fontNumber=index)
            head, hhea, self._hmtx, cmap = (reader[tag] for tag in ("head", "hhea", "hmtx", "cmap"))
            os2 = reader["OS/2"] if "OS/2" in reader else b""  # noqa: SIM401 — SFNTReader has no get()
        (self.units,) = struct.unpack_from(">H", head, 18)
        (style,) = struct.unpack_from(">H", head, 44)
        self.italic = bool(style & _ITALIC)
        (self._long_metrics,) = struct.unpack_from(">H", hhea, 34)
        self.line = self._line_metrics(hhea, os2)
        self._lookup = _character_map(cmap)
        self._cmap = cmap
        self._advances: dict[str, float | None] = {}
        self._glyphs: dict[str, int] = {}
        self._sequences: dict[int, _Characters] | None = None

    def _line_metrics(self, hhea: bytes, os2: bytes) -> LineMetrics:
        """The metrics HarfBuzz gives Pango: `hhea`, or `OS/2` typographic ones when the font says so."""
        ascent, descent, gap = struct.unpack_from(">hhh", hhea, 4)
        if len(os2) >= _OS2_WITH_TYPO:
            (flags,) = struct.unpack_from(">H", os2, 62)
            if flags & _USE_TYPO_METRICS or not (ascent or descent):
                ascent, descent, gap = struct.unpack_from(">hhh", os2, 68)
        return LineMetrics(ascent / self.units, abs(descent) / self.units, max(gap, 0) / self.units)

    def advance(self, char: str) -> float | None:
        """The character's width in em, None when the face doesn't have it."""
        try:
            return self._advances[char]
        except KeyError:
            glyph = self.glyph(char)
            width = self.glyph_advance(glyph) if glyph else None
            self._advances[char] = width
            return width

    def has_variant(self, char: str, selector: str) -> bool:
        """Whether the face knows this variation sequence, as a glyph of its own or as the character's usual one."""
        if self._sequences is None:
            self._sequences = _variation_sequences(self._cmap)
        return ord(char) in self._sequences.get(ord(selector), ())

    def glyph(self, char: str) -> int:
        """The number of the glyph that the face's table of characters names for `char`, 0 when it doesn't have it."""
        found = self._glyphs.get(char)
        if found is None:
            found = self._glyphs[char] = self._lookup(ord(char))
        return found

    def glyph_advance(self, glyph: int) -> float:
        """A glyph's width in em."""
        row = min(glyph, self._long_metrics - 1)
        return float(struct.unpack_from(">H", self._hmtx, row * 4)[0] / self.units)


@cache
def open_font(path: str, index: int) -> FontFile | None:
    """The face, kept for the process; None when the file can't be read."""
    try:
        return FontFile(path, index)
    except (OSError, ValueError, KeyError, struct.error, Exception):  # noqa: BLE001 — fontTools' own error type is bare
        return None


class _Segments:
    """A `cmap` subtable of format 12: groups of consecutive characters."""

    def __init__(self, table: bytes) -> None:
        (count,) = struct.unpack_from(">I", table, 12)
        numbers = struct.unpack_from(f">{count * 3}I", table, 16)
        self._starts, self._ends, self._glyphs = numbers[0::3], numbers[1::3], numbers[2::3]

    def __call__(self, code: int) -> int:
        at = bisect_right(self._starts, code) - 1
        return self._glyphs[at] + code - self._starts[at] if at >= 0 and code <= self._ends[at] else 0


class _Deltas:
    """A `cmap` subtable of format 4, for the Basic Multilingual Plane."""

    def __init__(self, table: bytes) -> None:
        (double,) = struct.unpack_from(">H", table, 6)
        count = double // 2
        self._table = table
        self._ends = struct.unpack_from(f">{count}H", table, 14)
        self._starts = struct.unpack_from(f">{count}H", table, 16 + double)
        self._deltas: tuple[int, ...] = struct.unpack_from(f">{count}H", table, 16 + 2 * double)
        self._offsets_at = 16 + 3 * double
        self._offsets = struct.unpack_from(f">{count}H", table, self._offsets_at)

    def __call__(self, code: int) -> int:
        at = bisect_right(self._starts, code) - 1
        if at < 0 or code > self._ends[at]:
            return 0
        if not self._offsets[at]:
            return (code + self._deltas[at]) & 0xFFFF
        where = self._offsets_at + 2 * at + self._offsets[at] + 2 * (code - self._starts[at])
        glyph: int = struct.unpack_from(">H", self._table, where)[0]
        return (glyph + self._deltas[at]) & 0xFFFF if glyph else 0


class _Characters:
    """The characters one variation selector goes with: a table of ranges and one of single characters."""

    def __init__(self, cmap: bytes, usual: int, own: int) -> None:
        """`usual` and `own` are where the default and the non-default table begin, 0 for none."""
        self._ranges: list[tuple[int, int]] = []
        if usual:
            (count,) = struct.unpack_from(">I", cmap, usual)
            for at in range(usual + 4, usual + 4 + 4 * count, 4):
                first = int.from_bytes(cmap[at : at + 3], "big")
                self._ranges.append((first, first + cmap[at + 3]))
        self._single: list[int] = []
        if own:
            (count,) = struct.unpack_from(">I", cmap, own)
            self._single = [int.from_bytes(cmap[at : at + 3], "big") for at in range(own + 4, own + 4 + 5 * count, 5)]

    def __contains__(self, code: int) -> bool:
        at = bisect_left(self._single, code)
        if at < len(self._single) and self._single[at] == code:
            return True
        before = bisect_right(self._ranges, (code, 0x110000)) - 1
        return before >= 0 and code <= self._ranges[before][1]


def _variation_sequences(cmap: bytes) -> dict[int, _Characters]:
    """The characters by variation selector (`cmap` subtable of format 14); empty when the face has none."""
    begin = _offsets(cmap).get(_VARIATIONS)
    if begin is None:
        return {}
    (count,) = struct.unpack_from(">I", cmap, begin + 6)
    found = {}
    for at in range(begin + 10, begin + 10 + _ROW * count, _ROW):
        usual, own = struct.unpack_from(">II", cmap, at + 3)
        selector = int.from_bytes(cmap[at : at + 3], "big")
        found[selector] = _Characters(cmap, usual and begin + usual, own and begin + own)
    return found


def _offsets(cmap: bytes) -> dict[tuple[int, int], int]:
    """Where the subtable of each platform and encoding begins."""
    (count,) = struct.unpack_from(">H", cmap, 2)
    offsets: dict[tuple[int, int], int] = {}
    for number in range(count):
        platform, encoding, offset = struct.unpack_from(">HHI", cmap, 4 + 8 * number)
        offsets[platform, encoding] = offset
    return offsets


def _character_map(cmap: bytes) -> _Segments | _Deltas:
    offsets = _offsets(cmap)
    for key in _UNICODE_TABLES:
        if key not in offsets:
            continue
        table = cmap[offsets[key] :]
        (kind,) = struct.unpack_from(">H", table, 0)
        if kind == 12:  # noqa: PLR2004 — the format numbers of the OpenType specification
            return _Segments(table)
        if kind == 4:  # noqa: PLR2004 — same
            return _Deltas(table)
    message = "no Unicode character map"
    raise ValueError(message)
