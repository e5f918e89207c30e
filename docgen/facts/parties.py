"""Derived fields of parties: how they are identified, where they sit, what they are."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from docgen.facts.reading import entries, optional

if TYPE_CHECKING:
    from collections.abc import Callable

    from docgen.model import Record, Value

SEATS: Final = {
    "hk_company": "hong_kong",
    "macau_company": "macau",
    "taiwan_company": "taiwan",
    "foreign_company": "foreign",
}
ID_NAMES: Final = {
    "resident_id": "居民身份证号码",
    "residence_permit": "港澳台居民居住证号码",
    "hk_macau_pass": "港澳居民来往内地通行证号码",
    "taiwan_pass": "台湾居民来往大陆通行证号码",
    "hkid": "香港身份证号码",
    "passport": "护照号码",
    "foreign_permanent": "外国人永久居留身份证号码",
}


def seat(party: Record) -> Value:
    """The jurisdiction: as given, else by the kind of party, else mainland China."""
    return optional(party, "jurisdiction") or SEATS.get(party.type, "mainland")


def natural(party: Record) -> Value:
    """Whether it is a natural person."""
    return bool(party.type == "natural_person")


def company(party: Record) -> Value:
    """Whether it is a company under the Company Law."""
    return party.type in {"company_llc", "company_ltd"}


def identity_name(party: Record) -> Value:
    """What the identifying number is called."""
    if party.type == "natural_person":
        return ID_NAMES[party.id_type]
    return "公司注册编号" if party.type in SEATS else "统一社会信用代码"


def identity_no(party: Record) -> Value:
    """The identifying number itself."""
    if party.type == "natural_person":
        return party.id_no
    return party.registration_no if party.type in SEATS else party.uscc


def contact_address(party: Record) -> Value:
    """The mailing address, else the registered one."""
    return optional(party, "mail_address") or party.address


def born_on(party: Record) -> Value:
    """The date of birth: as given, else from the resident identity number (GB 11643)."""
    given = optional(party, "birth_date")
    if given is not None:
        return given
    number = optional(party, "id_no")
    if number and party.id_type in {"resident_id", "residence_permit", "foreign_permanent"} and len(number) == 18:  # noqa: PLR2004 — GB 11643
        return date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    return party.missing("born_on", (party.missing("birth_date"),))


def single_holder(party: Record) -> Value:
    """Whether the company has one shareholder only; missing while the shareholders aren't given."""
    holders = entries(party, "holders")
    return len(holders) == 1 if holders else party.missing("single_holder", (party.missing("holders"),))


FACTS: Final[dict[str, Callable[[Record], Value]]] = {
    "party_seat": seat,
    "party_is_natural": natural,
    "party_is_company": company,
    "party_identity_name": identity_name,
    "party_identity_no": identity_no,
    "party_contact_address": contact_address,
    "party_born_on": born_on,
    "party_single_holder": single_holder,
}
