"""Purpose, term, extension and way of payment of loans (E01–E05)."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from docgen.checks.registry import Finding, rule
from docgen.checks.subjects import contract_name, money
from docgen.checks.wording import FORBIDDEN_PURPOSE, hits
from docgen.diagnostics import Severity
from docgen.facts.reading import entries, optional
from docgen.formats.dates import add_months

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docgen.law import Law
    from docgen.model import Record

FORBIDDEN_KINDS: Final = {
    "dividend": ("股东分红", "dividends"),
    "financial_asset": ("金融资产投资", "financial assets"),
    "fixed_asset": ("固定资产投资", "fixed assets"),
    "equity": ("股权投资", "equity"),
}
NEW_RULES: Final = date(2024, 7, 1)
"""The day from which 流动资金贷款管理办法 (2024) applies; the limits of E02–E05 are its own."""
BASIS: Final = ("流动资金贷款管理办法 [S]", "流动资金贷款管理暂行办法 [R]")
HALF_MONTH: Final = timedelta(days=15)


def working_capital(loan: Record) -> bool:
    """Whether it is a working-capital loan."""
    return bool(optional(loan, "kind") == "working_capital")


def from_bank(loan: Record) -> bool:
    """Whether the lender is a bank; a branch whose licence isn't given counts as one."""
    lender = loan.lender
    licence = optional(lender, "licence_kind")
    return licence == "bank" or (licence is None and bool(lender.type == "branch"))


@rule("E01", "贷款用途", severity=Severity.ERROR, stage="draft", each="loans", applies=working_capital, basis=BASIS)
def lawful_purpose(loan: Record, _law: Law) -> Iterator[Finding]:
    """A working-capital loan pays no dividends, financial or fixed assets, or equity. law: 流动资金贷款管理办法."""
    kind = optional(loan, "purpose_kind")
    if kind in FORBIDDEN_KINDS:
        zh, en = FORBIDDEN_KINDS[kind]
        yield Finding(loan, "purpose_kind", {"contract": contract_name(loan), "purpose.zh": zh, "purpose.en": en})
        return
    for record in (loan, *entries(loan, "drawdowns")):
        for hit in hits(record, ("purpose",), FORBIDDEN_PURPOSE):
            # a word in a purpose is a sign, not a proof
            severity = Severity.NOTE if hit.denied else Severity.WARNING
            args = {"contract": contract_name(loan), "purpose": f"“{record.purpose}”"}
            yield Finding(record, "purpose", args, severity=severity)


@rule(
    "E02",
    "流动资金贷款期限",
    severity=Severity.ERROR,
    stage="draft",
    each="loans",
    needs=("starts_on", "matures_on"),
    applies=working_capital,
    since=NEW_RULES,
    basis=BASIS[:1],
)
def term_limit(loan: Record, law: Law) -> Iterator[Finding]:
    """At most three years; five with a long operating cycle. law: 流动资金贷款管理办法."""
    day = loan.root.deal.as_of
    usual, longest = law.number("working_capital_term", day), law.number("working_capital_long_term", day)
    if usual is None or longest is None:
        return
    limit = longest if loan.given("long_cycle_reason") else usual
    last = add_months(loan.starts_on, int(limit))
    if loan.matures_on > last:
        args = {"contract": contract_name(loan), "matures": loan.matures_on.isoformat(), "last": last.isoformat()}
        yield Finding(loan, "matures_on", args | {"months": str(limit)})


@rule(
    "E03",
    "一年期以上分期还本",
    severity=Severity.WARNING,
    stage="draft",
    each="loans",
    needs=("starts_on", "matures_on", "repayment.method"),
    applies=working_capital,
    since=NEW_RULES,
    basis=BASIS[:1],
)
def repaid_in_parts(loan: Record, law: Law) -> Iterator[Finding]:
    """A loan over one year is repaid in parts. law: 流动资金贷款管理办法."""
    months = law.number("instalments_above_term", loan.root.deal.as_of)
    if months is None or loan.matures_on <= add_months(loan.starts_on, int(months)):
        return
    early = [one for one in entries(loan.repayment, "schedule") if one.given("due_on") and one.due_on < loan.matures_on]
    if loan.repayment.method == "bullet" or (loan.repayment.method == "instalment" and not early):
        yield Finding(loan.repayment, "method", {"contract": contract_name(loan), "months": str(months)})


@rule(
    "E04",
    "展期期限",
    severity=Severity.ERROR,
    stage="post",
    each="loans",
    needs=("starts_on", "matures_on", "extensions.matures_on"),
    applies=lambda loan: bool(entries(loan, "extensions")),
    since=NEW_RULES,
    basis=(*BASIS[:1], "CC 678 [V]"),
)
def extension_limit(loan: Record, law: Law) -> Iterator[Finding]:
    """All extensions together: up to one term for loans up to a year, half a term for longer ones. law: CC 678."""
    short = law.number("short_loan_term", loan.root.deal.as_of)
    if short is None:
        return
    term = loan.months if loan.given("months") else _months(loan.starts_on, loan.matures_on)
    half = loan.matures_on > add_months(loan.starts_on, int(short))
    last = add_months(loan.matures_on, term // 2 if half else term) + (HALF_MONTH if half and term % 2 else timedelta())
    for extension in entries(loan, "extensions"):
        if extension.matures_on > last:
            args = {"contract": contract_name(loan), "matures": extension.matures_on.isoformat()}
            yield Finding(extension, "matures_on", args | {"last": last.isoformat(), "term": str(term)})


def _months(start: date, end: date) -> int:
    """The months from one day to another, a begun one counted as whole."""
    return next(count for count in range(1, 1201) if add_months(start, count) >= end)


@rule(
    "E05",
    "受托支付",
    severity=Severity.WARNING,
    stage="drawdown",
    each="loans",
    applies=working_capital,
    since=NEW_RULES,
    basis=("流动资金贷款管理办法 [R]", "银行政策 [S]"),
)
def entrusted_payment(loan: Record, law: Law) -> Iterator[Finding]:
    """Large single payments to a known payee, and those of new customers, are entrusted. law: 流动资金贷款管理办法."""
    policy = optional(loan.root, "policy")
    limits = [
        law.number("entrusted_payment_from", loan.root.deal.as_of),
        optional(loan, "self_payment_cap_amount"),
        optional(policy, "entrusted_payment_from_amount") if policy is not None else None,
    ]
    limit = min(one for one in [*limits, Decimal("Infinity")] if one is not None)
    for drawdown in entries(loan, "drawdowns"):
        amount = optional(drawdown, "amount")
        if optional(drawdown, "method") != "self" or amount is None:
            continue
        args = {"contract": contract_name(loan), "drawdown": drawdown.id, "amount": money(loan, amount)}
        if amount > limit:
            cause = {"cause.zh": f"超过{money(loan, limit)}", "cause.en": f"over {money(loan, limit)}"}
            yield Finding(drawdown, "method", args | cause)
        elif optional(loan, "new_customer"):
            cause = {"cause.zh": "借款人为新建立信贷关系的客户", "cause.en": "the borrower is a new customer"}
            yield Finding(drawdown, "method", args | cause)
