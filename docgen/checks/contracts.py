"""Mandatory content of the contracts and their numbers (A01–A05, A08, A10, A12–A14)."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from docgen.checks.registry import Finding, rule
from docgen.checks.subjects import asset_name, contract_name, money, pledged_assets, share
from docgen.diagnostics import Severity
from docgen.facts.reading import entries, optional

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docgen.law import Law
    from docgen.model import Record

LOAN_CONTENT: Final = ("kind", "purpose", "amount", "starts_on", "matures_on", "rate", "penalty", "repayment")
PLEDGE_CONTENT: Final = ("secured_amount", "secures", "scope", "filing_days", "assets")
GUARANTEE_CONTENT: Final = ("secured_amount", "secures", "scope", "period", "mode")
PATENT_CONTENT: Final = ("title", "patent_no", "filed_on", "granted_on")
CONTRACTS: Final = (
    "loans",
    "credit_lines",
    "pledges",
    "guarantees",
    "counter_securities",
    "transfers",
    "licences",
)


def lacking(record: Record, keys: tuple[str, ...], subject: str) -> Iterator[Finding]:
    """One finding for each field of a list that isn't given; `subject` says whose it is."""
    for key in keys:
        if not record.given(key):
            yield Finding(record, key, {"item.zh": record.label_of(key), "item.en": f"`{key}`", "subject": subject})


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
    subject = contract_name(loan)
    yield from lacking(loan, LOAN_CONTENT, subject)
    for part, key in (("repayment", "method"), ("rate", "annual_ratio"), ("penalty", "overdue_uplift_ratio")):
        record = optional(loan, part)
        if record is not None:
            yield from lacking(record, (key,), subject)


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
    subject = contract_name(pledge)
    yield from lacking(pledge, PLEDGE_CONTENT, subject)
    for asset in pledged_assets(pledge):
        yield from lacking(asset, ("title", "number"), f"{subject} {asset_name(asset)}")
    for principal in entries(pledge, "secures"):
        if not principal.given("latest_maturity") and "latest_maturity" in principal:
            yield from lacking(principal, ("latest_maturity",), f"{subject} {contract_name(principal)}")


@rule(
    "A03",
    "专利权质押合同的登记必备内容",
    severity=Severity.ERROR,
    stage="sign",
    each="pledges",
    applies=lambda pledge: any(asset.is_patent for asset in pledged_assets(pledge)),
    basis=("专利权质押登记办法 8 [R]", "专利权质押登记办法 11#7 [S]", "专利权质押登记办法2010 [R]"),
)
def registrable_content(pledge: Record, _law: Law) -> Iterator[Finding]:
    """The registrar wants addresses and, for each patent, title, number, filing and grant date. law: 办法 8."""
    for party in (*entries(pledge, "pledgors"), *entries(pledge, "pledgees")):
        yield from lacking(party, ("address",), party.name)
    for asset in pledged_assets(pledge):
        if asset.is_patent:
            yield from lacking(asset, PATENT_CONTENT, asset_name(asset))


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
    yield from lacking(guarantee, GUARANTEE_CONTENT, contract_name(guarantee))


@rule(
    "A05",
    "技术转让、许可合同的专利要素",
    severity=Severity.ERROR,
    stage="draft",
    basis=("CC 845 [V]", "CC 863 [V]"),
    applies=lambda deal: bool(entries(deal, "transfers") or entries(deal, "licences")),
)
def technology_content(deal: Record, _law: Law) -> Iterator[Finding]:
    """An assignment or licence names each patent's title, owner, dates, number and term. law: CC 845(3)."""
    for contract in (*entries(deal, "transfers"), *entries(deal, "licences")):
        for asset in entries(contract, "assets"):
            if asset.is_patent:
                subject = f"{contract_name(contract)} {asset_name(asset)}"
                yield from lacking(asset, (*PATENT_CONTENT, "owners", "expires_on"), subject)


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
        ratio = optional(security, "own_penalty_ratio")
        if ratio:
            args = {"contract": contract_name(security), "ratio": share(ratio)}
            yield Finding(security, "own_penalty_ratio", args)


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
    languages = entries(head, "languages")
    if len(languages) > 1 and not head.given("prevailing_language"):
        yield Finding(head, "languages", {"count": str(len(languages))})


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
    for key in CONTRACTS:
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
def excessive_penalty(transfer: Record, law: Law) -> Iterator[Finding]:
    """A penalty over 30% of the price invites reduction; the law measures by the loss. law: CC 585."""
    ratio, margin = optional(transfer, "penalty_ratio"), law.number("penalty_above_loss", transfer.root.deal.as_of)
    if ratio is not None and margin is not None and ratio > margin:
        args = {"contract": contract_name(transfer), "ratio": share(ratio), "limit": share(margin)}
        yield Finding(transfer, "penalty_ratio", args)


@rule(
    "A14",
    "定金超过主合同标的额百分之二十",
    severity=Severity.WARNING,
    stage="draft",
    each="transfers",
    basis=("CC 586 [V]",),
)
def excessive_earnest(transfer: Record, law: Law) -> Iterator[Finding]:
    """Earnest money beyond 20% of the price has no effect as such. law: CC 586."""
    deposit, price = optional(transfer, "deposit_amount"), optional(transfer, "price_amount")
    limit = law.number("earnest_limit", transfer.root.deal.as_of)
    if deposit and price is not None and limit is not None and deposit > price * limit:
        args = {
            "contract": contract_name(transfer),
            "deposit": money(transfer, deposit),
            "limit": money(transfer, (price * limit).quantize(deposit)),
        }
        yield Finding(transfer, "deposit_amount", args)


@rule(
    "A15",
    "转让价款与付款安排",
    severity=Severity.ERROR,
    stage="draft",
    each="transfers",
    needs=("price_amount", "payments.amount"),
    basis=("算术 [V]",),
)
def staged_price(transfer: Record, _law: Law) -> Iterator[Finding]:
    """The staged payments of an assignment add up to its price. law: 算术."""
    total = sum((payment.amount for payment in entries(transfer, "payments")), Decimal("0.00"))
    if total != transfer.price_amount:
        args = {
            "contract": contract_name(transfer),
            "total": money(transfer, total),
            "price": money(transfer, transfer.price_amount),
        }
        yield Finding(transfer, "payments", args, related=((transfer, "price_amount", "price"),))
