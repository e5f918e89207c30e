"""Trade marks and copyright under a pledge (B14–B17, B27)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from docgen.checks.registry import Finding, rule
from docgen.checks.subjects import asset_name, contract_name, judged_on, pledged_assets, right_args
from docgen.diagnostics import Severity
from docgen.facts.reading import entries, optional
from docgen.formats.dates import add_months

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docgen.law import Law
    from docgen.model import Record

MORAL_RIGHTS: Final = {
    "publication": ("发表权", "publication"),
    "authorship": ("署名权", "authorship"),
    "alteration": ("修改权", "alteration"),
    "integrity": ("保护作品完整权", "integrity"),
}
WORKS: Final = frozenset({"copyright", "software"})
MONTHS: Final = 12


def pledged_marks(pledge: Record) -> tuple[Record, ...]:
    """The trade marks that a pledge names."""
    return tuple(asset for asset in pledged_assets(pledge) if asset.type == "trademark")


def pledged_works(pledge: Record) -> tuple[Record, ...]:
    """The copyrights, software included, that a pledge names."""
    return tuple(asset for asset in pledged_assets(pledge) if asset.type in WORKS)


def _problem(pledge: Record, asset: Record, zh: str, en: str) -> dict[str, str]:
    """Arguments of a message that says what is wrong with a right."""
    return right_args(pledge, asset) | {"problem.zh": zh, "problem.en": en}


@rule(
    "B14",
    "关联商标一并出质",
    severity=Severity.ERROR,
    stage="register",
    each="pledges",
    applies=lambda pledge: bool(pledged_marks(pledge)),
    basis=("商标质押程序规定 3 [S]", "商标质押程序规定2009 [S]", "商标法 42(2) [V]"),
)
def related_marks(pledge: Record, _law: Law) -> Iterator[Finding]:
    """The owner's identical or similar marks for like goods go together. law: 商标法 42(2)."""
    pledged = pledged_marks(pledge)
    for other in entries(pledge.root, "assets"):
        if other.type != "trademark" or other in pledged:
            continue
        near = next((mark for mark in pledged if _related(mark, other)), None)
        if near is not None:
            same = _word(near) == _word(other)
            # whether two different signs are similar is for people to see
            severity = None if same else Severity.WARNING
            yield Finding(other, "title", right_args(pledge, other, mark=asset_name(near)), severity=severity)


def _related(mark: Record, other: Record) -> bool:
    """Whether two marks of one owner are registered for like goods: a common class, and no different similar group."""
    owners = {optional(owner, "owner_name") for owner in entries(mark, "owners")}
    if not owners & {optional(owner, "owner_name") for owner in entries(other, "owners")}:
        return False
    groups = {optional(mark, "similar_group"), optional(other, "similar_group")} - {None}
    return bool(set(entries(mark, "nice_classes")) & set(entries(other, "nice_classes"))) and len(groups) < 2  # noqa: PLR2004 — two groups differ


def _word(mark: Record) -> str:
    """The sign's words for comparison."""
    return "".join(str(optional(mark, "title") or mark.path).split()).casefold()


@rule(
    "B15",
    "商标专用期",
    severity=Severity.ERROR,
    stage="register",
    each="pledges",
    needs=("latest_maturity",),
    applies=lambda pledge: bool(pledged_marks(pledge)),
    basis=("商标法 39 [V]", "商标法 40 [V]", "商标质押程序规定 8 [R]"),
)
def mark_in_term(pledge: Record, law: Law) -> Iterator[Finding]:
    """A mark is in term; one that runs out before the debt is to be renewed. law: 商标法 39."""
    day, last = judged_on(pledge), pledge.latest_maturity
    for asset in pledged_marks(pledge):
        end = optional(asset, "expires_on")
        if end is None:
            yield Finding(asset, "valid_until", _problem(pledge, asset, "没有写专用期", "has no term"))
        elif end < day:
            grace = law.number("trademark_renewal_grace", day)
            until = add_months(end, int(grace or 0)).isoformat()
            zh = f"的专用期已于{end.isoformat()}届满，尚未续展（宽展期至{until}）"
            en = f"expired on {end.isoformat()} and isn't renewed (grace until {until})"
            yield Finding(asset, "valid_until", _problem(pledge, asset, zh, en))
        elif end < last:
            zh = f"的专用期{end.isoformat()}届满，早于债务到期日{last.isoformat()}"
            en = f"runs out on {end.isoformat()}, before the debt falls due on {last.isoformat()}"
            yield Finding(asset, "valid_until", _problem(pledge, asset, zh, en), severity=Severity.WARNING)


