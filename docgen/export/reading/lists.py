"""The indents and fonts that list levels give their paragraphs and labels."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docgen.export.reading.properties import VAL, Properties, W, read
from docgen.word.numbering import Numbering

if TYPE_CHECKING:
    from lxml.etree import _Element

    from docgen.export.reading.styles import Styles
    from docgen.word.labels import LabelCounter
    from docgen.word.package import Package


class ListLevels:
    """The lists of a document: labels from `word.numbering`, formatting from the numbering part."""

    def __init__(self, package: Package, root: _Element | None, styles: Styles) -> None:
        """Index the levels; `root` is numbering.xml."""
        self.numbering = Numbering.from_package(package)
        self.counter: LabelCounter = self.numbering.counter()
        self._styles = styles
        self._abstracts: dict[str, _Element] = {}
        self._nums: dict[str, _Element] = {}
        self._known: dict[tuple[str, int], tuple[Properties, Properties, str]] = {}
        if root is not None:
            self._abstracts = {item.get(f"{W}abstractNumId", ""): item for item in root.findall(f"{W}abstractNum")}
            self._nums = {item.get(f"{W}numId", ""): item for item in root.findall(f"{W}num")}

    def formatting(self, number: str, level: int) -> tuple[Properties, Properties, str]:
        """Paragraph properties, label run properties and label alignment of one level."""
        key = (number, level)
        if key not in self._known:
            element = self._level(number, level, 0)
            if element is None:
                self._known[key] = ({}, {}, "left")
            else:
                aligned = element.find(f"{W}lvlJc")
                self._known[key] = (
                    read(element.find(f"{W}pPr")),
                    read(element.find(f"{W}rPr")),
                    aligned.get(VAL, "left") if aligned is not None else "left",
                )
        return self._known[key]

    def has_picture(self, number: str, level: int) -> bool:
        """Whether the level's bullet is a picture."""
        element = self._level(number, level, 0)
        return element is not None and element.find(f"{W}lvlPicBulletId") is not None

    def _level(self, number: str, level: int, depth: int) -> _Element | None:
        num = self._nums.get(number)
        if num is None or depth > len(self._nums):
            return None
        for override in num.findall(f"{W}lvlOverride"):
            if override.get(f"{W}ilvl") == str(level):
                own = override.find(f"{W}lvl")
                if own is not None:
                    return own
        link = num.find(f"{W}abstractNumId")
        abstract = self._abstracts.get(link.get(VAL, "")) if link is not None else None
        if abstract is None:
            return None
        style = abstract.find(f"{W}numStyleLink")
        if style is not None:
            linked = self._styles.paragraph(style.get(VAL)).get("numPr.numId")
            return self._level(linked, level, depth + 1) if linked and linked != number else None
        for element in abstract.findall(f"{W}lvl"):
            if element.get(f"{W}ilvl") == str(level):
                return element
        return None
