"""Mode and term of guarantees (rules C01–C06)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from docgen.checks.faults import fault
from docgen.checks.registry import Finding, rule
from docgen.checks.relations import claims
from docgen.checks.subjects import contract_name
from docgen.checks.wording import Phrase, hits
from docgen.diagnostics import Severity
from docgen.facts.reading import entries, optional
from docgen.formats.dates import add_months

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from docgen.law import Law
    from docgen.model import Record

FALLBACK: Final = "guarantee_period_fallback"
GENERAL_WORDS: Final = re.compile(
    r"(?:不能|无法|无力|无能力)(?:按期|按时|按约|全部)?(?:履行|清偿|偿还|归还)|先就?债务人[^。；;\n]{0,8}财产"
)
JOINT_WORDS: Final = re.compile(r"(?<!能)(?:不|未)(?:按期|按时|按约|依约|全部)?(?:履行|清偿|偿还|归还)|无条件")
UNTIL_PAID: Final = re.compile(
    r"(?:至|到).{0,16}?(?:还清|偿清|结清|付清|清偿|偿还|归还)(?:完毕)?.{0,6}?(?:为止|之日|时止|止)"
)
REVIVED: Final = (
    Phrase(r"保证期间[^。；;\n]{0,24}?(?P<act>(?:发生|可以?|予以)?(?:中断|中止|延长|顺延|重新计算|重新起算))"),
    Phrase(r"(?P<act>中断|中止|延长|顺延|重新计算|重新起算)[^。；;\n]{0,8}保证期间"),
)


def fallback_end(guarantee: Record, law: Law) -> date | None:
    """The last day of the statutory term, six months after the latest maturity. law: CC 692(2)."""
    months = law.number(FALLBACK, guarantee.root.deal.as_of)
    due: date | None = optional(guarantee, "latest_maturity")
    return None if months is None or due is None else add_months(due, int(months))


def _fallback(guarantee: Record, law: Law) -> Mapping[str, str]:
    """The statutory last day for a message."""
    end = fallback_end(guarantee, law)
    return {
        "fallback.zh": f"到 {end.isoformat()} 届满" if end else "自到期日起六个月",
        "fallback.en": f"ending on {end.isoformat()}" if end else "of six months from maturity",
    }


@rule(
    "C01",
    "保证方式未约定",
    severity=Severity.ERROR,
    stage="draft",
    each="guarantees",
    basis=("CC 686(2) [V]",),
)
def mode_agreed(guarantee: Record, _law: Law) -> Iterator[Finding]:
    """Without an agreed mode the guarantor is only liable after execution against the debtor. law: CC 686(2)."""
    if not guarantee.given("mode"):
        yield Finding(guarantee, "mode", {"contract": contract_name(guarantee)})


@rule(
    "C02",
    "保证方式与责任文字矛盾",
    severity=Severity.ERROR,
    stage="draft",
    each="guarantees",
    applies=lambda guarantee: guarantee.given("mode") and guarantee.given("mode_wording"),
    basis=("担保制度解释 25 [V]",),
)
def mode_wording(guarantee: Record, _law: Law) -> Iterator[Finding]:
    """Words like 不能履行时 make it general, 不履行即 joint; they agree with the mode. law: 担保制度解释 25."""
    text = guarantee.mode_wording
    general, joint = GENERAL_WORDS.search(text), JOINT_WORDS.search(text)
    against = general if guarantee.mode == "joint" else joint if general is None else None
    if against is not None:
        zh, en = ("一般保证", "general guarantee") if against is general else ("连带责任保证", "joint guarantee")
        args = {"contract": contract_name(guarantee), "phrase": against[0], "reads.zh": zh, "reads.en": en}
        yield Finding(guarantee, "mode_wording", args, related=((guarantee, "mode", "mode"),))


@rule(
    "C03",
    "保证期间早于或等于主债务到期日",
    severity=Severity.ERROR,
    stage="draft",
    each="guarantees",
    applies=lambda guarantee: guarantee.given("period"),
    needs=("latest_maturity",),
    basis=("CC 692(2) [V]",),
)
def period_after_maturity(guarantee: Record, law: Law) -> Iterator[Finding]:
    """A term that ends on or before the due date counts as not agreed. law: CC 692(2)."""
    period, due = guarantee.period, guarantee.latest_maturity
    end = optional(period, "ends_on") or _counted(guarantee)
    args = {"contract": contract_name(guarantee), "due": due.isoformat(), **_fallback(guarantee, law)}
    if end is not None and end <= due:
        key = "ends_on" if period.given("ends_on") else "months"
        said = fault(f"{end.isoformat()} 届满，不晚于", f"ends on {end.isoformat()}, not after")
        yield Finding(period, key, {**args, **said}, related=_maturity(guarantee))
    elif end is None and not period.given("months") and not _until_paid(period):
        said = fault("没有写月数或者届满日，要晚于", "has neither months nor a last day after")
        yield Finding(guarantee, "period", {**args, **said}, related=_maturity(guarantee))


def _counted(guarantee: Record) -> date | None:
    """The end of a term that is counted from the day on which floating claims are fixed; None for any other."""
    period, maximum = guarantee.period, optional(guarantee, "maximum")
    months, fixed = optional(period, "months"), None if maximum is None else optional(maximum, "ends_on")
    return add_months(fixed, months) if optional(period, "start") == "determination" and fixed and months else None


def _maturity(guarantee: Record) -> tuple[tuple[Record, str, str], ...]:
    """Where the latest maturity of the secured debt is written."""
    for one in claims(guarantee):
        if optional(one, "latest_maturity") == guarantee.latest_maturity:
            return ((one, "matures_on" if one.type_name == "loan" else "ends_on", "due"),)
    return ()


def _until_paid(period: Record) -> bool:
    """Whether a received draft lets the term run until everything is paid."""
    return UNTIL_PAID.search(optional(period, "wording") or "") is not None


@rule(
    "C04",
    "保证期间约定为至本息还清为止",
    severity=Severity.ERROR,
    stage="draft",
    each="guarantees",
    applies=lambda guarantee: guarantee.given("period") and guarantee.period.given("wording"),
    basis=("担保制度解释 32 [V]",),
)
def period_until_paid(guarantee: Record, law: Law) -> Iterator[Finding]:
    """A term until principal and interest are paid is unclear: six months apply. law: 担保制度解释 32."""
    found = UNTIL_PAID.search(guarantee.period.wording)
    if found is not None:
        args = {"contract": contract_name(guarantee), "phrase": found[0], **_fallback(guarantee, law)}
        yield Finding(guarantee.period, "wording", args)


@rule(
    "C05",
    "保证期间约定可中断或者延长",
    severity=Severity.WARNING,
    stage="draft",
    each="guarantees",
    basis=("CC 692(1) [V]", "担保制度解释 34 [V]"),
)
def period_is_fixed(guarantee: Record, _law: Law) -> Iterator[Finding]:
    """The term of guarantee is neither suspended nor interrupted nor prolonged. law: CC 692(1)."""
    period = optional(guarantee, "period")
    records = [(guarantee, ("special_terms", "mode_wording")), *([(period, ("wording",))] if period else [])]
    for record, keys in records:
        for hit in hits(record, keys, REVIVED):
            if not hit.denied:
                yield Finding(hit.record, hit.key, {"contract": contract_name(guarantee), "phrase": hit.phrase})


@rule(
    "C06",
    "保证期间的起算不明确",
    severity=Severity.WARNING,
    stage="draft",
    each="guarantees",
    applies=lambda guarantee: guarantee.given("period") and guarantee.period.given("months"),
    basis=("担保制度解释 30 [V]", "CC 189 [V]"),
)
def period_start(guarantee: Record, _law: Law) -> Iterator[Finding]:
    """Instalments and floating claims say from which day the term runs. law: 担保制度解释 30; CC 189."""
    period, start = guarantee.period, optional(guarantee.period, "start")
    if period.given("ends_on"):
        return
    maximum = guarantee.kind == "maximum"
    dates = {day for one in claims(guarantee) for day in _due_days(one)}
    unclear = start not in {"each_drawdown", "determination"} if maximum else start in {None, "determination"}
    if unclear and (maximum or len(dates) > 1):
        said = (
            {"debt.zh": "最高额保证", "debt.en": "floating claims"}
            if maximum
            else {"debt.zh": f"主债务分 {len(dates)} 期到期", "debt.en": f"debt with {len(dates)} due dates"}
        )
        yield Finding(period, "start", {"contract": contract_name(guarantee), **said})


def _due_days(principal: Record) -> tuple[date, ...]:
    """Every day on which principal under a loan falls due."""
    repayment = optional(principal, "repayment")
    instalments = entries(repayment, "schedule") if repayment is not None else ()
    days = [optional(one, "due_on") for one in instalments]
    days += [optional(one, "matures_on") for one in entries(principal, "drawdowns")]
    return tuple(day for day in days if day is not None)
