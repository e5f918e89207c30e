"""Cerberus at work on typed values: bounds, lengths, forms and choices; the only door to that library."""

from __future__ import annotations

import threading
from datetime import date
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Any, Final
from weakref import WeakKeyDictionary

from docgen.formats.ratios import percent
from docgen.validate.shown import shown_names
from docgen.validate.values import Unfit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from docgen.schema import FieldType
    from docgen.validate.plan import Selection

# Cerberus' codes (cerberus.errors): the texts of its errors are never read.
_MIN_LENGTH, _MAX_LENGTH, _REGEX, _MIN, _MAX, _ALLOWED = 0x27, 0x28, 0x41, 0x42, 0x43, 0x44
_CODES: Final = {
    _MIN_LENGTH: "S025",
    _MAX_LENGTH: "S026",
    _REGEX: "S022",
    _MIN: "S023",
    _MAX: "S024",
    _ALLOWED: "S021",
}
_LIST_CODES: Final = {_MIN_LENGTH: "S027", _MAX_LENGTH: "S028"}
_NUMBERS: Final[Mapping[str, Callable[[str], Any]]] = {
    "whole": int,
    "money": Decimal,
    "ratio": Decimal,
    "number": Decimal,
    "day": date.fromisoformat,
}


class _Kept(threading.local):
    """One validator per selection of fields and thread: a Cerberus validator keeps the state of its run."""

    def __init__(self) -> None:
        self.validators: WeakKeyDictionary[Selection, Any] = WeakKeyDictionary()


_kept: Final = _Kept()


def broken_rules(selection: Selection, values: dict[str, Any]) -> Iterator[tuple[FieldType, Unfit]]:
    """The field and the problem of every value that breaks a rule; `values` holds none but fields with rules."""
    validator = _kept.validators.get(selection)
    if validator is None:
        schema = {key: _rules(selection.fields[key]) for key in selection.ruled}
        validator = _kept.validators[selection] = _validator_class()(schema)
    if validator.validate(values, normalize=False):
        return
    for error in validator._errors:  # noqa: SLF001 — Cerberus keeps its error codes nowhere else
        field_type = selection.fields[error.document_path[0]]
        yield field_type, _unfit(error.code, field_type)


@cache
def _validator_class() -> Any:  # noqa: ANN401 — the library is untyped
    """Cerberus' validator without what was dealt with before: types, nulls and unknown names."""
    # Importing Cerberus takes longer than validating a deal; a deal without rules doesn't pay for it.
    from cerberus import Validator  # noqa: PLC0415 — see the line above

    class Rules(Validator):  # type: ignore[misc] # the library is untyped
        """A validator of the given fields' rules alone."""

        mandatory_validations = ()
        priority_validations = ()

    return Rules


def _rules(field_type: FieldType) -> dict[str, Any]:
    """A field's rules with typed bounds, and the form bound to the whole text."""
    typed: Callable[[str], Any] = _NUMBERS.get(field_type.type, str)
    rules: dict[str, Any] = {}
    for word, bound in field_type.rules.items():
        if word == "regex":
            rules[word] = rf"^(?:{bound})\Z"
        elif word in {"min", "max"}:
            rules[word] = typed(str(bound))
        elif isinstance(bound, list):
            rules[word] = [typed(text) for text in bound]
        else:
            rules[word] = bound
    return rules


def _unfit(code: int, field_type: FieldType) -> Unfit:
    """The problem behind one of Cerberus' codes."""
    if field_type.type == "list":
        bound = field_type.rules["minlength" if code == _MIN_LENGTH else "maxlength"]
        return Unfit(_LIST_CODES[code], args={"bound": str(bound)})
    words = {_MIN_LENGTH: "minlength", _MAX_LENGTH: "maxlength", _REGEX: "regex", _MIN: "min", _MAX: "max"}
    bound = field_type.rules[words.get(code, "allowed")]
    if isinstance(bound, list):
        enum = field_type.enum
        return Unfit(_CODES[code], args={"bound": shown_names([enum.label(key) for key in bound] if enum else bound)})
    if code == _REGEX:
        return Unfit(_CODES[code], ("example",) if field_type.example else (), {"example": field_type.example})
    shown = percent(Decimal(str(bound))) if field_type.type == "ratio" else str(bound)
    return Unfit(_CODES[code], args={"bound": shown})
