"""The schema as JSON Schema (draft 7) for editors: completion, descriptions, underlined mistakes.

Editors guess YAML types before they look at a schema: `0123` is a number to them, `NO` a boolean.
docgen reads every value as text, so each field accepts all types its text may be taken for. What JSON
Schema can't say (check digits, dates of the calendar, references, fields given twice by key and label) is left
to `docgen check`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from docgen.schema.types import ALWAYS, IDENTIFIER_TYPES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from docgen.schema.schema import Schema
    from docgen.schema.types import EnumType, FieldType, RecordType

Node = dict[str, Any]

_GUESSED: Final[Mapping[str, list[str]]] = {
    "line": ["string", "number", "boolean", "null"],
    "text": ["string", "number", "boolean", "null"],
    "whole": ["integer", "string", "null"],
    "money": ["number", "string", "null"],
    "ratio": ["number", "string", "null"],
    "number": ["number", "string", "null"],
    "day": ["string", "null"],
    "ref": ["string", "number", "boolean", "null"],
    **{kind: ["string", "number", "null"] for kind in IDENTIFIER_TYPES},
}
_FORMS: Final[Mapping[str, str]] = {
    "whole": r"^-?[0-9]+$",
    "day": r"^[0-9]{4}([-/][0-9]{1,2}[-/][0-9]{1,2}|年[0-9]{1,2}月[0-9]{1,2}日)$",
}


def json_schema(schema: Schema) -> Node:
    """The JSON Schema of a deal file, keys and labels both accepted."""
    definitions: Node = {}
    for name, record_type in schema.parts.items():
        definitions[name] = _record(record_type)
        for key, field_type in _written(record_type).items():
            definitions[_name(record_type, key)] = _field(field_type)
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": f"{schema.root.zh} {schema.root.en}",
        "$ref": f"#/definitions/{schema.root.name}",
        "definitions": definitions,
    }


def _written(record_type: RecordType) -> dict[str, FieldType]:
    """The fields a deal file may hold."""
    return {key: field for key, field in record_type.fields.items() if not field.derived}


def _name(record_type: RecordType, key: str) -> str:
    """The name of a field's definition, which its key and its label share."""
    return f"{record_type.name}.{key}"


def _record(record_type: RecordType) -> Node:
    """An object (or nothing): its properties twice, by key and by label."""
    fields = _written(record_type)
    properties: Node = {}
    for key, field_type in fields.items():
        reference = {"$ref": f"#/definitions/{_name(record_type, key)}"}
        properties[key] = properties[field_type.zh] = reference
        if field_type.single and field_type.item is not None:
            properties[field_type.single] = {"$ref": f"#/definitions/{field_type.item.part_name}"}
    node: Node = {
        "title": f"{record_type.zh} {record_type.en}",
        "type": ["object", "null"],
        "properties": properties,
        "additionalProperties": False,
    }
    # `required` says nothing of null, so a part that's left empty is no mistake here.
    conditions = [
        {"anyOf": [{"required": [name]} for name in (field.key, field.zh)]}
        for field in fields.values()
        if field.needed == ALWAYS
    ]
    conditions += _variants(record_type)
    if conditions:
        node["allOf"] = conditions
    return node


def _variants(record_type: RecordType) -> list[Node]:
    """For each variant: when its values choose it, only its fields."""
    if not record_type.variants:
        return []
    by = record_type.common[record_type.variants_by]
    rules = []
    for variant in record_type.variants:
        chosen = _choices(by.enum, variant.values)
        names = [name for field in variant.fields.values() if not field.derived for name in (field.key, field.zh)]
        rules.append(
            {
                "if": {
                    "anyOf": [{"properties": {name: {"enum": chosen}}, "required": [name]} for name in (by.key, by.zh)],
                },
                "then": {"propertyNames": {"enum": names}},
            }
        )
    return rules


def _field(field_type: FieldType) -> Node:
    """One field: what it may hold, its title and description."""
    node = _value(field_type)
    if "$ref" in node:
        node = {"allOf": [node]}  # whatever stands beside a `$ref` is ignored in draft 7
    return {"title": f"{field_type.zh} {field_type.key}", "description": _description(field_type), **node}


def _value(field_type: FieldType) -> Node:
    """What may stand as the value."""
    kind = field_type.type
    if kind == "record":
        return {"$ref": f"#/definitions/{field_type.part_name}"}
    if kind == "list" and field_type.item is not None:
        return _list(field_type, field_type.item)
    if kind == "flag":
        return {"enum": [True, False, "是", "否", "true", "false", None]}
    if kind == "enum":
        allowed = field_type.rules.get("allowed")
        return {"enum": [*_choices(field_type.enum, allowed if isinstance(allowed, list) else None), None]}
    node: Node = {"type": list(_GUESSED[kind])}
    if kind in _FORMS:
        node["pattern"] = _FORMS[kind]
    return node | _rules(field_type)


def _list(field_type: FieldType, item: FieldType) -> Node:
    """An array, or the single entry itself where the schema takes that."""
    node: Node = {"type": ["array", "null"], "items": _value(item)}
    for word, name in (("minlength", "minItems"), ("maxlength", "maxItems")):
        if word in field_type.rules:
            node[name] = field_type.rules[word]
    if field_type.single:
        node["type"] = ["array", "object", "null"]
        node |= {"if": {"type": "object"}, "then": {"$ref": f"#/definitions/{item.part_name}"}}
    return node


def _choices(enum: EnumType | None, keys: Iterable[str] | None = None) -> list[str]:
    """Keys and labels of an enumeration, or of some of its keys."""
    if enum is None:
        return []
    chosen = list(enum.values) if keys is None else list(keys)
    return list(
        dict.fromkeys(name for key in chosen for name in (key, enum.values[key].zh, enum.values[key].en)),
    )


def _rules(field_type: FieldType) -> Node:
    """The Cerberus rules that JSON Schema can say of a value taken for a text or a number."""
    rules: Node = {}
    for word, bound in field_type.rules.items():
        if word == "regex":
            rules["pattern"] = f"^(?:{bound})$"
        elif word in {"minlength", "maxlength"}:
            rules["minLength" if word == "minlength" else "maxLength"] = bound
        elif word in {"min", "max"} and field_type.type != "day":
            number = float(str(bound))
            rules["minimum" if word == "min" else "maximum"] = int(number) if number.is_integer() else number
    return rules


def _description(field_type: FieldType) -> str:
    """What an editor shows beside a field."""
    parts = [field_type.en, field_type.help]
    if field_type.example:
        parts.append(f"例：{field_type.example}")
    if field_type.unit:
        parts.append(f"单位：{field_type.unit}")
    if field_type.law:
        parts.append(f"依据：{'、'.join(field_type.law)}")
    return "。".join(part for part in parts if part)
