"""A built .docx as one HTML document for paged media: what WeasyPrint only has to paginate and draw."""

from __future__ import annotations

from dataclasses import dataclass, field
from html import escape
from typing import TYPE_CHECKING

from docgen.diagnostics import Diagnostic, ExportError, Place, Severity, TemplateError
from docgen.export.findings import Findings, as_error
from docgen.export.fonts.book import FontBook
from docgen.export.fonts.hints import read_hints
from docgen.export.pages.columns import in_columns
from docgen.export.pages.division import Stretch, page_runs
from docgen.export.pages.flow import loosen, reserve
from docgen.export.pages.notes import NOTES_CSS, Notes
from docgen.export.pages.numbers import Layout, PageNumbers
from docgen.export.pages.paragraphs import Block, Frame
from docgen.export.pages.running import (
    Running,
    Sides,
    body_area,
    heights,
    page_css,
    running_area,
    running_name,
    text_top,
)
from docgen.export.pages.sections import KINDS, Section
from docgen.export.pages.sheet import Sheet, points
from docgen.export.pages.story import StorySetter
from docgen.export.reading.notes import FOOTNOTE
from docgen.export.reading.parts import Parts
from docgen.export.reading.properties import W
from docgen.export.reading.settings import read_settings
from docgen.word.gate import open_package

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from docgen.export.fonts.faces import Measured
    from docgen.export.lines.segments import Segments

_BASE_CSS = (
    "body{margin:0}p,h1,h2,h3,h4,h5,h6{margin:0;font-weight:normal;white-space:pre;break-before:auto;break-after:auto;"
    "break-inside:auto;orphans:2;widows:2;bookmark-level:none;hyphens:none}span{line-height:0}"
    "p,h1,h2,h3,h4,h5,h6{margin-break:discard}a{line-height:.7;color:inherit;text-decoration:none}b{display:inline-block;width:0;height:0}i{display:inline-block;height:0}u{display:inline-block;text-decoration:none;white-space:pre}"
    "img{image-orientation:none;image-rendering:crisp-edges}svg{overflow:visible}object{line-height:0}"
    "html{font-kerning:none;font-variant-ligatures:none}.fw{font-feature-settings:'fwid'}"
    "table{table-layout:fixed;border-collapse:collapse;box-sizing:content-box;border-spacing:0;line-height:0}"
    "td{padding:0;box-sizing:border-box;vertical-align:top;text-align:left}tr,thead,tbody{break-inside:auto}"
)


@dataclass(frozen=True, slots=True)
class HtmlDocument:
    """The paged HTML of one .docx; `diagnostics` says what was substituted or left out.

    `measured` is what the lines were broken with; `images` are the pictures by the address that the HTML names;
    `segments` hold the text that isn't in the HTML.
    """

    html: str
    title: str
    diagnostics: tuple[Diagnostic, ...]
    measured: Measured
    depends: bool = False
    images: Mapping[str, bytes] = field(default_factory=dict)
    segments: Segments | None = None


def to_html(
    docx: bytes, display: str, layout: Layout | None = None, segments: Segments | None = None, *, strict: bool = False
) -> HtmlDocument:
    """The .docx as paged HTML whose lines are already broken.

    With `segments`, plain text goes there, and one private-use character stands for each stretch of it.

    A document that `depends` prints page numbers within its text. They are those that Word saved, or those of `layout`,
    which is to be that of the same document: when the HTML comes out the same, every number is right.
    With `strict`, whatever isn't drawn as in Word is an error, tracked changes and places left blank among it.
    Raises `ExportError` for a file that is no sound .docx, is too long, or holds text that can't be rendered; and
    `SetupError` when the machine has no fonts.
    """
    try:
        package = open_package(docx, display, allow_revisions=True, stored_fields=True)
    except TemplateError as fault:
        raise ExportError(fault.diagnostics) from fault
    return _Document(Parts(package, display), layout, segments, strict=strict).html()


