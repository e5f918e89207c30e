"""Telephone numbers, e-mail addresses and postcodes."""

from __future__ import annotations

import re

from docgen.identifiers.result import Identified, Reason, refused, structure, warned


def phone(number: str) -> Identified:
    """A telephone number: `13800001234`, `0758-2200000`, `0758-2200000-123`, `400-000-0000`, `+852 23456789`.

    Numbers of mainland China lose +86, those of other places keep their code. Seven or eight digits alone are
    accepted with a warning: nobody knows of which city.
    """
    home = re.sub(r"^(?:\+|00)86-?", "", number)
    abroad = re.fullmatch(r"(?:\+|00)([0-9()-]+)|(852-?[0-9]{8})", number) if home == number else None
    if abroad:
        return _abroad(number, re.sub(r"[^0-9]", "", abroad[1] or abroad[2]))
    return _at_home(number, home)


def _at_home(number: str, home: str) -> Identified:
    """A number of mainland China, without +86 in `home`; only then may the area code lack its 0."""
    digits = home.replace("-", "")
    landline = re.fullmatch(r"\(?(0?)(10|2[0-9]|[3-9][0-9]{2})\)?-?([0-9]{7,8})(?:[-转]([0-9]{1,6}))?", home)
    if landline and (landline[1] or home != number):
        return Identified("-".join(filter(None, (f"0{landline[2]}", landline[3], landline[4]))))
    if re.fullmatch(r"[48]00[0-9]{7}", digits):
        return Identified(f"{digits[:3]}-{digits[3:6]}-{digits[6:]}")
    if re.fullmatch(r"1[3-9][0-9]{9}|9[56][0-9]{3,4}", digits):
        return Identified(digits)
    if re.fullmatch(r"[2-9][0-9]{6,7}", digits):
        return warned(digits, Reason.NO_AREA_CODE)
    return refused(number, Reason.FORM)


def _abroad(number: str, digits: str) -> Identified:
    """A number outside mainland China. Hong Kong and Macau have eight digits; E.164 allows 15 in all."""
    neighbour = re.fullmatch(r"(85[23])([0-9]*)", digits)
    if neighbour:
        code, subscriber = neighbour.groups()
        right = re.fullmatch(r"[2-9][0-9]{7}", subscriber)
        return Identified(f"+{code} {subscriber}") if right else refused(number, Reason.FORM)
    return Identified(f"+{digits}") if re.fullmatch(r"[1-9][0-9]{6,14}", digits) else refused(number, Reason.FORM)


def email(address: str) -> Identified:
    """An e-mail address of plain characters, as typed."""
    local, at, domain = address.rpartition("@")
    right = (
        at
        and re.fullmatch(r"[A-Za-z0-9_%+'-]+(?:\.[A-Za-z0-9_%+'-]+)*", local)
        and re.fullmatch(r"(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?\.)+[A-Za-z]{2,}", domain)
    )
    return Identified(address) if right else refused(address, Reason.FORM)


def postcode(number: str) -> Identified:
    """A postcode of mainland China: six digits."""
    return Identified(number, structure(number, 6, ((6, "0123456789"),)))
