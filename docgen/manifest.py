"""What a finished folder holds, and what it was built from, under which law date, with hashes.

The manifest names no person, no machine and no time: the same input gives the same bytes.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, TypeVar

from docgen.diagnostics.model import Diagnostic, OutputError, Place, Severity
from docgen.formats.file_names import safe_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

FILE_NAME = "manifest.json"
FORMAT = 1

T = TypeVar("T")


def sha256(data: bytes) -> str:
    """The SHA-256 of the bytes, as 64 hexadecimal digits."""
    return hashlib.sha256(data).hexdigest()


def sha256_of_files(files: Mapping[str, bytes]) -> str:
    """One SHA-256 for a set of named files, whatever order they come in."""
    return sha256("".join(f"{sha256(data)}  {name}\n" for name, data in sorted(files.items())).encode())


@dataclass(frozen=True, slots=True)
class UsedTemplate:
    """A template that papers were made from.

    `sha256` is over template.docx, template.yaml and the clauses it takes in; `origin` is the part of the search path
    it came from (`bundled`, `firm`, `deal`, `option`), `shadows` the hashes of the templates of the same id it hides.
    `reviewed_on` is None when no lawyer has reviewed it.
    """

    id: str
    version: str
    sha256: str
    reviewed_on: date | None = None
    origin: str = "bundled"
    shadows: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PdfFacts:
    """What must be known of a PDF without opening it.

    `form` is the archive form it claims; `fonts` are the fonts that were substituted, by the name in the Word file;
    `not_drawn` counts what isn't drawn as in Word, by code; `deal_sha256` is the hash of the deal file attached to
    it, as it was read, empty when there is none.
    """

    form: str
    pages: int
    fonts: Mapping[str, str] = field(default_factory=dict)
    not_drawn: Mapping[str, int] = field(default_factory=dict)
    deal_sha256: str = ""


@dataclass(frozen=True, slots=True)
class OutputFile:
    """A file of the folder.

    `template` is the id of the template it was made from; `of` is the path of the record it was made for
    (`pledges[0]`), where a template gives one paper per record. `pdf` is None for a Word file.
    """

    name: str
    sha256: str
    size: int
    template: str
    of: str = ""
    pdf: PdfFacts | None = None


@dataclass(frozen=True, slots=True)
class Waived:
    """A waiver of the deal: the code of the warning, the day of the waiver, and how many findings it covers."""

    code: str
    on: date
    count: int


@dataclass(frozen=True, slots=True)
class Findings:
    """How many findings of each severity and code the build had, waived ones left out."""

    errors: int = 0
    warnings: int = 0
    notes: int = 0
    codes: Mapping[str, int] = field(default_factory=dict)

    @classmethod
    def of(cls, diagnostics: Iterable[Diagnostic]) -> Findings:
        """The count of these findings."""
        found = tuple(diagnostics)
        severities = Counter(one.severity for one in found)
        return cls(
            errors=severities[Severity.ERROR],
            warnings=severities[Severity.WARNING],
            notes=severities[Severity.NOTE],
            codes=dict(sorted(Counter(one.code for one in found).items())),
        )


@dataclass(frozen=True, slots=True)
class Manifest:
    """What was built: the deal's id and hash, its stage and law date, what it was built with, and the files.

    `missing` are the kinds of paper the deal demands and no template provides; `partial` says that only some of the
    applying papers were asked for.
    """

    deal: str
    deal_sha256: str
    stage: str
    as_of: date
    docgen: str
    libraries: Mapping[str, str]
    schema_sha256: str
    law_sha256: str
    rules_sha256: str
    templates: tuple[UsedTemplate, ...]
    outputs: tuple[OutputFile, ...]
    findings: Findings = field(default_factory=Findings)
    waivers: tuple[Waived, ...] = ()
    missing: tuple[str, ...] = ()
    partial: bool = False

    @property
    def basis(self) -> tuple[object, ...]:
        """What papers of one set must have in common: equal for two builds whose papers may lie in one folder."""
        return (
            self.deal,
            self.deal_sha256,
            self.stage,
            self.as_of,
            self.docgen,
            self.schema_sha256,
            self.law_sha256,
            self.rules_sha256,
        )

    def to_json(self) -> str:
        """The manifest as JSON text, always the same for the same content."""
        table: dict[str, object] = {
            "format": FORMAT,
            "deal": {"id": self.deal, "sha256": self.deal_sha256},
            "stage": self.stage,
            "as_of": self.as_of.isoformat(),
            "docgen": self.docgen,
            "libraries": dict(sorted(self.libraries.items())),
            "schema": self.schema_sha256,
            "law": self.law_sha256,
            "rules": self.rules_sha256,
            "templates": [_template_table(one) for one in sorted(self.templates, key=lambda one: one.id)],
            "outputs": [_output_table(one) for one in sorted(self.outputs, key=lambda one: one.name)],
            "missing": sorted(self.missing),
            "partial": self.partial,
            "findings": {
                "errors": self.findings.errors,
                "warnings": self.findings.warnings,
                "notes": self.findings.notes,
                "codes": dict(sorted(self.findings.codes.items())),
            },
            "waivers": [
                {"code": one.code, "on": one.on.isoformat(), "count": one.count}
                for one in sorted(self.waivers, key=lambda one: (one.code, one.on))
            ],
        }
        return json.dumps(table, ensure_ascii=False, indent=2) + "\n"

    @classmethod
    def from_json(cls, text: str, source: str) -> Manifest:
        """The manifest that a text holds; OutputError when it isn't one this version of docgen writes."""
        try:
            return _read(text)
        except (ValueError, RecursionError) as error:
            raise OutputError([Diagnostic("U114", Severity.ERROR, Place(source), {"file": source})]) from error


