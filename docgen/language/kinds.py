"""What kind of value an expression gives: the field types of the schema, followed through names and filters."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from docgen.schema import IDENTIFIER_TYPES, RecordType

if TYPE_CHECKING:
    from docgen.schema import EnumType, FieldType

TEXT_KINDS: Final = frozenset({"line", "text", "printed"}) | IDENTIFIER_TYPES
NUMBER_KINDS: Final = frozenset({"whole", "money", "ratio", "number"})
ORDERED_KINDS: Final = NUMBER_KINDS | {"day"}
# The filter that prints a value when its tag names none. Flags, records and lists have none.
DEFAULT_FORMATS: Final = {
    "money": "number",
    "ratio": "percent",
    "day": "date",
    "enum": "label",
    "whole": "plain",
    "number": "plain_number",
    **dict.fromkeys(TEXT_KINDS, "text"),
}


@dataclass(frozen=True, slots=True)
class Kind:
    """The kind of a value.

    `name` is a type of the schema dialect (a `ref` is a `record`), `printed` for what a filter has
    made into text, or `reference` for a reference to a clause. `optional` says that the schema allows the
    value to be absent at every stage. `literal` is the value of a literal.
    """

    name: str
    label: str = ""
    record: RecordType | None = None
    item: Kind | None = None
    enum: EnumType | None = None
    optional: bool = False
    literal: str | int | bool | None = None

    @property
    def is_text(self) -> bool:
        """Whether the value is text that prints as it is."""
        return self.name in TEXT_KINDS

    @property
    def is_literal(self) -> bool:
        """Whether the value stands in the tag itself."""
        return self.literal is not None


FLAG: Final = Kind("flag")
WHOLE: Final = Kind("whole")
PRINTED: Final = Kind("printed")
# What a loop variable is whose list couldn't be made out; nothing more is said of what hangs on it.
UNKNOWN: Final = Kind("unknown")


def kind_of(field: FieldType | RecordType) -> Kind:
    """The kind of a field's value, or of a record."""
    if isinstance(field, RecordType):
        return Kind("record", field.zh, record=field)
    return Kind(
        "record" if field.type == "ref" else field.type,
        field.zh,
        record=field.part,
        item=kind_of(field.item) if field.item else None,
        enum=field.enum,
        optional=not field.needed and not field.derived,
    )
