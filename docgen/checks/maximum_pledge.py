"""Maximum pledges: the elements the law wants, and older claims brought in (B20, B21)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from docgen.checks.registry import Finding, rule
from docgen.checks.subjects import contract_name, money
from docgen.diagnostics import Severity
from docgen.facts.reading import entries, optional

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docgen.law import Law
    from docgen.model import Record

MAXIMUM_CONTENT: Final = ("amount", "basis", "starts_on", "ends_on", "determination")


@rule(
    "B20",
    "最高额质押要素",
    severity=Severity.ERROR,
    stage="draft",
    each="pledges",
    applies=lambda pledge: bool(pledge.kind == "maximum"),
    basis=("CC 439 [V]", "CC 420 [V]", "CC 423 [V]", "担保制度解释 15 [V]"),
)
def maximum_elements(pledge: Record, _law: Law) -> Iterator[Finding]:
    """A maximum pledge fixes amount, basis, claim period and determination, as registered. law: CC 439."""
    name = contract_name(pledge)
    maximum = optional(pledge, "maximum")
    if maximum is None:
        yield Finding(pledge, "maximum", _problem(name, "没有写最高额条款", "has no clause on the maximum"))
        return
    for key in MAXIMUM_CONTENT:
        if not maximum.given(key):
            label = maximum.label_of(key)
            yield Finding(maximum, key, _problem(name, f"没有写{label}", f"doesn't state `{key}`"))
    if maximum.given("starts_on") and maximum.given("ends_on") and maximum.ends_on < maximum.starts_on:
        problem = _problem(name, "的债权确定期间截止日早于起始日", "has a claim period that ends before it starts")
        yield Finding(maximum, "ends_on", problem)
    for registration in entries(pledge, "registrations"):
        filed, amount = optional(registration, "amount"), optional(maximum, "amount")
        if filed is not None and amount is not None and filed != amount:
            zh = f"的最高债权额{money(pledge, amount)}与登记金额{money(pledge, filed)}不一致，以登记为准"
            en = f"has a maximum of {money(pledge, amount)}, but {money(pledge, filed)} is registered, which prevails"
            yield Finding(registration, "amount", _problem(name, zh, en), related=((maximum, "amount", "maximum"),))


def _problem(contract: str, zh: str, en: str) -> dict[str, str]:
    """Arguments of a message that says what is wrong with a contract."""
    return {"contract": contract, "problem.zh": zh, "problem.en": en}


@rule(
    "B21",
    "最高额担保纳入既存债权",
    severity=Severity.WARNING,
    stage="draft",
    each="pledges",
    needs=("maximum.starts_on",),
    applies=lambda pledge: bool(pledge.kind == "maximum"),
    basis=("CC 420(2) [V]",),
)
def prior_claims_listed(pledge: Record, _law: Law) -> Iterator[Finding]:
    """Claims older than the claim period are secured only if the contract lists them. law: CC 420(2)."""
    maximum = pledge.maximum
    listed = {text.strip().casefold() for text in entries(maximum, "prior_claims")}
    for loan in _loans_of(pledge):
        days = [one.drawn_on for one in entries(loan, "drawdowns") if one.given("drawn_on")]
        start = min(days) if days else optional(loan, "starts_on")
        number = contract_name(loan)
        if start is not None and start < maximum.starts_on and number.casefold() not in listed:
            args = {"contract": contract_name(pledge), "loan": number, "arose": start.isoformat()}
            yield Finding(maximum, "prior_claims", args | {"start": maximum.starts_on.isoformat()})


def _loans_of(pledge: Record) -> tuple[Record, ...]:
    """The loans that a pledge secures, those under a secured credit line included."""
    secured = entries(pledge, "secures")
    return tuple(
        loan for loan in entries(pledge.root, "loans") if loan in secured or optional(loan, "credit_line") in secured
    )
