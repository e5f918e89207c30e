"""The command line: commands, rendering of diagnostics, exit codes. No domain logic."""

from __future__ import annotations

import importlib
from typing import Any, Final

import click

from docgen.cli.console import guard, prepare_streams

COMMANDS: Final = {
    "build": "docgen.cli.build",
    "check": "docgen.cli.build",
}


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
        module = importlib.import_module(COMMANDS[cmd_name])
        command: click.Command = getattr(module, f"{cmd_name.replace('-', '_')}_command")
        return command

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401 — click's signature
        """Run a command; what goes wrong is said in the user's words."""
        with guard(ctx):
            return super().invoke(ctx)


@click.command(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.option("--lang", type=click.Choice(["zh", "en"]), default="zh", help="Language of messages.")
@click.option("--debug", is_flag=True, help="Show tracebacks; they may hold personal data.")
@click.version_option(package_name="docgen", prog_name="docgen")
@click.pass_context
def cli(ctx: click.Context, lang: str, *, debug: bool) -> None:
    r"""From one deal file to a checked, consistent closing set in Word and PDF.

    \b
    Example:
      docgen build deal.yaml --pdf
    """
    ctx.obj = {"lang": lang, "debug": debug}


def main() -> None:
    """Entry point of the `docgen` command."""
    prepare_streams()
    cli(prog_name="docgen")
