"""Check digits and forms of official numbers.

`check(kind, text)` gives the number as it is written on paper and what is wrong with it. An *error* is a structure that
no such number can have, or a check digit whose rule is certain; a *warning* is a rule that has exceptions or is
known only second hand. The room neither knows whether a number was given to anybody, nor asks.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from docgen.identifiers import contacts, organisations, patents, persons, works
from docgen.identifiers.result import Identified, Problem, Reason, folded

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

__all__ = ["KINDS", "Identified", "Problem", "Reason", "check"]

KINDS: Final[Mapping[str, Callable[[str], Identified]]] = {
    "uscc": organisations.uscc,
    "bank_account": organisations.bank_account,
    "bic": organisations.bic,
    "lei": organisations.lei,
    "id_no": persons.id_no,
    "resident_id": persons.resident_id,
    "residence_permit": persons.residence_permit,
    "foreign_permanent": persons.foreign_permanent,
    "hk_macau_pass": persons.hk_macau_pass,
    "taiwan_pass": persons.taiwan_pass,
    "hkid": persons.hkid,
    "passport": persons.passport,
    "patent_no": patents.patent_no,
    "application_no": patents.application_no,
    "hk_patent_no": patents.hk_patent_no,
    "patent_agency_code": patents.agency_code,
    "pledge_registration_no": patents.pledge_registration_no,
    "trademark_no": works.trademark_no,
    "software_no": works.software_no,
    "copyright_no": works.copyright_no,
    "phone": contacts.phone,
    "email": contacts.email,
    "postcode": contacts.postcode,
}
"""The kinds of numbers; those of identity documents are the keys of the enumeration `id_type`."""

_LONGEST: Final = 100


def check(kind: str, text: str) -> Identified:
    """The number in its canonical form, and every problem found. KeyError for an unknown kind.

    Blanks are dropped and full-width letters, digits and signs become plain ones before anything is judged. With an
    error, `canonical` is the text after this and no more.
    """
    judge = KINDS[kind]
    number = folded(text)
    if not number:
        return Identified(number, (Problem(Reason.EMPTY),))
    if len(number) > _LONGEST:
        return Identified(number, (Problem(Reason.FORM),))
    return judge(number)
