"""The text of a .docx as a reader sees it: list labels, tables, headers, notes, text boxes, fields' results."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from docgen.word.gate import open_package
from docgen.word.numbering import Numbering
from docgen.word.package import Package
from docgen.word.symbols import symbol
from docgen.word.xml import MC, R, on, parse, w

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml import etree

    from docgen.word.labels import LabelCounter

_MATH_TEXT = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"

_REMOVED = frozenset({"del", "moveFrom"})
_ADDED = frozenset({"ins", "moveTo"})
_PICTURES = frozenset({"drawing", "pict", "object"})
_SIGNS = {"tab": "\t", "ptab": "\t", "cr": "\n", "noBreakHyphen": "-", "softHyphen": ""}
# Where text can't be, though a walk would look for it there.
_SILENT = frozenset(
    {"pPr", "rPr", "tblPr", "tblGrid", "tcPr", "trPr", "sectPr", "sdtPr", "sdtEndPr", "instrText", "rt"}
)
_NOTE_SEPARATORS = frozenset({"separator", "continuationSeparator", "continuationNotice"})


@dataclass(slots=True)
class _Walk:
    """One part on its way to text."""

    numbering: Numbering
    counter: LabelCounter
    marked: bool  # whether insertions, deletions, page breaks and note numbers are shown
    fields: list[bool] = field(default_factory=list)  # for each open field: whether its result is being read


def extract_text(source: Package | bytes) -> str:
    """Every part's text in reading order, for a person to compare: one section per part, tables row by row.

    Cells are separated by ` | `, the paragraphs of one cell by ` ⏎ `. Insertions read [+…+], deletions [-…-].
    """
    package = source if isinstance(source, Package) else open_package(source, "", allow_revisions=True)
    walk = _walk(package, marked=True)
    sections = []
    for part in _reading_order(package):
        walk.fields.clear()
        lines = [line for block in _containers(parse(package.parts[part])) for line in _lines(block, walk)]
        if any(line.strip() for line in lines):
            sections.append("\n".join([f"=== {package.label(part)} ===", *lines]))
    return "\n\n".join(sections) + "\n"


def paragraphs(source: Package | bytes, part: str | None = None) -> list[str]:
    """The text of each paragraph of a part (the body for None) with its list label; cells and text boxes in place.

    Empty paragraphs are left out, so that the list can be compared with the text of a PDF.
    """
    package = source if isinstance(source, Package) else open_package(source, "", allow_revisions=True)
    walk = _walk(package, marked=False)
    root = parse(package.parts[part or package.main])
    texts = [text for block in _containers(root) for text in _paragraphs(block, walk)]
    return [text for text in texts if text.strip()]


def _walk(package: Package, *, marked: bool) -> _Walk:
    numbering = Numbering.from_package(package)
    return _Walk(numbering, numbering.counter(), marked)


def _reading_order(package: Package) -> list[str]:
    """Headers, body, notes, footers; each part once."""
    main = package.main
    kinds = ("footnotes", "endnotes", "footer")
    order = [*package.related(main, "header"), main]
    order += [part for kind in kinds for part in package.related(main, kind)]
    return list(dict.fromkeys(order))


def _containers(root: etree._Element) -> list[etree._Element]:
    """What holds the paragraphs of a part: the body, a header itself, each note."""
    if root.tag == w("document"):
        return list(root.iterfind(w("body")))
    if root.tag in {w("footnotes"), w("endnotes")}:
        return [note for note in root if note.get(w("type")) not in _NOTE_SEPARATORS]
    return [root]


def _blocks(container: etree._Element) -> Iterator[etree._Element]:
    """The paragraphs and tables of a container, through content controls and other wrappers."""
    for child in container:
        local = _local(child)
        if local in {"p", "tbl"}:
            yield child
        elif local == "AlternateContent":
            yield from _blocks(_chosen(child))
        elif local not in _SILENT:
            yield from _blocks(child)


def _lines(container: etree._Element, walk: _Walk) -> Iterator[str]:
    """The lines of a container for `extract_text`."""
    for block in _blocks(container):
        if _local(block) == "tbl":
            for row in _rows(block):
                yield "| " + " | ".join(_cell(cell, walk) for cell in _cells(row)) + " |"
            continue
        yield _labelled(block, walk)
        for box in _boxes(block):
            yield from (f"[文本框] {line}" for line in _lines(box, walk))


def _paragraphs(container: etree._Element, walk: _Walk) -> Iterator[str]:
    """The paragraphs of a container, those of cells and text boxes among them."""
    for block in _blocks(container):
        if _local(block) == "tbl":
            for row in _rows(block):
                for cell in _cells(row):
                    yield from _paragraphs(cell, walk)
            continue
        yield _labelled(block, walk)
        for box in _boxes(block):
            yield from _paragraphs(box, walk)


def _rows(table: etree._Element) -> Iterator[etree._Element]:
    return (row for row in _through(table, "tr"))


def _cells(row: etree._Element) -> Iterator[etree._Element]:
    return (cell for cell in _through(row, "tc"))


def _through(parent: etree._Element, local: str) -> Iterator[etree._Element]:
    """Children of one name, also inside content controls and insertions around rows or cells."""
    for child in parent:
        if child.tag == w(local):
            yield child
        elif _local(child) not in _SILENT:
            yield from _through(child, local)


def _cell(cell: etree._Element, walk: _Walk) -> str:
    """A cell on one line; the lower cells of a vertical merge say so."""
    merge = cell.find(f"{w('tcPr')}/{w('vMerge')}")
    lines = [line for line in _lines(cell, walk) if line.strip()]
    if merge is not None and merge.get(w("val"), "continue") == "continue":
        lines.append("〃")
    return " ⏎ ".join(line.replace("\n", " ⏎ ") for line in lines)


def _labelled(paragraph: etree._Element, walk: _Walk) -> str:
    """A paragraph's text after its list label."""
    level = walk.numbering.level_of(paragraph)
    prefix = ""
    if level is not None:
        label = walk.counter.advance(*level)
        prefix = label + walk.numbering.suffix(*level) if label else ""
    return prefix + _inline(paragraph, walk)


