"""A template's layout → what makes it look different on the next computer; none of it stops a build."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from docgen.diagnostics import Diagnostic, Place, Severity
from docgen.word.gate import open_package
from docgen.word.xml import parse, val, w

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lxml import etree

    from docgen.word.package import Package

_TAG: Final = re.compile(r"\{[{%#].*?[}%#]\}")
# Characters that Latin and Chinese fonts both have: without the hint Word takes the Latin one.
_AMBIGUOUS: Final = re.compile(r"[“”‘’…—·]")
_GRIDS: Final = frozenset({"lines", "linesAndChars", "snapToChars"})


def lint(docx: bytes, display: str, unused: Iterable[str] = ()) -> tuple[Diagnostic, ...]:
    """Warnings about fonts and line spacing of a sound template, and a note on short names (`unused`) it never uses."""
    package = open_package(docx, display)
    body = parse(package.parts[package.main])
    styles = [parse(package.parts[part]) for part in package.related(package.main, "styles")]
    found = [*_fonts(styles, display), *_hints(package, body, display), *_spacing(styles, body, display)]
    found += [Diagnostic("T406", Severity.NOTE, Place(display), {"name": name}) for name in sorted(unused)]
    return tuple(found)


def _base(styles: list[etree._Element]) -> Iterator[etree._Element]:
    """What every paragraph starts from: the document's defaults and the default paragraph style."""
    for root in styles:
        yield from root.iterfind(w("docDefaults"))
        yield from (
            one for one in root.iterfind(w("style")) if one.get(w("type")) == "paragraph" and one.get(w("default"))
        )


def _fonts(styles: list[etree._Element], display: str) -> Iterator[Diagnostic]:
    """No font for Chinese characters."""
    fonts = [font for base in _base(styles) for font in base.iter(w("rFonts"))]
    if not any(font.get(w("eastAsia")) or font.get(w("eastAsiaTheme")) for font in fonts):
        yield Diagnostic("T403", Severity.WARNING, Place(display))


def _hints(package: Package, body: etree._Element, display: str) -> Iterator[Diagnostic]:
    """Chinese punctuation that Word would draw with the Latin font."""
    hinted = {
        style.get(w("styleId"), "")
        for part in package.related(package.main, "styles")
        for style in parse(package.parts[part]).iterfind(w("style"))
        if any(font.get(w("hint")) == "eastAsia" for font in style.iter(w("rFonts")))
    }
    texts = [text for text in map(_unhinted, body.iter(w("p"))) if text[0] not in hinted]
    wrong = [text for _, text in texts if text]
    if wrong:
        args = {"count": str(len(wrong))}
        yield Diagnostic("T404", Severity.WARNING, Place(display, excerpt=wrong[0][:60]), args)


def _unhinted(paragraph: etree._Element) -> tuple[str, str]:
    """The style of a paragraph, and its text where a run without the hint holds such a character."""
    style = val(paragraph.find(w("pPr")), "pStyle") or ""
    whole = "".join(text.text or "" for text in paragraph.iter(w("t")))
    for run in paragraph.iter(w("r")):
        fonts = next(run.iter(w("rFonts")), None)
        text = _TAG.sub("", "".join(one.text or "" for one in run.iterfind(w("t"))))
        if _AMBIGUOUS.search(text) and (fonts is None or fonts.get(w("hint")) != "eastAsia"):
            return style, whole
    return style, ""


def _spacing(styles: list[etree._Element], body: etree._Element, display: str) -> Iterator[Diagnostic]:
    """Lines whose height hangs on the font: no exact spacing and no line grid."""
    grids = [grid.get(w("type")) for grid in body.iter(w("docGrid"))]
    if grids and all(grid in _GRIDS for grid in grids):
        return
    rules = [one.get(w("lineRule")) for base in _base(styles) for one in base.iter(w("spacing")) if one.get(w("line"))]
    if not rules or rules[-1] not in {"exact", "atLeast"}:
        yield Diagnostic("T405", Severity.WARNING, Place(display))
