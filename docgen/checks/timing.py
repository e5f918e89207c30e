"""Dates in their order, later security and licences (rules G01–G06)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from docgen.checks.registry import Finding, rule
from docgen.checks.relations import providers, securities
from docgen.checks.subjects import asset_name, contract_name, first_drawdown, share
from docgen.diagnostics import Severity
from docgen.facts.reading import entries, optional
from docgen.formats.dates import add_months

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from docgen.law import Law
    from docgen.model import Record

AFTER_TRANSFER: Final = frozenset({"registration", "handover"})


def link(
    later: tuple[Record, str], names: tuple[str, str], earlier: tuple[Record, str], of: tuple[str, str]
) -> Iterator[Finding]:
    """A finding when the later of two given dates lies before the earlier one; `names` and `of` are zh and en."""
    (record, key), (base, base_key) = later, earlier
    day, first = optional(record, key), optional(base, base_key)
    if day is not None and first is not None and day < first:
        args = {
            "later.zh": names[0],
            "later.en": names[1],
            "later_on": day.isoformat(),
            "earlier.zh": of[0],
            "earlier.en": of[1],
            "earlier_on": first.isoformat(),
        }
        yield Finding(record, key, args, related=((base, base_key, "earlier"),))


@rule(
    "G01",
    "日期先后矛盾",
    severity=Severity.ERROR,
    stage="sign",
    basis=("CC 420 [V]", "CC 427 [V]", "CC 439 [V]", "CC 444 [V]", "CC 690 [V]", "CC 692 [V]", "公司法 15 [V]"),
)
def date_chain(deal: Record, _law: Law) -> Iterator[Finding]:
    """Each broken link from loan contract to drawdown, contract to filing, filing to registration. law: CC 427, 444."""
    for loan in entries(deal, "loans"):
        yield from _loan_links(loan)
    for pledge in (*entries(deal, "pledges"), *entries(deal, "counter_securities")):
        yield from _registration_links(pledge)
    for pledge in entries(deal, "pledges"):
        yield from _layout_links(pledge)
    for consent in entries(deal, "consents"):
        yield from _consent_links(consent)
    for resolution in entries(deal, "resolutions"):
        name = (f"决议 {resolution.id} 的会议", f"meeting of resolution `{resolution.id}`")
        yield from link((resolution, "held_on"), name, (resolution, "notice_on"), ("会议通知", "its notice"))
    for asset in entries(deal, "assets"):
        if "granted_on" in asset and "filed_on" in asset:
            name = (f"权利 {asset.id} 的授权公告", f"grant of `{asset.id}`")
            yield from link((asset, "granted_on"), name, (asset, "filed_on"), ("申请", "its filing"))


def _loan_links(loan: Record) -> Iterator[Finding]:
    """Credit line ≤ loan contract ≤ start and drawdowns."""
    name = contract_name(loan)
    signing = (f"借款合同 {name} 的签订", f"signing of loan contract `{name}`")
    approval, line = optional(loan, "approval"), optional(loan, "credit_line")
    if approval is not None:
        yield from link((loan, "contract_signed_on"), signing, (approval, "approved_on"), ("授信批复", "its approval"))
    if line is not None:
        of = (f"授信额度合同 {contract_name(line)} 的签订", f"signing of credit line `{contract_name(line)}`")
        yield from link((loan, "contract_signed_on"), signing, (line, "contract_signed_on"), of)
    drawdowns = entries(loan, "drawdowns")
    for drawdown in drawdowns:
        drawn = (f"提款 {drawdown.id}", f"drawdown `{drawdown.id}`")
        yield from link((drawdown, "drawn_on"), drawn, (loan, "contract_signed_on"), signing)
    if not drawdowns:
        start = (f"借款合同 {name} 的起始日", f"start of loan `{name}`")
        yield from link((loan, "starts_on"), start, (loan, "contract_signed_on"), signing)


def _registration_links(pledge: Record) -> Iterator[Finding]:
    """Pledge contract ≤ filing ≤ registration."""
    name = contract_name(pledge)
    signing = (f"质押合同 {name} 的签订", f"signing of pledge contract `{name}`")
    for number, entry in enumerate(entries(pledge, "registrations"), 1):
        filing = (f"合同 {name} 第 {number} 项登记的申请", f"filing {number} of `{name}`")
        entered = (f"合同 {name} 第 {number} 项登记", f"registration {number} of `{name}`")
        yield from link((entry, "filed_on"), filing, (pledge, "contract_signed_on"), signing)
        if entry.given("filed_on"):
            yield from link((entry, "registered_on"), entered, (entry, "filed_on"), filing)
        else:
            yield from link((entry, "registered_on"), entered, (pledge, "contract_signed_on"), signing)


def _layout_links(pledge: Record) -> Iterator[Finding]:
    """Latest maturity ≤ end of a pledged layout-design; the other kinds of right have rules of their own."""
    for entry in entries(pledge, "assets"):
        if entry.asset.type == "ic_layout":
            ending = (f"权利 {entry.asset.id} 的期限届满", f"end of the term of `{entry.asset.id}`")
            of = ("主债务最晚到期日", "the latest maturity of the debt")
            yield from link((entry.asset, "expires_on"), ending, (pledge, "latest_maturity"), of)


def _consent_links(consent: Record) -> Iterator[Finding]:
    """Co-owner's or spouse's consent ≤ contract; a spouse may also ratify afterwards (CC 1064), so that only warns."""
    if consent.type not in {"co_owner", "spouse"} or not consent.given("signed_on"):
        return
    severity = Severity.WARNING if consent.type == "spouse" else None
    for contract in entries(consent, "contracts"):
        name = (f"合同 {contract_name(contract)} 的签订", f"signing of `{contract_name(contract)}`")
        given = (f"同意书 {consent.id}", f"consent `{consent.id}`")
        for found in link((contract, "contract_signed_on"), name, (consent, "signed_on"), given):
            yield Finding(consent, "signed_on", found.args, severity=severity)


@rule(
    "G02",
    "后补担保的破产撤销风险",
    severity=Severity.WARNING,
    stage="drawdown",
    each="pledges",
    basis=("企业破产法 31#3 [V]",),
    applies=lambda pledge: any(party in pledge.debtors for party in providers(pledge)),
)
def later_security(pledge: Record, _law: Law) -> Iterator[Finding]:
    """The debtor's security for an older debt can be undone within a year before bankruptcy. law: 企业破产法 31#3."""
    first, signed = first_drawdown(pledge), optional(pledge, "contract_signed_on")
    if first is not None and signed is not None and signed > first[1]:
        args = {"contract": contract_name(pledge), "signed_on": signed.isoformat(), "drawn_on": first[1].isoformat()}
        yield Finding(pledge, "signed_on", args, related=((first[0], "drawn_on", "drawdown"),))


