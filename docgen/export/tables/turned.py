"""Vertical text in cells: Chinese characters upright one under the other, anything else turned as a whole."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING

from lxml import etree

from docgen.export.pages.sheet import points
from docgen.export.reading.properties import VAL, W

if TYPE_CHECKING:
    from lxml.etree import _Element

    from docgen.export.pages.sheet import Sheet

HORIZONTAL = frozenset(("lrTb", "lrTbV", ""))
_DOWNWARDS = frozenset(("tbRl", "tbRlV", "tbLrV"))
# A character's advance is its size; of Word's single line of 1.297 times the size (宋体) this factor leaves as much.
_ADVANCE = str(round(240 / 1.297))
_LEAD = "60"  # what that factor takes away above the first character, in twips
_ACROSS = {"top": "right", "center": "center", "bottom": "left"}
_ALONG = {"center": "center", "right": "bottom", "end": "bottom", "both": "top", "distribute": "center"}
_REPLACED = frozenset(("spacing", "ind", "jc", "numPr", "keepNext", "tabs"))
_TURN = {True: 90, False: -90}


def stacks(cell: _Element, direction: str) -> bool:
    """Whether the cell holds one paragraph of characters that stand upright in vertical text."""
    written = [paragraph for paragraph in cell.iter(f"{W}p") if _text(paragraph)]
    if direction not in _DOWNWARDS or len(written) > 1:
        return False
    return all(ord(char) >= 0x2E80 for paragraph in written for char in _text(paragraph))  # noqa: PLR2004 — CJK blocks


def _text(paragraph: _Element) -> str:
    return "".join("".join((node.text or "").split()) for node in paragraph.iter(f"{W}t"))


def stacked(cell: _Element, align: str) -> tuple[_Element, str]:
    """A copy of the cell whose paragraphs are one column of characters, and how that column stands in the cell.

    Across the column Word goes by the cell's alignment, along it by the paragraph's.
    """
    copy = deepcopy(cell)
    stands = "top"
    for paragraph in copy.iter(f"{W}p"):
        holder = paragraph.find(f"{W}pPr")
        if holder is None:
            holder = etree.Element(f"{W}pPr")
            paragraph.insert(0, holder)
        jc = holder.find(f"{W}jc")
        if jc is not None and _text(paragraph):
            stands = _ALONG.get(jc.get(VAL, "left"), "top")
        for child in list(holder):
            if etree.QName(child).localname in _REPLACED:
                holder.remove(child)
        etree.SubElement(holder, f"{W}spacing", {
            f"{W}before": _LEAD, f"{W}after": "0", f"{W}line": _ADVANCE, f"{W}lineRule": "auto",
        })  # fmt: skip
        etree.SubElement(holder, f"{W}ind", {f"{W}left": "0", f"{W}firstLine": "0"})
        etree.SubElement(holder, f"{W}jc", {VAL: _ACROSS.get(align, "right")})
    return copy, stands


def turned(html: str, along: float, across: float, direction: str, sheet: Sheet) -> str:
    """Content set `along` points wide and `across` high, turned by a right angle into a box of the opposite sides."""
    outer = f"width:{points(across)};height:{points(along)}" + (";margin-left:auto" if direction in _DOWNWARDS else "")
    inner = (
        f"width:{points(along)};height:{points(across)};transform:rotate({_TURN[direction in _DOWNWARDS]}deg);"
        f"margin-left:{points((across - along) / 2)};position:relative;top:{points((along - across) / 2)}"
    )
    return f'<div class="{sheet.name("v", outer)}"><div class="{sheet.name("v", inner)}">{html}</div></div>'
