"""The fields a deal can have: types, names in two languages, and the nearest right name for a wrong one."""

from docgen.schema.bundled import bundled_files, bundled_schema
from docgen.schema.nearest import nearest
from docgen.schema.schema import Schema
from docgen.schema.types import (
    ALWAYS,
    IDENTIFIER_TYPES,
    SCALAR_TYPES,
    STAGES,
    TYPES,
    EnumType,
    EnumValue,
    FieldType,
    RecordType,
    Variant,
)

__all__ = [
    "ALWAYS",
    "IDENTIFIER_TYPES",
    "SCALAR_TYPES",
    "STAGES",
    "TYPES",
    "EnumType",
    "EnumValue",
    "FieldType",
    "RecordType",
    "Schema",
    "Variant",
    "bundled_files",
    "bundled_schema",
    "nearest",
]
