"""`--font-dir` and the setting `fonts`: a firm's own fonts for PDFs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from docgen.cli.console import PATH, console
from docgen.cli.loading import firm_fonts

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

FONT_DIR = click.option(
    "--font-dir",
    type=PATH,
    multiple=True,
    metavar="DIR",
    help="A folder of fonts that come before the system's; may be repeated.",
)


def use_fonts(ctx: click.Context, named: Sequence[Path]) -> None:
    """Take fonts from the folders named and those of the firm's settings first; files that are no fonts are shown."""
    folders = [*named, *firm_fonts()]
    if not folders:
        return
    from docgen.export.fonts.folders import use_font_folders  # noqa: PLC0415 — fontTools is loaded only when needed

    console(ctx).show(use_font_folders(folders))
