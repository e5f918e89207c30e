"""Dispute resolution and service (rules I07, I08, I09, I12)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from docgen.checks.faults import fault
from docgen.checks.registry import Finding, rule
from docgen.checks.relations import securities
from docgen.checks.subjects import contract_name
from docgen.diagnostics import Severity
from docgen.facts.reading import distinct, entries, optional

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docgen.law import Law
    from docgen.model import Record

CONTRACTS: Final = ("loans", "pledges", "guarantees", "transfers")
VAGUE: Final = re.compile(r"当地|所在地|有关|相关|有管辖权|任一|任何|一方|双方|^(?:仲裁)?(?:委员会|机构)$|或者?|及|、")
PLACE: Final = re.compile(r"[一-鿿]{2,}?(?:自治区|特别行政区|省|市|区|县|州|盟|旗)")
COURT_ENDING: Final = re.compile(
    r"(?:知识产权|海事|金融|互联网|铁路运输)?(?:第[一二三四])?(?:高级|中级|基层)?(?:人民)?法院.*"
)
BASES: Final = {
    "lender_seat": ("贷款人住所地", "the lender's domicile"),
    "borrower_seat": ("借款人住所地", "the borrower's domicile"),
    "signing_place": ("合同签订地", "the place of signing"),
}


def _clauses(deal: Record) -> tuple[tuple[Record, Record], ...]:
    """Every dispute clause once, with the first contract (or the deal) it belongs to."""
    found: dict[Record, Record] = {}
    for key in CONTRACTS:
        for contract in entries(deal, key):
            clause = optional(contract, "contract_dispute")
            if clause is not None:
                found.setdefault(clause, contract)
    common = optional(deal, "dispute")
    if common is not None:
        found.setdefault(common, deal)
    return tuple(found.items())


def _arbitrates(deal: Record) -> bool:
    """Whether some clause chooses arbitration, alone or beside the courts."""
    return any(
        optional(clause, "method") == "arbitration" or bool(optional(clause, "either_way"))
        for clause, _ in _clauses(deal)
    )


def _litigates(deal: Record) -> bool:
    """Whether some clause chooses the courts."""
    return any(optional(clause, "method") == "court" for clause, _ in _clauses(deal))


@rule(
    "I07",
    "仲裁条款无效",
    severity=Severity.ERROR,
    stage="draft",
    applies=_arbitrates,
    basis=("仲裁法2017 16-18 [V]", "仲裁法 27, 29 [S]", "仲裁法 28, 30 [R]", "仲裁法解释 7 [V]"),
)
def arbitration_valid(deal: Record, _law: Law) -> Iterator[Finding]:
    """An arbitration clause names one institution and doesn't leave the courts open. law: 仲裁法 27."""
    for clause, _ in _clauses(deal):
        if optional(clause, "either_way"):
            said = fault("约定可以仲裁也可以诉讼", "leaves arbitration and courts open")
            yield Finding(clause, "either_way", said)
            continue
        if optional(clause, "method") != "arbitration":
            continue
        name = optional(clause, "institution")
        if name is None:
            said = fault("没有写明仲裁机构", "names no institution")
            yield Finding(clause, "institution", said)
        elif VAGUE.search(name):
            said = fault(f"仲裁机构“{name}”不能确定为一家", f"names `{name}`, which is no one institution")
            yield Finding(clause, "institution", said)


@rule(
    "I08",
    "协议管辖无实际联系",
    severity=Severity.ERROR,
    stage="draft",
    applies=_litigates,
    basis=(
        "民事诉讼法2017 34 [R]",
        "民事诉讼法2021 35 [R]",
        "民事诉讼法 35 [V]",
        "民诉解释2015 18, 29, 30 [R]",
        "民诉解释 18, 29, 30 [V]",
    ),
)
def court_connected(deal: Record, _law: Law) -> Iterator[Finding]:
    """The agreed court lies at a place the law allows: a party's seat, or of signing or performance. law: CPL 35."""
    for clause, owner in _clauses(deal):
        if optional(clause, "method") != "court":
            continue
        court, basis = optional(clause, "court"), optional(clause, "court_basis")
        if basis is None:
            yield from _unstated(deal, clause, court)
        elif court is not None and basis in BASES:
            places = _places(deal, owner, basis)
            if places is None:
                said = fault(
                    f"按{BASES[basis][0]}约定，交易中却没有这一方",
                    f"is set at {BASES[basis][1]}, who isn't in the deal",
                )
                yield Finding(clause, "court_basis", {"court": court, **said})
            elif _elsewhere(court, places):
                said = fault(f"与{BASES[basis][0]}不符", f"isn't at {BASES[basis][1]}")
                severity = Severity.WARNING if _near(court, places) else None
                related = ((clause, "court_basis", "basis"),)
                yield Finding(clause, "court", {"court": court, **said}, severity=severity, related=related)


