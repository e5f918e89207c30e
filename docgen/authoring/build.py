"""A draft → a Word template or shared clause in the house style. The .docx is the source from then on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docgen.authoring import house_style
from docgen.authoring.blocks import Kind, Look, PageBreak, Paragraph, Section, Signatures, Table, Tag
from docgen.authoring.draft import parse_draft
from docgen.authoring.package import pack, relation_id
from docgen.authoring.paragraphs import Bookmarks, body_paragraph, cover_page, runs, spacer, tag_paragraph
from docgen.authoring.paragraphs import paragraph as plain_paragraph
from docgen.authoring.tables import signature_block, table
from docgen.diagnostics import Diagnostic, Place, Severity, TemplateError

if TYPE_CHECKING:
    from docgen.authoring.blocks import Block, Draft

_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_OPENING = ("{%p if ", "{%p for ")
_LINE_LENGTH = 30  # characters
_CLOSING = ("{%p endif", "{%p endfor")


def template_from_draft(text: str, display: str) -> bytes:
    """The .docx template of a draft; `display` names the draft in the findings of a `TemplateError`."""
    draft = parse_draft(text, display)
    if draft.settings.kind is Kind.CLAUSE:
        raise TemplateError([Diagnostic("T322", Severity.ERROR, Place(display, line=1), {"kind": "clause"})])
    return _pack(draft)


def clause_from_draft(text: str, display: str) -> bytes:
    """The .docx of a shared clause, for `templates/_clauses/`; its draft says `kind: clause`."""
    draft = parse_draft(text, display)
    if draft.settings.kind is not Kind.CLAUSE:
        kind = {"kind": draft.settings.kind.value}
        raise TemplateError([Diagnostic("T322", Severity.ERROR, Place(display, line=1), kind)])
    return _pack(draft)


def _pack(draft: Draft) -> bytes:
    """All parts of the document."""
    settings = draft.settings
    parts = {
        "word/document.xml": _document(draft),
        "word/styles.xml": house_style.styles_part(settings.kind, settings.numbering),
        "word/numbering.xml": house_style.numbering_part(settings.numbering),
        "word/settings.xml": house_style.settings_part(),
        "word/fontTable.xml": house_style.font_table_part(),
    }
    if draft.header:
        parts["word/header1.xml"] = _furniture("hdr", plain_paragraph(house_style.HEADER, runs(draft.header)))
    if settings.kind is not Kind.CLAUSE:
        parts["word/footer1.xml"] = _furniture("ftr", plain_paragraph(house_style.FOOTER, _page_numbers()))
    return pack(parts, "".join(span.text for span in draft.title).replace("\n", ""))


def _document(draft: Draft) -> str:
    """word/document.xml."""
    bookmarks = Bookmarks()
    if draft.settings.cover:
        start = cover_page(draft.title, draft.cover, bookmarks)
    elif draft.title:
        start = body_paragraph(Paragraph(Look.TITLE, draft.title, 1), bookmarks)
    else:
        start = ""
    body = _Body(draft, bookmarks)
    return (
        f'{house_style.XML_HEAD}<w:document xmlns:w="{house_style.NAMESPACE}" xmlns:r="{_RELATIONS}">'
        f"<w:body>{start}{body.text()}</w:body></w:document>"
    )


class _Body:
    """Sets the blocks one after the other; knows in which section it is."""

    def __init__(self, draft: Draft, bookmarks: Bookmarks) -> None:
        self._draft = draft
        self._bookmarks = bookmarks
        self._landscape = False
        self._first_section = True
        self._kept = _kept_with_signatures(draft.blocks) | _followed_by_signatures(draft.blocks)

    def text(self) -> str:
        """The blocks and the last section's properties."""
        blocks = (None, *self._draft.blocks, None)
        parts = [
            self._block(block, before, then)
            for before, block, then in zip(blocks, blocks[1:], blocks[2:], strict=False)
            if block
        ]
        return "".join(parts) + self._section()

    def _block(self, block: Block, before: Block | None, then: Block | None) -> str:
        """One block, with the spacer that Word needs between a table and what is no paragraph."""
        if isinstance(block, Tag):
            return tag_paragraph(block.text)
        if isinstance(block, Paragraph):
            return self._paragraph(block, then)
        if isinstance(block, PageBreak):
            return "" if isinstance(then, Section) else spacer(page_break=True)
        if isinstance(block, Section):
            return self._section_start(block, before)
        width, keep = house_style.text_width(landscape=self._landscape), block.line in self._kept
        if isinstance(block, Table):
            text = table(block, width, keep_end=keep)
        else:
            text = signature_block(block, width, keep_end=keep)
        return text if isinstance(then, Paragraph | Section) else text + spacer(keep=keep)

    def _paragraph(self, block: Paragraph, then: Block | None) -> str:
        """A paragraph; before a new section it carries the properties of the section it ends."""
        section = self._section() if isinstance(then, Section) else ""
        gap = house_style.GAP_BEFORE_SIGNATURES if isinstance(then, Signatures) else 0
        gap = house_style.GAP_BEFORE_TABLE if isinstance(then, Table) else gap
        keep = block.line in self._kept or _leads_in(block)
        return body_paragraph(block, self._bookmarks, keep=keep, after=gap, section=section)

    def _section_start(self, block: Section, before: Block | None) -> str:
        """The end of the section before, unless a paragraph has carried it or nothing stands in it."""
        ended = spacer(self._section()) if before and not isinstance(before, Paragraph | Section) else ""
        self._first_section &= before is None
        self._landscape = block.landscape
        return ended

    def _section(self) -> str:
        """The w:sectPr of the current section. Only the first can begin with a front page."""
        references = ""
        if self._draft.header:
            references += f'<w:headerReference w:type="default" r:id="{relation_id("word/header1.xml")}"/>'
        if self._draft.settings.kind is not Kind.CLAUSE:
            references += f'<w:footerReference w:type="default" r:id="{relation_id("word/footer1.xml")}"/>'
        size = f'w:w="{house_style.PAGE_SHORT}" w:h="{house_style.PAGE_LONG}"'
        if self._landscape:
            size = f'w:w="{house_style.PAGE_LONG}" w:h="{house_style.PAGE_SHORT}" w:orient="landscape"'
        front = "<w:titlePg/>" if self._draft.settings.cover and self._first_section else ""
        return (
            f"<w:sectPr>{references}<w:pgSz {size}/>"
            f'<w:pgMar w:top="{house_style.MARGIN_TOP}" w:right="{house_style.MARGIN_RIGHT}" '
            f'w:bottom="{house_style.MARGIN_BOTTOM}" w:left="{house_style.MARGIN_LEFT}" '
            f'w:header="{house_style.HEADER_DISTANCE}" w:footer="{house_style.FOOTER_DISTANCE}" w:gutter="0"/>'
            f'<w:cols w:space="425"/>{front}</w:sectPr>'
        )


