"""A `w:p` as one HTML paragraph whose lines are already broken."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from lxml import etree

from docgen.export.lines.atoms import Atom, Kind, shaped
from docgen.export.lines.breaking import Line, Measure, break_lines, unbroken
from docgen.export.lines.extent import extent
from docgen.export.lines.inline import COLUMN_BREAK, Content, InlineReader
from docgen.export.lines.label import LabelSetter
from docgen.export.pages.floats import divide
from docgen.export.pages.sheet import points
from docgen.export.reading.format import NO_GRID, Format, Grid, LineBox, paragraph_format
from docgen.export.reading.properties import Properties, W, read
from docgen.export.reading.values import is_dark

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from docgen.export.findings import Findings
    from docgen.export.fonts.book import Face
    from docgen.export.lines.atoms import Measurer
    from docgen.export.lines.writer import LineWriter
    from docgen.export.pages.floats import Floats, FloatSetter
    from docgen.export.pages.sheet import Sheet
    from docgen.export.reading.format import Border
    from docgen.export.reading.lists import ListLevels
    from docgen.export.reading.looks import Look, Looks
    from docgen.export.reading.styles import Styles

_BODY_LEVEL = 9
_HTML_HEADINGS = 6
_BAR = 0.5  # the width of the line that a bar tab draws


@dataclass(slots=True)
class Block:
    """One paragraph or table, ready but for its top margin; lengths in points."""

    tag: str
    css: str
    inner: str
    height: float
    before: float = 0.0
    after: float = 0.0
    attributes: str = ""
    style: str = ""
    contextual: bool = False
    new_page: bool = False
    new_column: bool = False
    keeps_next: bool = False
    borders: tuple[object, ...] = ()
    lines: tuple[float, ...] = ()  # the heights of a paragraph's lines
    drawn: bool = True  # whether anything stands in it
    table: bool = False
    overhang: float = 0.0


@dataclass(frozen=True, slots=True)
class Frame:
    """What surrounds a paragraph: the width it may fill, its section's grid, its table style's properties.

    `room` is the height of a page's text, which no unsplit row may exceed; `columns` counts those of the section.
    """

    width: float
    grid: Grid = NO_GRID
    paragraph: tuple[tuple[str, str], ...] = ()
    run: tuple[tuple[str, str], ...] = ()
    room: float = math.inf
    in_cell: bool = False
    columns: int = 1


@dataclass(frozen=True, slots=True)
class Rules:
    """What settings.xml says about setting text."""

    default_stop: float = 21.0
    expand_forced: bool = True


class ParagraphSetter:
    """Sets the paragraphs of one part."""

    def __init__(  # noqa: PLR0913 — the tools of one document, put together in one place
        self, styles: Styles, looks: Looks, lists: ListLevels, measurer: Measurer, writer: LineWriter, sheet: Sheet,
        findings: Findings, rules: Rules, floats: FloatSetter,
    ) -> None:  # fmt: skip
        """Keep the tools; `reader` is set per part."""
        self._styles, self._looks, self._lists, self._measurer = styles, looks, lists, measurer
        self._labels = LabelSetter(styles, looks, lists, measurer, findings)
        self._writer, self._sheet, self._findings, self._rules = writer, sheet, findings, rules
        self._floats = floats
        self.frame = Frame(0.0)
        self.reader: InlineReader
        self.characters = 0
        self._run_in: Content | None = None  # of paragraphs whose mark is hidden: the next one continues their line
        self._formats: dict[object, tuple[Properties, Properties]] = {}
        self._ahead: dict[etree._Element, tuple[Content, Format, Properties, str, Look]] = {}

    def set(self, element: etree._Element, frame: Frame) -> list[Block]:
        """The blocks of one paragraph: more than one when page breaks stand inside it."""
        content, formed, properties, style, mark = self._read(element, frame)
        if self._run_in is not None:
            content.follow(self._run_in)
            self._run_in = None
        shows = bool(content.atoms or content.floats)
        if mark.hidden and (not shows or _runs_in(element)):
            self._run_in = content if shows else None
            return []
        return self._blocks(content, formed, properties, style, mark, frame)

    def extent(self, element: etree._Element, frame: Frame) -> tuple[float, float]:
        """How wide the paragraph is at least and at best; what was read for it is kept until it is set."""
        content, formed, *_ = self._ahead[element] = self._read(element, frame)
        around = formed.left + formed.right + max(formed.first, 0.0)
        narrow, wide = extent(content.atoms)
        return narrow + around, wide + around

    def _read(self, element: etree._Element, frame: Frame) -> tuple[Content, Format, Properties, str, Look]:
        """The paragraph's atoms, its format, merged properties, style and mark; its list label counts up."""
        if element in self._ahead:
            return self._ahead.pop(element)
        self._findings.enter(element)
        self.frame = frame
        holder = element.find(f"{W}pPr")
        direct = read(holder)
        numbered = self._lists.numbering.level_of(element)
        level = {} if numbered is None else self._lists.formatting(*numbered)[0]
        table_paragraph, table_run = dict(frame.paragraph), dict(frame.run)
        properties = self._styles.resolve_paragraph(direct, table_paragraph, level)
        style = direct.get("pStyle") or self._styles.default_paragraph or ""

        def look_of(run: etree._Element | None) -> Look:
            return self._look(style, run, table_run)

        content = Content()
        mark = look_of(holder.find(f"{W}rPr") if holder is not None else None)
        shift = 0.0
        if numbered is not None and not (mark.hidden and _all_hidden(element, look_of)):
            shift = self._labels.set(element, numbered, style, table_run, content.atoms)
            content.item = f"{numbered[0]}.{numbered[1]}" if content.atoms else ""
        self.reader.read(element, look_of, content)
        self._measurer.variants.fit(content.atoms)
        self.characters += len(content.atoms)
        size = next((atom.look.size for atom in content.atoms if atom.kind is Kind.TEXT), mark.size)
        formed = paragraph_format(properties, size, frame.grid)
        if shift:
            formed = replace(formed, first=formed.first - shift)
        return content, formed, properties, style, mark

    def _look(self, style: str, run: etree._Element | None, table: Properties) -> Look:
        key = (
            style,
            b"" if run is None or not len(run) else etree.tostring(run, with_tail=False),
            tuple(table.items()),
        )
        known = self._formats.get(key)
        if known is None:
            properties = self._styles.resolve_run(style, read(run), table)
            known = self._formats[key] = (properties, properties)
        return self._looks.look(known[0])

    def _blocks(  # noqa: PLR0913 — one paragraph's facts
        self, content: Content, formed: Format, properties: Properties, style: str, mark: Look, frame: Frame
    ) -> list[Block]:
        pieces = _split_at_page_breaks(content.atoms)
        blocks: list[Block] = []
        floats = divide(content.floats, [piece for piece, _ in pieces])
        for number, (atoms, ended) in enumerate(pieces):
            first, last = number == 0, number == len(pieces) - 1
            column = ended == COLUMN_BREAK and frame.columns > 1
            if last and not first and not atoms and not floats[number]:
                # the break is the paragraph's last thing
                blocks.append(Block("", "", "", 0.0, new_page=not column, new_column=column))
                break
            if not first or properties.get("pageBreakBefore") == "1":
                self._floats.forget(frame)
            part = formed if first else replace(formed, first=0.0, before=0.0)
            if not last:
                part = replace(part, after=0.0)
            block = self._block(atoms, part, properties, mark, frame, style, floats[number])
            block.new_column = column
            block.new_page = (not first and not column) or (first and properties.get("pageBreakBefore") == "1")
            blocks.append(block)
        self._head(blocks[0], content, properties)
        return blocks

    def _head(self, block: Block, content: Content, properties: Properties) -> None:
        """Make a heading of a paragraph with an outline level, and give the block its first anchor."""
        if content.anchors:
            block.attributes += f' id="{_attribute(content.anchors[0])}"'
            block.inner = "".join(f'<a id="{_attribute(name)}"></a>' for name in content.anchors[1:]) + block.inner
        if content.item:
            block.attributes += f' data-list="{_attribute(content.item)}"'
        level = properties.get("outlineLvl", "9")
        text = "".join(" " if atom.kind is not Kind.TEXT else atom.char for atom in content.atoms).strip()
        if not level.isdigit() or int(level) >= _BODY_LEVEL or not text or block.tag != "p":
            return
        self._findings.heading = text[:30]
        depth = int(level) + 1
        block.tag = f"h{min(depth, _HTML_HEADINGS)}"
        label = " ".join(text.split()).replace("\\", "\\\\").replace("'", "\\'")
        block.attributes += f' style="{_attribute(f"bookmark-level:{depth};bookmark-label:{chr(39)}{label}{chr(39)}")}"'

    def _block(  # noqa: PLR0913 — one paragraph's facts
        self, atoms: Sequence[Atom], formed: Format, properties: Properties, mark: Look, frame: Frame, style: str,
        floats: Floats,
    ) -> Block:  # fmt: skip
        # nothing hangs in a table cell: what stood in its margin would touch the line
        hangs = properties.get("overflowPunct", "1") == "1" and not frame.in_cell
        measure = Measure(
            frame.width, formed.left, formed.right, formed.first, formed.stops, self._rules.default_stop,
            properties.get("autoSpaceDE", "1") == "1", properties.get("autoSpaceDN", "1") == "1", hangs, formed.justify,
            self._rules.expand_forced, added=formed.grid.added,
        )  # fmt: skip
        wrapped = any(shaped(atom.char) for atom in atoms if atom.kind is Kind.TEXT)
        floats, beside = self._floats.zones(floats, formed, frame)

        narrowed = None
        if beside is not None:
            narrowed = partial(
                beside.measure, whole=measure, box=lambda begin, end: self._box(atoms, Line(begin, end), formed, mark)
            )
        lines = unbroken(atoms) if wrapped else break_lines(atoms, measure, narrowed)
        if wrapped:
            self._findings.report("X038")
        self._floats.fit(atoms, formed)
        boxes = [self._box(atoms, line, formed, mark) for line in lines]
        if beside is not None:
            boxes = beside.finish(lines, boxes, formed.after)
        css = _paragraph_css(formed, properties) + (";white-space:pre-wrap" if wrapped else "")
        face = atoms[0].face if atoms else mark.latin.face
        inner, root = self._inner(atoms, lines, boxes, face, flowing=wrapped)
        inner = self._floats.html(floats, lines, boxes, formed, frame) + inner
        rules = formed.borders
        padding = sum(rules[side].width + rules[side].space for side in ("top", "bottom") if side in rules)
        height = sum(box.height for box in boxes) + padding
        return Block(
            "p", css + root, inner, height, formed.before, formed.after, style=style,
            contextual=properties.get("contextualSpacing") == "1", keeps_next=properties.get("keepNext") == "1",
            borders=(formed.left, formed.right, *rules.items()), lines=tuple(box.height for box in boxes),
            drawn=bool(atoms), overhang=formed.overhang * boxes[-1].height,
        )  # fmt: skip

    def _box(self, atoms: Sequence[Atom], line: Line, formed: Format, mark: Look) -> LineBox:
        held = atoms[line.begin : line.end] or ()
        if not held:
            before = atoms[line.begin - 1] if atoms and line.begin else None
            if before is not None:
                return formed.box(before.ascent, before.descent, before.ascent + before.descent)
            own = (mark.east if mark.east_hint else mark.latin).line  # the mark's font, as LibreOffice takes it
            ascent, descent = (own.ascent + own.gap) * mark.size, own.descent * mark.size
            return formed.box(ascent, descent, ascent + descent)
        texts = [atom for atom in held if atom.kind is not Kind.OBJECT]  # a line's factor doesn't widen pictures
        size = texts[-1].look.size if texts else 0.0
        usual = max(atom.ascent + atom.descent for atom in texts if atom.look.size == size) if texts else 0.0
        return formed.box(max(atom.ascent for atom in held), max(atom.descent for atom in held), usual)

    def _inner(
        self, atoms: Sequence[Atom], lines: Sequence[Line], boxes: Sequence[LineBox], face: Face, *, flowing: bool
    ) -> tuple[str, str]:
        """The paragraph's content and the declarations that give its lines their height.

        Lines of one height get it from the paragraph's own `line-height`; its font size, which draws nothing, is
        chosen so that the baseline falls where it should. Otherwise each line holds an empty box of its height.
        """
        metrics = face.file.line
        box = boxes[0]
        size = (2 * box.ascent - box.height) / (metrics.ascent - metrics.descent)
        if size > 0 and all(other == box for other in boxes):
            root = f";line-height:{points(box.height)};font-size:{size:.3f}pt;font-family:'{face.family}'"
            inner = "".join(
                self._writer.line(atoms, line, newline=line is not lines[-1], flowing=flowing) for line in lines
            )
            return inner or "<b></b>", root
        out = []
        for line, own in zip(lines, boxes, strict=True):
            strut = f"height:{points(own.height)};vertical-align:{points(own.ascent - own.height)}"
            out.append(f'<b class="{self._sheet.name("s", strut)}"></b>')
            out.append(self._writer.line(atoms, line, newline=line is not lines[-1], flowing=flowing))
        return "".join(out), ";line-height:0;font-size:1pt"


