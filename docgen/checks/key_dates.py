"""The calendar of a deal (rule G07)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeAlias

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

KeyDay: TypeAlias = "tuple[date, Record, str, str, str]"
"""A day to watch: the field it comes from, and its name in Chinese and English."""

MONTHS: Final = 12


@rule(
    "G07",
    "关键日历",
    severity=Severity.NOTE,
    stage="post",
    basis=("CC 188 [V]", "CC 692 [V]"),
)
def calendar(deal: Record, law: Law) -> Iterator[Finding]:
    """Each day to watch from the deal's date on: due dates, terms of guarantee, limitation, fees. law: CC 188, 692."""
    years = law.number("limitation_years", deal.deal.as_of)
    days = [*_debt_days(deal, int(years or 0)), *_security_days(deal), *_paper_days(deal)]
    for day, record, key, zh, en in sorted(days, key=lambda one: one[0]):
        if day >= deal.deal.as_of:
            yield Finding(record, key, {"day": day.isoformat(), "what.zh": zh, "what.en": en})


def _debt_days(deal: Record, limitation: int) -> Iterator[KeyDay]:
    """Instalments, maturities and ends of limitation."""
    for loan in entries(deal, "loans"):
        name, last = contract_name(loan), optional(loan, "latest_maturity")
        repayment = optional(loan, "repayment")
        for due in entries(repayment, "schedule") if repayment is not None else ():
            if due.given("due_on") and due.due_on != last:
                yield due.due_on, due, "due_on", f"{name} 还本", f"{name} instalment"
        if last is not None:
            ends = add_months(last, MONTHS * limitation)
            yield last, loan, "latest_maturity", f"{name} 到期", f"{name} matures"
            yield ends, loan, "latest_maturity", f"{name} 诉讼时效届满", f"{name} limitation ends"


def _security_days(deal: Record) -> Iterator[KeyDay]:
    """Ends of guarantees, annual fees and renewals of pledged rights."""
    for guarantee in entries(deal, "guarantees"):
        if guarantee.given("period_ends_on"):
            name = contract_name(guarantee)
            day = guarantee.period_ends_on
            yield day, guarantee, "period_ends_on", f"{name} 保证期间届满", f"{name} guarantee ends"
    for pledge in entries(deal, "pledges"):
        for fee in entries(pledge, "fee_calendar"):
            yield fee.due_on, fee.asset, "", f"{fee.asset.id} 年费", f"{fee.asset.id} annual fee"
        for asset in [entry.asset for entry in entries(pledge, "hk_patents")]:
            if asset.given("renewed_until"):
                day = asset.renewed_until
                yield day, asset, "renewed_until", f"{asset.id} 香港续期", f"{asset.id} Hong Kong renewal"


def _paper_days(deal: Record) -> Iterator[KeyDay]:
    """Days on which a valuation or power of attorney of a loan deal lapses."""
    for valuation in entries(deal, "valuations"):
        if valuation.given("valid_until"):
            day = valuation.valid_until
            yield day, valuation, "valid_until", f"{valuation.id} 评估报告到期", f"{valuation.id} valuation lapses"
    for poa in entries(deal, "poas") if entries(deal, "loans") else ():
        if poa.given("ends_on"):
            yield poa.ends_on, poa, "ends_on", f"{poa.id} 授权到期", f"{poa.id} authority ends"
