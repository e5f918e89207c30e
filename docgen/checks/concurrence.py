"""Several securities for one debt, refinancing and changes (rules C11–C15)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from docgen.checks.faults import fault
from docgen.checks.registry import Finding, rule
from docgen.checks.relations import beside, claims, providers, securities, third_parties
from docgen.checks.subjects import contract_name, party_ids
from docgen.checks.subjects import share as share_text
from docgen.diagnostics import Severity
from docgen.facts.reading import distinct, entries, optional

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docgen.law import Law
    from docgen.model import Record

REPAYS: Final = re.compile(r"借新还旧|(?:偿还|归还|置换|结清|清偿).{0,16}?(?:贷款|借款|借据)")


@rule(
    "C11",
    "物保与人保并存未约定实现顺序",
    severity=Severity.WARNING,
    stage="draft",
    each="guarantees",
    applies=lambda guarantee: bool(guarantee.debtor_pledge),
    basis=("CC 392 [V]",),
)
def order_agreed(guarantee: Record, _law: Law) -> Iterator[Finding]:
    """Beside the debtor's own pledge the order is agreed, else the pledge comes first. law: CC 392."""
    order = optional(guarantee, "order_of_recourse")
    pledges = [one for one in guarantee.other_pledges if any(party in guarantee.debtors for party in providers(one))]
    args = {"contract": contract_name(guarantee), "pledge": "、".join(contract_name(one) for one in pledges)}
    if order is None:
        said = {"fault.zh": "没有约定实现担保的顺序", "fault.en": "says nothing on the order of recourse"}
        yield Finding(guarantee, "order_of_recourse", {**args, **said})
        return
    for pledge in pledges:
        if pledge.given("order_of_recourse") and pledge.order_of_recourse != order:
            said = {"fault.zh": "约定的实现顺序与质押合同不同", "fault.en": "agrees on another order of recourse"}
            related = ((pledge, "order_of_recourse", "pledge"),)
            yield Finding(guarantee, "order_of_recourse", {**args, **said}, related=related)


@rule(
    "C12",
    "多个担保人未约定分担与追偿",
    severity=Severity.WARNING,
    stage="draft",
    applies=lambda deal: any(len(_providers_of_claim(one)) > 1 for one in securities(deal)),
    basis=("担保制度解释 13 [V]", "CC 699 [V]"),
)
def contribution_agreed(deal: Record, _law: Law) -> Iterator[Finding]:
    """Several third parties share the burden only as agreed, or by signing one paper. law: 担保制度解释 13."""
    for contract in securities(deal):
        parties = _providers_of_claim(contract)
        if not third_parties(contract) or len(parties) < 2:  # noqa: PLR2004 — one alone has nobody to share with
            continue
        args = {"contract": contract_name(contract), "parties": party_ids(parties)}
        if not contract.given("contribution"):
            yield Finding(contract, "contribution", {**args, **fault("没有约定是否分担和追偿", "lacks a clause on it")})
            continue
        for other in beside(contract):
            if third_parties(other) and other.given("contribution") and other.contribution != contract.contribution:
                name = contract_name(other)
                wrong = fault(f"约定的分担方式与{name}不同", f"agrees on another contribution than {name}")
                yield Finding(contract, "contribution", {**args, **wrong})
        if contract.contribution == "by_share" and contract.type_name == "guarantee":
            shares = [optional(entry, "share_ratio") for entry in contract.guarantors]
            if any(one is None for one in shares):
                wrong = fault("约定按份额分担，却没有写各人份额", "shares by parts that it doesn't state")
                yield Finding(contract, "guarantors", {**args, **wrong})
            elif len(shares) > 1 and sum(shares) != 1:
                total = share_text(sum(shares))
                wrong = fault(f"各保证人份额合计 {total}，不是 100%", f"has shares of {total} in total, not 100%")
                yield Finding(contract, "guarantors", {**args, **wrong})


def _providers_of_claim(contract: Record) -> tuple[Record, ...]:
    """All third parties that give security for the claims behind a contract."""
    return distinct(party for one in (contract, *beside(contract)) for party in third_parties(one))


