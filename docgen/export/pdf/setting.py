"""Segments inside WeasyPrint: their width while it lays out, their glyphs while it draws.

**How.** WeasyPrint splits each piece of text into lines and draws each line with two functions of its own. Both are
replaced, once, by functions that answer for the private-use characters of the document at hand and hand everything
else on. `tests/export/test_setting.py` holds both ways of setting a document against each other, glyph by glyph.
WeasyPrint is pinned to one minor version for this.
"""

from __future__ import annotations

from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from docgen.export.lines.segments import FIRST

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from docgen.export.fonts.book import Face
    from docgen.export.lines.segments import Glyphs, Segment, Segments

_PIXELS: Final = 96 / 72  # WeasyPrint lays out in CSS pixels
_BYTES: Final = 4  # of a private-use character of the second plane in UTF-8


class _Stage:
    """The segments of the document that is being laid out; one document at a time."""

    segments: Segments | None = None


class _Line:
    """What stands for Pango's layout of a line of segments; `text` becomes the text of its box."""

    __slots__ = ("first_line_direction", "segments", "text", "width")

    def __init__(self, segments: tuple[Segment, ...]) -> None:
        self.segments, self.first_line_direction = segments, 0
        self.text = "".join(segment.text for segment in segments)
        self.width = sum(segment.width for segment in segments) * _PIXELS


@contextmanager
def segments_known(segments: Segments | None) -> Iterator[None]:
    """Within this context, WeasyPrint lays out the segments of one document; it may draw them later."""
    _take_over()
    _Stage.segments = segments
    try:
        yield
    finally:
        _Stage.segments = None


@cache
def _take_over() -> None:
    """Replace WeasyPrint's two functions, once for the process."""
    from weasyprint import draw  # noqa: PLC0415 — WeasyPrint is loaded only when a PDF is asked for
    from weasyprint.layout import inline, preferred  # noqa: PLC0415 — same
    from weasyprint.text.line_break import strut  # noqa: PLC0415 — same

    splits: Callable[..., Any] = inline.split_first_line
    draws: Callable[..., None] = draw.draw_text

    def split_first_line(text: str, style: Any, *rest: Any, **more: Any) -> Any:  # noqa: ANN401 — WeasyPrint's signature
        if not _is_segments(text):
            return splits(text, style, *rest, **more)
        assert _Stage.segments is not None  # noqa: S101 — said by `_is_segments`
        marks, newline, _ = text.partition("\n")
        length = _BYTES * len(marks)
        line = _Line(tuple(_Stage.segments.of(marks)))
        return line, length, length + 1 if newline else None, line.width, *strut(style)

    def draw_text(stream: Any, textbox: Any, *rest: Any) -> None:  # noqa: ANN401 — same
        if isinstance(textbox.pango_layout, _Line):
            _draw(stream, textbox)
        else:
            draws(stream, textbox, *rest)

    inline.split_first_line = preferred.split_first_line = split_first_line
    draw.draw_text = draw_text


def _is_segments(text: str) -> bool:
    return bool(text) and _Stage.segments is not None and ord(text[0]) >= FIRST


def _draw(stream: Any, textbox: Any) -> None:  # noqa: ANN401 — same
    """Draw a line of segments with its baseline where WeasyPrint put it."""
    left, baseline = textbox.position_x, textbox.position_y + textbox.baseline
    stream.set_color(textbox.style["color"])
    stream.begin_text()
    for segment in textbox.pango_layout.segments:
        for run in segment.runs:
            stream.set_text_matrix(1, 0, 0, -1, left, baseline)
            _show(stream, run, textbox.style.font_config)
            left += sum(run.widths) * _PIXELS
    stream.end_text()


def _show(stream: Any, run: Glyphs, fonts: Any) -> None:  # noqa: ANN401 — same
    """Draw characters of one face; what each is wider than its glyph is put behind it, in thousandths of the size."""
    font, _ = stream.add_font(_pango_font(fonts, run.face))
    stream.set_font_size(font.hash, run.size * _PIXELS)
    known, out = font.widths, ["<"]
    drawn = wanted = 0.0  # where the next glyph would stand, and where it shall stand
    file = run.face.file
    for char, width in zip(run.text, run.widths, strict=True):
        glyph = file.glyph(char)
        natural = known.get(glyph)
        if natural is None:
            natural = known[glyph] = round(file.glyph_advance(glyph) * 1000)
        font.to_unicode.setdefault(glyph, char)
        out.append(f"{glyph:04x}")
        drawn, wanted = drawn + natural, wanted + width / run.size * 1000
        shift = round(drawn - wanted)
        if shift:
            out.append(f">{shift}<")
            drawn -= shift
    out.append(">")
    stream.show_text("".join(out))


_known_fonts: dict[tuple[int, Face], Any] = {}


def _pango_font(fonts: Any, face: Face) -> Any:  # noqa: ANN401 — same
    """Pango's font of a face, kept for the process as its font configuration is."""
    key = id(fonts), face
    if key not in _known_fonts:
        from weasyprint.text import ffi as library  # noqa: PLC0415 — loaded by now
        from weasyprint.text.constants import PANGO_STYLE  # noqa: PLC0415 — same

        ffi, pango, gobject = library.ffi, library.pango, library.gobject
        context = ffi.gc(pango.pango_font_map_create_context(fonts.font_map), gobject.g_object_unref)
        asked = ffi.gc(pango.pango_font_description_new(), pango.pango_font_description_free)
        name, _keep = library.unicode_to_char_p(face.family)
        pango.pango_font_description_set_family(asked, name)
        pango.pango_font_description_set_style(asked, PANGO_STYLE["italic" if face.cut.italic else "normal"])
        pango.pango_font_description_set_weight(asked, 700 if face.cut.bold else 400)
        pango.pango_font_description_set_absolute_size(asked, 12 * library.TO_UNITS)
        font = pango.pango_font_map_load_font(fonts.font_map, context, asked)
        _known_fonts[key] = ffi.gc(font, gobject.g_object_unref)
    return _known_fonts[key]
