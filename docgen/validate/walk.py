"""The tree, node by node, with the schema beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from docgen.diagnostics import Place, Related, Severity
from docgen.load import Mapping, Node, Scalar, Sequence
from docgen.model import Record
from docgen.schema import ALWAYS, IDENTIFIER_TYPES
from docgen.validate.blank import is_blank, is_empty
from docgen.validate.constraints import broken_rules
from docgen.validate.names import given_entries, number_kind, of_another_type, selection_of, spot_of
from docgen.validate.plan import Plan, Selection, plan_of
from docgen.validate.references import Pending, References
from docgen.validate.report import Gap, Report
from docgen.validate.shown import shown_value
from docgen.validate.values import official, typed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from collections.abc import Mapping as MappingType

    from docgen.load import Entry
    from docgen.model.record import Value
    from docgen.schema import FieldType, RecordType, Schema

_NOTHING: Final = object()
"""No value was written."""
_LATER: Final = object()
"""The value is no gap: its problem was reported, or it's a reference that waits for the ids."""


class _Frame(NamedTuple):
    """A record while it's read, with its dicts."""

    record: Record
    values: dict[str, Value]
    places: dict[str, Place]
    given: dict[str, Entry]
    selection: Selection


class Walk:
    """One pass over one file; what's wrong goes to `report`, gaps too."""

    def __init__(
        self, schema: Schema, derived: MappingType[str, Callable[[Record], Value]], currency: str, report: Report
    ) -> None:
        """Start with nothing read."""
        self._schema = schema
        self._derived = derived
        self._functions: dict[Plan, dict[str, Callable[[Record], Value]]] = {}
        self._currency = currency
        self._report = report
        self.references = References(schema, report)

    def record(self, record_type: RecordType, node: Mapping, path: str, parent: Record | None) -> Record:
        """The record of a mapping."""
        plan = plan_of(record_type)
        values: dict[str, Value] = {}
        places: dict[str, Place] = {}
        functions = self._functions.get(plan)
        if functions is None:
            functions = self._functions[plan] = plan.functions(self._derived)
        record = Record(record_type.name, path, node.place, values, places, plan.labels, functions, parent)
        given, later = given_entries(plan, node, path, self._schema, self._report)
        frame = _Frame(record, values, places, given, selection_of(plan, given))
        for key, entry in given.items():
            field_type = frame.selection.fields.get(key)
            if field_type is None:
                of_another_type(plan, entry, given, path, self._report)
                continue
            value = self._value(field_type, entry, frame)
            if value is _LATER:
                later.add(key)
            elif value is not _NOTHING:
                values[key] = value  # type: ignore[assignment] # it's neither of the two marks
                places[key] = entry.value.place
        self._complete(frame, later)
        return record

    def _value(self, field_type: FieldType, entry: Entry, frame: _Frame) -> object:
        """The value of one field, or one of the two marks."""
        node = entry.value
        if isinstance(node, Scalar) and is_empty(node):
            return _NOTHING
        path = spot_of(frame.record.path, field_type.key)
        if field_type.type == "record":
            return self._form(field_type, node, path, frame.record)
        if field_type.type == "list":
            return self._list(field_type, entry, path, frame)
        if not isinstance(node, Scalar):
            self._report.say("S007", node.place, path, field_type)
            return _LATER
        if field_type.type == "ref":
            frame.places[field_type.key] = node.place
            self.references.wait(Pending(frame.values, field_type, ((node, path),), in_list=False))
            return _LATER
        return self._leaf(field_type, node, path, number_kind(field_type, frame.given, frame.selection.fields))

    def _form(self, field_type: FieldType, node: Node, path: str, parent: Record) -> object:
        """The record of a `record` field; a form that nobody filled in is absent as a whole."""
        gaps = len(self._report.gaps)
        part = self._part(field_type, node, path, parent)
        if part is _LATER or not is_blank(node):
            return part
        del self._report.gaps[gaps:]
        return _NOTHING

    def _part(self, field_type: FieldType, node: Node, path: str, parent: Record) -> object:
        """The record of a `record` field or list entry."""
        part = field_type.part
        if isinstance(node, Mapping) and part is not None:
            return self.record(part, node, path, parent)
        self._report.say("S005", node.place, path, field_type)
        return _LATER

    def _leaf(self, field_type: FieldType, node: Scalar, path: str, kind: str) -> object:
        """The value of a scalar field; `kind` is the kind of official number where the type is one."""
        # The line feed at the end of a block is the notation's, not the writer's.
        text = node.text.removesuffix("\n") if node.style == "block" else node.text
        if field_type.type in IDENTIFIER_TYPES:
            value, problems = official(kind, text)
        else:
            value, problems = typed(field_type, text, self._currency)
        for unfit in problems:
            self._report.unfit(unfit, field_type, node.place, path, shown_value(text, field_type.type))
        return _LATER if any(unfit.severity is Severity.ERROR for unfit in problems) else value

    def _list(self, field_type: FieldType, entry: Entry, path: str, frame: _Frame) -> object:
        """The tuple of a list's values."""
        node, single = entry.value, field_type.single
        item = field_type.item
        if isinstance(node, Mapping) and single:
            node = Sequence((node,), node.place)
        elif not isinstance(node, Sequence) or (single and entry.key.text == single):
            code = "S030" if isinstance(node, Sequence) else "S006"
            self._report.say(code, node.place, path, field_type, args={"name": entry.key.text})
            self.references.unsure(path)
            return _LATER
        nodes = list(self._filled(field_type, node, path))
        if item is not None and item.type == "ref":
            return self._reference_list(field_type, item, node, nodes, frame)
        values = [self._item(item, one, spot, frame.record) for one, spot in nodes if item is not None]
        self._identify(path, values)
        kept = tuple(value for value in values if value is not _LATER)
        if len(kept) == len(node.items):
            return kept
        frame.values[field_type.key] = kept  # type: ignore[assignment] # neither of the marks is among them
        return _LATER

    def _filled(self, field_type: FieldType, node: Sequence, path: str) -> Iterator[tuple[Node, str]]:
        """The entries that hold something, with their paths; an entry without a value is refused."""
        for number, one in enumerate(node.items):
            spot = f"{path}[{number}]"
            if isinstance(one, Scalar) and is_empty(one):
                self._report.say("S029", one.place, spot, field_type)
            else:
                yield one, spot

    def _reference_list(
        self, field_type: FieldType, item: FieldType, node: Sequence, nodes: list[tuple[Node, str]], frame: _Frame
    ) -> object:
        """Keep a list of references until all ids are known."""
        if not node.items:
            return ()
        written = []
        for one, spot in nodes:
            if isinstance(one, Scalar):
                written.append((one, spot))
            else:
                self._report.say("S007", one.place, spot, item)
        frame.places[field_type.key] = node.place
        self.references.wait(Pending(frame.values, item, tuple(written), in_list=True))
        return _LATER

    def _item(self, item: FieldType, node: Node, path: str, parent: Record) -> object:
        """One entry of a list."""
        if item.type == "record":
            return self._part(item, node, path, parent)
        if isinstance(node, Scalar):
            return self._leaf(item, node, path, item.type)
        self._report.say("S007", node.place, path, item)
        return _LATER

    def _identify(self, path: str, values: list[object]) -> None:
        """Make the ids of a list's records known; two of one id are refused."""
        seen: dict[str, Record] = {}
        for value in values:
            if not isinstance(value, Record):
                self.references.unsure(path)
                continue
            id_field = self._schema.parts[value.type_name].id_field
            record_id = value[id_field] if id_field else None
            if not isinstance(record_id, str):
                self.references.unsure(path)
            elif record_id in seen:
                first = seen[record_id].place_of(id_field)
                related = (Related(first, "first"),) if first else ()
                place, spot = value.place_of(id_field), spot_of(value.path, id_field)
                self._report.say("S010", place, spot, related=related, args={"value": shown_value(record_id)})
            else:
                seen[record_id] = value
                self.references.add(path, record_id, value)

    def _complete(self, frame: _Frame, later: set[str]) -> None:
        """Gaps, defaults and rules of a record whose fields have been read."""
        record, values, selection = frame.record, frame.values, frame.selection
        for field_type in selection.needed:
            if field_type.key not in later and _lacks(field_type, values):
                self._report.gaps.append(
                    Gap(field_type, spot_of(record.path, field_type.key), record.place_of(field_type.key))
                )
            if field_type.part_name and field_type.needed == ALWAYS and field_type.key not in values:
                values[field_type.key] = self._stand_in(field_type, record)
        for field_type in selection.defaults:
            if field_type.key not in values and field_type.key not in later:
                default, problems = typed(field_type, field_type.default or "", self._currency)
                if not problems:
                    values[field_type.key] = default
        ruled = {
            key: values[key] for key in selection.ruled if key in values and key not in later and values[key] != ()
        }
        if not ruled:
            return
        for field_type, unfit in broken_rules(selection, ruled):
            key = field_type.key
            node = frame.given[key].value if key in frame.given else None
            written = shown_value(node.text, field_type.type) if isinstance(node, Scalar) else ""
            self._report.unfit(unfit, field_type, frame.places.get(key), spot_of(record.path, key), written)

    def _stand_in(self, field_type: FieldType, parent: Record) -> Value:
        """An empty record for one that every deal has: other rooms may always ask `deal.deal.stage`."""
        gaps = len(self._report.gaps)
        node = Mapping((), parent.place_of(field_type.key) or Place(""))
        part = self._part(field_type, node, spot_of(parent.path, field_type.key), parent)
        del self._report.gaps[gaps:]
        return part  # type: ignore[return-value] # a mapping gives a record


def _lacks(field_type: FieldType, values: MappingType[str, Value]) -> bool:
    """Whether a needed field has no value; `[]` is one only where the schema says `minlength: 0`."""
    value = values.get(field_type.key)
    return value is None or (value == () and field_type.rules.get("minlength") != 0)
