"""Who may give security and what he must bring (rules C07–C10)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from docgen.checks.registry import Finding, rule
from docgen.checks.relations import beside, claims, providers, providers_key, securities
from docgen.checks.subjects import contract_name, judged_on
from docgen.diagnostics import Severity
from docgen.facts.reading import entries, optional
from docgen.formats.dates import add_months

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docgen.law import Law
    from docgen.model import Record

NON_PROFIT: Final = frozenset({"public_institution", "university", "nonprofit"})
FINANCIAL: Final = frozenset({"bank", "trust", "guarantee", "insurer"})
MONTHS: Final = 12


@rule(
    "C07",
    "主体依法不得提供担保",
    severity=Severity.ERROR,
    stage="draft",
    basis=("CC 683 [V]", "担保制度解释 5, 6 [V]"),
    applies=lambda deal: bool(securities(deal)),
)
def may_secure(deal: Record, _law: Law) -> Iterator[Finding]:
    """State organs give no security, public-interest bodies no guarantee; they may pledge patents. law: CC 683."""
    for contract in securities(deal):
        for party in providers(contract):
            why = _barred(contract, party)
            if why is not None:
                args = {"party": party.name, "contract": contract_name(contract), "why.zh": why[0], "why.en": why[1]}
                severity = Severity.WARNING if party.type == "collective" else None
                yield Finding(
                    contract, providers_key(contract), args, related=((party, "type", "kind"),), severity=severity
                )


def _barred(contract: Record, party: Record) -> tuple[str, str] | None:
    """Why a party can't give this security, in both languages; None when it can."""
    if party.type == "government":
        return "国家机关不得提供担保", "state organs can't give security"
    if party.type == "collective":
        return (
            "居民委员会、村民委员会一般不得提供担保，农村集体经济组织须经法定程序",
            "residents' and villagers' committees can't as a rule; a rural collective needs its statutory procedure",
        )
    if contract.type_name == "guarantee" and party.type in NON_PROFIT and optional(party, "non_profit") is not False:
        return (
            "以公益为目的的非营利法人和其他组织不得为保证人（交易文件没有写明它不属于此类）",
            "public-interest non-profit bodies can't be guarantors, and the deal doesn't say that it is none",
        )
    return None


@rule(
    "C08",
    "未成年人提供担保",
    severity=Severity.ERROR,
    stage="sign",
    each="security_providers",
    applies=lambda party: bool(party.natural),
    needs=("born_on",),
    basis=("CC 17-19 [V]", "CC 144, 145 [V]"),
)
def of_age(party: Record, law: Law) -> Iterator[Finding]:
    """A natural person who gives security is 18 on the day of signing. law: CC 17–19."""
    age = law.number("adult_age", party.root.deal.as_of)
    if age is None:
        return
    adult_on = add_months(party.born_on, int(age) * MONTHS)
    for contract in securities(party.root):
        if party in providers(contract) and judged_on(contract) < adult_on:
            # the day of majority would tell the date of birth
            yield Finding(party, "born_on", {"party": party.name, "contract": contract_name(contract)})


@rule(
    "C09",
    "自然人担保未取得配偶同意",
    severity=Severity.WARNING,
    stage="sign",
    each="security_providers",
    applies=lambda party: bool(party.natural),
    needs=("marital", "marital.status"),
    basis=("CC 1060 [V]", "CC 1062 [V]", "CC 1064 [V]", "婚姻家庭编解释一 24 [V]"),
)
def spouse_agrees(party: Record, _law: Law) -> Iterator[Finding]:
    """A married provider brings the spouse's consent, any other a statement of status. law: CC 1060, 1064."""
    married = party.marital.status == "married"
    wanted = "spouse" if married else "marital_statement"
    for contract in securities(party.root):
        if party not in providers(contract) or (married and _spouse_liable(contract, party)):
            continue
        if not any(
            _covers(consent, party, contract) for consent in entries(party.root, "consents") if consent.type == wanted
        ):
            said = (
                {"lacks.zh": "配偶同意书", "lacks.en": "spouse's consent"}
                if married
                else {"lacks.zh": "婚姻状况声明", "lacks.en": "statement of marital status"}
            )
            args = {"party": party.name, "contract": contract_name(contract), **said}
            yield Finding(party.marital, "status", args)


def _spouse_liable(contract: Record, party: Record) -> bool:
    """Whether the spouse gives security or borrows for the same claims."""
    spouse = optional(party.marital, "spouse")
    bound = [one for security in (contract, *beside(contract)) for one in providers(security)]
    bound += [one for claim in claims(contract) for one in (claim.borrower, *entries(claim, "co_borrowers"))]
    return spouse is not None and spouse in bound


def _covers(consent: Record, party: Record, contract: Record) -> bool:
    """Whether a consent or statement is about this party's security under this contract."""
    spouse = optional(party.marital, "spouse")
    if consent.type == "spouse":
        who = optional(consent, "for_party") is party and (spouse is None or consent.given_by is spouse)
    else:
        who = consent.given_by is party
    return who and (not consent.given("contracts") or contract in consent.contracts)


@rule(
    "C10",
    "分支机构未经授权提供担保",
    severity=Severity.ERROR,
    stage="sign",
    applies=lambda deal: any(party.type == "branch" for one in securities(deal) for party in providers(one)),
    basis=("担保制度解释 11 [V]", "CC 74 [V]"),
)
def branch_authorised(deal: Record, _law: Law) -> Iterator[Finding]:
    """A branch brings its company's resolution; a financial one its head office's authority. law: 担保制度解释 11."""
    for contract in securities(deal):
        for party in providers(contract):
            if party.type == "branch" and not _authorised(contract, party):
                financial = optional(party, "licence_kind") in FINANCIAL
                said = (
                    {"lacks.zh": "总行或者总公司的授权书编号", "lacks.en": "number of the head office's authorisation"}
                    if financial
                    else {"lacks.zh": "公司股东会或者董事会的决议", "lacks.en": "company's resolution"}
                )
                args = {"party": party.name, "contract": contract_name(contract), **said}
                yield Finding(party, "authorisation_no" if financial else "head_office", args)


def _authorised(contract: Record, branch: Record) -> bool:
    """Whether the branch has what the law asks of its kind."""
    if optional(branch, "licence_kind") in FINANCIAL and branch.given("authorisation_no"):
        return True
    head = optional(branch, "head_office")
    return any(
        contract in entries(one, "approves") and (one.party is branch or one.party.name == head)
        for one in entries(contract.root, "resolutions")
    )