class _Document:
    """The tools and state of one conversion."""

    def __init__(self, parts: Parts, layout: Layout | None, segments: Segments | None, *, strict: bool) -> None:
        self.parts, self.strict = parts, strict
        self.body = parts.root(parts.main)
        self.findings = Findings(parts.display)
        self.sheet = Sheet(segments)
        self.book = FontBook(parts.display, read_hints(parts.related("fontTable")), self.findings.place)
        settings = parts.related("settings")
        facts = read_settings(settings)
        self.even, self.mirrored = facts.even_headers, facts.mirrored
        self.overhang = 0.0
        self.notes = Notes(parts, settings, self.sheet, self.findings)
        if layout is not None:
            self.notes.laid_out(layout.places)
        self.numbers = PageNumbers(layout, self.findings)
        self.story = StorySetter(parts, facts, self.sheet, self.findings, self.book, self.notes, self.numbers)

    def html(self) -> HtmlDocument:
        """Everything, in one string."""
        holder = self.body.find(f"{W}body")
        if holder is None:
            raise self.parts.unreadable(self.parts.main)
        runs = page_runs(holder, self.parts.links(self.parts.main), self.findings)
        papers = [run[0].section for run in runs]
        self.numbers.number(papers)
        restarts = any(paper.start is not None for paper in papers)
        read: list[list[tuple[Stretch, list[Block]]]] = []
        for index, stretches in enumerate(runs):
            read.append([])
            for stretch in stretches:
                self.numbers.enter(index, stretch.number, alone=len(stretches) == 1)
                read[-1].append((stretch, self._read(stretch, papers[index])))
        self.overhang = max((block.overhang for run in read for _, blocks in run for block in blocks), default=0.0)
        out: list[str] = []
        pages: list[str] = []
        for index, run in enumerate(read):
            section = run[0][0].section
            self.numbers.enter(index, run[0][0].number, alone=len(run) == 1)
            content, shown = self._run(index, run)
            frame = Frame(section.text_width, section.grid, room=section.room)
            if index == len(runs) - 1:
                content += self.notes.endnotes(self.story, frame, at_end=True)
            _, separator = self.notes.separator(FOOTNOTE, self.story, frame)
            differ = self.even or self.mirrored
            odd_first = self.numbers.odd_first(index, restarts=restarts) if differ else None
            pages.append(page_css(index, section, shown, separator, Sides(self.even, self.mirrored, odd_first)))
            first = _FIRST_PAGE.get(section.kind, "") if index else ""
            style = f";--up:{points(-text_top(section, shown))}"
            out.append(f'<section class="n{index}" style="page:s{index}{first}{style}">{content}</section>')
        if self.overhang:
            pages.append(f"html{{box-decoration-break:clone;margin-bottom:{points(-self.overhang)}}}")
        pages.append(self.numbers.css(papers))
        self._unrendered_effects()
        return self._whole("".join(out), "".join(pages))

    def _run(
        self, index: int, run: Sequence[tuple[Stretch, list[Block]]]
    ) -> tuple[str, Mapping[tuple[str, str], Running]]:
        """The text of sections that share their pages, and the headers and footers of these pages."""
        page = run[0][0].section
        running = self._running(page)
        shown = dict(running)
        out = [self._heads(index, running)]
        above: Block | None = None
        for number, (stretch, blocks) in enumerate(run):
            section = stretch.section
            if number and section.parts != run[number - 1][0].section.parts:
                # on the page where a section begins, the headers of the one before still stand
                out.append(self._heads(index, running))
                running = self._running(section)
                out.append(self._heads(index, running))
                shown |= {
                    key: max(box, shown.get(key, box), key=lambda one: one.height) for key, box in running.items()
                }
            if section.vertical != "top":
                blocks = self._aligned(section, blocks, shown, alone=len(run) == 1)  # noqa: PLW2901 — moved down
            html, above = self._set(stretch, blocks, above, balanced=number < len(run) - 1)
            html = self.notes.fill(html, self.story, Frame(page.text_width, section.grid))
            html += self.notes.endnotes(self.story, Frame(section.text_width, section.grid), at_end=False)
            left, right = section.left - page.left, section.right - page.right
            shifted = abs(left) > _SAME or abs(right) > _SAME
            margins = f'<div style="margin:0 {points(right)} 0 {points(left)}">{html}</div>'
            out.append(margins if shifted else html)
        return "".join(out), shown

    def _aligned(
        self, section: Section, blocks: list[Block], running: Mapping[tuple[str, str], Running], *, alone: bool
    ) -> list[Block]:
        """The text of a page, as a cover's, moved down to where its section wants it; only one page can be moved."""
        top, bottom = section.text_area(*heights(running))
        spare = section.height - top - bottom - self.story.flow(blocks)[1]
        share = {"center": 0.5, "bottom": 1.0}.get(section.vertical, 0.0)
        broken = any(block.new_page or block.new_column for block in blocks[1:])
        if not alone or spare < 0 or broken or section.columns > 1 or not share:
            self.findings.report("X030", feature=f"w:vAlign {section.vertical}")
            return blocks
        blocks[0].new_page = False
        return [Block("div", f"height:{points(spare * share)}", "", spare * share), *blocks]

    def _set(
        self, stretch: Stretch, blocks: list[Block], above: Block | None, *, balanced: bool
    ) -> tuple[str, Block | None]:
        """One section's text, and what the next section's first paragraph stands below."""
        last = next((block for block in reversed(blocks) if block.tag), above)
        if stretch.section.columns == 1:
            return self.story.flow(blocks, self.overhang, above)[0], last
        html = in_columns(blocks, stretch.section, self.story, self.overhang, balanced=balanced)
        if above is not None:  # columns stand for themselves: nothing collapses into them
            space = above.after - reserve(above, self.overhang)
            html = f'<div style="margin-top:{points(space)}"></div>{html}'
        return html, Block("div", "", "", 0.0, after=last.after if last else 0.0, overhang=self.overhang)

    def _read(self, stretch: Stretch, page: Section) -> list[Block]:
        """The blocks of one section; `page` is the section whose margins its pages have."""
        section = stretch.section
        for feature in section.unrendered:
            self.findings.report("X030", feature=feature)
        if section.char_grid:
            self.findings.report("X036")
        self.notes.enter_section(stretch.element)
        self.story.enter(self.parts.main, self.body, "正文", body_area(section, page))
        frame = Frame(section.column_width, section.grid, room=page.room, columns=section.columns)
        blocks = self.story.blocks(stretch.children, frame)
        loosen(blocks, page.room)
        self.story.leave()
        return blocks

    def _heads(self, index: int, running: Mapping[tuple[str, str], Running]) -> str:
        return "".join(
            f'<div style="position:running({running_name(index, *key)})">{box.html}</div>'
            for key, box in running.items()
        )

    def _running(self, section: Section) -> dict[tuple[str, str], Running]:
        """The headers and footers that pages of this section show."""
        shown: dict[tuple[str, str], Running] = {}
        for zone in ("header", "footer"):
            for kind in KINDS:
                part = section.parts.get((zone, kind))
                if part is None or (kind == "first" and not section.title_page) or (kind == "even" and not self.even):
                    continue
                root = self.parts.root(part)
                self.story.enter(part, root, "页眉" if zone == "header" else "页脚", running_area(section, zone))
                before = self.story.floats.placed
                html, height = self.story.html(root, Frame(section.text_width))
                shown[zone, kind] = Running(html, height, self.story.floats.placed > before)
        return shown

    def _unrendered_effects(self) -> None:
        for name in sorted(self.story.looks.unrendered):
            place = Place(self.parts.display)
            self.findings.items.append(
                Diagnostic("X037", Severity.WARNING, place, {"feature": f"w:{name.partition('.')[0]}"})
            )

    def _whole(self, body: str, pages: str) -> HtmlDocument:
        diagnostics = (*self.parts.package.findings, *self.findings.items, *self.book.findings)
        if self.strict:
            diagnostics = tuple(as_error(item) for item in diagnostics)
        lost = [item for item in diagnostics if item.severity is Severity.ERROR]
        if lost:
            raise ExportError(lost)
        core = self.parts.core()
        title = core.pop("title", "")
        head = f"<title>{escape(title)}</title>" + "".join(
            f'<meta name="{name}" content="{escape(text)}"/>' for name, text in core.items() if text
        )
        css = f"{_BASE_CSS}{NOTES_CSS}{_COUNTERS}{pages}{self.sheet.css()}"
        head = f'<head><meta charset="utf-8"/>{head}<style>{css}</style></head>'
        html = f'<!DOCTYPE html><html lang="zh-CN">{head}<body>{body}</body></html>'
        depends = self.numbers.depends or self.notes.depends
        images = self.story.pictures.images.data
        return HtmlDocument(html, title, diagnostics, self.book.measured, depends, images, self.sheet.segments)


_SAME = 0.5  # margins that differ by less are equal
_COUNTERS = ".page::before{content:counter(page)}.pages::before{content:counter(pages)}"
_FIRST_PAGE: Mapping[str, str] = {"oddPage": ";break-before:right", "evenPage": ";break-before:left"}