@rule(
    "G03",
    "担保合同签订早于主合同",
    severity=Severity.WARNING,
    stage="sign",
    basis=("CC 388 [V]", "CC 420 [V]"),
    applies=lambda deal: any(one.kind == "plain" for one in securities(deal)),
)
def before_principal(deal: Record, _law: Law) -> Iterator[Finding]:
    """Only security for floating claims is signed before the contract it secures. law: CC 388, 420."""
    for contract in securities(deal):
        for principal in entries(contract, "secures") if contract.kind == "plain" else ():
            signed, first = optional(contract, "contract_signed_on"), optional(principal, "contract_signed_on")
            if signed is not None and first is not None and signed < first:
                args = {
                    "contract": contract_name(contract),
                    "signed_on": signed.isoformat(),
                    "principal": contract_name(principal),
                    "principal_on": first.isoformat(),
                }
                related = ((principal, "contract_signed_on", "principal"),)
                yield Finding(contract, "contract_signed_on", args, related=related)


def _licences(deal: Record) -> Iterator[tuple[Record, Record, date | None, bool]]:
    """Each licence of a patent: its record, the patent, the day it took effect, and whether it is on record."""
    for asset in entries(deal, "assets"):
        for licence in entries(asset, "licences") if asset.is_patent else ():
            yield licence, asset, optional(licence, "starts_on"), licence.given("recorded_no")
    for licence in entries(deal, "licences"):
        for asset in entries(licence, "assets"):
            if asset.is_patent:
                name = optional(optional(licence, "licensee"), "name") if licence.given("licensee") else None
                done = any(
                    optional(e, "licensee") == name and e.given("recorded_no") for e in entries(asset, "licences")
                )
                yield licence, asset, optional(licence, "contract_signed_on"), done


def _licensed(deal: Record) -> bool:
    """Whether some patent is licensed."""
    return any(True for _ in _licences(deal))


@rule(
    "G04",
    "许可合同备案期限",
    severity=Severity.WARNING,
    stage="post",
    basis=("专利法实施细则2010 14(2) [R]", "专利法实施细则 15(2) [V]", "许可备案办法 5 [S]"),
    applies=_licensed,
)
def licence_recorded(deal: Record, law: Law) -> Iterator[Finding]:
    """A patent licence is recorded within three months of its effect. law: 专利法实施细则 15(2)."""
    today = deal.deal.as_of
    months = law.number("licence_recordal", today)
    for licence, asset, effective, recorded in _licences(deal):
        if months is None or effective is None or recorded:
            continue
        last = add_months(effective, int(months))
        if today > last:
            args = {"asset": asset_name(asset), "effective_on": effective.isoformat(), "last_on": last.isoformat()}
            yield Finding(licence, "starts_on", args)


@rule(
    "G05",
    "许可期限超过专利权期限",
    severity=Severity.ERROR,
    stage="draft",
    basis=("CC 865 [V]",),
    applies=_licensed,
)
def licence_within_term(deal: Record, _law: Law) -> Iterator[Finding]:
    """A patent licence is good only while the patent lives. law: CC 865."""
    for licence, asset, _, _ in _licences(deal):
        ends, expires = optional(licence, "ends_on"), optional(asset, "expires_on")
        if ends is not None and expires is not None and ends > expires:
            args = {"asset": asset_name(asset), "ends_on": ends.isoformat(), "expires_on": expires.isoformat()}
            yield Finding(licence, "ends_on", args)


@rule(
    "G06",
    "转让自登记之日起生效，价款宜分段支付",
    severity=Severity.NOTE,
    stage="draft",
    each="transfers",
    applies=lambda transfer: any(asset.is_patent for asset in entries(transfer, "assets")),
    needs=("payments.stage", "payments.amount"),
    basis=("专利法 10(3) [V]",),
)
def staged_price(transfer: Record, _law: Law) -> Iterator[Finding]:
    """Part of the price waits until the assignment is registered, when it takes effect. law: 专利法 10(3)."""
    payments = entries(transfer, "payments")
    total = sum(one.amount for one in payments)
    after = sum(one.amount for one in payments if one.stage in AFTER_TRANSFER)
    if payments and total and not after:
        args = {"contract": contract_name(transfer), "before": share(1 - after / total)}
        yield Finding(transfer, "payments", args)
