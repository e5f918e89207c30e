"""Derived fields of intellectual property rights: number, owners, value, registrar, and how long they last."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from docgen.facts.reading import entries, optional
from docgen.formats.dates import add_months

if TYPE_CHECKING:
    from collections.abc import Callable
    from decimal import Decimal

    from docgen.law import Law
    from docgen.model import Record, Value

PATENTS: Final = frozenset({"invention", "utility_model", "design"})
HK_PATENTS: Final = frozenset({"hk_standard", "hk_short_term"})
KIND_NAMES: Final = {
    "invention": "发明专利",
    "utility_model": "实用新型专利",
    "design": "外观设计专利",
    "trademark": "注册商标专用权",
    "copyright": "著作权",
    "software": "计算机软件著作权",
    "ic_layout": "集成电路布图设计专有权",
    "plant_variety": "植物新品种权",
    "hk_standard": "香港标准专利",
    "hk_short_term": "香港短期专利",
    "patent_application": "专利申请权",
    "trade_secret": "商业秘密",
    "data_right": "数据权益",
    "domain_name": "域名",
}
NUMBERS: Final = {
    **dict.fromkeys(PATENTS, "patent_no"),
    **dict.fromkeys(HK_PATENTS, "hk_patent_no"),
    **dict.fromkeys(("copyright", "software"), "copyright_no"),
    "trademark": "trademark_no",
    "ic_layout": "layout_no",
    "plant_variety": "variety_no",
}
REGISTRARS: Final = {
    **dict.fromkeys((*PATENTS, "trademark", "ic_layout"), "cnipa"),
    **dict.fromkeys(("copyright", "software"), "copyright_centre"),
    **dict.fromkeys(HK_PATENTS, "hk_patents_registry"),
}
PARAMETERS: Final = {
    "invention": "patent_term_invention",
    "utility_model": "patent_term_utility_model",
    "design": "patent_term_design",
    "hk_standard": "hk_patent_term_standard",
    "hk_short_term": "hk_patent_term_short",
}
MONTHS: Final = 12


def kind_name(asset: Record) -> Value:
    """发明专利, 注册商标专用权 and so on."""
    return KIND_NAMES[asset.type]


def number(asset: Record) -> Value:
    """The official number, whichever this kind of right has."""
    key = NUMBERS.get(asset.type, "reference")
    return asset[key] if asset.given(key) else asset.missing("number", (asset.missing(key),))


def owner_name(owner: Record) -> Value:
    """The owner's name: the party's, else as typed."""
    party = optional(owner, "party")
    if party is not None:
        return party.name
    return owner.name if owner.given("name") else owner.missing("owner_name", (owner.missing("party"),))


def owner_names(asset: Record) -> Value:
    """All owners' names joined with 、."""
    owners = entries(asset, "owners")
    names = [owner.owner_name for owner in owners]
    if not names or not all(isinstance(name, str) for name in names):
        return asset.missing("owner_names", (asset.missing("owners"),))
    return "、".join(names)


def co_owned(asset: Record) -> Value:
    """Whether more than one person owns it."""
    return len(entries(asset, "owners")) > 1


def registrar(asset: Record) -> Value:
    """The office that registers pledges of this kind of right; missing where there is none (担保制度解释 63)."""
    return REGISTRARS.get(asset.type) or asset.missing("registrar")


def is_patent(asset: Record) -> Value:
    """Whether it is a patent granted by CNIPA."""
    return asset.type in PATENTS


def is_hk_patent(asset: Record) -> Value:
    """Whether it is a Hong Kong patent."""
    return asset.type in HK_PATENTS


def values_of(asset: Record) -> tuple[tuple[Record, Decimal], ...]:
    """Each valuation that values this asset, with the value it gives."""
    return tuple(
        (valuation, item.value_amount)
        for valuation in entries(asset.root, "valuations")
        for item in entries(valuation, "valued_assets")
        if optional(item, "asset") is asset and item.given("value_amount")
    )


