"""A template's parts as trees, ready for compiling: clauses put in their places, idle marks of Word taken out."""

from __future__ import annotations

import copy
import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from docgen.diagnostics import TemplateError
from docgen.fill.places import Places
from docgen.language.findings import finding, unknown
from docgen.schema import nearest
from docgen.word.gate import open_package
from docgen.word.xml import parse, val, w, whole

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from lxml import etree

    from docgen.diagnostics import Diagnostic
    from docgen.word.package import Package

ANCHOR: Final = "_c_"  # the bookmarks that references may name
_INCLUDE: Final = re.compile(r"\{%p\s+include\s+[\"'“”‘’](?P<name>[^\"'“”‘’]*)[\"'“”‘’]\s*%\}")
_ANY_INCLUDE: Final = re.compile(r"\{%\w*\s*include\b")
_IDLE: Final = tuple(w(name) for name in ("proofErr", "lastRenderedPageBreak"))
_STYLED: Final = {"pStyle": "paragraph", "rStyle": "character", "tblStyle": "table"}
_NOT_IN_CLAUSES: Final = {
    w(name): name
    for name in ("numPr", "sectPr", "drawing", "pict", "object", "footnoteReference", "endnoteReference", "hyperlink")
}
_RENDERED: Final = ("header", "footer", "footnotes")
_PARAGRAPH_IDS: Final = frozenset(
    f"{{http://schemas.microsoft.com/office/word/2010/wordml}}{name}" for name in ("paraId", "textId")
)
_DRAWING_ID: Final = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"


@dataclass(slots=True)
class Source:
    """The trees of the parts that are filled, by name, the body first.

    `anchors` are the paragraphs that references may name, `repeated` the bookmark names that stand more than once:
    in branches of which one is printed, or in a clause that is included twice.
    """

    package: Package
    roots: dict[str, etree._Element]
    next_id: int = 1
    anchors: dict[str, list[etree._Element]] = field(default_factory=dict)
    repeated: frozenset[str] = frozenset()


def read_source(package: Package, clauses: Mapping[str, bytes], places: Places, found: list[Diagnostic]) -> Source:
    """The template's trees with every clause in its place; `found` gets what is wrong with the clauses."""
    main = package.main
    names = [main, *(part for kind in _RENDERED for part in package.related(main, kind))]
    roots = {name: parse(package.parts[name]) for name in dict.fromkeys(names)}
    for name, root in roots.items():
        _tidy(root)
        places.read(name, root)
    source = Source(package, roots)
    _expand(source, clauses, places, found)
    source.next_id = _renumber(roots.values())
    source.anchors = _anchors(roots[main])
    marks = Counter(mark.get(w("name"), "") for root in roots.values() for mark in root.iter(w("bookmarkStart")))
    source.repeated = frozenset(name for name, times in marks.items() if times > 1)
    return source


def own_text(paragraph: etree._Element) -> str:
    """The text of a paragraph's runs."""
    return "".join(element.text or "" for element in paragraph.iter(w("t")))


def _tidy(root: etree._Element) -> None:
    """Take out what Word leaves behind while editing, and what would stand inside tags."""
    places = {mark.get(w("id")) for mark in root.iter(w("bookmarkStart")) if mark.get(w("name")) == "_GoBack"}
    for element in list(root.iter(*_IDLE, w("bookmarkStart"), w("bookmarkEnd"))):
        parent = element.getparent()
        if parent is not None and (element.tag in _IDLE or element.get(w("id")) in places):
            parent.remove(element)


@dataclass(frozen=True, slots=True)
class _Clause:
    """A clause file: its blocks in the template's styles, and where its paragraphs stand."""

    blocks: list[etree._Element]
    places: Places


def _expand(source: Source, clauses: Mapping[str, bytes], places: Places, found: list[Diagnostic]) -> None:
    """Put each included clause in the place of its tag's paragraph."""
    opened: dict[str, _Clause | None] = {}
    styles = _style_ids(source.package)
    for paragraph in list(source.roots[source.package.main].iter(w("p"))):
        match = _INCLUDE.fullmatch(own_text(paragraph).strip())
        parent = paragraph.getparent()
        if match is None or parent is None:
            continue
        name = match["name"]
        if name not in clauses:
            found.append(unknown("T163", places.of(paragraph, match[0]), name, nearest(name, clauses)))
            opened[name] = None
        elif name not in opened:
            opened[name] = _clause(name, clauses[name], styles, found)
        clause = opened[name]
        position = parent.index(paragraph)
        copies = [copy.deepcopy(block) for block in clause.blocks] if clause else []
        for element in (one for block in copies for one in block.iter("*")):
            for name in _PARAGRAPH_IDS & set(element.attrib):
                del element.attrib[name]
        parent[position : position + 1] = copies
        if clause:
            places.adopt(copies, clause.blocks, clause.places)


