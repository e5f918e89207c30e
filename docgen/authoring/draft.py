"""A draft (docs/drafting.md) → `Draft`, or a `TemplateError` with every problem and its line."""

from __future__ import annotations

import re

from docgen.authoring.blocks import (
    Block,
    Cell,
    Draft,
    Kind,
    Look,
    Numbering,
    PageBreak,
    Paragraph,
    Row,
    Section,
    Settings,
    Signatures,
    Tag,
)
from docgen.authoring.findings import Findings
from docgen.authoring.inline import PARAGRAPH_TAG, ROW_TAG, spans, split_outside_tags, tag_of
from docgen.authoring.settings import read_settings
from docgen.authoring.table_source import OPTIONS, TableOptions, read_options, read_table
from docgen.diagnostics import TemplateError

_PREFIXES = (
    (re.compile(r"##(?!#)\s*"), Look.ARTICLE),
    (re.compile(r"###(?!#)\s*"), Look.SUBHEADING),
    (re.compile(r"\d+\.(?!\d)\s*"), Look.CLAUSE),
    (re.compile(r"[(（]\d+[)）]\s*"), Look.ITEM),
    (re.compile(r">\s*"), Look.FLUSH),
    (re.compile(r":::center(?:[ \t]+|$)"), Look.CENTER),
    (re.compile(r":::right(?:[ \t]+|$)"), Look.RIGHT),
)
_HEADING = re.compile(r"#(?!##?(?!#))#*(?:\s|$)")
_ANCHOR = re.compile(r"\s*\{#([^{}#]*)\}$")
_ANCHOR_NAME = re.compile(r"[^\W\d]\w{0,35}")
_NOTICE = re.compile(r"!!\s*")
_FENCE = re.compile(r":::\s*([a-z]*)\s*(.*)")
_BLANKS = " \t"  # an ideographic space is kept: 　　年　　月　　日


def parse_draft(text: str, display: str) -> Draft:
    """The draft's settings and blocks; `display` names the file in messages."""
    findings = Findings(display)
    lines = re.split(r"\r\n|\r|\n", text.removeprefix("\ufeff"))
    settings, start = read_settings(lines, findings)
    reader = _Reader(lines, start, settings, findings)
    reader.read()
    draft = Draft(
        settings=settings,
        title=spans(settings.title, settings.title_line, findings),
        header=spans(settings.header, settings.header_line, findings),
        cover=tuple(reader.cover),
        blocks=tuple(reader.blocks),
    )
    if findings.found:
        raise TemplateError(findings.found)
    return draft


