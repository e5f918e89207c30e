"""The gate: a .docx from anywhere becomes a `Package`, or a list of the reasons why not.

It runs before any library opens the file. What passes has no macro, embedded object, DTD or remote content, is strict
XML throughout, and is small enough to be read whole.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from docgen.diagnostics import Diagnostic, Severity, TemplateError
from docgen.word import allowed
from docgen.word.archive import unpack
from docgen.word.package import CONTENT_TYPES, PACKAGE_RELATIONSHIPS, Package, Relationship, finding, part_label
from docgen.word.parts import read_content_types, read_relationships, relationships_part, relationships_source
from docgen.word.scan import MAX_XML, Scan, field_link, field_name, scan_part

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

# Elements and attributes over all parts: what keeps reading a file of nothing but markup short. A contract of a
# hundred pages has some fifty thousand of either.
MAX_ELEMENTS = 500_000
MAX_ATTRIBUTES = 1_000_000

_XML_SUFFIXES = (".xml", ".rels")
_LINK_SCHEMES = ("http://", "https://", "mailto:")
_EXCERPT = 80


def open_package(data: bytes, display: str, *, allow_revisions: bool = False, stored_fields: bool = False) -> Package:
    """The parts of a .docx that is safe to read; TemplateError with every finding otherwise.

    Tracked changes and comments are findings unless `allow_revisions` is set (for reading a finished paper that a
    person has edited). With `stored_fields` the reader prints what Word stored of each field and updates none, so that
    fields which reach out or change by themselves are warnings. Warnings stand in `Package.findings`.
    """
    parts = unpack(data, display)
    if CONTENT_TYPES not in parts or PACKAGE_RELATIONSHIPS not in parts:
        raise TemplateError([_no_word_file(parts, display)])
    _check_amount(parts, display)
    scans = {name: scan_part(content) for name, content in parts.items() if _is_xml(name, content)}
    broken = [fault for name, scan in scans.items() for fault in _faults(name, scan, display)]
    if not all(scans[name].sound for name in (CONTENT_TYPES, PACKAGE_RELATIONSHIPS)):
        raise TemplateError(broken)
    types, torn = read_content_types(parts[CONTENT_TYPES], parts)
    links = {
        source: read_relationships(parts[name], source)
        for name, scan in scans.items()
        if scan.sound and (source := relationships_source(name)) is not None
    }
    body = list(_check_main(parts, types, links, display))
    if any(found.code == "T011" for found in body):
        raise TemplateError(body)  # another program's file: nothing else about it matters
    findings = [
        *broken,
        *body,
        *(finding("T031", display, part=name) for name in torn),
        *_check_types(types, display),
        *_check_links(parts, types, links, display),
        *_check_content(types, scans, display, allow_revisions=allow_revisions, stored_fields=stored_fields),
    ]
    if any(found.severity is Severity.ERROR for found in findings):
        raise TemplateError(_once(findings))
    return Package(display, MappingProxyType(parts), MappingProxyType(types), MappingProxyType(links), tuple(findings))


def _no_word_file(parts: Mapping[str, bytes], display: str) -> Diagnostic:
    """The finding for a ZIP file without the two parts that every Word file has."""
    kind = "opendocument" if "mimetype" in parts else "zip"
    return finding("T011", display, notes=(kind,))


def _check_amount(parts: Mapping[str, bytes], display: str) -> None:
    """Refuse XML that is small enough to unpack but made to keep a reader busy."""
    xml = [content for name, content in parts.items() if _is_xml(name, content)]
    if (
        sum(content.count(b"<") for content in xml) > 2 * MAX_ELEMENTS
        or sum(content.count(b"=") for content in xml) > MAX_ATTRIBUTES
    ):
        raise TemplateError([finding("T026", display, limit=f"{MAX_ELEMENTS:,}", notes=("elements",))])


def _is_xml(name: str, content: bytes) -> bool:
    """Whether a part is read as XML by anybody: by its name, or because it looks like it."""
    return name.lower().endswith(_XML_SUFFIXES) or content[:64].lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<")


def _faults(name: str, scan: Scan, display: str) -> Iterator[Diagnostic]:
    """Why no library may read this part."""
    if scan.dtd:
        yield finding("T024", display, name)
    if scan.encoding:
        yield finding("T038", display, name, part=name, encoding=scan.encoding)
    if scan.fault is not None:
        reason, line, column = scan.fault
        if reason == "size":
            yield finding("T026", display, name, limit=f"{MAX_XML / 1_000_000:.0f} MB", notes=("part",))
        else:
            at = f"{line}:{column}"
            yield finding("T025", display, name, part=name, at=at, reason=reason)


def _check_types(types: Mapping[str, str], display: str) -> Iterator[Diagnostic]:
    """Parts of a dangerous or an unknown type."""
    for name, content_type in types.items():
        kind = content_type.lower()
        if kind.endswith(".main+xml") and "word" in kind:
            continue  # the body's type is judged where the body is found
        if kind in _KNOWN_TYPES:
            continue
        code = next((code for piece, code in allowed.DANGEROUS_TYPES if piece in kind), None)
        if code is not None:
            yield finding(code, display, name, part=name)
        else:
            yield finding("T027", display, name, part=name, type=content_type or "—")


_KNOWN_TYPES = frozenset(kind.lower() for kind in allowed.CONTENT_TYPES)


def _check_main(
    parts: Mapping[str, bytes],
    types: Mapping[str, str],
    links: Mapping[str, tuple[Relationship, ...]],
    display: str,
) -> Iterator[Diagnostic]:
    """Whether there is exactly one body, and an ordinary document's."""
    bodies = [link for link in links.get("", ()) if link.kind == "officeDocument"]
    if len(bodies) != 1:
        yield finding("T011", display, notes=("body",))
        return
    body = bodies[0]
    kind = types.get(body.part or "", "")
    if body.type.startswith(allowed.STRICT):
        yield finding("T034", display)
    elif body.part not in parts:
        return  # reported as a relationship without target
    elif "macroenabled" in kind.lower():
        yield finding("T013", display, body.part, part=body.part or "")
    elif kind.endswith("template.main+xml"):
        yield finding("T012", display)
    elif kind != allowed.MAIN:
        yield finding("T011", display, notes=("other" if "officedocument" in kind else "body",))


