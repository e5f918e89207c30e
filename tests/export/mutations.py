"""Real papers, damaged: seeded mutations of the XML of a .docx, as programs and accidents make them."""

from __future__ import annotations

import copy
import io
import zipfile
from typing import TYPE_CHECKING, TypeAlias

from lxml import etree

from tests.export.build import W

if TYPE_CHECKING:
    import random
    from collections.abc import Callable

NASTY = (
    "", " ", "0", "-1", "1", "-0", "nan", "inf", "-inf", "1e9", "1e400", "99999999999999999999", "-2147483649", "0.5",
    "1,5", "١٢", "²", "½", "３", "abc", "true", "false", "none", "auto", "50%", "12pt", "-12pt", "NaNpt", "pt", "0x10",
    "甲", "A\u200bB", "😀", "';}*{x:y", "</style>", "../../x", "both", "exact", "restart", "continue", "FFFFFF", "rId1",
    "nextPage", "chineseCounting",
)  # fmt: skip
TEXTS = (
    "", " ", "\t", "甲" * 300,
    "A" * 300, "\u200f\u0627", "e\u0301", "\U000e0100", "葛\U000e0100", "\ue863", "𠮷", "\u2028",
    "1" * 50,
)  # fmt: skip
_PARTS = (
    "document", "styles", "numbering", "settings", "header", "footer", "theme", "fontTable", "core", "rels", "notes",
)  # fmt: skip
_WINDOW = 12


def parts_of(data: bytes) -> dict[str, bytes]:
    """The parts of a .docx by name."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(parts: dict[str, bytes]) -> bytes:
    """The parts as a .docx."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name), content)
    return target.getvalue()


def cut(parts: dict[str, bytes], chance: random.Random, window: int = _WINDOW) -> dict[str, bytes]:
    """The same paper with only a few neighbouring paragraphs and tables of its body, which is quick to set."""
    root = etree.fromstring(parts["word/document.xml"])
    body = root.find(f"{{{W}}}body")
    assert body is not None
    children = list(body)[:-1]
    begin = chance.randrange(max(1, len(children) - window))
    for child in [*children[:begin], *children[begin + window :]]:
        body.remove(child)
    return {**parts, "word/document.xml": etree.tostring(root, encoding="UTF-8", standalone=True)}


def damaged(parts: dict[str, bytes], chance: random.Random) -> dict[str, bytes]:
    """The parts with one to four faults in them."""
    found = dict(parts)
    names = [name for name in found if any(kind in name for kind in _PARTS)]
    for _ in range(chance.randint(1, 4)):
        name = "word/document.xml" if chance.random() < 0.5 else chance.choice(names)
        if name not in found:
            continue
        kind = chance.random()
        if kind < 0.02:
            del found[name]
        elif kind < 0.05:
            found[name] = _bytes(found[name], chance)
        else:
            found[name] = _xml(found[name], chance)
    return found


def _bytes(content: bytes, chance: random.Random) -> bytes:
    """The part cut short, with one byte changed, or in an encoding it doesn't declare."""
    at = chance.randrange(max(1, len(content)))
    return chance.choice((
        content[:at],
        content[:at] + bytes([chance.randrange(256)]) + content[at + 1 :],
        content.decode("utf-8", "ignore").encode("gb18030"),
        b"\xef\xbb\xbf" + content,
        b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]>' + content[content.find(b"?>") + 2 :],
        b"",
    ))  # fmt: skip


def _xml(content: bytes, chance: random.Random) -> bytes:
    try:
        root = etree.fromstring(content)
    except etree.XMLSyntaxError:
        return content
    elements = list(root.iter("*"))
    for _ in range(chance.randint(1, 3)):
        chance.choice(_CHANGES)(chance.choice(elements), elements, chance)
    return etree.tostring(root, encoding="UTF-8", standalone=True)


def _drop(element: etree._Element, _all: list[etree._Element], _chance: random.Random) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def _double(element: etree._Element, _all: list[etree._Element], chance: random.Random) -> None:
    parent = element.getparent()
    if parent is not None and len(element) < 50:
        for _ in range(chance.choice((1, 1, 3, 70 if len(element) < 3 else 1))):
            parent.insert(parent.index(element), copy.deepcopy(element))


def _move(element: etree._Element, every: list[etree._Element], chance: random.Random) -> None:
    target = chance.choice(every)
    if target not in set(element.iter()):
        target.insert(chance.randint(0, len(target)), element)


def _swap(element: etree._Element, _all: list[etree._Element], chance: random.Random) -> None:
    children = list(element)
    chance.shuffle(children)
    for child in children:
        element.append(child)


def _rename(element: etree._Element, every: list[etree._Element], chance: random.Random) -> None:
    element.tag = chance.choice((chance.choice(every).tag, f"{{{W}}}unknown", "{urn:other}thing"))


def _wrap(element: etree._Element, _all: list[etree._Element], chance: random.Random) -> None:
    parent = element.getparent()
    if parent is None:
        return
    names = (
        "sdt",
        "sdtContent",
        "smartTag",
        "customXml",
        "ins",
        "del",
        "moveFrom",
        "p",
        "r",
        "tc",
        "tr",
        "tbl",
        "hyperlink",
        "fldSimple",
    )
    holder = etree.Element(f"{{{W}}}{chance.choice(names)}")
    parent.replace(element, holder)
    holder.append(element)


def _value(element: etree._Element, every: list[etree._Element], chance: random.Random) -> None:
    chosen = next((one for one in chance.sample(every, min(len(every), 20)) if one.attrib), element)
    keys = list(chosen.attrib) or [f"{{{W}}}val"]
    chosen.set(chance.choice(keys), chance.choice(NASTY).replace("\x00", ""))


def _absent(element: etree._Element, every: list[etree._Element], chance: random.Random) -> None:
    chosen = next((one for one in chance.sample(every, min(len(every), 20)) if one.attrib), element)
    for key in list(chosen.attrib)[:1]:
        del chosen.attrib[key]


def _borrow(element: etree._Element, every: list[etree._Element], chance: random.Random) -> None:
    """Another element's value: ids and style names that lead elsewhere, in circles too."""
    other = chance.choice([one for one in every if one.tag == element.tag])
    for key, value in other.attrib.items():
        element.set(key, value)


def _text(element: etree._Element, every: list[etree._Element], chance: random.Random) -> None:
    chosen = next((one for one in chance.sample(every, min(len(every), 20)) if one.text), element)
    chosen.text = chance.choice(TEXTS)


def _note(element: etree._Element, _all: list[etree._Element], chance: random.Random) -> None:
    element.insert(0, chance.choice((etree.Comment("x"), etree.ProcessingInstruction("x", "y"))))


_Change: TypeAlias = "Callable[[etree._Element, list[etree._Element], random.Random], None]"
_CHANGES: tuple[_Change, ...] = (
    _drop, _double, _move, _swap, _rename, _wrap, _value, _value, _value, _value, _absent, _borrow, _borrow, _text,
    _note,
)  # fmt: skip
