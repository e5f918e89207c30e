"""The parts of a .docx → its bytes: content types, relations and properties around them."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from docgen.authoring.house_style import XML_HEAD
from docgen.word.package import write_package

if TYPE_CHECKING:
    from collections.abc import Mapping

_TYPES = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_MOMENT = "2000-01-01T00:00:00Z"
_KINDS = {
    "word/document.xml": "document.main",
    "word/styles.xml": "styles",
    "word/numbering.xml": "numbering",
    "word/settings.xml": "settings",
    "word/fontTable.xml": "fontTable",
    "word/header1.xml": "header",
    "word/footer1.xml": "footer",
}


def pack(parts: Mapping[str, str], title: str) -> bytes:
    """The .docx of these word/ parts; the same parts give the same bytes."""
    files = {
        "[Content_Types].xml": _content_types(parts),
        "_rels/.rels": _package_relations(),
        "docProps/core.xml": _core_properties(title),
        **parts,
        "word/_rels/document.xml.rels": _document_relations(parts),
    }
    return write_package({name: text.encode() for name, text in files.items()})


def relation_id(part: str) -> str:
    """The id by which document.xml names a part."""
    return "r" + part.removeprefix("word/").removesuffix(".xml").capitalize()


def _content_types(parts: Mapping[str, str]) -> str:
    """[Content_Types].xml."""
    overrides = "".join(f'<Override PartName="/{part}" ContentType="{_TYPES}{_KINDS[part]}+xml"/>' for part in parts)
    return (
        f'{XML_HEAD}<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        '<Override PartName="/docProps/core.xml" '
        f'ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>{overrides}</Types>'
    )


def _package_relations() -> str:
    """_rels/.rels."""
    return (
        f'{XML_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="word/document.xml"/>'
        f'<Relationship Id="rId2" Type="{_PACKAGE}/relationships/metadata/core-properties" '
        'Target="docProps/core.xml"/></Relationships>'
    )


def _document_relations(parts: Mapping[str, str]) -> str:
    """word/_rels/document.xml.rels."""
    relations = "".join(
        f'<Relationship Id="{relation_id(part)}" Type="{_OFFICE}/{_KINDS[part]}" '
        f'Target="{part.removeprefix("word/")}"/>'
        for part in parts
        if part != "word/document.xml"
    )
    return f'{XML_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{relations}</Relationships>'


def _core_properties(title: str) -> str:
    """docProps/core.xml with a fixed moment."""
    moment = f'xsi:type="dcterms:W3CDTF">{_MOMENT}'
    return (
        f'{XML_HEAD}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escape(title)}</dc:title><dc:creator>docgen</dc:creator>"
        f"<dcterms:created {moment}</dcterms:created><dcterms:modified {moment}</dcterms:modified>"
        "</cp:coreProperties>"
    )
