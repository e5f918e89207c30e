"""A section's text in columns, full or balanced, beginning anywhere on a page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docgen.export.pages.parting import pieces
from docgen.export.pages.sheet import points

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from docgen.export.pages.paragraphs import Block
    from docgen.export.pages.sections import Section
    from docgen.export.pages.story import StorySetter

_RULE = 0.5  # the line between columns, as thick as Word's


def in_columns(
    blocks: Sequence[Block], section: Section, story: StorySetter, overhang: float, *, balanced: bool
) -> str:
    """The blocks as HTML, in the section's columns.

    Columns are balanced before a continuous break and filled one after the other elsewhere, as in Word. A page break
    ends all columns, which CSS doesn't offer: each page's blocks have columns of their own. WeasyPrint balances by
    whole blocks, so each line is one.
    """
    pages = list(_pages(blocks))
    css = f"columns:{section.columns};column-gap:{points(section.column_gap)}"
    if section.column_line:
        css += f";column-rule:{_RULE}pt solid #000"
    out = []
    for number, piece in enumerate(pages):
        fill = "balance" if balanced and number == len(pages) - 1 else "auto"
        breaks = ";break-before:page" if number else ""
        lines = [line for block in piece for line in pieces(block)]
        out.append(f'<div style="{css};column-fill:{fill}{breaks}">{story.flow(lines, overhang)[0]}</div>')
    return "".join(out)


def _pages(blocks: Sequence[Block]) -> Iterator[list[Block]]:
    """The blocks between page breaks."""
    piece: list[Block] = []
    for block in blocks:
        if block.new_page and piece:
            yield piece
            piece = []
        if not block.tag:  # a break at the end of a paragraph
            continue
        block.new_page = False
        piece.append(block)
    if piece:
        yield piece
