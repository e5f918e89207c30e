"""Derived fields that the filing forms and the assignment contract ask for: what is true of some right or party."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from docgen.facts.reading import entries, optional

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from docgen.model import Record, Value


def plain_no(patent: Record) -> Value:
    """The patent number without the dot before its check digit, as electronic lists want it."""
    if not patent.given("patent_no"):
        return patent.missing("plain_no", (patent.missing("patent_no"),))
    return str(patent.patent_no).replace(".", "")


def under_pledge(asset: Record) -> Value:
    """Whether it is pledged in this deal, or under a pledge registered before and not released."""
    pledged = {entry.asset for pledge in entries(asset.root, "pledges") for entry in entries(pledge, "assets")}
    return asset in pledged or any(not one.given("released_on") for one in entries(asset, "encumbrances"))


def _some(owner: Record, derived: str, rights: Iterable[Record], key: str) -> Value:
    """Whether a flag holds for some right; missing when it holds for none and isn't given for all."""
    known = list(rights)
    if any(optional(one, key) for one in known):
        return True
    unsaid = tuple(one.missing(key) for one in known if not one.given(key))
    return owner.missing(derived, unsaid) if unsaid else False


def same_day(pledge: Record) -> Value:
    """Whether a pledged utility model has a same-day application for an invention (专利法 9)."""
    models = (entry.asset for entry in entries(pledge, "patents") if entry.asset.type == "utility_model")
    return _some(pledge, "has_same_day", models, "same_day_application")


def invalidation(pledge: Record) -> Value:
    """Whether invalidation of a pledged patent is pending."""
    patents = (entry.asset for entry in entries(pledge, "patents"))
    return _some(pledge, "has_invalidation", patents, "invalidation_pending")


def party_abroad(pledge: Record) -> Value:
    """Whether a pledgor or pledgee sits outside mainland China."""
    return any(party.seat != "mainland" for key in ("pledgors", "pledgees") for party in entries(pledge, key))


def assigned_abroad(transfer: Record) -> Value:
    """Whether an assignee sits outside mainland China, which makes the assignment an export of technology."""
    return any(party.seat != "mainland" for party in entries(transfer, "assignees"))


def remaining_owners(transfer: Record) -> Value:
    """Owners of an assigned right who assign nothing and stay owners."""
    owners = [owner for asset in entries(transfer, "assets") for owner in entries(asset, "owners")]
    assignors = entries(transfer, "assignors")
    names = [owner.owner_name for owner in owners if optional(owner, "party") not in assignors]
    return tuple(dict.fromkeys(name for name in names if isinstance(name, str)))


FACTS: Final[dict[str, Callable[[Record], Value]]] = {
    "patent_plain_no": plain_no,
    "asset_under_pledge": under_pledge,
    "pledge_same_day": same_day,
    "pledge_invalidation": invalidation,
    "pledge_party_abroad": party_abroad,
    "transfer_abroad": assigned_abroad,
    "transfer_remaining_owners": remaining_owners,
}
