"""The command line: commands, rendering of diagnostics, exit codes. No domain logic."""

from __future__ import annotations

import sys
from typing import Any, Final

import click

from docgen.cli.console import DEBUG, EXIT_INTERRUPTED, LANG, Console, guard, prepare_streams
from docgen.cli.groups import LazyGroup

COMMANDS: Final = {
    "build": "docgen.cli.build",
    "check": "docgen.cli.build",
    "compare-pdf": "docgen.cli.compare",
    "doctor": "docgen.cli.doctor",
    "explain": "docgen.cli.rules",
    "extract": "docgen.cli.extracting",
    "fields": "docgen.cli.deals",
    "new": "docgen.cli.deals",
    "pdf": "docgen.cli.pdf",
    "rules": "docgen.cli.rules",
    "schema": "docgen.cli.deals",
    "sign": "docgen.cli.signing",
    "templates": "docgen.cli.templates",
    "verify": "docgen.cli.signing",
}
SETTINGS: Final = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


class GuardedGroup(LazyGroup):
    """The outermost group: what goes wrong below it is said in the user's words."""

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401 — click's signature
        """Run a command and answer for its failures."""
        with guard(ctx):
            return super().invoke(ctx)


def _version(ctx: click.Context, _option: click.Parameter, value: bool) -> None:  # noqa: FBT001 — click's signature
    """Print the version and stop; the package data is read only then."""
    if value:
        from docgen.cli.versions import versions  # noqa: PLC0415 — see the docstring

        click.echo(f"docgen {versions()['docgen']}")
        ctx.exit()


@click.command(cls=GuardedGroup, modules=COMMANDS, context_settings=SETTINGS)
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