@rule(
    "C13",
    "放弃债务人质权致其他担保人免责",
    severity=Severity.WARNING,
    stage="draft",
    each="pledges",
    applies=lambda pledge: len(third_parties(pledge)) < len(providers(pledge)) and bool(_others(pledge)),
    basis=("CC 435 [V]", "CC 409 [V]"),
)
def release_agreed(pledge: Record, _law: Law) -> Iterator[Finding]:
    """Giving up the debtor's pledge before payment frees the others unless they agree. law: CC 435."""
    if all(optional(one, "balance_amount") == 0 for one in claims(pledge)):
        return
    for registration in entries(pledge, "registrations"):
        if optional(registration, "status") == "cancelled":
            silent = _silent(pledge, _others(pledge))
            if silent:
                args = {"contract": contract_name(pledge), "parties": party_ids(silent)}
                yield Finding(registration, "status", args)


def _others(pledge: Record) -> tuple[Record, ...]:
    """The third parties that give security for the same claims."""
    return distinct(party for one in beside(pledge) for party in third_parties(one))


def _silent(contract: Record, parties: tuple[Record, ...]) -> tuple[Record, ...]:
    """Those of the parties that gave no consent as security provider concerning this contract or its claims."""
    about = {contract, *claims(contract), *beside(contract)}
    agreed = {
        one.given_by
        for one in entries(contract.root, "consents")
        if one.type == "guarantor" and (not one.given("contracts") or about & set(one.contracts))
    }
    return tuple(party for party in parties if party not in agreed)


@rule(
    "C14",
    "借新还旧未披露给担保人",
    severity=Severity.WARNING,
    stage="draft",
    each="loans",
    applies=lambda loan: any(loan in claims(one) and third_parties(one) for one in securities(loan.root)),
    basis=("担保制度解释 16 [V]",),
)
def refinancing_disclosed(loan: Record, _law: Law) -> Iterator[Finding]:
    """A new provider is bound for a refinancing only if he knew of it. law: 担保制度解释 16."""
    parties = distinct(p for one in securities(loan.root) if loan in claims(one) for p in third_parties(one))
    args = {"contract": contract_name(loan), "parties": party_ids(parties)}
    if optional(loan, "purpose_kind") == "refinance":
        if not loan.given("refinanced_contract_no"):
            wrong = fault("用于偿还既有贷款，却没有写原借款合同编号", "refinances a loan whose number isn't given")
            yield Finding(loan, "refinanced_contract_no", {**args, **wrong})
        return
    for record, key in ((loan, "purpose"), *((one, "purpose") for one in entries(loan, "drawdowns"))):
        phrase = REPAYS.search(optional(record, key) or "")
        if phrase is not None:
            wrong = fault(
                f"用途写“{phrase[0]}”，用途类别却不是偿还既有贷款",
                f"has the purpose `{phrase[0]}` but isn't marked as refinancing",
            )
            yield Finding(record, key, {**args, **wrong}, related=((loan, "purpose_kind", "kind"),))


def _changes(deal: Record) -> Iterator[tuple[Record, str, tuple[str, str], tuple[Record, ...]]]:
    """Each change of a secured debt that the deal shows: record, key, name (zh, en) and the securities it touches."""
    for loan in entries(deal, "loans"):
        touched = tuple(one for one in securities(deal) if loan in claims(one))
        name = (f"借款 {contract_name(loan)} 的展期", f"extension of loan `{contract_name(loan)}`")
        for extension in entries(loan, "extensions"):
            yield extension, "agreed_on", name, touched
    for pledge in entries(deal, "pledges"):
        name = (f"质押 {contract_name(pledge)} 的变更登记", f"changed registration of pledge `{contract_name(pledge)}`")
        for registration in entries(pledge, "registrations"):
            if registration.given("change_of"):
                yield registration, "change_of", name, (pledge, *beside(pledge))


@rule(
    "C15",
    "变更主合同未经担保人书面同意",
    severity=Severity.WARNING,
    stage="draft",
    applies=lambda deal: any(True for _ in _changes(deal)),
    basis=("CC 391 [V]", "CC 695-697 [V]", "担保制度解释 20 [V]"),
)
def change_agreed(deal: Record, _law: Law) -> Iterator[Finding]:
    """A change that adds to the burden binds a third-party provider only with written consent. law: CC 695."""
    for record, key, name, touched in _changes(deal):
        parties = distinct(party for one in touched for party in third_parties(one))
        silent = _silent(touched[0], parties) if touched else ()
        if silent:
            yield Finding(record, key, {"change.zh": name[0], "change.en": name[1], "parties": party_ids(silent)})