class _Reader:
    """Goes through the lines once; `blocks` and `cover` are what it found."""

    def __init__(self, lines: list[str], start: int, settings: Settings, findings: Findings) -> None:
        self.blocks: list[Block] = []
        self.cover: list[Paragraph | Tag] = []
        self._lines = lines
        self._index = start
        self._settings = settings
        self._findings = findings
        self._anchors: dict[str, int] = {}
        self._numbered = settings.kind is Kind.CLAUSE or settings.numbering is Numbering.LIST

    def read(self) -> None:
        """Read to the end."""
        while self._index < len(self._lines):
            text, line = self._peek(), self._index + 1
            self._index += 1
            if text:
                self._read_block(text, line)

    def _read_block(self, text: str, line: int) -> None:
        """The block that begins with this line."""
        options = OPTIONS.fullmatch(text)
        if options:
            found = read_options(options[1], line, self._findings)
            self._skip_blank()
            if not self._peek().startswith("|"):
                self._findings.add("T317", line)
                return
            self._read_table(found)
        elif text.startswith("|"):
            self._index -= 1
            self._read_table(TableOptions())
        elif text.startswith(":::") and not any(prefix.match(text) for prefix, _ in _PREFIXES):
            self._read_fence(text, line)
        elif tag := tag_of(text, PARAGRAPH_TAG):
            self._numbered |= "include" in tag
            self.blocks.append(Tag(tag, line))
        else:
            self.blocks.append(self._paragraph(text, line))

    def _read_table(self, options: TableOptions) -> None:
        """The table whose first row is the current line."""
        rows: list[tuple[int, str]] = []
        while self._peek().startswith("|"):
            rows.append((self._index + 1, self._peek()))
            self._index += 1
        self.blocks.append(read_table(rows, options, self._findings))

    def _read_fence(self, text: str, line: int) -> None:
        """The block that a `:::` line opens."""
        fence = _FENCE.fullmatch(text)
        name, rest = (fence[1], fence[2]) if fence else (text, "")
        if name == "page" and not rest:
            self.blocks.append(PageBreak(line))
        elif name == "section" and rest in ("landscape", "portrait"):
            self._report_in_clause(text, line)
            self.blocks.append(Section(rest == "landscape", line))
        elif name == "sign" and not rest:
            self._report_in_clause(text, line)
            self.blocks.append(self._signatures(self._fenced(text, line), line))
        elif name == "cover" and not rest:
            self._read_cover(self._fenced(text, line), line)
        else:
            self._findings.add("T306", line, text=text[:30])

    def _report_in_clause(self, text: str, line: int) -> None:
        """A shared clause is set into other documents, so it has no sections or signatures of its own."""
        if self._settings.kind is Kind.CLAUSE:
            self._findings.add("T319", line, block=text)

    def _read_cover(self, inner: list[tuple[int, str]], line: int) -> None:
        """The lines of the front page."""
        if not self._settings.cover or self.cover or self.blocks:
            self._findings.add("T319", line, block=":::cover")
        for number, text in inner:
            if tag := tag_of(text, PARAGRAPH_TAG):
                self.cover.append(Tag(tag, number))
            elif text:
                self.cover.append(self._paragraph(text, number))

    def _fenced(self, opening: str, line: int) -> list[tuple[int, str]]:
        """The lines up to the closing `:::`."""
        inner: list[tuple[int, str]] = []
        while self._index < len(self._lines):
            text = self._peek()
            self._index += 1
            if text == ":::":
                return inner
            inner.append((self._index, text))
        self._findings.add("T307", line, block=opening)
        return inner

    def _signatures(self, inner: list[tuple[int, str]], line: int) -> Signatures:
        """The party pairs of a signature block, parted by blank lines."""
        pairs: list[list[Row]] = [[]]
        for number, text in inner:
            if not text:
                pairs.append([])
            elif tag := tag_of(text, ROW_TAG):
                pairs[-1].append(Row((), number, tag))
            else:
                pairs[-1].append(self._signature_row(text, number))
        filled = tuple(tuple(pair) for pair in pairs if pair)
        if not any(row.cells for pair in filled for row in pair):
            self._findings.add("T323", line, text=":::sign")
        return Signatures(filled, line)

    def _signature_row(self, text: str, line: int) -> Row:
        """One line of a signature block: one cell over both columns, or two."""
        if "{%p " in text or "{%tr" in text:
            self._findings.add("T327", line, tag=text[:30])
        parts = split_outside_tags(text, "||")
        if len(parts) > 2:  # noqa: PLR2004 — a signature block has two columns
            self._findings.add("T314", line, count=str(len(parts)), expected="2")
        cells = [
            Cell(tuple(spans(piece.strip(_BLANKS), line, self._findings) for piece in split_outside_tags(part, "<br>")))
            for part in parts[:2]
        ]
        return Row(tuple(cells) if len(cells) == 2 else (Cell(cells[0].paragraphs, 2),), line)  # noqa: PLR2004 — as above

    def _paragraph(self, text: str, line: int) -> Paragraph:
        """The paragraph of one line."""
        look, source = Look.BODY, text
        if text.startswith("\\") and not text.startswith(("\\*", "\\_", "\\|", "\\{", "\\<", "\\\\")):
            text = text[1:]
        else:
            for prefix, prefix_look in _PREFIXES:
                if found := prefix.match(text):
                    look, text = prefix_look, text[found.end() :]
                    break
        if look is Look.BODY:
            text = text.lstrip()  # the style indents; typed indents would add to it
        self._report_order(look, source, line)
        notice = _NOTICE.match(text)
        text, anchor = self._anchor(text[notice.end() :] if notice else text, line)
        if not text.strip():
            self._findings.add("T323", line, text=source[:30])
        for code, marks in (("T308", ("{%p ", "{#p ")), ("T309", ("{%tr", "{#tr"))):
            if any(mark in text for mark in marks):
                self._findings.add(code, line, tag=text[:30])
        return Paragraph(look, spans(text, line, self._findings), line, bool(notice), anchor)

    def _report_order(self, look: Look, source: str, line: int) -> None:
        """Report a heading of an unknown level, and a 1.1 that no 条 stands above."""
        if _HEADING.match(source):
            self._findings.add("T320", line, text=source[:30])
        self._numbered |= look is Look.ARTICLE
        if look is Look.CLAUSE and not self._numbered:
            self._findings.add("T321", line, text=source[:30])
            self._numbered = True

    def _anchor(self, text: str, line: int) -> tuple[str, str]:
        """The text without its `{#name}`, and the name."""
        found = _ANCHOR.search(text)
        if not found:
            return text, ""
        name = found[1]
        if not _ANCHOR_NAME.fullmatch(name):
            self._findings.add("T312", line, column=1, name=name)
        elif name in self._anchors:
            self._findings.add("T313", line, first=self._anchors[name], name=name)
        self._anchors.setdefault(name, line)
        return text[: found.start()], name

    def _peek(self) -> str:
        """The current line, or the empty text after the last one."""
        return self._lines[self._index].strip(_BLANKS) if self._index < len(self._lines) else ""

    def _skip_blank(self) -> None:
        """Go on to the next line that holds something."""
        while self._index < len(self._lines) and not self._peek():
            self._index += 1
