"""A copy of a document in which characters of two scripts name their font, for LibreOffice.

Quotes, dashes, × and the like belong to Chinese or to Latin text. In Word a run's `w:hint="eastAsia"` says that they
are Chinese (ECMA-376 part 1, 17.3.2.26). LibreOffice 7.4 ignores the mark and goes by the character before. So the
reference is made from a copy in which such characters stand in runs of their own, whose Latin font is the East Asian
one. Nothing else is changed.
"""

from __future__ import annotations

import copy
import re
from typing import Final

from lxml import etree

from docgen.export.reading.properties import read
from docgen.export.reading.styles import Styles
from tests.fidelity.package import packed, unpacked, written

_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SPACE: Final = "{http://www.w3.org/XML/1998/namespace}space"
_OF_BOTH: Final = "“”‘’…—–·‥†‡‰′″※§¶°±×÷" + "".join(map(chr, range(0x2100, 0x2E80)))
_PIECES: Final = re.compile(f"([{re.escape(_OF_BOTH)}]+)")
_DEFAULT: Final = "宋体"
_STYLES: Final = "word/styles.xml"
_PRINTED: Final = re.compile(r"word/(document|header\d*|footer\d*|footnotes)\.xml")


def fonts_named(docx: bytes) -> bytes:
    """The document with such characters in fonts of their own; the very same bytes when nothing is marked."""
    parts = unpacked(docx)
    marked = [name for name, data in parts.items() if _PRINTED.fullmatch(name) and b'w:hint="eastAsia"' in data]
    if not marked or _STYLES not in parts:
        return docx
    styles = Styles(etree.fromstring(parts[_STYLES]), None, "")
    for name in marked:
        root = etree.fromstring(parts[name])
        _name_fonts(root, styles)
        parts[name] = written(root)
    return packed(parts)


def _name_fonts(part: etree._Element, known: Styles) -> None:
    for paragraph in list(part.iter(f"{_W}p")):
        style = paragraph.find(f"{_W}pPr/{_W}pStyle")
        for run in list(paragraph.iter(f"{_W}r")):
            facts = known.resolve_run(None if style is None else style.get(f"{_W}val"), read(run.find(f"{_W}rPr")), {})
            if facts.get("rFonts.hint") == "eastAsia":
                _part(run, facts.get("rFonts.eastAsia") or _DEFAULT)


def _part(run: etree._Element, font: str) -> None:
    """Put the characters of both scripts into runs of their own; a run with more than text stays as it is."""
    content = [child for child in run if child.tag != f"{_W}rPr"]
    if len(content) != 1 or content[0].tag != f"{_W}t" or not _PIECES.search(content[0].text or ""):
        return
    at = run
    for piece in filter(None, _PIECES.split(content[0].text or "")):
        own = copy.deepcopy(run)
        text = own.find(f"{_W}t")
        assert text is not None
        text.text = piece
        text.set(_SPACE, "preserve")
        if piece[0] in _OF_BOTH:
            _name(own, font)
        at.addnext(own)
        at = own
    parent = run.getparent()
    assert parent is not None
    parent.remove(run)


def _name(run: etree._Element, font: str) -> None:
    properties = run.find(f"{_W}rPr")
    if properties is None:
        properties = etree.Element(f"{_W}rPr")
        run.insert(0, properties)
    fonts = properties.find(f"{_W}rFonts")
    if fonts is None:
        fonts = etree.Element(f"{_W}rFonts")
        style = properties.find(f"{_W}rStyle")
        if style is None:
            properties.insert(0, fonts)
        else:
            style.addnext(fonts)
    for name in [key for key in fonts.attrib if "Theme" in str(key)]:
        del fonts.attrib[name]
    for slot in ("ascii", "hAnsi"):
        fonts.set(f"{_W}{slot}", font)
