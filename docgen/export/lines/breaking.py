"""Where lines end: Chinese line-breaking rules, hanging punctuation, tabs, and what fills a justified line."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from docgen.export.lines.atoms import Atom, Kind, letter_like
from docgen.export.lines.ends import DEFAULT_ENDS, HANGING, Ends, hangs, last_place

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

# LibreOffice sets 0.2 em between Chinese and Latin text; Word is believed to set about 0.25 em.
GAP_EM = 0.2
_SLACK = 0.01


@dataclass(frozen=True, slots=True)
class TabStop:
    """One tab stop: its distance from the text edge in points, `left`, `center`, `right` or `decimal`, its leader."""

    at: float
    kind: str = "left"
    leader: str = "none"


@dataclass(frozen=True, slots=True)
class Measure:
    """What lines have to fit into: widths in points from the text edge, and the rules that hold.

    `added` is what a character grid adds to the width of every Chinese character; whether Word adds it to Latin ones
    too is not confirmed [R].
    """

    width: float
    left: float = 0.0
    right: float = 0.0
    first: float = 0.0
    stops: Sequence[TabStop] = ()
    default_stop: float = 21.0
    letter_gaps: bool = True
    digit_gaps: bool = True
    hanging: bool = True
    justify: str = ""
    expand_forced: bool = False
    ends: Ends = DEFAULT_ENDS
    added: float = 0.0

    def start(self, *, first: bool) -> float:
        """Where the line begins."""
        return self.left + (self.first if first else 0.0)


@dataclass(slots=True)
class Line:
    """Atoms `begin` to `end`; `extra` is what is added after each of them, in points.

    `shift` is how far something beside the text moves the line in at its left and right.
    """

    begin: int
    end: int
    forced: bool = False
    extra: list[float] = field(default_factory=list)
    tabs: dict[int, tuple[float, str]] = field(default_factory=dict)
    shift: tuple[float, float] = (0.0, 0.0)


def gap(before: Atom, after: Atom, measure: Measure) -> float:
    """The space between Chinese and Latin letters, 0 beside punctuation and spaces and in list labels [R]."""
    if before.label or before.east == after.east or before.kind is not Kind.TEXT or after.kind is not Kind.TEXT:
        return 0.0
    east, latin = (before, after) if before.east else (after, before)
    if not (measure.digit_gaps if latin.char.isdecimal() else measure.letter_gaps):
        return 0.0
    if not letter_like(before.char) or not letter_like(after.char):
        return 0.0
    return GAP_EM * east.look.drawn_size


def break_lines(
    atoms: Sequence[Atom], measure: Measure, narrowed: Callable[[Sequence[Line], int], Measure] | None = None
) -> list[Line]:
    """The lines of a paragraph; one empty line when there are no atoms.

    `narrowed` gives what the line after these lines has to fit into, where something stands beside the text.
    """
    measures: list[Measure] = []
    lines: list[Line] = []
    begin = 0
    while begin < len(atoms) or not lines:
        measures.append(narrowed(lines, begin) if narrowed is not None else measure)
        line, following = _fill(atoms, begin, measures[-1], first=not lines)
        lines.append(line)
        begin = following
        if begin == len(atoms) and line.forced and atoms[-1].kind is Kind.BREAK:
            measures.append(narrowed(lines, begin) if narrowed is not None else measure)
            lines.append(Line(begin, begin, extra=[]))  # a break at the very end opens an empty line
            break
    for number, line in enumerate(lines):
        _space(atoms, line, measures[number], first=number == 0, last=number == len(lines) - 1)
    return lines


def unbroken(atoms: Sequence[Atom]) -> list[Line]:
    """The lines between forced breaks, for text that the renderer has to wrap itself."""
    lines = [Line(0, 0)]
    for index, atom in enumerate(atoms):
        if atom.kind is Kind.BREAK:
            lines.append(Line(index + 1, index + 1))
        else:
            lines[-1].end = index + 1
    for line in lines:
        line.extra = [0.0] * (line.end - line.begin)
        line.tabs = {at: (21.0, "none") for at in range(line.begin, line.end) if atoms[at].kind is Kind.TAB}
    return lines


def _fill(atoms: Sequence[Atom], begin: int, measure: Measure, *, first: bool) -> tuple[Line, int]:
    """One line from `begin`, and the index the next one begins at."""
    x, limit = measure.start(first=first), measure.width - measure.right
    line = Line(begin, begin)
    index = begin
    while index < len(atoms):
        atom = atoms[index]
        if atom.kind is Kind.BREAK:
            line.end, line.forced = index, True
            return line, index + 1
        if atom.kind is Kind.TAB:
            width, leader = _tab(atoms, index, x, measure, first=first)
            line.tabs[index] = (width, leader)
            x += width
            index += 1
            continue
        step = atom.width + measure.added * atom.east + (gap(atoms[index - 1], atom, measure) if index > begin else 0.0)
        if x + step > limit + _SLACK and atom.kind is not Kind.SPACE and index > begin:
            if measure.hanging and hangs(atoms, begin, index, measure.ends):
                return _ended(atoms, line, index + 1)
            return _ended(atoms, line, last_place(atoms, begin, index, measure.ends, hanging=measure.hanging) or index)
        x += step
        index += 1
    line.end = len(atoms)
    return line, len(atoms)


def _ended(atoms: Sequence[Atom], line: Line, end: int) -> tuple[Line, int]:
    """The line up to `end`; spaces there vanish into the margin."""
    following = end
    while following < len(atoms) and atoms[following].kind is Kind.SPACE:
        following += 1
    if following < len(atoms) and atoms[following].kind is Kind.BREAK:
        line.forced = True
        following += 1
    line.end = end
    line.tabs = {index: tab for index, tab in line.tabs.items() if index < end}
    return line, following


def _tab(atoms: Sequence[Atom], index: int, x: float, measure: Measure, *, first: bool) -> tuple[float, str]:
    """The width of a tab at `x`, and its leader."""
    stop = _placed(atoms[index].char, measure) if atoms[index].char else _next_stop(x, measure, first=first)
    if stop.kind in {"left", "num", "start", "clear"}:
        return stop.at - x, stop.leader
    ahead = 0.0
    for position in range(index + 1, len(atoms)):
        atom = atoms[position]
        if atom.kind in {Kind.TAB, Kind.BREAK} or (stop.kind == "decimal" and atom.char == "."):
            break
        ahead += (
            atom.width
            + measure.added * atom.east
            + (gap(atoms[position - 1], atom, measure) if position > index + 1 else 0.0)
        )
    if stop.kind == "center":
        ahead /= 2
    return max(stop.at - x - ahead, 0.0), stop.leader


def _placed(placed: str, measure: Measure) -> TabStop:
    """The stop of a tab that names its own place: `right margin dot`, `center indent none`."""
    kind, base, leader = placed.split(" ")
    left, right = (measure.left, measure.right) if base == "indent" else (0.0, 0.0)
    at = {"center": (left + measure.width - right) / 2, "right": measure.width - right}.get(kind, left)
    return TabStop(at, kind, leader)


def _next_stop(x: float, measure: Measure, *, first: bool) -> TabStop:
    """The stop after `x`: a set one, the hanging indent, else the next default stop."""
    stops = [stop for stop in measure.stops if stop.at > x + _SLACK and stop.kind != "bar"]  # a bar stops nothing
    if first and measure.first < 0 and measure.left > x + _SLACK:
        stops.append(TabStop(measure.left))
    if stops:
        return min(stops, key=lambda stop: stop.at)
    step = measure.default_stop or 21.0
    return TabStop((int((x + _SLACK) / step) + 1) * step)


def _space(atoms: Sequence[Atom], line: Line, measure: Measure, *, first: bool, last: bool) -> None:
    """Work out `extra`: Han–Latin gaps, and what a justified line distributes."""
    natural_end = last or (line.forced and not measure.expand_forced)
    kept = measure.width - measure.right - measure.start(first=first) if natural_end else 0.0
    _trim(atoms, line, kept)
    count = line.end - line.begin
    line.extra = [0.0] * count
    for offset in range(count - 1):
        here = line.begin + offset
        if measure.added and atoms[here].east and atoms[here].kind is not Kind.TAB:
            line.extra[offset] = measure.added
        if atoms[here].east != atoms[here + 1].east:
            line.extra[offset] += gap(atoms[here], atoms[here + 1], measure)
    if measure.justify and (not natural_end or measure.justify == "distribute"):
        _justify(atoms, line, measure, first=first)


def _trim(atoms: Sequence[Atom], line: Line, kept: float) -> None:
    """Drop the spaces at the line's end, but not underlined ones within `kept` points: blanks to be filled in."""
    while line.end > line.begin and atoms[line.end - 1].kind is Kind.SPACE:
        if kept and atoms[line.end - 1].look.marks.underline:
            used = sum(line.tabs[at][0] if at in line.tabs else atoms[at].width for at in range(line.begin, line.end))
            if used <= kept + _SLACK:
                return
        line.end -= 1


def _justify(atoms: Sequence[Atom], line: Line, measure: Measure, *, first: bool) -> None:
    """Spread what is left of the line over its gaps; nothing is spread before its last tab."""
    from_here = max(line.tabs) + 1 if line.tabs else line.begin
    stretch = [index - line.begin for index in range(from_here, line.end - 1) if _stretches(atoms, index)]
    if not stretch:
        return
    used = sum(line.tabs[at][0] if at in line.tabs else atoms[at].width for at in range(line.begin, line.end))
    rest = measure.width - measure.right - measure.start(first=first) - used - sum(line.extra)
    if rest < 0 and atoms[line.end - 1].char in HANGING:
        rest += atoms[line.end - 1].width  # the last mark hangs, the others fill the line
    if rest > 0:
        share = rest / len(stretch)
        for offset in stretch:
            line.extra[offset] += share


def _stretches(atoms: Sequence[Atom], index: int) -> bool:
    """Whether a justified line may widen the space after this atom."""
    here, following = atoms[index], atoms[index + 1]
    if Kind.TAB in {here.kind, following.kind}:
        return False
    return here.kind is Kind.SPACE or here.east or following.east
