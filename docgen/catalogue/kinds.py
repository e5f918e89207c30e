"""Kinds of papers with their expressions checked against the schema."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from docgen.catalogue.sheet import MANDATORY, Sheet, Text, read_sheet
from docgen.diagnostics import Diagnostic, Place, Severity, TemplateError
from docgen.language import CompiledExpression, Scope, check_expression
from docgen.schema import FieldType, RecordType, nearest

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from docgen.catalogue.folders import TemplateFolder
    from docgen.schema import Schema


@dataclass(frozen=True, slots=True)
class ForEach:
    """One loop over papers: the list, and the name each of its records has in the template."""

    source: CompiledExpression
    variable: str


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of paper, ready to be judged on a deal.

    `describes_set` marks checklist and report: they are made last and may read what the build found.
    `docx` is None for a kind that docgen knows a deal may demand but that no template provides yet.
    `sha256` is over template.yaml and template.docx. The names its template may use are `usable_names`.
    """

    id: str
    title: str
    title_en: str
    version: str
    order: int
    display: str
    origin: str
    sha256: str
    docx: bytes | None
    loops: tuple[ForEach, ...]
    names: Mapping[str, CompiledExpression]
    applies_when: CompiledExpression | None
    output_name: tuple[CompiledExpression, ...]
    signatories: tuple[CompiledExpression, ...]
    copies: CompiledExpression | None
    law: tuple[str, ...]
    reviewed_by: str
    reviewed_on: date | None
    reason_in: str
    reason_out: str
    shadows: tuple[str, ...] = ()
    describes_set: bool = False


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All kinds by id, in the order of their papers, the shared clauses, and notes on shadowed kinds."""

    kinds: Mapping[str, Kind]
    clauses: Mapping[str, bytes]
    diagnostics: tuple[Diagnostic, ...] = ()


def load_catalogue(folders: Iterable[TemplateFolder], clauses: Mapping[str, bytes], schema: Schema) -> Catalogue:
    """The catalogue of the folders, the first of each id winning. TemplateError with every finding in any sheet."""
    chosen: dict[str, list[TemplateFolder]] = {}
    for folder in folders:
        chosen.setdefault(folder.id, []).append(folder)
    sheets = {key: read_sheet(group[0].yaml, f"{group[0].display}/template.yaml") for key, group in chosen.items()}
    notes: list[Diagnostic] = []
    faults: list[Diagnostic] = []
    kinds: list[Kind] = []
    for key, group in chosen.items():
        for hidden in group[1:]:
            args = {"id": key, "used": group[0].display, "hidden": hidden.display}
            notes.append(Diagnostic("T204", Severity.NOTE, Place(group[0].display), args))
        sheet = _inherit(sheets[key], sheets)
        kind = _Reader(group[0], sheet, schema).kind(tuple(_hash(hidden) for hidden in group[1:]))
        faults += sheet.faults
        if kind is not None:
            kinds.append(kind)
    if faults:
        raise TemplateError(faults)
    ordered = {kind.id: kind for kind in sorted(kinds, key=lambda kind: (kind.order, kind.id))}
    return Catalogue(ordered, clauses, tuple(notes))


def usable_names(kind: Kind, schema: Schema) -> dict[str, FieldType | RecordType]:
    """The names the template of a kind may use: the deal's fields, the variables of its loops, its short names."""
    names: dict[str, FieldType | RecordType] = dict(schema.root.fields)
    for loop in kind.loops:
        if (record := _entry_of(loop.source.text, names)) is not None:
            names[loop.variable] = record
    for name, expression in kind.names.items():
        if (field := _field_of(expression.text, names)) is not None:
            names[name] = field
    return names


def _field_of(text: str, names: Mapping[str, FieldType | RecordType]) -> FieldType | RecordType | None:
    """The field an expression made of names and dots leads to."""
    head, *rest = text.replace(" ", "").split(".")
    resolved = Scope(names).resolve(head)
    field: FieldType | RecordType | None = names[resolved[0]] if resolved else None
    for name in rest:
        record = field if isinstance(field, RecordType) else field.part if field is not None else None
        field = record.field(name) if record is not None else None
    return field


def _entry_of(text: str, names: Mapping[str, FieldType | RecordType]) -> RecordType | None:
    """The record type of the entries of the list an expression leads to."""
    field = _field_of(text, names)
    item = field.item if isinstance(field, FieldType) else None
    return item.part if item is not None else None


def _hash(folder: TemplateFolder) -> str:
    """The hash of a kind's two files."""
    return hashlib.sha256(folder.yaml.encode() + b"\0" + (folder.docx or b"")).hexdigest()


def _inherit(sheet: Sheet, sheets: Mapping[str, Sheet]) -> Sheet:
    """Fill what a sheet leaves out from the kind it extends; one step only."""
    base_name = sheet.texts.get("extends")
    if base_name is None:
        return sheet
    base = sheets.get(base_name.text)
    if base is None or base is sheet or "extends" in base.texts:
        near = nearest(base_name.text, sheets)
        sheet.fault("T203", base_name.place, base=base_name.text, near=near[0] if near else "")
        return sheet
    for name in base.given - sheet.given - {"id"}:
        if name in base.texts:
            sheet.texts[name] = base.texts[name]
        if name in base.lists:
            sheet.lists[name] = base.lists[name]
        if name in base.tables:
            sheet.tables[name] = base.tables[name]
        if name == "for_each":
            sheet.loops = base.loops
    return sheet


