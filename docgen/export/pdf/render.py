"""The paged HTML as a PDF: WeasyPrint, without network, without files, without a clock."""

from __future__ import annotations

import gc
import io
import logging
import sys
import warnings
from contextlib import contextmanager, redirect_stdout
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from docgen.diagnostics import Diagnostic, ExportError, Place, SetupError, Severity
from docgen.export.findings import as_error
from docgen.export.fonts import fontconfig
from docgen.export.pdf.archive import Archive
from docgen.export.pdf.drawn import check_drawn
from docgen.export.pdf.embedding import embed_lean
from docgen.export.pdf.metadata import FORM
from docgen.export.pdf.parsing import page_source
from docgen.export.pdf.setting import segments_known
from docgen.export.pdf.settling import settled
from docgen.export.pdf.shaping import shape_text
from docgen.export.pdf.splits import rule_split_rows
from docgen.export.pdf.tagging import Tagging
from docgen.export.pdf.watermark import draw_mark
from docgen.export.signatures.places import signing_places

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from docgen.export.pages.html import HtmlDocument

_LOGGER = "weasyprint"


@dataclass(frozen=True, slots=True)
class PdfOptions:
    """How the PDF is written: a `draft` bears a grey 草稿 beneath the text of every page, and no signature fields.

    `strict` makes no PDF of a document with tracked changes or with anything that isn't drawn as in Word.
    """

    draft: bool = False
    strict: bool = False


@dataclass(frozen=True, slots=True)
class Pdf:
    """A finished PDF; `diagnostics` says what was substituted or left out, `form` the archive form it claims."""

    data: bytes
    pages: int
    diagnostics: tuple[Diagnostic, ...]
    form: str = FORM


@dataclass(frozen=True, slots=True)
class Renderer:
    """WeasyPrint once loaded: the module, its door to Pango, its kind of fonts, and whether it subsets fast."""

    module: Any
    ffi: Any
    configuration: Any
    fetcher: Any
    subsets_fast: bool


@cache
def load_renderer() -> Renderer:
    """WeasyPrint, loaded once per process; `SetupError` says what to install when it or Pango is missing."""
    try:
        # WeasyPrint prints a notice when a library is missing and warns when HarfBuzz-Subset is: both become findings
        with redirect_stdout(io.StringIO()), warnings.catch_warnings():
            warnings.simplefilter("ignore")
            import weasyprint  # noqa: PLC0415 — everything but PDF works without Pango
            from weasyprint.text import ffi  # noqa: PLC0415 — same
            from weasyprint.text.fonts import FontConfiguration  # noqa: PLC0415 — same
    except ImportError as fault:
        raise SetupError([Diagnostic("X006", Severity.ERROR, args={"module": fault.name or "weasyprint"})]) from fault
    except OSError as fault:
        raise SetupError([Diagnostic("X005", Severity.ERROR, notes=(install_note(),))]) from fault

    embed_lean()

    class Refuses(weasyprint.urls.URLFetcher):  # type: ignore[misc] # WeasyPrint has no type information
        """Fetches the document's own pictures and nothing else: no network, no files."""

        def __init__(self, images: Mapping[str, bytes]) -> None:
            super().__init__()
            self._images = images

        def fetch(self, url: str, headers: dict[str, str] | None = None) -> object:  # noqa: ARG002 — WeasyPrint's signature
            """Give a picture of the document; refuse all else."""
            if url in self._images:
                return weasyprint.urls.URLFetcherResponse(url, self._images[url])
            message = f"not fetched: {url[:80]}"
            raise ValueError(message)

    return Renderer(weasyprint, ffi, FontConfiguration, Refuses, ffi.harfbuzz_subset is not None)


def font_configuration() -> Any:  # noqa: ANN401 — WeasyPrint has no type information
    """WeasyPrint's view of the fonts that docgen sees now."""
    return _font_configuration(fontconfig.config() or 0)


@cache
def _font_configuration(address: int) -> Any:  # noqa: ANN401 — WeasyPrint has no type information
    """WeasyPrint's fonts, made to look where docgen looks: one `FcConfig` serves both."""
    renderer = load_renderer()
    fonts, ffi = renderer.configuration(), renderer.ffi
    fonts._config = ffi.ffi.cast("FcConfig *", address)  # noqa: SLF001 — WeasyPrint takes none from outside
    font_map = ffi.ffi.cast("PangoFcFontMap *", fonts.font_map)
    ffi.pangoft2.pango_fc_font_map_set_config(font_map, fonts._config)  # noqa: SLF001 — same
    return fonts


