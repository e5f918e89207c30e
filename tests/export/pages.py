"""What stands where in a PDF, read back with pypdf."""

from __future__ import annotations

import io
import re
import unicodedata
from dataclasses import dataclass

from pypdf import PdfReader

from docgen.export.compare.pdfium import Sign, open_pdf


@dataclass(frozen=True)
class Piece:
    """A stretch of text: its page from 0, its origin in points from the top left corner, its font and page height."""

    text: str
    page: int
    x: float
    y: float
    font: str
    size: float
    height: float


def reader(data: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(data))


def pieces(data: bytes) -> list[Piece]:
    """Every stretch of text in drawing order."""
    found: list[Piece] = []
    for number, page in enumerate(reader(data).pages):
        height = float(page.mediabox.height)

        def visit(  # pypdf's signature
            text: str,
            cm: list[float],
            tm: list[float],
            font: dict[str, object] | None,
            size: float,
            number: int = number,
            height: float = height,
        ) -> None:
            if text.strip() and font:
                x, y = cm[0] * tm[4] + cm[4], cm[3] * tm[5] + cm[5]
                name = str(font["/BaseFont"]).partition("+")[2]
                found.append(Piece(text.strip(), number, x, height - y, name, size * cm[0], height))

        page.extract_text(visitor_text=visit)
    return found


def lines(data: bytes) -> list[str]:
    """The text of each printed line without white space: what stands on one page at one height, in drawing order."""
    found: list[tuple[tuple[int, int], str]] = []
    for piece in pieces(data):
        key = (piece.page, round(piece.y))
        if found and found[-1][0] == key:
            found[-1] = (key, found[-1][1] + bare(piece.text))
        else:
            found.append((key, bare(piece.text)))
    return [text for _, text in found]


def at(data: bytes, text: str) -> Piece:
    """The first stretch that begins with `text`."""
    return next(piece for piece in pieces(data) if piece.text.startswith(text))


def sign(data: bytes, char: str) -> Sign:
    """Where a character is first drawn."""
    with open_pdf(data, "test.pdf") as pdf:
        return next(one for page in range(len(pdf)) for one in pdf.signs(page) if one.char == char)


def page_texts(data: bytes) -> list[str]:
    """The text of each page without white space."""
    texts: dict[int, str] = dict.fromkeys(range(len(reader(data).pages)), "")
    for piece in pieces(data):
        texts[piece.page] += piece.text
    return [bare(text) for text in texts.values()]


def bare(text: str) -> str:
    """Text without white space."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFC", text))
