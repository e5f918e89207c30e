"""Whether a resolution covers the contracts it approves (rule K15)."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from docgen.checks.faults import fault
from docgen.checks.registry import Finding, rule
from docgen.checks.relations import secured_sum
from docgen.checks.subjects import asset_name, contract_name, judged_on, money, party_ids, pledged_assets
from docgen.diagnostics import Severity
from docgen.facts.reading import entries, optional
from docgen.formats.dates import add_months

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from decimal import Decimal

    from docgen.law import Law
    from docgen.model import Record


@rule(
    "K15",
    "决议日期、范围不能覆盖合同",
    severity=Severity.ERROR,
    stage="sign",
    each="resolutions",
    needs=("held_on",),
    basis=("公司法2018 16 [R]", "公司法 15 [V]", "担保制度解释 7(3) [V]"),
)
def covers_contract(resolution: Record, _law: Law) -> Iterator[Finding]:
    """A resolution precedes its contracts and covers creditor, debtor, sum, rights and term. law: 公司法 15."""
    found: dict[tuple[str, str, str], list[str]] = defaultdict(list)
    for contract in entries(resolution, "approves"):
        day = judged_on(contract)
        if resolution.held_on > day:
            held = resolution.held_on.isoformat()
            zh, en = f"会议日期 {held} 晚于签约日 {day.isoformat()}", f"was held on {held}, after signing"
            found["held_on", zh, en].append(contract_name(contract))
        for key, said in _narrower(resolution, contract):
            found[key, said["fault.zh"], said["fault.en"]].append(contract_name(contract))
    for (key, zh, en), contracts in found.items():
        args = {"resolution": resolution.id, "contracts": "、".join(contracts), **fault(zh, en)}
        yield Finding(resolution, key, args)


def _narrower(resolution: Record, contract: Record) -> Iterator[tuple[str, dict[str, str]]]:
    """Each point in which the resolution is narrower than a contract: the field and what is wrong."""
    for key, parties, zh, en in (
        ("creditor", _creditors(contract), "债权人", "creditor"),
        ("debtor", _all_debtors(contract), "债务人", "debtor"),
    ):
        named = optional(resolution, key)
        if named is not None and parties and named not in parties:
            names = party_ids(parties)
            yield key, fault(f"写的{zh}是{named.name}，合同的是{names}", f"names {named.name} as {en}, not {names}")
    amount, cap = _sum(contract), optional(resolution, "cap_amount")
    if amount is not None and cap is not None and amount > cap:
        sums = money(resolution, cap), money(resolution, amount)
        yield "cap_amount", fault(f"金额上限 {sums[0]} 低于合同的 {sums[1]}", f"caps {sums[0]}, below {sums[1]}")
    lacking = [one for one in _own_assets(resolution, contract) if one not in entries(resolution, "assets")]
    if lacking:
        names = "、".join(asset_name(one) for one in lacking)
        yield "assets", fault(f"没有列入{names}", f"doesn't list {names}")
    months, start = optional(resolution, "term_months"), _start(contract)
    due = optional(contract, "latest_maturity") if "latest_maturity" in contract else None
    if months is not None and start is not None and due is not None and add_months(start, months) < due:
        yield (
            "term_months",
            fault(f"期限 {months} 个月短于到 {due.isoformat()} 的债务", f"allows {months} months, short of {due}"),
        )


def _creditors(contract: Record) -> tuple[Record, ...]:
    """The creditors of a contract."""
    if contract.type_name == "pledge":
        return entries(contract, "pledgees")
    key = "creditor" if contract.type_name == "guarantee" else "lender"
    members = [one.party for one in entries(contract, "syndicate")]
    return tuple(party for party in (optional(contract, key), *members) if party is not None)


def _all_debtors(contract: Record) -> tuple[Record, ...]:
    """The debtors of a contract's claims."""
    if contract.type_name in {"pledge", "guarantee"}:
        return entries(contract, "debtors")
    return (contract.borrower, *entries(contract, "co_borrowers"))


def _sum(contract: Record) -> Decimal | None:
    """What the contract is about in money."""
    if contract.type_name in {"pledge", "guarantee"}:
        return secured_sum(contract)
    amount: Decimal | None = optional(contract, "amount" if contract.type_name == "loan" else "limit_amount")
    return amount


def _start(contract: Record) -> date | None:
    """The first day of the debt's term."""
    security = contract.type_name in {"pledge", "guarantee"}
    day: date | None = optional(contract, "earliest_start" if security else "starts_on")
    return day


def _own_assets(resolution: Record, contract: Record) -> tuple[Record, ...]:
    """The pledged rights that the company owns, alone or with others."""
    if contract.type_name != "pledge":
        return ()
    return tuple(
        asset
        for asset in pledged_assets(contract)
        if any(optional(owner, "party") in {resolution.party, None} for owner in entries(asset, "owners"))
    )
