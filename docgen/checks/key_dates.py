"""The calendar of a deal (rule G07)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docgen.checks.registry import Finding, rule
from docgen.checks.subjects import contract_name
from docgen.diagnostics import Severity
from docgen.facts.reading import entries, optional
from docgen.formats.dates import add_months

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from docgen.law import Law
    from docgen.model import Record


@rule(
    "G07",
    "关键日历",
    severity=Severity.NOTE,
    stage="post",
    basis=("CC 188 [V]", "CC 692 [V]"),
)
def calendar(deal: Record, law: Law) -> Iterator[Finding]:
    """The days to watch from the deal's date on: due dates, terms of guarantee, limitation, fees. law: CC 188, 692."""
    years = law.number("limitation_years", deal.deal.as_of)
    found = {*_debt_days(deal, int(years or 0)), *_security_days(deal), *_paper_days(deal)}
    days = sorted(one for one in found if one[0] >= deal.deal.as_of)
    if days:
        args = {
            "days.zh": "；".join(f"{day.isoformat()} {zh}" for day, zh, _ in days),
            "days.en": "; ".join(f"{day.isoformat()} {en}" for day, _, en in days),
        }
        yield Finding(deal, "deal", args)


def _debt_days(deal: Record, limitation: int) -> Iterator[tuple[date, str, str]]:
    """Instalments, maturities and ends of limitation, with their names in both languages."""
    for loan in entries(deal, "loans"):
        name, last = contract_name(loan), optional(loan, "latest_maturity")
        repayment = optional(loan, "repayment")
        for due in entries(repayment, "schedule") if repayment is not None else ():
            if due.given("due_on") and due.due_on != last:
                yield due.due_on, f"{name} 还本", f"{name} instalment"
        if last is not None:
            yield last, f"{name} 到期", f"{name} matures"
            yield add_months(last, 12 * limitation), f"{name} 诉讼时效届满", f"{name} limitation ends"


def _security_days(deal: Record) -> Iterator[tuple[date, str, str]]:
    """Ends of guarantees, annual fees and renewals of pledged rights."""
    for guarantee in entries(deal, "guarantees"):
        if guarantee.given("period_ends_on"):
            name = contract_name(guarantee)
            yield guarantee.period_ends_on, f"{name} 保证期间届满", f"{name} guarantee ends"
    for pledge in entries(deal, "pledges"):
        for fee in entries(pledge, "fee_calendar"):
            yield fee.due_on, f"{fee.asset.id} 年费", f"{fee.asset.id} annual fee"
        for entry in entries(pledge, "hk_patents"):
            if entry.asset.given("renewed_until"):
                yield entry.asset.renewed_until, f"{entry.asset.id} 香港续期", f"{entry.asset.id} Hong Kong renewal"


def _paper_days(deal: Record) -> Iterator[tuple[date, str, str]]:
    """Days on which a valuation or power of attorney of a loan deal lapses."""
    for valuation in entries(deal, "valuations"):
        if valuation.given("valid_until"):
            yield valuation.valid_until, f"{valuation.id} 评估报告到期", f"{valuation.id} valuation lapses"
    for poa in entries(deal, "poas") if entries(deal, "loans") else ():
        if poa.given("ends_on"):
            yield poa.ends_on, f"{poa.id} 授权到期", f"{poa.id} authority ends"