def _clause(name: str, data: bytes, styles: Mapping[tuple[str, str], str], found: list[Diagnostic]) -> _Clause | None:
    """A clause ready to be copied in; None when its file can't be opened."""
    display = f"_clauses/{name}.docx"
    try:
        package = open_package(data, display)
    except TemplateError as error:
        found += error.diagnostics
        return None
    root = parse(package.parts[package.main])
    _tidy(root)
    places = Places(package, display, short=True)
    places.read(package.main, root)
    body = root.find(w("body"))
    blocks = [] if body is None else [child for child in body if child.tag != w("sectPr")]
    for inner in [one for block in blocks for one in block.iter(w("p")) if _ANY_INCLUDE.search(own_text(one))]:
        found.append(finding("T162", places.of(inner, own_text(inner))))
        for text in list(inner.iter(w("t"))):
            text.text = ""
    found += _strangers(blocks, places)
    found += _restyle(blocks, _style_ids(package), styles, places)
    return _Clause(blocks, places)


def _strangers(blocks: list[etree._Element], places: Places) -> Iterator[Diagnostic]:
    """What a clause may not hold, because the templates it goes into know nothing of it."""
    for block in blocks:
        for element in block.iter():
            paragraph = element if element.tag == w("p") else next(element.iterancestors(w("p")), block)
            if element.tag in _NOT_IN_CLAUSES:
                yield finding("T160", places.of(paragraph, own_text(paragraph)), (_NOT_IN_CLAUSES[str(element.tag)],))


def _style_ids(package: Package) -> dict[tuple[str, str], str]:
    """The style ids of a package by kind and name."""
    return {
        (style.get(w("type"), "paragraph"), val(style, "name") or ""): style.get(w("styleId"), "")
        for part in package.related(package.main, "styles")
        for style in parse(package.parts[part]).iterfind(w("style"))
    }


def _restyle(
    blocks: list[etree._Element],
    own: Mapping[tuple[str, str], str],
    host: Mapping[tuple[str, str], str],
    places: Places,
) -> Iterator[Diagnostic]:
    """Give the clause the template's ids for its styles; ids differ between files, names don't."""
    names = {(kind, style_id): name for (kind, name), style_id in own.items()}
    missing = set()
    for block in blocks:
        for local, kind in _STYLED.items():
            for element in block.iter(w(local)):
                name = names.get((kind, element.get(w("val"), "")), "")
                if (kind, name) in host:
                    element.set(w("val"), host[kind, name])
                elif name not in missing:
                    missing.add(name)
                    paragraph = next(element.iterancestors(w("p")), block)
                    yield finding("T161", places.of(paragraph, own_text(paragraph)), style=name or "—")


def _renumber(roots: Iterable[etree._Element]) -> int:
    """Give marks and drawings that share an id, as two copies of a clause do, ids of their own; the first free id."""
    used: set[int] = set()
    for root in roots:
        for element in root.iter(w("bookmarkStart"), w("bookmarkEnd"), _DRAWING_ID):
            used.add(whole(element.get(_id_name(element)), 0))
    free = max(used, default=0) + 1
    seen: set[tuple[str, str]] = set()
    for root in roots:
        ends: dict[str, str] = {}
        for element in root.iter(w("bookmarkStart"), w("bookmarkEnd"), _DRAWING_ID):
            name = _id_name(element)
            old = element.get(name, "")
            if element.tag == w("bookmarkEnd"):
                element.set(name, ends.get(old, old))
                continue
            kind = "mark" if element.tag == w("bookmarkStart") else "drawing"
            if (kind, old) in seen:
                element.set(name, str(free))
                free += 1
            seen.add((kind, old))
            if kind == "mark":
                ends[old] = element.get(name, "")
    return free


def _id_name(element: etree._Element) -> str:
    """The name of the attribute that holds the id."""
    return "id" if element.tag == _DRAWING_ID else w("id")


def _anchors(body: etree._Element) -> dict[str, list[etree._Element]]:
    """The paragraphs that carry each anchor; one set before a paragraph belongs to that paragraph."""
    anchors: dict[str, list[etree._Element]] = {}
    for mark in body.iter(w("bookmarkStart")):
        name = mark.get(w("name"), "")
        if not name.startswith(ANCHOR):
            continue
        paragraph = next(mark.iterancestors(w("p")), None)
        following = mark.getnext()
        while paragraph is None and following is not None:
            paragraph = following if following.tag == w("p") else None
            following = following.getnext()
        if paragraph is not None:
            anchors.setdefault(name.removeprefix(ANCHOR), []).append(paragraph)
    return anchors
