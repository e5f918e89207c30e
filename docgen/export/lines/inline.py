"""What stands inside a `w:p`, read into atoms: runs, tabs, breaks, fields, links, bookmarks."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from docgen.export.lines.atoms import Atom, Kind
from docgen.export.lines.fields import Field, opened, safe_address, target_of
from docgen.export.reading.properties import W, is_on, local
from docgen.word.symbols import is_symbol_font, spelled, symbol

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from lxml.etree import _Element

    from docgen.export.findings import Findings
    from docgen.export.lines.atoms import Measurer
    from docgen.export.pages.notes import Notes
    from docgen.export.pages.numbers import PageNumbers
    from docgen.export.pages.pictures import Drawn
    from docgen.export.reading.looks import Look

_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_HEX = re.compile(r"[0-9A-Fa-f]{1,6}")
_PROMPT = 30  # characters of a placeholder that tell which it is
_CONTAINERS = frozenset(("smartTag", "sdt", "sdtContent", "customXml", "ins", "moveTo", "dir", "bdo"))
_REPORTED = {
    "ins": "X033", "moveTo": "X033", "del": "X033", "moveFrom": "X033", "oMath": "X022", "oMathPara": "X022",
}  # fmt: skip
PAGE_BREAK, COLUMN_BREAK = "\f", "\v"


@dataclass(slots=True)
class Content:
    """The atoms of one paragraph; a page or column break is a forced break with a character.

    `item` is the list and level of a paragraph with a label, for the structure tree of the PDF.
    """

    atoms: list[Atom] = field(default_factory=list)
    anchors: list[str] = field(default_factory=list)
    item: str = ""
    floats: list[tuple[int, Drawn]] = field(default_factory=list)  # before which atom each is anchored

    def follow(self, before: Content) -> None:
        """Go on in the line of `before`."""
        count = len(before.atoms)
        self.floats = [*before.floats, *((at + count, drawn) for at, drawn in self.floats)]
        self.atoms[:0], self.anchors[:0] = before.atoms, before.anchors
        self.item = before.item or self.item


class InlineReader:
    """Reads the paragraphs of one part; fields may run over several of them."""

    def __init__(  # noqa: PLR0913 — what a part is read with
        self, measurer: Measurer, findings: Findings, links: Mapping[str, str], anchors: frozenset[str], notes: Notes,
        numbers: PageNumbers, draw: Callable[[_Element], Sequence[Drawn]],
    ) -> None:  # fmt: skip
        """`links` gives the address of a relationship id; `anchors` are the bookmarks that something refers to.

        `draw` gives the drawings of a `w:drawing` or `w:pict`.
        """
        self._measurer, self._findings, self._links, self._anchors = measurer, findings, links, anchors
        self._notes, self._numbers = notes, numbers
        self._tail = ""
        self._draw = draw
        self._fields: list[Field] = []

    def read(self, paragraph: _Element, look_of: Callable[[_Element | None], Look], content: Content) -> Content:
        """Append what the paragraph holds to `content`."""
        self._prompts(paragraph)
        self._children(paragraph, look_of, content, "")
        if self._tail and content.atoms:
            content.atoms[-1].tail, self._tail = self._tail, ""
        return content

    def _prompts(self, paragraph: _Element) -> None:
        """Report each content control that still shows its placeholder, where it begins."""
        around = (above for above in paragraph.iterancestors(f"{W}sdt") if next(above.iter(f"{W}p"), None) is paragraph)
        for control in (*around, *paragraph.iter(f"{W}sdt")):
            if control.find(f"{W}sdtPr/{W}showingPlcHdr") is not None:
                text = "".join(node.text or "" for node in control.iter(f"{W}t"))
                self._findings.report("X067", feature=text[:_PROMPT])

    def finish(self) -> None:
        """At the end of a part: a field that is still open has swallowed the text after it."""
        if self._fields:
            self._findings.report("X024")

    def _children(
        self, parent: _Element, look_of: Callable[[_Element | None], Look], content: Content, link: str
    ) -> None:
        for child in parent:
            name = local(child)
            if name == "r":
                self._run(child, look_of, content, link)
            elif name == "hyperlink":
                self._children(child, look_of, content, self._target(child) or link)
            elif name in _CONTAINERS:
                self._children(child, look_of, content, link)
            elif name == "fldSimple":
                self._simple_field(child, look_of, content, link)
            elif name == "bookmarkStart" and child.get(f"{W}name", "") in self._anchors:
                content.anchors.append(child.get(f"{W}name", ""))
            elif name and name not in _REPORTED and name not in _WITHOUT_TEXT:
                self._findings.report("X030", feature=f"w:{name}")
            if name in _REPORTED:
                self._findings.report(_REPORTED[name])

    def _target(self, hyperlink: _Element) -> str:
        anchor = hyperlink.get(f"{W}anchor")
        if anchor:
            return f"#{anchor}" if anchor in self._anchors else ""
        return safe_address(self._links.get(hyperlink.get(f"{_R}id", ""), ""))

    def _simple_field(
        self, element: _Element, look_of: Callable[[_Element | None], Look], content: Content, link: str
    ) -> None:
        begun = Field(element.get(f"{W}instr", ""), dirty=is_on(element.get(f"{W}dirty", "0")))
        self._fields.append(begun)
        self._begin_result(begun)
        self._children(element, look_of, content, link)
        self._finish_field(look_of(None), content)

    def _run(self, run: _Element, look_of: Callable[[_Element | None], Look], content: Content, link: str) -> None:
        look = look_of(run.find(f"{W}rPr"))
        for child in run:
            name = local(child)
            if name == "t":
                self._text(child.text or "", look, content, link)
            elif name == "fldChar":
                self._field_mark(child, look, content)
            elif name == "instrText":
                self._instruct(child.text or "")
            elif name in _SPECIAL_TEXT:
                self._text(_SPECIAL_TEXT[name], look, content, link)
            elif name in {"br", "cr", "ptab"}:
                self._break(child, look, content)
            elif name == "sym":
                self._symbol(child, look, content, link)
            elif name in _NOTES:
                self._note(child, name, look, content)
            else:
                self._other(child, name, look, content)
            for base in child.findall(f"{W}rubyBase") if name == "ruby" else ():
                self._children(base, look_of, content, link)

    def _instruct(self, text: str) -> None:
        if self._fields and not self._fields[-1].showing:
            self._fields[-1].instruction += text

    def _text(self, text: str, look: Look, content: Content, link: str) -> None:
        if look.hidden or not text:
            return
        text = spelled(text, look.latin.name) if is_symbol_font(look.latin.name) else text
        for begun in self._fields:
            if not begun.showing:
                return
            if begun.live or begun.exact:
                begun.cached += text
                begun.look = look
                return
            begun.saw(text)
            link = begun.link or link
        start = len(content.atoms)
        self._measurer.text(text, look, content.atoms)
        if link:
            for atom in content.atoms[start:]:
                atom.link = link
        if self._tail and len(content.atoms) > start:
            content.atoms[start].tail, self._tail = self._tail, ""

    def _note(self, child: _Element, name: str, look: Look, content: Content) -> None:
        """The mark of a note, in the text or at the note's beginning."""
        kind = name.removesuffix("Reference").removesuffix("Ref")
        if name.endswith("Ref"):
            self._measurer.mark(self._notes.own, look, content.atoms)
        elif not look.hidden and all(opened.showing for opened in self._fields):
            mark, token = self._notes.cite(child, kind)
            self._measurer.mark(mark, look, content.atoms)
            if mark and content.atoms:
                content.atoms[-1].tail += token
            else:
                self._tail += token  # hangs on the mark that its author wrote, which follows

    def _break(self, element: _Element, look: Look, content: Content) -> None:
        if local(element) == "ptab":
            place = " ".join(element.get(f"{W}{key}", usual) for key, usual in _PLACED_TAB)
            content.atoms.append(self._measurer.special(Kind.TAB, look, content.atoms, place))
            return
        kind = element.get(f"{W}type", "textWrapping")
        char = {"page": PAGE_BREAK, "column": COLUMN_BREAK}.get(kind, "")
        content.atoms.append(self._measurer.special(Kind.BREAK, look, content.atoms, char))

    def _symbol(self, element: _Element, look: Look, content: Content, link: str) -> None:
        font, code = element.get(f"{W}font", ""), element.get(f"{W}char", "")
        known = symbol(font, int(code, 16)) if _HEX.fullmatch(code) else None
        if known is None:
            self._findings.report("X023", feature=f"{font} {code}")
            return
        self._text(known, look, content, link)

    def _field_mark(self, mark: _Element, look: Look, content: Content) -> None:
        kind = mark.get(f"{W}fldCharType")
        if kind == "begin":
            self._fields.append(opened(mark, look))
        elif kind == "separate" and self._fields:
            self._begin_result(self._fields[-1])
        elif kind == "end" and self._fields:
            if not self._fields[-1].showing:
                self._begin_result(self._fields[-1])
            self._finish_field(look, content)

    def _begin_result(self, begun: Field) -> None:
        begun.showing = True
        begun.live, begun.exact = self._numbers.live(begun.instruction), self._numbers.exact(begun.instruction)
        target, switches = begun.lead(self._anchors)
        if begun.kind != "PAGEREF" or not target:
            return
        if target not in self._anchors or "\\p" in switches:  # where it can't be known, Word's stands and is reported
            self._findings.report("X078", bookmark=target)
        else:
            begun.exact = self._numbers.page_of(target)

    def _finish_field(self, look: Look, content: Content) -> None:
        closed = self._fields.pop()
        if any(outer.live or outer.exact or not outer.showing for outer in self._fields):
            return
        look = closed.look or look
        if closed.exact:
            if closed.link and closed.cached.strip() not in {closed.exact, ""}:
                self._findings.report("X077", word=closed.cached.strip(), pdf=closed.exact)
            self._text(closed.exact, look, content, closed.link)
        elif closed.live:
            cached = closed.cached or "1"
            content.atoms.append(self._measurer.special(Kind.FIELD, look, content.atoms, closed.live, cached))
        else:
            self._stored(closed, look, content)

    def _stored(self, closed: Field, look: Look, content: Content) -> None:
        """Draw what has no stored result, and report what a reader must know of the one that was printed."""
        drawn = closed.own_text()
        self._text(drawn, look, content, closed.link)
        found = closed.finding(drawn)
        if found is not None and not look.hidden:
            self._findings.report(found[0], feature=found[1])

    def _other(self, child: _Element, name: str, look: Look, content: Content) -> None:
        if name in {"drawing", "pict", "object", "AlternateContent"}:
            if not look.hidden and all(opened.showing for opened in self._fields):
                self._drawings(child, look, content)
        elif name == "ruby":
            self._findings.report("X037", feature="w:ruby")  # the text is printed, the reading above it isn't
        elif name == "commentReference":
            self._findings.report("X032")
        elif name and name not in _WITHOUT_TEXT:
            self._findings.report("X030", feature=f"w:{name}")

    def _drawings(self, element: _Element, look: Look, content: Content) -> None:
        for drawn in self._draw(element):
            if drawn.anchor is not None:
                content.floats.append((len(content.atoms), drawn))
            elif drawn.width and drawn.height:
                content.atoms.append(self._measurer.drawing(drawn, look, content.atoms))


