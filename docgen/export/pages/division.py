"""The body divided into sections, and the sections into runs that share their pages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from docgen.export.pages.sections import Section, read_section
from docgen.export.reading.properties import W, local

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lxml.etree import _Element

    from docgen.export.findings import Findings


@dataclass(frozen=True, slots=True)
class Stretch:
    """One section's paragraphs and tables; `element` is its `w:sectPr`, `number` counts sections from 1."""

    section: Section
    element: _Element | None
    children: tuple[_Element, ...]
    number: int


def page_runs(body: _Element, links: Mapping[str, str], findings: Findings) -> list[list[Stretch]]:
    """The sections in order; those that begin in the middle of a page stand in a list with the ones before."""
    runs: list[list[Stretch]] = []
    children: list[_Element] = []
    before: Section | None = None
    ends = [*body, None]
    for number, child in enumerate(ends, 1):
        if child is not None and local(child) == "sectPr":
            continue
        closing = child.find(f"{W}pPr/{W}sectPr") if child is not None else body.find(f"{W}sectPr")
        children += [child] if child is not None else []
        if closing is None and number < len(ends):
            continue
        if child is not None and len(children) > 1 and _only_ends(child):
            children.pop()
        count = sum(map(len, runs)) + 1
        stretch = Stretch(read_section(closing, links, before), closing, tuple(children), count)
        before, children = stretch.section, []
        if runs and _continues(runs[-1][0].section, stretch.section, findings):
            runs[-1].append(stretch)
        else:
            runs.append([stretch])
    return runs


def _only_ends(paragraph: _Element) -> bool:
    """Whether a paragraph holds nothing but the end of its section: then it takes no line, as in LibreOffice."""
    return not any(local(child) not in {"pPr", "bookmarkStart", "bookmarkEnd", "proofErr"} for child in paragraph)


def _continues(first: Section, section: Section, findings: Findings) -> bool:
    """Whether a section begins on the page where the one before ends: not when its paper differs."""
    if section.kind == "nextColumn":
        findings.report("X030", feature="w:sectPr nextColumn")
    if section.kind != "continuous" or not first.same_paper(section):
        return False
    if not first.same_height(section) or section.start is not None:
        findings.report("X030", feature="w:sectPr continuous")
    return True
