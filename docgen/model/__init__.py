"""The validated deal as one immutable record tree that knows the place of every value."""

from docgen.model.record import Missing, Record, Value

__all__ = ["Missing", "Record", "Value"]
