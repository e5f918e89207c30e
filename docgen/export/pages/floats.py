"""The floating drawings of a paragraph: on which of its pieces they stand, and their HTML."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from docgen.export.lines.atoms import Atom, Kind
from docgen.export.pages.beside import Beside, Zone
from docgen.export.pages.placing import Area, Here, across, place, spot

if TYPE_CHECKING:
    from collections.abc import Sequence

    from docgen.export.findings import Findings
    from docgen.export.lines.breaking import Line
    from docgen.export.pages.paragraphs import Frame
    from docgen.export.pages.pictures import Drawn
    from docgen.export.pages.sheet import Sheet
    from docgen.export.reading.format import Format, LineBox

Floats = list[tuple[int, "Drawn"]]
_NEAR = 1.0  # points that nobody sees
_EXACT_SHARE = 0.8  # how much of a line of exact height lies above its baseline


def divide(floats: Floats, pieces: Sequence[Sequence[Atom]]) -> list[Floats]:
    """The floats of each piece of a paragraph that page breaks divide; the break itself counts as one atom."""
    found: list[Floats] = []
    begin = 0
    for number, piece in enumerate(pieces):
        end = begin + len(piece)
        last = number == len(pieces) - 1
        found.append([(at - begin, drawn) for at, drawn in floats if begin <= at and (at <= end or last)])
        floats = [one for one in floats if one[0] > end]
        begin = end + 1
    return found


class FloatSetter:
    """Places the floating drawings of one document."""

    def __init__(self, sheet: Sheet, findings: Findings) -> None:
        """`area` is the page that floats of the part being set are measured from; None where that isn't known."""
        self._sheet, self._findings = sheet, findings
        self.area: Area | None = None
        self.placed = 0
        self._beside: dict[int, tuple[Frame, Beside]] = {}

    def zones(self, floats: Floats, formed: Format, frame: Frame) -> tuple[Floats, Beside | None]:
        """What keeps text off in the paragraph that begins, and its floats, some of them moved to their paragraph.

        Where a drawing is measured from the page nobody knows yet what text it meets; it is drawn at its paragraph.
        """
        beside = self._beside.get(id(frame), (frame, Beside([])))[1]
        beside.begin(formed.before)
        placed: Floats = []
        for at, drawn in floats:
            anchor = drawn.anchor
            if anchor is None or anchor.wrap == "none" or (self._apart(drawn) and not frame.in_cell):
                placed.append((at, drawn))
                continue
            alone = anchor.wrap == "topAndBottom"
            if anchor.v_from not in {"paragraph", "line"} and not frame.in_cell:
                self._findings.report("X085")
                anchor, alone = replace(anchor, v_from="paragraph", v_align="", v_offset=formed.before), True
            elif anchor.v_offset < -_NEAR:
                self._findings.report("X085")
            placed.append((at, replace(drawn, anchor=anchor)))
            left, top, right, bottom = anchor.gaps
            x = across(anchor, drawn.width, self.area, frame)
            y = beside.y - formed.before + (0.0 if anchor.v_align else anchor.v_offset)
            beside.zones.append(Zone(y - top, y + drawn.height + bottom, x - left, x + drawn.width + right, alone))
        if not beside.zones:
            self._beside.pop(id(frame), None)
            return placed, None
        self._beside[id(frame)] = (frame, beside)
        return placed, beside

    def forget(self, frame: Frame) -> None:
        """A new page begins: what stood on the last one is no longer beside the text."""
        self._beside.pop(id(frame), None)

    def rest(self, frame: Frame) -> float:
        """How far drawings reach below the text set so far; they are then left behind."""
        found = self._beside.pop(id(frame), None)
        return found[1].rest if found is not None else 0.0

    def _apart(self, drawn: Drawn) -> bool:
        """Whether a drawing stands in the margins of its page or belongs to a header, and so meets no text."""
        area, anchor = self.area, drawn.anchor
        if area is None or anchor is None or anchor.v_from in {"paragraph", "line"}:
            return False
        x, y = spot(anchor, (drawn.width, drawn.height), area)
        beyond = y + drawn.height <= area.top or y >= area.height - area.bottom
        return beyond or x + drawn.width <= area.left or x >= area.width - area.right or not area.shift

    def html(
        self, floats: Floats, lines: Sequence[Line], boxes: Sequence[LineBox], formed: Format,
        frame: Frame,
    ) -> str:  # fmt: skip
        """The floats as the first thing in their paragraph."""
        out = []
        for at, drawn in floats:
            if drawn.anchor is None:
                continue
            above = sum(
                box.height for line, box in zip(lines, boxes, strict=True) if line.end <= at and line is not lines[-1]
            )
            known = self.area is not None
            here = Here(frame.width, formed.left, formed.before, above, frame.in_cell or not known)
            anchor = drawn.anchor if known else replace(drawn.anchor, in_cell=True)
            css = place(anchor, (drawn.width, drawn.height), self.area or _NOWHERE, here)
            self.placed += 1
            out.append(f'<object class="{self._sheet.name("d", css)}">{drawn.html}</object>')
        return "".join(out)

    def fit(self, atoms: Sequence[Atom], formed: Format) -> None:
        """Cut drawings to a line of exact height, as Word does."""
        if formed.rule != "exact":
            return
        room = formed.line * _EXACT_SHARE
        for atom in atoms:
            if atom.kind is Kind.OBJECT and atom.ascent > room:
                if atom.ascent > room + 1:
                    self._findings.report("X083")
                atom.ascent = room


_NOWHERE = Area(0, 0, 0, 0, 0, 0, 0, 0)
