"""`docgen rules` and `docgen explain`: what is checked, and what a code means."""

from __future__ import annotations

import click

from docgen.checks import all_rules
from docgen.checks.registry import STAGES
from docgen.cli.console import LANG, WrongUseError, console
from docgen.cli.loading import load_law
from docgen.cli.tables import table
from docgen.diagnostics import Diagnostic, Severity
from docgen.diagnostics.codes import all_codes
from docgen.diagnostics.explain import explain
from docgen.schema import nearest

_TAGS = {
    "zh": {"V": "条文已核对", "S": "据公开网页", "R": "未经核对，须由律师确认"},
    "en": {"V": "article read", "S": "from a public page", "R": "not verified, a lawyer must confirm"},
}
_SEVERITIES = {
    "zh": {"error": "错误", "warning": "警告", "note": "提示"},
    "en": {"error": "error", "warning": "warning", "note": "note"},
}


@click.command("rules")
@click.option("--family", metavar="LETTER", help="Only rules of this family, for example C.")
@click.option("--stage", type=click.Choice(STAGES), help="Only rules that are judged from this stage on.")
@LANG
@click.pass_context
def rules_command(ctx: click.Context, family: str | None, stage: str | None) -> None:
    """List the legal checks: id, severity, stage, title, and the articles they rest on.

    \b
    Example:
      docgen rules --family C
    """
    talk = console(ctx)
    law = load_law()
    chosen = [
        one
        for one in all_rules()
        if (not family or one.id.startswith(family.upper())) and (not stage or one.stage == stage)
    ]
    if not chosen:
        talk.say("没有这样的规则", "there is no such rule")
        return
    rows = [
        (
            one.id,
            _SEVERITIES[talk.lang][one.severity.value],
            one.stage,
            one.title,
            "；".join(_basis(law.cite(citation, talk.lang), talk.lang) for citation in one.basis),
        )
        for one in chosen
    ]
    click.echo(table(rows), nl=False)


def _basis(citation: str, lang: str) -> str:
    """A citation with its tag in words."""
    text, bracket, tag = citation.partition(" [")
    words = _TAGS[lang].get(tag.rstrip("]"))
    return citation if not bracket or words is None else f"{text}（{words}）" if lang == "zh" else f"{text} ({words})"


@click.command("explain")
@click.argument("code")
@LANG
@click.pass_context
def explain_command(ctx: click.Context, code: str) -> None:
    """Say what CODE means, why it matters and what to do: a code of a message, or a legal rule.

    \b
    Example:
      docgen explain Y003
      docgen explain C03
    """
    talk = console(ctx)
    wanted = code.strip().upper()
    known = all_codes()
    if wanted not in known:
        near = nearest(wanted, known) or [one for one in known if one.startswith(wanted[:1])][:5]
        args = {"code": code, "near": "、".join(near) or "—"}
        raise WrongUseError([Diagnostic("U024", Severity.ERROR, None, args)])
    click.echo(explain(wanted, talk.lang), nl=False)
    rule = next((one for one in all_rules() if one.id == wanted), None)
    if rule is not None:
        law = load_law()
        basis = "；".join(_basis(law.cite(citation, talk.lang), talk.lang) for citation in rule.basis)
        talk.say(
            f"\n规则：{rule.title}（自 {rule.stage} 阶段起）\n依据：{basis}",
            f"\nRule from stage {rule.stage}. Basis: {basis}",
        )
