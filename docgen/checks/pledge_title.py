"""Whether the pledgor may pledge: register entry, co-owners, other pledges, court orders (B03, B09–B11)."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, Final

from docgen.checks.registry import Finding, rule
from docgen.checks.subjects import contract_name, party_ids, pledged_assets, right_args
from docgen.diagnostics import Severity
from docgen.facts.reading import entries, optional

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docgen.law import Law
    from docgen.model import Record

SEPARATORS: Final = re.compile(r"[、；;]")


@rule(
    "B03",
    "出质人与登记权利人",
    severity=Severity.ERROR,
    stage="register",
    each="pledges",
    needs=("assets.asset.registered_owner",),
    basis=("专利权质押登记办法 11#1 [S]", "专利权质押登记办法2010 [R]", "商标质押程序规定 8 [R]"),
)
def pledgor_is_registered(pledge: Record, _law: Law) -> Iterator[Finding]:
    """The register names the pledgor, to the letter. law: 专利权质押登记办法 11#1."""
    pledgors = entries(pledge, "pledgors")
    names = {party.name for party in pledgors}
    former = {party.former_name for party in pledgors if party.given("former_name")}
    for asset in pledged_assets(pledge):
        registered = [name.strip() for name in SEPARATORS.split(asset.registered_owner)]
        if not names & set(registered):
            args = right_args(pledge, asset, registered=asset.registered_owner, pledgors=party_ids(pledgors))
            notes = ("former",) if former & set(registered) else ()
            yield Finding(asset, "registered_owner", args, notes=notes)


@rule(
    "B09",
    "共有人同意",
    severity=Severity.ERROR,
    stage="sign",
    each="pledges",
    basis=(
        "专利权质押登记办法 4 [V]",
        "专利权质押登记办法 11#8 [S]",
        "专利权质押登记办法2010 [R]",
        "专利法 14(2) [V]",
        "专利法2008 15 [R]",
        "著作权法 14(2) [V]",
        "著作权质权登记办法 3 [S]",
    ),
)
def co_owners_agree(pledge: Record, _law: Law) -> Iterator[Finding]:
    """Every co-owner is pledgor or has consented. law: 专利法 14(2)."""
    pledgors = entries(pledge, "pledgors")
    for asset in pledged_assets(pledge):
        if not asset.co_owned:
            continue
        for owner in entries(asset, "owners"):
            party = optional(owner, "party")
            if party in pledgors or _consented(pledge, asset, party, optional(owner, "owner_name")):
                continue
            yield Finding(owner, "", right_args(pledge, asset, owner=str(optional(owner, "owner_name") or owner.path)))


def _consented(pledge: Record, asset: Record, party: Record | None, name: str | None) -> bool:
    """Whether a co-owner's consent covers this pledge of this right."""
    for consent in entries(pledge.root, "consents"):
        mine = consent.given_by is party or (party is None and consent.given_by.name == name)
        contracts, assets = entries(consent, "contracts"), entries(consent, "assets")
        if (
            consent.type == "co_owner"
            and mine
            and (contracts or assets)
            and (not contracts or pledge in contracts)
            and (not assets or asset in assets)
        ):
            return True
    return False


@rule(
    "B10",
    "专利权已处于质押期间",
    severity=Severity.ERROR,
    stage="sign",
    basis=("专利权质押登记办法 11#9 [S]", "专利权质押登记办法2010 [R]"),
)
def pledged_once(deal: Record, _law: Law) -> Iterator[Finding]:
    """A patent stands under one registered pledge only. law: 专利权质押登记办法 11#9."""
    holders: dict[Record, list[Record]] = defaultdict(list)
    for key in ("pledges", "counter_securities"):
        for security in entries(deal, key):
            for asset in pledged_assets(security):
                if asset.is_patent:
                    holders[asset].append(security)
    for asset, (first, *others) in holders.items():
        for other in others:
            args = right_args(other, asset, other=contract_name(first))
            yield Finding(other, "assets", args, related=((first, "assets", "first"),))
        for burden in entries(asset, "encumbrances"):
            own = optional(burden, "registration_no") in _numbers(first)
            if not own and not burden.given("released_on") and not optional(burden, "kept_for_new_loan"):
                held = str(optional(burden, "registration_no") or optional(burden, "pledgee") or burden.path)
                yield Finding(burden, "", right_args(first, asset, other=held))


def _numbers(security: Record) -> set[str]:
    """The registration numbers of a pledge itself, whose entry may stand among the right's existing pledges."""
    return {one.no for one in entries(security, "registrations") if one.given("no")}


@rule(
    "B11",
    "权属纠纷或者保全",
    severity=Severity.ERROR,
    stage="sign",
    each="pledges",
    basis=(
        "专利权质押登记办法 11#5 [S]",
        "专利权质押登记办法2010 [R]",
        "专利法实施细则 103 [V]",
        "专利法实施细则 104 [V]",
        "专利法实施细则 105 [V]",
        "专利法实施细则2010 86 [R]",
    ),
)
def no_suspension(pledge: Record, _law: Law) -> Iterator[Finding]:
    """No dispute over title and no court order has suspended procedures. law: 专利法实施细则 103."""
    for asset in pledged_assets(pledge):
        if optional(asset, "title_dispute"):
            cause = {"cause.zh": "权属纠纷中止", "cause.en": "suspended for a dispute over title"}
            yield Finding(asset, "title_dispute", right_args(pledge, asset) | cause)
        if optional(asset, "preservation"):
            cause = {"cause.zh": "法院财产保全", "cause.en": "under a court's preservation order"}
            yield Finding(asset, "preservation", right_args(pledge, asset) | cause)