class _Reader:
    """Turns one sheet into a kind; every finding goes to the sheet."""

    def __init__(self, folder: TemplateFolder, sheet: Sheet, schema: Schema) -> None:
        self._folder = folder
        self._sheet = sheet
        self._names: dict[str, FieldType | RecordType] = dict(schema.root.fields)

    def kind(self, shadows: tuple[str, ...]) -> Kind | None:
        """The kind, or None when the sheet has faults."""
        sheet, folder = self._sheet, self._folder
        if sheet.faults and not sheet.given:  # nothing could be read: what it lacks would only follow from that
            return None
        for name in MANDATORY:
            if name not in sheet.texts and name not in sheet.lists and name not in sheet.tables:
                sheet.fault("T205", field=name)
        if sheet.faults:
            return None
        if sheet.texts["id"].text != folder.id:
            sheet.fault("T206", sheet.texts["id"].place, id=sheet.texts["id"].text, folder=folder.id)
        loops = tuple(loop for source, variable in sheet.loops if (loop := self._loop(source, variable)) is not None)
        names = self._short_names(sheet.tables.get("names", {}))
        title, because = sheet.tables["title"], sheet.tables.get("because", {})
        reviewed = sheet.tables.get("reviewed", {})
        kind = Kind(
            id=folder.id,
            title=self._part(title, "zh", "title"),
            title_en=self._part(title, "en", "title"),
            version=sheet.texts["version"].text,
            order=self._order(sheet.texts["order"]),
            display=folder.display,
            origin=folder.origin,
            sha256=_hash(folder),
            docx=folder.docx,
            loops=loops,
            names=names,
            applies_when=self._optional("applies_when", "flag"),
            output_name=self._expressions("output_name"),
            signatories=self._expressions("signatories"),
            copies=self._optional("copies", "whole"),
            law=tuple(one.text for one in sheet.lists["law"]),
            reviewed_by=reviewed["by"].text if "by" in reviewed else "",
            reviewed_on=self._day(reviewed.get("on")),
            reason_in=because["in"].text if "in" in because else "",
            reason_out=because["out"].text if "out" in because else "",
            shadows=shadows,
            describes_set=self._describes_set(),
        )
        return None if sheet.faults else kind

    def _part(self, table: Mapping[str, Text], key: str, name: str) -> str:
        """One entry of a table that must be there."""
        if key not in table:
            self._sheet.fault("T205", field=f"{name}.{key}")
            return ""
        return table[key].text

    def _order(self, text: Text) -> int:
        """The paper's number in the set, 0 to 99."""
        if text.text.isascii() and text.text.isdigit() and len(text.text) <= 2:  # noqa: PLR2004 — two digits in file names
            return int(text.text)
        self._sheet.fault("T202", text.place, field="order")
        return 0

    def _describes_set(self) -> bool:
        """Whether the paper is about the set itself."""
        text = self._sheet.texts.get("describes")
        if text is not None and text.text != "set":
            self._sheet.fault("T202", text.place, field="describes")
        return text is not None

    def _day(self, text: Text | None) -> date | None:
        """A review date."""
        if text is None:
            return None
        try:
            return date.fromisoformat(text.text)
        except ValueError:
            self._sheet.fault("T202", text.place, field="reviewed.on")
            return None

    def _check(self, text: Text) -> CompiledExpression | None:
        """A checked expression; findings go to the sheet."""
        checked = check_expression(text.text, Scope(self._names), text.place)
        if isinstance(checked, CompiledExpression):
            return checked
        self._sheet.faults += checked
        return None

    def _loop(self, source: Text, variable: Text) -> ForEach | None:
        """One loop; its variable joins the names."""
        checked = self._check(source)
        if checked is None:
            return None
        record = _entry_of(source.text, self._names)
        if record is None:
            self._sheet.fault("T207", source.place, list=source.text)
            return None
        if Scope(self._names).resolve(variable.text) or not variable.text.isidentifier():
            self._sheet.fault("T208", variable.place, name=variable.text)
            return None
        self._names[variable.text] = record
        return ForEach(checked, variable.text)

    def _short_names(self, table: Mapping[str, Text]) -> dict[str, CompiledExpression]:
        """The short names; each may use those before it."""
        found: dict[str, CompiledExpression] = {}
        for name, text in table.items():
            checked = self._check(text)
            if checked is None:
                continue
            field = _field_of(text.text, self._names)
            if field is None or Scope(self._names).resolve(name) or not name.isidentifier():
                self._sheet.fault("T208", text.place, name=name)
                continue
            self._names[name] = field
            found[name] = checked
        return found

    def _optional(self, name: str, kind: str) -> CompiledExpression | None:
        """An expression that may be absent and must give `kind`."""
        text = self._sheet.texts.get(name)
        checked = self._check(text) if text is not None else None
        if text is not None and checked is not None and checked.kind != kind:
            self._sheet.fault("T209", text.place, field=name)
        return checked

    def _expressions(self, name: str) -> tuple[CompiledExpression, ...]:
        """A list of expressions."""
        found = (self._check(text) for text in self._sheet.lists.get(name, ()))
        return tuple(one for one in found if one is not None)
