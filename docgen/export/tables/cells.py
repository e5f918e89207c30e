"""What stands in a table's cells: set to the cell's width, cut off where a row's height is exact."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from docgen.export.pages.flow import space_between
from docgen.export.pages.sheet import points
from docgen.export.reading.properties import W

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from lxml.etree import _Element

    from docgen.export.pages.paragraphs import Block, Frame
    from docgen.export.pages.sheet import Sheet
    from docgen.export.tables.widths import Extent

_SLACK = 0.05


class Setter(Protocol):
    """What sets paragraphs and tables: the document."""

    def blocks(self, children: Iterable[_Element], frame: Frame, depth: int) -> list[Block]:
        """The paragraphs and tables as blocks."""

    def flow(self, blocks: Sequence[Block]) -> tuple[str, float]:
        """The blocks one under the other, and their height in points."""

    def extent(self, children: Iterable[_Element], frame: Frame, depth: int) -> Extent:
        """How wide the widest of them is at least and at best."""


@dataclass(frozen=True, slots=True)
class Filled:
    """A cell's content: its HTML, its height in points, whether its row stays with the next one."""

    html: str = ""
    height: float = 0.0
    keeps_next: bool = False
    empty: bool = True


class CellFiller:
    """Fills the cells of one document's tables."""

    def __init__(self, setter: Setter, sheet: Sheet, *, adds: bool) -> None:
        """`adds` says that the spaces between two paragraphs add up."""
        self._setter, self._sheet, self._adds = setter, sheet, adds

    def fill(self, cell: _Element, frame: Frame, depth: int) -> tuple[Filled, list[Block]]:
        """The cell's content at its natural height."""
        blocks = self._setter.blocks(cell, frame, depth)
        html, height = self._setter.flow(blocks)
        if blocks and blocks[-1].after:
            html += f'<div class="{self._sheet.name("e", f"height:{points(blocks[-1].after)}")}"></div>'
        empty = all(block.tag == "p" and not block.drawn for block in blocks)
        return Filled(html, height, bool(blocks) and blocks[0].keeps_next, empty), blocks

    def extent(self, cell: _Element, frame: Frame, depth: int) -> Extent:
        """How wide the cell's content is at least and at best, in points."""
        return self._setter.extent(cell, frame, depth)

    def cut(self, filled: Filled, blocks: list[Block], limit: float) -> Filled:
        """The content in a box of `limit` points; lines that begin below it are left out."""
        shown, y = 0, 0.0
        previous: Block | None = None
        for block in blocks:
            y += space_between(previous, block, adds=self._adds)
            for height in block.lines or (block.height,):
                if y < limit - _SLACK:
                    shown += 1
                y += height
            previous = block
        # WeasyPrint draws what it cuts after all the rest, unless the rest is positioned too
        self._sheet.rule("p,h1,h2,h3,h4,h5,h6,td{position:relative}")
        css = f"height:{points(max(limit, 0.0))};overflow:hidden"
        if all(block.lines for block in blocks if block.tag):
            css += f";max-lines:{max(shown, 1)};continue:discard"
        html = f'<div class="{self._sheet.name("x", css)}">{filled.html}</div>'
        return Filled(html, limit, filled.keeps_next, filled.empty)


def has_text(cell: _Element) -> bool:
    """Whether any text stands in the cell."""
    return any((node.text or "").strip() for node in cell.iter(f"{W}t"))
