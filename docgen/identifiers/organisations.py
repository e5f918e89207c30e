"""Numbers of organisations and their accounts."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from docgen.identifiers.result import Identified, Problem, Reason, refused, structure, warned, weighted

if TYPE_CHECKING:
    from collections.abc import Callable

_DIGITS: Final = "0123456789"
_USCC_CHARACTERS: Final = "0123456789ABCDEFGHJKLMNPQRTUWXY"  # no I, O, S, V, Z
_USCC_WEIGHTS: Final = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
_ORGANISATION_WEIGHTS: Final = (3, 7, 9, 10, 5, 8, 4, 2)


def uscc(number: str) -> Identified:
    """A unified social credit code. GB 32100-2015: an error; the organisation code inside it, GB 11714: a warning.

    The sums are written here: python-stdnum has only the outer one, and every deal would pay 70 ms for its import.
    """
    number = number.upper()
    problems = structure(number, 18, ((2, _USCC_CHARACTERS), (6, _DIGITS), (10, _USCC_CHARACTERS)))
    if problems:
        return Identified(number, problems)
    total = sum(_USCC_CHARACTERS.index(c) * weight for c, weight in zip(number, _USCC_WEIGHTS, strict=False))
    if number[17] != _USCC_CHARACTERS[-total % 31]:
        return refused(number, Reason.CHECK_DIGIT)
    if number[16] != "0123456789X"[-weighted(number[8:16], _ORGANISATION_WEIGHTS) % 11]:
        return warned(number, Reason.INNER_CHECK_DIGIT)
    return Identified(number)


def bank_account(number: str) -> Identified:
    """A bank account: digits only. A card number (62…, 16 to 19 digits; 4… or 5…, 16 digits) should pass Luhn.

    Corporate accounts have their banks' own rules, so that nothing is said about them.
    """
    for position, character in enumerate(number, start=1):
        if character not in _DIGITS:
            args = {"position": str(position), "character": character}
            return Identified(number, (Problem(Reason.CHARACTER, args=args),))
    if not 8 <= len(number) <= 32:  # noqa: PLR2004 — the shortest and longest accounts in use, generously
        return warned(number, Reason.FORM)
    if re.fullmatch(r"62\d{14,17}|[45]\d{15}", number) and not _passes_luhn(number):
        return warned(number, Reason.CHECK_DIGIT)
    return Identified(number)


def _passes_luhn(number: str) -> bool:
    doubled = "".join(str(int(digit) * (1 + place % 2)) for place, digit in enumerate(reversed(number)))
    return sum(map(int, doubled)) % 10 == 0


def bic(number: str) -> Identified:
    """A bank identifier code: its form and its country. ISO 9362 has no check digit."""
    from stdnum import bic as standard  # noqa: PLC0415 — 70 ms that most deals don't need

    return _judged(number.upper(), standard.validate)


def lei(number: str) -> Identified:
    """A legal entity identifier, ISO 17442: 20 characters, the last two check the others."""
    from stdnum import lei as standard  # noqa: PLC0415 — 70 ms that most deals don't need

    number = number.upper()
    problems = structure(number, 20, ((18, _DIGITS + "ABCDEFGHIJKLMNOPQRSTUVWXYZ"), (2, _DIGITS)))
    return Identified(number, problems) if problems else _judged(number, standard.validate)


def _judged(number: str, validate: Callable[[str], str]) -> Identified:
    """What a validator of python-stdnum says, in this room's words."""
    from stdnum import exceptions  # noqa: PLC0415 — 70 ms that most deals don't need

    try:
        validate(number)
    except exceptions.InvalidChecksum:
        return refused(number, Reason.CHECK_DIGIT)
    except exceptions.InvalidComponent:
        return refused(number, Reason.COUNTRY)
    except exceptions.ValidationError:
        return refused(number, Reason.FORM)
    return Identified(number)
