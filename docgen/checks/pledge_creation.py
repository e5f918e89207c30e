"""How a pledge comes into being: registration, office, term, what can be pledged (B01, B02, B22–B26)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from docgen.checks.registry import Finding, rule
from docgen.checks.subjects import asset_name, contract_name, first_drawdown, money, pledged_assets
from docgen.checks.wording import PLEDGE_EXPIRY, WHOLE_PORTFOLIO, hits
from docgen.diagnostics import Severity
from docgen.facts.reading import entries, optional

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal

    from docgen.law import Law
    from docgen.model import Record

UNREGISTRABLE: Final = frozenset({"patent_application", "trade_secret", "data_right", "domain_name"})
OFFICE_UNCERTAIN: Final = frozenset({"ic_layout", "plant_variety"})
OFFICES: Final = {
    "cnipa": ("国家知识产权局", "CNIPA"),
    "copyright_centre": ("中国版权保护中心", "the Copyright Protection Centre of China"),
    "hk_patents_registry": ("香港知识产权署专利注册处", "the Hong Kong Patents Registry"),
    "hk_companies_registry": ("香港公司注册处", "the Hong Kong Companies Registry"),
}


def registrations_of(pledge: Record, asset: Record) -> tuple[Record, ...]:
    """The live registrations of a pledge that cover a right: those that list it, else those of its office."""
    live = [one for one in entries(pledge, "registrations") if optional(one, "status") not in {"refused", "cancelled"}]
    listing = tuple(one for one in live if asset in entries(one, "assets"))
    if listing:
        return listing
    return tuple(one for one in live if not entries(one, "assets") and one.office == optional(asset, "registrar"))


def registrable(pledge: Record) -> tuple[Record, ...]:
    """The pledged rights that have an office for pledges."""
    return tuple(asset for asset in pledged_assets(pledge) if asset.given("registrar"))


@rule(
    "B01",
    "质权未登记即不成立",
    severity=Severity.ERROR,
    stage="drawdown",
    each="pledges",
    basis=(
        "CC 444(1) [V]",
        "专利法实施细则 15(3) [V]",
        "专利法实施细则2010 14 [R]",
        "专利权质押登记办法 3 [V]",
        "商标法实施条例 70 [V]",
        "著作权法 28 [V]",
        "著作权质权登记办法 5 [S]",
    ),
)
def registered_before_drawdown(pledge: Record, _law: Law) -> Iterator[Finding]:
    """Every pledged right is registered, with number and date, by the day of the first drawdown. law: CC 444(1)."""
    drawn = first_drawdown(pledge)
    for asset in registrable(pledge):
        found = [one for one in registrations_of(pledge, asset) if one.given("no") and one.given("registered_on")]
        args = {"contract": contract_name(pledge), "asset": asset_name(asset), "state.zh": "", "state.en": ""}
        if not found:
            args |= {"state.zh": "没有登记号和登记日期", "state.en": "has no registration number and date"}
            yield Finding(pledge, "registrations", args)
            continue
        first = min(found, key=lambda one: one.registered_on)
        if drawn is not None and first.registered_on > drawn[1]:
            day = first.registered_on.isoformat()
            args["state.zh"] = f"{day}才登记，晚于首次提款日{drawn[1].isoformat()}"
            args["state.en"] = f"was registered on {day}, after the first drawdown on {drawn[1].isoformat()}"
            yield Finding(first, "registered_on", args, related=((drawn[0], "drawn_on", "drawdown"),))


@rule(
    "B02",
    "登记机关与权利种类",
    severity=Severity.ERROR,
    stage="register",
    each="pledges",
    needs=("registrations",),
    basis=(
        "专利权质押登记办法 2 [V]",
        "专利权质押登记办法2010 [R]",
        "商标质押程序规定 1 [S]",
        "著作权质权登记办法 2 [S]",
    ),
)
def right_office(pledge: Record, _law: Law) -> Iterator[Finding]:
    """Each right goes to its own office; patents and trade marks are filed apart. law: 专利权质押登记办法 2."""
    name = contract_name(pledge)
    for registration in entries(pledge, "registrations"):
        for asset in entries(registration, "assets"):
            wanted = optional(asset, "registrar")
            if wanted and not asset.is_hk_patent and registration.office != wanted:
                yield Finding(registration, "office", {"contract": name, "asset": asset_name(asset), **_office(wanted)})
        kinds = {asset.type == "trademark" for asset in entries(registration, "assets") if asset.registrar == "cnipa"}
        if len(kinds) > 1:
            marks = [asset for asset in entries(registration, "assets") if asset.type == "trademark"]
            apart = {"office.zh": "国家知识产权局（商标另案办理）", "office.en": "CNIPA, apart from the patents"}
            yield Finding(registration, "assets", {"contract": name, "asset": asset_name(marks[0]), **apart})
    for asset in registrable(pledge):
        wrongly = any(asset in entries(one, "assets") for one in entries(pledge, "registrations"))
        if not wrongly and not registrations_of(pledge, asset):
            args = {"contract": name, "asset": asset_name(asset), **_office(asset.registrar)}
            yield Finding(pledge, "registrations", args)


def _office(office: str) -> dict[str, str]:
    """The office's name as argument in both languages."""
    zh, en = OFFICES[office]
    return {"office.zh": zh, "office.en": en}


