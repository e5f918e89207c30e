"""`docgen doctor`: what this machine has, and what it lacks."""

from __future__ import annotations

import platform
import sys
from typing import TYPE_CHECKING

import click

from docgen.cli.console import EXIT_ENVIRONMENT, FORM, LANG, Console, console
from docgen.cli.fonts import FONT_DIR, use_fonts
from docgen.cli.loading import firm_fonts, firm_templates, open_cache
from docgen.cli.tables import table
from docgen.cli.versions import LIBRARIES, PDF_LIBRARIES, installed
from docgen.diagnostics import Diagnostic, DocgenError, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from docgen.diagnostics.text import Lang

PACKAGES = (*LIBRARIES, "click", "cerberus", "python-stdnum", "pyyaml", *PDF_LIBRARIES)
# the fonts of docgen's own papers: that others are missing is no fault of the machine
_NEEDED = frozenset(("song", "hei", "fang", "kai", "times", "arial"))
_WORDS = {
    "zh": {"missing": "缺少", "drawn": "由 {} 代替", "any": "缺少，只能用 {} 代替", "none": "不使用", "cache": "缓存"},
    "en": {
        "missing": "missing",
        "drawn": "drawn as {}",
        "any": "missing, drawn as {}",
        "none": "none",
        "cache": "cache",
    },
}


@click.command("doctor")
@FONT_DIR
@FORM
@LANG
@click.pass_context
def doctor_command(ctx: click.Context, /, font_dir: tuple[Path, ...]) -> None:
    """Report what docgen needs and finds here: Python, packages, Pango, fonts. Exit code 3 when PDFs can't be made.

    \b
    Example:
      docgen doctor
    """
    talk = console(ctx)
    use_fonts(ctx, font_dir)
    found: list[Diagnostic] = []
    rows = [*_program(talk.lang), *_surroundings(talk.lang), *_renderer(found)]
    if talk.form != "json":
        click.echo(table(rows), nl=False)
    fonts = [] if any(one.severity is Severity.ERROR for one in found) else list(_fonts(talk.lang, found))
    if fonts and talk.form != "json":
        click.echo("\n" + table(fonts), nl=False)
    _verdict(ctx, talk, found)


def _verdict(ctx: click.Context, talk: Console, found: list[Diagnostic]) -> None:
    """What is wrong, loudly, and the exit code."""
    if found:
        talk.show(found)
    if any(one.severity is Severity.ERROR for one in found):
        talk.say(
            "\nWord 文件可以生成；PDF 现在不能生成，请按上面的说明安装。",
            "\nWord papers can be built; PDFs can't, until what is named above is installed.",
        )
        ctx.exit(EXIT_ENVIRONMENT)
    if any(one.code == "X009" for one in found):
        talk.say(
            "\n注意：PDF 能生成，但每份要慢约 18 倍。",
            "\nTAKE NOTE: PDFs can be made, but each takes about 18 times as long.",
        )
    else:
        talk.say("\n一切就绪。", "\nEverything is in place.")


def _program(lang: Lang) -> Iterator[tuple[str, str]]:
    """Python and the packages."""
    yield ("Python", platform.python_version())
    found = installed(("docgen", *PACKAGES))
    for name in ("docgen", *PACKAGES):
        yield (name, found.get(name, _WORDS[lang]["missing"]))


def _surroundings(lang: Lang) -> Iterator[tuple[str, str]]:
    """Cache, the firm's templates, console."""
    yield (_WORDS[lang]["cache"], str(open_cache().folder or _WORDS[lang]["none"]))
    yield ({"zh": "本所模板", "en": "firm's templates"}[lang], str(firm_templates() or _WORDS[lang]["none"]))
    yield ({"zh": "本所字体", "en": "firm's fonts"}[lang], ", ".join(map(str, firm_fonts())) or _WORDS[lang]["none"])
    yield ({"zh": "控制台编码", "en": "console encoding"}[lang], str(sys.stdout.encoding))


def _renderer(found: list[Diagnostic]) -> Iterator[tuple[str, str]]:
    """Pango and the fast way to subset fonts; what is missing goes to `found`."""
    from docgen.export.pdf.render import install_note, load_renderer  # noqa: PLC0415 — loading it is what is tried here

    try:
        renderer = load_renderer()
    except DocgenError as error:
        found += error.diagnostics
        return
    number = int(renderer.module.text.ffi.pango.pango_version())
    yield ("Pango", f"{number // 10000}.{number // 100 % 100}.{number % 100}")
    yield ("HarfBuzz-Subset", "ok" if renderer.subsets_fast else "-")
    if not renderer.subsets_fast:
        found.append(Diagnostic("X009", Severity.WARNING, notes=(install_note(),)))


def _fonts(lang: Lang, found: list[Diagnostic]) -> Iterator[tuple[str, str]]:
    """For each font that Word documents name, what draws it here."""
    from docgen.export.fonts.book import Cut, FontBook, font_map  # noqa: PLC0415 — only the doctor and PDFs need fonts

    book = FontBook("")
    for family in font_map()["family"]:
        name, cut = family["names"][0], Cut(east_asian=family.get("east_asian", False))
        try:
            font = book.named(name, cut)
        except DocgenError as error:
            found += error.diagnostics
            return
        drawn = font.face.family
        alike = drawn in family["use"] or drawn in family["names"]
        said = drawn if font.itself else _WORDS[lang]["drawn" if alike else "any"].format(drawn)
        yield (name, said)
        if family["id"] in _NEEDED:
            book.face_for(font, font, "一" if cut.east_asian else "A")
    found += [one for one in book.findings if one.severity is not Severity.NOTE]
