"""`docgen build` and `docgen check`."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import click

from docgen.cli.console import EXIT_FAULTS, FORM, LANG, PATH, console
from docgen.cli.fonts import FONT_DIR, use_fonts
from docgen.cli.loading import load_toolbox
from docgen.diagnostics import InputError, Severity
from docgen.formats.file_names import safe_name
from docgen.load import load_text, read_file
from docgen.pipeline import BuildOptions, build, check

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from docgen.pipeline import BuildResult

STAGES = click.Choice(["draft", "sign", "register", "drawdown", "post"])
ENCODING = click.option("--encoding", help="Encoding of the file if it isn't UTF-8, for example gb18030.")
TEMPLATES = click.option("--templates", type=PATH, metavar="DIR", help="A folder searched first for templates.")


def common_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options that build and check share."""
    for option in reversed(
        [
            click.argument("deal", type=PATH),
            click.option("--stage", type=STAGES, help="Check and build for this stage instead of the deal's own."),
            click.option("--only", multiple=True, metavar="ID", help="Only this kind of paper; may be repeated."),
            TEMPLATES,
            ENCODING,
            FORM,
            LANG,
        ]
    ):
        command = option(command)
    return command


@click.command("check")
@common_options
@click.pass_context
def check_command(ctx: click.Context, /, deal: Path, **options: Any) -> None:  # noqa: ANN401 — click's options
    """Do everything `build` does, but write nothing.

    \b
    Example:
      docgen check deal.yaml --stage register
    """
    result = _run(ctx, deal, options, check)
    if _failed(result):
        ctx.exit(EXIT_FAULTS)
    count = sum(name.endswith(".docx") for name in result.files)
    console(ctx).say(f"{count} 份文件可以生成", f"{count} papers can be built")


@click.command("build")
@common_options
@click.option(
    "--out",
    type=PATH,
    metavar="DIR",
    help="The folder to become the finished set.  [default: <deal id> beside the deal]",
)
@click.option("--pdf", is_flag=True, help="Also make a PDF of every paper.")
@click.option(
    "--no-attachment", is_flag=True, help="Leave the deal file out of the PDFs: for copies that leave the house."
)
@FONT_DIR
@click.option("--strict", is_flag=True, help="Build nothing of which a PDF would differ from its Word file.")
@click.option("--force", is_flag=True, help="Replace a folder a person worked in; it is moved to a backup first.")
@click.pass_context
def build_command(ctx: click.Context, /, deal: Path, **options: Any) -> None:  # noqa: ANN401 — click's options
    """Build the closing set of DEAL.

    \b
    Example:
      docgen build deal.yaml --pdf --out ./closing
    """
    if options["pdf"]:
        from docgen.export.pdf.render import load_renderer  # noqa: PLC0415 — it loads only when a PDF is asked for

        use_fonts(ctx, options["font_dir"])
        load_renderer()  # what the machine lacks is said before any work is done
    result = _run(ctx, deal, options, build)
    if _failed(result) or result.manifest is None:
        ctx.exit(EXIT_FAULTS)
    _publish(ctx, result, deal, options)


def _publish(ctx: click.Context, result: BuildResult, deal: Path, options: dict[str, Any]) -> None:
    """Write the finished folder."""
    from datetime import date  # noqa: PLC0415 — `check` writes nothing and needs none of this

    from docgen.output import publish  # noqa: PLC0415 — same

    assert result.manifest is not None  # noqa: S101 — the caller has looked
    published = publish(
        result.files,
        result.manifest,
        options["out"] or deal.parent / safe_name(result.deal.deal.id),
        today=date.today(),  # noqa: DTZ011 — the day in a backup's name, for the person at this desk
        force=bool(options["force"]),
        only=options["only"],
    )
    talk = console(ctx)
    talk.show(published.diagnostics)
    count, folder = len(result.files), published.folder
    if published.changed:
        talk.say(f"{count} 个文件已写入 {folder}", f"{count} files written to {folder}")
    else:
        talk.say(f"{count} 个文件没有变化：{folder}", f"{count} files unchanged in {folder}")
    if any(one.pdf is not None and one.pdf.deal_sha256 for one in result.manifest.outputs):
        talk.say(
            "每份 PDF 都附有交易文件 deal.yaml，其中有各方的证件号码和账号；外送前请加 --no-attachment 另行生成",
            "each PDF carries the deal file with all parties' numbers; build copies that leave the house with "
            "--no-attachment",
        )


def _run(ctx: click.Context, path: Path, options: dict[str, Any], work: Callable[..., BuildResult]) -> BuildResult:
    """Load, build or check, show the findings."""
    talk = console(ctx)
    source, pdf = str(path), bool(options.get("pdf"))
    text, data = read_file(path, options["encoding"])
    attached = None if options.get("no_attachment") else data
    try:
        tree = load_text(text, source)
        former = _former(path, options.get("out")) if pdf else ()
        tools = load_toolbox(path, options["templates"], pdf=pdf, former=former)
        talk.cite = partial(tools.law.cite, lang=talk.lang)
        wanted = BuildOptions(options["stage"], tuple(options["only"]), pdf, attached, bool(options.get("strict")))
        result = work(tree, tools, wanted)
    except InputError as error:  # shown here, where the text for snippets is at hand
        talk.show(error.diagnostics, {source: text})
        ctx.exit(EXIT_FAULTS)
    talk.show(result.diagnostics, {source: text})
    return result


def _former(deal: Path, out: Path | None) -> list[Path]:
    """The folders that may hold this set already: --out, else any set beside the deal, whose id isn't read yet."""
    if out is not None:
        return [out]
    try:
        return [folder for folder in sorted(deal.parent.iterdir()) if (folder / "manifest.json").is_file()]
    except OSError:
        return []


def _failed(result: BuildResult) -> bool:
    """Whether a finding is an error."""
    return any(one.severity is Severity.ERROR for one in result.diagnostics)
