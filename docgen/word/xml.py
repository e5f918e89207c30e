"""The names of WordprocessingML and the one safe way to parse a part."""

from __future__ import annotations

from lxml import etree

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"


def w(local: str) -> str:
    """The full name of an element or attribute of the w: namespace."""
    return f"{{{W}}}{local}"


def parse(data: bytes) -> etree._Element:
    """The tree of a part that the gate has let through; strict, without entities, network or repair."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=False)
    return etree.fromstring(data, parser)


def val(parent: etree._Element | None, local: str) -> str | None:
    """The `w:val` of a child element, None when there is no such child."""
    child = None if parent is None else parent.find(w(local))
    return None if child is None else child.get(w("val"))


def on(parent: etree._Element | None, local: str) -> bool | None:
    """A switch such as `w:isLgl`: True, False, or None when the child is absent."""
    child = None if parent is None else parent.find(w(local))
    if child is None:
        return None
    return child.get(w("val"), "true") not in {"0", "false", "off"}


def whole(text: str | None, default: int) -> int:
    """A number written in an attribute; the default when it is absent or no number."""
    try:
        return default if text is None else int(text)
    except ValueError:
        return default
