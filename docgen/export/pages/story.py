"""A story (Word's word for a run of paragraphs and tables: body, header, cell, note) as blocks and as HTML."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docgen.diagnostics import Diagnostic, ExportError, Severity
from docgen.export.lines.atoms import Measurer
from docgen.export.lines.breaking import Measure, break_lines
from docgen.export.lines.inline import InlineReader, referenced_anchors
from docgen.export.lines.writer import LineWriter
from docgen.export.pages.floats import FloatSetter
from docgen.export.pages.flow import flow
from docgen.export.pages.paragraphs import Block, Frame, ParagraphSetter, Rules
from docgen.export.pages.pictures import PictureSetter
from docgen.export.reading.lists import ListLevels
from docgen.export.reading.looks import Looks
from docgen.export.reading.properties import W, local
from docgen.export.reading.styles import Styles
from docgen.export.tables.cells import CellFiller
from docgen.export.tables.writer import MAX_DEPTH, TableSetter

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from lxml import etree

    from docgen.export.findings import Findings
    from docgen.export.fonts.book import FontBook
    from docgen.export.lines.atoms import Atom
    from docgen.export.pages.notes import Notes
    from docgen.export.pages.numbers import PageNumbers
    from docgen.export.pages.placing import Area
    from docgen.export.pages.sheet import Sheet
    from docgen.export.reading.parts import Parts
    from docgen.export.reading.settings import Settings

MAX_ROWS = 5_000
MAX_CELLS = 20_000
MAX_CHARACTERS = 1_000_000
MAX_PARAGRAPHS = 30_000  # a paragraph takes WeasyPrint some 30 KB and 2 ms
_SKIPPED = frozenset((
    "sectPr", "bookmarkStart", "bookmarkEnd", "proofErr", "commentRangeStart", "commentRangeEnd", "permStart",
    "permEnd", "tblPr", "tblGrid", "tcPr", "sdtPr", "sdtEndPr", "moveFromRangeStart", "moveFromRangeEnd",
    "moveToRangeStart", "moveToRangeEnd", "customXmlPr",
))  # fmt: skip
_WRAPPERS = frozenset(("sdt", "sdtContent", "customXml", "ins", "moveTo"))


class StorySetter:
    """Sets every story of one document."""

    def __init__(  # noqa: PLR0913 — what all stories of one document share
        self, parts: Parts, settings: Settings, sheet: Sheet, findings: Findings, book: FontBook, notes: Notes,
        numbers: PageNumbers,
    ) -> None:  # fmt: skip
        """Put the tools of the document together."""
        self._notes, self._numbers = notes, numbers
        self._parts, self._sheet, self._findings = parts, sheet, findings
        self._adds = settings.adds_spaces
        styles = Styles(parts.related("styles"), parts.related("theme"), parts.display)
        self.looks = Looks(styles, book)
        self._measurer = Measurer(book)
        self._writer = LineWriter(sheet)
        self.pictures = PictureSetter(parts.package, parts.related("theme"), sheet, findings)
        self.pictures.set_text, self.pictures.set_words = self._box_text, self._stretched
        self.floats = FloatSetter(sheet, findings)
        self._paragraphs = ParagraphSetter(
            styles, self.looks, ListLevels(parts.package, parts.related("numbering"), styles), self._measurer,
            self._writer, sheet, findings, Rules(settings.default_stop, settings.expand_forced),
            self.floats,
        )  # fmt: skip
        filler = CellFiller(self, sheet, adds=settings.adds_spaces)
        self._tables = TableSetter(styles, sheet, findings, filler, settings.compatibility)
        self._rows = self._cells = 0
        self._facts: tuple[dict[str, str], frozenset[str]] = {}, frozenset()
        self._count = 0

    def enter(self, part: str, root: etree._Element, label: str, area: Area | None = None) -> None:
        """Another part begins; `label` is what a Word user calls it, `area` the page that floats stand on."""
        self._findings.reset(label)
        self.floats.area, self.pictures.part = area, part
        links, anchors = self._parts.links(part), referenced_anchors(root)
        self._facts = links, anchors
        self._paragraphs.reader = self._new_reader()

    def _new_reader(self) -> InlineReader:
        return InlineReader(
            self._measurer, self._findings, *self._facts, self._notes, self._numbers, self.pictures.draw
        )

    def leave(self) -> None:
        """The part ends."""
        self._paragraphs.reader.finish()

    def html(self, children: Iterable[etree._Element], frame: Frame) -> tuple[str, float]:
        """These paragraphs and tables one under the other, and their height in points."""
        return self.flow(self.blocks(children, frame, 0))

    def flow(self, blocks: Sequence[Block], overhang: float = 0.0, previous: Block | None = None) -> tuple[str, float]:
        """The blocks one under the other, and their height in points; `previous` stands above them."""
        return flow(blocks, self._sheet, adds=self._adds, overhang=overhang, previous=previous)

    def blocks(self, children: Iterable[etree._Element], frame: Frame, depth: int = 0) -> list[Block]:
        """The blocks of these paragraphs and tables; `depth` counts the tables they stand in."""
        found = self._blocks(children, frame, depth)
        return [*found, *self._below(frame)]

    def _below(self, frame: Frame) -> list[Block]:
        """Room for what floats further down than the text before."""
        rest = self.floats.rest(frame)
        return [Block("div", f"height:{rest:.2f}pt", "", rest)] if rest > 0 else []

    def _blocks(self, children: Iterable[etree._Element], frame: Frame, depth: int) -> list[Block]:
        found: list[Block] = []
        for child in children:
            name = local(child)
            if name == "p":
                self._count += 1
                if self._count > MAX_PARAGRAPHS:
                    raise self._too_large(MAX_PARAGRAPHS, "paragraphs")
                found.extend(self._paragraphs.set(child, frame))
                if self._paragraphs.characters > MAX_CHARACTERS:
                    raise self._too_large(MAX_CHARACTERS, "characters")
            elif name == "tbl":
                found.extend(self._below(frame))
                follows = bool(found) and found[-1].table
                found.append(self._table(child, frame, depth, follows=follows))
            elif name in _WRAPPERS:
                found.extend(self._blocks(child, frame, depth))
            elif name and name not in _SKIPPED:
                self._findings.report("X030", feature=f"w:{name}")
        return found

    def _box_text(self, content: etree._Element, width: float) -> tuple[str, float]:
        """The text of a text box as HTML, and its height; the paragraph around it goes on afterwards."""
        reader, frame, area = self._paragraphs.reader, self._paragraphs.frame, self.floats.area
        place = self._findings.paragraph, self._findings.current
        self._paragraphs.reader, self.floats.area = self._new_reader(), None
        html, height = self.html(content, Frame(width, frame.grid, room=frame.room, in_cell=True))
        self._paragraphs.reader.finish()
        self._paragraphs.reader, self._paragraphs.frame, self.floats.area = reader, frame, area
        self._findings.paragraph, self._findings.current = place
        return html, height

    def _stretched(self, words: str, font: str, width: float) -> tuple[str, float, str]:
        """One line of text in the size that makes it as wide as asked, its height, and the CSS of its font."""
        atoms: list[Atom] = []
        probe = {"rFonts.ascii": font, "rFonts.eastAsia": font, "sz": "200"}
        self._measurer.text(words, self.looks.look(probe), atoms)
        natural = sum(atom.width for atom in atoms)
        if not natural or not width:
            return "", 0.0, ""
        look = self.looks.look({**probe, "sz": f"{200 * width / natural:.1f}"})
        atoms = []
        self._measurer.text(words, look, atoms)
        line = break_lines(atoms, Measure(width * 2))[0]
        line.extra = [0.0] * len(atoms)
        return self._writer.line(atoms, line, newline=False), look.size * 1.2, look.css(atoms[0].face)

    def _table(self, element: etree._Element, frame: Frame, depth: int, *, follows: bool) -> Block:
        self._rows += len(element.findall(f".//{W}tr"))
        self._cells += len(element.findall(f".//{W}tc"))
        if depth >= MAX_DEPTH:
            raise self._too_large(MAX_DEPTH, "nested tables")
        if self._rows > MAX_ROWS:
            raise self._too_large(MAX_ROWS, "table rows")
        if self._cells > MAX_CELLS:
            raise self._too_large(MAX_CELLS, "table cells")
        return self._tables.set(element, frame, depth, follows=follows)

    def _too_large(self, limit: int, what: str) -> ExportError:
        args = {"limit": str(limit), "what": what}
        return ExportError([Diagnostic("X004", Severity.ERROR, self._findings.place(), args)])

    def extent(self, children: Iterable[etree._Element], frame: Frame, depth: int) -> tuple[float, float]:
        """How wide the widest paragraph or table is at least and at best, in points."""
        narrow = wide = 0.0
        for child in children:
            name = local(child)
            if name == "p":
                found = self._paragraphs.extent(child, frame)
            elif name == "tbl" and depth < MAX_DEPTH:
                found = self._tables.extent(child, frame, depth)
            elif name in _WRAPPERS:
                found = self.extent(child, frame, depth)
            else:
                continue
            narrow, wide = max(narrow, found[0]), max(wide, found[1])
        return narrow, wide
