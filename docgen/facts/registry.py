"""The functions behind the schema's `derived:` names."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from docgen.facts import contracts, corporate, filings, parties, principals, rights, securities

if TYPE_CHECKING:
    from collections.abc import Callable

    from docgen.law import Law
    from docgen.model import Record, Value


def derived_fields(law: Law) -> dict[str, Callable[[Record], Value]]:
    """Every derived field's function by its name in the schema; those that need the law are bound to it."""
    found: dict[str, Callable[[Record], Value]] = {}
    for module in (contracts, corporate, filings, parties, principals, rights, securities):
        found.update(module.FACTS)
    for name, function in rights.FACTS_OF_LAW.items():
        found[name] = partial(function, law=law)
    return found
