"""Valuations and the pledge ratio (F01, F04, F05)."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Final

from docgen.checks.registry import Finding, rule
from docgen.checks.subjects import asset_name, contract_name, judged_on, money, pledged_assets, share
from docgen.diagnostics import Severity
from docgen.facts.reading import entries, optional
from docgen.formats.dates import add_months

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from docgen.law import Law
    from docgen.model import Record

PLACES: Final = Decimal("0.0001")
WHOLE: Final = Decimal(1)


def report_name(valuation: Record) -> str:
    """The report's number, else its id."""
    return str(optional(valuation, "report_no") or valuation.id)


def relying(valuation: Record) -> tuple[Record, ...]:
    """The pledges whose values come from this valuation."""
    return tuple(p for p in entries(valuation.root, "pledges") if optional(p, "valuation") is valuation)


@rule(
    "F01",
    "评估报告使用有效期",
    severity=Severity.WARNING,
    stage="sign",
    each="valuations",
    needs=("base_on",),
    applies=lambda valuation: bool(valuation.kind == "appraised" and relying(valuation)),
    basis=("资产评估报告准则 [R]",),
)
def valuation_current(valuation: Record, law: Law) -> Iterator[Finding]:
    """A report is used within a year of its valuation date, at signing and at registration. law: 资产评估报告准则."""
    months = law.number("valuation_use", valuation.root.deal.as_of)
    ends = [add_months(valuation.base_on, int(months))] if months is not None else []
    ends += [valuation.valid_until] if valuation.given("valid_until") else []
    for pledge in relying(valuation) if ends else ():
        for zh, en, day in _uses(pledge):
            if day > min(ends):
                args = {"report": report_name(valuation), "use.zh": zh, "use.en": en, "day": day.isoformat()}
                args |= {"base": valuation.base_on.isoformat(), "end": min(ends).isoformat()}
                yield Finding(valuation, "base_on", args | {"contract": contract_name(pledge)})


def _uses(pledge: Record) -> Iterator[tuple[str, str, date]]:
    """The days on which the value is used: signing and registration."""
    yield "签约", "signed", judged_on(pledge)
    registered = [one.registered_on for one in entries(pledge, "registrations") if one.given("registered_on")]
    if registered:
        yield "登记", "registered", max(registered)


@rule(
    "F04",
    "评估值与清单",
    severity=Severity.ERROR,
    stage="draft",
    each="valuations",
    basis=("算术 [V]",),
)
def valuation_adds_up(valuation: Record, _law: Law) -> Iterator[Finding]:
    """The items add up to the total; report and pledge list the same rights. law: 算术."""
    report = report_name(valuation)
    items = [one for one in entries(valuation, "valued_assets") if optional(one, "asset") is not None]
    values = [one.value_amount for one in items if one.given("value_amount")]
    if valuation.given("total_amount") and values and sum(values) != valuation.total_amount:
        total, sums = money(valuation, valuation.total_amount), money(valuation, sum(values, Decimal("0.00")))
        zh, en = f"明细合计{sums}，不等于总值{total}", f"has items of {sums} for a total of {total}"
        yield Finding(valuation, "total_amount", {"report": report, "problem.zh": zh, "problem.en": en})
    valued = [one.asset for one in items]
    for number, item in enumerate(items):
        if item.asset in valued[:number]:
            name = asset_name(item.asset)
            zh, en = f"两次评估{name}", f"values {name} twice"
            yield Finding(item, "asset", {"report": report, "problem.zh": zh, "problem.en": en})
    yield from _lists_differ(valuation, report, valued)


def _lists_differ(valuation: Record, report: str, valued: list[Record]) -> Iterator[Finding]:
    """Rights pledged on the strength of this report that nobody valued, and rights valued but not pledged."""
    pledges = relying(valuation)
    elsewhere = {
        optional(item, "asset")
        for other in entries(valuation.root, "valuations")
        for item in entries(other, "valued_assets")
    }
    for pledge in pledges:
        for asset in pledged_assets(pledge):
            if asset not in elsewhere:
                name = asset_name(asset)
                zh, en = (
                    f"没有评估{contract_name(pledge)}出质的{name}",
                    f"leaves out {name}, pledged by {contract_name(pledge)}",
                )
                args = {"report": report, "problem.zh": zh, "problem.en": en}
                yield Finding(valuation, "valued_assets", args, related=((pledge, "assets", "pledge"),))
    pledged = {asset for pledge in entries(valuation.root, "pledges") for asset in pledged_assets(pledge)}
    for asset in valued if pledges else ():
        if asset not in pledged:
            name = asset_name(asset)
            zh, en = f"评估了没有出质的{name}", f"values {name}, which nobody pledges"
            args = {"report": report, "problem.zh": zh, "problem.en": en}
            # a report on more rights than are pledged is common and hides nothing
            yield Finding(valuation, "valued_assets", args, severity=Severity.WARNING)


@rule(
    "F05",
    "质押率",
    severity=Severity.WARNING,
    stage="draft",
    each="pledges",
    needs=("secured_amount", "value_amount"),
    basis=("银行政策 [S]", "商业银行法 36 [V]"),
)
def ratio_within_caps(pledge: Record, _law: Law) -> Iterator[Finding]:
    """Secured principal over value stays within the lender's caps, weighted by kind of right. law: 商业银行法 36."""
    policy = optional(pledge.root, "policy")
    listed = entries(policy, "ratio_caps") if policy is not None else ()
    caps = {cap.asset_type: cap.cap_ratio for cap in listed if cap.given("asset_type") and cap.given("cap_ratio")}
    value = pledge.value_amount
    lendable = sum((one.value_amount * caps.get(one.asset.type, WHOLE) for one in pledge.assets), Decimal(0))
    if pledge.secured_amount > lendable:
        cap = (lendable / value).quantize(PLACES) if value else Decimal(0)
        ratio = share((pledge.secured_amount / value).quantize(PLACES)) if value else "-"
        args = {"contract": contract_name(pledge), "ratio": ratio, "cap": share(cap)}
        args |= {"secured": money(pledge, pledge.secured_amount), "value": money(pledge, value)}
        yield Finding(pledge, "secured_amount", args, notes=() if caps else ("nocap",))
