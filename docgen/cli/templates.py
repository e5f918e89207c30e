"""`docgen templates …`: what templates there are, whether they are sound, and what may be written in them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import click

from docgen.cli.build import TEMPLATES
from docgen.cli.console import EXIT_FAULTS, FORM, LANG, WrongUseError, console
from docgen.cli.groups import LazyGroup
from docgen.cli.loading import load_toolbox
from docgen.cli.tables import table
from docgen.diagnostics import Diagnostic, Severity, TemplateError
from docgen.schema import nearest

if TYPE_CHECKING:
    from pathlib import Path

    from docgen.catalogue import Catalogue, Kind

COMMANDS: Final = {
    "accept": "docgen.cli.template_files",
    "check": "docgen.cli.templates",
    "copy": "docgen.cli.template_files",
    "fields": "docgen.cli.templates",
    "list": "docgen.cli.templates",
    "new": "docgen.cli.template_files",
    "preview": "docgen.cli.template_preview",
}
_ORIGINS: Final = {
    "zh": {"option": "--templates", "deal": "./templates", "firm": "本所", "bundled": "自带"},
    "en": {"option": "--templates", "deal": "./templates", "firm": "firm", "bundled": "bundled"},
}


@click.command("templates", cls=LazyGroup, modules=COMMANDS)
@LANG
def templates_command() -> None:
    """List, check, copy and make templates; see the names that may be used in one.

    \b
    Example:
      docgen templates list
      docgen templates copy pledge_contract my_contract
      docgen templates check my_contract
    """


@click.command("list")
@TEMPLATES
@LANG
@click.pass_context
def list_command(ctx: click.Context, templates: Path | None) -> None:
    """List every kind of paper: id, title, version, whether a lawyer reviewed it, where it comes from.

    \b
    Example:
      docgen templates list
    """
    lang = console(ctx).lang
    catalogue = load_toolbox(None, templates).catalogue
    rows = [_row(kind, lang) for kind in catalogue.kinds.values()]
    click.echo(table(rows), nl=False)
    console(ctx).show(catalogue.diagnostics)


def _row(kind: Kind, lang: str) -> tuple[str, ...]:
    """One line of the list."""
    zh = lang == "zh"
    if kind.docx is None:
        state = "尚无模板" if zh else "no template yet"
    elif kind.reviewed_on is None:
        state = "未经律师审阅" if zh else "not reviewed"
    else:
        state = f"{kind.reviewed_on} {kind.reviewed_by}"
    title = kind.title if zh else kind.title_en
    return (f"{kind.order:02d}", kind.id, title, kind.version, state, _ORIGINS[lang].get(kind.origin, kind.origin))


@click.command("check")
@click.argument("ids", metavar="[ID]...", nargs=-1)
@TEMPLATES
@FORM
@LANG
@click.pass_context
def check_command(ctx: click.Context, ids: tuple[str, ...], templates: Path | None) -> None:
    """Check templates, all of them without ID: names, types, tags, clauses, fonts, spacing, what is left unused.

    \b
    Example:
      docgen templates check my_contract --templates ./templates
    """
    from docgen.authoring.lint import lint  # noqa: PLC0415 — only this command looks into fonts and spacing

    tools = load_toolbox(None, templates)
    talk = console(ctx)
    found = list(tools.catalogue.diagnostics)
    checked = [kind_of(tools.catalogue, one) for one in ids] or list(tools.catalogue.kinds.values())
    for kind in checked:
        if kind.docx is None:
            continue
        try:
            used = tools.compiled(kind).names
        except TemplateError as error:
            found += error.diagnostics
            continue
        found += lint(kind.docx, f"{kind.display}/template.docx", set(kind.names) - {*used, *_read_by(kind)})
        found += [
            Diagnostic("T402", Severity.ERROR, None, {"id": kind.id, "citation": one}, kind.id)
            for one in kind.law
            if not tools.law.knows(one)
        ]
    talk.show(found)
    if any(one.severity is Severity.ERROR for one in found):
        ctx.exit(EXIT_FAULTS)
    count = sum(kind.docx is not None for kind in checked)
    talk.say(f"{count} 个模板可以使用", f"{count} templates can be used")


def _read_by(kind: Kind) -> set[str]:
    """The names that template.yaml itself reads."""
    optional = (one for one in (kind.applies_when, kind.copies) if one is not None)
    expressions = [*kind.output_name, *kind.signatories, *kind.names.values(), *optional]
    return {name for one in expressions for name in one.names}


@click.command("fields")
@click.argument("kind_id", metavar="ID")
@click.argument("text", required=False)
@TEMPLATES
@LANG
@click.pass_context
def fields_command(ctx: click.Context, kind_id: str, text: str | None, templates: Path | None) -> None:
    """List the names usable in the template ID, each with a tag to paste; TEXT shows only those that hold it.

    \b
    Example:
      docgen templates fields pledge_contract 金额
    """
    from docgen.authoring.guide import field_guide  # noqa: PLC0415 — only this command needs the guide
    from docgen.catalogue import usable_names  # noqa: PLC0415 — same

    tools = load_toolbox(None, templates)
    lang = console(ctx).lang
    names = usable_names(kind_of(tools.catalogue, kind_id), tools.schema)
    wanted = (text or "").casefold()
    rows = [
        (one.tag, one.label if lang == "zh" else one.key, one.type, one.printed, " ".join(one.others))
        for one in field_guide(names, lang)
        if wanted in f"{one.path} {one.key} {one.label}".casefold()
    ]
    if rows:
        click.echo(table(rows), nl=False)
    else:
        console(ctx).say("没有这样的名称", "there is no such name")


def kind_of(catalogue: Catalogue, kind_id: str) -> Kind:
    """The kind of this id; WrongUseError with the nearest ids when there is none."""
    if kind_id not in catalogue.kinds:
        near = nearest(kind_id, catalogue.kinds) or [one for one in catalogue.kinds if kind_id in one]
        args = {"id": kind_id, "near": "、".join(near) or "—"}
        raise WrongUseError([Diagnostic("U025", Severity.ERROR, None, args)])
    return catalogue.kinds[kind_id]
