"""Blocks one under the other: the space between them, borders that join, and the HTML of the whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docgen.export.pages.paragraphs import Block, border_css
from docgen.export.pages.sheet import points

if TYPE_CHECKING:
    from collections.abc import Sequence

    from docgen.export.pages.sheet import Sheet

_LONGEST_CHAIN = 2  # pages; where still more keeps together, the setting means nothing


def flow(
    blocks: Sequence[Block], sheet: Sheet, *, adds: bool, overhang: float = 0.0, previous: Block | None = None
) -> tuple[str, float]:
    """The HTML of the blocks and their height in points; `previous` stands above them.

    Between two paragraphs stands the larger of the space after the one and before the other, or both when `adds`
    (a compatibility setting); neither between paragraphs of one style that wants none between its own.

    `overhang` is how far below a page's end the text of this document may reach. A block that may reach less far
    reserves the difference at every page end, which `box-decoration-break: clone` does with a margin; the block
    after it takes the margin back.
    """
    out: list[str] = []
    height = 0.0
    new_page = new_column = False
    for index, block in enumerate(blocks):
        if not block.tag:  # a page break at the end of a paragraph
            new_page, new_column, previous = block.new_page, block.new_column, None
            continue
        following = blocks[index + 1] if index + 1 < len(blocks) else None
        space = space_between(previous, block, adds=adds)
        new_page, new_column = block.new_page or new_page, block.new_column or new_column
        css = block.css
        if len(block.borders) > 2:  # noqa: PLR2004 — two indents, then the borders
            css += ";" + border_css(
                block.borders, joins_before=_joins(previous, block), joins_after=_joins(block, following)
            )
        stays = new_page or new_column or previous is None
        css += _top(space, reserve(previous, overhang), block, stays=stays)
        if new_page or new_column:
            css += f";break-before:{'page' if new_page else 'column'}"
        new_page = new_column = False
        out.append(_element(block, css, reserve(block, overhang), sheet))
        height += space + block.height
        previous = block
    if previous is not None and out:
        height += previous.after
    return "".join(out), height


def loosen(blocks: Sequence[Block], room: float) -> None:
    """Let tables part from what follows where more has to stay together than a page of `room` points holds.

    What should stay together then begins a page, and parts behind its tables. That is what LibreOffice does, which
    never keeps a table with the paragraph after it; what Word gives up first is not confirmed [R].
    """
    chain: list[Block] = []
    for block in blocks:
        chain.append(block)
        if block.keeps_next:
            continue
        tables = [link for link in chain[:-1] if link.table]
        height = sum(link.height + max(link.before, link.after) for link in chain)
        if tables and room < height < _LONGEST_CHAIN * room:
            chain[0].css += ";break-before:page"
            for link in tables:
                link.css, link.keeps_next = link.css.replace("break-after:avoid", ""), False
        chain = []


def reserve(block: Block | None, overhang: float) -> float:
    """What a block keeps free at page ends because its lines reach less far over them than others do."""
    if block is None or _rules(block):  # a bordered paragraph would draw its border there
        return 0.0
    return max(overhang - block.overhang, 0.0)


def _top(space: float, taken: float, block: Block, *, stays: bool) -> str:
    """The space above a block: Word drops it at the top of a page, but not after a break that a person set."""
    if stays and space and not any(rule[0] == "top" for rule in _rules(block)):
        return f";padding-top:{points(space)}"
    # margins collapse to the larger one, so that only a negative one takes back
    margin = space if space >= taken else space - taken
    return f";margin-top:{points(margin)}" if margin else ""


def _element(block: Block, css: str, reserved: float, sheet: Sheet) -> str:
    keeps = f";box-decoration-break:clone;margin-bottom:{points(reserved)}" if reserved else ""
    name = sheet.name("p", (css + keeps).strip(";"))
    return f'<{block.tag} class="{name}"{block.attributes}>{block.inner}</{block.tag}>'


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
