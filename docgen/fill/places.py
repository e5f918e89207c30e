"""Where a paragraph of a template stands, in words a Word user can follow."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from docgen.diagnostics import Place
from docgen.fill.tags import TAG
from docgen.word.numbering import Numbering
from docgen.word.styles import Styles
from docgen.word.xml import w

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lxml import etree

    from docgen.word.package import Package

_EXCERPT: Final = 60
_HEADING: Final = 24


class Places:
    """The places of all paragraphs of a file: part, nearest heading, table cell or number of the paragraph."""

    def __init__(self, package: Package, display: str, *, short: bool = False) -> None:
        """Know the file's headings and list labels; a `short` file is found without them."""
        self._package = package
        self._display = display
        self._headings = None if short else (Styles.from_package(package), Numbering.from_package(package))
        self._spots: dict[etree._Element, tuple[str, str]] = {}

    @property
    def numbering(self) -> Numbering:
        """The file's lists."""
        return self._headings[1] if self._headings else Numbering.from_package(self._package)

    def read(self, part: str, root: etree._Element) -> None:
        """Note where each paragraph of a part stands."""
        label = self._package.label(part)
        headings = self._follow(root)
        cells = _cells(root)
        for number, paragraph in enumerate(root.iter(w("p")), 1):
            cell = cells.get(next(paragraph.iterancestors(w("tc")), root))
            steps = (label, headings.get(paragraph, ""), cell or f"第 {number} 段")
            self._spots[paragraph] = (self._display, " › ".join(step for step in steps if step))

    def _follow(self, root: etree._Element) -> dict[etree._Element, str]:
        """The heading above each paragraph, with its label."""
        if self._headings is None:
            return {}
        styles, numbering = self._headings
        counter = numbering.counter()
        heading = ""
        found: dict[etree._Element, str] = {}
        for paragraph in root.iter(w("p")):
            level = numbering.level_of(paragraph)
            printed = counter.advance(*level) if level else ""
            if styles.outline_of(paragraph) is not None:
                text = "".join(element.text or "" for element in paragraph.iter(w("t")))
                heading = f"{printed} {TAG.sub('…', text)}".strip()[:_HEADING]
            found[paragraph] = heading
        return found

    def adopt(self, copies: Iterable[etree._Element], originals: Iterable[etree._Element], other: Places) -> None:
        """Let copies of another file's blocks keep the places of their originals."""
        for copy, original in zip(_paragraphs(copies), _paragraphs(originals), strict=True):
            self._spots[copy] = other._spots[original]

    def of(self, paragraph: etree._Element, text: str) -> Place:
        """The place of a paragraph; `text` is what to show of it."""
        display, spot = self._spots.get(paragraph, (self._display, ""))
        return Place(display, spot=spot or None, excerpt=" ".join(text.split())[:_EXCERPT])

    def whole(self, part: str) -> Place:
        """The place of a part as a whole."""
        return Place(self._display, spot=self._package.label(part))


def _paragraphs(blocks: Iterable[etree._Element]) -> Iterator[etree._Element]:
    """The paragraphs of some blocks."""
    for block in blocks:
        yield from block.iter(w("p"))


def _cells(root: etree._Element) -> dict[etree._Element, str]:
    """表 n 第 r 行第 c 列 for each cell of a part."""
    return {
        cell: f"表 {number} 第 {row_number} 行第 {column} 列"
        for number, table in enumerate(root.iter(w("tbl")), 1)
        for row_number, row in enumerate(table.iterchildren(w("tr")), 1)
        for column, cell in enumerate(row.iterchildren(w("tc")), 1)
    }
