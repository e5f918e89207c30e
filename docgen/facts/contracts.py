"""What all contracts share: title, signing date, parties of the set, number of copies."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from docgen.facts.reading import distinct, entries, optional
from docgen.model import Missing

if TYPE_CHECKING:
    from collections.abc import Callable

    from docgen.model import Record, Value

LOAN_TITLES: Final = {
    "working_capital": "流动资金借款合同",
    "entrusted": "委托贷款借款合同",
    "syndicated": "银团贷款合同",
    "other": "借款合同",
}


def signed_on(contract: Record) -> Value:
    """The contract's own signing date, else the deal's."""
    own = optional(contract, "signed_on")
    if own is not None:
        return own
    head = contract.root.deal
    return (
        contract.missing("contract_signed_on", (head.missing("signed_on"),))
        if not head.given("signed_on")
        else head.signed_on
    )


def dispute(contract: Record) -> Value:
    """The contract's own dispute clause, else the one for the whole set."""
    own = optional(contract, "dispute")
    common = contract.root.dispute
    return (
        contract.missing("contract_dispute", (common,))
        if own is None and isinstance(common, Missing)
        else own or common
    )


def loan_title(loan: Record) -> Value:
    """流动资金借款合同 and its like."""
    return LOAN_TITLES.get(optional(loan, "kind") or "other", "借款合同")


def credit_line_title(_line: Record) -> Value:
    """综合授信额度合同."""
    return "综合授信额度合同"


def pledge_title(pledge: Record) -> Value:
    """专利权质押合同 when only mainland patents are pledged, 知识产权质押合同 otherwise; 最高额 in front when so."""
    kinds = {entry.asset.is_patent for entry in entries(pledge, "assets")}
    hong_kong = {entry.asset.is_hk_patent for entry in entries(pledge, "assets")}
    name = "专利权质押合同" if kinds == {True} else "香港专利质押合同" if hong_kong == {True} else "知识产权质押合同"
    return f"最高额{name}" if pledge.kind == "maximum" else name


def guarantee_title(guarantee: Record) -> Value:
    """保证合同, or 最高额保证合同."""
    return "最高额保证合同" if guarantee.kind == "maximum" else "保证合同"


def transfer_title(transfer: Record) -> Value:
    """专利权转让合同, or 知识产权转让合同 when other rights are assigned too."""
    patents = {asset.is_patent for asset in entries(transfer, "assets")}
    return "专利权转让合同" if patents == {True} else "知识产权转让合同"


def contract_parties(contract: Record) -> tuple[Record, ...]:
    """The parties that sign a loan, credit line, pledge, guarantee or assignment, each once."""
    found: list[Record] = []
    for key in ("lender", "borrower", "creditor"):
        one = optional(contract, key)
        if one is not None:
            found.append(one)
    for key in ("co_borrowers", "pledgees", "pledgors", "guarantor_parties", "assignors", "assignees"):
        found += entries(contract, key)
    found += [member.party for member in entries(contract, "syndicate")]
    return distinct(found)


def copies(contract: Record) -> Value:
    """How many originals are made: one per party, one per registry, one for the notary, and the extra ones."""
    total = len(contract_parties(contract))
    if contract.type_name == "pledge":
        total += len({entry.asset.registrar for entry in entries(contract, "assets")})
    if contract.type_name == "transfer":
        total += 1
    root = contract.root
    notary = optional(root, "notary")
    if notary is not None and optional(notary, "used") and contract.type_name in entries(notary, "scope"):
        total += 1
    signing = optional(root, "signing")
    return total + ((optional(signing, "extra_copies") or 0) if signing is not None else 0)


def signing_parties(deal: Record) -> Value:
    """Everyone who signs one of the contracts, once."""
    lists = ("loans", "credit_lines", "pledges", "guarantees", "transfers")
    return distinct(party for key in lists for contract in entries(deal, key) for party in contract_parties(contract))


def security_providers(deal: Record) -> Value:
    """All pledgors and guarantors, once each."""
    pledgors = [party for pledge in entries(deal, "pledges") for party in entries(pledge, "pledgors")]
    guarantors = [entry.party for g in entries(deal, "guarantees") for entry in entries(g, "guarantors")]
    return distinct([*pledgors, *guarantors])


def _first(deal: Record, derived: str, key: str) -> Value:
    """A party of the first loan or credit line."""
    for contracts in ("loans", "credit_lines"):
        for contract in entries(deal, contracts):
            party: Value = contract[key]
            return party
    return deal.missing(derived, (deal.missing("loans"),))


def first_lender(deal: Record) -> Value:
    """The lender of the first loan, else of the first credit line."""
    return _first(deal, "lender", "lender")


def first_borrower(deal: Record) -> Value:
    """The borrower of the first loan, else of the first credit line."""
    return _first(deal, "borrower", "borrower")


FACTS: Final[dict[str, Callable[[Record], Value]]] = {
    "contract_signed_on": signed_on,
    "contract_copies": copies,
    "contract_dispute": dispute,
    "loan_contract_title": loan_title,
    "credit_line_title": credit_line_title,
    "pledge_contract_title": pledge_title,
    "guarantee_contract_title": guarantee_title,
    "transfer_contract_title": transfer_title,
    "signing_parties": signing_parties,
    "security_providers": security_providers,
    "first_lender": first_lender,
    "first_borrower": first_borrower,
}
