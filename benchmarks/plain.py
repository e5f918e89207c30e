"""docxtpl as its documentation uses it, on the same templates and data: the other side of every comparison."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from docxtpl import DocxTemplate
from jinja2 import Environment

from docgen.formats import amounts, dates, lists, masks, numerals, ratios, words
from docgen.model import Missing, Record

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from docgen.schema import FieldType, RecordType


class Money(Decimal):
    """An amount, so that `finalize` knows how to print it."""


class Ratio(Decimal):
    """A share of 1."""


class Choice(str):
    """A value of an enumeration by its label."""

    __slots__ = ()


def plain(record_type: RecordType, record: Record) -> dict[str, Any]:
    """A record as the dict somebody would pass to docxtpl: every field under its key and its label."""
    values: dict[str, Any] = {}
    for key, field in record_type.fields.items():
        value = record[key]
        if not isinstance(value, Missing):
            values[key] = values[field.zh] = _plain(field, value)
    return values


def _plain(field: FieldType, value: Any) -> Any:  # noqa: ANN401 — as the field says
    if isinstance(value, Record):
        assert field.part
        return plain(field.part, value)
    if isinstance(value, tuple):
        assert field.item
        return [_plain(field.item, one) for one in value]
    if field.enum:
        return Choice(field.enum.label(value))
    return {"money": Money, "ratio": Ratio}.get(field.type, lambda one: one)(value)


def environment() -> Environment:
    """Jinja with the filters the templates name, as docxtpl's documentation passes one."""
    made = Environment(autoescape=True, finalize=_finalize)
    made.filters.update(
        大写=words.amount_in_words,
        金额=amounts.amount,
        数额=amounts.number,
        日期=dates.as_date,
        汉字日期=dates.as_cn_date,
        百分比=ratios.percent,
        中文数字=numerals.cn_number,
        大写数字=numerals.capital_number,
        勾选=lambda flag: lists.checkbox(checked=flag),
        选中=lambda value, label: lists.checkbox(checked=value == label),
        掩码=masks.masked_id,
        列举=lambda entries, name=None: lists.listing([str(one[name] if name else one) for one in entries]),
        条件文字=lambda flag, yes, no="": yes if flag else no,
        个数=len,
    )
    made.tests.update({"有值": _given, "为空": lambda value: not value})
    return made


def _given(value: Any) -> bool:  # noqa: ANN401 — Jinja hands over whatever a tag gives
    """`is 有值`."""
    return bool(value)


def _finalize(value: Any) -> Any:  # noqa: ANN401 — Jinja hands over whatever a tag gives
    """The same default formats that docgen has."""
    if isinstance(value, Money):
        return amounts.number(value)
    if isinstance(value, Ratio):
        return ratios.percent(value)
    return dates.as_date(value) if isinstance(value, date) else value


def render(template: Path, values: Mapping[str, Any], target: Path) -> None:
    """One document, as docxtpl's documentation makes one."""
    document = DocxTemplate(str(template))
    document.render(values, environment(), autoescape=True)
    document.save(str(target))
