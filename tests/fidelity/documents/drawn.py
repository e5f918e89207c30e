"""Documents of one feature each: footnotes, tracked changes, a picture."""

from __future__ import annotations

import io
from typing import Final

from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.shared import Mm
from PIL import Image, ImageDraw

from tests.fidelity.documents.clauses import LONG
from tests.fidelity.documents.features import PLAIN
from tests.fidelity.documents.word import Look, Node, W, new_document, paragraph, raw_run, run

_RAISED: Final = '<w:vertAlign w:val="superscript"/>'
_NOTES: Final = (
    "以国家知识产权局登记簿副本为准。",
    "评估基准日为2023年12月31日；评估报告的有效期自评估基准日起一年，逾期应当重新评估。",
)
_SEPARATORS: Final = (
    '<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
    '<w:footnote w:type="continuationSeparator" w:id="0"><w:p><w:r><w:continuationSeparator/></w:r></w:p></w:footnote>'
)
_MARKED: Final = 'w:author="A" w:date="2024-01-01T00:00:00Z"'


def footnotes() -> Node:
    """Two footnotes on a page of text; python-docx knows no footnotes, so the part is written here."""
    document = new_document(PLAIN)
    notes = "".join(_note(number, text) for number, text in enumerate(_NOTES, start=1))
    xml = f"<w:footnotes {W}>{_SEPARATORS}{notes}</w:footnotes>".encode()
    part = Part(PackURI("/word/footnotes.xml"), CONTENT_TYPE.WML_FOOTNOTES, xml, document.part.package)
    document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
    for number in (1, 2):
        where = paragraph(document, LONG[:60], Look(first=12))
        raw_run(where, f'<w:rPr>{_RAISED}</w:rPr><w:footnoteReference w:id="{number}"/>')
        run(where, LONG[60:])
    for _ in range(9):
        paragraph(document, LONG, Look(first=12))
    return document


def _note(number: int, text: str) -> str:
    return (
        f'<w:footnote w:id="{number}"><w:p><w:pPr><w:spacing w:line="240" w:lineRule="auto"/></w:pPr><w:r><w:rPr>'
        f'<w:sz w:val="18"/>{_RAISED}</w:rPr><w:footnoteRef/></w:r><w:r><w:rPr><w:sz w:val="18"/></w:rPr>'
        f'<w:t xml:space="preserve"> {text}</w:t></w:r></w:p></w:footnote>'
    )


def tracked() -> Node:
    """A deletion and an insertion in one sentence."""
    document = new_document(PLAIN)
    where = paragraph(document, look=Look(first=12))
    run(where, "借款期限为")
    removed = "<w:r><w:delText>十二个月</w:delText></w:r>"
    added = "<w:r><w:t>二十四个月</w:t></w:r>"
    where._p.append(parse_xml(f'<w:del {W} w:id="1" {_MARKED}>{removed}</w:del>'))
    where._p.append(parse_xml(f'<w:ins {W} w:id="2" {_MARKED}>{added}</w:ins>'))
    run(where, "，自实际放款日起算。" + LONG)
    return document


def image() -> Node:
    """A picture in a paragraph of its own, between two of text."""
    document = new_document(PLAIN)
    picture = Image.new("RGB", (400, 200), "white")
    pen = ImageDraw.Draw(picture)
    pen.ellipse((20, 20, 180, 180), outline="red", width=6)
    pen.rectangle((200, 40, 380, 160), outline="navy", width=4)
    stream = io.BytesIO()
    picture.save(stream, "PNG")
    stream.seek(0)
    paragraph(document, LONG, Look(first=12))
    where = paragraph(document, look=Look(jc="center", line=240, rule="auto"))
    where.add_run().add_picture(stream, width=Mm(60))
    paragraph(document, "图1　印章示意", Look(jc="center"))
    paragraph(document, LONG, Look(first=12))
    return document
