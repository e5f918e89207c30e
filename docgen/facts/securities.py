"""Derived fields of pledges and guarantees: debtors, maturities, values, what stands beside them."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Final

from docgen.facts.principals import original_maturity
from docgen.facts.reading import distinct, entries, optional, waiting
from docgen.facts.rights import fee_days, values_of
from docgen.formats.dates import add_months
from docgen.model import Missing, Record

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from docgen.model import Value

RATIO_PLACES: Final = Decimal("0.0001")
YEAR: Final = 12
FEE_LABELS: Final = {"asset": "权利", "due_on": "缴费到期日", "year_no": "年度"}


def principals(security: Record) -> tuple[Record, ...]:
    """The loans and credit lines secured, seen through guarantees that are themselves secured."""
    found: list[Record] = []
    for secured in entries(security, "secures"):
        found += principals(secured) if secured.type_name == "guarantee" else [secured]
    return distinct(found)


def debtors(security: Record) -> Value:
    """The debtors of the secured claims."""
    return distinct(party for one in principals(security) for party in (one.borrower, *entries(one, "co_borrowers")))


def _day(security: Record, derived: str, key: str, choose: Callable[[list[date]], date]) -> Value:
    """The first or last of a date of all secured contracts."""
    days = [one[key] for one in principals(security)]
    gap = waiting(security, derived, days)
    if gap is not None or not days:
        return security.missing(derived, (security.missing("secures"),)) if gap is None else gap
    return choose(days)


def latest_maturity(security: Record) -> Value:
    """The latest day on which any of the secured debt falls due."""
    return _day(security, "latest_maturity", "latest_maturity", max)


def earliest_start(security: Record) -> Value:
    """The first day of the secured debt's term."""
    return _day(security, "earliest_start", "starts_on", min)


def refinance(security: Record) -> Value:
    """Whether one of the secured loans repays an old one (担保制度解释 16)."""
    return any(optional(one, "purpose_kind") == "refinance" for one in principals(security))


def third_party(pledge: Record) -> Value:
    """Whether some pledgor is not a debtor of the secured claim."""
    return any(party not in pledge.debtors for party in entries(pledge, "pledgors"))


def pledged(pledge: Record) -> tuple[Record, ...]:
    """The rights pledged."""
    return tuple(entry.asset for entry in entries(pledge, "assets"))


def has_other_rights(pledge: Record) -> Value:
    """Whether it holds rights other than mainland and Hong Kong patents."""
    return any(not asset.is_patent and not asset.is_hk_patent for asset in pledged(pledge))


def pledged_asset_value(entry: Record) -> Value:
    """The asset's value in the valuation this pledge relies on."""
    basis = valuation(entry.parent) if entry.parent is not None and entry.parent.type_name == "pledge" else None
    found = values_of(entry.asset)
    chosen = [value for source, value in found if source is basis] or [value for _, value in found]
    return chosen[0] if chosen else entry.missing("value_amount", (entry.root.missing("valuations"),))


def valuation(pledge: Record) -> Value:
    """The first valuation that values every pledged right, else the first that values one."""
    rights = set(pledged(pledge))
    listed = [
        (valuation, {optional(item, "asset") for item in entries(valuation, "valued_assets")})
        for valuation in entries(pledge.root, "valuations")
    ]
    full = [valuation for valuation, assets in listed if rights and rights <= assets]
    part = [valuation for valuation, assets in listed if rights & assets]
    found = [*full, *part]
    return found[0] if found else pledge.missing("valuation", (pledge.root.missing("valuations"),))


def pledge_value(pledge: Record) -> Value:
    """The sum of the pledged rights' values."""
    amounts = [entry.value_amount for entry in entries(pledge, "assets")]
    if not amounts:
        return pledge.missing("value_amount", (pledge.missing("assets"),))
    gap = waiting(pledge, "value_amount", amounts)
    return sum(amounts, Decimal("0.00")) if gap is None else gap


def pledge_ratio(pledge: Record) -> Value:
    """Secured principal ÷ appraised value, to four places (0.2500 = 25%)."""
    gap = waiting(pledge, "pledge_ratio", (pledge.secured_amount, pledge.value_amount))
    if gap is not None:
        return gap
    if pledge.value_amount == 0:
        return pledge.missing("pledge_ratio", (pledge.missing("value_amount"),))
    share: Decimal = pledge.secured_amount / pledge.value_amount
    return share.quantize(RATIO_PLACES, ROUND_HALF_UP)


def other_guarantees(pledge: Record) -> Value:
    """The guarantees given for the same claims."""
    mine = set(principals(pledge))
    return tuple(g for g in entries(pledge.root, "guarantees") if mine & set(principals(g)))


def other_pledges(guarantee: Record) -> Value:
    """The pledges given for the same claims."""
    mine = set(principals(guarantee))
    return tuple(p for p in entries(guarantee.root, "pledges") if mine & set(principals(p)))


