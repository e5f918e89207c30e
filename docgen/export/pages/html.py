"""A built .docx as one HTML document for paged media: what WeasyPrint only has to paginate and draw."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from docgen.diagnostics import Diagnostic, ExportError, Place, Severity, TemplateError
from docgen.export.findings import Findings
from docgen.export.fonts.book import FontBook
from docgen.export.pages.paragraphs import Frame
from docgen.export.pages.running import Running, page_css, running_name
from docgen.export.pages.sections import KINDS, Section, counter_style, read_section
from docgen.export.pages.sheet import Sheet
from docgen.export.pages.story import StorySetter
from docgen.export.reading.parts import Parts
from docgen.export.reading.properties import W, local
from docgen.export.reading.settings import read_settings
from docgen.word.gate import open_package

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lxml import etree

_BASE_CSS = (
    "body{margin:0}p,h1,h2,h3,h4,h5,h6{margin:0;font-weight:normal;white-space:pre;break-before:auto;break-after:auto;"
    "break-inside:auto;orphans:2;widows:2;bookmark-level:none;hyphens:none}span{line-height:0}"
    "p,h1,h2,h3,h4,h5,h6{margin-break:discard}a{line-height:.7;color:inherit;text-decoration:none}b{display:inline-block;width:0;height:0}i{display:inline-block;height:0}u{display:inline-block;text-decoration:none;white-space:pre}"
    "html{font-kerning:none;font-variant-ligatures:none}.fw{font-feature-settings:'fwid'}"
    "table{table-layout:fixed;border-collapse:collapse;box-sizing:content-box;border-spacing:0;line-height:0}"
    "td{padding:0;box-sizing:border-box;vertical-align:top;text-align:left}tr,thead,tbody{break-inside:auto}"
)


@dataclass(frozen=True, slots=True)
class HtmlDocument:
    """The paged HTML of one .docx; `diagnostics` says what was substituted or left out."""

    html: str
    title: str
    diagnostics: tuple[Diagnostic, ...]


def to_html(docx: bytes, display: str) -> HtmlDocument:
    """The .docx as paged HTML whose lines are already broken.

    Raises `ExportError` for a file that is no sound .docx, is too long, or holds text that can't be rendered; and
    `SetupError` when the machine has no fonts.
    """
    try:
        package = open_package(docx, display, allow_revisions=True)
    except TemplateError as fault:
        raise ExportError(fault.diagnostics) from fault
    return _Document(Parts(package, display)).html()


class _Document:
    """The tools and state of one conversion."""

    def __init__(self, parts: Parts) -> None:
        self.parts = parts
        self.body = parts.root(parts.main)
        self.findings = Findings(parts.display)
        self.sheet = Sheet()
        self.book = FontBook(parts.display)
        settings = read_settings(parts.related("settings"))
        self.even = settings.even_headers
        self.story = StorySetter(parts, settings, self.sheet, self.findings, self.book)

    def html(self) -> HtmlDocument:
        """Everything, in one string."""
        holder = self.body.find(f"{W}body")
        if holder is None:
            raise self.parts.unreadable(self.parts.main)
        out: list[str] = []
        pages: list[str] = []
        for index, (section, children) in enumerate(self._sections(holder)):
            running = self._running(section)
            pages.append(page_css(index, section, running, even=self.even))
            self.story.enter(self.parts.main, self.body, "正文")
            content, _ = self.story.html(children, Frame(section.text_width, section.grid, room=section.room))
            self.story.leave()
            heads = "".join(
                f'<div style="position:running({running_name(index, *key)})">{box.html}</div>'
                for key, box in running.items()
            )
            style = self._number_css(index, section, pages)
            first = _FIRST_PAGE.get(section.kind, "") if index else ""
            out.append(f'<section class="n{index}" style="page:s{index}{first}{style}">{heads}{content}</section>')
        self._unrendered_effects()
        return self._whole("".join(out), "".join(pages))

    def _number_css(self, index: int, section: Section, pages: list[str]) -> str:
        style = counter_style(section.number_format)
        if style is None:
            self.findings.report("X030", feature=f"w:pgNumType {section.number_format}")
        if style not in {None, "decimal"}:
            pages.append(f".n{index} .page::before{{content:counter(page,{style})}}")
        return ""

    def _sections(self, body: etree._Element) -> list[tuple[Section, list[etree._Element]]]:
        """Each section with its paragraphs and tables; a continuous one on the same pages joins the one before."""
        found: list[tuple[Section, list[etree._Element]]] = []
        children: list[etree._Element] = []
        links = self.parts.links(self.parts.main)
        before: Section | None = None
        for child in body:
            if local(child) == "sectPr":
                continue
            children.append(child)
            ends = child.find(f"{W}pPr/{W}sectPr")
            if ends is not None:
                before = self._add_section(found, read_section(ends, links, before), children)
                children = []
        self._add_section(found, read_section(body.find(f"{W}sectPr"), links, before), children)
        return found

    def _add_section(
        self, found: list[tuple[Section, list[etree._Element]]], section: Section, children: list[etree._Element]
    ) -> Section:
        if section.columns > 1:
            self.findings.report("X030", feature="w:cols")
        if section.char_grid:
            self.findings.report("X036")
        if found and section.kind == "continuous":
            last, earlier = found[-1]
            if last.same_page(section):
                earlier.extend(children)
                return section
            self.findings.report("X030", feature="w:sectPr continuous")
        found.append((section, children))
        return section

    def _running(self, section: Section) -> dict[tuple[str, str], Running]:
        """The headers and footers that pages of this section show."""
        shown: dict[tuple[str, str], Running] = {}
        for zone in ("header", "footer"):
            for kind in KINDS:
                part = section.parts.get((zone, kind))
                if part is None or (kind == "first" and not section.title_page) or (kind == "even" and not self.even):
                    continue
                root = self.parts.root(part)
                self.story.enter(part, root, "页眉" if zone == "header" else "页脚")
                shown[zone, kind] = Running(*self.story.html(root, Frame(section.text_width)))
        return shown

    def _unrendered_effects(self) -> None:
        for name in sorted(self.story.looks.unrendered):
            place = Place(self.parts.display)
            self.findings.items.append(
                Diagnostic("X037", Severity.WARNING, place, {"feature": f"w:{name.partition('.')[0]}"})
            )

    def _whole(self, body: str, pages: str) -> HtmlDocument:
        diagnostics = (*self.parts.package.findings, *self.findings.items, *self.book.findings)
        lost = [item for item in diagnostics if item.severity is Severity.ERROR]
        if lost:
            raise ExportError(lost)
        core = self.parts.core()
        title = core.pop("title", "")
        head = f"<title>{escape(title)}</title>" + "".join(
            f'<meta name="{name}" content="{escape(text)}">' for name, text in core.items() if text
        )
        css = f"{_BASE_CSS}{_COUNTERS}{pages}{self.sheet.css()}"
        head = f'<head><meta charset="utf-8">{head}<style>{css}</style></head>'
        html = f'<!DOCTYPE html><html lang="zh-CN">{head}<body>{body}</body></html>'
        return HtmlDocument(html, title, diagnostics)


_COUNTERS = ".page::before{content:counter(page)}.pages::before,.section::before{content:counter(pages)}"
_FIRST_PAGE: Mapping[str, str] = {"oddPage": ";break-before:right", "evenPage": ";break-before:left"}
