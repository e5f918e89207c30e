"""Reading records safely: absent lists are empty, an absent input makes the derived value absent."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docgen.model import Missing, Record

if TYPE_CHECKING:
    from collections.abc import Iterable


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


def distinct(records: Iterable[Record]) -> tuple[Record, ...]:
    """Each record once, in order of first appearance."""
    return tuple(dict.fromkeys(records))