def _inline(parent: etree._Element, walk: _Walk) -> str:
    """The text of the runs below an element."""
    pieces = []
    for child in parent:
        local = _local(child)
        if local in _SILENT:
            continue
        if local == "fldChar":
            _field(child, walk)
            pieces.append(_form_box(child, walk))
        elif local == "AlternateContent":
            pieces.append(_inline(_chosen(child), walk))
        elif all(walk.fields):
            pieces.append(_piece(child, local, walk))
        elif local not in {"t", "drawing", "pict", "sym"}:
            pieces.append(_inline(child, walk))
    return "".join(pieces)


def _piece(element: etree._Element, local: str, walk: _Walk) -> str:
    """The text of one element inside a paragraph."""
    if local in {"t", "delText"} or element.tag == _MATH_TEXT:
        return element.text or ""
    if local in _SIGNS:
        return _SIGNS[local]
    if local == "sym":
        return _symbol(element)
    if local == "br" and element.get(w("type"), "textWrapping") == "textWrapping":
        return "\n"
    return _shown(element, local, walk) if walk.marked else _printed(element, local, walk)


def _printed(element: etree._Element, local: str, walk: _Walk) -> str:
    """What a page shows of an element that isn't plain text."""
    hidden = local == "r" and on(element.find(w("rPr")), "vanish")
    return "" if hidden or local in {*_REMOVED, *_PICTURES, "br"} else _inline(element, walk)


def _shown(element: etree._Element, local: str, walk: _Walk) -> str:
    """What a person who compares texts should see of it besides."""
    if local == "br":
        return "⟨分页⟩" if element.get(w("type")) == "page" else "⟨分栏⟩"
    if local in {"footnoteReference", "endnoteReference"}:
        return f"[^{element.get(w('id'), '')}]"
    if local in _PICTURES:
        return _picture(element)
    inner = _inline(element, walk)
    if local in _REMOVED:
        return f"[-{inner}-]"
    if local in _ADDED:
        return f"[+{inner}+]"
    return f"⟨隐藏：{inner}⟩" if local == "r" and on(element.find(w("rPr")), "vanish") else inner


def _field(element: etree._Element, walk: _Walk) -> None:
    """Follow a field: its code isn't text, its cached result is."""
    kind = element.get(w("fldCharType"))
    if kind == "begin":
        walk.fields.append(False)
    elif kind == "separate" and walk.fields:
        walk.fields[-1] = True
    elif kind == "end" and walk.fields:
        walk.fields.pop()


def _form_box(element: etree._Element, walk: _Walk) -> str:
    """The box of an old form check box, which Word draws itself."""
    box = element.find(f"{w('ffData')}/{w('checkBox')}")
    if box is None or not all(walk.fields[:-1]):
        return ""
    state = box.find(w("checked"))
    state = box.find(w("default")) if state is None else state
    return "☒" if state is not None and state.get(w("val"), "1") in {"1", "true", "on"} else "☐"


def _symbol(element: etree._Element) -> str:
    """A character of a symbol font."""
    font, digits = element.get(w("font"), ""), element.get(w("char"), "")
    try:
        code = int(digits, 16)
    except ValueError:
        return f"[{font} {digits}]"
    return symbol(font, code) or f"[{font} {code & 0xFFF:02X}]"


def _picture(element: etree._Element) -> str:
    """A sign that a picture stands here, with its alternative text."""
    if next(element.iter(w("txbxContent")), None) is not None:
        return ""
    described = next((item for item in element.iter() if _local(item) == "docPr"), None)
    names = (f"{{{R}}}embed", f"{{{R}}}id")
    if described is None and not any(name in item.attrib for item in element.iter() for name in names):
        return ""
    return f"[图：{described.get('descr', '') if described is not None else ''}]"


def _boxes(paragraph: etree._Element) -> Iterator[etree._Element]:
    """The contents of the text boxes anchored in a paragraph, each once although Word stores it twice."""
    for child in paragraph:
        if child.tag == w("txbxContent"):
            yield child
        elif child.tag == f"{{{MC}}}AlternateContent":
            yield from _boxes(_chosen(child))
        elif _local(child) not in _SILENT:
            yield from _boxes(child)


def _chosen(alternatives: etree._Element) -> etree._Element:
    """The variant of `mc:AlternateContent` that today's Word shows: the first choice, else the fallback."""
    return alternatives[0] if len(alternatives) else alternatives


def _local(element: etree._Element) -> str:
    """The name without its namespace; "" for comments and processing instructions."""
    tag: object = element.tag  # a function for comments, whatever the stubs say
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""
