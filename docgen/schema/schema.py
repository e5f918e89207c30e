"""The schema of the deal file: its record types and enumerations, from YAML or from the cache."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, TypeVar

from docgen.schema.registry import Registry
from docgen.schema.types import EnumType, EnumValue, FieldType, RecordType, Variant

T = TypeVar("T")
Plain = dict[str, Any]


class Schema:
    """All record types by name; `root` is the deal itself."""

    def __init__(self, plain: Plain) -> None:
        """Build the types from checked plain data (see `reading`)."""
        self._plain = plain
        self._registry = registry = Registry(plain["root"])
        registry.enums = self.enums = _Lazy(plain["enums"], _enum_type)
        registry.parts = self.parts = _Lazy(plain["parts"], lambda name, part: _record_type(name, part, registry))
        self.root = self.parts[plain["root"]]

    @classmethod
    def load(cls, files: Mapping[str, str]) -> Schema:
        """The schema in files by their path below schemas/ (`deal.yaml`, `parts/loan.yaml`, …).

        Raises InputError with every problem of every file.
        """
        # YAML is needed only when there is no cached form: a run with a warm cache doesn't pay for it.
        from docgen.schema.reading import read_files  # noqa: PLC0415 — see the line above

        return cls(read_files(files))

    @classmethod
    def loads(cls, plain: Plain) -> Schema:
        """The schema that `dumps` gave."""
        return cls(plain)

    def dumps(self) -> Plain:
        """The whole schema as dicts, lists, texts and None: what marshal and JSON can hold."""
        return self._plain

    def listed(self, name: str) -> RecordType:
        """The record type of the entries of a list of the root, by the list's key."""
        return self._registry.listed(name)

    def walk(self) -> Iterator[tuple[RecordType, FieldType]]:
        """Every field of every part, in the order of the files."""
        for record_type in self.parts.values():
            for field_type in record_type.fields.values():
                yield record_type, field_type


class _Lazy(Mapping[str, T]):
    """Definitions by name, each built when it's first asked for: building all would cost more than reading a deal."""

    def __init__(self, plain: Mapping[str, Any], build: Callable[[str, Any], T]) -> None:
        self._plain = plain
        self._build = build
        self._built: dict[str, T] = {}

    def __getitem__(self, name: str) -> T:
        built = self._built.get(name)
        if built is None:
            built = self._built[name] = self._build(name, self._plain[name])
        return built

    def __iter__(self) -> Iterator[str]:
        return iter(self._plain)

    def __len__(self) -> int:
        return len(self._plain)


def _enum_type(name: str, values: list[list[str]]) -> EnumType:
    """The enumeration of one entry of enums.yaml."""
    return EnumType(name, tuple(EnumValue(*value) for value in values))


def _record_type(name: str, part: Plain, registry: Registry) -> RecordType:
    """The record type of one part."""
    common = _fields(part["fields"], registry)
    variants = tuple(
        Variant(variant, tuple(values), common | _fields(fields, registry))
        for variant, values, fields in part.get("variants", ())
    )
    return RecordType(
        name,
        part["zh"],
        part["en"],
        common,
        id_field=part.get("id", ""),
        variants_by=part.get("by", ""),
        variants=variants,
    )


def _fields(fields: Plain, registry: Registry) -> dict[str, FieldType]:
    """Field types by key."""
    return {key: _field_type(key, plain, plain, registry) for key, plain in fields.items()}


def _field_type(key: str, plain: Plain, named: Plain, registry: Registry) -> FieldType:
    """One field type; the entry of a list is called as its list (`named`)."""
    get = plain.get
    item = get("item")
    return FieldType(
        key,
        named["zh"],
        named["en"],
        plain["type"],
        registry,
        get("part", ""),
        get("enum", ""),
        tuple(get("to", ())),
        _field_type(key, item, named, registry) if item else None,
        get("needed", ""),
        get("derived", ""),
        get("default"),
        get("single", ""),
        get("rules", {}),
        named.get("help", ""),
        named.get("help_en", ""),
        named.get("example", ""),
        tuple(named.get("law", ())),
        named.get("unit", ""),
    )
