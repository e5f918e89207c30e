"""Who may bind a company for another's debt, and by what (rules K01, K02, K05, K06, K08, K09, K13, K17)."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from docgen.checks.faults import fault
from docgen.checks.registry import Finding, rule
from docgen.checks.relations import (
    claims,
    controls,
    for_others,
    holds,
    insider,
    listed,
    owns_wholly,
    providers_key,
    resolutions_for,
    secured_sum,
)
from docgen.checks.subjects import contract_name, judged_on, money
from docgen.diagnostics import Severity
from docgen.facts.reading import entries, optional

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docgen.law import Law
    from docgen.model import Record

SHAREHOLDERS: Final = frozenset({"shareholders", "sole_shareholder"})
EXEMPTIONS: Final = {
    "guarantee_company": ("融资担保公司对外提供担保", "financing guarantee company"),
    "wholly_owned_subsidiary": ("为其全资子公司经营活动提供担保", "for a wholly-owned subsidiary"),
    "two_thirds_signed": ("持有三分之二以上表决权的股东签字同意", "signed by holders of two thirds of the votes"),
}
IN_2018: Final = "公司法2018 16(1) [R]"


def _companies(deal: Record) -> bool:
    """Whether a company gives security for another's debt."""
    return any(party.company for _, party in for_others(deal))


def _for_only_holder(contract: Record, party: Record) -> bool:
    """Whether a one-person company gives security for its only shareholder."""
    return any(owns_wholly(debtor, party) for debtor in contract.debtors)


def _exempt(contract: Record, party: Record) -> bool:
    """Whether the exemption recorded in a guarantee fits the guarantor. law: 担保制度解释 8."""
    kind = optional(contract, "exemption") if "exemption" in contract else None
    if kind == "guarantee_company":
        return bool(optional(party, "licence_kind") == "guarantee")
    if kind is None or listed(party):
        return False
    return kind == "two_thirds_signed" or any(owns_wholly(party, debtor) for debtor in contract.debtors)


@rule(
    "K01",
    "公司为他人担保缺少决议",
    severity=Severity.ERROR,
    stage="sign",
    applies=_companies,
    basis=(IN_2018, "公司法 15(1) [V]", "担保制度解释 7 [V]", "合同编通则解释 20 [V]"),
)
def resolved(deal: Record, _law: Law) -> Iterator[Finding]:
    """A company secures another's debt by resolution of the body its charter names. law: 公司法 15(1)."""
    for contract, party in for_others(deal):
        if not party.company or listed(party) or _for_only_holder(contract, party) or _exempt(contract, party):
            continue
        found = resolutions_for(contract, party)
        charter = optional(party, "charter")
        wanted = optional(charter, "body") if charter is not None else None
        args = {"party": party.name, "contract": contract_name(contract)}
        if not found:
            said = fault("没有批准该合同的决议", "has no resolution that approves it")
            yield Finding(contract, providers_key(contract), {**args, **said})
        elif (
            wanted == "shareholders"
            and not any(optional(one, "body") in SHAREHOLDERS for one in found)
            and not any(insider(debtor, party) for debtor in contract.debtors)
        ):
            said = fault("章程要求股东会决议", "needs its shareholders' resolution by charter")
            yield Finding(found[0], "body", {**args, **said})


@rule(
    "K02",
    "为股东或者实际控制人担保未经股东会决议",
    severity=Severity.ERROR,
    stage="sign",
    applies=lambda deal: any(
        party.company and insider(debtor, party) for contract, party in for_others(deal) for debtor in contract.debtors
    ),
    basis=("公司法2018 16(2) [R]", "公司法 15(2) [V]"),
)
def resolved_by_shareholders(deal: Record, _law: Law) -> Iterator[Finding]:
    """For its shareholder's or controller's debt only the shareholders' meeting can approve. law: 公司法 15(2)."""
    for contract, party in for_others(deal):
        debtors = [debtor for debtor in contract.debtors if insider(debtor, party)]
        if not debtors or not party.company or _for_only_holder(contract, party):
            continue
        found = resolutions_for(contract, party)
        if found and not any(optional(one, "body") in SHAREHOLDERS for one in found):
            args = {"party": party.name, "debtor": debtors[0].name, "contract": contract_name(contract)}
            yield Finding(found[0], "body", args)


@rule(
    "K05",
    "超过章程规定的担保限额",
    severity=Severity.ERROR,
    stage="sign",
    applies=lambda deal: any(party.given("charter") for _, party in for_others(deal) if "charter" in party),
    basis=(IN_2018, "公司法 15(1) [V]"),
)
def within_charter(deal: Record, _law: Law) -> Iterator[Finding]:
    """Security stays within the charter's caps, with what is outstanding counted in. law: 公司法 15(1)."""
    totals: dict[Record, dict[tuple[Record, ...], Decimal]] = defaultdict(dict)
    for contract, party in for_others(deal):
        charter = optional(party, "charter")
        amount = secured_sum(contract)
        if charter is None or amount is None:
            continue
        behind = claims(contract)
        totals[party][behind] = max(amount, totals[party].get(behind, amount))
        cap = optional(charter, "single_cap_amount")
        if cap is not None and amount > cap:
            said = {"which.zh": "单项担保", "which.en": "one security"}
            args = {"party": party.name, "sum": money(deal, amount), "cap": money(deal, cap), **said}
            yield Finding(contract, "secured_amount", args, related=((charter, "single_cap_amount", "cap"),))
    for party, amounts in totals.items():
        charter = party.charter
        cap, total = optional(charter, "total_cap_amount"), sum(amounts.values(), Decimal(0))
        total += optional(charter, "outstanding_amount") or Decimal(0)
        if cap is not None and total > cap:
            said = {"which.zh": "担保总额（含已有余额）", "which.en": "all security, what is outstanding included,"}
            args = {"party": party.name, "sum": money(deal, total), "cap": money(deal, cap), **said}
            yield Finding(charter, "total_cap_amount", args)


