"""What comes out of a check, and what all checks share."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


class Reason(StrEnum):
    """What is wrong with a number. Whoever shows it to a person has the words."""

    EMPTY = "empty"
    LENGTH = "length"
    """Args `expected` and `found`: how many characters."""
    CHARACTER = "character"
    """Args `position` (from 1) and `character`: one that can't stand there."""
    CHECK_DIGIT = "check-digit"
    INNER_CHECK_DIGIT = "inner-check-digit"
    NO_CHECK_DIGIT = "no-check-digit"
    FORM = "form"
    """It doesn't look like any form known for this kind."""
    BIRTH_DATE = "birth-date"
    REGION = "region"
    FIFTEEN_DIGITS = "fifteen-digits"
    RESIDENCE_PERMIT = "residence-permit"
    """A residence permit's number was given as a resident identity card."""
    PUBLICATION_NUMBER = "publication-number"
    CERTIFICATE_NUMBER = "certificate-number"
    YEAR = "year"
    PATENT_KIND = "patent-kind"
    COUNTRY = "country"
    NO_AREA_CODE = "no-area-code"


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong. `args` never hold the number itself, which may be personal."""

    reason: Reason
    severity: Literal["error", "warning"] = "error"
    args: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Identified:
    """A number in its canonical form, and what is wrong with it."""

    canonical: str
    problems: tuple[Problem, ...] = ()


_FULL_WIDTH: Final = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_DASHES: Final = dict.fromkeys((0x2010, 0x2011, 0x2012, 0x2013, 0x2014, 0x2212), ord("-"))


def folded(text: str) -> str:
    """The text without blanks, its full-width characters and look-alike hyphens as plain ones."""
    return "".join(text.translate(_FULL_WIDTH | _DASHES).split())


def warned(canonical: str, reason: Reason) -> Identified:
    """A number with one warning."""
    return Identified(canonical, (Problem(reason, "warning"),))


def refused(canonical: str, reason: Reason) -> Identified:
    """A number with one error that needs no arguments."""
    return Identified(canonical, (Problem(reason),))


def structure(number: str, length: int, alphabets: Sequence[tuple[int, str]]) -> tuple[Problem, ...]:
    """The error of a wrong length, or of the first character outside its alphabet.

    `alphabets` are runs of positions, each with what may stand there.
    """
    if len(number) != length:
        return (Problem(Reason.LENGTH, args={"expected": str(length), "found": str(len(number))}),)
    allowed = [alphabet for run, alphabet in alphabets for _ in range(run)]
    for position, (character, alphabet) in enumerate(zip(number, allowed, strict=True), start=1):
        if character not in alphabet:
            return (Problem(Reason.CHARACTER, args={"position": str(position), "character": character}),)
    return ()


def weighted(digits: str, weights: Sequence[int]) -> int:
    """The sum of the digits times their weights; letters count from A = 10."""
    return sum(int(digit, 36) * weight for digit, weight in zip(digits, weights, strict=True))
