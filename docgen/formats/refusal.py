"""The one exception of this room, and its reasons."""

from __future__ import annotations

from enum import StrEnum


class Reason(StrEnum):
    """Why a text or value has no exact reading or print. Whoever shows it to a person has the words."""

    EMPTY = "empty"
    FULL_WIDTH = "full-width"
    NEGATIVE = "negative"
    # amounts
    NOT_AN_AMOUNT = "not-an-amount"
    EXPONENT = "exponent"
    GROUPING = "grouping"
    LEADING_ZERO = "leading-zero"
    DECIMALS = "decimals"
    TOO_LARGE = "too-large"
    OTHER_CURRENCY = "other-currency"
    # days
    NOT_A_DATE = "not-a-date"
    YEAR_DIGITS = "year-digits"
    WITH_TIME = "with-time"
    NO_SUCH_DAY = "no-such-day"
    OUT_OF_RANGE = "out-of-range"
    # ratios and counts
    NOT_A_RATIO = "not-a-ratio"
    NO_MARK = "no-mark"
    DIGITS = "digits"
    NOT_A_COUNT = "not-a-count"


LONGEST = 64
"""No value of this room is written with more characters; longer text is refused before any pattern reads it."""


class Refused(ValueError):  # noqa: N818 — it reads as what it says: this value is refused
    """A text or value is refused; `reason` says why. It holds nothing of the value, which may be personal."""

    def __init__(self, reason: Reason) -> None:
        """Keep the reason."""
        self.reason = reason
        super().__init__(str(reason))
