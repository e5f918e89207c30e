"""The layout of a document whose text prints page numbers: set and laid out until every number is right."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docgen.diagnostics import Diagnostic, ExportError, Place, Severity
from docgen.export.lines.segments import Segments
from docgen.export.pages.html import HtmlDocument, to_html
from docgen.export.pages.numbers import Layout

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_PASSES = 4


def settled(docx: bytes, display: str, lay_out: Callable[[HtmlDocument], Any]) -> tuple[HtmlDocument, Any]:
    """The document and its layout, in which each page number that the text prints is that of the page it speaks of.

    Raises `ExportError` when a longer number moves a page, which makes the number shorter, and so on.
    """
    document = to_html(docx, display, segments=Segments())
    for _ in range(_PASSES):
        rendered = lay_out(document)
        if not document.depends:
            return document, rendered
        following = to_html(docx, display, _layout(rendered.pages), Segments())
        if (following.html, following.segments) == (document.html, document.segments):
            return following, rendered
        document = following
    raise ExportError([Diagnostic("X079", Severity.ERROR, Place(display))])


def _layout(pages: Sequence[Any]) -> Layout:
    places: dict[str, int] = {}
    runs = []
    for number, page in enumerate(pages):
        runs.append(int(page._page_box.page_type.name[1:] or 0))  # noqa: SLF001 — the name its CSS gave the page
        for name in page.anchors:
            places.setdefault(name, number)
    return Layout(tuple(runs), places)