def _unstated(deal: Record, clause: Record, court: str | None) -> Iterator[Finding]:
    """A finding when no connection is stated and the court lies at none of the places of the deal."""
    if court is None:
        args = {"court.zh": "未写明", "court.en": "not named"}
        yield Finding(clause, "court", {**args, **fault("不能确定", "can't be determined")})
        return
    places = tuple(place for basis in BASES for place in _places(deal, deal, basis) or ())
    places += tuple(party.address for party in entries(deal, "signing_parties") if party.given("address"))
    if _elsewhere(court, places):
        said = fault("与各方住所地、合同签订地都不符", "is at no party's domicile nor the place of signing")
        yield Finding(clause, "court", {"court": court, **said})


def _words(court: str) -> list[str]:
    """The places in a court's name below the province: 肇庆市, 端州区; the bare name when it has no such word."""
    bare = COURT_ENDING.sub("", court)
    words = PLACE.findall(bare) or [bare]
    return [word for word in words if not word.endswith(("省", "自治区"))] or words


def _elsewhere(court: str, places: tuple[str, ...]) -> bool:
    """Whether the smallest place in the court's name is in none of some addresses."""
    word = _words(court)[-1]
    return bool(places) and bool(word) and not any(word in place for place in places)


def _near(court: str, places: tuple[str, ...]) -> bool:
    """Whether the court is at least in a city of these addresses."""
    return any(word[:2] in place for word in _words(court) for place in places)


def _places(deal: Record, owner: Record, basis: str) -> tuple[str, ...] | None:
    """The addresses of the connecting place, as far as given; None when the deal has no such party."""
    if basis == "signing_place":
        return (deal.deal.signing_place,) if deal.deal.given("signing_place") else ()
    key = "lender" if basis == "lender_seat" else "borrower"
    parties = [optional(owner, key)] if key in owner else []
    parties += [optional(one, key) for name in ("loans", "credit_lines") for one in entries(deal, name)]
    known = distinct(party for party in parties if party is not None)
    return tuple(dict.fromkeys(party.address for party in known if party.given("address"))) if known else None


@rule(
    "I09",
    "主从合同争议解决条款不一致",
    severity=Severity.WARNING,
    stage="draft",
    basis=("担保制度解释 21 [V]",),
    applies=lambda deal: bool(securities(deal)),
)
def same_forum(deal: Record, _law: Law) -> Iterator[Finding]:
    """Security contracts and the contract they secure go to the same forum. law: 担保制度解释 21."""
    for contract in securities(deal):
        for principal in entries(contract, "secures"):
            if "contract_dispute" not in principal:
                continue
            own, other = optional(contract, "contract_dispute"), optional(principal, "contract_dispute")
            if own is not None and other is not None and own is not other and _forum(own) != _forum(other):
                args = {"contract": contract_name(contract), "principal": contract_name(principal)}
                yield Finding(own, "method", args, related=((other, "method", "principal"),))


def _forum(clause: Record) -> tuple[str | None, ...]:
    """What decides where a dispute goes."""
    method = optional(clause, "method")
    if method == "arbitration":
        return method, optional(clause, "institution")
    return method, optional(clause, "court") or optional(clause, "court_basis")


@rule(
    "I12",
    "送达地址条款缺失",
    severity=Severity.WARNING,
    stage="draft",
    each="signing_parties",
    basis=("法发〔2016〕21号 3 [S]", "法发〔2017〕19号 8 [S]"),
)
def service_address(party: Record, _law: Law) -> Iterator[Finding]:
    """Each party names its address for service, with an e-mail when it accepts e-service. law: 法发〔2016〕21号 3."""
    service = optional(party, "service_address")
    if service is None:
        said = fault("没有送达地址", "has no address for service")
        yield Finding(party, "service_address", {"party": party.name, **said})
    elif optional(service, "e_service") and not service.given("email"):
        said = fault("同意电子送达，却没有写邮箱", "accepts e-service but gives no e-mail")
        yield Finding(service, "email", {"party": party.name, **said})
