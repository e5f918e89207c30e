"""Votes of resolutions, and how contracts are signed (rules K03, K04, K16, K18)."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Final

from docgen.checks.faults import fault
from docgen.checks.registry import Finding, rule
from docgen.checks.relations import controls, insider
from docgen.checks.subjects import share as share_text
from docgen.diagnostics import Severity
from docgen.facts.corporate import eligible, present, yes_votes
from docgen.facts.reading import entries, optional

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docgen.law import Law
    from docgen.model import Record

SHAREHOLDERS: Final = frozenset({"shareholders", "sole_shareholder"})
VOTING: Final = frozenset({"shareholders", "board"})
MAJORITY: Final = "simple_majority"


def _debtors(resolution: Record) -> tuple[Record, ...]:
    """The debtors whose debt the resolution lets the company secure; not the company itself."""
    found = [
        debtor
        for contract in entries(resolution, "approves")
        if contract.type_name in {"pledge", "guarantee"}
        for debtor in contract.debtors
    ]
    return tuple(debtor for debtor in dict.fromkeys(found) if debtor is not resolution.party)


def _excludes(resolution: Record) -> bool:
    """Whether a shareholder must not vote: the debt is a shareholder's or controller's, or a vote is marked so."""
    own = optional(resolution, "body") == "shareholders" and bool(resolution.party.company)
    return own and (
        any(insider(debtor, resolution.party) for debtor in _debtors(resolution)) or bool(resolution.has_excluded)
    )


def _barred(resolution: Record, vote: Record) -> bool:
    """Whether this voter is the debtor, or controlled by the debtor, that holds or controls the company."""
    voter = optional(vote, "party")
    return any(
        optional(vote, "name") == debtor.name or (voter is not None and (voter is debtor or controls(debtor, voter)))
        for debtor in _debtors(resolution)
        if insider(debtor, resolution.party)
    )


@rule(
    "K03",
    "关联股东参与表决",
    severity=Severity.ERROR,
    stage="sign",
    each="resolutions",
    applies=_excludes,
    needs=("votes", "votes.ratio"),
    basis=("公司法2018 16(3) [R]", "公司法 15(3) [V]"),
)
def unrelated_votes(resolution: Record, law: Law) -> Iterator[Finding]:
    """The related don't vote; more than half of the others' votes present must be for. law: 公司法 15(3)."""
    half = law.number(MAJORITY, resolution.root.deal.as_of)
    votes = entries(resolution, "votes")
    barred = [vote for vote in votes if optional(vote, "related") or _barred(resolution, vote)]
    for vote in barred:
        if vote in present(resolution) and optional(vote, "cast") is not None:
            said = fault(f"{vote.name}须回避却参加了表决", f"counts {vote.name}, who must not vote")
            yield Finding(vote, "cast", {"resolution": resolution.id, **said})
    others = [vote for vote in present(resolution) if vote not in barred]
    total = sum((vote.ratio for vote in others), Decimal(0))
    won = sum((vote.ratio for vote in others if optional(vote, "cast") == "yes_vote"), Decimal(0))
    if half is not None and won <= total * half:
        shown = share_text(won / total) if total else "0%"
        said = fault(f"其他出席股东所持表决权中同意的只有 {shown}", f"has {shown} of the others' votes present")
        yield Finding(resolution, "votes", {"resolution": resolution.id, **said})


@rule(
    "K04",
    "决议未达通过比例",
    severity=Severity.ERROR,
    stage="sign",
    each="resolutions",
    applies=lambda one: (
        bool(one.party.company) and optional(one, "body") in VOTING and not _excludes(one) and not _no_board(one)
    ),
    needs=("votes", "yes_ratio"),
    basis=("公司法2018 103, 111 [R]", "公司法 27 [V]", "公司法 66, 73 [V]", "公司法 116, 124 [V]"),
)
def passed(resolution: Record, law: Law) -> Iterator[Finding]:
    """A resolution has more than half, or what the charter asks; else it isn't formed. law: 公司法 27, 66, 73."""
    half = law.number(MAJORITY, resolution.root.deal.as_of)
    if half is None:
        return
    board = optional(resolution, "body") == "board"
    directors = optional(resolution.party, "directors_total")
    if board and directors is None:
        said = fault("没有写全体董事人数，不能计算", "can't be counted without the number of directors")
        yield Finding(resolution.party, "directors_total", {"resolution": resolution.id, **said})
        return
    if board and len(present(resolution)) <= directors * half:
        said = fault(
            f"出席董事 {len(present(resolution))} 名，未过全体 {directors} 名的半数",
            f"has {len(present(resolution))} of {directors} directors present",
        )
        yield Finding(resolution, "votes", {"resolution": resolution.id, **said})
        return
    won = _board_share(resolution, directors) if board else _share(resolution)
    charter = optional(resolution.party, "charter")
    threshold = None if charter is None else optional(charter, "threshold_ratio")
    if won <= half or (threshold is not None and won < threshold):
        higher = threshold if threshold is not None and won > half else None
        needed = (
            ("须过半数", "more than half") if higher is None else (f"章程要求 {share_text(higher)}", share_text(higher))
        )
        shown = share_text(won)
        said = fault(f"同意的只有 {shown}，{needed[0]}", f"has {shown} for it and needs {needed[1]}")
        yield Finding(resolution, "votes", {"resolution": resolution.id, **said})


