"""The nearest right names for a wrong one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

_MOST: Final = 3
_LATIN_CUTOFF: Final = 0.6
# Chinese names are short: one wrong character of four is already a ratio of 0.75, one of two 0.5.
_CHINESE_CUTOFF: Final = 0.45


def nearest(name: str, names: Iterable[str]) -> list[str]:
    """At most three names near `name`, best first, ASCII ones for an ASCII name, else the others."""
    import difflib  # noqa: PLC0415 — a run without a wrong name never needs it

    ascii_only = name.isascii()
    same_writing = [known for known in names if known.isascii() == ascii_only]
    if ascii_only:
        return difflib.get_close_matches(name.lower(), same_writing, n=_MOST, cutoff=_LATIN_CUTOFF)
    return difflib.get_close_matches(name, same_writing, n=_MOST, cutoff=_CHINESE_CUTOFF)