def _all_hidden(element: etree._Element, look_of: Callable[[etree._Element | None], Look]) -> bool:
    """Whether a paragraph shows nothing, so that Word doesn't count it either."""
    return all(look_of(run.find(f"{W}rPr")).hidden for run in element.iter(f"{W}r"))


def _runs_in(element: etree._Element) -> bool:
    """Whether a paragraph with a hidden mark goes on in the next one, as in Word; a section's last one ends."""
    following = element.getnext()
    ends = element.find(f"{W}pPr/{W}sectPr") is not None
    return following is not None and following.tag == f"{W}p" and not ends


def _paragraph_css(formed: Format, properties: Properties) -> str:
    css = [f"text-align:{formed.align}"] if formed.align != "left" else []
    if formed.left:
        css.append(f"margin-left:{points(formed.left)}")
    if formed.right:
        css.append(f"margin-right:{points(formed.right)}")
    if formed.first:
        css.append(f"text-indent:{points(formed.first)}")
    if properties.get("keepNext") == "1":
        css.append("break-after:avoid")
    if "1" in {properties.get("keepLines"), properties.get("keepNext")}:
        # LibreOffice moves the whole paragraph to its next one; whether Word parts it is not confirmed [R]
        css.append("break-inside:avoid")
    if properties.get("widowControl", "1") == "0":
        css.append("orphans:1;widows:1")
    if formed.background:
        css.append(f"background:{formed.background};color:{'#fff' if is_dark(formed.background) else '#000'}")
    return ";".join(css)


def border_css(borders: tuple[object, ...], *, joins_before: bool, joins_after: bool) -> str:
    """The borders of a paragraph; between paragraphs with the same borders the inner lines are left out."""
    css = []
    sides: dict[str, Border] = dict(item for item in borders[2:] if isinstance(item, tuple))
    for side, rule in sides.items():
        if (side == "top" and joins_before) or (side == "bottom" and joins_after) or side == "between":
            continue
        css.append(f"border-{side}:{rule.css};padding-{side}:{points(rule.space)}")
        if side in {"left", "right"}:
            base = borders[0] if side == "left" else borders[1]
            css.append(f"margin-{side}:{points(float(str(base)) - rule.space - rule.width)}")
    return ";".join(css)


def _split_at_page_breaks(atoms: list[Atom]) -> list[tuple[list[Atom], str]]:
    """The atoms between page and column breaks, each with the break before it."""
    pieces: list[tuple[list[Atom], str]] = [([], "")]
    for atom in atoms:
        if atom.kind is Kind.BREAK and atom.char:
            pieces.append(([], atom.char))
        else:
            pieces[-1][0].append(atom)
    return pieces


def _attribute(text: str) -> str:
    return text.replace("&", "&amp;").replace('"', "&quot;").replace("<", "&lt;")
