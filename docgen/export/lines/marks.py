"""What is drawn beside the letters of a line: underlines, strokes, emphasis marks, borders around characters.

Each is an empty box without advance or height of its own, so that neither the line's text nor its height changes and
copied text stays what it was. The renderer's own underline would follow each face's metrics and leave out the gaps
between stretches.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING

from docgen.export.lines.atoms import Atom, Kind
from docgen.export.pages.sheet import points

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterator, Sequence

    from docgen.export.lines.breaking import Line
    from docgen.export.pages.sheet import Sheet

# In em, as LibreOffice draws 宋体: the middle of an underline below the baseline, how thick lines are, strokes above
# the baseline, how far the lines of a pair are apart.
_UNDER, _THICK, _THIN, _STROKE, _APART = 0.117, 0.06, 0.045, 0.27, 0.15
_MARK_SIZE, _MARK_ABOVE, _MARK_BELOW = 0.16, 0.95, -0.26


@dataclass(frozen=True, slots=True)
class Mark:
    """One box: the atom it is written before at the latest, where it begins and ends on the line, its look as CSS.

    `bottom` is its lower edge above the baseline; all in points.
    """

    index: int
    x: float
    width: float
    height: float
    bottom: float
    css: str

    def html(self, sheet: Sheet, at: float) -> str:
        """The box, written where the line has come to `at`."""
        before = self.x - at
        css = (
            f"box-sizing:border-box;width:{points(self.width)};height:{points(self.height)};vertical-align:"
            f"{points(self.bottom)};margin:{points(-self.height)} {points(-before - self.width)} 0 {points(before)};"
        )
        return f'<i class="{sheet.name("k", css + self.css)}"></i>'


def positions(atoms: Sequence[Atom], line: Line) -> list[float]:
    """Where each atom of the line begins, and where the last one ends with its space, from the line's begin."""
    widths = (
        (line.tabs[at][0] if at in line.tabs else atoms[at].width) + line.extra[at - line.begin]
        for at in range(line.begin, line.end)
    )
    return list(accumulate(widths, initial=0.0))


def marks(atoms: Sequence[Atom], line: Line, xs: Sequence[float]) -> list[Mark]:
    """Everything to draw on the line, in the order of the text; nothing for page fields, whose width isn't known."""
    if not any(atoms[at].look.marked for at in range(line.begin, line.end)):
        return []
    found: list[Mark] = []
    for begin, end in _ranges(atoms, line, _frame):
        found.append(_framed(atoms, line, xs, begin, end))
    for begin, end in _ranges(atoms, line, _underline):
        found.append(_underlined(atoms, line, xs, begin, end))
    for begin, end in _ranges(atoms, line, _strokes):
        found.extend(_struck(atoms, line, xs, begin, end))
    found.extend(
        _emphasis(atoms[at], at, xs[at - line.begin])
        for at in range(line.begin, line.end)
        if atoms[at].look.marks.emphasis and atoms[at].kind is Kind.TEXT and atoms[at].char.strip()
    )
    return found


def _ranges(atoms: Sequence[Atom], line: Line, key: Callable[[Atom], Hashable | None]) -> Iterator[tuple[int, int]]:
    """The stretches of atoms with one and the same key; None belongs to none."""
    begin, held = line.begin, None
    for at in range(line.begin, line.end + 1):
        own = key(atoms[at]) if at < line.end and atoms[at].kind is not Kind.FIELD else None
        if own == held:
            continue
        if held is not None:
            yield begin, at
        begin, held = at, own


def _frame(atom: Atom) -> Hashable | None:
    return atom.look.marks.frame


def _underline(atom: Atom) -> Hashable | None:
    line = atom.look.marks.underline
    if line is None or line.style == "wavy" or (line.words and not atom.char.strip()):
        return None
    return line, atom.look.size, atom.look.rise


def _strokes(atom: Atom) -> Hashable | None:
    look = atom.look
    return (look.marks.strokes, look.marks.colour, look.drawn_size, look.rise) if look.marks.strokes else None


def _span(line: Line, xs: Sequence[float], begin: int, end: int) -> tuple[float, float]:
    """Where a stretch begins and how wide it is, without the space after its last letter."""
    start, last = xs[begin - line.begin], end - 1 - line.begin
    return start, max(xs[last + 1] - line.extra[last] - start, 0.0)


def _framed(atoms: Sequence[Atom], line: Line, xs: Sequence[float], begin: int, end: int) -> Mark:
    frame = atoms[begin].look.marks.frame
    assert frame is not None  # noqa: S101 — it is the stretch's key
    x, width = _span(line, xs, begin, end)
    above = max(atom.ascent for atom in atoms[begin:end])
    below = max(atom.descent for atom in atoms[begin:end])
    css = f"border:{frame.width:.2f}pt {frame.style} {frame.colour}"
    return Mark(begin, x - frame.width / 2, width + frame.width, above + below, -below, css)


def _underlined(atoms: Sequence[Atom], line: Line, xs: Sequence[float], begin: int, end: int) -> Mark:
    look = atoms[begin].look
    under = look.marks.underline
    assert under is not None  # noqa: S101 — it is the stretch's key
    x, width = _span(line, xs, begin, end)
    thickness = max(_THICK * look.size, 0.4) * (2 if under.thick else 1)
    middle = look.rise - _UNDER * look.size - (thickness / 4 if under.thick else 0)
    if under.style == "double":
        thickness = max(_THIN * look.size, 0.3)
        edge = f"{points(thickness)} solid {under.colour}"
        height = _APART * look.size + thickness
        return Mark(begin, x, width, height, middle - height * 0.6, f"border-top:{edge};border-bottom:{edge}")
    css = f"border-bottom:{points(thickness)} {under.style} {under.colour}"
    if under.style == "solid":
        css = f"background:{under.colour}"
    return Mark(begin, x, width, thickness, middle - thickness / 2, css)


def _struck(atoms: Sequence[Atom], line: Line, xs: Sequence[float], begin: int, end: int) -> Iterator[Mark]:
    look = atoms[begin].look
    x, width = _span(line, xs, begin, end)
    thickness = max(_THIN * look.drawn_size, 0.3)
    middle = look.rise + _STROKE * look.drawn_size
    offsets = (-_APART / 2, _APART / 2) if look.marks.strokes == 2 else (0.0,)  # noqa: PLR2004 — double
    for offset in offsets:
        bottom = middle + offset * look.drawn_size - thickness / 2
        yield Mark(begin, x, width, thickness, bottom, f"background:{look.marks.colour}")


def _emphasis(atom: Atom, index: int, x: float) -> Mark:
    """A dot, circle or comma over or under the middle of one character."""
    look = atom.look
    size = _MARK_SIZE * look.drawn_size
    middle = look.rise + (_MARK_BELOW if look.marks.below else _MARK_ABOVE) * look.drawn_size
    colour = look.marks.colour
    css = f"border-radius:50%;background:{colour}"
    if look.marks.emphasis == "circle":
        size *= 1.3
        css = f"border-radius:50%;border:{points(size / 6)} solid {colour}"
    elif look.marks.emphasis == "comma":
        css = f"border-radius:0 100% 20% 100%;background:{colour}"
    left = x + (atom.width - look.spacing - size) / 2
    return Mark(index, left, size, size, middle - size / 2, css)