_NOTES = frozenset(("footnoteReference", "endnoteReference", "footnoteRef", "endnoteRef"))
# What may stand in a paragraph or run and prints nothing of its own.
_WITHOUT_TEXT = frozenset((
    "pPr", "rPr", "sdtPr", "sdtEndPr", "smartTagPr", "customXmlPr", "bookmarkStart", "bookmarkEnd", "proofErr",
    "permStart", "permEnd", "commentRangeStart", "commentRangeEnd", "moveFromRangeStart", "moveFromRangeEnd",
    "moveToRangeStart", "moveToRangeEnd", "customXmlInsRangeStart", "customXmlInsRangeEnd", "customXmlDelRangeStart",
    "customXmlDelRangeEnd", "lastRenderedPageBreak", "softHyphen", "delText", "delInstrText", "instrText",
    "annotationRef", "separator", "continuationSeparator", "fldData", "footnoteRef", "endnoteRef",
))  # fmt: skip
_PLACED_TAB = (("alignment", "left"), ("relativeTo", "margin"), ("leader", "none"))
_SPECIAL_TEXT = {"tab": "\t", "noBreakHyphen": "\u2011"}


def referenced_anchors(root: _Element) -> frozenset[str]:
    """The bookmarks of a part that a link or a cross-reference leads to."""
    names = {mark.get(f"{W}name", "") for mark in root.iter(f"{W}bookmarkStart")}
    wanted = {link.get(f"{W}anchor", "") for link in root.iter(f"{W}hyperlink")}
    instructions = [node.text or "" for node in root.iter(f"{W}instrText")]
    instructions += [node.get(f"{W}instr", "") for node in root.iter(f"{W}fldSimple")]
    wanted.update(target_of(instruction) for instruction in instructions)
    return frozenset(names & wanted)
