"""Reading records safely: absent lists are empty, an absent input makes the derived value absent."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from docgen.model import Missing, Record

if TYPE_CHECKING:
    from collections.abc import Iterable


PERCENT_PLACES: Final = Decimal("0.0001")


def entries(record: Record, key: str) -> tuple[Any, ...]:
    """The items of a list field; none when it is absent or unknown to this record."""
    value = record[key] if key in record else ()  # noqa: SIM401 — a record is no dict
    return () if isinstance(value, Missing) else value


def optional(record: Record, key: str) -> Any:  # noqa: ANN401 — values are typed by the schema
    """The value of a field, or None when it is absent or unknown to this record."""
    value = record[key] if key in record else None  # noqa: SIM401 — a record is no dict
    return None if isinstance(value, Missing) else value


def waiting(record: Record, key: str, values: Iterable[object]) -> Missing | None:
    """The `Missing` of the derived field `key` when one of the values it is made from is missing."""
    because = tuple(value for value in values if isinstance(value, Missing))
    return record.missing(key, because) if because else None


def tidy_ratio(value: Decimal) -> Decimal:
    """The same share without trailing zeros, but with two places of percent at least: 0.0770, 0.05775."""
    value = value.normalize()
    padded = value.quantize(PERCENT_PLACES)
    return padded if value == padded else value


def distinct(records: Iterable[Record]) -> tuple[Record, ...]:
    """Each record once, in order of first appearance."""
    return tuple(dict.fromkeys(records))
