"""Personal numbers with their middle starred out. Names are never masked: a paper without its names is none."""

from __future__ import annotations

import re
from typing import Final

_STAR: Final = "*"
_MOBILE = re.compile(r"1[0-9]{10}")


def masked_id(text: str) -> str:
    """An identity number: the first three and last four of a long one (441***********1234), less of a short one."""
    return _masked(text, ((14, 3, 4), (8, 1, 3)))


def masked_account(text: str) -> str:
    """A bank account: the first four and last four characters."""
    return _masked(text, ((16, 4, 4), (8, 0, 4)))


def masked_phone(text: str) -> str:
    """A telephone number: 138****1234 for a mobile one, the last three characters of any other."""
    if _MOBILE.fullmatch(text):
        return _masked(text, ((11, 3, 4),))
    return _masked(text, ((7, 0, 3),))


def _masked(text: str, shown: tuple[tuple[int, int, int], ...]) -> str:
    """Stars but for the head and tail of the first row whose length the text reaches, or all stars."""
    for length, head, tail in shown:
        if len(text) >= length:
            return text[:head] + _STAR * (len(text) - head - tail) + text[len(text) - tail :]
    return _STAR * len(text)
