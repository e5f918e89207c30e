"""What the filters do. An absent value passes through every filter but those that have words for it.

Each function takes the value, the `Printing` of the run and the literals of the tag, and gives text, a
number, or `Missing`. A value that has no exact print gives `Unprintable`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from docgen.formats import amounts, dates, lists, masks, numerals, ratios, words
from docgen.formats.refusal import Refused
from docgen.model import Missing

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


@dataclass(slots=True)
class Printing:
    """What filters need to know of the run: the deal's currency, and the labels of enumerations by name and key."""

    currency: str = "CNY"
    labels: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Unprintable:
    """A value that a format refuses; `reason` is the format's key for why."""

    reason: str


def _exact(form: Callable[[Any], str]) -> Callable[..., object]:
    """A filter from a format that needs the value only."""

    def printer(value: Any, _printing: Printing) -> object:  # noqa: ANN401 — the type check came at compile time
        if value.__class__ is Missing:
            return value
        try:
            return form(value)
        except Refused as refused:
            return Unprintable(str(refused.reason))

    return printer


def _with_currency(form: Callable[[Decimal, str], str]) -> Callable[..., object]:
    """A filter from a format that needs the deal's currency too."""

    def printer(value: Any, printing: Printing) -> object:  # noqa: ANN401 — the type check came at compile time
        if value.__class__ is Missing:
            return value
        try:
            return form(value, printing.currency)
        except Refused as refused:
            return Unprintable(str(refused.reason))

    return printer


def _text(value: object, _printing: Printing) -> object:
    return value


def _plain(value: Any, _printing: Printing) -> object:  # noqa: ANN401 — a whole number or Missing
    return str(value) if value.__class__ is int else value


def _plain_number(value: Any, _printing: Printing) -> object:  # noqa: ANN401 — a Decimal or Missing
    return format(value, "f") if value.__class__ is Decimal else value


def _label(value: Any, printing: Printing, enum: str) -> object:  # noqa: ANN401 — a key or Missing
    return value if value.__class__ is Missing else printing.labels[enum][value]


def _sign_date(value: Any, _printing: Printing) -> object:  # noqa: ANN401 — a date or Missing
    return dates.BLANK_DATE if value.__class__ is Missing else dates.as_date(value)


def _check(value: Any, _printing: Printing) -> object:  # noqa: ANN401 — a truth value or Missing
    return value if value.__class__ is Missing else lists.checkbox(checked=value)


def _choice(value: Any, _printing: Printing, key: str) -> object:  # noqa: ANN401 — a key, keys or Missing
    if value.__class__ is Missing:
        return value
    return lists.checkbox(checked=key in value if value.__class__ is tuple else key == value)


def _text_if(value: Any, _printing: Printing, yes: str, no: str = "") -> object:  # noqa: ANN401 — as in _check
    return value if value.__class__ is Missing else yes if value else no


def _otherwise(value: Any, _printing: Printing, text: str) -> object:  # noqa: ANN401 — what another filter gave
    return text if value.__class__ is Missing or value == "" else value


def _count(value: Any, _printing: Printing) -> object:  # noqa: ANN401 — a tuple; an absent list has no entries
    return 0 if value.__class__ is Missing else len(value)


def _masked(value: Any, _printing: Printing, form: str) -> object:  # noqa: ANN401 — text or Missing
    return value if value.__class__ is Missing else _MASKS.get(form, masks.masked_id)(value)


def _listing(
    value: Any,  # noqa: ANN401 — a tuple or Missing
    printing: Printing,
    list_label: str,
    key: str,
    printer: str,
    *arguments: str,
) -> object:
    if value.__class__ is Missing:
        return value
    texts: list[str] = []
    for entry in value:
        printed = PRINTERS[printer](get_field(entry, key) if key else entry, printing, *arguments)
        if printed.__class__ is not str:
            return printed
        texts.append(str(printed))
    if not texts:
        return Missing(list_label, list_label)
    try:
        return lists.listing(texts)
    except Refused as refused:
        return Unprintable(str(refused.reason))


def get_field(record: Any, key: str) -> object:  # noqa: ANN401 — a Record or Missing
    """A field's value; what is absent, or not of this variant, is `Missing`."""
    if record.__class__ is Missing:
        return record
    try:
        return record[key]
    except KeyError:
        path = f"{record.path}.{key}" if record.path else key
        return Missing(path, key, record.place_of(key))


_MASKS: Final[Mapping[str, Callable[[str], str]]] = {
    "bank_account": masks.masked_account,
    "phone": masks.masked_phone,
}

PRINTERS: Final[Mapping[str, Callable[..., object]]] = {
    "text": _text,
    "plain": _plain,
    "plain_number": _plain_number,
    "words": _with_currency(words.amount_in_words),
    "amount": _with_currency(amounts.amount),
    "number": _exact(amounts.number),
    "wan": _with_currency(amounts.wan),
    "date": _exact(dates.as_date),
    "cn_date": _exact(dates.as_cn_date),
    "iso_date": _exact(dates.as_iso_date),
    "sign_date": _sign_date,
    "percent": _exact(ratios.percent),
    "permille": _exact(ratios.permille),
    "cn_number": _exact(numerals.cn_number),
    "ordinal": _exact(numerals.ordinal),
    "capital_number": _exact(numerals.capital_number),
    "label": _label,
    "check": _check,
    "choice": _choice,
    "masked": _masked,
    "listing": _listing,
    "text_if": _text_if,
    "otherwise": _otherwise,
    "count": _count,
}
