"""Which papers a deal needs: one per record of the loops, in or out, with the reason."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final

from docgen.model import Missing

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from docgen.catalogue.kinds import Catalogue, Kind
    from docgen.language import CompiledExpression
    from docgen.model import Record


SET_FIELDS: Final = "set_"
"""How the fields begin that the build itself fills in."""


class Verdict(StrEnum):
    """Whether a paper belongs to the set."""

    IN = "in"
    OUT = "out"
    UNKNOWN = "unknown"
    NOT_PROVIDED = "not_provided"


@dataclass(frozen=True, slots=True)
class Paper:
    """One paper of a kind, with the values its template may use.

    `subject` is the path of the record it is made for, empty for one paper per deal. A kind whose
    lists are empty gives one paper that is out and has no values.
    """

    kind: Kind
    verdict: Verdict
    reason: str
    values: Mapping[str, Any]
    subject: str = ""
    missing: tuple[Missing, ...] = ()

    def evaluate(self, expression: CompiledExpression) -> Any:  # noqa: ANN401 — as the expression's kind says
        """An expression of template.yaml on this paper's values."""
        return expression.evaluate(self.values)


def select_papers(catalogue: Catalogue, deal: Record) -> tuple[Paper, ...]:
    """Every kind's papers, in the order of the catalogue and of the deal's lists.

    Kinds that describe the set itself are left to `set_papers`, once the rest is known.
    """
    root = {key: deal[key] for key in deal.known if not key.startswith(SET_FIELDS)}
    kinds = [kind for kind in catalogue.kinds.values() if not kind.describes_set]
    return tuple(paper for kind in kinds for paper in _papers(kind, root))


def set_papers(catalogue: Catalogue, deal: Record) -> tuple[Paper, ...]:
    """The papers about the set: checklist and report."""
    root = {key: deal[key] for key in deal.known}
    kinds = [kind for kind in catalogue.kinds.values() if kind.describes_set]
    return tuple(paper for kind in kinds for paper in _papers(kind, root))


def _papers(kind: Kind, root: Mapping[str, Any]) -> Iterator[Paper]:
    """The papers of one kind."""
    found = False
    for values, subject in _items(kind, root):
        found = True
        yield _judge(kind, {**values, **_names(kind, values)}, subject)
    if not found:
        yield Paper(kind, Verdict.OUT, kind.reason_out or f"本交易没有需要{kind.title}的事项", {})


def _items(kind: Kind, root: Mapping[str, Any]) -> Iterator[tuple[dict[str, Any], str]]:
    """The values for each record, or for each combination of nested loops."""
    level: list[tuple[dict[str, Any], str]] = [(dict(root), "")]
    for loop in kind.loops:
        inner: list[tuple[dict[str, Any], str]] = []
        for values, _ in level:
            entries = loop.source.evaluate(values)
            if isinstance(entries, Missing):
                continue
            inner += [({**values, loop.variable: entry}, entry.path) for entry in entries]
        level = inner
    yield from level


def _names(kind: Kind, values: Mapping[str, Any]) -> dict[str, Any]:
    """The template's short names."""
    known = dict(values)
    for name, expression in kind.names.items():
        known[name] = expression.evaluate(known)
    return {name: known[name] for name in kind.names}


def _judge(kind: Kind, values: dict[str, Any], subject: str) -> Paper:
    """In, out, unknown, or demanded without a template."""
    applies = True if kind.applies_when is None else kind.applies_when.evaluate(values)
    if isinstance(applies, Missing):
        reason = f"缺少“{applies.label}”（{applies.field}），不能判断是否需要"
        return Paper(kind, Verdict.UNKNOWN, reason, values, subject, (applies,))
    if not applies:
        return Paper(kind, Verdict.OUT, kind.reason_out or "不符合适用条件", values, subject)
    if kind.docx is None:
        return Paper(kind, Verdict.NOT_PROVIDED, kind.reason_in or "本交易需要，但没有模板", values, subject)
    return Paper(kind, Verdict.IN, kind.reason_in or "本交易需要", values, subject)
