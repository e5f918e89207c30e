"""What a structure tree is made of: elements, runs of text in them, links' areas; and what stands outside the tree."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Final

# Elements of a table stay although nothing stands in them: a row without its empty cells would be another row.
_KEPT: Final = frozenset(("Document", "Table", "TR", "TD", "TH"))
_HOLDERS: Final = frozenset(("TD", "TH", "LBody"))


@dataclass(slots=True, eq=False)
class Run:
    """Text or a picture directly inside an element: its marked content on one page or several."""

    element: Element
    marks: list[tuple[int, int]] = field(default_factory=list)  # page from 0, number of the marked content there


@dataclass(slots=True, eq=False)
class Area:
    """Where a link is active: WeasyPrint's annotation, and its page from 0."""

    annotation: Any
    page: int


@dataclass(frozen=True, slots=True)
class Artifact:
    """Content that is no part of the text: a header, a footer, a table head printed again on the next page."""

    properties: bytes


HEADER: Final = Artifact(b"<</Type/Pagination/Subtype/Header>>")
FOOTER: Final = Artifact(b"<</Type/Pagination/Subtype/Footer>>")
REPEATED: Final = Artifact(b"<</Type/Pagination>>")
DECORATION: Final = Artifact(b"<</Type/Layout>>")
Target = Run | Artifact


@dataclass(slots=True, eq=False)
class Element:
    """One element of the tree; `entries` are further entries of its dictionary, as PDF writes them."""

    role: str
    parent: Element | None = None
    kids: list[Element | Run | Area] = field(default_factory=list)
    entries: dict[str, str] = field(default_factory=dict)
    address: str = ""  # of a link
    text: str = ""  # of a link; what a figure shows
    list_key: tuple[str, int] = ("", 0)  # of a list: which one, and its level

    def add(self, kid: Element) -> Element:
        """Take in a new kid and return it."""
        kid.parent = self
        self.kids.append(kid)
        return kid

    def run(self) -> Run:
        """Where the next text of this element goes."""
        if self.kids and isinstance(self.kids[-1], Run):
            return self.kids[-1]
        run = Run(self)
        self.kids.append(run)
        return run

    def last(self, role: str) -> Element | None:
        """The last kid when it has this role; paragraphs in which nothing stands don't count."""
        for kid in reversed(self.kids):
            if isinstance(kid, Element) and kid.role == "P" and not kid.kids:
                continue
            return kid if isinstance(kid, Element) and kid.role == role else None
        return None


def list_body(owner: Element, number: str, level: int) -> Element:
    """The body of a new item of list `number`, in the list that the paragraphs before it began, or in a new one."""
    at = owner
    while (found := at.last("L")) is not None and found.list_key[0] == number and found.list_key[1] <= level:
        item = found.last("LI")
        if found.list_key[1] == level or item is None:
            return found.add(Element("LI")).add(Element("LBody"))
        at = item
    made = at.add(Element("L", list_key=(number, level)))
    return made.add(Element("LI")).add(Element("LBody"))


def tidy(element: Element) -> bool:
    """Drop elements in which nothing stands, and the only paragraph of a cell or item; whether anything is left."""
    element.kids = [kid for kid in element.kids if _stays(kid)]
    if element.role in _HOLDERS and len(element.kids) == 1:
        (only,) = element.kids
        if isinstance(only, Element) and only.role == "P":
            element.kids = only.kids
            for kid in element.kids:
                if isinstance(kid, Run):
                    kid.element = element
                elif isinstance(kid, Element):
                    kid.parent = element
    return bool(element.kids) or element.role in _KEPT


def _stays(kid: Element | Run | Area) -> bool:
    if isinstance(kid, Run):
        return bool(kid.marks)
    return isinstance(kid, Area) or tidy(kid)
