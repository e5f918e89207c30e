"""The label of a numbered paragraph as atoms, and how far it stands left of where the paragraph begins."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docgen.export.reading.properties import Properties, W, merge, read
from docgen.word.number_formats import is_known
from docgen.word.symbols import is_symbol_font

if TYPE_CHECKING:
    from lxml.etree import _Element

    from docgen.export.findings import Findings
    from docgen.export.lines.atoms import Atom, Measurer
    from docgen.export.reading.lists import ListLevels
    from docgen.export.reading.looks import Looks
    from docgen.export.reading.styles import Styles

_SHIFTS = {"right": 1.0, "end": 1.0, "center": 0.5}


class LabelSetter:
    """Sets the labels of one document; it counts, so that each paragraph is to be asked for once, in order."""

    def __init__(self, styles: Styles, looks: Looks, lists: ListLevels, measurer: Measurer, findings: Findings) -> None:
        """Before the first numbered paragraph."""
        self._styles, self._looks, self._lists = styles, looks, lists
        self._measurer, self._findings = measurer, findings

    def set(
        self, paragraph: _Element, numbered: tuple[str, int], style: str, table: Properties, atoms: list[Atom]
    ) -> float:
        """Append the label and the tab or space after it; the points by which it begins left of the first line.

        A label aligned right ends where the first line begins, one aligned centre has its middle there. A level with
        an empty label keeps its tab.
        """
        _, label_run, alignment = self._lists.formatting(*numbered)
        text = self._lists.counter.advance(*numbered)
        self._report(numbered)
        mark = read(paragraph.find(f"{W}pPr/{W}rPr"))
        for name in [key for key in mark if key.partition(".")[0] in {"u", "rStyle", "vanish", "ins", "del"}]:
            mark.pop(name)  # Word doesn't underline a label for the paragraph mark
        own = merge(mark, label_run)
        if any(is_symbol_font(own.get(f"rFonts.{slot}", "")) for slot in ("ascii", "hAnsi")):
            own = {key: value for key, value in own.items() if not key.startswith("rFonts.")}  # spelled in Unicode
        look = self._looks.look(merge(self._styles.resolve_run(style, mark, table), own))
        if look.hidden:
            return 0.0
        start = len(atoms)
        self._measurer.text(text, look, atoms)
        for atom in atoms[start:]:
            atom.label = True
        shift = sum(atom.width for atom in atoms[start:]) * _SHIFTS.get(alignment, 0.0)
        self._measurer.text(self._lists.numbering.suffix(*numbered), look, atoms)
        return shift

    def _report(self, numbered: tuple[str, int]) -> None:
        """What the label can't show as Word does."""
        number, ilvl = numbered
        levels = self._lists.numbering.lists[number].levels
        for index, level in enumerate(levels[: ilvl + 1]):
            shown = index == ilvl or f"%{index + 1}" in levels[ilvl].text
            if shown and not is_known(level.format):
                self._findings.report("X065", feature=level.format)
        if self._lists.has_picture(number, ilvl):
            self._findings.report("X030", feature="w:lvlPicBulletId")
