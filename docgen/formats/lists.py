"""Lists and boxes as Chinese text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docgen.formats.refusal import Reason, Refused

if TYPE_CHECKING:
    from collections.abc import Sequence


def listing(items: Sequence[str]) -> str:
    """甲、乙、丙. Raises `Refused` (`empty`) for an empty list or an empty entry: neither reads as a sentence."""
    if not items or not all(items):
        raise Refused(Reason.EMPTY)
    return "、".join(items)


def listing_with_and(items: Sequence[str]) -> str:
    """甲、乙和丙. Raises `Refused` (`empty`) as `listing` does."""
    if len(items) < 2:  # noqa: PLR2004 — 和 joins two
        return listing(items)
    return f"{listing(items[:-1])}和{listing(items[-1:])}"


def checkbox(*, checked: bool) -> str:
    """☑ or ☐."""
    return "☑" if checked else "☐"
