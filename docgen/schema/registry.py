"""Where fields find the parts and enumerations they name, and what references lead to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docgen.schema.types import EnumType, FieldType, RecordType

if TYPE_CHECKING:
    from collections.abc import Mapping


class Registry:
    """The parts and enumerations that fields name; late binding lets parts hold each other."""

    def __init__(self, root_name: str) -> None:
        """Start empty; `Schema` sets the parts and enumerations."""
        self.parts: Mapping[str, RecordType] = {}
        self.enums: Mapping[str, EnumType] = {}
        self.root_name = root_name
        self._shared: dict[tuple[str, ...], RecordType] = {}

    def target(self, to: tuple[str, ...]) -> RecordType:
        """The record type that a reference to these lists of the root gives."""
        found = self._shared.get(to)
        if found is None:
            found = self._shared[to] = self._common([self.listed(name) for name in to])
        return found

    def listed(self, name: str) -> RecordType:
        """The record type of the entries of a list of the root."""
        item = self.parts[self.root_name].fields[name].item
        part = item.part if item else None
        if part is None:
            msg = f"{name} is no list of records"
            raise LookupError(msg)
        return part

    @staticmethod
    def _common(types: list[RecordType]) -> RecordType:
        """The type itself, or one with the fields that all types have alike."""
        first, *others = types
        if not others:
            return first
        fields = {
            key: field_type
            for key, field_type in first.fields.items()
            if all(key in other.fields and alike(field_type, other.fields[key]) for other in others)
        }
        return RecordType(
            "|".join(one.name for one in types),
            "/".join(one.zh for one in types),
            " or ".join(one.en for one in types),
            fields,
        )


def alike(one: FieldType, other: FieldType) -> bool:
    """Whether two fields may stand for each other in a template: same label and same kind of value."""
    if one is other:
        return True
    same = (one.key, one.zh, one.type, one.part_name, one.enum_name, one.to) == (
        other.key,
        other.zh,
        other.type,
        other.part_name,
        other.enum_name,
        other.to,
    )
    if not same or (one.item is None) != (other.item is None):
        return False
    return one.item is None or other.item is None or alike(one.item, other.item)
