"""Whether the pledged right lives long enough: status, fees, term, stability (B04–B08, B12, B13)."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final

from docgen.checks.registry import Finding, rule
from docgen.checks.subjects import judged_on, pledged_assets, right_args
from docgen.diagnostics import Severity
from docgen.facts.reading import entries, optional
from docgen.formats.dates import add_months

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from docgen.law import Law
    from docgen.model import Record

STATUS: Final = {
    "applying": ("申请中", "an application only"),
    "lapsed": ("已终止", "lapsed"),
    "invalidated": ("已宣告无效", "declared invalid"),
    "expired": ("已届满", "expired"),
}
FEE_GRACE: Final = "annual_fee_grace"


def pledged_patents(pledge: Record) -> tuple[Record, ...]:
    """The mainland patents that a pledge names."""
    return tuple(asset for asset in pledged_assets(pledge) if asset.is_patent)


def _has_patents(pledge: Record) -> bool:
    """Whether a mainland patent is pledged."""
    return bool(pledged_patents(pledge))


@rule(
    "B04",
    "权利有效",
    severity=Severity.ERROR,
    stage="register",
    each="pledges",
    needs=("assets.asset.status",),
    basis=(
        "专利权质押登记办法 11#2 [S]",
        "专利权质押登记办法 11#3 [S]",
        "专利权质押登记办法2010 [R]",
        "专利法 44 [V]",
        "专利法 47 [V]",
        "专利法2008 44 [R]",
    ),
)
def right_in_force(pledge: Record, _law: Law) -> Iterator[Finding]:
    """Only a right that is granted and in force is registered. law: 专利法 44."""
    for asset in pledged_assets(pledge):
        if asset.status != "in_force":
            zh, en = STATUS[asset.status]
            yield Finding(asset, "status", right_args(pledge, asset) | {"status.zh": zh, "status.en": en})


@rule(
    "B05",
    "年费缴纳",
    severity=Severity.ERROR,
    stage="register",
    each="pledges",
    needs=("patents.asset.annual_fee_paid_until", "patents.asset.filed_on"),
    applies=_has_patents,
    basis=(
        "专利权质押登记办法 11#4 [S]",
        "专利权质押登记办法2010 [R]",
        "专利法 43 [V]",
        "专利法 44 [V]",
        "专利法2008 43 [R]",
        "专利法实施细则 115 [V]",
        "专利法实施细则2010 98 [R]",
    ),
)
def annual_fee_paid(pledge: Record, law: Law) -> Iterator[Finding]:
    """No annual fee is overdue on the day of signing or filing. law: 专利法 43."""
    for asset in pledged_patents(pledge):
        day = max(pledge.root.deal.as_of, judged_on(pledge), *_filing_days(pledge, asset))
        due = asset.next_fee_on
        if day > due:
            grace = law.number(FEE_GRACE, day)
            end = add_months(due, int(grace or 0))
            args = right_args(pledge, asset, due=due.isoformat(), day=day.isoformat(), grace=end.isoformat())
            yield Finding(asset, "annual_fee_paid_until", args, notes=("lapsed" if day > end else "grace",))


def _filing_days(pledge: Record, asset: Record) -> list[date]:
    """The days on which the pledge of a right was filed."""
    return [
        one.filed_on
        for one in entries(pledge, "registrations")
        if one.given("filed_on") and (not entries(one, "assets") or asset in entries(one, "assets"))
    ]


@rule(
    "B06",
    "贷款期内的年费和续展",
    severity=Severity.WARNING,
    stage="draft",
    each="pledges",
    needs=("latest_maturity",),
    basis=(
        "专利法 43 [V]",
        "专利法2008 43 [R]",
        "专利法实施细则 115 [V]",
        "专利法实施细则2010 98 [R]",
        "商标法 40 [V]",
    ),
)
def fees_during_debt(pledge: Record, _law: Law) -> Iterator[Finding]:
    """Fee dates between signing and the last maturity are listed, and somebody pays. law: 专利法 43."""
    start, end = judged_on(pledge), pledge.latest_maturity
    dates: dict[Record, list[date]] = defaultdict(list)
    for entry in entries(pledge, "fee_calendar"):
        dates[entry.asset].append(entry.due_on)
    for asset in pledged_assets(pledge):
        key = {"trademark": "valid_until", "hk_standard": "renewed_until", "hk_short_term": "renewed_until"}
        renewal = optional(asset, key.get(asset.type, ""))
        if renewal is not None and start <= renewal <= end:
            dates[asset].append(renewal)
    for asset, found in dates.items():
        listed = "、".join(day.isoformat() for day in found)
        args = right_args(pledge, asset, days=listed, start=start.isoformat(), end=end.isoformat())
        # the papers print the calendar of patent fees themselves; renewals of other rights they don't know
        yield Finding(asset, "", args, severity=Severity.NOTE if asset.is_patent else None)


@rule(
    "B07",
    "债务履行期限与专利权有效期",
    severity=Severity.ERROR,
    stage="sign",
    each="pledges",
    needs=("latest_maturity", "patents.asset.expires_on"),
    applies=_has_patents,
    basis=("专利权质押登记办法 11#6 [S]", "专利权质押登记办法2010 [R]", "专利法 42 [V]", "专利法2008 42 [R]"),
)
def matures_within_term(pledge: Record, _law: Law) -> Iterator[Finding]:
    """The debt falls due within the term of every pledged patent. law: 专利法 42."""
    for asset in pledged_patents(pledge):
        if pledge.latest_maturity > asset.expires_on:
            last, end = pledge.latest_maturity.isoformat(), asset.expires_on.isoformat()
            yield Finding(asset, "filed_on", right_args(pledge, asset, maturity=last, expires=end))


@rule(
    "B08",
    "外观设计适用旧法期限",
    severity=Severity.WARNING,
    stage="draft",
    each="pledges",
    basis=("公告第423号 [R]", "专利法 42 [V]", "专利法2008 42 [R]"),
)
def old_design_term(pledge: Record, law: Law) -> Iterator[Finding]:
    """A design filed under the former law keeps its shorter term. law: 专利法 42."""
    values = law.parameters["patent_term_design"].values
    for asset in pledged_assets(pledge):
        if asset.type == "design" and asset.given("filed_on") and asset.filed_on < values[-1].from_on:
            years = str(law.number("patent_term_design", asset.filed_on) or values[0].value)
            expires = asset.expires_on.isoformat() if asset.given("expires_on") else "-"
            filed = asset.filed_on.isoformat()
            yield Finding(asset, "filed_on", right_args(pledge, asset, filed=filed, years=years, expires=expires))


@rule(
    "B12",
    "无效宣告请求或者同日申请",
    severity=Severity.WARNING,
    stage="register",
    each="pledges",
    applies=_has_patents,
    basis=("专利权质押登记办法 11#10 [S]", "专利权质押登记办法 11#11 [S]", "专利权质押登记办法2010 [R]"),
)
def parties_informed(pledge: Record, _law: Law) -> Iterator[Finding]:
    """Parties who know of an attack on the patent say that they go on. law: 专利权质押登记办法 11#10."""
    causes = {
        "invalidation_pending": {"cause.zh": "有无效宣告请求在审", "cause.en": "is under an invalidation request"},
        "same_day_application": {"cause.zh": "有同日发明申请", "cause.en": "has a same-day invention application"},
    }
    for asset in pledged_patents(pledge):
        for key, cause in causes.items():
            if optional(asset, key) and not optional(asset, "parties_informed"):
                yield Finding(asset, key, right_args(pledge, asset) | cause)


@rule(
    "B13",
    "专利权评价报告",
    severity=Severity.WARNING,
    stage="draft",
    each="pledges",
    applies=_has_patents,
    basis=("专利法 40 [V]", "专利法 66 [V]", "专利法2008 61 [R]", "银行政策 [S]"),
)
def evaluated(pledge: Record, _law: Law) -> Iterator[Finding]:
    """A right granted without substantive examination has an evaluation report. law: 专利法 66."""
    for asset in pledged_patents(pledge):
        if asset.type in {"utility_model", "design"} and not asset.given("evaluation_report_no"):
            kind = {"kind.zh": asset.kind_name, "kind.en": asset.type.replace("_", " ")}
            yield Finding(asset, "", right_args(pledge, asset) | kind)
