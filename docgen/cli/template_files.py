"""`docgen templates new`, `copy` and `accept`: template folders on the disk."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

import click

from docgen.cli.build import ENCODING, TEMPLATES
from docgen.cli.console import LANG, PATH, WrongUseError, console
from docgen.cli.files import exists, write_folder
from docgen.cli.loading import load_toolbox
from docgen.cli.templates import kind_of
from docgen.diagnostics import Diagnostic, Severity
from docgen.load import read_text

_ID: Final = re.compile(r"[a-z][a-z0-9_]{0,60}")
_ID_LINE: Final = re.compile(r"^id:.*$", re.MULTILINE)
_REVIEWED: Final = re.compile(r"^reviewed:.*(?:\n[ \t]+.*)*$", re.MULTILINE)
_TARGET: Final = click.option(
    "--templates",
    type=PATH,
    metavar="DIR",
    default=Path("templates"),
    show_default="./templates",
    help="The templates folder to write into.",
)
SHEET: Final = """\
# 模板说明。English: docs/architecture.md, template.yaml
id: {id}
title: {{zh: {title}, en: {id}}}
version: 0.1.0
order: 90                     # 文件在成套文件中的次序，0–99
# for_each: {{list: 质押, as: 本质押}}   # 每项质押出一份；不写则每件交易一份
# applies_when: 本质押.质押类型 == "一般担保"   # 什么时候需要；不写则总是需要
# names: {{出质人: 本质押.出质人}}       # 模板里用的短名
output_name: ['"{title}"']
# signatories: [本质押.质权人, 本质押.出质人]
# copies: 本质押.份数
law: [CC 427]                 # 依据的法律条文，见 docgen rules
reviewed: null                # 审阅律师和日期：{{by: 姓名, on: 2026-01-31}}
because: {{in: 本交易需要, out: 本交易不需要}}
"""


@click.command("new")
@click.argument("kind_id", metavar="ID")
@click.option("--from", "draft", type=PATH, required=True, metavar="DRAFT.md", help="The draft.")
@_TARGET
@ENCODING
@LANG
@click.pass_context
def new_command(ctx: click.Context, kind_id: str, draft: Path, templates: Path, encoding: str | None) -> None:
    """Set a plain draft as the Word template ID, in the house style; docs/drafting.md says how a draft is written.

    \b
    Example:
      docgen templates new my_contract --from draft.md
    """
    from docgen.authoring import template_from_draft  # noqa: PLC0415 — only this command sets drafts

    folder = _new_folder(templates, kind_id)
    text = read_text(draft, encoding)
    docx = template_from_draft(text, str(draft))
    title = re.search(r"^title:\s*(?P<title>.+?)\s*$", text, re.MULTILINE)
    named = re.sub(r"<br>|['\"{}\[\],:#&*!|>%@`]", "", title["title"]) if title else kind_id
    sheet = SHEET.format(id=kind_id, title=named)
    write_folder(folder, {"template.docx": docx, "template.yaml": sheet.encode()})
    console(ctx).say(
        f"已写入 {folder}：请填写 template.yaml，然后运行 docgen templates check {kind_id}",
        f"written to {folder}: fill in template.yaml, then run docgen templates check {kind_id}",
    )


@click.command("copy")
@click.argument("source", metavar="SOURCE")
@click.argument("kind_id", metavar="NEW")
@_TARGET
@LANG
@click.pass_context
def copy_command(ctx: click.Context, source: str, kind_id: str, templates: Path) -> None:
    """Copy the template SOURCE, from wherever it is found, to the new template NEW; its review isn't copied.

    \b
    Example:
      docgen templates copy pledge_contract my_contract
    """
    folder = _new_folder(templates, kind_id)
    tools = load_toolbox(None, templates if templates.is_dir() else None)
    kind = kind_of(tools.catalogue, source)
    sheet = read_text(Path(kind.display) / "template.yaml")
    sheet = _REVIEWED.sub("reviewed: null", _ID_LINE.sub(f"id: {kind_id}", sheet, count=1), count=1)
    files = {"template.yaml": sheet.encode()}
    if kind.docx is not None:
        files["template.docx"] = kind.docx
    write_folder(folder, files)
    console(ctx).say(f"已复制到 {folder}", f"copied to {folder}")


@click.command("accept")
@click.argument("kind_id", metavar="ID")
@TEMPLATES
@click.option(
    "--into",
    type=PATH,
    metavar="DIR",
    help="Where accepted texts are kept.  [default: tests/golden/templates, else beside the template]",
)
@LANG
@click.pass_context
def accept_command(ctx: click.Context, kind_id: str, templates: Path | None, into: Path | None) -> None:
    """Store the text of the template ID, so that the next edit in Word shows as a difference line by line.

    \b
    Example:
      docgen templates accept my_contract
    """
    from docgen.word.text import extract_text  # noqa: PLC0415 — only this command reads a template's text

    kind = kind_of(load_toolbox(None, templates).catalogue, kind_id)
    if kind.docx is None:
        raise WrongUseError([Diagnostic("U025", Severity.ERROR, None, {"id": kind_id, "near": "—"})])
    golden = Path("tests", "golden", "templates")
    if into is None and golden.is_dir() and kind.origin == "bundled":
        into = golden
    file = into / f"{kind_id}.txt" if into is not None else Path(kind.display) / "template.txt"
    file.parent.mkdir(parents=True, exist_ok=True)
    former = file.read_text(encoding="utf-8") if file.is_file() else None
    text = extract_text(kind.docx)
    if text == former:
        console(ctx).say(f"没有变化：{file}", f"unchanged: {file}")
        return
    scratch = file.with_name(f".{file.name}.docgen")
    scratch.write_text(text, encoding="utf-8", newline="\n")
    scratch.replace(file)
    console(ctx).say(f"已存为 {file}", f"stored as {file}")


def _new_folder(templates: Path, kind_id: str) -> Path:
    """The folder of a new template; WrongUseError when the id can't be one or is taken."""
    if not _ID.fullmatch(kind_id):
        raise WrongUseError([Diagnostic("U027", Severity.ERROR, None, {"id": kind_id})])
    folder = templates / kind_id
    if folder.exists():
        raise exists(folder)
    return folder
