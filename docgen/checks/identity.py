"""Identity and official numbers that agree with each other; credit-reporting consents (rules I01, I02, I04)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from docgen.checks.faults import fault
from docgen.checks.registry import Finding, rule
from docgen.checks.relations import claims, securities, third_parties
from docgen.checks.subjects import asset_name, judged_on
from docgen.diagnostics import Severity
from docgen.facts.reading import distinct, entries, optional
from docgen.identifiers import patents, persons

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docgen.law import Law
    from docgen.model import Record

USCC_STARTS: Final = {
    "company_llc": ("91",),
    "company_ltd": ("91",),
    "partnership": ("91",),
    "sole_prop": ("91",),
    "branch": ("91", "12", "5"),
    "individual_business": ("92",),
    "public_institution": ("12",),
    "university": ("12", "52"),
    "nonprofit": ("5", "12"),
    "government": ("11", "13", "19"),
}
KIND_NAMES: Final = {
    "invention": ("发明", "invention"),
    "utility_model": ("实用新型", "utility model"),
    "design": ("外观设计", "design"),
}
REPORTING: Final = frozenset({"bank", "trust", "small_loan", "guarantee", "leasing", "factoring", "other"})


@rule(
    "I01",
    "证件号码与主体信息不一致",
    severity=Severity.WARNING,
    stage="draft",
    basis=("GB32100 [R]", "GB11643 [R]"),
)
def identities_agree(deal: Record, _law: Law) -> Iterator[Finding]:
    """A credit code fits the kind of party; one number has one name, one name one number. law: GB32100; GB11643."""
    for party in entries(deal, "parties"):
        code = optional(party, "uscc")
        starts = USCC_STARTS.get(party.type)
        if code and starts and not code.startswith(starts):
            said = fault(
                f"{party.name}的统一社会信用代码以 {code[:2]} 开头，与主体类型不符",
                f"credit code of {party.name} starts with {code[:2]}, which doesn't fit the kind of party",
            )
            yield Finding(party, "uscc", said, related=((party, "type", "other"),))
        if party.natural and party.given("sex") and party.given("id_no"):
            male = persons.is_male(party.id_no)
            if male is not None and male != (party.sex == "male"):
                said = fault(
                    f"{party.name}的性别与证件号码不符", f"sex of {party.name} differs from the identity number"
                )
                yield Finding(party, "sex", said, related=((party, "id_no", "other"),))
    yield from _one_number_one_name(deal)


def _identified(deal: Record) -> Iterator[tuple[Record, str, str, str]]:
    """Each record with an identity number or credit code: record, key, name, number."""
    for party in entries(deal, "parties"):
        for key in ("id_no", "uscc", "registration_no"):
            if optional(party, key):
                yield party, key, party.name, party[key]
        people = [optional(party, "representative"), optional(party, "signatory"), *entries(party, "beneficial_owners")]
        people += [optional(poa, "agent") for poa in entries(deal, "poas") if poa.principal is party]
        for person in people:
            if person is not None and person.given("name") and optional(person, "id_no"):
                yield person, "id_no", person.name, person.id_no


def _one_number_one_name(deal: Record) -> Iterator[Finding]:
    """Numbers given to two names, and names of natural persons given two numbers."""
    by_number: dict[str, tuple[Record, str, str]] = {}
    by_name: dict[str, tuple[Record, str, str]] = {}
    for record, key, name, number in _identified(deal):
        first = by_number.setdefault(number, (record, key, name))
        if first[2] != name:
            said = fault(f"{name}与{first[2]}写了同一个号码", f"{name} and {first[2]} have the same number")
            yield Finding(record, key, said, related=((first[0], first[1], "other"),))
        if key == "id_no":
            known = by_name.setdefault(name, (record, key, number))
            if known[2] != number:
                said = fault(f"{name}在两处写了不同的证件号码", f"{name} has two identity numbers")
                yield Finding(record, key, said, related=((known[0], known[1], "other"),))


@rule(
    "I02",
    "专利号与种类、申请年不符",
    severity=Severity.WARNING,
    stage="draft",
    basis=("ZC0006 [R]",),
)
def patent_numbers_fit(deal: Record, _law: Law) -> Iterator[Finding]:
    """The kind digit says the kind of patent; the first digits the year of filing. law: ZC0006."""
    for asset in entries(deal, "assets"):
        number = optional(asset, "patent_no") if asset.is_patent else None
        if number is None or patents.application_no(number).problems:
            continue
        kind, year, filed = patents.patent_kind(number), patents.filing_year(number), optional(asset, "filed_on")
        if kind != asset.type:
            zh, en = KIND_NAMES[kind]
            said = fault(f"按号码应为{zh}", f"is that of an {en}" if en[0] in "aeio" else f"is that of a {en}")
            yield Finding(asset, "patent_no", {"asset": asset_name(asset), **said}, related=((asset, "type", "other"),))
        if filed is not None and filed.year != year and not patents.is_international(number):
            said = fault(
                f"号码中的年份是 {year}，申请日在 {filed.year} 年", f"says {year}, but it was filed in {filed.year}"
            )
            related = ((asset, "filed_on", "other"),)
            yield Finding(asset, "patent_no", {"asset": asset_name(asset), **said}, related=related)


@rule(
    "I04",
    "征信查询与报送授权缺失",
    severity=Severity.WARNING,
    stage="sign",
    each="loans",
    applies=lambda loan: optional(loan.lender, "licence_kind") in REPORTING,
    basis=("征信业管理条例 18-20, 29 [V]",),
)
def credit_consents(loan: Record, _law: Law) -> Iterator[Finding]:
    """Everyone whose credit record is read or reported has consented in writing before. law: 征信业管理条例 18, 29."""
    secured = [p for one in securities(loan.root) if loan in claims(one) for p in third_parties(one)]
    consents = [one for one in entries(loan.root, "consents") if one.type == "credit" and _to(one, loan)]
    for party in distinct([*loan.borrowers, *secured]):
        own = [one for one in consents if one.given_by is party]
        if not own:
            said = fault("没有征信查询及报送授权书", "has given no credit-reporting authorisation")
            yield Finding(party, "name", {"party": party.name, **said})
        elif all(_too_late(one, loan) for one in own):
            said = fault(
                "的授权书在签约之后才出具，或者签约时已经到期", "has an authorisation that doesn't cover signing"
            )
            yield Finding(own[0], "signed_on", {"party": party.name, **said})


def _to(consent: Record, loan: Record) -> bool:
    """Whether a consent is addressed to a lender of the loan, as far as it says."""
    to = optional(consent, "to_party")
    return to is None or to is loan.lender or to in [one.party for one in entries(loan, "syndicate")]


def _too_late(consent: Record, loan: Record) -> bool:
    """Whether a consent was signed after the loan contract or had lapsed by then."""
    day, signed, until = judged_on(loan), optional(consent, "signed_on"), optional(consent, "valid_until")
    return (signed is not None and signed > day) or (until is not None and until < day)
