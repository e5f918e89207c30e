"""Derived fields of loans and credit lines: dates, rates, totals, and the security that stands behind them."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Final

from docgen.facts.reading import distinct, entries, optional, tidy_ratio, waiting

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from docgen.model import Record, Value


def borrowers(loan: Record) -> Value:
    """The borrower and the co-borrowers."""
    return distinct([loan.borrower, *entries(loan, "co_borrowers")])


def loan_latest_maturity(loan: Record) -> Value:
    """The latest day on which anything under the loan falls due: maturity, extensions, drawdowns, instalments."""
    if not loan.given("matures_on"):
        return loan.missing("latest_maturity", (loan.missing("matures_on"),))
    extended = [one.matures_on for one in entries(loan, "extensions") if one.given("matures_on")]
    return max([original_maturity(loan), *extended])


def original_maturity(principal: Record) -> date:
    """The latest due day as first agreed, without extensions; for a credit line, its latest maturity."""
    days = [principal.matures_on if "matures_on" in principal else principal.latest_maturity]
    days += [one.matures_on for one in entries(principal, "drawdowns") if one.given("matures_on")]
    repayment = optional(principal, "repayment")
    days += [] if repayment is None else [i.due_on for i in entries(repayment, "schedule") if i.given("due_on")]
    return max(days)


def line_latest_maturity(line: Record) -> Value:
    """The latest maturity a drawdown may have, else the end of the line."""
    last = optional(line, "last_due_on")
    if last is not None:
        return last
    return line.ends_on if line.given("ends_on") else line.missing("latest_maturity", (line.missing("ends_on"),))


def _uplifted(loan: Record, derived: str, uplift: str) -> Value:
    """The annual rate times one plus an uplift."""
    rate, penalty = optional(loan, "rate"), optional(loan, "penalty")
    if rate is None or penalty is None:
        return loan.missing(derived, tuple(loan.missing(k) for k in ("rate", "penalty") if not loan.given(k)))
    gap = waiting(loan, derived, (rate.annual_ratio, penalty[uplift]))
    if gap is not None:
        return gap
    return tidy_ratio(rate.annual_ratio * (1 + penalty[uplift]))


def overdue_ratio(loan: Record) -> Value:
    """The yearly rate on overdue sums: contract rate × (1 + uplift), 银发〔2003〕251号."""
    return _uplifted(loan, "overdue_ratio", "overdue_uplift_ratio")


def misuse_ratio(loan: Record) -> Value:
    """The yearly rate on sums not used as agreed."""
    return _uplifted(loan, "misuse_ratio", "misuse_uplift_ratio")


def drawn_amount(loan: Record) -> Value:
    """The sum of all drawdowns; 0.00 without any."""
    amounts = [d.amount for d in entries(loan, "drawdowns")]
    gap = waiting(loan, "drawn_amount", amounts)
    return sum(amounts, Decimal("0.00")) if gap is None else gap


def rate_minus(rate: Record) -> Value:
    """Whether the spread lies below LPR."""
    return rate.spread_bp < 0 if rate.given("spread_bp") else rate.missing("minus", (rate.missing("spread_bp"),))


def rate_spread_abs(rate: Record) -> Value:
    """The spread in basis points without its sign."""
    return (
        abs(rate.spread_bp) if rate.given("spread_bp") else rate.missing("spread_abs_bp", (rate.missing("spread_bp"),))
    )


def pledges(principal: Record) -> Value:
    """The pledges that secure this loan or credit line."""
    return tuple(p for p in entries(principal.root, "pledges") if principal in entries(p, "secures"))


def guarantees(principal: Record) -> Value:
    """The guarantees that secure this loan or credit line."""
    return tuple(g for g in entries(principal.root, "guarantees") if principal in entries(g, "secures"))


def own_pledge(principal: Record) -> Value:
    """Whether a debtor of this contract pledges a right of its own for it (CC 392)."""
    debtors = (principal.borrower, *entries(principal, "co_borrowers"))
    return any(party in debtors for pledge in principal.pledges for party in entries(pledge, "pledgors"))


FACTS: Final[dict[str, Callable[[Record], Value]]] = {
    "loan_borrowers": borrowers,
    "loan_latest_maturity": loan_latest_maturity,
    "loan_overdue_ratio": overdue_ratio,
    "loan_misuse_ratio": misuse_ratio,
    "loan_drawn_amount": drawn_amount,
    "credit_line_latest_maturity": line_latest_maturity,
    "rate_minus": rate_minus,
    "rate_spread_abs": rate_spread_abs,
    "principal_pledges": pledges,
    "principal_guarantees": guarantees,
    "principal_own_pledge": own_pledge,
}
