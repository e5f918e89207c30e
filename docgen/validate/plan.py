"""What validation needs to know of a record type, worked out once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final
from weakref import WeakKeyDictionary

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from docgen.model import Record
    from docgen.model.record import Value
    from docgen.schema import FieldType, RecordType, Variant

_plans: Final[WeakKeyDictionary[RecordType, Plan]] = WeakKeyDictionary()


@dataclass(frozen=True, eq=False, slots=True, weakref_slot=True)
class Selection:
    """The fields one variant has (or all, when nothing chose a variant), sorted by what has to be done with them."""

    fields: Mapping[str, FieldType]
    needed: tuple[FieldType, ...]
    defaults: tuple[FieldType, ...]
    ruled: frozenset[str]


class Plan:
    """The selections and derived fields of a record type."""

    def __init__(self, record_type: RecordType) -> None:
        """Work out what every record of the type has in common."""
        self.type = record_type
        self.names = record_type.written_names
        self.labels = record_type.labels
        self.by = record_type.variants_by
        self.derived = {key: field.derived for key, field in record_type.fields.items() if field.derived}
        self.common = _selection(record_type.common)
        self._variants: dict[str, Selection] = {}

    @cached_property
    def any(self) -> Selection:
        """For a record whose variant isn't known: any variant's field may stand, none is missed."""
        union = _selection(self.type.fields)
        return Selection(union.fields, self.common.needed, self.common.defaults, union.ruled)

    def of(self, variant: Variant | None) -> Selection:
        """The selection of a variant; a value that chooses none has the common fields."""
        if variant is None:
            return self.common
        selection = self._variants.get(variant.name)
        if selection is None:
            selection = self._variants[variant.name] = _selection(variant.fields)
        return selection

    def functions(self, derived: Mapping[str, Callable[[Record], Value]]) -> dict[str, Callable[[Record], Value]]:
        """The functions of the derived fields by key."""
        return {key: derived.get(name) or _unregistered(name) for key, name in self.derived.items()}


def plan_of(record_type: RecordType) -> Plan:
    """The kept plan of a record type."""
    plan = _plans.get(record_type)
    if plan is None:
        plan = _plans[record_type] = Plan(record_type)
    return plan


def _selection(fields: Mapping[str, FieldType]) -> Selection:
    written = [field for field in fields.values() if not field.derived]
    return Selection(
        fields,
        tuple(field for field in written if field.needed and field.default is None),
        tuple(field for field in written if field.default is not None),
        frozenset(field.key for field in written if field.rules),
    )


def _unregistered(name: str) -> Callable[[Record], Value]:
    """What stands in for a derived field's function that nobody registered: it fails when it's used."""

    def fail(_record: Record) -> Value:
        message = f"no function is registered for the derived field {name}"
        raise LookupError(message)

    return fail
