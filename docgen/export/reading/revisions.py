"""Tracked changes that shape paragraphs and tables, taken as accepted; those of runs are left to whoever reads runs.

Where something was accepted, an empty `w:del` is left in the paragraph, so that the reader reports it at its place.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from docgen.export.reading.properties import W, local

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

_MARK_GONE = (f"{W}pPr/{W}rPr/{W}del", f"{W}pPr/{W}rPr/{W}moveFrom")
_CHANGES = tuple(
    f"{W}{name}Change" for name in ("rPr", "pPr", "sectPr", "tblPr", "tblGrid", "trPr", "tcPr", "tblPrEx", "numbering")
)
_CELLS = tuple(f"{W}{name}" for name in ("cellIns", "cellMerge"))
_MARKS = (f"{W}pPr/{W}rPr/{W}ins", f"{W}pPr/{W}rPr/{W}moveTo")
_BLOCKS = frozenset(("p", "tbl", "sdt", "customXml"))
_TRACES = (b"Change ", b"<w:del", b"<w:ins", b":moveFrom", b":moveTo", b"<w:cell")


def may_hold_changes(part: bytes) -> bool:
    """Whether a part's text names any tracked change; false spares the walk through its tree."""
    return any(trace in part for trace in _TRACES)


def accept_changes(root: _Element) -> None:
    """Deleted rows and cells leave, paragraphs whose mark is deleted join the next, changed properties are the new."""
    for element in list(root.iter(*_CHANGES, *_CELLS)):
        _leave_trace(element)
        _remove(element)
    for row in list(root.iter(f"{W}tr")):
        _accept_row(row)
    for table in list(root.iter(f"{W}tbl")):
        if table.find(f".//{W}tr") is None:
            _remove(table)
    for paragraph in list(root.iter(f"{W}p")):
        if any(paragraph.find(path) is not None for path in _MARK_GONE):
            _join(paragraph)
        elif any(paragraph.find(path) is not None for path in _MARKS):
            _leave_trace(paragraph)


def _accept_row(row: _Element) -> None:
    holder = row.find(f"{W}trPr")
    if holder is not None and holder.find(f"{W}ins") is not None:
        _leave_trace(row)
    gone = holder is not None and holder.find(f"{W}del") is not None
    for cell in row.findall(f"{W}tc"):
        if cell.find(f"{W}tcPr/{W}cellDel") is not None:
            _leave_trace(row)
            _remove(cell)
    if gone or row.find(f".//{W}tc") is None:
        following = _after(row)
        if following is not None:
            _leave_trace(following)
        _remove(row)


def _join(paragraph: _Element) -> None:
    """The paragraph's content before the next one's, which keeps its own format: what accepting does in Word.

    With no paragraph to join, one that holds nothing more leaves, unless it is the last of its cell; a section's last
    paragraph stays.
    """
    _leave_trace(paragraph)
    if paragraph.find(f"{W}pPr/{W}sectPr") is not None:
        return
    following = next((other for other in paragraph.itersiblings() if local(other) in _BLOCKS), None)
    if following is not None and local(following) == "p":
        holder = following.find(f"{W}pPr")
        at = 0 if holder is None else following.index(holder) + 1
        following[at:at] = [child for child in paragraph if local(child) != "pPr"]
        _remove(paragraph)
    elif following is not None and not any(True for _ in _shown(paragraph)):
        _leave_trace(following)
        _remove(paragraph)


def _shown(paragraph: _Element) -> Iterator[_Element]:
    """The runs that accepting leaves."""
    for run in paragraph.iter(f"{W}r"):
        if not any(local(above) in {"del", "moveFrom"} for above in run.iterancestors()):
            yield run


def _leave_trace(element: _Element) -> None:
    """Make the nearest paragraph say that something was accepted: the one around, inside, or after the element."""
    inside = element.tag == f"{W}p"
    found = element if inside else next(element.iterancestors(f"{W}p"), None)
    if found is None:
        found = next(element.iter(f"{W}p"), None)
    if found is None:
        found = _after(element)
    if found is not None and found.find(f"{W}del") is None and found.find(f"{W}ins") is None:
        found.append(found.makeelement(f"{W}del", {}, None))


def _after(element: _Element) -> _Element | None:
    """The next paragraph that begins after the element's end."""
    for above in (element, *element.iterancestors()):
        for sibling in above.itersiblings():
            found = next(sibling.iter(f"{W}p"), None)
            if found is not None:
                return found
    return None


def _remove(element: _Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)
