"""Hong Kong patents and cross-border security (rules H01, H05, H06)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from docgen.checks.faults import fault
from docgen.checks.registry import Finding, rule
from docgen.checks.relations import claims, providers, providers_key, securities
from docgen.checks.subjects import asset_name, contract_name, judged_on
from docgen.diagnostics import Severity
from docgen.facts.reading import entries, optional

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docgen.law import Law
    from docgen.model import Record

MAINLAND_OFFICES: Final = {
    "cnipa": ("国家知识产权局", "CNIPA"),
    "copyright_centre": ("中国版权保护中心", "the Copyright Centre"),
}


@rule(
    "H01",
    "香港专利不能在内地登记机关办理质押登记",
    severity=Severity.ERROR,
    stage="draft",
    each="pledges",
    applies=lambda pledge: bool(pledge.has_hk_patents),
    basis=("涉外民事关系法律适用法 40, 48 [V]", "Cap.514 51, 52 [V]"),
)
def hk_register(pledge: Record, _law: Law) -> Iterator[Finding]:
    """Security over a Hong Kong patent is registered in Hong Kong. law: 涉外民事关系法律适用法 48."""
    hong_kong = [entry.asset for entry in pledge.hk_patents]
    for registration in entries(pledge, "registrations"):
        office = MAINLAND_OFFICES.get(optional(registration, "office") or "")
        named = entries(registration, "assets") or (() if pledge.has_patents else tuple(hong_kong))
        for asset in hong_kong if office is not None else ():
            if asset in named and office is not None:
                args = {"asset": asset_name(asset), "office.zh": office[0], "office.en": office[1]}
                yield Finding(registration, "office", args)
    for poa in entries(pledge.root, "poas"):
        matters = set(entries(poa, "matters"))
        if "patent_pledge_filing" in matters and "hk_filing" not in matters:
            for asset in entries(poa, "assets"):
                if asset in hong_kong:
                    args = {"asset": asset_name(asset), "office.zh": "国家知识产权局", "office.en": "CNIPA"}
                    yield Finding(poa, "matters", args)


@rule(
    "H05",
    "香港专利期限",
    severity=Severity.ERROR,
    stage="draft",
    each="pledges",
    applies=lambda pledge: bool(pledge.has_hk_patents),
    needs=("latest_maturity", "hk_patents.asset.expires_on"),
    basis=("Cap.514 [S]", "Cap.514 39, 126 [R]"),
)
def hk_term(pledge: Record, _law: Law) -> Iterator[Finding]:
    """The debt falls due within a Hong Kong patent's term, and the patent is kept renewed. law: Cap.514 39, 126."""
    due = pledge.latest_maturity
    for entry in pledge.hk_patents:
        asset = entry.asset
        renewed = optional(asset, "renewed_until")
        args = {"asset": asset_name(asset), "due": due.isoformat()}
        if due > asset.expires_on:
            end = asset.expires_on.isoformat()
            yield Finding(asset, "filed_on", {**args, **fault(f"期限到 {end} 届满", f"expires on {end}")})
        elif renewed is not None and renewed < judged_on(pledge):
            end = renewed.isoformat()
            said = fault(f"续期只到 {end}，早于签约", f"is renewed until {end} only, before signing")
            yield Finding(asset, "renewed_until", {**args, **said}, severity=Severity.WARNING)


CLASSES: Final = {
    "内保外贷": (
        "内保外贷：担保人在签约后十五个工作日内办理登记",
        "is onshore security for an offshore loan, to be registered within 15 working days of signing",
    ),
    "外保内贷": (
        "外保内贷：由境内债权人（金融机构）报送数据",
        "is offshore security for an onshore loan, reported by the lender",
    ),
}


def _class(contract: Record, provider: Record) -> str | None:
    """The kind of cross-border security by the seats of lender, debtors and provider; None when all is onshore."""
    lenders = [optional(one, "lender") for one in claims(contract)]
    others = [party for party in (*lenders, *contract.debtors) if party is not None]
    abroad = {party.seat != "mainland" for party in others}
    outside = provider.seat != "mainland"
    if abroad == {True} and not outside:
        return "内保外贷"
    if abroad == {False} and outside:
        return "外保内贷"
    if True in abroad or outside:
        return "其他"
    return "其他" if contract.type_name == "pledge" and contract.has_hk_patents else None


@rule(
    "H06",
    "跨境担保的外汇性质",
    severity=Severity.WARNING,
    stage="draft",
    basis=("汇发〔2014〕29号 2, 3, 6 [S]",),
    applies=lambda deal: any(_class(one, party) for one in securities(deal) for party in providers(one)),
)
def exchange_class(deal: Record, _law: Law) -> Iterator[Finding]:
    """Security that needs foreign-exchange registration or reporting is named. law: 汇发〔2014〕29号 3."""
    for contract in securities(deal):
        for party in providers(contract):
            found = _class(contract, party)
            if found in {"内保外贷", "外保内贷"}:
                zh, en = CLASSES[found]
                args = {"contract": contract_name(contract), "party": party.name, "kind.zh": zh, "kind.en": en}
                yield Finding(contract, providers_key(contract), args)
