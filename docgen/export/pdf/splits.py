"""Table rows that run over a page end: the line under the one half and above the other, as Word draws them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence


def rule_split_rows(pages: Sequence[Any]) -> None:
    """Have the lines drawn that WeasyPrint leaves out where a row is split; `pages` are laid out, not drawn."""
    for page in pages:
        for box in page._page_box.descendants():  # noqa: SLF001 — WeasyPrint 70 shows what it laid out nowhere else
            if hasattr(box, "skip_cell_border_top"):
                box.skip_cell_border_top = box.skip_cell_border_bottom = False
