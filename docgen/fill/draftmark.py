"""The 草稿 mark: a framed bold line at the top of every page's header, in drafts only.

It stands in the header parts, so that it is on every page, prints, and can't be lost with a watermark's drawing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from lxml import etree

from docgen.word.package import CONTENT_TYPES
from docgen.word.parts import relationships_part
from docgen.word.xml import R, W, on, parse, w

if TYPE_CHECKING:
    from docgen.word.package import Package

TEXT: Final = "草稿 · 不得签署"
HEADER: Final = "word/header-draft.xml"

_SIDE: Final = 'w:val="single" w:sz="8" w:space="2" w:color="C00000"'
_FONTS: Final = '<w:rFonts w:ascii="黑体" w:eastAsia="黑体" w:hAnsi="黑体" w:hint="eastAsia"/>'
PARAGRAPH: Final = (
    f"<w:p><w:pPr><w:pBdr><w:top {_SIDE}/><w:left {_SIDE}/><w:bottom {_SIDE}/><w:right {_SIDE}/></w:pBdr>"
    '<w:spacing w:before="0" w:after="60" w:line="240" w:lineRule="auto"/>'
    '<w:ind w:left="0" w:right="0" w:firstLine="0"/><w:jc w:val="center"/></w:pPr>'
    f'<w:r><w:rPr>{_FONTS}<w:b/><w:color w:val="C00000"/><w:sz w:val="28"/></w:rPr><w:t>{TEXT}</w:t></w:r></w:p>'
)
_TYPES: Final = "http://schemas.openxmlformats.org/package/2006/content-types"
_LINKS: Final = "http://schemas.openxmlformats.org/package/2006/relationships"
_HEADER_TYPE: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.header+xml"
_HEADER_LINK: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/header"
_LINK_ID: Final = "rIdDraft"


@dataclass(frozen=True, slots=True)
class NewHeader:
    """A header for pages that have none: what the first section refers to it with, and the parts a draft then has."""

    references: str
    parts: dict[str, bytes]


def new_header(package: Package, body: etree._Element) -> NewHeader | None:
    """The header a draft needs where the template has none; None when every kind of page has one.

    Sections without a header of their own take the one of the section before, so only the first one matters.
    """
    sections = list(body.iter(w("sectPr")))
    if not sections:
        return None
    present = {link.get(w("type"), "default") for link in sections[0].iterfind(w("headerReference"))}
    wanted = ["default"]
    if any(on(section, "titlePg") for section in sections):
        wanted.append("first")
    if any(on(parse(package.parts[part]), "evenAndOddHeaders") for part in package.related(package.main, "settings")):
        wanted.append("even")
    missing = [kind for kind in wanted if kind not in present]
    if not missing:
        return None
    links = f' xmlns:r="{R}"'
    references = "".join(f'<w:headerReference{links} w:type="{kind}" r:id="{_LINK_ID}"/>' for kind in missing)
    return NewHeader(references, _parts(package))


def _parts(package: Package) -> dict[str, bytes]:
    """The new header, and the lists of parts that know it."""
    types = parse(package.parts[CONTENT_TYPES])
    etree.SubElement(types, f"{{{_TYPES}}}Override", PartName=f"/{HEADER}", ContentType=_HEADER_TYPE)
    name = relationships_part(package.main)
    links = parse(package.parts[name])
    # An absolute target is right wherever the body stands.
    etree.SubElement(links, f"{{{_LINKS}}}Relationship", Id=_LINK_ID, Type=_HEADER_LINK, Target=f"/{HEADER}")
    header = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<w:hdr xmlns:w="{W}">{PARAGRAPH}</w:hdr>'
    return {CONTENT_TYPES: to_bytes(types), name: to_bytes(links), HEADER: header.encode()}


def to_bytes(root: etree._Element) -> bytes:
    """A part as Word writes it."""
    return bytes(etree.tostring(root, encoding="UTF-8", standalone=True, xml_declaration=True))
