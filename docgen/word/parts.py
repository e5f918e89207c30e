"""Content types and relationships: which part is what, and what leads where."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING
from urllib.parse import unquote
from xml.parsers import expat

from docgen.word.package import CONTENT_TYPES, Relationship

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"


def read_content_types(data: bytes, names: Iterable[str]) -> tuple[dict[str, str], list[str]]:
    """The content type of each part, and the parts for which two different ones are given.

    A part without a content type has "". Names and extensions are compared without regard to case.
    """
    defaults: dict[str, str] = {}
    overrides: dict[str, str] = {}
    torn: list[str] = []
    for name, given in _elements(data):
        if name == f"{_TYPES} Default":
            table, key = defaults, given.get("Extension", "").lower()
        elif name == f"{_TYPES} Override":
            table, key = overrides, given.get("PartName", "").removeprefix("/").lower()
        else:
            continue
        content_type = given.get("ContentType", "")
        if table.setdefault(key, content_type) != content_type:
            torn.append(key)
    types = {
        name: overrides.get(name.lower()) or defaults.get(name.rpartition(".")[2].lower(), "")
        for name in names
        if name != CONTENT_TYPES
    }
    return types, torn


def read_relationships(data: bytes, source: str) -> tuple[Relationship, ...]:
    """The relationships of a part, with targets resolved to part names; "" when one leads out of the package."""
    links = []
    for name, given in _elements(data):
        if name != f"{_RELATIONSHIPS} Relationship":
            continue
        target = given.get("Target", "")
        external = given.get("TargetMode", "Internal") != "Internal"
        part = None if external else _resolve(source, target)
        links.append(Relationship(given.get("Id", ""), given.get("Type", ""), target, external, part))
    return tuple(links)


def relationships_part(source: str) -> str:
    """The name of the part that holds the relationships of `source`, "" being the package."""
    folder, name = posixpath.split(source)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def relationships_source(name: str) -> str | None:
    """The part whose relationships `name` holds, "" for the package, None when it holds none."""
    folder, file = posixpath.split(name)
    above, rels = posixpath.split(folder)
    if rels != "_rels" or not file.endswith(".rels"):
        return None
    return posixpath.join(above, file.removesuffix(".rels"))


def _resolve(source: str, target: str) -> str:
    """The part name a target means, "" when it would leave the package."""
    path = unquote(target.partition("#")[0])
    if "\\" in path or ":" in path:
        return ""
    steps: list[str] = []
    for step in posixpath.join("/", posixpath.dirname(source), path).split("/"):
        if step == "..":
            if not steps:
                return ""
            steps.pop()
        elif step not in {"", "."}:
            steps.append(step)
    return "/".join(steps)


def _elements(data: bytes) -> list[tuple[str, Mapping[str, str]]]:
    """Every element of a part as `uri name` and its attributes; nothing after the first fault.

    Faults are the business of the strict scan, which has reported them.
    """
    found: list[tuple[str, Mapping[str, str]]] = []
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = lambda name, given: found.append((name, given))
    try:
        parser.Parse(data, True)  # noqa: FBT003 — expat takes no keywords
    except expat.ExpatError:
        return found
    return found
