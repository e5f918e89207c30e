"""Paragraph styles: names, chains of `basedOn`, list membership and outline levels."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from docgen.word.xml import parse, val, w, whole

if TYPE_CHECKING:
    from lxml import etree

    from docgen.word.package import Package

_HEADING = re.compile(r"(?:heading|标题)\s*([1-9])", re.IGNORECASE)
_BODY_LEVEL = 9


@dataclass(frozen=True, slots=True)
class Style:
    """One style: what it is called, what it is based on, and the list and outline level it sets itself."""

    id: str
    name: str
    kind: str
    based_on: str | None
    num_id: str | None
    ilvl: int | None
    outline: int | None


class Styles:
    """The styles of a package; a chain runs from the style itself to its farthest base."""

    def __init__(self, styles: dict[str, Style], default: str | None) -> None:
        """Keep the styles by id, and the id of the default paragraph style."""
        self._styles = styles
        self._default = default

    @classmethod
    def from_package(cls, package: Package) -> Styles:
        """The styles of the body; none when the package has no style part."""
        styles: dict[str, Style] = {}
        default = None
        for part in package.related(package.main, "styles"):
            for element in parse(package.parts[part]).iterfind(w("style")):
                style = _read(element)
                styles[style.id] = style
                if style.kind == "paragraph" and element.get(w("default")) in {"1", "true", "on"}:
                    default = style.id
        return cls(styles, default)

    def __getitem__(self, style_id: str) -> Style:
        """The style of this id; KeyError when there is none."""
        return self._styles[style_id]

    def chain(self, style_id: str | None) -> tuple[Style, ...]:
        """The style (the default one for None) and its bases, nearest first; a circle is cut."""
        found: list[Style] = []
        current = self._styles.get(style_id or self._default or "")
        while current is not None and current not in found:
            found.append(current)
            current = self._styles.get(current.based_on or "")
        return tuple(found)

    def outline_of(self, paragraph: etree._Element) -> int | None:
        """The outline level of a paragraph, 0 for the highest; None for body text."""
        properties = paragraph.find(w("pPr"))
        direct = val(properties, "outlineLvl")
        if direct is not None:
            return _outline(whole(direct, _BODY_LEVEL))
        for style in self.chain(val(properties, "pStyle")):
            if style.outline is not None:
                return _outline(style.outline)
            heading = _HEADING.fullmatch(style.name)
            if heading:
                return int(heading[1]) - 1
        return None


def _outline(level: int) -> int | None:
    return level if level < _BODY_LEVEL else None


def _read(element: etree._Element) -> Style:
    """One `w:style`."""
    properties = element.find(w("pPr"))
    numbered = None if properties is None else properties.find(w("numPr"))
    ilvl, outline = val(numbered, "ilvl"), val(properties, "outlineLvl")
    return Style(
        id=element.get(w("styleId"), ""),
        name=val(element, "name") or "",
        kind=element.get(w("type"), "paragraph"),
        based_on=val(element, "basedOn"),
        num_id=val(numbered, "numId"),
        ilvl=None if ilvl is None else whole(ilvl, 0),
        outline=None if outline is None else whole(outline, _BODY_LEVEL),
    )
