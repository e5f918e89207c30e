"""A built .docx as one HTML document for paged media: what WeasyPrint only has to paginate and draw."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from lxml import etree

from docgen.diagnostics import Diagnostic, ExportError, Place, Severity, TemplateError
from docgen.export.findings import Findings
from docgen.export.fonts.book import FontBook
from docgen.export.lines.atoms import Measurer
from docgen.export.lines.inline import InlineReader, referenced_anchors
from docgen.export.lines.writer import LineWriter
from docgen.export.pages.flow import flow
from docgen.export.pages.paragraphs import Block, Frame, ParagraphSetter, Rules
from docgen.export.pages.sections import KINDS, Running, Section, counter_style, page_css, read_section, running_name
from docgen.export.pages.sheet import Sheet
from docgen.export.pages.tables import MAX_DEPTH, TableSetter
from docgen.export.reading.format import Grid
from docgen.export.reading.lists import ListLevels
from docgen.export.reading.looks import Looks, number
from docgen.export.reading.properties import VAL, W, is_on, local
from docgen.export.reading.styles import Styles
from docgen.word.gate import open_package
from docgen.word.xml import parse

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from docgen.word.package import Package

MAX_ROWS = 5_000
MAX_CHARACTERS = 1_000_000
_CORE = {
    "title": "{http://purl.org/dc/elements/1.1/}title",
    "author": "{http://purl.org/dc/elements/1.1/}creator",
    "description": "{http://purl.org/dc/elements/1.1/}description",
    "keywords": "{http://schemas.openxmlformats.org/package/2006/metadata/core-properties}keywords",
    "dcterms.created": "{http://purl.org/dc/terms/}created",
    "dcterms.modified": "{http://purl.org/dc/terms/}modified",
}
_BASE_CSS = (
    "body{margin:0}p,h1,h2,h3,h4,h5,h6{margin:0;font-weight:normal;white-space:pre;break-before:auto;break-after:auto;"
    "break-inside:auto;orphans:2;widows:2;bookmark-level:none;hyphens:none}span{line-height:0}"
    "p,h1,h2,h3,h4,h5,h6{margin-break:discard}a{line-height:.7;color:inherit;text-decoration:none}b{display:inline-block;width:0;height:0}i{display:inline-block;height:0}"
    "html{font-kerning:none;font-variant-ligatures:none}.fw{font-feature-settings:'fwid'}"
    "table{table-layout:fixed;border-collapse:collapse;box-sizing:content-box;border-spacing:0;line-height:0}"
    "td{padding:0;box-sizing:border-box;vertical-align:top;text-align:left}tr,thead,tbody{break-inside:auto}"
)
_SKIPPED = frozenset((
    "sectPr", "bookmarkStart", "bookmarkEnd", "proofErr", "commentRangeStart", "commentRangeEnd", "permStart",
    "permEnd", "tblPr", "tblGrid", "tcPr", "sdtPr", "sdtEndPr", "moveFromRangeStart", "moveFromRangeEnd",
    "moveToRangeStart", "moveToRangeEnd", "customXmlPr",
))  # fmt: skip
_WRAPPERS = frozenset(("sdt", "sdtContent", "customXml", "ins", "moveTo"))


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
    return _Document(package, display).html()


class _Document:
    """The tools and state of one conversion."""

    def __init__(self, package: Package, display: str) -> None:
        self.package, self.display = package, display
        self.body = self._root(package.main)
        self.findings = Findings(display)
        self.sheet = Sheet()
        self.book = FontBook(display)
        settings = self._related("settings")
        self.styles = Styles(self._related("styles"), self._related("theme"), display)
        self.looks = Looks(self.styles, self.book)
        self.measurer = Measurer(self.book, display)
        self.even = _switch(settings, "evenAndOddHeaders")
        compatibility = _compatibility(settings)
        compat = settings.find(f"{W}compat") if settings is not None else None
        self.adds = _switch(compat, "doNotUseHTMLParagraphAutoSpacing")
        rules = Rules(
            number(_value(settings, "defaultTabStop"), 720) / 20,
            not _switch(compat, "doNotExpandShiftReturn"),
        )
        lists = ListLevels(package, self._related("numbering"), self.styles)
        writer = LineWriter(self.sheet)
        self.paragraphs = ParagraphSetter(
            self.styles, self.looks, lists, self.measurer, writer, self.sheet, self.findings, rules
        )
        self.tables = TableSetter(self.styles, self.sheet, self.findings, self._fill_cell, compatibility)
        self.rows = 0

    def _root(self, part: str) -> etree._Element:
        try:
            return parse(self.package.parts[part])
        except (etree.XMLSyntaxError, KeyError) as fault:
            raise ExportError(
                [Diagnostic("X002", Severity.ERROR, Place(self.display, spot=part), {"part": part})]
            ) from fault

    def _related(self, kind: str) -> etree._Element | None:
        parts = self.package.related(self.package.main, kind)
        return self._root(parts[0]) if parts else None

    def _links(self, part: str) -> dict[str, str]:
        return {link.id: link.part or link.target for link in self.package.relationships.get(part, ())}

    def _enter(self, part: str, root: etree._Element, label: str) -> None:
        self.findings.reset(label)
        self.paragraphs.reader = InlineReader(self.measurer, self.findings, self._links(part), referenced_anchors(root))

    def html(self) -> HtmlDocument:
        """Everything, in one string."""
        holder = self.body.find(f"{W}body")
        if holder is None:
            raise ExportError([Diagnostic("X002", Severity.ERROR, Place(self.display), {"part": self.package.main})])
        parts: list[str] = []
        pages: list[str] = []
        for index, (section, children) in enumerate(self._sections(holder)):
            running = self._running(section)
            pages.append(page_css(index, section, running, even=self.even))
            self._enter(self.package.main, self.body, "正文")
            frame = Frame(section.text_width, section.grid, room=section.height - section.top - section.bottom)
            content, _ = flow(self._blocks(children, frame, 0), self.sheet, adds=self.adds)
            self.paragraphs.reader.finish()
            heads = "".join(
                f'<div style="position:running({running_name(index, *key)})">{box.html}</div>'
                for key, box in running.items()
            )
            style = self._number_css(index, section, pages)
            first = _FIRST_PAGE.get(section.kind, "") if index else ""
            parts.append(f'<section class="n{index}" style="page:s{index}{first}{style}">{heads}{content}</section>')
        self._unrendered_effects()
        return self._whole("".join(parts), "".join(pages))

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
        links = self._links(self.package.main)
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
                root = self._root(part)
                self._enter(part, root, "页眉" if zone == "header" else "页脚")
                html, height = flow(self._blocks(root, Frame(section.text_width), 0), self.sheet, adds=self.adds)
                shown[zone, kind] = Running(html, height)
        return shown

    def _blocks(self, children: Iterable[etree._Element], frame: Frame, depth: int) -> list[Block]:
        found: list[Block] = []
        for child in children:
            name = local(child)
            if name == "p":
                found.extend(self.paragraphs.set(child, frame))
                if self.paragraphs.characters > MAX_CHARACTERS:
                    raise self._too_large(MAX_CHARACTERS, "characters")
            elif name == "tbl":
                found.append(self._table(child, frame, depth))
            elif name in _WRAPPERS:
                found.extend(self._blocks(child, frame, depth))
            elif name and name not in _SKIPPED:
                self.findings.report("X030", feature=f"w:{name}")
        return found

    def _table(self, element: etree._Element, frame: Frame, depth: int) -> Block:
        self.rows += len(element.findall(f".//{W}tr"))
        if depth >= MAX_DEPTH:
            raise self._too_large(MAX_DEPTH, "nested tables")
        if self.rows > MAX_ROWS:
            raise self._too_large(MAX_ROWS, "table rows")
        return self.tables.set(element, frame, depth)

    def _too_large(self, limit: int, what: str) -> ExportError:
        args = {"limit": str(limit), "what": what}
        return ExportError([Diagnostic("X004", Severity.ERROR, self.findings.place(), args)])

    def _fill_cell(self, cell: etree._Element, frame: Frame, depth: int) -> tuple[str, float, bool]:
        blocks = self._blocks(cell, frame, depth)
        html, height = flow(blocks, self.sheet, adds=self.adds)
        if blocks and blocks[-1].after:
            html += f'<div style="height:{blocks[-1].after:.2f}pt"></div>'
        return html, height, bool(blocks) and blocks[0].keeps_next

    def _unrendered_effects(self) -> None:
        for name in sorted(self.looks.unrendered):
            place = Place(self.display)
            self.findings.items.append(
                Diagnostic("X037", Severity.WARNING, place, {"feature": f"w:{name.partition('.')[0]}"})
            )

    def _whole(self, body: str, pages: str) -> HtmlDocument:
        diagnostics = (*self.package.findings, *self.findings.items, *self.book.findings)
        lost = [item for item in diagnostics if item.severity is Severity.ERROR]
        if lost:
            raise ExportError(lost)
        core = self._core()
        title = core.pop("title", "")
        head = f"<title>{escape(title)}</title>" + "".join(
            f'<meta name="{name}" content="{escape(text)}">' for name, text in core.items() if text
        )
        css = f"{_BASE_CSS}{_COUNTERS}{pages}{self.sheet.css()}"
        head = f'<head><meta charset="utf-8">{head}<style>{css}</style></head>'
        html = f'<!DOCTYPE html><html lang="zh-CN">{head}<body>{body}</body></html>'
        return HtmlDocument(html, title, diagnostics)

    def _core(self) -> dict[str, str]:
        parts = self.package.related("", "core-properties")
        if not parts:
            return {}
        root = self._root(parts[0])
        return {name: (root.findtext(tag) or "").strip() for name, tag in _CORE.items()}


_COUNTERS = ".page::before{content:counter(page)}.pages::before,.section::before{content:counter(pages)}"
_FIRST_PAGE: Mapping[str, str] = {"oddPage": ";break-before:right", "evenPage": ";break-before:left"}


def _value(settings: etree._Element | None, name: str) -> str | None:
    element = settings.find(f"{W}{name}") if settings is not None else None
    return element.get(VAL) if element is not None else None


def _switch(holder: etree._Element | None, name: str) -> bool:
    element = holder.find(f"{W}{name}") if holder is not None else None
    return element is not None and is_on(element.get(VAL))


def _compatibility(settings: etree._Element | None) -> int:
    """The Word version whose layout rules the document asks for; 15 is Word 2013 and later."""
    for element in settings.iter(f"{W}compatSetting") if settings is not None else ():
        if element.get(f"{W}name") == "compatibilityMode":
            return int(number(element.get(VAL), 15))
    return 12


__all__ = ["Grid", "HtmlDocument", "to_html"]
