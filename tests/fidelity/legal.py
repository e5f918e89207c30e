"""A copy of a document whose legal numbers are spelled out, for LibreOffice.

A level with `w:isLgl` prints all its numbers in plain digits: below 第一条 stands 1.1 (ECMA-376 part 1, 17.9.4).
LibreOffice 7.4 ignores the mark and prints 一.1; numbers in full-width digits it prints in narrow ones. So the
reference is made from a copy in which every paragraph
of a list with such a level has its label spelled out: it gets a list of its own, the same level with the label
as its text, the same indents, tab and fonts. The whole list is spelled out, since a paragraph that leaves it
would no longer restart the levels below. The labels are counted here, not by docgen, whose labels are what is
compared. Nothing else is changed, and a document without legal numbers isn't copied at all.
"""

from __future__ import annotations

import copy
from dataclasses import dataclass, field
from typing import Final

from lxml import etree

from tests.fidelity.package import packed, unpacked, written

_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_BODY, _NUMBERING, _STYLES = "word/document.xml", "word/numbering.xml", "word/styles.xml"
_CHINESE: Final = "零一二三四五六七八九"
_WIDE: Final = "decimalFullWidth"
_FULL_WIDTH: Final = {ord("0") + digit: ord("０") + digit for digit in range(10)}
_UNKNOWN: Final = ("lvlRestart", "lvlPicBulletId")
# What stands before w:numPr in w:pPr.
_BEFORE: Final = ("pStyle", "keepNext", "keepLines", "pageBreakBefore", "framePr", "widowControl")


class NotCountedError(Exception):
    """A list with legal numbers uses what isn't counted here; the text says what."""


def spelled_out(docx: bytes) -> bytes:
    """The document with its legal numbers spelled out; the very same bytes when it has none."""
    parts = unpacked(docx)
    if not any(mark in parts.get(_NUMBERING, b"") for mark in (b"isLgl", _WIDE.encode())):
        return docx
    numbering, body = etree.fromstring(parts[_NUMBERING]), etree.fromstring(parts[_BODY])
    lists = _Lists(numbering, etree.fromstring(parts[_STYLES]))
    for paragraph in body.iter(f"{_W}p"):
        lists.spell(paragraph)
    return packed({**parts, _NUMBERING: written(numbering), _BODY: written(body)})


@dataclass
class _Lists:
    """The lists of a document with a legal level, and how far each has been counted."""

    numbering: etree._Element
    styles: etree._Element
    counts: dict[str, list[int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Find the lists."""
        abstracts = {one.get(f"{_W}abstractNumId"): one for one in self.numbering.iterfind(f"{_W}abstractNum")}
        self.levels: dict[str, list[etree._Element]] = {}
        for number in self.numbering.iterfind(f"{_W}num"):
            abstract = abstracts[_value(number, "abstractNumId")]
            wide = any(_value(one, "numFmt") == _WIDE for one in abstract.iterfind(f"{_W}lvl"))
            if abstract.find(f".//{_W}isLgl") is None and not wide:
                continue
            if number.find(f"{_W}lvlOverride") is not None:
                message = "a list with legal numbers has overrides"
                raise NotCountedError(message)
            self.levels[str(number.get(f"{_W}numId"))] = list(abstract.iterfind(f"{_W}lvl"))
        self.by_style = {str(style.get(f"{_W}styleId")): style for style in self.styles.iterfind(f"{_W}style")}

    def spell(self, paragraph: etree._Element) -> None:
        """Give a paragraph of such a list a list of its own."""
        number, level = self._place(paragraph)
        levels = self.levels.get(number)
        if levels is None:
            return
        label = self._label(number, level)
        own = copy.deepcopy(levels[level])
        for name in ("pStyle", "isLgl"):
            for mark in own.findall(f"{_W}{name}"):
                own.remove(mark)
        own.find(f"{_W}lvlText").set(f"{_W}val", label)  # type: ignore[union-attr] # each level of these lists has one
        key = str(max(int(one.get(f"{_W}numId") or 0) for one in self.numbering.iterfind(f"{_W}num")) + 1)
        listed = etree.SubElement(self.numbering, f"{_W}num", {f"{_W}numId": key})
        source = next(one for one in self.numbering.iterfind(f"{_W}num") if one.get(f"{_W}numId") == number)
        etree.SubElement(listed, f"{_W}abstractNumId", {f"{_W}val": _value(source, "abstractNumId")})
        override = etree.SubElement(listed, f"{_W}lvlOverride", {f"{_W}ilvl": str(level)})
        override.append(own)
        _set_list(paragraph, key, level)

    def _place(self, paragraph: etree._Element) -> tuple[str, int]:
        """The list and level of a paragraph, its own or its style's; "" and 0 without any."""
        found: dict[str, str] = {}
        properties = paragraph.find(f"{_W}pPr")
        style_id = "" if properties is None else _value(properties, "pStyle")
        while True:
            numbered = None if properties is None else properties.find(f"{_W}numPr")
            for name in ("numId", "ilvl"):
                if numbered is not None and (value := _value(numbered, name)):
                    found.setdefault(name, value)
            style = self.by_style.get(style_id)
            if style is None:
                return found.get("numId", ""), int(found.get("ilvl", "0"))
            properties, style_id = style.find(f"{_W}pPr"), _value(style, "basedOn")

    def _label(self, number: str, level: int) -> str:
        """Count the paragraph, and write its label."""
        counts = self.counts.setdefault(number, [0] * 9)
        counts[level] += 1
        counts[level + 1 :] = [0] * (8 - level)
        levels = self.levels[number]
        text = _value(levels[level], "lvlText")
        legal = levels[level].find(f"{_W}isLgl") is not None
        for at in range(level + 1):
            if any(levels[at].find(f"{_W}{name}") is not None for name in _UNKNOWN):
                message = "a list with legal numbers restarts its levels in a way of its own"
                raise NotCountedError(message)
            form = "decimal" if legal else _value(levels[at], "numFmt")
            text = text.replace(f"%{at + 1}", _written(counts[at], form))
        return text


def _set_list(paragraph: etree._Element, number: str, level: int) -> None:
    """Put a paragraph into a list."""
    properties = paragraph.find(f"{_W}pPr")
    if properties is None:
        properties = etree.Element(f"{_W}pPr")
        paragraph.insert(0, properties)
    for former in properties.findall(f"{_W}numPr"):
        properties.remove(former)
    numbered = etree.Element(f"{_W}numPr")
    etree.SubElement(numbered, f"{_W}ilvl", {f"{_W}val": str(level)})
    etree.SubElement(numbered, f"{_W}numId", {f"{_W}val": number})
    before = {f"{_W}{name}" for name in _BEFORE}
    properties.insert(sum(child.tag in before for child in properties), numbered)


def _value(element: etree._Element, name: str) -> str:
    """The w:val of a child, "" when there is none."""
    child = element.find(f"{_W}{name}")
    return "" if child is None else str(child.get(f"{_W}val") or "")


def _written(number: int, form: str) -> str:
    """A number in one of the forms that such lists have here."""
    if form == "decimal":
        return str(number)
    if form == _WIDE:
        return str(number).translate(_FULL_WIDTH)
    if form == "chineseCountingThousand" and number < 100:
        tens, ones = divmod(number, 10)
        head = ("" if tens == 1 else _CHINESE[tens]) + "十" if tens else ""
        return head + (_CHINESE[ones] if ones or not tens else "")
    message = f"{number} in the form {form} isn't counted here"
    raise NotCountedError(message)
