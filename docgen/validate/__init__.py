"""Tree and schema → the deal, or every problem of the file; the only room that turns text into values."""

from docgen.validate.deal import Validated, validate

__all__ = ["Validated", "validate"]
