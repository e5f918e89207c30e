"""A checked catalogue as plain data for the cache, and back; the files of its folders aren't in it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from docgen.catalogue.kinds import Catalogue, ForEach, Kind
from docgen.diagnostics import Diagnostic, Place, Severity
from docgen.language import CompiledExpression

if TYPE_CHECKING:
    from collections.abc import Mapping

Plain = tuple[Any, ...]


def dumps(catalogue: Catalogue) -> Plain:
    """The catalogue as tuples, texts and None: what marshal can hold."""
    notes = [(one.code, one.severity.value, str(one.place), dict(one.args)) for one in catalogue.diagnostics]
    return (tuple(_kind_plain(kind) for kind in catalogue.kinds.values()), tuple(notes))


def loads(plain: Plain, documents: Mapping[str, bytes | None], clauses: Mapping[str, bytes]) -> Catalogue:
    """The catalogue that `dumps` gave; `documents` are the kinds' template.docx by id."""
    kinds, notes = plain
    diagnostics = tuple(
        Diagnostic(code, Severity(severity), Place(place), args) for code, severity, place, args in notes
    )
    return Catalogue({kind[0]: _kind(kind, documents) for kind in kinds}, clauses, diagnostics)


def _kind_plain(kind: Kind) -> Plain:
    """One kind."""
    return (
        kind.id,
        (kind.title, kind.title_en, kind.version, kind.order, kind.display, kind.origin, kind.sha256),
        tuple((loop.source.dumps(), loop.variable) for loop in kind.loops),
        {name: expression.dumps() for name, expression in kind.names.items()},
        _maybe_plain(kind.applies_when),
        tuple(one.dumps() for one in kind.output_name),
        tuple(one.dumps() for one in kind.signatories),
        _maybe_plain(kind.copies),
        (kind.law, kind.reviewed_by, kind.reviewed_on.isoformat() if kind.reviewed_on else None),
        (kind.reason_in, kind.reason_out, kind.shadows, kind.describes_set),
    )


def _kind(plain: Plain, documents: Mapping[str, bytes | None]) -> Kind:
    """One kind from its plain form."""
    key, head, loops, names, applies_when, output_name, signatories, copies, review, rest = plain
    law, reviewed_by, reviewed_on = review
    load = CompiledExpression.loads
    parts: tuple[Any, ...] = (
        key,
        *head,
        documents[key],
        tuple(ForEach(load(source), variable) for source, variable in loops),
        {name: load(one) for name, one in names.items()},
        load(applies_when) if applies_when else None,
        tuple(load(one) for one in output_name),
        tuple(load(one) for one in signatories),
        load(copies) if copies else None,
        law,
        reviewed_by,
        date.fromisoformat(reviewed_on) if reviewed_on else None,
        *rest,
    )
    return Kind(*parts)


def _maybe_plain(expression: CompiledExpression | None) -> Plain | None:
    """An optional expression."""
    return None if expression is None else expression.dumps()
