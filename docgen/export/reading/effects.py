"""What is drawn beside the letters of a run: underlines, strokes, emphasis marks, borders."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from docgen.export.reading.values import colour, number

if TYPE_CHECKING:
    from docgen.export.reading.properties import Properties

_LINE_STYLES = {
    "double": "double", "dotted": "dotted", "dottedHeavy": "dotted", "dash": "dashed", "dashLong": "dashed",
    "dashedHeavy": "dashed", "dashLongHeavy": "dashed", "dotDash": "dashed", "dashDotHeavy": "dashed",
    "dotDotDash": "dotted", "dashDotDotHeavy": "dotted",
}  # fmt: skip
_BORDER_STYLES = {"double": "double", "dotted": "dotted", "dashed": "dashed", "dashSmallGap": "dashed"}
INHERITED = "currentColor"  # automatic text: black, or white on a dark cell or paragraph
_SIMPLIFIED = frozenset(("zh", "zh-cn", "zh-sg", "zh-hans", "zh-hans-cn"))


@dataclass(frozen=True, slots=True)
class Underline:
    """One underline: a CSS border style, `wavy` for waves; thick ones are twice as wide; a CSS colour."""

    style: str
    colour: str
    thick: bool = False
    words: bool = False


@dataclass(frozen=True, slots=True)
class Frame:
    """A border around characters: width in points, CSS style and colour. Equal ones of adjacent runs are one."""

    width: float
    style: str
    colour: str


@dataclass(frozen=True, slots=True)
class Marks:
    """All that is drawn beside one run's letters; `strokes` is how often it is struck through."""

    underline: Underline | None = None
    strokes: int = 0
    emphasis: str = ""
    below: bool = False
    frame: Frame | None = None
    colour: str = INHERITED

    @property
    def any(self) -> bool:
        """Whether there is anything to draw."""
        return bool(self.underline or self.strokes or self.emphasis or self.frame)

    @property
    def plain_css(self) -> str:
        """Lines as `text-decoration`, for text whose place on the line isn't known while it is written."""
        lines = ["underline"] if self.underline else []
        lines += ["line-through"] if self.strokes else []
        if not lines:
            return ""
        style = f" {self.underline.style} {self.underline.colour}" if self.underline else ""
        return f";text-decoration:{' '.join(lines)}{style}"


def read_marks(run: Properties, text_colour: str) -> Marks:
    """The marks of a run's merged properties; what has no colour of its own takes the text's."""
    emphasis = run.get("em", "none")
    strokes = 2 if run.get("dstrike") == "1" else 1 if run.get("strike") == "1" else 0
    return Marks(
        _underline(run, text_colour), strokes, "" if emphasis == "none" else emphasis, _marked_below(run, emphasis),
        _frame(run, text_colour), text_colour,
    )  # fmt: skip


def _underline(run: Properties, text_colour: str) -> Underline | None:
    kind = run.get("u", "none")
    if kind == "none":
        return None
    style = "wavy" if kind.startswith("wav") else _LINE_STYLES.get(kind, "solid")
    thick = kind == "thick" or kind.endswith("Heavy")
    return Underline(style, colour(run.get("u.color")) or text_colour, thick, kind == "words")


def _marked_below(run: Properties, emphasis: str) -> bool:
    """Whether the marks stand below: dots under Simplified Chinese (ECMA-376 first edition, part 4, 2.18.28)."""
    if emphasis == "underDot":
        return True
    return emphasis == "dot" and run.get("lang.eastAsia", "zh-CN").casefold() in _SIMPLIFIED


def _frame(run: Properties, text_colour: str) -> Frame | None:
    kind = run.get("bdr", "none")
    if kind in {"none", "nil"}:
        return None
    width, style = max(number(run.get("bdr.sz"), 4) / 8, 0.25), _BORDER_STYLES.get(kind, "solid")
    if style == "double":
        width *= 3  # Word's size is that of one of the lines
    return Frame(width, style, colour(run.get("bdr.color")) or text_colour)
