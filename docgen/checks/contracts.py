"""Form and mandatory content of the contracts (rules A01–A14 as far as they concern the first papers)."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from docgen.checks.registry import Finding, rule
from docgen.diagnostics import Severity
from docgen.facts.reading import entries, optional

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docgen.law import Law
    from docgen.model import Record

LOAN_CONTENT: Final = ("kind", "purpose", "amount", "starts_on", "matures_on", "rate", "penalty", "repayment")
PLEDGE_CONTENT: Final = ("secured_amount", "secures", "scope", "filing_days")
GUARANTEE_CONTENT: Final = ("secured_amount", "secures", "scope", "period")
PATENT_CONTENT: Final = ("title", "patent_no", "filed_on", "granted_on")
EARNEST_LIMIT: Final = Decimal("0.20")
LOSS_MARGIN: Final = Decimal("0.30")


def lacking(record: Record, keys: tuple[str, ...]) -> Iterator[Finding]:
    """One finding for each field of a list that isn't given."""
    for key in keys:
        if not record.given(key):
            yield Finding(record, key, {"item": record.label_of(key)})


@rule(
    "A01",
    "借款合同的法定必备条款",
    severity=Severity.ERROR,
    stage="draft",
    each="loans",
    basis=("商业银行法 37 [V]", "CC 668 [V]"),
)
def loan_content(loan: Record, _law: Law) -> Iterator[Finding]:
    """A loan contract states kind, purpose, amount, term, rate, repayment and default liability. law: CC 668."""
    yield from lacking(loan, LOAN_CONTENT)
    repayment = optional(loan, "repayment")
    if repayment is not None:
        yield from lacking(repayment, ("method",))


@rule(
    "A02",
    "质押合同的法定条款",
    severity=Severity.ERROR,
    stage="draft",
    each="pledges",
    basis=("CC 427 [V]", "CC 446 [V]"),
)
def pledge_content(pledge: Record, _law: Law) -> Iterator[Finding]:
    """A pledge contract states claim, term, pledged right, scope and the duty to file. law: CC 427."""
    yield from lacking(pledge, (*PLEDGE_CONTENT, "assets"))
    for entry in entries(pledge, "assets"):
        yield from lacking(entry.asset, ("title", "number"))


@rule(
    "A03",
    "专利权质押合同的登记必备内容",
    severity=Severity.ERROR,
    stage="register",
    each="pledges",
    applies=lambda pledge: bool(pledge.has_patents),
    basis=("专利权质押登记办法 8 [R]", "专利权质押登记办法 11 [S]"),
)
def registrable_content(pledge: Record, _law: Law) -> Iterator[Finding]:
    """The registrar wants addresses and, for each patent, title, number, filing and grant date. law: 办法 8."""
    for party in (*entries(pledge, "pledgors"), *entries(pledge, "pledgees")):
        yield from lacking(party, ("address",))
    for entry in pledge.patents:
        yield from lacking(entry.asset, PATENT_CONTENT)


@rule(
    "A04",
    "保证合同的法定条款",
    severity=Severity.ERROR,
    stage="draft",
    each="guarantees",
    basis=("CC 684 [V]",),
)
def guarantee_content(guarantee: Record, _law: Law) -> Iterator[Finding]:
    """A guarantee contract states the principal claim, its term, and mode, scope and period. law: CC 684."""
    yield from lacking(guarantee, GUARANTEE_CONTENT)


@rule(
    "A05",
    "技术转让、许可合同的专利要素",
    severity=Severity.ERROR,
    stage="draft",
    each="transfers",
    basis=("CC 845 [V]", "CC 863 [V]"),
)
def transfer_content(transfer: Record, _law: Law) -> Iterator[Finding]:
    """An assignment names each patent's title, owner, dates, number and term. law: CC 845(3)."""
    for asset in entries(transfer, "assets"):
        if asset.is_patent:
            yield from lacking(asset, (*PATENT_CONTENT, "owners", "expires_on"))


