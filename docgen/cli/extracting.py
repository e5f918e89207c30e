"""`docgen extract`: the deal file out of a PDF, and whether both are those of the manifest."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from docgen.cli.console import EXIT_FAULTS, FORM, LANG, PATH, WrongUseError, console
from docgen.cli.files import write_new
from docgen.diagnostics import Diagnostic, InputError, Place, Severity
from docgen.manifest import FILE_NAME

if TYPE_CHECKING:
    from docgen.cli.console import Console

DEFAULT = Path("deal.yaml")


@click.command("extract")
@click.argument("pdf", type=PATH)
@click.option("--out", type=PATH, metavar="FILE", default=DEFAULT, help="Write to this file.  [default: ./deal.yaml]")
@click.option("--force", is_flag=True, help="Replace a file that holds something else.")
@FORM
@LANG
@click.pass_context
def extract_command(ctx: click.Context, pdf: Path, out: Path, *, force: bool) -> None:
    """Take the deal file out of a PDF that docgen made, byte for byte.

    Both are compared with the manifest.json beside the PDF; the exit code is 1 when they are not what it tells of.

    \b
    Example:
      docgen extract closing/02-专利权质押合同.pdf --out deal.yaml
    """
    from docgen.export.pdf.extract import extract  # noqa: PLC0415 — no other command reads PDFs
    from docgen.output import compare  # noqa: PLC0415 — same

    talk = console(ctx)
    data = _read(pdf)
    deal = extract(data, str(pdf))
    found = compare(pdf, data, deal)
    _write(talk, out, deal, force=force)
    talk.show(found)
    if any(one.severity is Severity.ERROR for one in found):
        ctx.exit(EXIT_FAULTS)
    if not found:
        talk.say(f"PDF 和交易文件都与 {FILE_NAME} 一致", f"PDF and deal file are those of {FILE_NAME}")


def _read(pdf: Path) -> bytes:
    """The file's content; InputError for what is no file."""
    if not pdf.is_file():
        code = "U002" if pdf.is_dir() else "U003" if pdf.exists() else "U001"
        raise InputError([Diagnostic(code, Severity.ERROR, Place(str(pdf)), {"path": str(pdf)})])
    return pdf.read_bytes()


def _write(talk: Console, out: Path, deal: bytes, *, force: bool) -> None:
    """Write the deal file, never over something else unless by force, and never into a finished folder."""
    place, args = Place(str(out)), {"file": str(out)}
    if out.is_file() and out.read_bytes() == deal:
        talk.say(f"{out} 就是这份交易文件，没有改动", f"{out} is this deal file already")
        return
    if (out.parent / FILE_NAME).exists():
        raise WrongUseError([Diagnostic("U157", Severity.ERROR, place, args)])
    if os.path.lexists(out):
        if not force:
            raise WrongUseError([Diagnostic("U156", Severity.ERROR, place, args)])
        scratch = out.with_name(f".{out.name}.docgen-{os.getpid()}-new")
        write_new(scratch, deal)
        scratch.replace(out)
    else:
        write_new(out, deal)
    talk.say(f"交易文件已写入 {out}", f"deal file written to {out}")
