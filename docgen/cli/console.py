"""What the user sees and what the shell gets: streams, findings, exit codes."""

from __future__ import annotations

import sys
import traceback
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final, TextIO

import click

from docgen.cli.render import render
from docgen.diagnostics import DocgenError, OutputError, SetupError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from docgen.cli.render import Form
    from docgen.diagnostics import Diagnostic
    from docgen.diagnostics.text import Lang

EXIT_FAULTS: Final = 1
EXIT_ENVIRONMENT: Final = 3
EXIT_INTERRUPTED: Final = 130
EXIT_BUG: Final = 70
BUG: Final = {
    "zh": "docgen 内部出错（{kind}）。没有写出任何文件。"
    "请把命令和 --debug 的输出报告给维护者；其中可能含个人信息，请先核对。",
    "en": "docgen itself failed ({kind}). Nothing was written. Please report the command and the output of --debug "
    "to the maintainers; it may hold personal data, so look through it first.",
}
INTERRUPTED: Final = {"zh": "已中断，没有留下未完成的文件。", "en": "Interrupted; nothing unfinished was left behind."}


def prepare_streams() -> None:
    """Let any console take any text: what it can't show is escaped, never an error."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")


def say(text: str, file: TextIO | None = None) -> None:
    """A line of result on stdout."""
    click.echo(text, file=file)


def show(
    diagnostics: Iterable[Diagnostic],
    sources: Mapping[str, str],
    form: Form,
    lang: Lang,
    cite: Callable[[str], str] = str,
) -> None:
    """Findings: messages on stderr, JSON on stdout as it is the result then."""
    text = render(diagnostics, sources, form, lang, cite)
    click.echo(text, nl=False, err=form != "json")


@contextmanager
def guard(ctx: click.Context) -> Iterator[None]:
    """Turn whatever goes wrong into a message and an exit code."""
    settings: dict[str, object] = ctx.obj if isinstance(ctx.obj, dict) else {}
    lang: Lang = "en" if "en" in (settings.get("lang"), _lang_option(ctx)) else "zh"
    try:
        yield
    except DocgenError as error:
        if _debugging(ctx):
            raise
        show(error.diagnostics, {}, "full", lang)
        ctx.exit(EXIT_ENVIRONMENT if isinstance(error, (OutputError, SetupError)) else EXIT_FAULTS)
    except KeyboardInterrupt:
        click.echo(INTERRUPTED[lang], err=True)
        ctx.exit(EXIT_INTERRUPTED)
    except (click.ClickException, click.exceptions.Exit, click.Abort):
        raise
    except Exception as error:  # noqa: BLE001 — the one place that answers for bugs: a sentence, not a traceback
        if _debugging(ctx):
            traceback.print_exc()
        click.echo(BUG[lang].format(kind=type(error).__name__), err=True)
        ctx.exit(EXIT_BUG)


def _debugging(ctx: click.Context) -> bool:
    """Whether --debug was given."""
    return bool(isinstance(ctx.obj, dict) and ctx.obj.get("debug"))


def _lang_option(ctx: click.Context) -> object:
    """--lang given to the command itself."""
    return ctx.params.get("lang")
