"""What stands inside a `w:p`, read into atoms: runs, tabs, breaks, fields, links, bookmarks."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from docgen.export.fonts.book import font_map
from docgen.export.lines.atoms import Atom, Kind
from docgen.export.reading.properties import W, local

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
_LINK_FIELD = re.compile(r'^\s*(REF|PAGEREF|HYPERLINK)\s+(?:\\l\s+)?("[^"]*"|\S+)(.*)$', re.DOTALL)
_SAFE_LINKS = ("http://", "https://", "mailto:")
_CONTAINERS = frozenset(("smartTag", "sdt", "sdtContent", "customXml", "ins", "moveTo", "dir", "bdo"))
_REPORTED = {
    "ins": "X033", "moveTo": "X033", "del": "X033", "moveFrom": "X033", "oMath": "X022", "oMathPara": "X022",
}  # fmt: skip
PAGE_BREAK, COLUMN_BREAK = "\f", "\v"


@dataclass(slots=True)
class _Field:
    """One field that has begun: its instruction, and whether its result is being read."""

    instruction: str = ""
    showing: bool = False
    live: str = ""
    exact: str = ""
    cached: str = ""
    link: str = ""
    look: Look | None = None


@dataclass(slots=True)
class Content:
    """The atoms of one paragraph; a page or column break is a forced break with a character.

    `item` is the list and level of a paragraph with a label, for the structure tree of the PDF.
    """

    atoms: list[Atom] = field(default_factory=list)
    anchors: list[str] = field(default_factory=list)
    item: str = ""
    floats: list[tuple[int, Drawn]] = field(default_factory=list)  # before which atom each is anchored


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
        self._fields: list[_Field] = []

    def read(self, paragraph: _Element, look_of: Callable[[_Element | None], Look], content: Content) -> Content:
        """Append what the paragraph holds to `content`."""
        self._children(paragraph, look_of, content, "")
        if self._tail and content.atoms:
            content.atoms[-1].tail, self._tail = self._tail, ""
        return content

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
            if name in _REPORTED:
                self._findings.report(_REPORTED[name])

    def _target(self, hyperlink: _Element) -> str:
        anchor = hyperlink.get(f"{W}anchor")
        if anchor:
            return f"#{anchor}" if anchor in self._anchors else ""
        return self._safe(self._links.get(hyperlink.get(f"{_R}id", ""), ""))

    @staticmethod
    def _safe(address: str) -> str:
        return address if address.lower().startswith(_SAFE_LINKS) else ""

    def _simple_field(
        self, element: _Element, look_of: Callable[[_Element | None], Look], content: Content, link: str
    ) -> None:
        opened = _Field(element.get(f"{W}instr", ""))
        self._fields.append(opened)
        self._begin_result(opened)
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
                if self._fields and not self._fields[-1].showing:
                    self._fields[-1].instruction += child.text or ""
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

    def _text(self, text: str, look: Look, content: Content, link: str) -> None:
        if look.hidden or not text:
            return
        for opened in self._fields:
            if not opened.showing:
                return
            if opened.live or opened.exact:
                opened.cached += text
                opened.look = look
                return
            link = opened.link or link
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
        font, code = element.get(f"{W}font", ""), element.get(f"{W}char", "").upper()
        short = code.removeprefix("F0").lstrip("0")  # codes stand in the private-use area or as they are
        known = font_map()["symbol_fonts"].get(font, {}).get(short)
        if known is None:
            self._findings.report("X023", feature=f"{font} {code}")
            return
        self._text(known, look, content, link)

    def _field_mark(self, mark: _Element, look: Look, content: Content) -> None:
        kind = mark.get(f"{W}fldCharType")
        if kind == "begin":
            if mark.find(f"{W}ffData") is not None:
                self._findings.report("X030", feature="w:ffData")
            self._fields.append(_Field(look=look))
        elif kind == "separate" and self._fields:
            self._begin_result(self._fields[-1])
        elif kind == "end" and self._fields:
            if not self._fields[-1].showing:
                self._begin_result(self._fields[-1])
            self._finish_field(look, content)

    def _begin_result(self, opened: _Field) -> None:
        opened.showing = True
        opened.live = self._numbers.live(opened.instruction)
        opened.exact = self._numbers.exact(opened.instruction)
        match = _LINK_FIELD.match(opened.instruction)
        if match is None:
            return
        kind, target = match[1], match[2].strip('"')
        if target in self._anchors and (kind == "HYPERLINK" or "\\h" in match[3]):
            opened.link = f"#{target}"
        elif kind == "HYPERLINK":
            opened.link = self._safe(target)
        if kind == "PAGEREF":
            self._page_reference(opened, target, match[3])

    def _page_reference(self, opened: _Field, target: str, switches: str) -> None:
        """A page number in the text is that of the layout; where it can't be known, Word's stands and is reported."""
        if target not in self._anchors or "\\p" in switches:
            self._findings.report("X078", bookmark=target)
        else:
            opened.exact = self._numbers.page_of(target)

    def _finish_field(self, look: Look, content: Content) -> None:
        closed = self._fields.pop()
        if any(outer.live or outer.exact or not outer.showing for outer in self._fields):
            return
        if closed.exact:
            if closed.link and closed.cached.strip() not in {closed.exact, ""}:
                self._findings.report("X077", word=closed.cached.strip(), pdf=closed.exact)
            self._text(closed.exact, closed.look or look, content, closed.link)
        elif closed.live:
            cached = closed.cached or "1"
            atom = self._measurer.special(Kind.FIELD, closed.look or look, content.atoms, closed.live, cached)
            content.atoms.append(atom)

    def _other(self, child: _Element, name: str, look: Look, content: Content) -> None:
        if name in {"drawing", "pict", "object", "AlternateContent"}:
            if not look.hidden and all(opened.showing for opened in self._fields):
                self._drawings(child, look, content)
        elif name == "ruby":
            self._findings.report("X022")
        elif name == "commentReference":
            self._findings.report("X032")

    def _drawings(self, element: _Element, look: Look, content: Content) -> None:
        for drawn in self._draw(element):
            if drawn.anchor is not None:
                content.floats.append((len(content.atoms), drawn))
            elif drawn.width and drawn.height:
                content.atoms.append(self._measurer.drawing(drawn, look, content.atoms))


_NOTES = frozenset(("footnoteReference", "endnoteReference", "footnoteRef", "endnoteRef"))
_PLACED_TAB = (("alignment", "left"), ("relativeTo", "margin"), ("leader", "none"))
_SPECIAL_TEXT = {"tab": "\t", "noBreakHyphen": "\u2011"}


def referenced_anchors(root: _Element) -> frozenset[str]:
    """The bookmarks of a part that a link or a cross-reference leads to."""
    names = {mark.get(f"{W}name", "") for mark in root.iter(f"{W}bookmarkStart")}
    wanted = {link.get(f"{W}anchor", "") for link in root.iter(f"{W}hyperlink")}
    instructions = [node.text or "" for node in root.iter(f"{W}instrText")]
    instructions += [node.get(f"{W}instr", "") for node in root.iter(f"{W}fldSimple")]
    for instruction in instructions:
        match = _LINK_FIELD.match(instruction)
        if match:
            wanted.add(match[2].strip('"'))
    return frozenset(names & wanted)
