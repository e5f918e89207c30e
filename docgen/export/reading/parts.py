"""The parts of a .docx as parsed trees, and where their relationships lead."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import etree

from docgen.diagnostics import Diagnostic, ExportError, Place, Severity
from docgen.export.reading.revisions import accept_changes, may_hold_changes
from docgen.word.xml import parse

if TYPE_CHECKING:
    from docgen.word.package import Package

_CORE = {
    "title": "{http://purl.org/dc/elements/1.1/}title",
    "author": "{http://purl.org/dc/elements/1.1/}creator",
    "description": "{http://purl.org/dc/elements/1.1/}description",
    "keywords": "{http://schemas.openxmlformats.org/package/2006/metadata/core-properties}keywords",
    "dcterms.created": "{http://purl.org/dc/terms/}created",
    "dcterms.modified": "{http://purl.org/dc/terms/}modified",
}


class Parts:
    """The package of one conversion, read part by part."""

    def __init__(self, package: Package, display: str) -> None:
        """`display` names the file in diagnostics."""
        self.package, self.display, self.main = package, display, package.main

    def root(self, part: str) -> etree._Element:
        """The part's tree, tracked changes accepted; `ExportError` when it is missing or not well formed."""
        try:
            data = self.package.parts[part]
            root = parse(data)
        except (etree.XMLSyntaxError, KeyError) as fault:
            raise self.unreadable(part) from fault
        if may_hold_changes(data):
            accept_changes(root)
        return root

    def unreadable(self, part: str) -> ExportError:
        """That a part is missing or not what it should be."""
        return ExportError([Diagnostic("X002", Severity.ERROR, Place(self.display, spot=part), {"part": part})])

    def related(self, kind: str) -> etree._Element | None:
        """The first part that the body leads to by relationships of one kind."""
        name = self.related_name(kind)
        return self.root(name) if name else None

    def related_name(self, kind: str) -> str:
        """The name of that part, "" when there is none."""
        return next(iter(self.package.related(self.main, kind)), "")

    def links(self, part: str) -> dict[str, str]:
        """The part or address that each relationship id of a part leads to."""
        return {link.id: link.part or link.target for link in self.package.relationships.get(part, ())}

    def core(self) -> dict[str, str]:
        """Title, author, dates …, named as in HTML."""
        parts = self.package.related("", "core-properties")
        if not parts:
            return {}
        root = self.root(parts[0])
        return {name: (root.findtext(tag) or "").strip() for name, tag in _CORE.items()}
