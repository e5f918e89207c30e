"""Shares and rates: 4.35%, 5‰, 85BP, 0.0435 → an exact share of 1, and back."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final

from docgen.formats.refusal import LONGEST, Reason, Refused

_SHIFTS: Final = {"": 0, "%": 2, "％": 2, "‰": 3, "BP": 4, "BPS": 4, "基点": 4, "个基点": 4}
_MOST_DIGITS: Final = 20

_WRITTEN = re.compile(
    r"(?P<sign>-?)(?P<whole>0|[1-9][0-9]*)(?:\.(?P<fraction>[0-9]+))? *(?P<mark>%|％|‰|[Bb][Pp][Ss]?|个?基点)?"
)
_FULL_WIDTH = re.compile(r"[０-９．]")


def parse_ratio(text: str) -> Decimal:
    """The share of 1, with the places that were typed: `4.350%` → 0.04350, `5‰` → 0.005, `85BP` → 0.0085, `0.0435`.

    A number without a mark is a share of at most 1. Only basis points may be negative, for a rate below LPR.
    Raises `Refused`: `empty`, `full-width`, `negative`, `no-mark` (over 1 without a mark: percent or share?),
    `digits` (more than 20), `not-a-ratio`.
    """
    text = text.strip()
    if not text:
        raise Refused(Reason.EMPTY)
    written = _WRITTEN.fullmatch(text) if len(text) <= LONGEST else None
    if written is None:
        raise Refused(Reason.FULL_WIDTH if _FULL_WIDTH.search(text) else Reason.NOT_A_RATIO)
    shift = _SHIFTS[(written["mark"] or "").upper()]
    if written["sign"] and shift != _SHIFTS["BP"]:
        raise Refused(Reason.NEGATIVE)
    fraction = written["fraction"] or ""
    if len(written["whole"]) + len(fraction) > _MOST_DIGITS:
        raise Refused(Reason.DIGITS)
    value = Decimal(f"{written['sign']}{written['whole']}{fraction}E-{len(fraction) + shift}")
    if not shift and value > 1:
        raise Refused(Reason.NO_MARK)
    return value


def percent(value: Decimal) -> str:
    """The share in percent, all its places kept and none added: 0.0435 → 4.35%, 0.04350 → 4.350%, 0.5 → 50%."""
    return _shifted(value, 2) + "%"


def permille(value: Decimal) -> str:
    """The share per thousand, all its places kept and none added: 0.0435 → 43.5‰."""
    return _shifted(value, 3) + "‰"


def _shifted(value: object, places: int) -> str:
    """The plain figures with the point moved right; made from the digits, so that no arithmetic context can round."""
    if not isinstance(value, Decimal) or not value.is_finite():
        raise Refused(Reason.NOT_A_RATIO)
    sign, digits, exponent = value.as_tuple()
    return format(Decimal((sign, digits, int(exponent) + places)), "f")
