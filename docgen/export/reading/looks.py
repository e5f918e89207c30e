"""How a run looks once everything that holds for it is merged: fonts, size, colour, effects."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from docgen.export.fonts.book import Cut
from docgen.export.pages.sheet import points

if TYPE_CHECKING:
    from docgen.export.fonts.book import Face, FontBook, NamedFont
    from docgen.export.reading.properties import Properties
    from docgen.export.reading.styles import Styles

_DEFAULT_HALF_POINTS = 20
# Word itself takes no length beyond 22 inches (31 680 twips) and no size beyond 1638 pt.
_MAX_NUMBER = 100_000
# LibreOffice draws raised and lowered text at 58 % and moves it by 33 % and 8 % of the size; Word does much the same.
_SCRIPT_SIZE, _RAISED, _LOWERED = 0.58, 0.33, -0.08
_COLOUR = re.compile(r"[0-9A-Fa-f]{6}")
_HIGHLIGHTS = {
    "yellow": "#ff0", "green": "#0f0", "cyan": "#0ff", "magenta": "#f0f", "blue": "#00f", "red": "#f00",
    "darkBlue": "#000080", "darkCyan": "#008080", "darkGreen": "#008000", "darkMagenta": "#800080",
    "darkRed": "#800000", "darkYellow": "#808000", "darkGray": "#808080", "lightGray": "#c0c0c0",
    "black": "#000", "white": "#fff",
}  # fmt: skip
_UNDERLINES = {
    "double": "underline double", "dotted": "underline dotted", "dottedHeavy": "underline dotted",
    "dash": "underline dashed", "dashLong": "underline dashed", "dashedHeavy": "underline dashed",
    "dotDash": "underline dashed", "dotDotDash": "underline dotted", "wave": "underline wavy",
    "wavyDouble": "underline wavy", "wavyHeavy": "underline wavy",
}  # fmt: skip


@dataclass(frozen=True, slots=True, eq=False)
class Look:
    """One resolved run format; sizes in points, compared by identity."""

    latin: NamedFont
    east: NamedFont
    size: float
    drawn_size: float
    rise: float
    spacing: float
    east_hint: bool
    hidden: bool
    caps: bool
    decorated: bool
    effects: str

    def css(self, face: Face) -> str:
        """The declarations for text of this look drawn with `face`."""
        return f"{face.css};font-size:{points(self.drawn_size)}{self.effects}"


class Looks:
    """Builds each distinct look once."""

    def __init__(self, styles: Styles, book: FontBook) -> None:
        """Nothing built yet; `unrendered` collects the properties met that are not drawn."""
        self._styles, self._book = styles, book
        self._known: dict[tuple[tuple[str, str], ...], Look] = {}
        self.unrendered: set[str] = set()

    def look(self, properties: Properties) -> Look:
        """The look these merged run properties give."""
        key = tuple(sorted(properties.items()))
        if key not in self._known:
            self._known[key] = self._build(properties)
        return self._known[key]

    def _build(self, run: Properties) -> Look:
        bold, italic = run.get("b") == "1", run.get("i") == "1"
        latin_name = self._styles.font(run, "ascii") or self._styles.font(run, "hAnsi")
        latin = self._book.named(latin_name, Cut(bold, italic))
        east = self._book.named(self._styles.font(run, "eastAsia"), Cut(bold, italic, east_asian=True))
        size = number(run.get("sz"), _DEFAULT_HALF_POINTS) / 2 or _DEFAULT_HALF_POINTS / 2
        rise, drawn = number(run.get("position"), 0) / 2, size
        if run.get("vertAlign") in {"superscript", "subscript"}:
            rise += size * (_RAISED if run["vertAlign"] == "superscript" else _LOWERED)
            drawn = size * _SCRIPT_SIZE
        for name, off in _NOT_DRAWN.items():
            if run.get(name, off) not in {off, "0", "none"}:
                self.unrendered.add(name)
        effects, decorated = _effects(run, rise)
        return Look(
            latin, east, size, drawn, rise, number(run.get("spacing"), 0) / 20, run.get("rFonts.hint") == "eastAsia",
            run.get("vanish") == "1", run.get("caps") == "1", decorated, effects,
        )  # fmt: skip


# Run properties with no counterpart here, and the value that means "nothing to draw".
_NOT_DRAWN = {
    "w": "100", "em": "none", "bdr": "none", "smallCaps": "0", "effect": "none", "eastAsianLayout.combine": "0",
    "outline": "0", "shadow": "0", "emboss": "0", "imprint": "0", "fitText": "0",
}  # fmt: skip


def number(text: str | None, default: float) -> float:
    """A number written in an attribute, a `pt` suffix tolerated; the default when it is absent, no number or absurd."""
    if text is None:
        return default
    try:
        value = float(text.removesuffix("pt")) * (20 if text.endswith("pt") else 1)
    except ValueError:
        return default
    return value if abs(value) <= _MAX_NUMBER else default  # also false for "nan"


def colour(value: str | None) -> str | None:
    """A CSS colour for six hex digits, None for `auto` and anything else."""
    return f"#{value.lower()}" if value and _COLOUR.fullmatch(value) else None


def _effects(run: Properties, rise: float) -> tuple[str, bool]:
    css = ""
    lines = []
    kind = run.get("u", "none")
    if kind != "none":
        lines.append(_UNDERLINES.get(kind, "underline"))
    if run.get("strike") == "1" or run.get("dstrike") == "1":
        lines.append("line-through")
    if lines:
        css += f";text-decoration:{' '.join(lines)}"
    if text_colour := colour(run.get("color")):
        css += f";color:{text_colour}"
    background = _HIGHLIGHTS.get(run.get("highlight", ""), colour(run.get("shd.fill")))
    if background:
        css += f";background:{background}"
    if rise:
        css += f";vertical-align:{points(rise)}"
    return css, bool(lines or background)
