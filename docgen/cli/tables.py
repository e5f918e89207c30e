"""Tables for a terminal, aligned by display width."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docgen.cli.render import display_width

if TYPE_CHECKING:
    from collections.abc import Sequence

_WIDEST = 40  # a column is not made wider than this for one long cell


def table(rows: Sequence[Sequence[str]]) -> str:
    """The rows as lines, cells aligned, without trailing blanks; ends with a line break."""
    columns = range(max(len(row) for row in rows))
    widths = [max(min(display_width(row[at]), _WIDEST) for row in rows if at < len(row)) for at in columns]
    lines = ("  ".join(_padded(cell, widths[at]) for at, cell in enumerate(row)).rstrip() for row in rows)
    return "".join(f"{line}\n" for line in lines)


def _padded(cell: str, width: int) -> str:
    """A cell with blanks up to the width."""
    text = " ".join(cell.split()) if "\n" in cell else cell
    return text + " " * max(0, width - display_width(text))
