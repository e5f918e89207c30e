"""A copy of a document with its tracked changes accepted, for LibreOffice.

LibreOffice prints what was deleted, struck through. docgen prints the text as it is once the changes are accepted, as
Word does with "No Markup", and says so.
"""

from __future__ import annotations

from typing import Final

from lxml import etree

from tests.fidelity.package import packed, unpacked, written

_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_BODY: Final = "word/document.xml"
_GONE: Final = (f"{_W}del", f"{_W}moveFrom")
_KEPT: Final = (f"{_W}ins", f"{_W}moveTo")


def accepted(docx: bytes) -> bytes:
    """The document with changes of text accepted; the very same bytes when it has none."""
    parts = unpacked(docx)
    if _BODY not in parts or (b"<w:del " not in parts[_BODY] and b"<w:ins " not in parts[_BODY]):
        return docx
    body = etree.fromstring(parts[_BODY])
    for change in list(body.iter(*_GONE)):
        parent = change.getparent()
        if parent is not None:
            parent.remove(change)
    etree.strip_tags(body, *_KEPT)
    return packed({**parts, _BODY: written(body)})
