"""`docgen pdf`: Word files as PDF, docgen's own or anybody's."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Final

import click

from docgen.cli.console import EXIT_FAULTS, FORM, LANG, PATH, WrongUseError, console
from docgen.cli.files import exists, read_file, write_new, write_over
from docgen.cli.fonts import FONT_DIR, use_fonts
from docgen.diagnostics import Diagnostic, DocgenError, Place, SetupError, Severity
from docgen.formats.file_names import same_file

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

FILES: Final = click.argument("files", type=PATH, metavar="FILE.docx...", nargs=-1, required=True)
TIMEOUT: Final = click.option(
    "--timeout",
    type=click.FloatRange(min=0, min_open=True, max=86_400),
    default=120,
    show_default=True,
    metavar="SECONDS",
    help="How long LibreOffice may take for each file.",
)

Result = tuple[bytes | None, tuple[Diagnostic, ...]]


@click.command("pdf")
@FILES
@click.option("--out", type=PATH, metavar="DIR", help="The folder for the PDFs.  [default: beside each file]")
@click.option("--engine", type=click.Choice(["own", "libreoffice"]), default="own", show_default=True)
@TIMEOUT
@FONT_DIR
@click.option("--strict", is_flag=True, help="Write no PDF that differs from its Word file in a way docgen knows of.")
@click.option("--force", is_flag=True, help="Replace PDFs that are there.")
@FORM
@LANG
@click.pass_context
def pdf_command(  # noqa: PLR0913 — click hands over one argument for each option
    ctx: click.Context,
    files: tuple[Path, ...],
    out: Path | None,
    engine: str,
    timeout: float,
    font_dir: tuple[Path, ...],
    *,
    strict: bool,
    force: bool,
) -> None:
    """Make a PDF of each FILE, under its name.

    \b
    Example:
      docgen pdf contract.docx --out ./pdf
      docgen pdf *.docx --engine libreoffice --timeout 300
    """
    talk = console(ctx)
    targets = _targets(files, out, force=force)
    if engine == "own":
        use_fonts(ctx, font_dir)
    make = own if engine == "own" else by_libreoffice(timeout)
    failed = False
    for path, target, (data, found) in zip(files, targets, make(files), strict=True):
        talk.show(found)
        bad = sum(one.severity is not Severity.NOTE for one in found)
        if data is None or (strict and bad):
            failed = True
            if data is not None:
                talk.show([Diagnostic("X054", Severity.ERROR, Place(str(path)), {"count": str(bad)})])
            continue
        target.parent.mkdir(parents=True, exist_ok=True)
        (write_over if force else write_new)(target, data)
        talk.say(f"已写入 {target}", f"written to {target}")
    if failed:
        ctx.exit(EXIT_FAULTS)


def _targets(files: Sequence[Path], out: Path | None, *, force: bool) -> list[Path]:
    """Where each PDF goes; WrongUseError when one would be written over a file, or over another's."""
    taken: dict[tuple[str, str], Path] = {}
    inputs = {os.path.realpath(path) for path in files}
    for path in files:
        target = (out if out is not None else path.parent) / f"{path.stem}.pdf"
        key = os.path.realpath(target.parent), same_file(target.name)
        if key in taken:
            args = {"first": str(taken[key]), "second": str(path), "pdf": str(target)}
            raise WrongUseError([Diagnostic("X053", Severity.ERROR, Place(str(path)), args)])
        taken[key] = path
        if os.path.realpath(target) in inputs or (os.path.lexists(target) and not (force and target.is_file())):
            raise exists(target)
    return [(out if out is not None else path.parent) / f"{path.stem}.pdf" for path in files]


def own(files: Sequence[Path]) -> Iterator[Result]:
    """What docgen makes of each file, and what it found; without a PDF, why there is none."""
    from docgen.export import to_pdf  # noqa: PLC0415 — it loads only when a PDF is asked for

    for path in files:
        try:
            pdf = to_pdf(read_file(path), str(path))
        except SetupError:
            raise
        except DocgenError as error:
            yield None, error.diagnostics
        else:
            yield pdf.data, pdf.diagnostics


def by_libreoffice(timeout: float) -> Callable[[Sequence[Path]], Iterator[Result]]:
    """What makes LibreOffice's PDFs; a file that docgen's own gate refuses isn't opened by LibreOffice either."""
    from docgen.export.libreoffice import OfficeOptions, convert, find_office  # noqa: PLC0415 — only this engine
    from docgen.word.gate import open_package  # noqa: PLC0415 — same

    options = OfficeOptions(seconds=timeout, program=find_office())

    def make(files: Sequence[Path]) -> Iterator[Result]:
        documents: dict[int, bytes] = {}
        refused: dict[int, tuple[Diagnostic, ...]] = {}
        for number, path in enumerate(files):
            try:
                documents[number] = read_file(path)
                open_package(documents[number], str(path), allow_revisions=True)
            except DocgenError as error:
                documents.pop(number, None)
                refused[number] = error.diagnostics
        made = convert([(data, str(files[number])) for number, data in documents.items()], options)
        results = dict(zip(documents, made, strict=True))
        for number in range(len(files)):
            result = results.get(number)
            if isinstance(result, bytes):
                yield result, ()
            else:
                yield None, refused[number] if result is None else (result,)

    return make