@rule(
    "B16",
    "商标连续不使用、集体或者证明商标",
    severity=Severity.WARNING,
    stage="draft",
    each="pledges",
    applies=lambda pledge: bool(pledged_marks(pledge)),
    basis=("商标法 3 [V]", "商标法 49 [V]"),
)
def mark_in_use(pledge: Record, law: Law) -> Iterator[Finding]:
    """A pledged mark is an ordinary one and was used within three years. law: 商标法 49."""
    day = judged_on(pledge)
    years = int(law.number("trademark_unused_years", day) or 0)
    for asset in pledged_marks(pledge):
        if asset.mark_kind in {"collective", "certification"}:
            zh, en = {"collective": ("集体商标", "collective"), "certification": ("证明商标", "certification")}[
                asset.mark_kind
            ]
            problem = _problem(pledge, asset, f"是{zh}，对权利人有特别要求", f"is a {en} mark with special owners")
            yield Finding(asset, "mark_kind", problem)
        used = optional(asset, "last_used_on")
        if used is None:
            problem = _problem(pledge, asset, "没有使用证据（最近使用日）", "has no proof of use")
            yield Finding(asset, "last_used_on", problem)
        elif add_months(used, years * MONTHS) <= day:
            zh = f"自{used.isoformat()}起连续{years}年没有使用记录，任何人可以申请撤销"
            en = f"shows no use for {years} years since {used.isoformat()}: anyone may ask for cancellation"
            yield Finding(asset, "last_used_on", _problem(pledge, asset, zh, en))


@rule(
    "B17",
    "著作权保护期和出质权利",
    severity=Severity.ERROR,
    stage="register",
    each="pledges",
    needs=("latest_maturity",),
    applies=lambda pledge: bool(pledged_works(pledge)),
    basis=(
        "著作权法 10 [V]",
        "著作权法 23 [V]",
        "著作权法2010 21 [R]",
        "计算机软件保护条例 14 [V]",
        "著作权质权登记办法 12 [R]",
    ),
)
def copyright_in_term(pledge: Record, _law: Law) -> Iterator[Finding]:
    """Property rights only are pledged, and within their term. law: 著作权法 23."""
    day, last = judged_on(pledge), pledge.latest_maturity
    for asset in pledged_works(pledge):
        for right in entries(asset, "rights"):
            if right in MORAL_RIGHTS:
                zh, en = MORAL_RIGHTS[right]
                problem = _problem(pledge, asset, f"的{zh}是人身权，不能出质", f"lists the moral right of {en}")
                yield Finding(asset, "rights", problem)
        end = optional(asset, "expires_on")
        if end is None:
            if optional(asset, "author_kind") != "person":
                problem = _problem(pledge, asset, "的保护期算不出来：缺少完成日", "has no date of completion")
                yield Finding(asset, "completed_on", problem)
        elif end < day:
            zh, en = f"的保护期已于{end.isoformat()}届满", f"was protected until {end.isoformat()} only"
            yield Finding(asset, "completed_on", _problem(pledge, asset, zh, en))
        elif end < last:
            zh = f"的保护期{end.isoformat()}届满，早于债务到期日{last.isoformat()}"
            en = f"is protected until {end.isoformat()}, less than the debt's maturity on {last.isoformat()}"
            yield Finding(asset, "completed_on", _problem(pledge, asset, zh, en), severity=Severity.WARNING)


@rule(
    "B27",
    "商标质权登记期限",
    severity=Severity.WARNING,
    stage="register",
    each="pledges",
    needs=("latest_maturity",),
    applies=lambda pledge: bool(pledged_marks(pledge)),
    basis=("商标质押程序规定 [S]",),
)
def registration_term(pledge: Record, _law: Law) -> Iterator[Finding]:
    """The registered term of a trade-mark pledge reaches the last maturity. law: 商标质押程序规定."""
    marks = pledged_marks(pledge)
    last = pledge.latest_maturity
    for registration in entries(pledge, "registrations"):
        listed = entries(registration, "assets")
        covers = any(mark in listed for mark in marks) or (not listed and registration.office == "cnipa")
        end = optional(registration, "term_to")
        if covers and end is not None and end < last:
            args = {"contract": contract_name(pledge), "end": end.isoformat(), "maturity": last.isoformat()}
            yield Finding(registration, "term_to", args)
