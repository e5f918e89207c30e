"""Numbers for samples and tests: invented, yet with the right form and check digits.

Every function takes a stem and adds what the standard computes from it. Stems are chosen so that no
authority has given them out: organisation codes with `XXX`, resident IDs in the region `…99` that
no county has, patent serials from 9999001 on. The arithmetic is written here a second time on purpose: it
doesn't share code with `docgen/identifiers.py`, which is tested against it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

_USCC_CHARACTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_PATENT_KINDS = {"invention": 1, "utility_model": 2, "design": 3, "pct_invention": 8, "pct_utility_model": 9}


def uscc(stem: str, region: str = "441202", register: str = "91") -> str:
    """A unified social credit code: two characters of register, six of region, eight of stem, two check digits.

    `register` 91 is a company, 93 a farmers' cooperative, 51 an association, 12 a public institution.
    GB 32100, GB 11714.
    """
    if len(stem) != 8 or not set(stem) <= set(_USCC_CHARACTERS):
        message = f"a stem has 8 of the characters {_USCC_CHARACTERS}: {stem}"
        raise ValueError(message)
    inner = 11 - sum(int(c, 36) * w for c, w in zip(stem, (3, 7, 9, 10, 5, 8, 4, 2), strict=True)) % 11
    body = register + region + stem + {10: "X", 11: "0"}.get(inner, str(inner))
    total = sum(_USCC_CHARACTERS.index(c) * pow(3, place, 31) for place, c in enumerate(body))
    return body + _USCC_CHARACTERS[-total % 31]


def resident_id(born: date, serial: int, region: str = "441299") -> str:
    """A resident ID of 18 digits; an odd serial is a man, an even one a woman. GB 11643."""
    body = f"{region}{born:%Y%m%d}{serial:03d}"
    total = sum(int(digit) * 2 ** (17 - place) for place, digit in enumerate(body))
    return body + "0123456789X"[(1 - total) % 11]


def patent_no(year: int, kind: str, serial: int = 9999001) -> str:
    """A Chinese patent number, `ZL202019999001.3` in form; `kind` is invention, utility_model, design or similar.

    Years up to 2003 give the old form with eight digits (the last five digits of the serial).
    """
    new = year > 2003
    body = (
        f"{year}{_PATENT_KINDS[kind]}{serial:07d}"
        if new
        else f"{year % 100:02d}{_PATENT_KINDS[kind]}{serial % 100_000:05d}"
    )
    total = sum(int(digit) * weight for digit, weight in zip(body, (2, 3, 4, 5, 6, 7, 8, 9) * 2, strict=False))
    return f"ZL{body}.{'0123456789X'[total % 11]}"


def hk_application_no(year: int, serial: int = 199001) -> str:
    """A Hong Kong application number of the old system, without `HK`; the rule was fitted to three numbers."""
    body = f"{year % 100:02d}{serial:06d}"
    total = sum(int(digit) * (1 + place % 2) for place, digit in enumerate(body))
    return f"{body}.{-total % 10}"


def bank_account(stem: str) -> str:
    """A bank account: the stem and its Luhn digit."""
    total = 0
    for place, digit in enumerate(reversed(stem)):
        doubled = int(digit) * (2 - place % 2)
        total += doubled - 9 if doubled > 9 else doubled
    return stem + str(-total % 10)


def lei(stem: str) -> str:
    """A legal entity identifier: a stem of 18 letters and digits and its two check digits. ISO 17442."""
    return stem + f"{98 - int(''.join(str(int(c, 36)) for c in stem + '00')) % 97:02d}"
