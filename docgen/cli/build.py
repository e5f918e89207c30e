"""`docgen build` and `docgen check`."""

from __future__ import annotations

from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from docgen.cli.console import EXIT_FAULTS, say, show
from docgen.cli.loading import load_toolbox
from docgen.diagnostics import InputError, Severity
from docgen.formats.file_names import safe_name
from docgen.load import load_text, read_text
from docgen.output import publish
from docgen.pipeline import BuildOptions, build, check

if TYPE_CHECKING:
    from collections.abc import Callable

    from docgen.pipeline import BuildResult

STAGES = click.Choice(["draft", "sign", "register", "drawdown", "post"])
FORMS = click.Choice(["full", "concise", "json"])


def common_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options that build and check share."""
    for option in reversed(
        [
            click.argument("deal", type=click.Path(path_type=Path)),
            click.option("--stage", type=STAGES, help="Check and build for this stage instead of the deal's own."),
            click.option("--only", multiple=True, metavar="ID", help="Only this kind of paper; may be repeated."),
            click.option("--templates", type=click.Path(path_type=Path), help="A folder searched first for templates."),
            click.option("--encoding", help="Encoding of the deal file if it isn't UTF-8, for example gb18030."),
            click.option("--output-format", "form", type=FORMS, default="full", help="How findings are printed."),
            click.option("--lang", type=click.Choice(["zh", "en"]), help="Language of messages."),
        ]
    ):
        command = option(command)
    return command


@click.command("check")
@common_options
@click.pass_context
def check_command(ctx: click.Context, /, deal: Path, **options: Any) -> None:  # noqa: ANN401 — click's options
    r"""Do everything `build` does, but write nothing.

    \b
    Example:
      docgen check deal.yaml --stage register
    """
    result = _run(ctx, deal, options, pdf=False)
    papers = [name for name in result.files if name.endswith(".docx")]
    if options["form"] != "json":
        say(f"{len(papers)} 份文件可以生成" if _lang(ctx, options) == "zh" else f"{len(papers)} papers can be built")


@click.command("build")
@common_options
@click.option(
    "--out", type=click.Path(path_type=Path), help="The folder to become the finished set. [default: <deal id>]"
)
@click.option("--pdf", is_flag=True, help="Also make a PDF of every paper.")
@click.option("--force", is_flag=True, help="Replace a folder a person worked in; it is moved to a backup first.")
@click.pass_context
def build_command(ctx: click.Context, /, deal: Path, **options: Any) -> None:  # noqa: ANN401 — click's options
    r"""Build the closing set of DEAL.

    \b
    Example:
      docgen build deal.yaml --pdf --out ./closing
    """
    result = _run(ctx, deal, options, pdf=bool(options["pdf"]))
    if result.manifest is None:
        ctx.exit(EXIT_FAULTS)
    out: Path = options["out"] or deal.parent / safe_name(result.deal.deal.id)
    published = publish(
        result.files,
        result.manifest,
        out,
        today=date.today(),  # noqa: DTZ011 — the day in a backup's name, for the person at this desk
        force=bool(options["force"]),
        only=options["only"],
    )
    lang = _lang(ctx, options)
    show(published.diagnostics, {}, options["form"], lang)
    if options["form"] != "json":
        _report(published.folder, len(result.files), lang, changed=published.changed)


def _run(ctx: click.Context, path: Path, options: dict[str, Any], *, pdf: bool) -> BuildResult:
    """Load, build, show the findings; exit 1 when one of them is an error."""
    lang = _lang(ctx, options)
    source = str(path)
    text = read_text(path, options["encoding"])
    try:
        tree = load_text(text, source)
    except InputError as error:
        show(error.diagnostics, {source: text}, options["form"], lang)
        ctx.exit(EXIT_FAULTS)
    tools = load_toolbox(path, options["templates"])
    chosen = BuildOptions(options["stage"], tuple(options["only"]), pdf=pdf)
    result = (build if ctx.command.name == "build" else check)(tree, tools, chosen)
    show(result.diagnostics, {source: text}, options["form"], lang, partial(tools.law.cite, lang=lang))
    if any(one.severity is Severity.ERROR for one in result.diagnostics):
        ctx.exit(EXIT_FAULTS)
    return result


def _lang(ctx: click.Context, options: dict[str, Any]) -> Any:  # noqa: ANN401 — one of two texts
    """The language of messages: the command's option, else the group's."""
    return options["lang"] or (ctx.obj or {}).get("lang", "zh")


def _report(folder: Path, count: int, lang: str, *, changed: bool) -> None:
    """Where the set lies."""
    if lang == "zh":
        say(f"{count} 个文件{'已写入' if changed else '没有变化：'} {folder}")
    else:
        say(f"{count} files {'written to' if changed else 'unchanged in'} {folder}")