def appraised_amount(asset: Record) -> Value:
    """The value in the first valuation that lists it."""
    found = values_of(asset)
    return found[0][1] if found else asset.missing("appraised_amount", (asset.root.missing("valuations"),))


def next_fee_on(asset: Record) -> Value:
    """The first annual fee date not yet covered; paid until that very date covers the year before (细则 115)."""
    paid = optional(asset, "annual_fee_paid_until")
    if paid is None or not asset.given("filed_on"):
        return asset.missing("next_fee_on", (asset.missing("annual_fee_paid_until"),))
    return next(day for day in fee_days(asset.filed_on) if day >= paid)


def fee_days(filed_on: date) -> tuple[date, ...]:
    """The anniversaries of the filing date on which the next patent year begins."""
    return tuple(add_months(filed_on, MONTHS * year) for year in range(1, 31))


def _term_end(start: date, years: Decimal) -> date:
    """The last day of a term of so many years that begins on `start`."""
    return add_months(start, int(years) * MONTHS) - timedelta(days=1)


def expires_on(asset: Record, *, law: Law) -> Value:
    """The last day of the term.

    Patents: filing date plus the years the law gave on the filing date, less one day, plus granted compensation days
    (专利法 42). Copyright of organisations: 31 December of the 50th year after first publication, else completion;
    of persons: of the 50th year after death (著作权法 23). Trade marks: as registered. IC layouts: 10 years from filing
    or first exploitation, at most 15 from completion (条例 12). Plant varieties and unregistered rights: missing.
    """
    kind = asset.type
    if kind in PARAMETERS:
        return _patent_end(asset, law)
    if kind in {"copyright", "software"}:
        return _copyright_end(asset, law)
    if kind == "ic_layout" and asset.given("filed_on"):
        return _layout_end(asset, law)
    if kind == "trademark" and asset.given("valid_until"):
        return asset.valid_until
    return asset.missing("expires_on", (asset.missing("valid_until"),) if kind == "trademark" else ())


def _patent_end(asset: Record, law: Law) -> Value:
    """Filing date, plus the years in force on that date, plus compensation."""
    if not asset.given("filed_on"):
        return asset.missing("expires_on", (asset.missing("filed_on"),))
    years = law.number(PARAMETERS[asset.type], asset.filed_on)
    if years is None:
        return asset.missing("expires_on")
    return _term_end(asset.filed_on, years) + timedelta(days=optional(asset, "compensation_days") or 0)


def _copyright_end(asset: Record, law: Law) -> Value:
    """31 December of the year the copyright ends."""
    person = optional(asset, "author_kind") == "person"
    start = (
        optional(asset, "author_died_on")
        if person
        else (optional(asset, "first_published_on") or optional(asset, "completed_on"))
    )
    years = law.number("copyright_term", asset.root.deal.as_of)
    if start is None or years is None:
        return asset.missing("expires_on", (asset.missing("author_died_on" if person else "completed_on"),))
    return date(start.year + int(years), 12, 31)


def _layout_end(asset: Record, law: Law) -> Value:
    """The end of a layout-design's term."""
    day = asset.root.deal.as_of
    years, longest = law.number("ic_layout_term", day), law.number("ic_layout_longest", day)
    if years is None or longest is None:
        return asset.missing("expires_on")
    starts = [asset.filed_on, *([asset.first_exploited_on] if asset.given("first_exploited_on") else [])]
    ends = [_term_end(min(starts), years)]
    if asset.given("completed_on"):
        ends.append(_term_end(asset.completed_on, longest))
    return min(ends)


FACTS: Final[dict[str, Callable[[Record], Value]]] = {
    "asset_kind_name": kind_name,
    "asset_number": number,
    "asset_owner_names": owner_names,
    "asset_co_owned": co_owned,
    "asset_registrar": registrar,
    "asset_is_patent": is_patent,
    "asset_is_hk_patent": is_hk_patent,
    "asset_appraised_amount": appraised_amount,
    "owner_name": owner_name,
    "patent_next_fee_on": next_fee_on,
}
FACTS_OF_LAW: Final[dict[str, Callable[..., Value]]] = {"asset_expires_on": expires_on}
