"""`docgen new`, `docgen fields` and `docgen schema`: what a deal file may hold."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from docgen.cli.console import LANG, PATH, console
from docgen.cli.files import write_new
from docgen.cli.loading import load_schema
from docgen.cli.tables import table

if TYPE_CHECKING:
    from pathlib import Path

    from docgen.schema import FieldType, RecordType


@click.command("new")
@click.option("-o", "--out", type=PATH, metavar="FILE", help="Write to this file, not to stdout.")
@LANG
@click.pass_context
def new_command(ctx: click.Context, out: Path | None) -> None:
    """Write a commented deal file to fill in: Chinese names, or English keys with --lang en.

    \b
    Example:
      docgen new -o deal.yaml
    """
    from docgen.authoring.skeleton import deal_skeleton  # noqa: PLC0415 — the other two commands don't need it

    talk = console(ctx)
    text = deal_skeleton(load_schema(), talk.lang)
    if out is None:
        click.echo(text, nl=False)
        return
    write_new(out, text.encode())
    talk.say(f"已写入 {out}", f"written to {out}")


@click.command("fields")
@click.argument("text", required=False)
@click.option("--part", metavar="NAME", help="Only this part of the deal, by key or label, for example loan.")
@LANG
@click.pass_context
def fields_command(ctx: click.Context, text: str | None, part: str | None) -> None:
    """List every field a deal can have, or those whose key, label or help holds TEXT.

    \b
    Example:
      docgen fields 质权人
      docgen fields --part loan
    """
    talk = console(ctx)
    parts = [one for one in load_schema().parts.values() if not part or part in (one.name, one.zh, one.en)]
    shown = 0
    for one in parts:
        rows = [_row(field, talk.lang) for field in one.fields.values() if _matches(field, one, text)]
        if rows:
            shown += len(rows)
            click.echo(f"\n{one.name}（{one.zh}）" if talk.lang == "zh" else f"\n{one.name} ({one.en})")
            click.echo(table(rows), nl=False)
    if not shown:
        talk.say("没有这样的字段", "there is no such field")


@click.command("schema")
def schema_command() -> None:
    """Print the JSON Schema of a deal file, for editors that complete and check while you type.

    \b
    Example:
      docgen schema > deal.schema.json
    """
    import json  # noqa: PLC0415 — only this command prints JSON of its own

    from docgen.schema.json_schema import json_schema  # noqa: PLC0415 — same

    click.echo(json.dumps(json_schema(load_schema()), ensure_ascii=False, indent=2))


def _row(field: FieldType, lang: str) -> tuple[str, ...]:
    """The line of one field."""
    needed = {"zh": "计算得出", "en": "computed"}[lang] if field.derived else field.needed
    return (f"  {field.key}", field.label(lang) if lang == "zh" else field.zh, _type(field), needed, field.example)


def _type(field: FieldType) -> str:
    """The type as the schema writes it, with what it leads to."""
    inner = field.item or field
    target = inner.part_name or inner.enum_name or "/".join(inner.to)
    name = f"{inner.type} {target}".rstrip()
    return f"list of {name}" if field.item else name


def _matches(field: FieldType, part: RecordType, text: str | None) -> bool:
    """Whether the field or its path holds the text, letter case aside."""
    wanted = (text or "").casefold()
    return any(
        wanted in name.casefold()
        for name in (f"{part.name}.{field.key}", field.zh, field.en, field.help, field.help_en)
    )
