"""What messages call the contracts, rights and figures of a deal, and the lists that several rules walk."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docgen.facts.reading import distinct, entries, optional
from docgen.formats.amounts import amount
from docgen.formats.ratios import percent

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal

    from docgen.model import Record


def contract_name(contract: Record) -> str:
    """The contract's number, else where it stands in the deal."""
    return str(optional(contract, "contract_no") or contract.path)


def asset_name(asset: Record) -> str:
    """The right's title and official number, as far as they are given."""
    number = optional(asset, "number")
    title = optional(asset, "title") or asset.path
    return f"{title}（{number}）" if number else str(title)


def money(record: Record, value: Decimal) -> str:
    """The amount with the sign of the deal's currency: ¥5,000,000.00."""
    return amount(value, optional(record.root.deal, "currency") or "CNY")


def share(value: Decimal) -> str:
    """The share in percent without idle zeros: 62.5%."""
    return percent(value.normalize())


def pledged_assets(pledge: Record) -> tuple[Record, ...]:
    """The rights that a pledge or counter-pledge names, each once."""
    return distinct(asset for entry in entries(pledge, "assets") if (asset := optional(entry, "asset")) is not None)


def party_ids(records: tuple[Record, ...]) -> str:
    """The names of parties: 甲公司、乙公司."""
    return "、".join(str(optional(party, "name") or party.path) for party in records)


def judged_on(contract: Record) -> date:
    """The contract's signing date when there is one, else the date whose law applies."""
    day: date = optional(contract, "contract_signed_on") or contract.root.deal.as_of
    return day


def first_drawdown(security: Record) -> tuple[Record, date] | None:
    """The earliest drawdown under the loans that a pledge or guarantee secures, with its day."""
    drawdowns = [
        (one, one.drawn_on)
        for principal in entries(security, "secures")
        for one in entries(principal, "drawdowns")
        if one.given("drawn_on")
    ]
    return min(drawdowns, key=lambda found: found[1], default=None)


def right_args(pledge: Record, asset: Record, **more: str) -> dict[str, str]:
    """The contract and the right as arguments of a message."""
    return {"contract": contract_name(pledge), "asset": asset_name(asset), **more}
