"""A compiled template: filled any number of times by rendering text and writing a ZIP file, no XML parsed."""

from __future__ import annotations

import marshal
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from jinja2 import Template

from docgen.diagnostics import Diagnostic, Place, Related, Severity
from docgen.fill import markers
from docgen.fill.archive import Block, Member, archive, block, deflate
from docgen.fill.environment import STATE, State, new_environment
from docgen.fill.health import fault_of, remains_of, repaired
from docgen.fill.markers import Paragraph, Reference, Substitution
from docgen.fill.properties import Properties, core_properties
from docgen.word.labels import Level, List

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from types import CodeType

    from docgen.model import Missing

FORMAT: Final = 1
"""Raised when what `dumps` writes changes; older caches are then not read."""


@dataclass(frozen=True, slots=True)
class FillOptions:
    """How a document is filled: the deal's stage and currency, the document's properties.

    `draft` prints 【待填：名称】 for what is missing, under a 草稿 mark, and warns; otherwise a gap is an
    error. It follows from the stage when it isn't given.
    """

    stage: str = "sign"
    currency: str = "CNY"
    properties: Properties = field(default_factory=Properties)
    draft: bool | None = None

    @property
    def is_draft(self) -> bool:
        """Whether gaps may be printed."""
        return self.stage == "draft" if self.draft is None else self.draft


@dataclass(frozen=True, slots=True)
class Filled:
    """A filled document; `docx` is None when a finding is an error."""

    docx: bytes | None
    diagnostics: tuple[Diagnostic, ...] = ()


@dataclass(frozen=True, slots=True)
class TagInfo:
    """What a message says of a tag."""

    text: str
    source: str
    spot: str
    excerpt: str

    @property
    def place(self) -> Place:
        """Where the tag stands."""
        return Place(self.source, spot=self.spot or None, excerpt=self.excerpt)


@dataclass(frozen=True, slots=True)
class Compiled:
    """All that a template needs at run time, as plain data but for the code.

    `order` lists the members; `rendered` are those that the code renders, in its order; `properties`
    are the document properties that hold tags, rendered after them. `drafts` are members only a draft has.
    """

    display: str
    code: CodeType
    names: tuple[str, ...]
    order: tuple[str, ...]
    rendered: tuple[str, ...]
    properties: tuple[str, ...]
    fixed_properties: Mapping[str, str]
    core: str
    members: Mapping[str, Member]
    drafts: Mapping[str, Member]
    tags: tuple[TagInfo, ...]
    runs: tuple[str, ...]
    labels: Mapping[str, Mapping[str, str]]
    fields: Mapping[str, str]
    lists: Mapping[str, List]
    paragraphs: tuple[Paragraph, ...]
    references: tuple[Reference, ...]
    next_id: int
    repair: bool


