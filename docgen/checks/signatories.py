"""Whether those who sign may sign (rule K13)."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final

from docgen.checks.registry import Finding, rule
from docgen.checks.subjects import contract_name, judged_on
from docgen.diagnostics import Severity
from docgen.facts.contracts import contract_parties
from docgen.facts.reading import entries, optional

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from docgen.law import Law
    from docgen.model import Record

CONTRACTS: Final = ("loans", "credit_lines", "pledges", "guarantees", "transfers")


@rule(
    "K13",
    "签约人无权",
    severity=Severity.ERROR,
    stage="sign",
    basis=("CC 61 [V]", "CC 165, 171 [V]", "合同编通则解释 20-22 [V]"),
)
def may_sign(deal: Record, _law: Law) -> Iterator[Finding]:
    """Each party signs through its representative, or an agent whose power covers matter and day. law: CC 61, 165."""
    faults: dict[tuple[Record, str, str], list[str]] = defaultdict(list)
    for key in CONTRACTS:
        for contract in entries(deal, key):
            for party in contract_parties(contract):
                fault = _fault(contract, party)
                if fault is not None:
                    faults[party, *fault].append(contract_name(contract))
    for (party, zh, en), contracts in faults.items():
        args = {"party": party.name, "contracts": "、".join(contracts), "fault.zh": zh, "fault.en": en}
        yield Finding(party.signatory, "capacity", args)


def _fault(contract: Record, party: Record) -> tuple[str, str] | None:
    """Why the party's signatory can't sign the contract; None when he can, or when the representative signs."""
    signatory = optional(party, "signatory")
    name, capacity = (None, None) if signatory is None else (optional(signatory, k) for k in ("name", "capacity"))
    if signatory is None or name is None or capacity is None:
        return None
    if capacity == "agent":
        return _power_fault(contract, party, signatory)
    if party.natural:
        right = capacity == "self" and name == party.name
        return None if right else (f"自然人应由本人签署，不是{name}", f"`{name}` isn't the party in person")
    return _office_fault(party, name, capacity)


def _office_fault(party: Record, name: str, capacity: str) -> tuple[str, str] | None:
    """Whether the signatory is the registered representative, in that capacity."""
    representative = optional(party, "representative")
    if representative is None:
        return None
    if name != optional(representative, "name"):
        return (
            f"{name}不是登记的代表人，也没有授权书",
            f"`{name}` isn't the representative and has no power",
        )
    if capacity != optional(representative, "title"):
        return f"{name}的签署身份与代表人职务不同", f"`{name}` signs in another capacity than the representative's"
    return None


def _power_fault(contract: Record, party: Record, signatory: Record) -> tuple[str, str] | None:
    """The first thing the agent's power of attorney lacks for this contract."""
    poa, name, day = optional(signatory, "poa"), signatory.name, judged_on(contract)
    if poa is None:
        return f"{name}以代理人身份签署，没有授权书", f"`{name}` signs as agent without a power of attorney"
    agent = optional(poa, "agent")
    power = (f"授权书 {poa.id}", f"power of attorney `{poa.id}`")
    tests = (
        (poa.principal is party, "的委托人不是该当事人", "is another principal's"),
        (agent is not None and optional(agent, "name") == name, f"的受托人不是{name}", f"names no agent `{name}`"),
        ("signing" in entries(poa, "matters"), "不含签署合同", "doesn't cover signing"),
        (not poa.given("contracts") or contract in poa.contracts, "不含该合同", "doesn't name the contract"),
        (_in_term(poa, day), f"不覆盖签约日 {day.isoformat()}", f"doesn't cover {day.isoformat()}"),
    )
    return next(((f"{power[0]} {zh}", f"{power[1]} {en}") for holds, zh, en in tests if not holds), None)


def _in_term(poa: Record, day: date) -> bool:
    """Whether the power was given by a day and its term holds that day."""
    starts, ends, given = optional(poa, "starts_on"), optional(poa, "ends_on"), optional(poa, "signed_date")
    in_term = starts is not None and ends is not None and starts <= day <= ends
    return in_term and (given is None or given <= day)
