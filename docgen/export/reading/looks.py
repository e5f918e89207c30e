"""How a run looks once everything that holds for it is merged: fonts, size, colour, effects."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from docgen.export.fonts.book import Cut
from docgen.export.pages.sheet import points
from docgen.export.reading.effects import INHERITED, Marks, read_marks
from docgen.export.reading.values import colour, is_dark, number, shading

if TYPE_CHECKING:
    from docgen.export.fonts.book import Face, FontBook, NamedFont
    from docgen.export.reading.properties import Properties
    from docgen.export.reading.styles import Styles

_DEFAULT_HALF_POINTS = 20
# LibreOffice draws raised and lowered text at 58 % and moves it by 33 % and 8 % of the size; Word does much the same.
_SCRIPT_SIZE, _RAISED, _LOWERED = 0.58, 0.33, -0.08
_HIGHLIGHTS = {
    "yellow": "#ff0", "green": "#0f0", "cyan": "#0ff", "magenta": "#f0f", "blue": "#00f", "red": "#f00",
    "darkBlue": "#000080", "darkCyan": "#008080", "darkGreen": "#008000", "darkMagenta": "#800080",
    "darkRed": "#800000", "darkYellow": "#808000", "darkGray": "#808080", "lightGray": "#c0c0c0",
    "black": "#000", "white": "#fff",
}  # fmt: skip
# The character style of labels beside which somebody signs or seals, as Word shows its name.
_SIGNING_PLACE = "签署处"
# Properties that change nothing a reader sees; runs that differ in them only are one.
_UNSEEN = frozenset(("noProof", "webHidden", "rStyle", "bCs", "iCs", "szCs", "kern", "cs", "specVanish"))


@dataclass(frozen=True, slots=True, eq=False)
class Look:
    """One resolved run format; sizes in points, compared by identity."""

    latin: NamedFont
    east: NamedFont
    size: float
    drawn_size: float
    line_size: float
    rise: float
    spacing: float
    east_hint: bool
    hidden: bool
    caps: bool
    small_caps: bool
    scale: float
    fit: tuple[str, float] | None
    marks: Marks
    marked: bool
    effects: str
    signs: bool

    @property
    def decorated(self) -> bool:
        """Whether a gap after the last letter would show as a hole."""
        return "background" in self.effects or "wavy" in self.effects

    def css(self, face: Face) -> str:
        """The declarations for text of this look drawn with `face`, but for what is drawn beside the letters."""
        return f"{face.css};font-size:{points(self.drawn_size)}{self.effects}"


class Looks:
    """Builds each distinct look once."""

    def __init__(self, styles: Styles, book: FontBook) -> None:
        """Nothing built yet; `unrendered` collects the properties met that are not drawn."""
        self._styles, self._book = styles, book
        self._known: dict[tuple[bool, tuple[tuple[str, str], ...]], Look] = {}
        self.unrendered: set[str] = set()

    def look(self, properties: Properties) -> Look:
        """The look these merged run properties give."""
        language = properties.get("em", "none") != "none"
        signs = self._styles.name(properties.get("rStyle", "")) == _SIGNING_PLACE
        key = tuple(
            sorted(
                (name, value)
                for name, value in properties.items()
                if name not in _UNSEEN and (language or not name.startswith("lang"))
            )
        )
        if (signs, key) not in self._known:
            self._known[signs, key] = self._build(properties, signs=signs)
        return self._known[signs, key]

    def _build(self, run: Properties, *, signs: bool) -> Look:
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
        ground = _HIGHLIGHTS.get(run.get("highlight", ""), shading(run))
        text_colour = _text_colour(run)
        marks = read_marks(run, text_colour)
        hint, line_size = run.get("rFonts.hint") == "eastAsia", drawn if "vertAlign" in run else size
        hidden, caps, small = (run.get(name) == "1" for name in ("vanish", "caps", "smallCaps"))
        return Look(
            latin, east, size, drawn, line_size, rise, number(run.get("spacing"), 0) / 20, hint, hidden, caps, small,
            _scale(run), _fit(run), marks, marks.any, _css(run, rise, text_colour, ground),
            signs,
        )  # fmt: skip


# Run properties with no counterpart here, and the value that means "nothing to draw".
_NOT_DRAWN = {
    "effect": "none", "eastAsianLayout.combine": "0", "eastAsianLayout.vert": "0", "outline": "0", "shadow": "0",
    "emboss": "0", "imprint": "0",
}  # fmt: skip
_SCALES = (1, 600)  # what Word takes for w:w, in percent


def _scale(run: Properties) -> float:
    percent = number(run.get("w", "").removesuffix("%"), 100)
    return percent / 100 if _SCALES[0] <= percent <= _SCALES[1] else 1.0


def _fit(run: Properties) -> tuple[str, float] | None:
    """The group and width in points of text that is to fill a width."""
    width = number(run.get("fitText"), 0) / 20
    return (run.get("fitText.id", ""), width) if width > 0 else None


def _css(run: Properties, rise: float, text_colour: str, ground: str | None) -> str:
    css = ""
    if text_colour != INHERITED:
        css += f";color:{text_colour}"
    if ground:
        css += f";background:{ground}"
    if rise:
        css += f";vertical-align:{points(rise)}"
    if run.get("u", "none").startswith("wav"):  # the one kind of line that is left to the renderer
        css += f";text-decoration:underline wavy {colour(run.get('u.color')) or text_colour}"
    return css


def _text_colour(run: Properties) -> str:
    """The text's CSS colour; an automatic one goes by the shading behind it, a cell's or paragraph's if not its own."""
    given = colour(run.get("color"))
    if given:
        return given
    ground = shading(run)
    if ground is None:
        return INHERITED
    return "#ffffff" if is_dark(ground) else "#000000"