def _check_links(
    parts: Mapping[str, bytes],
    types: Mapping[str, str],
    links: Mapping[str, tuple[Relationship, ...]],
    display: str,
) -> Iterator[Diagnostic]:
    """Relationships that are dangerous, unknown, or lead nowhere or out of the package."""
    for source, group in links.items():
        spot = part_label(source, types.get(source, "")) if source else PACKAGE_RELATIONSHIPS
        for link in group:
            code = allowed.DANGEROUS_RELATIONSHIPS.get(link.kind)
            if code is not None:
                yield finding(code, display, spot, part=link.part or link.target)
            elif link.external:
                yield from _check_address(link, spot, display)
            elif link.kind not in allowed.RELATIONSHIPS:
                yield finding("T028", display, spot, type=link.type, part=relationships_part(source))
            elif link.part == "" and not link.target.startswith("#"):
                yield finding("T030", display, spot, target=link.target)
            elif link.part not in parts and not link.target.startswith("#"):
                yield finding("T029", display, spot, target=link.target, kind=link.kind)


def _check_address(link: Relationship, spot: str, display: str) -> Iterator[Diagnostic]:
    """External targets: only hyperlinks to the web or to a mailbox, or to a place in the document itself."""
    if link.kind != "hyperlink":
        yield finding("T018", display, spot, target=link.target, kind=link.kind)
    elif not link.target.lower().startswith((*_LINK_SCHEMES, "#")):
        yield finding("T019", display, spot, target=link.target)


def _check_content(
    types: Mapping[str, str], scans: Mapping[str, Scan], display: str, *, allow_revisions: bool, stored_fields: bool
) -> Iterator[Diagnostic]:
    """What the scans of the single parts have shown."""
    for name, scan in scans.items():
        spot = part_label(name, types.get(name, ""))
        for code, element in scan.dangers.items():
            yield finding(code, display, spot, part=element)
        if scan.strict_markup:
            yield finding("T034", display)
        if scan.revisions and not allow_revisions:
            yield finding("T022", display, spot, count=str(scan.revisions))
        if scan.comments and not allow_revisions:
            yield finding("T023", display, spot)
        for code in scan.fields:
            yield from _check_field(code, spot, display, stored=stored_fields)
        for source in scan.sources:
            if ":" in source or source.startswith(("\\\\", "//")):
                yield finding("T018", display, spot, target=source, kind="image")


def _check_field(code: str, spot: str, display: str, *, stored: bool) -> Iterator[Diagnostic]:
    """A field that reaches out, changes by itself, or isn't known; an empty one does nothing."""
    if not code.strip():
        return
    name = field_name(code)
    excerpt = " ".join(code.split())[:_EXCERPT]
    address = field_link(code)
    severity = Severity.WARNING if stored else Severity.ERROR
    if name in allowed.REACHING_FIELDS or not name:
        yield finding("T020", display, spot, excerpt=excerpt, severity=severity, field=name or "…")
    elif name in allowed.CHANGING_FIELDS:
        yield finding("T021", display, spot, excerpt=excerpt, severity=severity, field=name)
    elif address is not None and not address.lower().startswith(_LINK_SCHEMES):
        yield finding("T019", display, spot, excerpt=excerpt, target=address)
    elif name not in allowed.QUIET_FIELDS:
        yield finding("T033", display, spot, excerpt=excerpt, severity=Severity.WARNING, field=name)


def _once(findings: list[Diagnostic]) -> list[Diagnostic]:
    """Each cause once: a macro part, its relationship and its content type are one macro; so with embedded objects."""
    kept: dict[tuple[object, ...], Diagnostic] = {}
    whole_file = {"T013", "T015", "T017", "T023", "T034", "T035", "T036", "T037"}
    for found in findings:
        key: tuple[object, ...] = (found.code,)
        if found.code not in whole_file:
            place = None if found.code == "T014" else found.place
            key = (found.code, place, tuple(sorted(found.args.items())), found.notes)
        kept.setdefault(key, found)
    return list(kept.values())
