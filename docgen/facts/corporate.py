"""Derived fields of resolutions, consents, powers of attorney and assignments."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Final

from docgen.facts.reading import entries, optional, tidy_ratio

if TYPE_CHECKING:
    from collections.abc import Callable

    from docgen.model import Record, Value

TITLES: Final = {
    "shareholders": "股东会决议",
    "board": "董事会决议",
    "sole_shareholder": "股东决定",
    "sole_director": "董事决定",
    "partners": "合伙人会议决议",
}
RATIO_PLACES: Final = Decimal("0.000001")


def title(resolution: Record) -> Value:
    """股东会决议, 董事会决议, 股东决定, 董事决定 or 合伙人会议决议."""
    body = optional(resolution, "body")
    return TITLES[body] if body else resolution.missing("title", (resolution.missing("body"),))


def approves(resolution: Record, kind: str) -> bool:
    """Whether a contract of this kind is among those approved."""
    return any(contract.type_name == kind for contract in entries(resolution, "approves"))


def own_debt(resolution: Record) -> Value:
    """Whether the company approves a loan or line in which it is the borrower itself."""
    return any(
        contract.type_name in {"loan", "credit_line"} and contract.borrower is resolution.party
        for contract in entries(resolution, "approves")
    )


def eligible(resolution: Record) -> tuple[Record, ...]:
    """The voters who may vote: all but those who must not (公司法 15)."""
    return tuple(vote for vote in entries(resolution, "votes") if not optional(vote, "related"))


def present(resolution: Record) -> tuple[Record, ...]:
    """The voters present."""
    return tuple(vote for vote in entries(resolution, "votes") if optional(vote, "present") is not False)


def _ratio_sum(votes: tuple[Record, ...]) -> Decimal | None:
    """The voting shares added up; None when one isn't given."""
    shares = [optional(vote, "ratio") for vote in votes]
    return None if any(share is None for share in shares) else sum(shares, Decimal(0))


def yes_votes(resolution: Record) -> tuple[Record, ...]:
    """Those who may vote, were present and voted for."""
    here = present(resolution)
    return tuple(v for v in eligible(resolution) if v in here and optional(v, "cast") == "yes_vote")


def yes_ratio(resolution: Record) -> Value:
    """The share of votes for, of those the law counts.

    Board: directors for ÷ all directors (公司法 73, 124). Security for a shareholder: votes for ÷ votes of the other
    shareholders present (公司法 15). Else LLC: ÷ all votes (66); limited by shares: ÷ votes present (116).
    """
    body = optional(resolution, "body")
    yes = yes_votes(resolution)
    if body in {"board", "sole_director"}:
        total = optional(resolution.party, "directors_total") or len(entries(resolution, "votes"))
        return _share(resolution, Decimal(len(yes)), Decimal(total))
    counted = eligible(resolution)
    here = tuple(vote for vote in counted if vote in present(resolution))
    related = len(counted) < len(entries(resolution, "votes"))
    base = here if related or optional(resolution.party, "type") == "company_ltd" else counted
    won, total_ratio = _ratio_sum(yes), _ratio_sum(base)
    if won is None or total_ratio is None:
        return resolution.missing("yes_ratio", (resolution.missing("votes"),))
    return _share(resolution, won, total_ratio)


def _share(resolution: Record, part: Decimal, whole: Decimal) -> Value:
    """Part of the whole, to six places; missing without a whole."""
    if not whole:
        return resolution.missing("yes_ratio", (resolution.missing("votes"),))
    return tidy_ratio((part / whole).quantize(RATIO_PLACES, ROUND_HALF_UP))


def present_ratio(resolution: Record) -> Value:
    """The share of all voting rights present."""
    total = _ratio_sum(present(resolution))
    if total is None:
        return resolution.missing("present_ratio", (resolution.missing("votes"),))
    return tidy_ratio(total)


def has_excluded(resolution: Record) -> Value:
    """Whether someone must not vote."""
    return len(eligible(resolution)) < len(entries(resolution, "votes"))


def own_signing_day(key: str) -> Callable[[Record], Value]:
    """The paper's own date, else the deal's signing date."""

    def day(paper: Record) -> Value:
        own = optional(paper, "signed_on")
        if own is not None:
            return own
        head = paper.root.deal
        return head.signed_on if head.given("signed_on") else paper.missing(key, (head.missing("signed_on"),))

    return day


def poa_covers(*matters: str) -> Callable[[Record], Value]:
    """Whether one of the matters is in the power of attorney."""
    return lambda poa: any(matter in matters for matter in entries(poa, "matters"))


def transfer_pledged(transfer: Record) -> Value:
    """Whether an assigned right is under a pledge, in the deal or registered before."""
    pledged = {entry.asset for pledge in entries(transfer.root, "pledges") for entry in entries(pledge, "assets")}
    return any(
        asset in pledged or any(not e.given("released_on") for e in entries(asset, "encumbrances"))
        for asset in entries(transfer, "assets")
    )


FACTS: Final[dict[str, Callable[[Record], Value]]] = {
    "resolution_title": title,
    "resolution_includes_own_debt": own_debt,
    "resolution_includes_pledge": lambda resolution: approves(resolution, "pledge"),
    "resolution_includes_guarantee": lambda resolution: approves(resolution, "guarantee"),
    "resolution_has_excluded": has_excluded,
    "resolution_yes_ratio": yes_ratio,
    "resolution_yes_count": lambda resolution: len(yes_votes(resolution)),
    "resolution_present_count": lambda resolution: len(present(resolution)),
    "resolution_present_ratio": present_ratio,
    "consent_signed_on": own_signing_day("signed_date"),
    "poa_signed_on": own_signing_day("signed_date"),
    "poa_for_signing": poa_covers("signing"),
    "poa_for_filing": poa_covers(
        "patent_pledge_filing", "patent_transfer_filing", "trademark_filing", "copyright_filing", "hk_filing"
    ),
    "transfer_pledged": transfer_pledged,
    "transfer_licensed": lambda t: any(entries(asset, "licences") for asset in entries(t, "assets")),
}
