"""Who provides security for whose debt, and how the parties are related."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from docgen.facts.reading import distinct, entries, optional

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal

    from docgen.model import Record

HOLDERS: Final = frozenset({"shareholder", "controlling_shareholder", "actual_controller", "parent_company"})
CONTROLLERS: Final = frozenset({"controlling_shareholder", "actual_controller", "parent_company"})
SUBSIDIARIES: Final = frozenset({"subsidiary", "wholly_owned_subsidiary"})


def securities(deal: Record) -> tuple[Record, ...]:
    """All pledges and guarantees."""
    return (*entries(deal, "pledges"), *entries(deal, "guarantees"))


def providers_key(contract: Record) -> str:
    """The field that lists who gives the security."""
    return "pledgors" if contract.type_name == "pledge" else "guarantors"


def providers(contract: Record) -> tuple[Record, ...]:
    """Who gives the security."""
    if contract.type_name == "pledge":
        return entries(contract, "pledgors")
    return tuple(entry.party for entry in entries(contract, "guarantors"))


def third_parties(contract: Record) -> tuple[Record, ...]:
    """Those who give the security for another's debt."""
    return tuple(party for party in providers(contract) if party not in contract.debtors)


def for_others(deal: Record) -> Iterator[tuple[Record, Record]]:
    """Each pledge or guarantee with each party that gives it for another's debt."""
    for contract in securities(deal):
        for party in third_parties(contract):
            yield contract, party


def beside(contract: Record) -> tuple[Record, ...]:
    """The other pledges and guarantees for the same claims."""
    mine = set(claims(contract))
    return tuple(one for one in securities(contract.root) if one is not contract and mine & set(claims(one)))


def claims(contract: Record) -> tuple[Record, ...]:
    """The loans and credit lines behind a security, seen through guarantees that are themselves secured."""
    found: list[Record] = []
    for secured in entries(contract, "secures"):
        found += claims(secured) if secured.type_name == "guarantee" else [secured]
    return distinct(found)


def secured_sum(contract: Record) -> Decimal | None:
    """The sum a pledge or guarantee answers for: the maximum of floating claims, else the secured amount."""
    maximum = optional(contract, "maximum") if optional(contract, "kind") == "maximum" else None
    found: Decimal | None = optional(maximum, "amount") if maximum is not None else None
    return found if found is not None else optional(contract, "secured_amount")


def kinds(party: Record, other: Record) -> frozenset[str]:
    """What a party is to another, as it says itself."""
    return frozenset(str(optional(one, "kind")) for one in entries(party, "relations") if optional(one, "to") is other)


def holds(party: Record, company: Record) -> bool:
    """Whether the party is among the company's shareholders."""
    return any(
        optional(holder, "party") is party or optional(holder, "name") == party.name
        for holder in entries(company, "holders")
    )


def insider(party: Record, company: Record) -> bool:
    """Whether the party is the company's shareholder or actual controller."""
    return holds(party, company) or bool(kinds(party, company) & HOLDERS) or bool(kinds(company, party) & SUBSIDIARIES)


def controls(party: Record, other: Record) -> bool:
    """Whether the party controls the other one."""
    return bool(kinds(party, other) & CONTROLLERS or kinds(other, party) & SUBSIDIARIES)


def owns_wholly(party: Record, company: Record) -> bool:
    """Whether the party is the company's only shareholder."""
    if "wholly_owned_subsidiary" in kinds(company, party):
        return True
    return len(entries(company, "holders")) == 1 and holds(party, company)


def resolutions_for(contract: Record, party: Record) -> tuple[Record, ...]:
    """The party's resolutions that approve the contract."""
    return tuple(
        one
        for one in entries(contract.root, "resolutions")
        if optional(one, "party") is party and contract in entries(one, "approves")
    )


def listed(party: Record) -> bool:
    """Whether it is listed, a listed company's disclosed subsidiary, or public on a national venue."""
    return (optional(party, "listed") or "none") != "none"
