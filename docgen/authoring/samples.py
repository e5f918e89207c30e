"""Example values for fields: what a person would write, fictitious, with the right form and check digits."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from docgen.schema import FieldType, RecordType, Schema

# Organisation codes with XXX and the region 441299 are given out by no authority.
_BY_TYPE: Mapping[str, str] = {
    "whole": "1",
    "money": "5,000,000",
    "ratio": "30%",
    "number": "1.5",
    "day": "2026-01-29",
    "uscc": "91441202MA9XXX02X6",
    "id_no": "441299198506150076",
    "patent_no": "ZL202119999001.9",
    "hk_patent_no": "HK40099999",
    "trademark_no": "99990001",
    "bank_account": "0044062201040009999",
    "bic": "DOCGCNBJ",
    "phone": "0758-2200000",
    "email": "law@example.com",
    "postcode": "526040",
}
_LATER = "2027-01-28"
_MONTHS = "12"


# The parties of the skeleton: whether active, and the values that differ from party to party.
_PARTIES: tuple[tuple[bool, Mapping[str, str]], ...] = (
    (
        True,
        {"id": "bank", "type": "branch", "name": "某某银行股份有限公司肇庆分行", "uscc": "91441202MA9XXX011E"},
    ),
    (
        True,
        {"id": "company", "type": "company_llc", "name": "某某精密科技有限公司", "uscc": "91441202MA9XXX02X6"},
    ),
    (False, {"id": "person", "type": "natural_person", "name": "张某某"}),
    (False, {"id": "hk_company", "type": "hk_company", "name": "某某（香港）有限公司"}),
)
_CREDITORS = ("lender", "pledgee", "creditor", "grantor", "agent", "beneficiary")


def sample(one: FieldType) -> str:
    """An example as it is written in a deal file; "" for text without one, which only its author can know."""
    if one.example or one.default:
        return one.example or one.default or ""
    if one.type == "day" and (one.key.startswith("matures") or one.key.endswith("until")):
        return _LATER
    if one.type == "whole":
        return _MONTHS if one.key == "months" else _least(one)
    return _BY_TYPE.get(one.type, "")


def written_id(one: FieldType, schema: Schema) -> str:
    """The id a reference names: the creditor or the debtor among the sample parties, or the list's own example."""
    if "parties" in one.to:
        return "bank" if one.key.startswith(_CREDITORS) else "company"
    return _first_id(schema.listed(one.to[0]))


def entries(part: RecordType) -> tuple[tuple[bool, Mapping[str, str]], ...]:
    """The entries a list of records shows: one for each variant, whether it is active, and its fixed values."""
    if part.name == "party":
        return _PARTIES
    identified = {part.id_field: _first_id(part)} if part.id_field else {}
    if not part.variants:
        return ((True, identified),)
    shown: list[tuple[bool, Mapping[str, str]]] = []
    for number, variant in enumerate(part.variants):
        value = variant.values[0]
        own_id = {part.id_field: value} if part.id_field and number else identified
        shown.append((number == 0, {**own_id, part.variants_by: value}))
    return tuple(shown)


def _first_id(part: RecordType) -> str:
    """The id of a list's first entry."""
    return part.fields[part.id_field].example or part.name


def _least(one: FieldType) -> str:
    """The least whole number allowed, but one or more."""
    least = str(one.rules.get("min", "1"))
    return least if least != "0" else "1"
