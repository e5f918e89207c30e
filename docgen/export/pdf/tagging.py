"""Tags in the file: the structure tree as PDF objects, and the pages that lead to it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from docgen.export.pdf.elements import Area, Element, Run, tidy
from docgen.export.pdf.marking import Marker
from docgen.export.pdf.structure import Structure

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


class Tagging:
    """Marks what WeasyPrint draws on the pages of one document, and writes the tree of it."""

    def __init__(self, pages: Sequence[Any], under: Callable[[Any, Any], None] | None = None) -> None:
        """From now on the pages mark what they draw; `under(page, stream)` draws beneath each page's content."""
        self._pages = pages
        self._streams: list[Any] = []
        self._under = under
        for page in pages:
            page.paint = partial(self._paint, page, page.paint)

    def _paint(self, page: Any, paint: Callable[..., None], stream: Any, scale: float = 1) -> None:  # noqa: ANN401 — WeasyPrint has no type information
        stream._tags = {}  # noqa: SLF001 — what makes WeasyPrint's stream mark each box it draws
        self._streams.append(stream)
        if self._under is not None:
            with stream.artifact():
                self._under(page, stream)
        paint(stream, scale)

    def finish(self, pdf: Any, page_objects: Sequence[Any], fields: Sequence[Area] = ()) -> None:  # noqa: ANN401 — same
        """Write marks and tree into the file, form fields at the end."""
        structure = Structure()
        for number, (page, stream) in enumerate(zip(self._pages, self._streams, strict=True)):
            structure.add_page(page._page_box, number)  # noqa: SLF001 — WeasyPrint shows what it laid out nowhere else
            targets = [structure.target(box) for box in stream._tags]  # noqa: SLF001 — as above
            stream.stream = Marker(targets, number, pdf, stream._resources).marked(stream.stream)  # noqa: SLF001 — as above
        tidy(structure.root)
        structure.root.kids += [Element("Form", structure.root, [field]) for field in fields]
        _Tree(pdf, page_objects).write(structure.root)


class _Tree:
    """Writes the structure tree."""

    def __init__(self, pdf: Any, page_objects: Sequence[Any]) -> None:  # noqa: ANN401 — pydyf has no type information
        """Objects go into `pdf`."""
        import pydyf  # noqa: PLC0415 — comes with WeasyPrint, which is loaded only when a PDF is asked for

        self._pdf, self._pages = pdf, page_objects
        self._pydyf = pydyf
        self._owners: list[dict[int, bytes]] = [{} for _ in page_objects]  # by number of the marked content
        self._areas: list[tuple[Any, bytes]] = []

    def write(self, root: Element) -> None:
        """All elements, the way back from the pages to them, and the entries of the catalogue."""
        top = self._pydyf.Dictionary({"Type": "/StructTreeRoot"})
        self._pdf.add_object(top)
        top["K"] = self._element(root, top.reference)
        numbers: list[bytes] = []
        for number, (page, owners) in enumerate(zip(self._pages, self._owners, strict=True)):
            numbers.append(b"%d [%b]" % (number, b" ".join(owner for _, owner in sorted(owners.items()))))
            page["StructParents"], page["Tabs"] = number, "/S"
        for number, (annotation, owner) in enumerate(self._areas, len(self._pages)):
            numbers.append(b"%d %b" % (number, owner))
            annotation["StructParent"] = number
        top["ParentTree"] = b"<</Nums [%b]>>" % b" ".join(numbers)
        top["ParentTreeNextKey"] = len(numbers)
        self._pdf.catalog["StructTreeRoot"] = top.reference
        self._pdf.catalog["MarkInfo"] = "<</Marked true>>"
        self._pdf.catalog["ViewerPreferences"] = "<</DisplayDocTitle true>>"

    def _element(self, element: Element, parent: bytes) -> bytes:
        """Write an element and all below it; its reference."""
        made = self._pydyf.Dictionary({"S": f"/{element.role}", "P": parent, **element.entries})
        self._pdf.add_object(made)
        if element.role == "Figure":
            made["Alt"] = self._pydyf.String(element.text)
        page = next((number for kid in element.kids for number in _pages(kid)), None)
        if page is not None:
            made["Pg"] = self._pages[page].reference
        kids: list[bytes] = []
        for kid in element.kids:
            if isinstance(kid, Element):
                kids.append(self._element(kid, made.reference))
            elif isinstance(kid, Area):
                place = self._pages[kid.page].reference
                kids.append(b"<</Type/OBJR/Pg %b/Obj %b>>" % (place, kid.annotation.reference))
                if element.role != "Form":  # a field says by itself what it is
                    kid.annotation["Contents"] = self._pydyf.String(" ".join(element.text.split()) or element.address)
                self._areas.append((kid.annotation, made.reference))
            else:
                kids += [self._content(mark, page, made.reference) for mark in kid.marks]
        made["K"] = kids[0] if len(kids) == 1 else b"[%b]" % b" ".join(kids)
        return bytes(made.reference)

    def _content(self, mark: tuple[int, int], page: int | None, owner: bytes) -> bytes:
        """The reference to marked content, short when it is on the element's own page."""
        number, mark_number = mark
        self._owners[number][mark_number] = owner
        if number == page:
            return b"%d" % mark_number
        return b"<</Type/MCR/Pg %b/MCID %d>>" % (self._pages[number].reference, mark_number)


def _pages(kid: Element | Run | Area) -> list[int]:
    """The pages of what stands directly in an element."""
    if isinstance(kid, Area):
        return [kid.page]
    return [page for page, _ in kid.marks[:1]] if isinstance(kid, Run) else []