@rule(
    "K06",
    "上市公司担保无公告",
    severity=Severity.ERROR,
    stage="sign",
    applies=lambda deal: any(listed(party) for _, party in for_others(deal)),
    basis=("担保制度解释 9 [V]",),
)
def announced(deal: Record, _law: Law) -> Iterator[Finding]:
    """For a listed company only the published resolution counts, up to the published sum. law: 担保制度解释 9."""
    for contract, party in for_others(deal):
        if not listed(party) or _exempt(contract, party):
            continue
        faults = [_announcement_fault(contract, one) for one in resolutions_for(contract, party)]
        if faults and None in faults:
            continue
        zh, en = next(filter(None, faults), ("没有经公告的决议", "has no announced resolution"))
        args = {"party": party.name, "contract": contract_name(contract), **fault(zh, en)}
        yield Finding(contract, providers_key(contract), args, related=((party, "listed", "listed"),))


def _announcement_fault(contract: Record, resolution: Record) -> tuple[str, str] | None:
    """What a resolution's announcement lacks for this contract; None when it covers it."""
    announcement = optional(resolution, "announcement")
    day = optional(announcement, "announced_on") if announcement is not None else None
    if announcement is None or day is None or not announcement.given("no"):
        return "决议没有公告的编号和日期", "has a resolution without number and date of its announcement"
    published, amount = optional(announcement, "amount"), secured_sum(contract)
    if published is None or amount is None or published < amount:
        shown = "—" if published is None else money(contract, published)
        return f"公告金额 {shown} 不足以覆盖担保金额", f"announced {shown}, less than the sum secured"
    if day > judged_on(contract):
        return f"公告日 {day.isoformat()} 晚于签约日", f"published it on {day.isoformat()}, after signing"
    return None


@rule(
    "K08",
    "采用免决议情形",
    severity=Severity.NOTE,
    stage="sign",
    applies=lambda deal: _companies(deal) or bool(entries(deal, "resolutions")),
    basis=("担保制度解释 8 [V]",),
)
def exemption_recorded(deal: Record, _law: Law) -> Iterator[Finding]:
    """An exemption from the resolution is put on record with its ground. law: 担保制度解释 8."""
    for record in (*entries(deal, "guarantees"), *entries(deal, "resolutions")):
        kind = optional(record, "exemption")
        if kind is not None:
            zh, en = EXEMPTIONS[kind]
            what = contract_name(record) if record.type_name == "guarantee" else record.id
            yield Finding(record, "exemption", {"what": what, "ground.zh": zh, "ground.en": en})


@rule(
    "K09",
    "一人公司为股东担保",
    severity=Severity.WARNING,
    stage="sign",
    applies=lambda deal: any(party.company and _for_only_holder(one, party) for one, party in for_others(deal)),
    basis=("担保制度解释 10 [V]", "公司法2018 61, 63 [R]", "公司法 60, 112 [V]", "公司法 23(3) [V]"),
)
def decided_by_only_holder(deal: Record, _law: Law) -> Iterator[Finding]:
    """For its only shareholder's debt a company brings that shareholder's written decision. law: 公司法 60."""
    for contract, party in for_others(deal):
        if not party.company or not _for_only_holder(contract, party):
            continue
        if not any(optional(one, "body") in SHAREHOLDERS for one in resolutions_for(contract, party)):
            yield Finding(contract, providers_key(contract), {"party": party.name, "contract": contract_name(contract)})


@rule(
    "K17",
    "为他人取得本公司股份提供财务资助",
    severity=Severity.ERROR,
    stage="sign",
    since=date(2024, 7, 1),
    applies=lambda deal: any(party.type == "company_ltd" for _, party in for_others(deal)),
    basis=("公司法 163 [V]",),
)
def share_purchase(deal: Record, law: Law) -> Iterator[Finding]:
    """A company limited by shares doesn't help others to its own or its parent's shares. law: 公司法 163."""
    limit = law.number("share_assistance_limit", deal.deal.as_of)
    for contract, party in for_others(deal):
        if party.type != "company_ltd" or _assistance_allowed(contract, party, limit):
            continue
        parents = [one for one in entries(deal, "parties") if controls(one, party) or holds(one, party)]
        names = [party.name, *(one.name for one in parents if not one.natural), "本公司股"]
        for loan in claims(contract):
            purpose = optional(loan, "purpose") or ""
            if optional(loan, "purpose_kind") == "equity" and "员工持股" not in purpose:
                certain = any(name in purpose for name in names)
                args = {"party": party.name, "contract": contract_name(contract), "purpose": purpose}
                yield Finding(loan, "purpose", args, severity=None if certain else Severity.WARNING)


def _assistance_allowed(contract: Record, party: Record, limit: Decimal | None) -> bool:
    """Whether the shareholders, or two thirds of all directors, agreed and the sum keeps to the limit."""
    capital, amount = optional(party, "registered_capital_amount"), secured_sum(contract)
    if limit is None or capital is None or amount is None or amount > capital * limit:
        return False
    directors = optional(party, "directors_total")
    return any(
        optional(one, "body") in SHAREHOLDERS
        or (optional(one, "body") == "board" and bool(directors) and one.yes_count * 3 >= directors * 2)
        for one in resolutions_for(contract, party)
    )
