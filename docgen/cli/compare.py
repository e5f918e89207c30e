"""`docgen compare-pdf`: how far docgen's PDF of a Word file agrees with LibreOffice's, or with any other."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Final

import click

from docgen.cli.console import EXIT_FAULTS, FORM, LANG, PATH, console
from docgen.cli.files import read_file
from docgen.cli.pdf import FILES, TIMEOUT, by_libreoffice, own
from docgen.cli.tables import table
from docgen.diagnostics import Diagnostic, Place, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from docgen.export.compare import Agreement

_HEADS: Final = {
    "zh": ("文件", "页数", "正文", "页眉页脚", "行尾", "中位 mm", "95% mm", "墨迹"),
    "en": ("file", "pages", "text", "headers", "breaks", "median mm", "p95 mm", "ink"),
}


@click.command("compare-pdf")
@FILES
@click.option("--against", type=PATH, metavar="REF.pdf", help="Compare with this PDF of the one FILE, Word's own say.")
@TIMEOUT
@click.option("--worst", type=click.IntRange(0, 100), default=0, metavar="N", help="Also show the N worst places.")
@FORM
@LANG
@click.pass_context
def compare_pdf_command(
    ctx: click.Context, files: tuple[Path, ...], against: Path | None, timeout: float, worst: int
) -> None:
    """Print how far docgen's PDF of each FILE agrees with LibreOffice's; exit code 1 when one doesn't well enough.

    Both engines draw with the fonts installed here. Where those a file names are missing, LibreOffice takes the line
    heights of whatever it finds, and the figures say little; docs/fidelity.md tells more. Nothing is written.

    \b
    Example:
      docgen compare-pdf contract.docx
      docgen compare-pdf contract.docx --against contract-from-word.pdf
    """
    if against is not None and len(files) != 1:
        message = "takes one FILE"
        raise click.BadParameter(message, param_hint="--against")
    talk = console(ctx)
    references = [(read_file(against), ())] if against is not None else by_libreoffice(timeout)(files)
    found: list[Diagnostic] = []
    agreements: dict[str, Agreement] = {}
    for path, (reference, refused), (test, said) in zip(files, references, own(files), strict=True):
        found += [one for one in said if one.severity is not Severity.NOTE]
        if reference is None or test is None:
            found += [one for one in refused if one not in found]
            continue
        names = str(against or f"{path} (LibreOffice)"), str(path)
        agreements[str(path)] = _compared(path, reference, test, names, worst)
    found += [one for path, agreement in agreements.items() for one in _shortfalls(path, agreement)]
    talk.add("agreements", [_figures(path, agreement) for path, agreement in agreements.items()])
    if talk.form != "json" and agreements:
        rows = [row for path, agreement in agreements.items() for row in _rows(path, agreement)]
        click.echo(table([_HEADS[talk.lang], *rows]), nl=False)
    if found:
        talk.show(found)
    if any(one.severity is Severity.ERROR for one in found):
        ctx.exit(EXIT_FAULTS)
    talk.say("两份 PDF 一致", "the PDFs agree")


def _compared(path: Path, reference: bytes, test: bytes, names: tuple[str, str], worst: int) -> Agreement:
    """How far two PDFs of a file agree."""
    from docgen.export.compare import compare, zones_of  # noqa: PLC0415 — no other command compares

    return compare(reference, test, zones_of(read_file(path), str(path)), display=names, worst=worst)


def _shortfalls(path: str, found: Agreement) -> Iterator[Diagnostic]:
    """The finding that a comparison is below the bar."""
    from docgen.export.compare import Bar  # noqa: PLC0415 — same

    if names := Bar().shortfalls(found):
        yield Diagnostic("X057", Severity.ERROR, Place(path), {"shortfalls": ", ".join(names)})


def _rows(path: str, found: Agreement) -> Iterator[tuple[str, ...]]:
    """The line of a file in the table, and its worst places."""
    yield (
        path,
        str(found.pages[0]) if found.pages_equal else f"{found.pages[0]}≠{found.pages[1]}",
        *(_share(one) for one in (found.text, found.margin_text, found.breaks)),
        f"{found.distance.median:.2f}",
        f"{found.distance.p95:.2f}",
        f"{found.ink:.3f}",
    )
    yield from (("", line) for line in found.worst)


def _share(value: float) -> str:
    """A share; what isn't quite 1 is never rounded to it."""
    return "1" if value == 1 else f"{min(value, 0.9999):.4f}"


def _figures(path: str, found: Agreement) -> dict[str, object]:
    """Every figure, as JSON takes it."""
    return {"file": path, **asdict(found), "breaks": found.breaks}
