"""A PDF through PDFium: page sizes, characters with their origins, pages drawn in grey.

**Why PDFium:** it gives the origin of every character on its baseline, which boxes don't tell, and its licence allows
a library like this to build on it. What it makes up itself (blanks between words, line ends) is left out.
"""

from __future__ import annotations

import ctypes
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from docgen.diagnostics import Diagnostic, ExportError, Place, SetupError, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PIL.Image import Image

_POINTS_PER_INCH = 72
_INVISIBLE = 3  # the text rendering mode of PDF 32000-1, 9.3.6
_HIGH, _LOW, _END = 0xD800, 0xDC00, 0xE000  # the first halves of surrogate pairs, the second ones, what comes after
_HYPHEN = 0x02  # what PDFium gives for a hyphen at the end of a line
_LONGEST_NAME = 256


class Sign(NamedTuple):
    """One character: its origin in points from the page's top left corner, its size in points, its font."""

    char: str
    x: float
    y: float
    size: float
    font: str


@cache
def _pdfium() -> Any:  # noqa: ANN401 — pypdfium2 has no types; they end here
    """The library; `SetupError` when the extra `compare` isn't installed."""
    try:
        import PIL.Image  # noqa: F401, PLC0415 — an optional extra, needed when pages are drawn
        import pypdfium2  # noqa: PLC0415 — an optional extra
    except ImportError as fault:
        raise SetupError([Diagnostic("X056", Severity.ERROR, args={"module": fault.name or "pypdfium2"})]) from fault
    return pypdfium2


class PdfFile:
    """An open PDF; made by `open_pdf`."""

    def __init__(self, document: Any) -> None:  # noqa: ANN401 — a pypdfium2 document
        """Keep the document."""
        self._document = document
        self._fonts: dict[int, tuple[str, bool]] = {}

    def __len__(self) -> int:
        """The number of pages."""
        return len(self._document)

    def size(self, page: int) -> tuple[float, float]:
        """Width and height of a page in points."""
        width, height = self._document.get_page_size(page)
        return float(width), float(height)

    def drawn(self, page: int, dpi: int) -> Image:
        """A page as a picture in shades of grey."""
        opened = self._document[page]
        try:
            picture: Image = opened.render(scale=dpi / _POINTS_PER_INCH, grayscale=True).to_pil().convert("L")
        finally:
            opened.close()
        return picture

    def signs(self, page: int) -> Iterator[Sign]:
        """The visible characters of a page in the order they are drawn; U+FFFD for a glyph without a character."""
        raw = _pdfium().raw
        opened = self._document[page]
        text = opened.get_textpage()
        left, _, _, top = opened.get_bbox()
        x, y, matrix = ctypes.c_double(), ctypes.c_double(), raw.FS_MATRIX()
        self._fonts.clear()  # the keys are addresses, good as long as the page is open
        try:
            half = 0
            for at in range(raw.FPDFText_CountChars(text)):
                if raw.FPDFText_IsGenerated(text, at) == 1:
                    continue
                code = raw.FPDFText_GetUnicode(text, at)
                if _HIGH <= code < _LOW:
                    half = code
                    continue
                if _LOW <= code < _END and half:
                    code = 0x10000 + ((half - _HIGH) << 10) + (code - _LOW)
                half = 0
                font, visible = self._font(text, at)
                if not visible:
                    continue
                raw.FPDFText_GetCharOrigin(text, at, x, y)
                raw.FPDFText_GetMatrix(text, at, matrix)
                size = raw.FPDFText_GetFontSize(text, at) * (matrix.c**2 + matrix.d**2) ** 0.5
                char = "-" if code == _HYPHEN else chr(code) if code and not _HIGH <= code < _END else "\ufffd"
                yield Sign(char, x.value - left, top - y.value, size, font)
        finally:
            text.close()
            opened.close()

    def _font(self, text: Any, at: int) -> tuple[str, bool]:  # noqa: ANN401 — a pypdfium2 text page
        """The name of the font that draws a character, and whether the character is seen."""
        raw = _pdfium().raw
        drawn = raw.FPDFText_GetTextObject(text, at)
        if not drawn:
            return "", True
        key = ctypes.addressof(drawn.contents)
        if key not in self._fonts:
            name = ctypes.create_string_buffer(_LONGEST_NAME)
            raw.FPDFFont_GetBaseFontName(raw.FPDFTextObj_GetFont(drawn), name, _LONGEST_NAME)
            visible = raw.FPDFTextObj_GetTextRenderMode(drawn) != _INVISIBLE
            self._fonts[key] = name.value.decode("utf-8", "replace"), visible
        return self._fonts[key]


@contextmanager
def open_pdf(data: bytes, display: str) -> Iterator[PdfFile]:
    """The PDF, closed afterwards; `ExportError` when the bytes are no PDF that can be opened."""
    pdfium = _pdfium()
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as fault:
        raise ExportError([Diagnostic("X055", Severity.ERROR, Place(display))]) from fault
    try:
        yield PdfFile(document)
    finally:
        document.close()
