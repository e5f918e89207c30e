"""Small .docx files for the tests of what a .docx holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docgen.word.package import write_package

if TYPE_CHECKING:
    from collections.abc import Mapping

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml."
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def paragraph(text: str, properties: str = "") -> str:
    """A paragraph of one run."""
    return f'<w:p><w:pPr>{properties}</w:pPr><w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:p>'


def numbered(text: str, num: int, level: int = 0) -> str:
    """A paragraph of a list."""
    return paragraph(text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{num}"/></w:numPr>')


def part(root: str, content: str) -> bytes:
    """A part with this root element of the w: namespace."""
    return f"{HEAD}<w:{root} {W} {R}>{content}</w:{root}>".encode()


def document(body: str) -> bytes:
    """The main part."""
    return part("document", f"<w:body>{body}</w:body>")


def relationships(*links: tuple[str, str] | tuple[str, str, str]) -> bytes:
    """A relationships part: (type, target) or (type, target, "External")."""
    rows = []
    for index, link in enumerate(links, 1):
        kind = link[0] if "/" in link[0] else f"{REL}/{link[0]}"
        mode = f' TargetMode="{link[2]}"' if len(link) > 2 else ""
        rows.append(f'<Relationship Id="rId{index}" Type="{kind}" Target="{link[1]}"{mode}/>')
    space = "http://schemas.openxmlformats.org/package/2006/relationships"
    return f'{HEAD}<Relationships xmlns="{space}">{"".join(rows)}</Relationships>'.encode()


def content_types(overrides: Mapping[str, str], defaults: Mapping[str, str] | None = None) -> bytes:
    """The content types part; types without a slash are WordprocessingML's."""
    rows = ['<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>']
    rows += [
        '<Default Extension="xml" ContentType="application/xml"/>',
        '<Default Extension="png" ContentType="image/png"/>',
    ]
    rows += [f'<Default Extension="{key}" ContentType="{value}"/>' for key, value in (defaults or {}).items()]
    for name, kind in overrides.items():
        full = kind if "/" in kind else f"{TYPE}{kind}+xml"
        rows.append(f'<Override PartName="/{name}" ContentType="{full}"/>')
    space = "http://schemas.openxmlformats.org/package/2006/content-types"
    return f'{HEAD}<Types xmlns="{space}">{"".join(rows)}</Types>'.encode()


def parts(body: str = "", **others: bytes) -> dict[str, bytes]:
    """The parts of a .docx: a body, and header, footer, footnotes, styles, numbering or settings by name."""
    overrides = {"word/document.xml": "document.main"}
    overrides |= {f"word/{name}.xml": name for name in others}
    return {
        "[Content_Types].xml": content_types(overrides),
        "_rels/.rels": relationships(("officeDocument", "word/document.xml")),
        "word/document.xml": document(body or paragraph("借款合同")),
        "word/_rels/document.xml.rels": relationships(*((name, f"{name}.xml") for name in others)),
        **{f"word/{name}.xml": content for name, content in others.items()},
    }


def docx(body: str = "", **others: bytes) -> bytes:
    """The .docx of these parts."""
    return write_package(parts(body, **others))
