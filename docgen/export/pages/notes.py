"""Footnotes at the foot of their page, endnotes after the text: marks counted, notes set, separators drawn.

A long footnote may run on to the next page, as in Word: each of its lines is a note of its own to WeasyPrint, which
puts whole notes on a page. Two lines stay together at either end. The line that cites moves to the next page when not
even the first two fit.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from docgen.export.pages.paragraphs import Block
from docgen.export.pages.parting import parted
from docgen.export.pages.sheet import points
from docgen.export.reading.notes import DEFAULTS, ENDNOTE, FOOTNOTE, KINDS, Counting, NoteTexts, read_counting
from docgen.export.reading.properties import W
from docgen.word.number_formats import format_number

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from lxml.etree import _Element

    from docgen.export.findings import Findings
    from docgen.export.pages.paragraphs import Frame
    from docgen.export.pages.sheet import Sheet
    from docgen.export.pages.story import StorySetter
    from docgen.export.reading.parts import Parts

_LABELS = {FOOTNOTE: "脚注", ENDNOTE: "尾注"}
_TOKEN = re.compile(r"<!--note (\d+)-->")  # text is escaped, so that no document holds one
_RULE = 144.0  # Word's separator is two inches long
_RULE_WIDTH = 0.5

NOTES_CSS = (
    "x-note{display:block;float:footnote}x-note::footnote-call,x-note::footnote-marker{content:''}"
    "x-p{display:block;white-space:pre;text-indent:0;text-align:left;bookmark-level:none;orphans:2;widows:2}"
)


@dataclass(frozen=True, slots=True)
class _Citation:
    """One place in the text that cites a note; `mark` is what is printed there."""

    kind: str
    identifier: str
    mark: str
    element: _Element
    form: Counting
    name: str


class Notes:
    """The notes of one document, counted as they are cited."""

    def __init__(self, parts: Parts, settings: _Element | None, sheet: Sheet, findings: Findings) -> None:
        """Read both parts; `settings` is settings.xml."""
        self._sheet, self._findings = sheet, findings
        self._texts = {kind: NoteTexts(parts, kind) for kind in KINDS}
        self._document = {kind: read_counting(settings, kind, DEFAULTS[kind]) for kind in KINDS}
        self._section = dict(self._document)
        self._counts = dict.fromkeys(KINDS, 0)
        self._pages: dict[str, int] = {}
        self._page_of: Mapping[str, int] = {}
        self._cited: list[_Citation] = []
        self._waiting: list[_Citation] = []
        self.own = ""
        self.depends = False

    def laid_out(self, page_of: Mapping[str, int]) -> None:
        """Tell on which page an earlier layout put each citation, by its `id`."""
        self._page_of = page_of

    def enter_section(self, holder: _Element | None) -> None:
        """A section begins; `holder` is its `w:sectPr`."""
        self._section = {kind: read_counting(holder, kind, self._document[kind]) for kind in KINDS}
        for kind, counting in self._section.items():
            if counting.restart == "eachSect":
                self._counts[kind] = 0
        if self._section[FOOTNOTE].position == "beneathText":
            self._findings.report("X030", feature="w:footnotePr beneathText")

    def cite(self, reference: _Element, kind: str) -> tuple[str, str]:
        """The mark of a `w:footnoteReference`, "" for one that its author wrote, and the note's token."""
        identifier = reference.get(f"{W}id", "")
        element = self._texts[kind].note(identifier)
        if element is None:
            self._findings.report("X075", note=f"{kind} {identifier}")
            return "", ""
        own = reference.get(f"{W}customMarkFollows", "0") in {"1", "true", "on"}
        counting = self._section[kind]
        name = f"note-{len(self._cited)}"
        mark = "" if own else format_number(self._count(kind, counting, name), counting.form)
        citation = _Citation(kind, identifier, mark, element, counting, name)
        self._cited.append(citation)
        return mark, f"<!--note {len(self._cited) - 1}-->"

    def _count(self, kind: str, counting: Counting, name: str) -> int:
        if counting.restart == "eachPage" and kind == FOOTNOTE:
            self.depends = True
            page = self._page_of.get(name, 0)
            if self._pages.get(kind, page) != page:
                self._counts[kind] = 0
            self._pages[kind] = page
        self._counts[kind] += 1
        return counting.start + self._counts[kind] - 1

    def fill(self, html: str, story: StorySetter, frame: Frame) -> str:
        """The text with its footnotes where their tokens stood; endnotes wait for `endnotes`."""
        if not _TOKEN.search(html):
            return html

        def note(match: re.Match[str]) -> str:
            citation = self._cited[int(match[1])]
            anchor = f'<a id="{citation.name}"></a>' if citation.form.restart == "eachPage" else ""
            if citation.kind == ENDNOTE:
                self._waiting.append(citation)
                return anchor
            return anchor + self._pieces(self._set(citation, story, frame))

        self._enter(FOOTNOTE, story)
        filled = _TOKEN.sub(note, html)
        story.leave()
        return filled

    def endnotes(self, story: StorySetter, frame: Frame, *, at_end: bool) -> str:
        """The endnotes that stand here: all at the document's end, those of `sectEnd` at their section's."""
        here = [item for item in self._waiting if at_end or item.form.position == "sectEnd"]
        self._waiting = [item for item in self._waiting if item not in here]
        if not here:
            return ""
        height, css = self.separator(ENDNOTE, story, frame)
        self._enter(ENDNOTE, story)
        blocks = [Block("div", css, "", height, keeps_next=True)] if css else []
        for citation in here:
            blocks += self._set(citation, story, frame)
        story.leave()
        return story.flow(blocks)[0]

    def separator(self, kind: str, story: StorySetter, frame: Frame) -> tuple[float, str]:
        """The separator's height in points, and the declarations that draw it at the top of a box."""
        element = self._texts[kind].separator()
        if element is None or element.find(f".//{W}separator") is None or not any(c.kind == kind for c in self._cited):
            return 0.0, ""
        self._enter(kind, story)
        _, height = story.html(element, frame)
        story.leave()
        length = min(_RULE, frame.width)
        place = f"0 {points(height / 2)}/{points(length)} {_RULE_WIDTH}pt no-repeat"
        return height, f"padding-top:{points(height)};background:linear-gradient(#000) {place}"

    def _enter(self, kind: str, story: StorySetter) -> None:
        texts = self._texts[kind]
        if texts.root is not None:
            story.enter(texts.part, texts.root, _LABELS[kind])

    def _set(self, citation: _Citation, story: StorySetter, frame: Frame) -> list[Block]:
        if citation.element.find(f"{W}tbl") is not None:
            self._findings.report("X030", feature=f"w:{citation.kind} w:tbl")
        self.own = citation.mark
        blocks = [block for block in story.blocks(citation.element.iter(f"{W}p"), frame) if block.tag]
        self.own = ""
        return blocks

    def _pieces(self, blocks: Sequence[Block]) -> str:
        """The note in as many elements as it may be parted into; the first decides the citation's page."""
        out: list[str] = []
        after = 0.0
        for block in blocks:
            css = f"{block.css};padding-top:{points(max(after, block.before))}".strip(";")
            after = block.after
            name, following = self._sheet.name("p", css), self._sheet.name("p", f"{block.css};text-indent:0")
            for number, inner in enumerate(parted(block.inner)):
                policy = "" if out else ' style="footnote-policy:line"'
                out.append(f'<x-note{policy}><x-p class="{following if number else name}">{inner}</x-p></x-note>')
        if after and out:
            out.append(f'<x-note style="height:{points(after)}"></x-note>')
        return "".join(out)