def _kept_with_signatures(blocks: tuple[Block, ...]) -> set[int]:
    """The lines of the blocks that stay on the page of a signature block: a page never holds signatures alone.

    What stands between tags may drop out, so the last block before the condition is kept as well. A short line
    （以下无正文） says nothing by itself, so what stands before it is kept too.
    """
    kept: set[int] = set()
    for index, block in enumerate(blocks):
        if not isinstance(block, Signatures):
            continue
        depth = 0
        for before in reversed(blocks[:index]):
            if isinstance(before, Tag):
                depth += before.text.startswith(_CLOSING)
                # A tag that opens around the signatures opens nothing between them and what stands before.
                depth = max(0, depth - before.text.startswith(_OPENING))
            elif isinstance(before, Paragraph | Table):
                kept.add(before.line)
                if depth <= 0 and not _is_short(before):
                    break
            else:
                break
    return kept


def _leads_in(block: Paragraph) -> bool:
    """Whether a paragraph announces what follows: it ends in a colon, and a list or table comes next."""
    return bool(block.spans) and block.spans[-1].text.rstrip().endswith("：")


def _is_short(block: Paragraph | Table) -> bool:
    """Whether a block is less than a line."""
    return isinstance(block, Paragraph) and sum(len(span.text) for span in block.spans) < _LINE_LENGTH


def _followed_by_signatures(blocks: tuple[Block, ...]) -> set[int]:
    """The lines of the signature blocks that more signatures follow: the next block, or the next round of a loop."""
    kept: set[int] = set()
    loops = 0
    for index, block in enumerate(blocks):
        if isinstance(block, Tag):
            loops += block.text.startswith("{%p for ")
            loops -= block.text.startswith("{%p endfor")
        elif isinstance(block, Signatures):
            after = next((other for other in blocks[index + 1 :] if not isinstance(other, Tag)), None)
            if loops or isinstance(after, Signatures):
                kept.add(block.line)
    return kept


def _furniture(element: str, content: str) -> str:
    """A header or footer part."""
    return f'{house_style.XML_HEAD}<w:{element} xmlns:w="{house_style.NAMESPACE}">{content}</w:{element}>'


def _page_numbers() -> str:
    """第 1 页 共 1 页 as fields with a cached result."""
    return _text("第 ") + _field("PAGE") + _text(" 页　共 ") + _field("NUMPAGES") + _text(" 页")


def _text(text: str) -> str:
    """A run of fixed text."""
    return f'<w:r><w:rPr><w:rFonts w:hint="eastAsia"/></w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def _field(name: str) -> str:
    """A complex field with the cached result 1."""
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> {name} </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>1</w:t></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
