"""template.yaml as plain values with places: known fields, right shapes, nothing else."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from docgen.diagnostics import Diagnostic, InputError, Place, Severity
from docgen.load import Mapping, Scalar, Sequence, load_text
from docgen.schema import nearest

if TYPE_CHECKING:
    from docgen.load import Node

TEXTS: Final = ("id", "version", "order", "applies_when", "copies", "extends", "describes")
TEXT_LISTS: Final = ("output_name", "signatories", "law")
TABLES: Final = ("title", "names", "because", "reviewed")
KNOWN: Final = (*TEXTS, *TEXT_LISTS, *TABLES, "for_each")
MANDATORY: Final = ("id", "title", "version", "order", "output_name", "law")


@dataclass(frozen=True, slots=True)
class Text:
    """A text with its place."""

    text: str
    place: Place


@dataclass(slots=True)
class Sheet:
    """The content of a template.yaml; `faults` is what is wrong with its form."""

    place: Place
    texts: dict[str, Text] = field(default_factory=dict)
    lists: dict[str, tuple[Text, ...]] = field(default_factory=dict)
    tables: dict[str, dict[str, Text]] = field(default_factory=dict)
    loops: tuple[tuple[Text, Text], ...] = ()
    given: set[str] = field(default_factory=set)
    faults: list[Diagnostic] = field(default_factory=list)

    def fault(self, code: str, place: Place | None = None, **args: str) -> None:
        """Note a finding."""
        self.faults.append(Diagnostic(code, Severity.ERROR, place or self.place, args))


def read_sheet(text: str, display: str) -> Sheet:
    """The sheet, with every fault of its form noted in it."""
    sheet = Sheet(Place(display, 1, 1))
    try:
        tree = load_text(text, display)
    except InputError as error:
        sheet.faults += error.diagnostics
        return sheet
    for entry in tree.root.entries:
        _field(sheet, entry.key, entry.value)
    return sheet


def _field(sheet: Sheet, key: Scalar, node: Node) -> None:
    """Read one field by its shape."""
    name = key.text
    if name not in KNOWN:
        near = nearest(name, KNOWN)
        sheet.fault("T201", key.place, field=name, near=near[0] if near else "、".join(KNOWN))
        return
    sheet.given.add(name)
    if isinstance(node, Scalar) and node.is_null:
        return
    if name in TEXTS and isinstance(node, Scalar):
        sheet.texts[name] = Text(node.text, node.place)
    elif name in TEXT_LISTS and isinstance(node, Sequence):
        sheet.lists[name] = tuple(Text(item.text, item.place) for item in node.items if isinstance(item, Scalar))
    elif name in TEXT_LISTS and isinstance(node, Scalar):
        sheet.lists[name] = (Text(node.text, node.place),)
    elif name in TABLES and isinstance(node, Mapping):
        sheet.tables[name] = {
            entry.key.text: Text(entry.value.text, entry.value.place)
            for entry in node.entries
            if isinstance(entry.value, Scalar)
        }
    elif name == "for_each" and isinstance(node, (Mapping, Sequence)):
        _loops(sheet, node)
    else:
        sheet.fault("T202", node.place, field=name)


def _loops(sheet: Sheet, node: Mapping | Sequence) -> None:
    """Read `for_each`: one `{list, as}` or a sequence of them."""
    items = node.items if isinstance(node, Sequence) else (node,)
    loops: list[tuple[Text, Text]] = []
    for item in items:
        parts = {e.key.text: e.value for e in item.entries} if isinstance(item, Mapping) else {}
        source, variable = parts.get("list"), parts.get("as")
        if set(parts) == {"list", "as"} and isinstance(source, Scalar) and isinstance(variable, Scalar):
            loops.append((Text(source.text, source.place), Text(variable.text, variable.place)))
        else:
            sheet.fault("T202", item.place, field="for_each")
    sheet.loops = tuple(loops)
