"""Derived fields of the deal: expiry dates, totals, ratios, copies, names of contracts."""

from docgen.facts.registry import derived_fields

__all__ = ["derived_fields"]