class CompiledTemplate:
    """A template ready to be filled, by any number of deals."""

    def __init__(self, compiled: Compiled) -> None:
        """Load the code into the sandbox."""
        self._compiled = compiled
        environment = _environment()
        self._template = Template.from_code(environment, compiled.code, {})
        self._render: Callable[..., Any] = self._template.root_render_func
        self._memory: dict[tuple[object, ...], str] = {}
        self._fixed: dict[bool, Block] = {}

    @property
    def names(self) -> tuple[str, ...]:
        """The root names that `fill` must be given."""
        return self._compiled.names

    def fill(self, values: Mapping[str, object], options: FillOptions) -> Filled:
        """The document for these values, or why there is none."""
        compiled = self._compiled
        state = State(options.currency, compiled.labels, compiled.fields, options.is_draft, compiled.runs)
        absent = [name for name in compiled.names if name not in values]
        if absent:
            msg = f"fill needs a value for {', '.join(absent)}"
            raise KeyError(msg)
        context = self._template.new_context({**values, STATE: state}, shared=True)
        text = "".join(self._render(context))
        parts, lost = self._substitute(text)
        diagnostics = self._diagnostics(state, lost)
        if any(found.severity is Severity.ERROR for found in diagnostics):
            return Filled(None, diagnostics)
        contents = self._contents(parts, options)
        faults = [*self._remains(parts), *self._faults(contents)]
        if faults:
            return Filled(None, (*diagnostics, *faults))
        return Filled(self._packed(contents, draft=state.draft), diagnostics)

    def _substitute(self, text: str) -> tuple[list[str], list[Reference]]:
        """The rendered parts with their markers resolved."""
        compiled = self._compiled
        if compiled.repair:
            text = repaired(text)
        if markers.OPEN not in text:
            return text.split(markers.PART), []
        run = Substitution(compiled.lists, compiled.paragraphs, compiled.references, compiled.next_id, self._memory)
        pieces = [run.part(part) for part in text.split(markers.PART)]
        run.close()
        return ["".join(piece) for piece in pieces], run.lost

    def _contents(self, parts: list[str], options: FillOptions) -> dict[str, bytes]:
        """The parts that differ from document to document."""
        compiled = self._compiled
        texts = dict(compiled.fixed_properties)
        texts.update(zip(compiled.properties, parts[len(compiled.rendered) :], strict=True))
        contents = {name: part.encode() for name, part in zip(compiled.rendered, parts, strict=False)}
        contents[compiled.core] = core_properties(options.properties, texts)
        return contents

    def _remains(self, parts: list[str]) -> Iterator[Diagnostic]:
        """Tags that stand where no tag was found when the template was compiled."""
        for name, part in zip(self._compiled.rendered, parts, strict=False):
            remains = remains_of(part)
            if remains:
                yield self._unsound(name, remains)

    def _faults(self, contents: Mapping[str, bytes]) -> Iterator[Diagnostic]:
        """Parts that no program could read."""
        for name, content in contents.items():
            fault = fault_of(content)
            if fault:
                yield self._unsound(name, fault)

    def _unsound(self, part: str, fault: str) -> Diagnostic:
        """What is wrong with the document itself; it is docgen's fault, and nothing is written."""
        return Diagnostic("F007", Severity.ERROR, Place(self._compiled.display), {"part": part, "fault": fault})

    def _packed(self, contents: Mapping[str, bytes], *, draft: bool) -> bytes:
        """The file: the members that never change, then those of this document."""
        compiled = self._compiled
        fixed = self._fixed.get(draft)
        if fixed is None:
            members = {**compiled.members, **compiled.drafts} if draft else compiled.members
            names = [name for name in compiled.order if name in members and name not in contents]
            fixed = self._fixed[draft] = block(members[name] for name in names)
        return archive((deflate(name, content) for name, content in contents.items()), fixed)

    def _diagnostics(self, state: State, lost: list[Reference]) -> tuple[Diagnostic, ...]:
        """What the run noted, each cause once."""
        if not (state.missing or state.unknown or state.unprintable or lost):
            return ()
        gap = ("F002", Severity.WARNING) if state.draft else ("F001", Severity.ERROR)
        unknown = ("F004", Severity.WARNING) if state.draft else ("F003", Severity.ERROR)
        found: dict[tuple[str, ...], Diagnostic] = {}
        for missing, tag in state.missing:
            found.setdefault((gap[0], missing.field), self._absent(*gap, missing, tag))
        for missing, tag in state.unknown:
            if (gap[0], missing.field) in found:
                continue
            found.setdefault((unknown[0], missing.field), self._absent(*unknown, missing, tag))
        for reason, tag in state.unprintable:
            info = self._compiled.tags[tag]
            args = {"tag": info.text}
            found.setdefault(
                ("F005", reason, info.text),
                Diagnostic("F005", Severity.ERROR, info.place, args, notes=(reason,)),
            )
        for reference in lost:
            info = self._compiled.tags[reference.tag]
            args = {"anchor": reference.anchor, "tag": info.text}
            found.setdefault(("F006", reference.anchor), Diagnostic("F006", Severity.ERROR, info.place, args))
        return tuple(found.values())

    def _absent(self, code: str, severity: Severity, missing: Missing, tag: int) -> Diagnostic:
        """A fact that the deal doesn't give, at its place in the deal; the tag is the related place."""
        info = self._compiled.tags[tag]
        return Diagnostic(
            code,
            severity,
            missing.place or info.place,
            {"tag": info.text},
            field=missing.field,
            label=self._compiled.fields.get(missing.label, missing.label),
            related=(Related(info.place, "tag", {"tag": info.text}),),
        )

    def dumps(self) -> bytes:
        """The template as bytes for the cache: only for this version of Python, Jinja and docgen."""
        return marshal.dumps((FORMAT, *_plain(self._compiled)))

    @classmethod
    def loads(cls, data: bytes) -> CompiledTemplate:
        """The template that `dumps` gave; ValueError for another format. Never give it what others could write."""
        version, *plain = marshal.loads(data)  # noqa: S302 — the cache is the owner's alone
        if version != FORMAT:
            msg = f"format {version}"
            raise ValueError(msg)
        return cls(_compiled(*plain))


@lru_cache(maxsize=1)
def _environment() -> Any:  # noqa: ANN401 — the sandbox, which Jinja wants without type arguments
    return new_environment()


def _plain(one: Compiled) -> tuple[Any, ...]:
    """The parts of `Compiled` as what marshal can hold."""
    lists = {
        num_id: (
            numbered.group,
            tuple(
                (level.format, level.text, level.start, level.restart, level.legal, level.suffix)
                for level in numbered.levels
            ),
            dict(numbered.starts),
        )
        for num_id, numbered in one.lists.items()
    }
    return (
        one.display,
        one.code,
        one.names,
        one.order,
        one.rendered,
        one.properties,
        dict(one.fixed_properties),
        one.core,
        dict(one.members),
        dict(one.drafts),
        tuple((tag.text, tag.source, tag.spot, tag.excerpt) for tag in one.tags),
        one.runs,
        {name: dict(table) for name, table in one.labels.items()},
        dict(one.fields),
        lists,
        tuple((paragraph.num_id, paragraph.level, paragraph.anchors) for paragraph in one.paragraphs),
        tuple((reference.anchor, reference.tag, reference.full) for reference in one.references),
        one.next_id,
        one.repair,
    )


def _compiled(*plain: Any) -> Compiled:  # noqa: ANN401 — what `_plain` gave
    """`Compiled` from its plain parts."""
    *head, tags, runs, labels, fields, lists, paragraphs, references, next_id, repair = plain
    rest = (
        tuple(TagInfo(*tag) for tag in tags),
        runs,
        labels,
        fields,
        {
            num_id: List(group, tuple(Level(*level) for level in levels), starts)
            for num_id, (group, levels, starts) in lists.items()
        },
        tuple(Paragraph(*paragraph) for paragraph in paragraphs),
        tuple(Reference(*reference) for reference in references),
        next_id,
        repair,
    )
    everything: tuple[Any, ...] = (*head, *rest)
    return Compiled(*everything)
