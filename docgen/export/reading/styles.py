"""styles.xml resolved: what a style says once its whole `basedOn` chain and the document defaults are merged."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docgen.diagnostics import Diagnostic, ExportError, Place, Severity
from docgen.export.reading.properties import VAL, Properties, W, combine_toggles, is_on, merge, read

if TYPE_CHECKING:
    from lxml.etree import _Element

_THEME_SLOTS = {
    "majorHAnsi": ("major", "latin"), "minorHAnsi": ("minor", "latin"), "majorAscii": ("major", "latin"),
    "minorAscii": ("minor", "latin"), "majorEastAsia": ("major", "ea"), "minorEastAsia": ("minor", "ea"),
}  # fmt: skip
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"


class Styles:
    """The styles of one document."""

    def __init__(self, root: _Element | None, theme: _Element | None, display: str) -> None:
        """Index the styles; a chain that leads back to itself raises `ExportError`."""
        self._display = display
        self._elements: dict[str, _Element] = {}
        self.default_paragraph: str | None = None
        self.default_table: str | None = None
        self.run_defaults: Properties = {}
        self.paragraph_defaults: Properties = {}
        self._theme = _theme_fonts(theme)
        self._runs: dict[str, Properties] = {}
        self._paragraphs: dict[str, Properties] = {}
        if root is None:
            return
        self.run_defaults = read(root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr"))
        self.paragraph_defaults = read(root.find(f"{W}docDefaults/{W}pPrDefault/{W}pPr"))
        for style in root.findall(f"{W}style"):
            name = style.get(f"{W}styleId", "")
            self._elements[name] = style
            if is_on(style.get(f"{W}default", "0")):
                if style.get(f"{W}type") == "paragraph":
                    self.default_paragraph = name
                elif style.get(f"{W}type") == "table":
                    self.default_table = name

    def chain(self, style: str | None) -> list[_Element]:
        """The style and what it is based on, nearest first; an unknown name gives nothing."""
        found: list[_Element] = []
        seen: set[str] = set()
        while style is not None and style in self._elements:
            if style in seen:
                raise ExportError(
                    [Diagnostic("X003", Severity.ERROR, Place(self._display), {"style": self.name(style)})]
                )
            seen.add(style)
            element = self._elements[style]
            found.append(element)
            based = element.find(f"{W}basedOn")
            style = based.get(VAL) if based is not None else None
        return found

    def name(self, style: str) -> str:
        """What Word shows as the style's name."""
        element = self._elements.get(style)
        name = element.find(f"{W}name") if element is not None else None
        return name.get(VAL, style) if name is not None else style

    def run(self, style: str | None) -> Properties:
        """The run properties a style says itself or inherits, without the document defaults."""
        return self._inherited(style, "rPr", self._runs)

    def paragraph(self, style: str | None) -> Properties:
        """The paragraph properties a style says itself or inherits, without the document defaults."""
        return self._inherited(style, "pPr", self._paragraphs)

    def _inherited(self, style: str | None, holder: str, known: dict[str, Properties]) -> Properties:
        if style is None:
            return {}
        if style not in known:
            merged: Properties = {}
            for element in reversed(self.chain(style)):
                merged = merge(merged, read(element.find(f"{W}{holder}")))
            known[style] = merged
        return known[style]

    def resolve_paragraph(self, direct: Properties, table: Properties, numbering: Properties) -> Properties:
        """All that holds for a paragraph: defaults, table style, its style, its list level, itself.

        A list level named by the style lies under the style's own indents; one named by the paragraph lies over them.
        """
        style = direct.get("pStyle", self.default_paragraph)
        own = self.paragraph(style)
        merged = merge(merge(self.paragraph_defaults, table), {})
        if "numPr.numId" in direct:
            return merge(merge(merge(merged, own), numbering), direct)
        return merge(merge(merge(merged, numbering), own), direct)

    def resolve_run(self, paragraph_style: str | None, direct: Properties, table: Properties) -> Properties:
        """All that holds for a run: defaults, table style, paragraph style, character style, itself."""
        base = merge(merge(self.run_defaults, table), self.run(paragraph_style or self.default_paragraph))
        return combine_toggles(base, self.run(direct.get("rStyle")), direct)

    def font(self, run: Properties, slot: str) -> str:
        """The font name a run gives for `ascii`, `hAnsi` or `eastAsia`, theme fonts looked up; "" when none."""
        theme = run.get(f"rFonts.{slot}Theme")
        if theme:
            name = self._theme.get(_THEME_SLOTS.get(theme, ("", "")), "")
            if name:
                return name
        return run.get(f"rFonts.{slot}", "")


def _theme_fonts(theme: _Element | None) -> dict[tuple[str, str], str]:
    fonts: dict[tuple[str, str], str] = {}
    if theme is None:
        return fonts
    for size in ("major", "minor"):
        for holder in theme.iter(f"{_A}{size}Font"):
            for slot in ("latin", "ea"):
                element = holder.find(f"{_A}{slot}")
                fonts[size, slot] = element.get("typeface", "") if element is not None else ""
            if not fonts.get((size, "ea")):
                for script in holder.findall(f"{_A}font"):
                    if script.get("script") == "Hans":
                        fonts[size, "ea"] = script.get("typeface", "")
    return fonts
