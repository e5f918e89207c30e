"""The thorough health check of one finished .docx: would Word open it, and does it say what it should.

The fast check of every filled document belongs to `fill/`. This one reads the whole package again and trusts nothing.
"""

from __future__ import annotations

import io
import re
from collections import Counter
from typing import TYPE_CHECKING, Final

from docgen.diagnostics import TemplateError
from docgen.word.gate import open_package
from docgen.word.package import finding
from docgen.word.scan import field_name
from docgen.word.xml import W, parse, w

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml import etree

    from docgen.diagnostics import Diagnostic
    from docgen.word.package import Package

_W14: Final = "http://schemas.microsoft.com/office/word/2010/wordml"
_DRAWING: Final = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"

# Values print their braces as character references, so a byte scan finds what the template left over and nothing else.
_TAG: Final = re.compile(rb"\{[{%#]|\xef\xbd\x9b(?:\xef\xbd\x9b|[{%])")
# docgen sets the document properties itself, as plain text: there a brace is a value's.
_PROPERTIES: Final = "docProps/"

_PARAGRAPH_PARENTS: Final = frozenset(
    {
        "body",
        "tc",
        "txbxContent",
        "hdr",
        "ftr",
        "footnote",
        "endnote",
        "comment",
        "sdtContent",
        "customXml",
        "docPartBody",
    }
)
_CELL_ENDS: Final = (w("p"), w("sdt"), w("customXml"), w("bookmarkEnd"))
_PAGE_FIELDS: Final = frozenset({"PAGE", "NUMPAGES", "SECTIONPAGES"})
_TARGET: Final = re.compile(r'\s*(?:REF|PAGEREF|NOTEREF)\s+"?([^\s"\\]+)', re.IGNORECASE)
_INNER_LINK: Final = re.compile(r'\s*HYPERLINK\s+.*?\\l\s+"?([^\s"]+)', re.IGNORECASE)


def check_package(data: bytes, display: str) -> list[Diagnostic]:
    """Everything that is wrong with a finished .docx, [] for a sound one; tracked changes and comments are no fault."""
    try:
        package = open_package(data, display, allow_revisions=True)
    except TemplateError as error:
        return list(error.diagnostics)
    roots = {part: parse(package.parts[part]) for part in _stories(package)}
    marks = {mark.get(w("name"), "") for root in roots.values() for mark in root.iter(w("bookmarkStart"))}
    found = [*_tags(package), *_ids(package, roots)]
    for part, root in roots.items():
        found += _places(package, part, root)
        found += _fields(package, part, root, marks)
    return found or _opens(data, display)


def _stories(package: Package) -> list[str]:
    """The parts that hold paragraphs: body, headers, footers, notes."""
    kinds = ("header", "footer", "footnotes", "endnotes")
    return list(
        dict.fromkeys([package.main, *(part for kind in kinds for part in package.related(package.main, kind))])
    )


def _tags(package: Package) -> Iterator[Diagnostic]:
    """Tags that nobody filled."""
    for part, content in package.parts.items():
        match = None
        if part.endswith(".xml") and not part.startswith((_PROPERTIES, "customXml/")):
            match = _TAG.search(content)
        if match:
            text = content[match.start() : match.start() + 60].decode("utf-8", "replace")
            yield finding("F901", package.display, package.label(part), excerpt=text, part=part, text=text[:24])


def _ids(package: Package, roots: dict[str, etree._Element]) -> Iterator[Diagnostic]:
    """Ids and names that Word wants to see once."""
    seen: dict[str, Counter[str]] = {}
    for root in roots.values():
        for element in root.iter(w("bookmarkStart"), f"{{{_DRAWING}}}docPr", w("p")):
            for kind, value in _identities(element):
                seen.setdefault(kind, Counter())[value] += 1
    for kind, counted in seen.items():
        # A text box is kept twice, once for old readers; its second copy repeats the ids by design.
        for value in (value for value, times in counted.items() if times > 1):
            yield finding("F902", package.display, kind=kind, value=value)
    for part, root in roots.items():
        starts = Counter(mark.get(w("id"), "") for mark in root.iter(w("bookmarkStart")))
        ends = Counter(mark.get(w("id"), "") for mark in root.iter(w("bookmarkEnd")))
        for value in sorted((starts - ends) + (ends - starts)):
            yield finding("F903", package.display, package.label(part), value=value)


