"""Which character of one text is which of the other."""

from __future__ import annotations

from bisect import bisect_left
from difflib import SequenceMatcher

_SHINGLE = 8  # characters: long enough to be rare, short enough to stand between two changes


def matched(one: str, other: str) -> list[tuple[int, int]]:
    """Pairs of indices of equal characters, in order.

    Runs of 8 characters that stand once in each text anchor the rest: what lies between two anchors is compared
    character by character, so that long texts with few differences take little time.
    """
    if one == other:
        return [(at, at) for at in range(len(one))]
    pairs: list[tuple[int, int]] = []
    at_one = at_other = 0
    for anchor_one, anchor_other in (*_rising(_anchors(one, other)), (len(one), len(other))):
        if anchor_one < at_one or anchor_other < at_other:
            continue
        between = SequenceMatcher(None, one[at_one:anchor_one], other[at_other:anchor_other], autojunk=False)
        for block in between.get_matching_blocks():
            pairs += [(at_one + block.a + step, at_other + block.b + step) for step in range(block.size)]
        if anchor_one < len(one):
            pairs.append((anchor_one, anchor_other))
            at_one, at_other = anchor_one + 1, anchor_other + 1
    return pairs


def _anchors(one: str, other: str) -> list[tuple[int, int]]:
    """Where each run of characters stands that both texts hold exactly once."""
    mine, theirs = _once(one), _once(other)
    return sorted((at, theirs[run]) for run, at in mine.items() if run in theirs)


def _once(text: str) -> dict[str, int]:
    seen: dict[str, int] = {}
    for at in range(len(text) - _SHINGLE + 1):
        run = text[at : at + _SHINGLE]
        seen[run] = -1 if run in seen else at
    return {run: at for run, at in seen.items() if at >= 0}


def _rising(anchors: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest chain of anchors that rises in both texts."""
    ends: list[int] = []
    last: list[int] = []
    before = [-1] * len(anchors)
    for number, (_, place) in enumerate(anchors):
        at = bisect_left(ends, place)
        if at == len(ends):
            ends.append(place)
            last.append(number)
        else:
            ends[at], last[at] = place, number
        before[number] = last[at - 1] if at else -1
    chain = []
    number = last[-1] if last else -1
    while number >= 0:
        chain.append(anchors[number])
        number = before[number]
    return chain[::-1]