@rule(
    "A06",
    "流质条款",
    severity=Severity.ERROR,
    stage="draft",
    each="pledges",
    basis=("CC 428 [V]", "担保制度解释 68 [V]"),
)
def forfeiture(pledge: Record, _law: Law) -> Iterator[Finding]:
    """No clause makes the pledged right the pledgee's on default. law: CC 428."""
    realisation = optional(pledge, "realisation")
    if realisation is not None and optional(realisation, "forfeiture"):
        yield Finding(realisation, "forfeiture")


@rule(
    "A08",
    "担保责任超过主债务",
    severity=Severity.WARNING,
    stage="draft",
    basis=("担保制度解释 3 [V]", "CC 389 [V]", "CC 691 [V]"),
)
def wider_than_debt(deal: Record, _law: Law) -> Iterator[Finding]:
    """A security provider's liability can't exceed the debtor's: no penalty of its own. law: 担保制度解释 3."""
    for security in (*entries(deal, "pledges"), *entries(deal, "guarantees")):
        if optional(security, "own_penalty_ratio"):
            yield Finding(security, "own_penalty_ratio", {"contract": security.contract_no})


@rule(
    "A10",
    "两种语言的优先文本",
    severity=Severity.NOTE,
    stage="draft",
    basis=("CC 466(2) [V]", "专利权质押登记办法 7 [V]"),
)
def prevailing_language(deal: Record, _law: Law) -> Iterator[Finding]:
    """Papers in several languages say which text prevails. law: CC 466(2)."""
    head = deal.deal
    if len(entries(head, "languages")) > 1 and not head.given("prevailing_language"):
        yield Finding(head, "languages")


@rule(
    "A12",
    "合同编号互不相同",
    severity=Severity.ERROR,
    stage="draft",
    basis=("CC 388 [V]", "CC 682 [V]"),
)
def contract_numbers(deal: Record, _law: Law) -> Iterator[Finding]:
    """Every contract has a number of its own, so that accessory contracts cite one principal. law: CC 388."""
    seen: dict[str, list[Record]] = defaultdict(list)
    for key in ("loans", "credit_lines", "pledges", "guarantees", "counter_securities", "transfers", "licences"):
        for contract in entries(deal, key):
            if contract.given("contract_no"):
                seen[contract.contract_no.strip().casefold()].append(contract)
    for first, *others in seen.values():
        for other in others:
            args = {"number": other.contract_no, "other": first.path}
            yield Finding(other, "contract_no", args, related=((first, "contract_no", "first"),))


@rule(
    "A13",
    "违约金可能过高",
    severity=Severity.WARNING,
    stage="draft",
    each="transfers",
    basis=("CC 585 [V]", "合同编通则解释 65 [V]"),
)
def excessive_penalty(transfer: Record, _law: Law) -> Iterator[Finding]:
    """A penalty over 30% of the price invites reduction; the law measures by the loss. law: CC 585."""
    ratio = optional(transfer, "penalty_ratio")
    if ratio is not None and ratio > LOSS_MARGIN:
        yield Finding(transfer, "penalty_ratio", {"ratio": _percent(ratio)})


@rule(
    "A14",
    "定金超过主合同标的额百分之二十",
    severity=Severity.WARNING,
    stage="draft",
    each="transfers",
    basis=("CC 586 [V]",),
)
def excessive_earnest(transfer: Record, _law: Law) -> Iterator[Finding]:
    """Earnest money beyond 20% of the price has no effect as such. law: CC 586."""
    deposit, price = optional(transfer, "deposit_amount"), optional(transfer, "price_amount")
    if deposit and price and deposit > price * EARNEST_LIMIT:
        yield Finding(transfer, "deposit_amount", {"limit": f"{price * EARNEST_LIMIT:,.2f}"})


def _percent(ratio: Any) -> str:  # noqa: ANN401 — a Decimal from the record
    """A share in percent, without noise."""
    return f"{(ratio * 100).normalize():f}%"
