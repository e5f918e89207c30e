"""What a build works with: schema, law, catalogue, compiled templates; loaded once, used for any number of deals."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

from docgen.catalogue import usable_names
from docgen.checks import all_rules
from docgen.fill import CompiledTemplate, compile_template
from docgen.language import Scope

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from docgen.catalogue import Catalogue, Kind
    from docgen.checks import Rule
    from docgen.export import Pdf, PdfOptions
    from docgen.law import Law
    from docgen.model import Record, Value
    from docgen.schema import Schema


@dataclass(slots=True)
class Toolbox:
    """Schema, law and catalogue, the hashes of their sources, and the templates compiled so far.

    `compiler` may be replaced by one that looks into a cache, and `exporter` by one that knows PDFs already; they
    must give what `compile_kind` and `export_one_by_one` give.
    """

    schema: Schema
    law: Law
    catalogue: Catalogue
    hashes: Mapping[str, str]
    versions: Mapping[str, str]
    compiler: Callable[[Kind, Mapping[str, bytes], Schema], CompiledTemplate] | None = None
    exporter: Callable[[Sequence[tuple[bytes, str]], PdfOptions], Sequence[Pdf]] | None = None
    _compiled: dict[str, CompiledTemplate] = field(default_factory=dict)

    def rules(self) -> tuple[Rule, ...]:
        """The rules a deal is judged by."""
        return all_rules()

    def compiled(self, kind: Kind) -> CompiledTemplate:
        """The compiled template of a kind; TemplateError with every finding in it."""
        if kind.id not in self._compiled:
            compiler = self.compiler or compile_kind
            self._compiled[kind.id] = compiler(kind, self.catalogue.clauses, self.schema)
        return self._compiled[kind.id]


def compile_kind(kind: Kind, clauses: Mapping[str, bytes], schema: Schema) -> CompiledTemplate:
    """The template of a kind, compiled anew."""
    if kind.docx is None:
        raise LookupError(kind.id)
    scope = Scope(usable_names(kind, schema))
    return compile_template(kind.docx, f"{kind.id}/template.docx", scope, clauses)


class SetRecords:
    """What the build finds out about the set, for the fields that checklist and report read."""

    def __init__(self) -> None:
        """Start without anything: reading a field before it is known is a mistake in the pipeline."""
        self._found: dict[str, Value] = {}

    def put(self, name: str, value: Value) -> None:
        """Set the value of a derived field by its function's name."""
        self._found[name] = value

    def functions(self) -> dict[str, Callable[[Record], Value]]:
        """The functions behind the `build_…` names of the schema."""
        names = ("build_papers", "build_findings", "build_rules", "build_state")
        return {name: partial(self._value, name) for name in names}

    def _value(self, name: str, _deal: Record) -> Value:
        """The value set before."""
        return self._found[name]
