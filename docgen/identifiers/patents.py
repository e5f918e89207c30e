"""Numbers of patents, their agencies and their pledges."""

from __future__ import annotations

import re
from typing import Final

from docgen.identifiers.result import Identified, Problem, Reason, refused, warned, weighted

_KINDS: Final = {"1": "invention", "2": "utility_model", "3": "design", "8": "invention", "9": "utility_model"}
_WEIGHTS: Final = (2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5)
_OLD_DIGITS: Final = 8
_FIRST_OLD_YEAR: Final = 85
_OLD_YEARS: Final = frozenset(f"{year % 100:02d}" for year in range(1900 + _FIRST_OLD_YEAR, 2004))
_FIRST_NEW_YEAR: Final = "2003"


def patent_no(number: str) -> Identified:
    """A Chinese patent number, canonically `ZL201910000001.9`. ZC 0006: kind digit and check digit.

    Takes it with or without ZL or CN and dot. Refuses the number of a publication (`CN112345678B`).
    """
    judged = application_no(number)
    return judged if judged.problems else Identified(f"ZL{judged.canonical}")


def application_no(number: str) -> Identified:
    """A Chinese application number, canonically `201910000001.9`: from October 2003 on 12 digits, before that 8."""
    number = number.upper()
    if re.fullmatch(r"(?:CN)?[0-9]{7,9}[ABCUSY][0-9]?", number):
        return refused(number, Reason.PUBLICATION_NUMBER)
    parts = re.fullmatch(r"(?:ZL|CN)?([0-9]{8}|[0-9]{12})(?:\.?([0-9X]))?", number)
    if parts is None:
        return refused(number, Reason.FORM)
    digits, check = parts.groups()
    problem = _wrong_digits(digits, check)
    return refused(number, problem) if problem else Identified(f"{digits}.{check}")


def _wrong_digits(digits: str, check: str | None) -> Reason | None:
    """What an application number of the right form says that none can say."""
    old = len(digits) == _OLD_DIGITS
    if (digits[:2] not in _OLD_YEARS) if old else (digits[:4] < _FIRST_NEW_YEAR):
        return Reason.YEAR
    if digits[2 if old else 4] not in _KINDS:
        return Reason.PATENT_KIND
    if check is None:
        return Reason.NO_CHECK_DIGIT
    right = "0123456789X"[weighted(digits, _WEIGHTS[: len(digits)]) % 11]
    return None if check == right else Reason.CHECK_DIGIT


def patent_kind(canonical: str) -> str:
    """`invention`, `utility_model` or `design`, as the kind digit of a canonical number says."""
    return _KINDS[_kind_digit(canonical)]


def filing_year(canonical: str) -> int:
    """The year in a canonical number: of filing, or of entry into the national phase for kinds 8 and 9."""
    digits = canonical.removeprefix("ZL").partition(".")[0]
    if len(digits) != _OLD_DIGITS:
        return int(digits[:4])
    year = int(digits[:2])
    return (1900 if year >= _FIRST_OLD_YEAR else 2000) + year


def is_international(canonical: str) -> bool:
    """Whether a canonical number belongs to an application that came through the PCT (kinds 8 and 9)."""
    return _kind_digit(canonical) in "89"


def _kind_digit(canonical: str) -> str:
    digits = canonical.removeprefix("ZL").partition(".")[0]
    return digits[2 if len(digits) == _OLD_DIGITS else 4]


def hk_patent_no(number: str) -> Identified:
    """A Hong Kong patent number, canonically with HK: `HK19100311.1`, `HK1048411`, `HK30101316`.

    Application numbers of the old system end in a check digit; its rule was fitted to three numbers, so that it only
    warns. A form that isn't known warns too: the registry has changed its forms. An error is what can't be a number.
    """
    number = number.upper()
    for position, character in enumerate(number, start=1):
        if not re.fullmatch(r"[A-Z0-9./()-]", character):
            args = {"position": str(position), "character": character}
            return Identified(number, (Problem(Reason.CHARACTER, args=args),))
    bare = number.removeprefix("HK")
    if not re.search(r"[0-9]", bare):
        return refused(number, Reason.FORM)
    canonical = f"HK{bare}"
    if re.fullmatch(r"[0-9]{8}\.[0-9]", bare):
        right = int(bare[9]) == -weighted(bare[:8], (1, 2) * 4) % 10
        return Identified(canonical) if right else warned(canonical, Reason.CHECK_DIGIT)
    if re.fullmatch(r"[0-9]{7,8}(?:[A-C][0-9]?)?|[0-9]{11,12}\.[0-9]", bare):
        return Identified(canonical)
    return warned(canonical, Reason.FORM)


def agency_code(number: str) -> Identified:
    """The code of a patent agency: five digits, the first two of them its province."""
    return Identified(number) if re.fullmatch(r"[0-9]{5}", number) else warned(number, Reason.FORM)


def pledge_registration_no(number: str) -> Identified:
    """The number of a pledge or licence in the patent gazette: Y or X (none on older ones) and 13 digits."""
    number = number.upper()
    return Identified(number) if re.fullmatch(r"[XY]?[0-9]{13}", number) else warned(number, Reason.FORM)
