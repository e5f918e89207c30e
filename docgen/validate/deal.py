"""The deal of a tree."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from docgen.load import Mapping, Scalar
from docgen.schema import STAGES
from docgen.validate.report import Report
from docgen.validate.walk import Walk

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Mapping as MappingType

    from docgen.diagnostics import Diagnostic
    from docgen.load import Tree
    from docgen.model import Record
    from docgen.model.record import Value
    from docgen.schema import RecordType, Schema

_DEAL: Final = "deal"


class Validated(NamedTuple):
    """The deal as far as it could be read, every problem sorted by place, and the stage that gaps were judged at."""

    deal: Record
    diagnostics: tuple[Diagnostic, ...]
    stage: str


def validate(
    tree: Tree,
    schema: Schema,
    stage: str | None = None,
    derived: MappingType[str, Callable[[Record], Value]] | None = None,
) -> Validated:
    """The record tree of a deal file and all problems of the file.

    `stage` overrides the deal's own; `derived` holds the functions of facts/ by the name the schema
    gives them. A deal with an error among the diagnostics lacks the values that were refused, so it
    may be checked further, but no paper may be made of it.
    """
    report = Report()
    currency = _early(tree.root, schema.root, "currency") or "CNY"
    walk = Walk(schema, derived or {}, currency, report)
    deal = walk.record(schema.root, tree.root, "", None)
    walk.references.resolve()
    stage = stage or _early(tree.root, schema.root, "stage") or STAGES[0]
    stages = schema.enums.get("stage")
    report.missing(stage, stages.label(stage) if stages and stage in stages.values else stage)
    return Validated(deal, tuple(sorted(report.problems, key=lambda problem: problem.order)), stage)


def _early(node: Mapping, record_type: RecordType, name: str) -> str | None:
    """An enumeration value of the deal's own record, read ahead because other values hang on it."""
    field_type = record_type.field(name)
    if field_type is None:
        holder = record_type.field(_DEAL)
        part = holder.part if holder else None
        inner = _entry(node, holder.key, holder.zh) if holder else None
        return _early(inner, part, name) if part and isinstance(inner, Mapping) and part.field(name) else None
    value = _entry(node, field_type.key, field_type.zh)
    enum = field_type.enum
    text = value.text.strip() if isinstance(value, Scalar) and not value.is_null else field_type.default or ""
    return enum.key(text) if enum else None


def _entry(node: Mapping, key: str, label: str) -> object:
    """The value under a key or its label."""
    return node.get(key) or node.get(label)
