"""The typed field tree: what kinds of records there are, and which fields each has."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Final

from docgen.schema.nearest import nearest

if TYPE_CHECKING:
    from collections.abc import Mapping

    from docgen.schema.registry import Registry

STAGES: Final = ("draft", "sign", "register", "drawdown", "post")
ALWAYS: Final = "always"

PLAIN_TYPES: Final = frozenset({"line", "text", "whole", "money", "ratio", "number", "day", "flag"})
IDENTIFIER_TYPES: Final = frozenset(
    {
        "uscc",
        "id_no",
        "patent_no",
        "hk_patent_no",
        "trademark_no",
        "bank_account",
        "bic",
        "lei",
        "phone",
        "email",
        "postcode",
    },
)
SCALAR_TYPES: Final = PLAIN_TYPES | IDENTIFIER_TYPES | {"enum", "ref"}
TYPES: Final = SCALAR_TYPES | {"record", "list"}


@dataclass(frozen=True, slots=True)
class EnumValue:
    """One value of an enumeration: its key and its two names."""

    key: str
    zh: str
    en: str
    help: str = ""


class EnumType:
    """An enumeration: values by key or by label."""

    def __init__(self, name: str, values: tuple[EnumValue, ...]) -> None:
        """Take the values in the order of the schema."""
        self.name = name
        self.values: Mapping[str, EnumValue] = {value.key: value for value in values}
        self._keys = {label: value.key for value in values for label in (value.en, value.zh, value.key)}

    def key(self, text: str) -> str | None:
        """The key for a key or a label (zh or en); None when the enumeration has no such value."""
        return self._keys.get(text)

    def label(self, key: str, lang: str = "zh") -> str:
        """The label of a key in a language (`zh` or `en`)."""
        value = self.values[key]
        return value.en if lang == "en" else value.zh

    def suggest(self, text: str) -> list[str]:
        """The nearest keys or labels, best first, one name a value, in the writing of `text`."""
        return list({self._keys[name]: name for name in reversed(nearest(text, self._keys))}.values())[::-1]

    def __repr__(self) -> str:
        """The name is enough to find it in the schema."""
        return f"<EnumType {self.name}>"


@dataclass(frozen=True, slots=True, eq=False)
class FieldType:
    """One field: what may be written there, and what it's called.

    `needed` is `always`, a stage, or "" for an optional field. `rules` are the Cerberus rules as
    plain data; the bounds of numbers and days are texts. A list with `single` may be given as one
    entry, under that name or its own. A list entry is a FieldType too: it has its list's key, labels
    and meta.
    """

    key: str
    zh: str
    en: str
    type: str
    registry: Registry = field(repr=False)
    part_name: str = ""
    enum_name: str = ""
    to: tuple[str, ...] = ()
    item: FieldType | None = None
    needed: str = ""
    derived: str = ""
    default: str | None = None
    single: str = ""
    rules: Mapping[str, object] = field(default_factory=dict)
    help: str = ""
    help_en: str = ""
    example: str = ""
    law: tuple[str, ...] = ()
    unit: str = ""

    @property
    def part(self) -> RecordType | None:
        """The record type of a `record` or `ref`.

        For a reference to several lists it is what all their records have in common, because a
        template can't know which of them it will meet.
        """
        if self.type == "record":
            return self.registry.parts[self.part_name]
        return self.registry.target(self.to) if self.type == "ref" else None

    @property
    def enum(self) -> EnumType | None:
        """The enumeration of an `enum`."""
        return self.registry.enums[self.enum_name] if self.type == "enum" else None

    def label(self, lang: str = "zh") -> str:
        """Its name in a language (`zh` or `en`)."""
        return self.en if lang == "en" else self.zh


@dataclass(frozen=True, slots=True)
class Variant:
    """One variant of a record type: the values that choose it and all fields it then has."""

    name: str
    values: tuple[str, ...]
    fields: Mapping[str, FieldType]


class RecordType:
    """One kind of record; `fields` is the union over its variants, in the order of the schema."""

    def __init__(  # noqa: PLR0913 — every argument is one word of the schema dialect
        self,
        name: str,
        zh: str,
        en: str,
        common: Mapping[str, FieldType],
        *,
        id_field: str = "",
        variants_by: str = "",
        variants: tuple[Variant, ...] = (),
    ) -> None:
        """Take the parts of the definition; `common` are the fields that every variant has."""
        self.name = name
        self.zh = zh
        self.en = en
        self.common = common
        self.id_field = id_field
        self.variants_by = variants_by
        self.variants = variants
        self._by_value = {value: variant for variant in variants for value in variant.values}

    @cached_property
    def fields(self) -> Mapping[str, FieldType]:
        """Every field of any variant by key."""
        fields = dict(self.common)
        for variant in self.variants:
            for key, field_type in variant.fields.items():
                fields.setdefault(key, field_type)
        return fields

    @cached_property
    def labels(self) -> Mapping[str, str]:
        """The Chinese label of every field by key."""
        return {key: field_type.zh for key, field_type in self.fields.items()}

    @cached_property
    def names(self) -> Mapping[str, str]:
        """The key for every name of a field: its key and its label."""
        names: dict[str, str] = {}
        for key, field_type in self.fields.items():
            names[key] = names[field_type.zh] = key
        return names

    @cached_property
    def written_names(self) -> Mapping[str, str]:
        """`names` and the names under which a deal may give a list's only entry (`loan` for `loans`)."""
        singles = {field_type.single: key for key, field_type in self.fields.items() if field_type.single}
        return {**singles, **self.names}

    def field(self, name: str) -> FieldType | None:
        """The field with that key or label; None when no variant has it."""
        key = self.names.get(name)
        return None if key is None else self.fields[key]

    def variant(self, value: str) -> Variant | None:
        """The variant that a value of the `variants_by` field chooses."""
        return self._by_value.get(value)

    def variants_with(self, key: str) -> tuple[Variant, ...]:
        """The variants that have a field."""
        return tuple(variant for variant in self.variants if key in variant.fields)

    def suggest(self, name: str) -> list[str]:
        """The nearest keys or labels, best first, in the writing of `name`."""
        return nearest(name, self.written_names)

    def __repr__(self) -> str:
        """The name is enough to find it in the schema."""
        return f"<RecordType {self.name}>"
