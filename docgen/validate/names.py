"""Which fields a mapping gives: keys and labels resolved, and the record's variant chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from docgen.diagnostics import Related
from docgen.identifiers import KINDS
from docgen.load import Scalar
from docgen.validate.shown import shown_names, shown_value

if TYPE_CHECKING:
    from collections.abc import Mapping as MappingType

    from docgen.load import Entry, Mapping
    from docgen.schema import FieldType, Schema
    from docgen.validate.plan import Plan, Selection
    from docgen.validate.report import Report

_MOST_KNOWN: Final = 12


def spot_of(path: str, key: str) -> str:
    """The path of a field in the record at `path`."""
    return f"{path}.{key}" if path else key


def given_entries(
    plan: Plan, node: Mapping, path: str, schema: Schema, report: Report
) -> tuple[dict[str, Entry], set[str]]:
    """The entries of a mapping by key, and the keys that unknown names were meant for, as far as one can tell.

    Unknown, repeated and computed fields are reported.
    """
    given: dict[str, Entry] = {}
    meant: set[str] = set()
    for entry in node.entries:
        name = entry.key.text
        key = plan.names.get(name)
        if key is None:
            near = _unknown(plan, entry, path, schema, report)
            meant.update(plan.names[name] for name in near[:1])
        elif key in plan.derived:
            report.say("S004", entry.key.place, spot_of(path, key), plan.type.fields[key], args={"name": name})
        elif key in given:
            first = given[key].key
            related = (Related(first.place, "first", {"name": first.text}),)
            field_type = plan.type.fields[key]
            report.say("S002", entry.key.place, spot_of(path, key), field_type, related=related, args={"name": name})
        else:
            given[key] = entry
    return given, meant - given.keys()


def _unknown(plan: Plan, entry: Entry, path: str, schema: Schema, report: Report) -> list[str]:
    """The names nearest to an unknown one; it's reported with them, or with where it's known, or what's known here."""
    name = entry.key.text
    written = [known for known, key in plan.names.items() if key not in plan.derived]
    near = [known for known in plan.type.suggest(name) if known in written]
    if near:
        note, names = "near", {"names": shown_names(near)}
    elif owners := [part for part in schema.parts.values() if name in part.names][:_MOST_KNOWN]:
        zh, en = shown_names([part.zh for part in owners]), shown_names([part.en for part in owners])
        note, names = "elsewhere", {"names.zh": zh, "names.en": en}
    else:
        known_here = [known for known in written if known.isascii() == name.isascii()]
        note, names = "known", {"names": shown_names(known_here[:_MOST_KNOWN])}
    report.say("S001", entry.key.place, path, notes=(note,), args={"name": shown_value(name), **names})
    return near


def selection_of(plan: Plan, given: dict[str, Entry]) -> Selection:
    """The fields this record has, by its variant."""
    if not plan.by:
        return plan.common
    key = _variant_key(plan, given)
    return plan.any if key is None else plan.of(plan.type.variant(key))


def _variant_key(plan: Plan, given: dict[str, Entry]) -> str | None:
    """The value that chooses the variant: as given or by default; None when it's missing or unknown."""
    return _enum_key(plan.type.common[plan.by], given)


def _enum_key(field_type: FieldType, given: dict[str, Entry]) -> str | None:
    """The value of an enumeration field, read ahead because other fields hang on it."""
    enum = field_type.enum
    node = given[field_type.key].value if field_type.key in given else None
    if enum is None or not (node is None or isinstance(node, Scalar)):
        return None
    return enum.key((field_type.default or "") if node is None or node.is_null else node.text.strip())


def of_another_type(plan: Plan, entry: Entry, given: dict[str, Entry], path: str, report: Report) -> None:
    """Report a field that only other variants have; one without a value does no harm."""
    if isinstance(entry.value, Scalar) and entry.value.is_null:
        return
    enum = plan.type.common[plan.by].enum
    value = _variant_key(plan, given)
    if enum is None or value is None:
        return
    key = plan.names[entry.key.text]
    types = [one for variant in plan.type.variants_with(key) for one in variant.values]
    related = (Related(given[plan.by].value.place, "type"),) if plan.by in given else ()
    report.say(
        "S018",
        entry.key.place,
        spot_of(path, key),
        plan.type.fields[key],
        related=related,
        args={
            "type.zh": enum.label(value),
            "type.en": value,
            "types.zh": "、".join(enum.label(one) for one in types),
            "types.en": ", ".join(types),
        },
    )


def number_kind(field_type: FieldType, given: dict[str, Entry], fields: MappingType[str, FieldType]) -> str:
    """The kind of official number in a field: an identity number is of the kind its sibling `id_type` says."""
    beside = fields.get("id_type") if field_type.type == "id_no" else None
    key = (_enum_key(beside, given) if beside else None) or ""
    return key if key in KINDS else field_type.type
