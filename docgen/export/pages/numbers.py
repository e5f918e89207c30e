"""Page numbers that the text prints: references to pages, pages of a section, and the counters of headers.

A page number within the text depends on the layout, and the layout on the text. So the document is set with the numbers
Word saved, laid out, set again with the numbers found, until they are the same: see `Layout`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from docgen.word.number_formats import format_number, is_known

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from docgen.export.findings import Findings
    from docgen.export.pages.sections import Section

_PLAIN = {"decimal": "decimal", "upperRoman": "upper-roman", "lowerRoman": "lower-roman"}
_MOST_PAGES = 2_000
# The general switches of a field (ECMA-376 part 1, 17.16.4.3.1) as number formats.
_SWITCHES = {
    "Arabic": "decimal", "ArabicDash": "numberInDash", "roman": "lowerRoman", "ROMAN": "upperRoman",
    "alphabetic": "lowerLetter", "ALPHABETIC": "upperLetter", "CHINESENUM1": "ideographDigital",
    "CHINESENUM2": "chineseLegalSimplified", "CHINESENUM3": "chineseCountingThousand",
    "CIRCLENUM": "decimalEnclosedCircle", "GB4": "decimalEnclosedCircleChinese",
}  # fmt: skip
_SWITCH = re.compile(r"\\\*\s*(\w+)")
_FORMATTING = frozenset(("MERGEFORMAT", "CHARFORMAT"))


@dataclass(frozen=True, slots=True)
class Layout:
    """Where a layout put things: each page's run of sections, and the page, from 0, of each `id`."""

    runs: tuple[int, ...]
    places: Mapping[str, int]


class PageNumbers:
    """The page numbers of one document, as an earlier layout gave them; unknown before the first."""

    def __init__(self, layout: Layout | None, findings: Findings) -> None:
        """`layout` is that of the same document, set with other numbers."""
        self._layout, self._findings = layout, findings
        self._numbers: list[str] = []
        self._firsts: dict[int, int] = {}
        self._styles: dict[str, str] = {}
        self._run = 0
        self._section = 1
        self._alone = True
        self.depends = False

    def number(self, runs: Sequence[Section]) -> None:
        """Number the pages; `runs` are the sections whose paper and numbers the pages have."""
        value = 0
        before = -1
        for run in self._layout.runs if self._layout else ():
            start = runs[run].start if run != before else None
            value = value + 1 if start is None else start
            self._firsts.setdefault(run, value)
            self._numbers.append(format_number(value, runs[run].number_format))
            before = run

    def enter(self, run: int, section: int, *, alone: bool) -> None:
        """A section begins, the `section`th; `alone` when it shares no page with others."""
        self._run, self._section, self._alone = run, section, alone

    def page_of(self, anchor: str) -> str:
        """The number on the page where a bookmark stands, "" while it isn't known."""
        self.depends = True
        if self._layout is None:
            return ""
        place = self._layout.places.get(anchor)
        return self._numbers[place] if place is not None else ""

    def exact(self, instruction: str) -> str:
        """What a field prints that is one number throughout its section; "" for other fields and while unknown."""
        words = instruction.split()
        kind = words[0].upper() if words else ""
        value = 0
        if kind == "SECTION":
            value = self._section
        elif kind == "SECTIONPAGES":
            self.depends = True
            if not self._alone:
                self._findings.report("X076")
            value = self._layout.runs.count(self._run) if self._layout else 0
        return format_number(value, self._switch(instruction) or "decimal") if value else ""

    def live(self, instruction: str) -> str:
        """The class of a field whose number differs from page to page, "" for other fields."""
        words = instruction.split()
        name = {"PAGE": "page", "NUMPAGES": "pages"}.get(words[0].upper(), "") if words else ""
        form = self._switch(instruction) if name else ""
        if not form:
            return name
        self._styles.setdefault(form, counter_style(form))
        return f"{name} x-{form}"

    def _switch(self, instruction: str) -> str:
        """The number format a field asks for by itself."""
        for switch in _SWITCH.findall(instruction):
            if switch in _SWITCHES:
                return _SWITCHES[switch]
            if switch not in _FORMATTING:
                self._findings.report("X030", feature=f"\\* {switch}")
        return ""

    def odd_first(self, run: int, *, restarts: bool) -> bool | None:
        """Whether a run begins with an odd page number; None when every page's side says so itself."""
        if not restarts:
            return None
        self.depends = True
        return self._firsts[run] % 2 == 1 if run in self._firsts else None

    def css(self, runs: Sequence[Section]) -> str:
        """The rules that print page numbers in the form of their section or field."""
        rules = []
        for run, section in enumerate(runs):
            form = section.number_format
            if not is_known(form):
                self._findings.report("X030", feature=f"w:pgNumType {form}")
            elif form != "decimal":
                self._styles.setdefault(form, counter_style(form))
                rules.append(f".n{run} .page::before{{content:counter(page,{_name(form)})}}")
        for form in self._styles:
            rules.append(f"section .page.x-{form}::before{{content:counter(page,{_name(form)})}}")
            rules.append(f"section .pages.x-{form}::before{{content:counter(pages,{_name(form)})}}")
        return "".join([*self._styles.values(), *rules])


def _name(form: str) -> str:
    return _PLAIN.get(form, f"w-{form}")


def counter_style(form: str) -> str:
    """The CSS rule for a number format, "" where CSS has it: its signs are those of the document's lists."""
    if form in _PLAIN:
        return ""
    signs = " ".join(f'"{format_number(value, form)}"' for value in range(1, _MOST_PAGES + 1))
    return f"@counter-style w-{form}{{system:fixed;symbols:{signs}}}"
