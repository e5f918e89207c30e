"""Blocks one under the other: the space between them, borders that join, and the HTML of the whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docgen.export.pages.paragraphs import Block, border_css
from docgen.export.pages.sheet import points

if TYPE_CHECKING:
    from collections.abc import Sequence

    from docgen.export.pages.sheet import Sheet


def flow(blocks: Sequence[Block], sheet: Sheet, *, adds: bool) -> tuple[str, float]:
    """The HTML of the blocks and their height in points.

    Between two paragraphs stands the larger of the space after the one and before the other, or both when `adds`
    (a compatibility setting); neither between paragraphs of one style that wants none between its own.
    """
    out: list[str] = []
    height = 0.0
    previous: Block | None = None
    new_page = False
    for index, block in enumerate(blocks):
        if not block.tag:  # a page break at the end of a paragraph
            new_page, previous = True, None
            continue
        following = blocks[index + 1] if index + 1 < len(blocks) else None
        space = space_between(previous, block, adds=adds)
        css = block.css
        if len(block.borders) > 2:  # noqa: PLR2004 — two indents, then the borders
            css += ";" + border_css(
                block.borders, joins_before=_joins(previous, block), joins_after=_joins(block, following)
            )
        broken = block.new_page or new_page
        if space:
            # Word drops the space at the top of a page, but not after a break that a person set
            stays = (broken or previous is None) and not any(rule[0] == "top" for rule in _rules(block))
            css += f";{'padding' if stays else 'margin'}-top:{points(space)}"
        if broken:
            css += ";break-before:page"
        new_page = False
        out.append(
            f'<{block.tag} class="{sheet.name("p", css.strip(";"))}"{block.attributes}>{block.inner}</{block.tag}>'
        )
        height += space + block.height
        previous = block
    if previous is not None:
        height += previous.after
    return "".join(out), height


def _rules(block: Block) -> list[tuple[object, ...]]:
    """The block's borders by side."""
    return [rule for rule in block.borders[2:] if isinstance(rule, tuple)]


def space_between(previous: Block | None, block: Block, *, adds: bool) -> float:
    """The space in points between two blocks, or before the first."""
    if previous is None:
        return block.before
    same = bool(block.style) and previous.style == block.style
    above = 0.0 if same and previous.contextual else previous.after
    below = 0.0 if same and block.contextual else block.before
    return above + below if adds else max(above, below)


def _joins(one: Block | None, other: Block | None) -> bool:
    return one is not None and other is not None and len(one.borders) > 2 and one.borders == other.borders  # noqa: PLR2004 — as above
