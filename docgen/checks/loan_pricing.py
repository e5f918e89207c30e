"""Rate, penalty interest and stamp duty (E07, E10, E16)."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Final

from docgen.checks.loans import from_bank
from docgen.checks.registry import Finding, rule
from docgen.checks.subjects import contract_name, money, share
from docgen.diagnostics import Severity
from docgen.facts.reading import entries, optional

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docgen.law import Law
    from docgen.model import Record

LPR_CONTENT: Final = ("lpr_tenor", "lpr_on", "lpr_ratio", "spread_bp", "annual_ratio", "reprice")
BASIS_POINT: Final = Decimal("0.0001")
COMPARED: Final = Decimal("0.000001")
"""Rates are compared to four places of percent."""
CENT: Final = Decimal("0.01")
FINANCIAL: Final = frozenset({"bank", "trust"})
UPLIFTS: Final = (
    ("overdue_uplift_ratio", "overdue_uplift_least", "overdue_uplift_most"),
    ("misuse_uplift_ratio", "misuse_uplift_least", "misuse_uplift_most"),
)


@rule(
    "E07",
    "利率要素",
    severity=Severity.ERROR,
    stage="draft",
    each="loans",
    needs=("rate.method",),
    basis=("CC 680 [V]", "商业银行法 38 [V]", "LPR公告 [R]"),
)
def rate_adds_up(loan: Record, _law: Law) -> Iterator[Finding]:
    """A rate on LPR names tenor, day, value and spread, and is their sum; a fixed rate is stated. law: CC 680."""
    rate, name = loan.rate, contract_name(loan)
    for key in LPR_CONTENT if rate.method == "lpr" else ("annual_ratio",):
        if not rate.given(key):
            problem = {"problem.zh": f"没有写{rate.label_of(key)}", "problem.en": f"lacks `{key}`"}
            yield Finding(rate, key, {"contract": name} | problem)
    if rate.method != "lpr" or not all(rate.given(key) for key in ("lpr_ratio", "spread_bp", "annual_ratio")):
        return
    due = rate.lpr_ratio + rate.spread_bp * BASIS_POINT
    if due.quantize(COMPARED) != rate.annual_ratio.quantize(COMPARED):
        sign = "+" if rate.spread_bp >= 0 else "-"
        total = f"{share(rate.lpr_ratio)}{sign}{abs(rate.spread_bp)}BP={share(due)}"
        problem = {
            "problem.zh": f"{total}，合同写的是{share(rate.annual_ratio)}",
            "problem.en": f"states {share(rate.annual_ratio)}, but {total}",
        }
        yield Finding(rate, "annual_ratio", {"contract": name} | problem, related=((rate, "lpr_ratio", "lpr"),))


@rule(
    "E10",
    "罚息上浮比例",
    severity=Severity.ERROR,
    stage="draft",
    each="loans",
    applies=lambda loan: optional(loan.lender, "licence_kind") in {*FINANCIAL, None},
    basis=("银发〔2003〕251号 [S]",),
)
def penalty_uplifts(loan: Record, law: Law) -> Iterator[Finding]:
    """Overdue interest is raised by 30% to 50%, interest on misuse by 50% to 100%. law: 银发〔2003〕251号."""
    penalty = optional(loan, "penalty")
    day = loan.root.deal.as_of
    for key, least_name, most_name in UPLIFTS if penalty is not None else ():
        uplift, least, most = optional(penalty, key), law.number(least_name, day), law.number(most_name, day)
        if uplift is not None and least is not None and most is not None and not least <= uplift <= most:
            args = {"contract": contract_name(loan), "kind.zh": penalty.label_of(key), "kind.en": f"`{key}`"}
            args |= {"uplift": share(uplift), "least": share(least), "most": share(most)}
            yield Finding(penalty, key, args)


@rule(
    "E16",
    "印花税",
    severity=Severity.NOTE,
    stage="draft",
    basis=(
        "印花税法 5 [V]",
        "印花税法 8 [V]",
        "印花税法 12(1) [V]",
        "印花税法 15 [V]",
        "印花税法 16 [V]",
        "印花税暂行条例 [R]",
    ),
)
def stamp_duty(deal: Record, law: Law) -> Iterator[Finding]:
    """The stamp duty of each taxable contract, for each party. law: 印花税法 5."""
    day = deal.deal.as_of
    for loan in entries(deal, "loans"):
        if from_bank(loan) or optional(loan.lender, "licence_kind") in FINANCIAL:
            size = optional(loan.borrower, "size")
            small = ("small",) if size in {"small", "micro"} and law.cites_in_force("小微免税公告", day) else ()
            subsidy = ("subsidy",) if optional(loan, "interest_subsidy") else ()
            yield from _duty(loan, "amount", law.number("stamp_duty_loan", day), small + subsidy)
    for transfer in entries(deal, "transfers"):
        yield from _duty(transfer, "price_amount", law.number("stamp_duty_transfer", day), ())


def _duty(contract: Record, key: str, rate: Decimal | None, notes: tuple[str, ...]) -> Iterator[Finding]:
    """The duty on a contract's amount, to the cent."""
    amount = optional(contract, key)
    if amount and rate is not None:
        duty = (amount * rate).quantize(CENT, ROUND_HALF_UP)
        args = {"contract": contract_name(contract), "amount": money(contract, amount), "rate": share(rate)}
        yield Finding(contract, key, args | {"duty": money(contract, duty)}, notes=notes)
