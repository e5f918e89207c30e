"""Numbers of identity documents, by the kind of document."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from docgen.identifiers.result import Identified, Problem, Reason, refused, structure, warned, weighted

_DIGITS: Final = "0123456789"
_RESIDENT_WEIGHTS: Final = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_RESIDENT_CHECKS: Final = "10X98765432"
_PERMIT_REGIONS: Final = frozenset({"81", "82", "83"})  # Hong Kong, Macau, Taiwan
_REGIONS: Final = r"(?:1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3]).*"
_RESIDENT_FORM: Final = r"[1-8][0-9]{16}[0-9X]"
_OLD_LENGTH: Final = 15


def id_no(number: str) -> Identified:
    """A number whose document isn't named: a resident's where it has 18 or 15 digits, else any of the other forms."""
    if re.fullmatch(r"[1-8][0-9]{14}(?:[0-9]{2}[0-9Xx])?", number):
        return _resident(number)
    if "(" in number:
        return hkid(number)
    for judge in (hk_macau_pass, taiwan_pass, foreign_permanent):
        judged = judge(number)
        if not judged.problems:
            return judged
    return passport(number)


def resident_id(number: str) -> Identified:
    """The number of a resident identity card, GB 11643-1999: region, a real day of birth, check digit.

    A residence permit's number (81, 82, 83) is accepted with a warning: it is another document.
    """
    judged = _resident(number)
    if not judged.problems and judged.canonical[:2] in _PERMIT_REGIONS:
        return warned(judged.canonical, Reason.RESIDENCE_PERMIT)
    return judged


def residence_permit(number: str) -> Identified:
    """The number of a residence permit for people of Hong Kong, Macau and Taiwan: as GB 11643, region 81, 82 or 83."""
    judged = _resident(number)
    if not judged.problems and judged.canonical[:2] not in _PERMIT_REGIONS:
        return refused(judged.canonical, Reason.FORM)
    return judged


def birth_date(number: str) -> date | None:
    """The day of birth that an 18-digit resident or permit number says; None for any other number."""
    if not re.fullmatch(_RESIDENT_FORM, number):
        return None
    try:
        return date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return None


def is_male(number: str) -> bool | None:
    """The sex that an 18-digit resident or permit number says; None for any other number."""
    return int(number[16]) % 2 == 1 if re.fullmatch(_RESIDENT_FORM, number) else None


def _resident(number: str) -> Identified:
    number = number.upper()
    if len(number) == _OLD_LENGTH and re.fullmatch(r"[0-9]+", number):
        return refused(number, Reason.FIFTEEN_DIGITS)
    problems = structure(number, 18, ((17, _DIGITS), (1, _DIGITS + "X")))
    if problems:
        return Identified(number, problems)
    if not re.fullmatch(_REGIONS, number):
        return refused(number, Reason.REGION)
    if birth_date(number) is None:
        return refused(number, Reason.BIRTH_DATE)
    return Identified(number) if _resident_check(number) else refused(number, Reason.CHECK_DIGIT)


def _resident_check(number: str) -> bool:
    return number[17] == _RESIDENT_CHECKS[weighted(number[:17], _RESIDENT_WEIGHTS) % 11]


def foreign_permanent(number: str) -> Identified:
    """A foreigner's permanent residence card: 18 digits from 9 on (check digit: warning), or letters and 12 digits."""
    number = number.upper()
    if re.fullmatch(r"9[0-9]{16}[0-9X]", number):
        return Identified(number) if _resident_check(number) else warned(number, Reason.CHECK_DIGIT)
    return _other(number, r"[A-Z]{3}[0-9]{12}")


def hk_macau_pass(number: str) -> Identified:
    """A mainland travel permit of Hong Kong and Macau residents: H or M and eight digits, two more on older cards."""
    return _other(number.upper(), r"[HM][0-9]{8}(?:[0-9]{2})?")


def taiwan_pass(number: str) -> Identified:
    """A mainland travel permit of Taiwan residents: eight digits; booklets had ten and a letter."""
    return _other(number.upper(), r"[0-9]{8}|[0-9]{10}[A-Z]?")


def hkid(number: str) -> Identified:
    """A Hong Kong identity card, canonically `A123456(3)`. Its check digit only warns: known second hand."""
    number = number.upper()
    parts = re.fullmatch(r"([A-Z]{1,2})([0-9]{6})\(?([0-9A])\)?", number)
    if parts is None:
        return _other(number, r"[A-Z]{1,2}[0-9]{6}\([0-9A]\)")
    letters, digits, check = parts.groups()
    total = sum(  # a missing first letter counts as 36, A as 10
        value * weight
        for value, weight in zip(
            [36 if c == " " else int(c, 36) for c in f"{letters:>2}{digits}"], range(9, 1, -1), strict=True
        )
    )
    canonical = f"{letters}{digits}({check})"
    return Identified(canonical) if (total + int(check, 16)) % 11 == 0 else warned(canonical, Reason.CHECK_DIGIT)


def passport(number: str) -> Identified:
    """A passport of any country: five to twelve letters and digits."""
    return _other(number.upper(), r"(?=.*[0-9])[A-Z0-9]{5,12}")


def _other(number: str, form: str) -> Identified:
    """Right by its form; a warning where the form is unknown; an error where a character can't be part of a number."""
    for position, character in enumerate(number, start=1):
        if not re.fullmatch(r"[A-Z0-9()/-]", character):
            return Identified(
                number, (Problem(Reason.CHARACTER, args={"position": str(position), "character": character}),)
            )
    return Identified(number) if re.fullmatch(form, number) else warned(number, Reason.FORM)