def debtor_pledge(guarantee: Record) -> Value:
    """Whether a debtor's own pledge stands beside the guarantee (CC 392)."""
    return any(party in guarantee.debtors for p in guarantee.other_pledges for party in entries(p, "pledgors"))


def fee_calendar(pledge: Record) -> Value:
    """Every annual fee date of the pledged patents from signing to the latest maturity, as `fee_date` records."""
    start, end = pledge.contract_signed_on, pledge.latest_maturity
    start = pledge.root.deal.as_of if isinstance(start, Missing) else start
    if isinstance(end, Missing):
        return pledge.missing("fee_calendar", (end,))
    found: list[Record] = []
    for asset in pledged(pledge):
        if not asset.is_patent or not asset.given("filed_on"):
            continue
        last = end if isinstance(asset.expires_on, Missing) else min(end, asset.expires_on)
        for year, day in enumerate(fee_days(asset.filed_on), 2):
            if start <= day <= last:
                values: dict[str, Value] = {"asset": asset, "due_on": day, "year_no": year}
                path = f"{pledge.path}.fee_calendar[{len(found)}]"
                found.append(Record("fee_date", path, None, values, {}, FEE_LABELS, {}, pledge))
    return tuple(sorted(found, key=lambda entry: (entry.due_on, entry.asset.path)))


def guarantor_parties(guarantee: Record) -> Value:
    """The guarantors as parties."""
    return tuple(entry.party for entry in entries(guarantee, "guarantors"))


def _some(guarantee: Record, test: Callable[[Record], bool]) -> bool:
    """Whether some guarantor passes the test."""
    return any(test(party) for party in guarantee.guarantor_parties)


def has_guarantee_company(guarantee: Record) -> Value:
    """Whether a financing guarantee company is among the guarantors."""
    return _some(guarantee, lambda party: optional(party, "licence_kind") == "guarantee")


def has_listed(guarantee: Record) -> Value:
    """Whether a listed company, its disclosed subsidiary or a company on a national venue is among them."""
    return _some(guarantee, lambda party: (optional(party, "listed") or "none") != "none")


def period_ends_on(guarantee: Record) -> Value:
    """The last day of the term of guarantee: as fixed, else so many months after the latest maturity (CC 692).

    An extension of the debt leaves the term unchanged unless the guarantor agrees in writing (CC 695(2)), so it is
    counted from the maturity as first agreed.
    """
    period = optional(guarantee, "period")
    if period is None:
        return guarantee.missing("period_ends_on", (guarantee.missing("period"),))
    if period.given("ends_on"):
        return period.ends_on
    gap = waiting(guarantee, "period_ends_on", (period.months, guarantee.latest_maturity))
    if gap is not None:
        return gap
    return add_months(max(original_maturity(one) for one in principals(guarantee)), period.months)


def period_years(period: Record) -> Value:
    """The term in whole years; missing when it isn't whole years."""
    months = optional(period, "months")
    return months // YEAR if months and months % YEAR == 0 else period.missing("years")


FACTS: Final[dict[str, Callable[[Record], Value]]] = {
    "security_debtors": debtors,
    "security_latest_maturity": latest_maturity,
    "security_earliest_start": earliest_start,
    "security_refinance": refinance,
    "pledge_third_party": third_party,
    "pledge_co_owned": lambda pledge: any(asset.co_owned for asset in pledged(pledge)),
    "pledge_natural_pledgor": lambda pledge: any(party.natural for party in entries(pledge, "pledgors")),
    "pledge_has_patents": lambda pledge: any(asset.is_patent for asset in pledged(pledge)),
    "pledge_has_hk_patents": lambda pledge: any(asset.is_hk_patent for asset in pledged(pledge)),
    "pledge_has_other_rights": has_other_rights,
    "pledge_patents": lambda pledge: tuple(e for e in entries(pledge, "assets") if e.asset.is_patent),
    "pledge_hk_patents": lambda pledge: tuple(e for e in entries(pledge, "assets") if e.asset.is_hk_patent),
    "pledged_asset_value": pledged_asset_value,
    "pledge_valuation": valuation,
    "pledge_value": pledge_value,
    "pledge_ratio": pledge_ratio,
    "pledge_other_guarantees": other_guarantees,
    "pledge_fee_calendar": fee_calendar,
    "guarantor_parties": guarantor_parties,
    "guarantee_has_natural": lambda guarantee: _some(guarantee, lambda party: bool(party.natural)),
    "guarantee_has_company": lambda guarantee: _some(guarantee, lambda party: not party.natural),
    "guarantee_has_guarantee_company": has_guarantee_company,
    "guarantee_has_listed": has_listed,
    "guarantee_several": lambda guarantee: len(guarantee.guarantor_parties) > 1,
    "guarantee_period_ends_on": period_ends_on,
    "guarantee_other_pledges": other_pledges,
    "guarantee_debtor_pledge": debtor_pledge,
    "period_years": period_years,
}
