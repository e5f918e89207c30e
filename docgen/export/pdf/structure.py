"""From the boxes of laid-out pages to the structure tree: what is a heading, a paragraph, a cell, a link.

**Why** not WeasyPrint's own tags: they give two elements to every stretch of text of one look, one P to each half of a
paragraph that runs over two pages, and leave headers and footers tagged outside the tree. Here a paragraph is one
element with its text in it, on however many pages.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from docgen.export.pdf.elements import DECORATION, FOOTER, HEADER, REPEATED, Area, Artifact, Element, Target, list_body

if TYPE_CHECKING:
    from collections.abc import Iterator

    Box = Any  # WeasyPrint has no type information

_ROLES: Final = {
    "p": "P", "table": "Table", "thead": "THead", "tbody": "TBody", "tr": "TR", "td": "TD", "img": "Figure",
    "svg": "Figure", "h1": "H1", "h2": "H2", "h3": "H3", "h4": "H4", "h5": "H5", "h6": "H6",
}  # fmt: skip
_HEADINGS: Final = frozenset(("H1", "H2", "H3", "H4", "H5", "H6"))
_FOOTNOTES: Final = "FootnoteAreaBox"


class Structure:
    """Builds the tree page by page; `targets` says for each box where its drawn content belongs."""

    def __init__(self) -> None:
        """An empty document."""
        self.root = Element("Document")
        self.targets: dict[Box, Target] = {}
        self._elements: dict[tuple[Any, str], Element] = {}
        self._heads: dict[Any, int] = {}
        self._levels: list[int] = []
        self._notes = 0
        self._page = 0

    def add_page(self, page_box: Box, number: int) -> None:
        """Take in the boxes of a page, counted from 0."""
        self._page = number
        for child in page_box.children:
            self._visit(child, self.root)

    def target(self, box: Box) -> Target:
        """Where what was drawn for a box belongs: never outside the tree, unless it was left out on purpose."""
        return self.targets.get(box) or self.root.run()

    def _visit(self, box: Box, owner: Element) -> None:
        box = getattr(box, "_box", box)  # a positioned box stands behind a placeholder
        margin = getattr(box, "at_keyword", "")
        if margin:
            self._leave_out(box, FOOTER if margin.startswith("@bottom") else HEADER)
            return
        if getattr(box, "is_header", False) and self._heads.setdefault(box.element, self._page) != self._page:
            self._leave_out(box, REPEATED)
            return
        kind = type(box).__name__
        if kind == "TextBox":
            self.targets[box] = owner.run()
            if owner.role == "Link":
                owner.text += box.text
            return
        if box.element is not None and kind != "LineBox":
            key = (box.element, box.element_tag)  # what stands ::before an element is drawn for the same element
            known = self._elements.get(key)
            owner = self._elements[key] = self._enter(box, owner) if known is None else known
        if box.link_annotation and owner.role == "Link":
            owner.kids.append(Area(box.link_annotation, self._page))
        if hasattr(box, "replacement"):
            self.targets[box] = owner.run() if owner.role == "Figure" else DECORATION
        for child in getattr(box, "children", ()):
            self._visit(child, self._note(child) if kind == _FOOTNOTES else owner)

    def _enter(self, box: Box, owner: Element) -> Element:
        """What the HTML element of a box becomes in the tree; `owner` when nothing of its own."""
        element = box.element
        tag = str(element.tag).rpartition("}")[2]
        if tag == "a":
            return _link(element.get("href", ""), owner)
        role = _ROLES.get(tag, "")
        if not role or (role == "Figure" and element.get("alt") == ""):
            return owner
        if role == "TD" and owner.parent is not None and owner.parent.role == "THead":
            role = "TH"
        if role in _HEADINGS:
            role = self._heading(int(role[1]))
        made = Element(role, entries=_cell_entries(role, element), text=element.get("alt", ""))
        number, _, level = element.get("data-list", "").rpartition(".")
        holder = list_body(owner, number, int(level)) if role == "P" and level.isdigit() else owner
        return holder.add(made)

    def _heading(self, level: int) -> str:
        """The role of a heading; the tree skips no level although the outline may."""
        while self._levels and self._levels[-1] >= level:
            self._levels.pop()
        self._levels.append(level)
        return f"H{len(self._levels)}"

    def _note(self, box: Box) -> Element:
        """The element of a footnote, which may go on on the next page."""
        key = (box.element, "note")
        if key not in self._elements:
            self._notes += 1
            self._elements[key] = self.root.add(Element("Note", entries={"ID": f"(note{self._notes})"}))
        return self._elements[key]

    def _leave_out(self, box: Box, kind: Artifact) -> None:
        for inner in _descendants(box):
            self.targets[inner] = kind


def _link(address: str, owner: Element) -> Element:
    """The link to an address; a link that only changes its look goes on."""
    if not address:
        return owner
    last = owner.last("Link")
    if last is not None and last.address == address:
        return last
    return owner.add(Element("Link", address=address))


def _cell_entries(role: str, element: Any) -> dict[str, str]:  # noqa: ANN401 — WeasyPrint has no type information
    if role not in {"TD", "TH"}:
        return {}
    said = "/Scope/Column" if role == "TH" else ""
    for name, entry in (("colspan", "ColSpan"), ("rowspan", "RowSpan")):
        if element.get(name, "1") != "1":
            said += f"/{entry} {int(element.get(name))}"
    return {"A": f"<</O/Table{said}>>"} if said else {}


def _descendants(box: Box) -> Iterator[Box]:
    box = getattr(box, "_box", box)
    yield box
    for child in getattr(box, "children", ()):
        yield from _descendants(child)