def _board_share(resolution: Record, directors: int) -> Decimal:
    """Directors for, of all directors. law: 公司法 73, 124."""
    return (Decimal(len(yes_votes(resolution))) / directors).quantize(Decimal("0.0001"))


def _share(resolution: Record) -> Decimal:
    """Votes for: of all votes in a limited liability company (公司法 66), of those present in one by shares (116)."""
    won = sum((vote.ratio for vote in yes_votes(resolution)), Decimal(0))
    if resolution.party.type == "company_llc":
        return won
    here = sum((vote.ratio for vote in eligible(resolution) if vote in present(resolution)), Decimal(0))
    return won / here if here else Decimal(0)


@rule(
    "K16",
    "签字并盖章后生效",
    severity=Severity.NOTE,
    stage="sign",
    basis=("CC 490 [V]", "合同编通则解释 22 [V]"),
)
def both_marks(deal: Record, _law: Law) -> Iterator[Finding]:
    """A contract that takes effect on signature and seal needs both from everyone. law: CC 490."""
    signing = optional(deal, "signing")
    if signing is not None and optional(signing, "formula") == "sign_and_seal":
        yield Finding(signing, "formula")


def _no_board(resolution: Record) -> bool:
    """Whether the company has one director and no board, so that no board can have met."""
    one = optional(resolution.party, "directors_total") == 1 or optional(resolution.party, "has_board") is False
    return one and optional(resolution, "body") == "board"


@rule(
    "K18",
    "不设董事会的公司由一名董事决定",
    severity=Severity.NOTE,
    stage="sign",
    each="resolutions",
    applies=lambda one: optional(one, "body") in {"board", "sole_director"},
    basis=("公司法2018 50 [R]", "公司法 75, 128 [V]"),
)
def board_or_director(resolution: Record, _law: Law) -> Iterator[Finding]:
    """Without a board the one director decides, and with a board he doesn't. law: 公司法 75, 128."""
    party = resolution.party
    if _no_board(resolution):
        said = fault("不设董事会，应由董事作出决定", "has no board: its director decides")
        yield Finding(resolution, "body", {"party": party.name, "resolution": resolution.id, **said})
    elif resolution.body == "sole_director" and (
        optional(party, "has_board") or (optional(party, "directors_total") or 1) > 1
    ):
        said = fault("设有董事会，应由董事会作出决议", "has a board, which decides")
        yield Finding(resolution, "body", {"party": party.name, "resolution": resolution.id, **said})
