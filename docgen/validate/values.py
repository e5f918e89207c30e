"""One text → one value of a field's type, or the reason why not."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from docgen.diagnostics import Severity
from docgen.formats.amounts import parse_amount
from docgen.formats.dates import parse_date
from docgen.formats.ratios import parse_ratio
from docgen.formats.refusal import Refused
from docgen.identifiers import check
from docgen.validate.shown import shown_names

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

    from docgen.schema import FieldType


@dataclass(frozen=True, slots=True)
class Unfit:
    """A value doesn't fit its field: a code of the message table, its notes, and what they name besides."""

    code: str
    notes: tuple[str, ...] = ()
    args: Mapping[str, str] = field(default_factory=dict)
    severity: Severity = Severity.ERROR


if TYPE_CHECKING:
    Plain = str | int | bool | Decimal | date
    Parser = Callable[[FieldType, str, str], Plain | Unfit]

_FLAGS: Final = {"true": True, "false": False, "是": True, "否": False}
_WHOLE: Final = re.compile(r"-?(?:0|[1-9][0-9]{0,11})")
_NUMBER: Final = re.compile(r"-?(?:0|[1-9][0-9]{0,14})(?:\.[0-9]{1,12})?")
_LINE_BREAK: Final = re.compile("[\n\r\v\f\x85\u2028\u2029]")
_FULL_WIDTH_DIGIT: Final = re.compile("[０-９]")


def official(kind: str, text: str) -> tuple[Plain, tuple[Unfit, ...]]:
    """The canonical form of an official number, and what is wrong with it."""
    found = check(kind, text)
    return found.canonical, tuple(
        Unfit(
            "S019" if problem.severity == "error" else "S020",
            (str(problem.reason),),
            problem.args,
            Severity(problem.severity),
        )
        for problem in found.problems
    )


def typed(field_type: FieldType, text: str, currency: str) -> tuple[Plain, tuple[Unfit, ...]]:
    """The value of a scalar field that's neither a reference nor an official number, and what is wrong with it."""
    value = _PARSERS[field_type.type](field_type, text, currency)
    return (text, (value,)) if isinstance(value, Unfit) else (value, ())


def _line(_type: FieldType, text: str, _currency: str) -> str | Unfit:
    if _LINE_BREAK.search(text):
        return Unfit("S017")
    return text


def _text(_type: FieldType, text: str, _currency: str) -> str:
    return text


def _flag(_type: FieldType, text: str, _currency: str) -> bool | Unfit:
    value = _FLAGS.get(text.strip())
    if value is None:
        return Unfit("S016")
    return value


def _whole(_type: FieldType, text: str, _currency: str) -> int | Unfit:
    text = text.strip()
    if not _WHOLE.fullmatch(text):
        return Unfit("S011", _width(text))
    return int(text)


def _number(_type: FieldType, text: str, _currency: str) -> Decimal | Unfit:
    text = text.strip()
    if not _NUMBER.fullmatch(text):
        return Unfit("S014", _width(text))
    return Decimal(text)


def _width(text: str) -> tuple[str, ...]:
    return ("full-width",) if _FULL_WIDTH_DIGIT.search(text) else ()


def _money(_type: FieldType, text: str, currency: str) -> Decimal | Unfit:
    try:
        return parse_amount(text, currency)
    except Refused as refused:
        return Unfit("S012", _noted(refused, "not-an-amount"), {"currency": currency})


def _ratio(_type: FieldType, text: str, _currency: str) -> Decimal | Unfit:
    try:
        return parse_ratio(text)
    except Refused as refused:
        return Unfit("S013", _noted(refused, "not-a-ratio"))


def _day(_type: FieldType, text: str, _currency: str) -> date | Unfit:
    try:
        return parse_date(text)
    except Refused as refused:
        return Unfit("S015", _noted(refused, "not-a-date"))


def _noted(refused: Refused, general: str) -> tuple[str, ...]:
    """The reason as a note, but for the reason that the message itself gives."""
    return () if refused.reason == general else (str(refused.reason),)


def _enum(field_type: FieldType, text: str, _currency: str) -> str | Unfit:
    enum = field_type.enum
    assert enum is not None  # noqa: S101 — the schema's own check gave every `enum` its values
    text = text.strip()
    key = enum.key(text)
    if key is not None:
        return key
    allowed = field_type.rules.get("allowed")
    usable = allowed if isinstance(allowed, list) else list(enum.values)
    near = [name for name in enum.suggest(text) if enum.key(name) in usable]
    if near:
        return Unfit("S008", ("near",), {"names": shown_names(near)})
    known = [key if text.isascii() else enum.label(key) for key in usable]
    return Unfit("S008", ("known",), {"names": shown_names(known)})


_PARSERS: Final[dict[str, Parser]] = {
    "line": _line,
    "text": _text,
    "flag": _flag,
    "whole": _whole,
    "number": _number,
    "money": _money,
    "ratio": _ratio,
    "day": _day,
    "enum": _enum,
}
