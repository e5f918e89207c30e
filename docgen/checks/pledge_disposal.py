"""What was granted in a right before the pledge, and what may be granted after it (B18, B19)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docgen.checks.registry import Finding, rule
from docgen.checks.subjects import asset_name, contract_name, judged_on, pledged_assets
from docgen.diagnostics import Severity
from docgen.facts.reading import entries, optional

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docgen.law import Law
    from docgen.model import Record


@rule(
    "B18",
    "出质前的许可",
    severity=Severity.WARNING,
    stage="draft",
    each="pledges",
    basis=("著作权质权登记办法 6#6 [S]", "CC 444 [V]"),
)
def licences_disclosed(pledge: Record, _law: Law) -> Iterator[Finding]:
    """Licences granted before the pledge are disclosed; exclusive ones weigh on value. law: CC 444."""
    for asset in pledged_assets(pledge):
        for licence in entries(asset, "licences"):
            ended = licence.given("ends_on") and licence.ends_on < judged_on(pledge)
            if not ended:
                notes = ("exclusive",) if optional(licence, "kind") in {"exclusive", "sole"} else ()
                args = {"contract": contract_name(pledge), "asset": asset_name(asset)}
                args["licensee"] = str(optional(licence, "licensee") or "-")
                yield Finding(licence, "", args, notes=notes)


def _held_by(asset: Record, deal: Record) -> dict[str, set[str]]:
    """What holds a right under a pledge (contract or registration number), each with its pledgees' names."""
    found: dict[str, set[str]] = {}
    for pledge in entries(deal, "pledges"):
        if asset in pledged_assets(pledge):
            found[contract_name(pledge)] = {party.name for party in entries(pledge, "pledgees")}
    for burden in entries(asset, "encumbrances"):
        if not burden.given("released_on"):
            number = str(optional(burden, "registration_no") or optional(burden, "pledgee") or burden.path)
            found[number] = {str(optional(burden, "pledgee") or "")}
    return found


@rule(
    "B19",
    "出质后的转让和许可",
    severity=Severity.ERROR,
    stage="sign",
    basis=("CC 444(2) [V]", "专利法实施细则 86#4 [V]"),
)
def disposal_agreed(deal: Record, _law: Law) -> Iterator[Finding]:
    """A pledged right is assigned or licensed only with the pledgee's earlier consent. law: CC 444(2)."""
    for contract in (*entries(deal, "transfers"), *entries(deal, "licences")):
        for asset in entries(contract, "assets"):
            for held, pledgees in _held_by(asset, deal).items():
                if not _agreed(contract, asset, pledgees):
                    args = {"contract": contract_name(contract), "asset": asset_name(asset), "held": held}
                    yield Finding(contract, "assets", args)
    for asset in entries(deal, "assets"):
        for held in _held_by(asset, deal) if optional(asset, "open_licence") else ():
            args = {"contract": asset.label_of("open_licence"), "asset": asset_name(asset), "held": held}
            yield Finding(asset, "open_licence", args)


def _agreed(contract: Record, asset: Record, pledgees: set[str]) -> bool:
    """Whether a pledgee consented to dispose of the right, by the day of the contract."""
    day = judged_on(contract)
    return any(
        consent.type == "pledgee"
        and consent.given_by.name in pledgees
        and (not entries(consent, "assets") or asset in entries(consent, "assets"))
        and (not consent.given("signed_date") or consent.signed_date <= day)
        for consent in entries(contract.root, "consents")
    )
