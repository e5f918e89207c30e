"""The contract lies within the credit approval (E21)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docgen.checks.loans import from_bank
from docgen.checks.registry import Finding, rule
from docgen.checks.subjects import contract_name, judged_on, money, share
from docgen.diagnostics import Severity
from docgen.facts.reading import entries, optional

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docgen.law import Law
    from docgen.model import Record


def _problem(loan: Record, zh: str, en: str) -> dict[str, str]:
    """Arguments of a message that says what is wrong with a loan contract."""
    return {"contract": contract_name(loan), "problem.zh": zh, "problem.en": en}


@rule(
    "E21",
    "合同要素与授信批复",
    severity=Severity.ERROR,
    stage="sign",
    each="loans",
    needs=("approval.amount", "approval.months", "approval.valid_until", "contract_signed_on", "amount", "months"),
    applies=lambda loan: from_bank(loan) and (loan.given("approval") or not loan.given("credit_line")),
    basis=("银行政策 [S]", "流动资金贷款管理办法 [R]", "流动资金贷款管理暂行办法 [R]"),
)
def within_approval(loan: Record, _law: Law) -> Iterator[Finding]:
    """Amount, term, rate and security lie within a valid approval. law: 银行政策."""
    approval, signed = loan.approval, loan.contract_signed_on
    if loan.amount > approval.amount:
        zh = f"金额{money(loan, loan.amount)}超出批复金额{money(loan, approval.amount)}"
        en = f"is for {money(loan, loan.amount)}, over the approved {money(loan, approval.amount)}"
        yield Finding(loan, "amount", _problem(loan, zh, en), related=((approval, "amount", "approval"),))
    if loan.months > approval.months:
        zh, en = (
            f"期限{loan.months}个月超出批复的{approval.months}个月",
            f"runs {loan.months} months, approved were {approval.months}",
        )
        yield Finding(loan, "months", _problem(loan, zh, en), related=((approval, "months", "approval"),))
    if signed > approval.valid_until:
        zh = f"签订于{signed.isoformat()}，批复的有效期{approval.valid_until.isoformat()}已过"
        en = f"is signed on {signed.isoformat()}, after the approval lapsed on {approval.valid_until.isoformat()}"
        yield Finding(approval, "valid_until", _problem(loan, zh, en))
    rate, floor = optional(loan, "rate"), optional(approval, "rate_floor_ratio")
    if rate is not None and floor is not None and rate.given("annual_ratio") and rate.annual_ratio < floor:
        zh, en = (
            f"年利率{share(rate.annual_ratio)}低于批复下限{share(floor)}",
            f"bears {share(rate.annual_ratio)}, below the floor of {share(floor)}",
        )
        yield Finding(
            rate, "annual_ratio", _problem(loan, zh, en), related=((approval, "rate_floor_ratio", "approval"),)
        )
    yield from _approved_security(loan, approval)


def _approved_security(loan: Record, approval: Record) -> Iterator[Finding]:
    """Security that the approval asks for and the deal lacks; conditions not yet met."""
    provided = {one.id for one in (*loan.pledges, *loan.guarantees)}
    for wanted in entries(approval, "security_required"):
        if wanted not in provided:
            zh, en = f"缺少批复要求的担保“{wanted}”", f"lacks the security `{wanted}` that the approval asks for"
            yield Finding(approval, "security_required", _problem(loan, zh, en))
    drawn = any(one.given("drawn_on") and one.drawn_on <= judged_on(loan) for one in entries(loan, "drawdowns"))
    for condition in entries(approval, "conditions"):
        if not condition.given("met_on"):
            zh, en = f"的批复条件尚未落实：{condition.text}", f"has an approval condition not yet met: {condition.text}"
            yield Finding(condition, "", _problem(loan, zh, en), severity=None if drawn else Severity.NOTE)
