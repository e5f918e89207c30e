"""Draft paragraphs → WordprocessingML paragraphs in the house style."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from docgen.authoring import house_style
from docgen.authoring.blocks import Paragraph, Span, Tag

if TYPE_CHECKING:
    from collections.abc import Iterable

    from docgen.authoring.blocks import Spans

_HINT = '<w:rFonts w:hint="eastAsia"/>'
_PIECES = re.compile(r"[\n\t]|[^\n\t]+")
_LABEL = re.compile(r"[^{}：]{1,16}：")
_TAB = Span("\t")


class Bookmarks:
    """Gives each anchor of a document its bookmark and the next free id."""

    def __init__(self) -> None:
        """Start at id 1."""
        self._last = 0

    def around(self, anchor: str, runs: str) -> str:
        """The runs between the ends of the bookmark `_c_<anchor>`; just the runs when there is no anchor."""
        if not anchor:
            return runs
        self._last += 1
        start = f'<w:bookmarkStart w:id="{self._last}" w:name="_c_{escape(anchor)}"/>'
        return f'{start}{runs}<w:bookmarkEnd w:id="{self._last}"/>'


def runs(spans: Iterable[Span], *, notice: bool = False, style: str = "") -> str:
    """The runs of a paragraph, of a character style if one is given.

    Every run has the East Asian hint, so that quotes and dashes are Chinese ones.
    """
    return "".join(_run(span, notice=notice, style=house_style.NOTICE if notice else style) for span in spans)


def paragraph(  # noqa: PLR0913 — one argument for each child of w:pPr
    style: str, content: str, *, keep: bool = False, direct: str = "", mark: str = "", section: str = ""
) -> str:
    """One paragraph; `keep` holds it on the page of the next one, `direct` is further pPr, `mark` the mark's rPr."""
    kept = "<w:keepNext/>" if keep else ""
    form = f"<w:rPr>{mark}</w:rPr>" if mark else ""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{kept}{direct}{form}{section}</w:pPr>{content}</w:p>'


def tag_paragraph(text: str) -> str:
    """A paragraph that holds one tag in one run."""
    return paragraph(house_style.TAG, f'<w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r>')


def body_paragraph(
    source: Paragraph, bookmarks: Bookmarks, *, keep: bool = False, after: int = 0, section: str = ""
) -> str:
    """A paragraph of the draft with a gap after it; a notice has bold underlined text and a bold number."""
    content = bookmarks.around(source.anchor, runs(source.spans, notice=source.notice))
    gap = f'<w:spacing w:after="{after}"/>' if after else ""
    mark = house_style.BOLD if source.notice else ""
    style = house_style.STYLE_OF[source.look]
    return paragraph(style, content, keep=keep, direct=gap, mark=mark, section=section)


def spacer(section: str = "", *, page_break: bool = False, keep: bool = False) -> str:
    """A thin paragraph: after a table, which Word wants, or to carry a section or page break."""
    content = '<w:r><w:br w:type="page"/></w:r>' if page_break else ""
    return paragraph(house_style.SPACER, content, keep=keep, section=section)


def cover_page(title: Spans, lines: tuple[Paragraph | Tag, ...], bookmarks: Bookmarks) -> str:
    """The front page: large title, then lines whose values stand below one another, then a page break."""
    widest = max((_label_width(line) for line in lines if isinstance(line, Paragraph)), default=0)
    body = paragraph(house_style.COVER_TITLE, runs(title))
    for line in lines:
        body += tag_paragraph(line.text) if isinstance(line, Tag) else _cover_line(line, widest, bookmarks)
    return body + spacer(page_break=True)


def _cover_line(line: Paragraph, widest: int, bookmarks: Bookmarks) -> str:
    """One line of the front page; `合同编号：` and its value are parted by a tab."""
    found = _LABEL.match(line.spans[0].text)
    if not found:
        return paragraph(house_style.COVER_LINE, bookmarks.around(line.anchor, runs(line.spans)))
    first = line.spans[0]
    rest = Span(first.text[found.end() :].lstrip(), first.bold, first.underline)
    spans = (Span(found[0], first.bold, first.underline), _TAB, rest, *line.spans[1:])
    left = house_style.COVER_INDENT + widest
    direct = f'<w:tabs><w:tab w:val="left" w:pos="{left}"/></w:tabs><w:ind w:left="{left}" w:hanging="{widest}"/>'
    return paragraph(house_style.COVER_LINE, bookmarks.around(line.anchor, runs(spans)), direct=direct)


def _label_width(line: Paragraph) -> int:
    """The width of `合同编号：` in the cover's type, in twips; 0 without such a label."""
    found = _LABEL.match(line.spans[0].text) if line.spans else None
    if not found:
        return 0
    halves = sum(2 if unicodedata.east_asian_width(character) in "WFA" else 1 for character in found[0])
    return halves * house_style.COVER_SIZE * 10 // 2 + house_style.COVER_GAP


def _run(span: Span, *, notice: bool, style: str) -> str:
    """One run."""
    named = f'<w:rStyle w:val="{style}"/>' if style else ""
    # Bold in a paragraph style and in a character style cancel each other out (ECMA-376 part 1, 17.7.3); bold of
    # the run itself always holds, also in a heading.
    bold = house_style.BOLD if span.bold or notice else ""
    underline = '<w:u w:val="single"/>' if span.underline and not notice else ""
    pieces = "".join(_piece(piece) for piece in _PIECES.findall(span.text))
    return f"<w:r><w:rPr>{named}{_HINT}{bold}{underline}</w:rPr>{pieces}</w:r>" if pieces else ""


def _piece(text: str) -> str:
    """Text, a line break or a tab inside a run."""
    if text == "\n":
        return "<w:br/>"
    return "<w:tab/>" if text == "\t" else f'<w:t xml:space="preserve">{escape(text)}</w:t>'
