"""What is drawn, received and repaid (E06, E13)."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING

from docgen.checks.registry import Finding, rule
from docgen.checks.subjects import contract_name, money
from docgen.checks.wording import PREDEDUCTION, hits
from docgen.diagnostics import Severity
from docgen.facts.reading import entries, optional

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docgen.law import Law
    from docgen.model import Record


def _problem(loan: Record, zh: str, en: str) -> dict[str, str]:
    """Arguments of a message that says what is wrong with a loan contract."""
    return {"contract": contract_name(loan), "problem.zh": zh, "problem.en": en}


@rule("E06", "利息预先扣除", severity=Severity.ERROR, stage="draft", each="loans", basis=("CC 670 [V]",))
def received_in_full(loan: Record, _law: Law) -> Iterator[Finding]:
    """What is drawn is received; all drawdowns stay within the contract. law: CC 670."""
    drawn = optional(loan, "drawn_amount")
    amount = optional(loan, "amount")
    for drawdown in entries(loan, "drawdowns"):
        received, sum_drawn = optional(drawdown, "received_amount"), optional(drawdown, "amount")
        if received is not None and sum_drawn is not None and received != sum_drawn:
            zh = f"提款{drawdown.id}：实收{money(loan, received)}，与提款金额{money(loan, sum_drawn)}不一致"
            en = f"has drawdown `{drawdown.id}` of {money(loan, sum_drawn)} with {money(loan, received)} received"
            yield Finding(drawdown, "received_amount", _problem(loan, zh, en))
    if drawn is not None and amount is not None and drawn > amount:
        zh = f"提款合计{money(loan, drawn)}，超过合同金额{money(loan, amount)}"
        en = f"has drawdowns of {money(loan, drawn)} in total, over its amount of {money(loan, amount)}"
        yield Finding(loan, "drawdowns", _problem(loan, zh, en))
    for hit in hits(loan, ("special_terms",), PREDEDUCTION):
        problem = _problem(loan, f"特别约定写有“{hit.phrase}”", f"says “{hit.phrase}” in its special terms")
        yield Finding(loan, hit.key, problem, severity=Severity.NOTE if hit.denied else None)


@rule(
    "E13",
    "还款计划",
    severity=Severity.ERROR,
    stage="draft",
    each="loans",
    needs=("amount", "matures_on", "repayment.method"),
    basis=("算术 [V]",),
)
def balanced_schedule(loan: Record, _law: Law) -> Iterator[Finding]:
    """Instalments add up to the principal, in order of date, from the first drawdown to maturity. law: 算术."""
    repayment = loan.repayment
    schedule = [one for one in entries(repayment, "schedule") if one.given("due_on") and one.given("principal_amount")]
    if not schedule:
        if repayment.method == "instalment":
            yield Finding(repayment, "schedule", _problem(loan, "约定分期还本，但没有还款计划", "has no instalments"))
        return
    total = sum((one.principal_amount for one in schedule), Decimal("0.00"))
    if total != loan.amount:
        zh = f"各期本金合计{money(loan, total)}，不等于借款金额{money(loan, loan.amount)}"
        en = f"has instalments of {money(loan, total)} for a principal of {money(loan, loan.amount)}"
        yield Finding(repayment, "schedule", _problem(loan, zh, en))
    for before, after in pairwise(schedule):
        if after.due_on <= before.due_on:
            zh = f"还款日{after.due_on.isoformat()}没有晚于前一期{before.due_on.isoformat()}"
            en = f"has an instalment on {after.due_on.isoformat()}, not after {before.due_on.isoformat()}"
            yield Finding(after, "due_on", _problem(loan, zh, en))
    yield from _first_and_last(loan, schedule)


def _first_and_last(loan: Record, schedule: list[Record]) -> Iterator[Finding]:
    """The first instalment after the first drawdown, the last one at maturity."""
    first, last = schedule[0], schedule[-1]
    ends = {loan.matures_on, *(one.matures_on for one in entries(loan, "extensions") if one.given("matures_on"))}
    if last.due_on not in ends:
        due, matures = last.due_on.isoformat(), loan.matures_on.isoformat()
        zh, en = f"最后一期{due}不是到期日{matures}", f"has its last instalment on {due}, not at maturity ({matures})"
        yield Finding(last, "due_on", _problem(loan, zh, en))
    drawn = [one.drawn_on for one in entries(loan, "drawdowns") if one.given("drawn_on")]
    start = min(drawn) if drawn else optional(loan, "starts_on")
    if start is not None and first.due_on <= start:
        due, begun = first.due_on.isoformat(), start.isoformat()
        zh, en = (
            f"第一期{due}没有晚于首次提款日{begun}",
            f"has its first instalment on {due}, not after the drawdown of {begun}",
        )
        yield Finding(first, "due_on", _problem(loan, zh, en))