def _template_table(template: UsedTemplate) -> dict[str, object]:
    return {
        "id": template.id,
        "version": template.version,
        "sha256": template.sha256,
        "reviewed_on": template.reviewed_on.isoformat() if template.reviewed_on else None,
        "origin": template.origin,
        "shadows": list(template.shadows),
    }


def _output_table(output: OutputFile) -> dict[str, object]:
    table: dict[str, object] = {
        "name": output.name,
        "sha256": output.sha256,
        "size": output.size,
        "template": output.template,
        "of": output.of,
    }
    if output.pdf is not None:
        table["pdf"] = {
            "form": output.pdf.form,
            "pages": output.pdf.pages,
            "fonts": dict(sorted(output.pdf.fonts.items())),
            "not_drawn": dict(sorted(output.pdf.not_drawn.items())),
            "deal": output.pdf.deal_sha256 or None,
        }
    return table


class _Table:
    """A JSON object, read key by key; ValueError names what isn't as docgen writes it."""

    def __init__(self, value: object) -> None:
        if not isinstance(value, dict):
            raise ValueError(value)  # noqa: TRY004 - one exception for everything docgen wouldn't have written
        self._table: dict[str, object] = value

    def get(self, key: str, kind: type[T]) -> T:
        value = self._table.get(key)
        if type(value) is not kind:
            raise ValueError(key)
        return value

    def has(self, key: str) -> bool:
        return key in self._table

    def is_null(self, key: str) -> bool:
        return self._table.get(key, "") is None

    def text(self, key: str) -> str:
        return self.get(key, str)

    def digest(self, key: str) -> str:
        return _digest(self.get(key, str))

    def day(self, key: str) -> date:
        return date.fromisoformat(self.text(key))

    def table(self, key: str) -> _Table:
        return _Table(self._table.get(key))

    def tables(self, key: str) -> list[_Table]:
        return [_Table(one) for one in self.get(key, list)]

    def texts(self, key: str) -> tuple[str, ...]:
        values = self.get(key, list)
        if not all(isinstance(one, str) for one in values):
            raise ValueError(key)
        return tuple(values)

    def entries(self, key: str, kind: type[T]) -> dict[str, T]:
        names = self.get(key, dict)
        table = self.table(key)
        return {name: table.get(name, kind) for name in names}


def _digest(text: str) -> str:
    if not re.fullmatch(r"[0-9a-f]{64}", text, re.ASCII):
        raise ValueError(text)
    return text


def _file_name(text: str) -> str:
    # What is read here is looked up in the folder: a name may not lead out of it.
    if safe_name(text) != text or text == FILE_NAME:
        raise ValueError(text)
    return text


def _read(text: str) -> Manifest:
    table = _Table(json.loads(text))
    if table.get("format", int) != FORMAT:
        raise ValueError(table)
    manifest = _read_manifest(table)
    # Whatever else the text says, it isn't what docgen wrote.
    if manifest.to_json() != text:
        raise ValueError(text)
    return manifest


def _read_manifest(table: _Table) -> Manifest:
    findings = table.table("findings")
    return Manifest(
        deal=table.table("deal").text("id"),
        deal_sha256=table.table("deal").digest("sha256"),
        stage=table.text("stage"),
        as_of=table.day("as_of"),
        docgen=table.text("docgen"),
        libraries=table.entries("libraries", str),
        schema_sha256=table.digest("schema"),
        law_sha256=table.digest("law"),
        rules_sha256=table.digest("rules"),
        templates=tuple(_read_template(one) for one in table.tables("templates")),
        outputs=tuple(
            OutputFile(
                _file_name(one.text("name")),
                one.digest("sha256"),
                one.get("size", int),
                one.text("template"),
                one.text("of"),
                _read_pdf(one.table("pdf")) if one.has("pdf") else None,
            )
            for one in table.tables("outputs")
        ),
        findings=Findings(
            findings.get("errors", int),
            findings.get("warnings", int),
            findings.get("notes", int),
            findings.entries("codes", int),
        ),
        waivers=tuple(
            Waived(one.text("code"), one.day("on"), one.get("count", int)) for one in table.tables("waivers")
        ),
        missing=table.texts("missing"),
        partial=table.get("partial", bool),
    )


def _read_pdf(table: _Table) -> PdfFacts:
    return PdfFacts(
        form=table.text("form"),
        pages=table.get("pages", int),
        fonts=table.entries("fonts", str),
        not_drawn=table.entries("not_drawn", int),
        deal_sha256="" if table.is_null("deal") else table.digest("deal"),
    )


def _read_template(table: _Table) -> UsedTemplate:
    reviewed = None if table.is_null("reviewed_on") else table.day("reviewed_on")
    return UsedTemplate(
        id=table.text("id"),
        version=table.text("version"),
        sha256=table.digest("sha256"),
        reviewed_on=reviewed,
        origin=table.text("origin"),
        shadows=tuple(_digest(one) for one in table.texts("shadows")),
    )
