"""What a rule is, and the list of all rules."""

from __future__ import annotations

import importlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import date

    from docgen.diagnostics import Severity
    from docgen.law import Law
    from docgen.model import Record


STAGES: Final = ("draft", "sign", "register", "drawdown", "post")
TOPICS: Final[tuple[str, ...]] = (
    "contracts",
    "free_clauses",
    "pledge_creation",
    "pledge_title",
    "pledged_patents",
    "pledge_rights",
    "pledge_disposal",
    "maximum_pledge",
    "loans",
    "loan_pricing",
    "repayment",
    "approvals",
    "valuation",
    "guarantees",
    "providers",
    "concurrence",
    "timing",
    "key_dates",
    "hong_kong",
    "identity",
    "disputes",
    "authority",
    "signatories",
    "resolutions",
    "resolution_scope",
)


@dataclass(frozen=True, slots=True)
class Finding:
    """What a rule objects to: the record and field it shows, and the arguments of its message.

    `related` names further fields as (record, field, text key) where the text key is one of the
    message entry's `related` texts. `severity` overrides the rule's own, downwards only.
    """

    record: Record
    key: str = ""
    args: Mapping[str, str] = field(default_factory=dict)
    related: tuple[tuple[Record, str, str], ...] = ()
    notes: tuple[str, ...] = ()
    severity: Severity | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: what it is judged on, from which stage, by which law, and the function that judges it.

    `each` is the list of the deal it runs over (`guarantees`), or "" for the deal as a whole.
    `needs` are paths below that record that must be given; `a.b` goes through lists item by item.
    `applies` says for which records it runs at all. `basis` are citations with their tag: `CC 692(2) [V]`.
    """

    id: str
    title: str
    severity: Severity
    stage: str
    each: str
    needs: tuple[str, ...]
    basis: tuple[str, ...]
    check: Callable[[Record, Law], Iterable[Finding]]
    applies: Callable[[Record], bool] | None = None
    since: date | None = None
    until: date | None = None

    @property
    def tag(self) -> str:
        """The weakest confidence tag of its basis: R before S before V."""
        return weakest_tag(self.basis)


def weakest_tag(basis: tuple[str, ...]) -> str:
    """The least certain tag of some citations: R before S before V; V without any."""
    return next((tag for tag in ("R", "S") if tag in _tags(basis)), "V")


def best_tag(basis: tuple[str, ...]) -> str:
    """The most certain tag of some citations; V without any."""
    return next((tag for tag in ("V", "S", "R") if tag in _tags(basis)), "V")


def _tags(basis: tuple[str, ...]) -> list[str]:
    """The tags of some citations."""
    return [citation.rsplit("[", 1)[-1].rstrip("]") for citation in basis if citation.endswith("]")]


_RULES: dict[str, Rule] = {}


def rule(  # noqa: PLR0913 — a rule is its metadata; one keyword for each fact
    rule_id: str,
    title: str,
    *,
    severity: Severity,
    stage: str,
    basis: tuple[str, ...],
    each: str = "",
    needs: tuple[str, ...] = (),
    applies: Callable[[Record], bool] | None = None,
    since: date | None = None,
    until: date | None = None,
) -> Callable[[Callable[[Record, Law], Iterable[Finding]]], Callable[[Record, Law], Iterable[Finding]]]:
    """Register the decorated function as a rule; `title` is its Chinese name in the list of rules."""

    def register(
        check: Callable[[Record, Law], Iterable[Finding]],
    ) -> Callable[[Record, Law], Iterable[Finding]]:
        if rule_id in _RULES and _RULES[rule_id].check is not check:
            message = f"rule {rule_id} is registered twice"
            raise ValueError(message)
        if stage not in STAGES:
            raise ValueError(stage)
        _RULES[rule_id] = Rule(rule_id, title, severity, stage, each, needs, basis, check, applies, since, until)
        return check

    return register


def all_rules() -> tuple[Rule, ...]:
    """Every rule, in the order of its id."""
    for topic in TOPICS:
        importlib.import_module(f"docgen.checks.{topic}")
    return tuple(_RULES[rule_id] for rule_id in sorted(_RULES))