def install_note() -> str:
    """The key of the text that says how to install Pango on this system."""
    return {"darwin": "macos", "win32": "windows"}.get(sys.platform, "debian")


def to_pdf(docx: bytes, display: str, options: PdfOptions | None = None) -> Pdf:
    """The .docx as a PDF; the same input on the same machine gives the same bytes.

    `display` names the file in diagnostics. Raises `ExportError` for a document that can't be rendered faithfully,
    `SetupError` when Pango, WeasyPrint or every font is missing.
    """
    with _collector_paused():
        return _made(docx, display, options or PdfOptions())


def _made(docx: bytes, display: str, options: PdfOptions) -> Pdf:
    """The PDF; all else that was made on the way isn't referred to any more afterwards."""
    renderer = load_renderer()
    complaints: list[str] = []

    def lay_out(document: HtmlDocument) -> Any:  # noqa: ANN401 — WeasyPrint has no type information
        source = page_source()(document.html, renderer.fetcher(document.images))
        with segments_known(document.segments):
            return source.render(font_config=font_configuration())

    with _complaints_into(complaints):
        document, rendered = settled(docx, display, lay_out)
        edges = shape_text(rendered.pages, renderer.module.matrix.Matrix)
        rule_split_rows(rendered.pages)
        places = () if options.draft else signing_places(rendered.pages)
        archive = Archive(Tagging(rendered.pages, draw_mark if options.draft else None), places)
        data = rendered.write_pdf(finisher=archive.finish, pdf_identifier=True, pdf_version="1.7")
    pages = len(rendered.pages)
    _check_inside(rendered.pages, display, edges)
    findings = [*check_drawn(rendered.fonts.values(), document.measured, renderer.ffi, display)]
    findings += [Diagnostic("X040", Severity.WARNING, Place(display), {"message": text}) for text in complaints]
    if options.strict:
        _refuse([*document.diagnostics, *findings])
    if not renderer.subsets_fast:
        findings.append(Diagnostic("X009", Severity.WARNING, notes=(install_note(),)))
    if archive.lacks:
        findings.append(Diagnostic("X097", Severity.WARNING, Place(display), {"reason": archive.lacks}))
    if not isinstance(data, bytes) or not pages:
        raise ExportError([Diagnostic("X041", Severity.ERROR, Place(display))])
    return Pdf(data, pages, (*document.diagnostics, *findings), archive.form)


def _refuse(findings: Sequence[Diagnostic]) -> None:
    """Raise `ExportError` for whatever isn't drawn as in Word."""
    refused = [as_error(one) for one in findings if one.severity is not Severity.NOTE]
    if refused:
        raise ExportError(refused)


def _check_inside(pages: Sequence[Any], display: str, edges: Mapping[int, float]) -> None:
    """Raise `ExportError` when text was laid out off its page; `edges` are the right ends of reshaped texts."""
    for number, page in enumerate(pages, 1):
        for box in page._page_box.descendants():  # noqa: SLF001 — WeasyPrint 70 shows what it laid out nowhere else
            text = getattr(box, "text", "").strip()
            if not text:
                continue
            below, right = box.position_y + box.baseline > page.height, edges.get(id(box), box.position_x + box.width)
            if below or right > page.width + 1 or box.position_x < -1 or box.position_y + box.baseline < 0:
                args = {"page": str(number), "text": text[:20]}
                raise ExportError([Diagnostic("X042", Severity.ERROR, Place(display), args)])


@contextmanager
def _collector_paused() -> Iterator[None]:
    """The garbage collector off while a document is laid out, where it only costs time; run once afterwards."""
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()
            gc.collect(1)


@contextmanager
def _complaints_into(found: list[str]) -> Iterator[None]:
    """WeasyPrint's warnings, each once, instead of lines on the console."""

    class Keeps(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            text = record.getMessage()
            if record.levelno >= logging.WARNING and text not in found:
                found.append(text)

    logger = logging.getLogger(_LOGGER)
    handler, former, propagates = Keeps(), list(logger.handlers), logger.propagate
    logger.handlers, logger.propagate = [handler], False
    try:
        yield
    finally:
        logger.handlers, logger.propagate = former, propagates
