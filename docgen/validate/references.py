"""Ids and the references to them, resolved when every record has been read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from docgen.diagnostics import Related
from docgen.schema import nearest
from docgen.validate.shown import shown_names, shown_value

if TYPE_CHECKING:
    from docgen.load import Scalar
    from docgen.model import Record
    from docgen.model.record import Value
    from docgen.schema import FieldType, Schema
    from docgen.validate.report import Report


_MOST_KNOWN: Final = 8


class Pending(NamedTuple):
    """A reference (or a list of them) as written."""

    values: dict[str, Value]
    field_type: FieldType
    written: tuple[tuple[Scalar, str], ...]
    in_list: bool


class References:
    """The ids of the root's lists, and the references waiting for them."""

    def __init__(self, schema: Schema, report: Report) -> None:
        """Start empty."""
        self._schema = schema
        self._report = report
        self._ids: dict[str, dict[str, Record]] = {}
        self._unsure: set[str] = set()
        self._pending: list[Pending] = []

    def unsure(self, list_key: str) -> None:
        """A list of the root has an entry without a usable id: a reference may mean that one."""
        self._unsure.add(list_key)

    def add(self, list_key: str, record_id: str, record: Record) -> None:
        """Keep the record of an id (the first one; `siblings` reports others)."""
        self._ids.setdefault(list_key, {}).setdefault(record_id, record)

    def wait(self, pending: Pending) -> None:
        """Keep a reference until all ids are known."""
        self._pending.append(pending)

    def resolve(self) -> None:
        """Set every reference to its record."""
        for one in self._pending:
            found: list[Value] = []
            for scalar, path in one.written:
                record = self._find(one.field_type, scalar, path)
                if record is not None:
                    found.append(record)
            if one.in_list:
                one.values[one.field_type.key] = tuple(found)
            elif found:
                one.values[one.field_type.key] = found[0]

    def _find(self, field_type: FieldType, scalar: Scalar, path: str) -> Record | None:
        text = scalar.text.strip()
        hits = [(key, ids[text]) for key in field_type.to if text in (ids := self._ids.get(key, {}))]
        if len(hits) == 1:
            return hits[0][1]
        if len(hits) > 1:
            related = tuple(Related(place, "entry") for _, record in hits if (place := record.place_of("id")))
            self._report.say("S031", scalar.place, path, field_type, related=related, args={"value": shown_value(text)})
        elif not self._unsure.intersection(field_type.to):
            self._unknown(field_type, scalar, path, text)
        return None

    def _unknown(self, field_type: FieldType, scalar: Scalar, path: str, text: str) -> None:
        """Say that no record has this id, and which ids are near or elsewhere."""
        records = {record_id: record for key in field_type.to for record_id, record in self._ids.get(key, {}).items()}
        ids = list(records)
        meant = [record_id for record_id, record in records.items() if _called(record, record_id, text)]
        near = meant or nearest(text, ids)
        elsewhere = next((ids[text] for ids in self._ids.values() if text in ids), None)
        related: tuple[Related, ...] = ()
        if elsewhere is not None and (place := elsewhere.place_of("id")):
            related = (Related(place, "elsewhere"),)
        lists = [self._schema.root.fields[key] for key in field_type.to]
        self._report.say(
            "S009",
            scalar.place,
            path,
            field_type,
            notes=("near" if near else "known" if ids else "none",),
            related=related,
            args={
                "value": shown_value(text),
                "names": shown_names(near or ids[:_MOST_KNOWN]),
                "lists.zh": "、".join(one.zh for one in lists),
                "lists.en": ", ".join(one.key for one in lists),
            },
        )


def _called(record: Record, record_id: str, text: str) -> bool:
    """Whether somebody may have written this for the record: its id in other letters, or another of its texts."""
    return record_id.lower() == text.lower() or any(record[key] == text for key in record)
