"""A .docx with tags → a `CompiledTemplate`, or every finding it has."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from docxtpl import DocxTemplate
from jinja2 import nodes
from lxml import etree

from docgen.diagnostics import Diagnostic, Place, TemplateError
from docgen.fill import markers
from docgen.fill.archive import BEST, Member, deflate
from docgen.fill.compiling import Builder, Form, reference_form
from docgen.fill.draftmark import PARAGRAPH, new_header, to_bytes
from docgen.fill.environment import new_environment
from docgen.fill.markers import Paragraph, draft_mark, marker
from docgen.fill.places import Places
from docgen.fill.properties import TEXTS
from docgen.fill.source import Source, read_source
from docgen.fill.structure import Step, Structure
from docgen.fill.tags import TAG, Tag, collect, may_lose_all
from docgen.fill.template import Compiled, CompiledTemplate, TagInfo
from docgen.language.findings import finding
from docgen.word.gate import open_package
from docgen.word.health import check_package
from docgen.word.package import CONTENT_TYPES, PACKAGE_RELATIONSHIPS, write_package
from docgen.word.xml import MC, parse, w

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from docgen.language import Scope
    from docgen.word.package import Package

_DECLARATION: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
# Attributes that mark paragraphs and sections while docxtpl patches the text; they never reach a document.
_PARAGRAPH: Final = "dg-n"
_SECTION: Final = "dg-s"
_MARKED_PARAGRAPH: Final = re.compile(r'(<w:p\b[^>]*?) dg-n="(\d+)"([^>]*?)(/?)>')
_MARKED_SECTION: Final = re.compile(r'(<w:sectPr\b[^>]*?) dg-s="1"([^>]*?)(/?)>')
_ROOT: Final = re.compile(r"<w:hdr\b[^>]*>")
# Half a millisecond each; a long contract has four hundred.
_MOST_TAGS: Final = 5_000
_UNRENDERED: Final = re.compile(rb"\{[{%][^{}<>]{1,80}[%}]\}")


@dataclass(frozen=True, slots=True)
class _Part:
    """A part on its way: its tags and steps, and its text between the tags."""

    name: str
    tags: list[Tag]
    steps: list[Step]
    texts: list[str]


def compile_template(docx: bytes, display: str, scope: Scope, clauses: Mapping[str, bytes]) -> CompiledTemplate:
    """The compiled template; TemplateError with every finding of every part.

    `clauses` holds the shared clause files by name. `display` is what messages call the file.
    """
    package = open_package(docx, display)
    found: list[Diagnostic] = []
    places = Places(package, display)
    source = read_source(package, clauses, places, found)
    tags = {name: collect(root, places.of, found) for name, root in source.roots.items()}
    if sum(len(listed) for listed in tags.values()) > _MOST_TAGS:
        raise TemplateError([finding("T168", Place(display), limit=f"{_MOST_TAGS:,}")])
    properties = _property_tags(package, display, found)
    structure = Structure(scope, source.anchors, found)
    steps = {name: structure.steps(listed) for name, listed in tags.items()}
    texts = {name: structure.steps(listed) for name, (_, listed) in properties.items()}
    found += _elsewhere(package, source, places)
    found = _once(found) or _unsound(source)
    if found:
        raise TemplateError(found)
    return _Assembly(source, places, structure, tags, steps, properties, texts).template()


def _once(found: list[Diagnostic]) -> list[Diagnostic]:
    """Each finding once: Word keeps a text box twice."""
    kept = {(one.code, one.place, tuple(sorted(one.args.items()))): one for one in reversed(found)}
    return list(reversed(kept.values()))


def _unsound(source: Source) -> list[Diagnostic]:
    """What would be wrong with every document of this template: places, fields, references, relations.

    It is proved once, here. Tags are still tags, and ids that repeat are set apart when a document is filled.
    """
    parts = dict(source.package.parts)
    parts.update({name: to_bytes(root) for name, root in source.roots.items()})
    checked = check_package(write_package(parts, level=0), source.package.display)
    return [one for one in checked if one.code not in {"F901", "F902"}]


def _property_tags(package: Package, display: str, found: list[Diagnostic]) -> dict[str, tuple[list[str], list[Tag]]]:
    """The document properties by name: the pieces of their text between tags, and the tags."""
    properties: dict[str, tuple[list[str], list[Tag]]] = {}
    for part in package.related("", "core-properties"):
        for element in parse(package.parts[part]):
            name = etree.QName(element).localname
            text = element.text or ""
            if name not in TEXTS or not text:
                continue
            place = Place(display, spot=package.label(part), excerpt=text[:60])
            written = TAG.findall(text)
            tags = [Tag("print", "", tag[2:-2], place, name) for tag in written if tag.startswith("{{")]
            found += [finding("T166", place, tag=tag) for tag in written if not tag.startswith("{{")]
            properties[name] = (TAG.split(text), tags)
    return properties


def _elsewhere(package: Package, source: Source, places: Places) -> Iterator[Diagnostic]:
    """Tags in parts that nothing fills: endnotes, comments, charts."""
    known = {*source.roots, *package.related("", "core-properties")}
    for name, content in package.parts.items():
        match = _UNRENDERED.search(content) if name not in known and name.endswith(".xml") else None
        if match:
            yield finding("T149", places.whole(name), part=name, text=match[0].decode("utf-8", "replace"))


class _Assembly:
    """Puts a template without findings together."""

    def __init__(  # noqa: PLR0913 — one call site; every argument is one result of the checks
        self,
        source: Source,
        places: Places,
        structure: Structure,
        tags: Mapping[str, list[Tag]],
        steps: Mapping[str, list[Step]],
        properties: Mapping[str, tuple[list[str], list[Tag]]],
        property_steps: Mapping[str, list[Step]],
    ) -> None:
        self._source = source
        self._structure = structure
        self._tags = tags
        self._steps = steps
        self._properties = properties
        self._property_steps = property_steps
        self._package = source.package
        self._numbering = places.numbering
        self._paragraphs: list[Paragraph] = []
        self._header = new_header(self._package, source.roots[self._package.main])

    def template(self) -> CompiledTemplate:
        """The compiled template."""
        parts = self._patched()
        dynamic = [part for part in parts if part.tags or part.name == self._package.main]
        marks = (PARAGRAPH, self._header.references if self._header else "")
        builder = Builder(forms=self._forms(), marks=marks, repeated=self._source.repeated)
        body: list[nodes.Node] = []
        infos: list[TagInfo] = []
        for part in dynamic:
            if body:
                body.append(nodes.Output([nodes.TemplateData(markers.PART)]))
            body += builder.part(part.texts, part.steps)
            infos += [_info(tag) for tag in part.tags]
        filled = [name for name, (_, tags) in self._properties.items() if tags]
        for name in filled:
            texts, tags = self._properties[name]
            body.append(nodes.Output([nodes.TemplateData(markers.PART)]))
            body += builder.part(texts, self._property_steps[name], plain=True)
            infos += [_info(tag) for tag in tags]
        self._check_loops(builder, infos)
        tree = nodes.Template(body)
        environment = new_environment()
        tree.set_environment(environment)
        tree.set_lineno(1)
        code = environment.compile(tree, filename="<template>")
        members, drafts, order = self._members({part.name for part in dynamic}, parts)
        core = next(iter(self._package.related("", "core-properties")), "docProps/core.xml")
        return CompiledTemplate(
            Compiled(
                display=self._package.display,
                code=code,
                names=tuple(sorted(self._structure.names & set(self._structure.scope.names))),
                order=order,
                rendered=tuple(part.name for part in dynamic),
                properties=tuple(filled),
                fixed_properties={name: texts[0] for name, (texts, tags) in self._properties.items() if not tags},
                core=core,
                members=members,
                drafts=drafts,
                tags=tuple(infos),
                runs=tuple(builder.runs),
                labels=self._structure.labels,
                fields=self._structure.fields,
                lists=self._numbering.lists,
                paragraphs=tuple(self._paragraphs),
                references=tuple(builder.references),
                next_id=self._source.next_id,
                repair=any(may_lose_all(tags) for tags in self._tags.values()),
            )
        )

    def _forms(self) -> dict[str, Form]:
        """How a reference to each anchor reads."""
        forms = {}
        for anchor, paragraphs in self._source.anchors.items():
            level = self._numbering.level_of(paragraphs[0])
            if level:
                num_id, ilvl = level
                forms[anchor] = reference_form(self._numbering.lists[num_id].levels[ilvl].text, ilvl)
        return forms

    @staticmethod
    def _check_loops(builder: Builder, infos: list[TagInfo]) -> None:
        """Refuse references to paragraphs that a loop repeats."""
        wrong = [one for one in builder.references if one.anchor in builder.looped]
        if wrong:
            raise TemplateError(finding("T155", infos[one.tag].place, anchor=one.anchor) for one in wrong)

    def _patched(self) -> list[_Part]:
        """Every part's text between its tags, as docxtpl patches it, with our markers."""
        main = self._package.main
        if any(step[0] == "reference" for steps in self._steps.values() for step in steps):
            self._mark_paragraphs(self._source.roots[main])
        if self._header:
            next(self._source.roots[main].iter(w("sectPr"))).set(_SECTION, "1")
        engine = DocxTemplate("")
        parts = []
        for name, root in self._source.roots.items():
            text = engine.patch_xml(etree.tostring(root, encoding="unicode"))
            texts = TAG.split(self._marked(text))
            found = [_normal(tag) for tag in TAG.findall(text)]
            wanted = [_normal(f"{{{_SIGNS[tag.kind]}{tag.content}{_SIGNS[tag.kind]}}}") for tag in self._tags[name]]
            if found != wanted:
                place = self._tags[name][0].place if self._tags[name] else Place(self._package.display)
                raise TemplateError([finding("T150", place, part=name)])
            texts[0] = _DECLARATION + texts[0]
            parts.append(_Part(name, self._tags[name], self._steps[name], texts))
        return parts

    def _mark_paragraphs(self, body: etree._Element) -> None:
        """Note on every paragraph that has a label or an anchor which one it is."""
        anchors: dict[etree._Element, list[str]] = {}
        for anchor, paragraphs in self._source.anchors.items():
            for paragraph in paragraphs:
                anchors.setdefault(paragraph, []).append(anchor)
        for paragraph in body.iter(w("p")):
            if next(paragraph.iterancestors(f"{{{MC}}}Fallback"), None) is not None:
                continue  # a text box kept a second time for old readers
            level = self._numbering.level_of(paragraph)
            named = anchors.get(paragraph, [])
            if level or named:
                paragraph.set(_PARAGRAPH, str(len(self._paragraphs)))
                num_id, ilvl = level or ("", 0)
                self._paragraphs.append(Paragraph(num_id, ilvl, tuple(named)))

    @staticmethod
    def _marked(text: str) -> str:
        """The marking attributes as markers; the place of the draft's line in a header."""
        text = _MARKED_PARAGRAPH.sub(lambda one: _opened(one[1] + one[3], one[4], _numbered(one[2]), "w:p"), text)
        text = _MARKED_SECTION.sub(lambda one: _opened(one[1] + one[2], one[3], draft_mark(1), "w:sectPr"), text)
        return _ROOT.sub(lambda one: one[0] + draft_mark(0), text, count=1)

    def _members(
        self, dynamic: set[str], parts: list[_Part]
    ) -> tuple[dict[str, Member], dict[str, Member], tuple[str, ...]]:
        """The members that never change, those of a draft, and the order of all."""
        package = self._package
        contents = dict(package.parts)
        drafts: dict[str, bytes] = dict(self._header.parts) if self._header else {}
        for part in parts:
            if part.name not in dynamic:
                text = "".join(part.texts)
                contents[part.name] = text.replace(draft_mark(0), "").encode()
                if draft_mark(0) in text:
                    drafts[part.name] = text.replace(draft_mark(0), PARAGRAPH).encode()
        core = set(package.related("", "core-properties"))
        members = {name: deflate(name, data, BEST) for name, data in contents.items() if name not in dynamic | core}
        first = [name for name in (CONTENT_TYPES, PACKAGE_RELATIONSHIPS, package.main) if name in contents]
        order = dict.fromkeys([*first, *contents, *drafts])
        return members, {name: deflate(name, data, BEST) for name, data in drafts.items()}, tuple(order)


_SIGNS: Final = {"print": "{", "block": "%", "comment": "#"}


def _opened(head: str, empty: str, mark: str, name: str) -> str:
    """A start tag with a marker behind it; an element without content gets an end tag."""
    return f"{head}>{mark}</{name}>" if empty else f"{head}>{mark}"


def _numbered(index: str) -> str:
    return marker(markers.NUMBERED, index)


def _normal(tag: str) -> str:
    """A tag's content for comparing what stood in the file with what docxtpl made of it."""
    return " ".join(html.unescape(tag[2:-2]).translate(_QUOTES).split())


_QUOTES: Final = str.maketrans("“”‘’", "\"\"''")


def _info(tag: Tag) -> TagInfo:
    sign = _SIGNS[tag.kind]
    end = {"{": "}"}.get(sign, sign)
    text = f"{{{sign}{tag.level}{tag.content}{end}}}"
    return TagInfo(text, tag.place.source, tag.place.spot or "", tag.place.excerpt or "")