def _identities(element: etree._Element) -> Iterator[tuple[str, str]]:
    """The ids of one element that may not repeat; none inside a fallback for old readers."""
    if any(str(above.tag).endswith("}Fallback") for above in element.iterancestors()):
        return
    if element.tag == w("bookmarkStart"):
        yield "bookmark", element.get(w("id"), "")
        yield "bookmark name", element.get(w("name"), "")
    elif element.tag == w("p"):
        paragraph = element.get(f"{{{_W14}}}paraId")
        if paragraph is not None:
            yield "paragraph", paragraph
    else:
        yield "drawing", element.get("id", "")


def _places(package: Package, part: str, root: etree._Element) -> Iterator[Diagnostic]:
    """Paragraphs, rows and cells that stand where Word refuses the file."""
    label = package.label(part)
    for paragraph in root.iter(w("p")):
        parent = paragraph.getparent()
        name = "" if parent is None else _local(parent)
        if name not in _PARAGRAPH_PARENTS:
            text = _text(paragraph)
            yield finding("F904", package.display, label, excerpt=text, element="p", parent=name or "—")
    for cell in root.iter(w("tc")):
        if len(cell) == 0 or cell[-1].tag not in _CELL_ENDS:
            yield finding("F905", package.display, label, element="tc")
    for outer, inner in (("tbl", "tr"), ("tr", "tc")):
        for element in root.iter(w(outer)):
            if next(element.iter(w(inner)), None) is None:
                yield finding("F905", package.display, label, element=outer)


def _fields(package: Package, part: str, root: etree._Element, marks: set[str]) -> Iterator[Diagnostic]:
    """Fields that are not closed, page fields without a result, references to nowhere."""
    label = package.label(part)
    fields, loose = _read_fields(root)
    if loose:
        yield finding("F906", package.display, label, excerpt=loose)
    for code, result in fields:
        if field_name(code) in _PAGE_FIELDS and not result.strip():
            yield finding("F907", package.display, label, field=field_name(code))
        target = _TARGET.match(code) or _INNER_LINK.match(code)
        if target and target[1] not in marks:
            yield finding("F908", package.display, label, excerpt=code.strip(), name=target[1])


def _read_fields(root: etree._Element) -> tuple[list[tuple[str, str]], str]:
    """The code and result of each field of a part, and what begins or ends none ("" for nothing)."""
    simple = root.iter(w("fldSimple"))
    fields = [(one.get(w("instr"), ""), "".join(text.text or "" for text in one.iter(w("t")))) for one in simple]
    stack: list[list[str]] = []  # for each open field its code, then its result
    loose = ""
    for element in root.iter(w("fldChar"), w("instrText"), w("t")):
        kind = element.get(w("fldCharType"))
        if kind == "begin":
            stack.append([""])
        elif kind is None:
            if stack:
                stack[-1][-1] += element.text or ""
        elif not stack:
            loose = loose or kind
        elif kind == "separate":
            stack[-1].append("")
        else:
            code, *result = stack.pop()
            fields.append((code, "".join(result)))
    return fields, loose or (stack[0][0].strip() or "begin" if stack else "")


def _opens(data: bytes, display: str) -> list[Diagnostic]:
    """A finding when python-docx can't read the file."""
    import docx  # noqa: PLC0415 — costs more to load than all the checks before it

    try:
        document = docx.Document(io.BytesIO(data))
        _ = [paragraph.text for paragraph in document.paragraphs], document.core_properties.title
    except Exception as error:  # noqa: BLE001 — whatever stops a library here, the document is at fault
        return [finding("F909", display, reason=f"{type(error).__name__}: {error}")]
    return []


def _text(paragraph: etree._Element) -> str:
    return "".join(element.text or "" for element in paragraph.iter(w("t")))[:40]


def _local(element: etree._Element) -> str:
    return str(element.tag).removeprefix(f"{{{W}}}")
