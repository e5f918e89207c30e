"""Paragraphs parted into pieces that a page or column end may stand between, for layouts that part no blocks."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from docgen.export.pages.paragraphs import Block

_LINE_END = re.compile(r"(\n(?:</span>|</a>)?)")
_TOGETHER = 2  # lines of a paragraph that stay together at either end


def parted(inner: str) -> list[str]:
    """The lines of a paragraph's HTML, those together that must stay on one page."""
    split = _LINE_END.split(inner)
    lines = [split[at] + (split[at + 1] if at + 1 < len(split) else "") for at in range(0, len(split), 2)]
    if len(lines) < 2 * _TOGETHER:
        return [inner]
    return ["".join(lines[:_TOGETHER]), *lines[_TOGETHER:-_TOGETHER], "".join(lines[-_TOGETHER:])]


def pieces(block: Block) -> list[Block]:
    """A paragraph as blocks of a line or two; a table, and a paragraph that stays whole or has borders, as itself."""
    whole = block.tag == "table" or "break-inside:avoid" in block.css or len(block.borders) > 2  # noqa: PLR2004 — two indents, then the borders
    inner = [block.inner] if whole else parted(block.inner)
    if len(inner) == 1:
        return [block]
    css = block.css.replace("break-after:avoid", "")
    middle = replace(
        block, css=f"{css};text-indent:0", before=0.0, after=0.0, height=0.0, attributes="", contextual=False
    )
    middle.new_page = middle.new_column = False
    first = replace(block, css=css, inner=inner[0], after=0.0)
    last = replace(middle, css=f"{block.css};text-indent:0", inner=inner[-1], after=block.after)
    return [first, *(replace(middle, inner=line) for line in inner[1:-1]), last]
