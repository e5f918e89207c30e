"""Lines of atoms as HTML: one span per stretch of text of one face, spacing as classes."""

from __future__ import annotations

import unicodedata
from html import escape
from typing import TYPE_CHECKING

from docgen.export.lines.atoms import Atom, Kind
from docgen.export.lines.marks import marks, positions
from docgen.export.pages.sheet import points

if TYPE_CHECKING:
    from collections.abc import Sequence

    from docgen.export.fonts.book import Face
    from docgen.export.lines.breaking import Line
    from docgen.export.pages.sheet import Sheet

_LEADERS = {"dot": ".", "middleDot": "·", "hyphen": "-", "underscore": "_", "heavy": "_"}
_NO_BREAK_HYPHEN = "\u2011"
_DASH = "—"
_SAME = 0.005
# The class of labels beside which somebody signs or seals.
SIGNING_CLASS = "signing"
SLANT = 0.2  # how far Word leans a face without an italic design to the right, per height [R]


def slanted_by_hand(face: Face) -> bool:
    """Whether italic text of this face has to be leaned over, as it has no italic design; Chinese ones never have."""
    return face.cut.italic and not face.file.italic


class LineWriter:
    """Writes the lines of one document's paragraphs."""

    def __init__(self, sheet: Sheet) -> None:
        """Classes go into `sheet`."""
        self._sheet = sheet
        self._flowing = False

    def line(self, atoms: Sequence[Atom], line: Line, *, newline: bool, flowing: bool = False) -> str:
        """The HTML of one line; `newline` adds the line break that `white-space: pre` keeps.

        Of a `flowing` line the renderer moves the text, so that nothing is drawn at measured places.
        """
        out: list[str] = [self._spacer(line.shift[0])] if line.shift[0] else []
        xs = positions(atoms, line)
        drawn = [] if flowing else marks(atoms, line, xs)
        self._flowing = flowing
        segments = None if flowing else self._sheet.segments
        index = line.begin
        while index < line.end:
            atom = atoms[index]
            begun = len(out)
            start = index
            if segments is not None and (stop := segments.end(atoms, line, index)) > index:
                out.append(segments.add(atoms, line, index, stop))
                index = stop
            elif atom.kind is Kind.TAB:
                out.append(self._tab(atom, *line.tabs.get(index, (0.0, "none"))))
                index += 1
            elif atom.kind is Kind.FIELD:
                out.append(f'<span class="{self._look(atom, plain=True)} {atom.char}"></span>')
                index += 1
            elif atom.kind is Kind.OBJECT:
                out.append(self._object(atom, line.extra[index - line.begin]))
                index += 1
            else:
                stop = self._stretch_end(atoms, line, index)
                out.append(self._stretch(atoms, line, index, stop))
                index = stop
            if drawn:
                at = xs[start - line.begin]
                out[begun:begun] = [mark.html(self._sheet, at) for mark in drawn if start <= mark.index < index]
            if atoms[index - 1].tail:
                out.append(atoms[index - 1].tail)
        if line.shift[1]:
            out.append(self._spacer(line.shift[1]))
        if newline:
            inside = (
                bool(out) and out[-1].endswith("</span>") and atoms[line.end - 1].kind not in {Kind.FIELD, Kind.OBJECT}
            )
            out[-1:] = [f"{out[-1][:-7]}\n</span>"] if inside else [*out[-1:], "\n"]
        return "".join(out)

    def _spacer(self, width: float) -> str:
        """Room that something beside the text takes from a line."""
        return f'<i class="{self._sheet.name("k", f"width:{points(width)}")}"></i>'

    def _object(self, atom: Atom, extra: float) -> str:
        """A drawing on the baseline; a line that is too low for it shows its lower part only."""
        if atom.drawn is None:
            return ""
        height, shown = atom.drawn.height, min(atom.ascent, atom.drawn.height)
        css = f"display:inline-block;position:relative;width:{points(atom.drawn.width)};height:{points(shown)}"
        css += f";margin-right:{points(extra)}" if extra else ""
        inner = atom.drawn.html
        if shown < height:
            css += ";overflow:hidden"
            moved = f"position:absolute;left:0;top:{points(shown - height)};width:{points(atom.drawn.width)}"
            inner = f'<object class="{self._sheet.name("d", f"{moved};height:{points(height)}")}">{inner}</object>'
        return f'<object class="{self._sheet.name("d", css)}">{inner}</object>'

    def _look(self, atom: Atom, *, plain: bool = False) -> str:
        css = atom.look.css(atom.face)
        name = self._sheet.name("r", css + atom.look.marks.plain_css if plain or self._flowing else css)
        return f"{name} {SIGNING_CLASS}" if atom.look.signs else name

    def _tab(self, atom: Atom, width: float, leader: str) -> str:
        """A tab is a space as wide as the tab, so that copied text keeps a space; a leader repeats its character."""
        sign = _LEADERS.get(leader, " ")
        step = (atom.face.advance(sign) or atom.face.advance(" ") or 0.0) * atom.look.drawn_size
        count = max(int(width / step + (sign == "_")), 1) if sign != " " and step else 1  # a rule has no holes
        if sign != " " and width < step:
            sign = " "
        spacing = self._sheet.name("l", f"letter-spacing:{width / count - step:.4f}pt")
        return f'<span class="{self._look(atom)} {spacing}">{sign * count}</span>'

    @staticmethod
    def _stretch_end(atoms: Sequence[Atom], line: Line, begin: int) -> int:
        """Where the text of one face, look, link and even spacing ends; the last character's space may differ."""
        first = atoms[begin]
        index = begin + 1
        even: dict[Kind, float | None] = {Kind.TEXT: None, Kind.SPACE: None}
        while index < line.end:
            atom, before = atoms[index], atoms[index - 1]
            if atom.look is not first.look or atom.face is not first.face or atom.link != first.link:
                break
            if atom.kind not in even or before.tail:
                break
            after = line.extra[index - 1 - line.begin]
            expected = even[before.kind]
            if expected is None:
                even[before.kind] = after
            elif abs(expected - after) > _SAME:
                break
            index += 1
        return index

    def _stretch(self, atoms: Sequence[Atom], line: Line, begin: int, end: int) -> str:
        first = atoms[begin]
        look = first.look
        extras = [line.extra[index - line.begin] for index in range(begin, end)]
        letters = next((extras[i] for i in range(end - begin - 1) if atoms[begin + i].kind is Kind.TEXT), None)
        spaces = next((extras[i] for i in range(end - begin - 1) if atoms[begin + i].kind is Kind.SPACE), None)
        last_is_space = atoms[end - 1].kind is Kind.SPACE
        letter = letters if letters is not None else (0.0 if last_is_space or end - begin > 1 else extras[-1])
        word = (spaces if spaces is not None else (extras[-1] if last_is_space else letter)) - letter
        trailing = extras[-1] - letter - (word if last_is_space else 0.0)
        if look.decorated and abs(trailing) > _SAME and end - begin > 1:
            # a margin would leave a hole in the underline: the last character carries its own space
            return self._stretch(atoms, line, begin, end - 1) + self._stretch(atoms, line, end - 1, end)
        reshaped = not self._flowing and (look.scale != 1 or slanted_by_hand(first.face))
        if reshaped:  # the box is as wide as what it holds will be, its last space included
            letter, word, trailing = letter / look.scale, word / look.scale, 0.0
        classes = [self._look(first)]
        css = ""
        spacing = letter + (look.spacing / look.scale if reshaped else look.spacing)
        if abs(spacing) > _SAME:
            classes.append(self._sheet.name("l", f"letter-spacing:{points(spacing)}"))
        if abs(word) > _SAME:
            css += f"word-spacing:{points(word)};"
        if abs(trailing) > _SAME:
            css += f"margin-right:{points(trailing)}"
        if css:
            classes.append(self._sheet.name("m", css))
        text = "".join(atom.char for atom in atoms[begin:end]).replace(_NO_BREAK_HYPHEN, "-")
        if _DASH in text and first.face.cut.east_asian and not any(unicodedata.category(char) == "Lo" for char in text):
            classes.append("fw")  # without a Han character beside it a dash is drawn narrower than it is measured
        name, inner = " ".join(classes), escape(text, quote=False)
        if reshaped:
            width = sum(atom.width for atom in atoms[begin:end]) + sum(extras)
            inner = self._reshaped(look.scale, first.face, width, f'<span class="{name}">{inner}</span>')
            return f'<a href="{escape(first.link)}">{inner}</a>' if first.link else inner
        if first.link:
            return f'<a class="{name}" href="{escape(first.link)}">{inner}</a>'
        return f'<span class="{name}">{inner}</span>'

    def _reshaped(self, scale: float, face: Face, width: float, inner: str) -> str:
        """Text in a box of its own, which `pdf.shaping` makes narrower, wider or oblique."""
        slant = SLANT if slanted_by_hand(face) else 0
        return (
            f'<u class="{self._sheet.name("u", f"width:{points(width)}")}" data-shape="{scale:.4g} {slant}">{inner}</u>'
        )
