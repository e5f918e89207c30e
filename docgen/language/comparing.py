"""Which values may be compared, and a literal read as the kind of the value on the other side."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from docgen.formats.amounts import parse_amount
from docgen.formats.dates import parse_date
from docgen.formats.ratios import parse_ratio
from docgen.formats.refusal import Refused
from docgen.language.kinds import NUMBER_KINDS, ORDERED_KINDS, Kind

if TYPE_CHECKING:
    from collections.abc import Mapping

    from docgen.language.expression import Code

_ORDER: Final = frozenset({"lt", "lteq", "gt", "gteq"})
_MEMBER: Final = frozenset({"in", "notin"})


@dataclass(frozen=True, slots=True)
class Mismatch:
    """Why two values can't be compared: a message's code, its notes and further arguments."""

    code: str
    notes: tuple[str, ...] = ()
    args: Mapping[str, str] = field(default_factory=dict)


def compared(left: tuple[Code, Kind], operator: str, right: tuple[Code, Kind]) -> Code | Mismatch:
    """The code of a comparison, or why there is none."""
    if operator in _MEMBER:
        if right[1].name != "list" or right[1].item is None:
            return Mismatch("T117")
        entry = (right[0], right[1].item)
        fitted = _fit(left, entry)
        return fitted if isinstance(fitted, Mismatch) else ("compare", operator, fitted[0], right[0])
    fitted = _fit(left, right)
    if isinstance(fitted, Mismatch):
        return fitted
    kind = left[1] if right[1].is_literal else right[1]
    if operator in _ORDER and kind.name not in ORDERED_KINDS:
        return Mismatch("T118")
    return ("compare", operator, *fitted)


def _fit(left: tuple[Code, Kind], right: tuple[Code, Kind]) -> tuple[Code, Code] | Mismatch:
    """Both sides as values of one kind."""
    (left_code, left_kind), (right_code, right_kind) = left, right
    if left_kind.is_literal and right_kind.is_literal:
        return Mismatch("T119")
    if right_kind.is_literal:
        literal = _literal(right_kind, left_kind)
        return literal if isinstance(literal, Mismatch) else (left_code, literal)
    if left_kind.is_literal:
        literal = _literal(left_kind, right_kind)
        return literal if isinstance(literal, Mismatch) else (literal, right_code)
    return (left_code, right_code) if _alike(left_kind, right_kind) else Mismatch("T116")


def _alike(left: Kind, right: Kind) -> bool:
    """Whether two values that aren't literals may be compared."""
    if left.record and right.record:
        return bool(set(left.record.name.split("|")) & set(right.record.name.split("|")))
    if left.name == right.name:
        same_enum = left.enum is None or (right.enum is not None and left.enum.name == right.enum.name)
        return left.name != "list" and same_enum
    return (left.is_text and right.is_text) or {left.name, right.name} == {"whole", "number"}


def _literal(literal: Kind, other: Kind) -> Code | Mismatch:  # noqa: PLR0911 — one return per kind of value
    """A literal as code of the other side's kind."""
    value = literal.literal
    if isinstance(value, bool):
        return ("const", value) if other.name == "flag" else Mismatch("T116")
    if isinstance(value, int):
        return ("const", value) if other.name in NUMBER_KINDS else Mismatch("T116")
    text = str(value)
    if other.is_text:
        return ("const", text)
    if other.enum is not None:
        key = other.enum.key(text)
        near = other.enum.suggest(text)
        args = {"name": text, "near": "、".join(near), "owner": other.label}
        return Mismatch("T110", ("near",) if near else (), args) if key is None else ("const", key)
    try:
        if other.name == "day":
            return ("date", parse_date(text).isoformat())
        if other.name == "money":
            return ("decimal", str(parse_amount(text)))
        if other.name == "ratio":
            return ("decimal", str(parse_ratio(text)))
    except Refused:
        return Mismatch("T116")
    return Mismatch("T116")