@rule(
    "B22",
    "质押期限届满",
    severity=Severity.WARNING,
    stage="draft",
    each="pledges",
    basis=("CC 393 [V]", "CC 419 [V]", "CC 188 [V]", "担保制度解释 44 [V]", "商标质押程序规定 [S]"),
)
def no_expiry_of_pledge(pledge: Record, _law: Law) -> Iterator[Finding]:
    """A pledge ends with the debt, not with a term of its own. law: CC 393."""
    for hit in hits(pledge, ("term_clause", "special_terms"), PLEDGE_EXPIRY):
        args = {"contract": contract_name(pledge), "phrase": hit.phrase}
        yield Finding(pledge, hit.key, args, severity=Severity.NOTE if hit.denied else None)


@rule(
    "B23",
    "质押财产描述",
    severity=Severity.WARNING,
    stage="draft",
    each="pledges",
    basis=("担保制度解释 53 [V]", "担保制度解释 63 [V]"),
)
def identified_rights(pledge: Record, _law: Law) -> Iterator[Finding]:
    """Rights are pledged one by one with their numbers; future rights are an undertaking. law: 担保制度解释 53."""
    name = contract_name(pledge)
    if optional(pledge, "future_assets"):
        yield Finding(pledge, "future_assets", {"contract": name, "phrase": pledge.label_of("future_assets")})
    for hit in hits(pledge, ("special_terms",), WHOLE_PORTFOLIO):
        severity = Severity.NOTE if hit.denied else None
        yield Finding(pledge, hit.key, {"contract": name, "phrase": hit.phrase}, severity=severity)


@rule(
    "B24",
    "权利的法定质押登记机构",
    severity=Severity.ERROR,
    stage="draft",
    each="pledges",
    basis=("担保制度解释 63 [V]", "CC 440#5 [V]", "CC 440#7 [V]"),
)
def registrable_kinds(pledge: Record, _law: Law) -> Iterator[Finding]:
    """A right without an office for pledges can't be pledged with effect on others. law: 担保制度解释 63."""
    for asset in pledged_assets(pledge):
        args = {"contract": contract_name(pledge), "asset": asset_name(asset), "kind.zh": asset.kind_name}
        args["kind.en"] = asset.type.replace("_", " ")
        if asset.type in UNREGISTRABLE:
            yield Finding(asset, "type", args)
        elif asset.type in OFFICE_UNCERTAIN:
            yield Finding(asset, "type", args, severity=Severity.WARNING, notes=("office",))


def _expected_amount(pledge: Record, registration: Record) -> Decimal | None:
    """What a registration should show: what is allocated to its rights, else the secured amount."""
    mine = [e for e in entries(pledge, "assets") if optional(e, "asset") in entries(registration, "assets")]
    shares = [optional(entry, "allocated_amount") for entry in mine]
    given = [amount for amount in shares if amount is not None]
    secured: Decimal | None = optional(pledge, "secured_amount")
    return sum(given[1:], given[0]) if given and len(given) == len(shares) else secured


@rule(
    "B25",
    "变更登记",
    severity=Severity.WARNING,
    stage="register",
    each="pledges",
    applies=lambda pledge: bool(pledge.kind != "maximum"),
    basis=("专利权质押登记办法 [R]", "专利权质押登记办法2010 [R]", "担保制度解释 15 [V]", "担保制度解释 47 [V]"),
)
def registered_amount(pledge: Record, _law: Law) -> Iterator[Finding]:
    """The register shows the secured amount of the contract; a change is filed. law: 担保制度解释 47."""
    changed = {optional(one, "change_of") for one in entries(pledge, "registrations")}
    for registration in entries(pledge, "registrations"):
        filed, wanted = optional(registration, "amount"), _expected_amount(pledge, registration)
        replaced = registration.given("no") and registration.no in changed
        if filed is not None and wanted is not None and filed != wanted and not replaced:
            args = {"contract": contract_name(pledge), "filed": money(pledge, filed), "wanted": money(pledge, wanted)}
            yield Finding(registration, "amount", args, related=((pledge, "secured_amount", "secured"),))


@rule(
    "B26",
    "清偿后注销质押登记",
    severity=Severity.NOTE,
    stage="post",
    each="pledges",
    needs=("secures.balance_amount",),
    basis=("CC 393 [V]", "CC 436 [V]", "专利权质押登记办法 [R]", "专利权质押登记办法2010 [R]"),
)
def release_when_paid(pledge: Record, _law: Law) -> Iterator[Finding]:
    """Once the debt is paid the pledgee helps to cancel the registration. law: CC 393."""
    loans = [one for one in entries(pledge, "secures") if one.type_name == "loan"]
    if not loans or len(loans) != len(entries(pledge, "secures")) or any(loan.balance_amount for loan in loans):
        return
    for registration in entries(pledge, "registrations"):
        if optional(registration, "status") not in {"cancelled", "refused"} and registration.given("no"):
            yield Finding(registration, "no", {"contract": contract_name(pledge), "number": registration.no})
