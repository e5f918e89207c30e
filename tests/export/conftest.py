"""PDFs for the exporter's tests; a machine without Pango or fonts skips them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from docgen.diagnostics import SetupError
from docgen.export import Pdf, to_pdf
from docgen.export.fonts.fontconfig import match
from docgen.export.pdf.render import load_renderer
from tests.export.build import docx

if TYPE_CHECKING:
    from collections.abc import Callable

FONTS = ("Noto Serif CJK SC", "Noto Sans CJK SC", "Liberation Serif", "DejaVu Sans")


@pytest.fixture(scope="session")
def fonts(without: Callable[[str], None]) -> None:
    """The fonts of the declared map that the tests measure with."""
    for name in FONTS:
        found = match(name, bold=False, italic=False)
        if found is None or not found.is_called(name):
            without(f"font {name} is not installed")


@pytest.fixture(scope="session")
def pdf_of(fonts: None, without: Callable[[str], None]) -> Callable[..., Pdf]:  # noqa: ARG001 — the fonts must be there
    """Builds a .docx of paragraphs and tables and exports it."""
    try:
        load_renderer()
    except SetupError as lack:
        without(f"PDF export can't run here: {lack}")

    def make(*body: str, **parts: object) -> Pdf:
        return to_pdf(docx(*body, **parts), "test.docx")

    return make
