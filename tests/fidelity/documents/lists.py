"""Numbered lists of the comparison's documents."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from docx.oxml import parse_xml
from docx.oxml.ns import qn

from tests.fidelity.documents.word import Node, W

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True)
class Level:
    """One level of a list."""

    format: str
    text: str
    indent: str
    suffix: str
    run: str = ""


def numbering(document: Node, levels: Iterable[Level]) -> int:
    """A new list with these levels; its numId."""
    root = document.part.numbering_part.element
    abstract = max([int(one.get(qn("w:abstractNumId"))) for one in root.findall(qn("w:abstractNum"))] + [0]) + 1
    inside = "".join(
        f'<w:lvl w:ilvl="{number}"><w:start w:val="1"/><w:numFmt w:val="{one.format}"/><w:suff w:val="{one.suffix}"/>'
        f'<w:lvlText w:val="{one.text}"/><w:lvlJc w:val="left"/><w:pPr><w:ind {one.indent}/></w:pPr>'
        f"<w:rPr>{one.run}</w:rPr></w:lvl>"
        for number, one in enumerate(levels)
    )
    head = f'<w:abstractNum {W} w:abstractNumId="{abstract}"><w:multiLevelType w:val="multilevel"/>'
    made = parse_xml(f"{head}{inside}</w:abstractNum>")
    first = root.find(qn("w:num"))
    if first is not None:
        first.addprevious(made)
    else:
        root.append(made)
    number = max([int(one.get(qn("w:numId"))) for one in root.findall(qn("w:num"))] + [0]) + 1
    root.append(parse_xml(f'<w:num {W} w:numId="{number}"><w:abstractNumId w:val="{abstract}"/></w:num>'))
    return number
