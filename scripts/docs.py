"""Write the generated pages of docs/. `python scripts/docs.py`; a test holds them to what is committed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from docgen import cli
from docgen.diagnostics.pages import pages as diagnostics_pages
from docgen.schema import bundled_schema
from docgen.schema.json_schema import json_schema
from docgen.schema.pages import fields_page

if TYPE_CHECKING:
    from collections.abc import Iterator

DOCS = Path(__file__).resolve().parent.parent / "docs"
CLI_HEAD = """\
# Commands

This page is generated from the commands' own help by `make docs`; a test compares them.

"""


def generated() -> dict[str, str]:
    """Every generated page: its path below docs/, and its text."""
    schema = bundled_schema()
    return {
        "cli.md": cli_page(),
        "fields.md": fields_page(schema),
        "deal.schema.json": json.dumps(json_schema(schema), ensure_ascii=False, indent=2) + "\n",
        **{f"diagnostics/{name}": text for name, text in diagnostics_pages().items()},
    }


def cli_page() -> str:
    """Every command with its help, groups before their commands."""
    blocks = [f"## {path}\n\n```text\n{help_text}\n```\n" for path, help_text in commands()]
    return CLI_HEAD + "\n".join(blocks)


def commands() -> Iterator[tuple[str, str]]:
    """Every command's full name and its help."""
    yield from _walk(root_command(), "docgen", None)


def root_command() -> click.Group:
    """The group behind the `docgen` command."""
    return next(found for found in vars(cli).values() if isinstance(found, click.Group))


def _walk(command: click.Command, path: str, parent: click.Context | None) -> Iterator[tuple[str, str]]:
    context = click.Context(
        command, info_name=path.rsplit(maxsplit=1)[-1], parent=parent, terminal_width=100, max_content_width=100
    )
    yield path, command.get_help(context)
    if isinstance(command, click.Group):
        for name in sorted(command.list_commands(context)):
            child = command.get_command(context, name)
            if child is not None and not child.hidden:
                yield from _walk(child, f"{path} {name}", context)


def write() -> int:
    """Bring docs/ up to date; the number of files that changed."""
    pages = generated()
    stale = [path for path in (DOCS / "diagnostics").glob("*.md") if f"diagnostics/{path.name}" not in pages]
    for path in stale:
        path.unlink()
    changed = len(stale)
    for name, text in pages.items():
        path = DOCS / name
        if not path.is_file() or path.read_text(encoding="utf-8") != text:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
            changed += 1
    return changed


if __name__ == "__main__":
    print(f"docs/: {write()} pages written")
