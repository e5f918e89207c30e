"""The findings of one export: what is not rendered and where, each kind at its first places only."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from docgen.diagnostics import Diagnostic, Place, Severity

if TYPE_CHECKING:
    from lxml.etree import _Element

_PLACES_PER_KIND = 5
_EXCERPT = 40
_T = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}t"

# Findings that mean lost text: a paper without it would say something else than the Word file.
_LOSSES = frozenset(("X022", "X023", "X024", "X065", "X069", "X075", "X076", "X087"))


class Findings:
    """Collects diagnostics while a document is read; knows where in the document the reader is."""

    def __init__(self, display: str) -> None:
        """At the start of the body."""
        self.display = display
        self.part = "正文"
        self.heading = ""
        self.paragraph = 0
        self.current: _Element | None = None
        self.excerpt = ""
        self.items: list[Diagnostic] = []
        self._counts: dict[str, int] = {}

    def enter(self, paragraph: _Element) -> None:
        """A paragraph begins."""
        self.paragraph += 1
        self.current = paragraph

    def place(self) -> Place:
        """Where the reader is, as a person finds it in Word."""
        steps = [self.part, *([self.heading] if self.heading else []), f"第 {self.paragraph} 段"]
        text = (
            "".join(node.text or "" for node in self.current.iter(_T))[:_EXCERPT]
            if self.current is not None and self.paragraph
            else ""
        )
        return Place(self.display, spot=" › ".join(steps), excerpt=text or None)

    def report(self, code: str, **args: str) -> None:
        """One finding here; after five of a kind the rest go unnamed."""
        key = f"{code} {args.get('feature', '')}"
        count = self._counts.get(key, 0)
        self._counts[key] = count + 1
        if count < _PLACES_PER_KIND:
            severity = Severity.ERROR if code in _LOSSES else Severity.WARNING
            self.items.append(Diagnostic(code, severity, self.place(), args))

    def reset(self, part: str) -> None:
        """Another part of the document begins."""
        self.part, self.heading, self.paragraph = part, "", 0


def as_error(finding: Diagnostic) -> Diagnostic:
    """A warning as an error, for whoever wants no PDF that differs from Word; notes stay notes."""
    return replace(finding, severity=Severity.ERROR) if finding.severity is Severity.WARNING else finding
