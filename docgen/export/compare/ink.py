"""How far the black of two PDFs agrees: rules, borders, shading, pictures and letters alike."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.Image import Image

    from docgen.export.compare.pdfium import PdfFile

_DPI = 100
_REACH_MM = 1.0
_MM_PER_INCH = 25.4
_BLACK_BELOW = 200  # of 255


def ink(reference: PdfFile, test: PdfFile) -> float:
    """The mean over all pages of the F1 of black within 1 mm; a page that only one has counts 0."""
    pages = max(len(reference), len(test))
    shared = min(len(reference), len(test))
    found = [_page(reference.drawn(page, _DPI), test.drawn(page, _DPI)) for page in range(shared)]
    return sum(found) / pages if pages else 1.0


def _page(one: Image, other: Image) -> float:
    """The F1 of one page: of each one's black, how much the other has within reach."""
    size = max(one.width, other.width), max(one.height, other.height)
    masks = [_mask(picture, size) for picture in (one, other)]
    amounts = [_amount(mask) for mask in masks]
    if not any(amounts):
        return 1.0
    if not all(amounts):
        return 0.0
    from PIL import ImageChops  # noqa: PLC0415 — an optional extra

    shares = [
        _amount(ImageChops.darker(mask, _grown(other_mask))) / amount
        for mask, other_mask, amount in zip(masks, masks[::-1], amounts, strict=True)
    ]
    return 2 * shares[0] * shares[1] / (sum(shares) or 1.0)


def _mask(picture: Image, size: tuple[int, int]) -> Image:
    """White where the page is inked, black elsewhere."""
    from PIL import Image  # noqa: PLC0415 — an optional extra

    page = Image.new("L", size, 255)
    page.paste(picture, (0, 0))
    return page.point([255 if value < _BLACK_BELOW else 0 for value in range(256)])


def _amount(mask: Image) -> int:
    """How many points are inked."""
    return mask.histogram()[255]


def _grown(mask: Image) -> Image:
    """The mask widened by the reach to every side: a square around each point, first across, then down.

    A strip of a point's width is laid over itself, shifted, until it is as wide as the square: with ever longer
    shifts that takes few steps, where a filter of the square's size would look at all its points.
    """
    from PIL import ImageChops  # noqa: PLC0415 — an optional extra

    reach = round(_REACH_MM / _MM_PER_INCH * _DPI)
    wanted = 2 * reach + 1
    width, height = mask.size
    mask = mask.crop((-reach, -reach, width + reach, height + reach))  # nothing is pushed over the edge
    for across in (True, False):
        done = 1
        while done < wanted:
            step = min(done, wanted - done)
            mask = ImageChops.lighter(mask, _shifted(mask, -step, across=across))
            done += step
        mask = _shifted(mask, reach, across=across)
    return mask.crop((reach, reach, reach + width, reach + height))


def _shifted(mask: Image, by: int, *, across: bool) -> Image:
    """The mask moved right or down (left or up when negative); what comes in from outside is blank."""
    left, top = (-by, 0) if across else (0, -by)
    return mask.crop((left, top, left + mask.width, top + mask.height))
