"""The data of a diagnostic, and the exceptions that carry diagnostics."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


class Severity(StrEnum):
    """How bad a finding is: an error stops the build, a warning can be waived, a note informs."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands: a source and a position a person can go to.

    A place in text has a 1-based line and column (in characters) and, for a span on one line, the
    column after its last character. A place in a workbook has sheet and cell. A place in a Word
    file has a spot in words (正文 › 第三条 › 第 12 段) and an excerpt of the paragraph.
    """

    source: str
    line: int | None = None
    column: int | None = None
    end_column: int | None = None
    sheet: str | None = None
    cell: str | None = None
    spot: str | None = None
    excerpt: str | None = None

    def __str__(self) -> str:
        """The place in its short form: `deal.yaml:48:17`, `ledger.xlsx!借款!D17`, `file.docx 正文 › …`."""
        if self.line is not None:
            return f"{self.source}:{self.line}:{self.column or 1}"
        if self.cell is not None:
            return f"{self.source}!{self.sheet}!{self.cell}"
        return f"{self.source} {self.spot}" if self.spot else self.source

    @property
    def order(self) -> tuple[str, int, int]:
        """Sort key: by source, then by position."""
        return (self.source, self.line or 0, self.column or 0)


@dataclass(frozen=True, slots=True)
class Related:
    """Another place a diagnostic speaks of: the key of its text in the entry's `related` table, and its arguments."""

    place: Place
    text: str
    args: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One finding, as data.

    `code` is an entry of the message tables; `args` fill its placeholders; `field` is the path in
    the deal (`pledges[0].contract_no`) and `label` its Chinese name; `law` holds citations
    (`CC 692(2)`); `confidence` is the confidence tag of a legal rule (V, S, R). `notes` are keys of
    the entry's further texts (`[CODE.notes.KEY]`) printed besides the default `why` and `help`.
    """

    code: str
    severity: Severity
    place: Place | None = None
    args: Mapping[str, str] = field(default_factory=dict)
    field: str = ""
    label: str = ""
    related: tuple[Related, ...] = ()
    law: tuple[str, ...] = ()
    confidence: str = ""
    notes: tuple[str, ...] = ()

    @property
    def order(self) -> tuple[str, int, int, str]:
        """Sort key: by place, then by code."""
        return (*(self.place.order if self.place else ("", 0, 0)), self.code)


class DocgenError(Exception):
    """A problem docgen can explain; `diagnostics` says what it is."""

    def __init__(self, diagnostics: Iterable[Diagnostic]) -> None:
        """Keep the findings, sorted by place."""
        self.diagnostics = tuple(sorted(diagnostics, key=lambda item: item.order))
        super().__init__(", ".join(item.code for item in self.diagnostics))


class InputError(DocgenError):
    """The deal or another input file can't be used as it is."""


class TemplateError(DocgenError):
    """A template, clause file or template.yaml can't be used as it is."""


class ExportError(DocgenError):
    """A document can't be exported."""


class OutputError(DocgenError):
    """The finished folder can't be written where it was asked for."""


class SetupError(DocgenError):
    """Something the machine should have is missing (Pango, fonts, a writable folder)."""
