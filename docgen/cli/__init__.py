"""The command line: commands, rendering of diagnostics, exit codes. No domain logic."""

from __future__ import annotations

import importlib
import sys
from typing import Any, Final

import click

from docgen.cli.console import DEBUG, EXIT_INTERRUPTED, LANG, Console, guard, prepare_streams

COMMANDS: Final = {
    "build": "docgen.cli.build",
    "check": "docgen.cli.build",
    "doctor": "docgen.cli.doctor",
    "explain": "docgen.cli.rules",
    "fields": "docgen.cli.deals",
    "new": "docgen.cli.deals",
    "rules": "docgen.cli.rules",
    "schema": "docgen.cli.deals",
    "templates": "docgen.cli.templates",
}
SETTINGS: Final = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


class LazyGroup(click.Group):
    """A group whose commands are imported when they are used: cold start is imports."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Every command's name."""
        del ctx
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command, imported now."""
        del ctx
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = getattr(importlib.import_module(COMMANDS[cmd_name]), f"{cmd_name}_command")
        return command

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401 — click's signature
        """Run a command; what goes wrong is said in the user's words."""
        with guard(ctx):
            return super().invoke(ctx)


def _version(ctx: click.Context, _option: click.Parameter, value: bool) -> None:  # noqa: FBT001 — click's signature
    """Print the version and stop; the package data is read only then."""
    if value:
        from docgen.cli.versions import versions  # noqa: PLC0415 — see the docstring

        click.echo(f"docgen {versions()['docgen']}")
        ctx.exit()


@click.command(cls=LazyGroup, context_settings=SETTINGS)
@LANG
@DEBUG
@click.option(
    "--version",
    is_flag=True,
    expose_value=False,
    is_eager=True,
    callback=_version,
    help="Show the version and exit.",
)
@click.pass_context
def cli(ctx: click.Context) -> None:
    """From one deal file to a checked, consistent closing set in Word and PDF.

    \b
    Example:
      docgen new -o deal.yaml
      docgen check deal.yaml
      docgen build deal.yaml --pdf
    """
    ctx.ensure_object(Console)


def main() -> None:
    """Entry point of the `docgen` command."""
    prepare_streams()
    try:
        cli(prog_name="docgen")
    except KeyboardInterrupt:  # before the command's own guard stands
        sys.exit(EXIT_INTERRUPTED)
