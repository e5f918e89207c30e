"""footnotes.xml and endnotes.xml: the notes by number, their separators, and how they are counted."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from docgen.export.reading.properties import VAL, W, local
from docgen.export.reading.values import number

if TYPE_CHECKING:
    from lxml.etree import _Element

    from docgen.export.reading.parts import Parts

FOOTNOTE, ENDNOTE = "footnote", "endnote"
KINDS = (FOOTNOTE, ENDNOTE)
_SEPARATORS = frozenset(("separator", "continuationSeparator", "continuationNotice"))


@dataclass(frozen=True, slots=True)
class Counting:
    """How notes are numbered: number format, first number, when it starts again, where the notes stand."""

    form: str = "decimal"
    start: int = 1
    restart: str = "continuous"
    position: str = "pageBottom"


DEFAULTS = {FOOTNOTE: Counting(), ENDNOTE: Counting("lowerRoman", position="docEnd")}


def read_counting(holder: _Element | None, kind: str, before: Counting) -> Counting:
    """What the `w:footnotePr` or `w:endnotePr` of settings or a section says; `before` for the rest."""
    element = holder.find(f"{W}{kind}Pr") if holder is not None else None
    said = {local(child): child.get(VAL, "") for child in element} if element is not None else {}
    found = replace(before, form=said.get("numFmt", before.form), restart=said.get("numRestart", before.restart))
    start = int(number(said.get("numStart"), before.start))
    return replace(found, start=max(start, 1), position=said.get("pos", before.position))


class NoteTexts:
    """The notes of one kind."""

    def __init__(self, parts: Parts, kind: str) -> None:
        """Index the part, where there is one."""
        self.part = parts.related_name(f"{kind}s")
        self.root = parts.root(self.part) if self.part else None
        notes = self.root.findall(f"{W}{kind}") if self.root is not None else []
        self._notes = {note.get(f"{W}id", ""): note for note in notes}

    def note(self, identifier: str) -> _Element | None:
        """The note that a reference names."""
        found = self._notes.get(identifier)
        return found if found is not None and found.get(f"{W}type", "normal") not in _SEPARATORS else None

    def separator(self) -> _Element | None:
        """What stands between text and notes."""
        return next((note for note in self._notes.values() if note.get(f"{W}type") == "separator"), None)
