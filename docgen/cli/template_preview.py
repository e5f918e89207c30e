"""`docgen templates preview`: one template, filled with a deal."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from docgen import resources
from docgen.cli.build import TEMPLATES
from docgen.cli.console import EXIT_FAULTS, FORM, LANG, PATH, WrongUseError, console
from docgen.cli.files import write_new
from docgen.cli.loading import load_toolbox
from docgen.cli.templates import kind_of
from docgen.diagnostics import Diagnostic, Severity
from docgen.load import load_text, read_text
from docgen.pipeline import BuildOptions, build

if TYPE_CHECKING:
    from docgen.pipeline import BuildResult


@click.command("preview")
@click.argument("kind_id", metavar="ID")
@click.option("--deal", type=PATH, metavar="DEAL", help="The deal to fill it with.  [default: a sample]")
@click.option("-o", "--out", type=PATH, metavar="FILE", help="[default: ID-preview.docx]")
@click.option("--pdf", is_flag=True, help="Also write FILE as PDF.")
@TEMPLATES
@FORM
@LANG
@click.pass_context
def preview_command(  # noqa: PLR0913 — click hands over one argument for each option
    ctx: click.Context, kind_id: str, deal: Path | None, out: Path | None, templates: Path | None, *, pdf: bool
) -> None:
    """Fill the template ID with a deal and write that one paper.

    \b
    Example:
      docgen templates preview my_contract --templates ./templates
    """
    talk = console(ctx)
    tools = load_toolbox(deal, templates, pdf=pdf)
    kind_of(tools.catalogue, kind_id)
    deals = [deal] if deal is not None else sorted(resources.samples().glob("*/deal.yaml"))
    results = ((one, _filled(one, kind_id, templates, pdf=pdf)) for one in deals)
    path, result = next(((one, made) for one, made in results if _useful(made)), (None, None))
    if path is None or result is None:
        if deal is None:
            raise WrongUseError([Diagnostic("U028", Severity.ERROR, None, {"id": kind_id})])
        talk.show(_filled(deal, kind_id, templates, pdf=pdf).diagnostics)
        ctx.exit(EXIT_FAULTS)
    assert result.manifest is not None  # noqa: S101 — `_useful` has looked
    names = [one.name for one in result.manifest.outputs if one.template == kind_id]
    stem = next(name for name in names if name.endswith(".docx")).removesuffix(".docx")
    target = out or Path(f"{kind_id}-preview.docx")
    talk.show(result.diagnostics)
    for suffix in (".docx", ".pdf") if pdf else (".docx",):
        write_new(target.with_suffix(suffix), result.files[stem + suffix])
        talk.say(f"已写入 {target.with_suffix(suffix)}", f"written to {target.with_suffix(suffix)}")


def _filled(deal: Path, kind_id: str, templates: Path | None, *, pdf: bool) -> BuildResult:
    """What a build of this kind of paper gives."""
    tree = load_text(read_text(deal), str(deal))
    return build(tree, load_toolbox(deal, templates, pdf=pdf), BuildOptions(only=(kind_id,), pdf=pdf))


def _useful(result: BuildResult) -> bool:
    """Whether there is a paper."""
    return result.manifest is not None and bool(result.files)
