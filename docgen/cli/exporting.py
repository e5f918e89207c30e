"""PDFs for a build: those of unchanged papers are taken from the former folder.

**Why.** A PDF takes a second of work, and nothing but its .docx, the options and this machine's renderer and fonts
decides its bytes. The cache remembers, for a .docx by its hash, the hash of the PDF it gave here and what was said of
it; a file of the former folder that begins with that PDF (behind it stands the deal file) needn't be drawn again. The
PDF itself is kept nowhere else. Drawing in several processes was tried and was no faster on two processors.
"""

from __future__ import annotations

import marshal
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from docgen.diagnostics import Diagnostic, Place, Severity
from docgen.export import Pdf
from docgen.export.pdf.environment import fingerprint
from docgen.pipeline.pdfs import export_one_by_one

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from docgen.cache import Cache
    from docgen.export import PdfOptions

Document = tuple[bytes, str]


@dataclass(frozen=True, slots=True)
class Exporter:
    """Makes the PDFs of a set; `former` are the folders that may hold some of them already."""

    cache: Cache
    former: Sequence[Path] = ()

    def __call__(self, documents: Sequence[Document], options: PdfOptions) -> list[Pdf]:
        """The PDFs in the order of the documents; the same bytes as if each had been made anew."""
        stamp = fingerprint() + repr(options).encode()
        keys = [stamp + sha256(docx).digest() + display.encode() for docx, display in documents]
        known = [self._known(key, display) for key, (_, display) in zip(keys, documents, strict=True)]
        missing = [at for at, pdf in enumerate(known) if pdf is None]
        made = dict(zip(missing, export_one_by_one([documents[at] for at in missing], options), strict=True))
        for at, pdf in made.items():
            self._remember(keys[at], pdf)
        return [pdf if pdf is not None else made[at] for at, pdf in enumerate(known)]

    def _known(self, key: bytes, display: str) -> Pdf | None:
        """The PDF in a former folder, when it is the one this document gives."""
        plain = self.cache.get("pdf", key) if self.former else None
        if plain is None:
            return None
        digest, size, pages, form, found = marshal.loads(plain)  # noqa: S302 — an entry of the cache is the user's own
        for folder in self.former:
            file = folder / f"{display.removesuffix('.docx')}.pdf"
            try:
                data = file.read_bytes() if file.is_file() else b""
            except OSError:
                continue
            data = data[:size]  # what follows is the attached deal file
            if sha256(data).digest() == digest:
                return Pdf(data, pages, tuple(_diagnostic(*one) for one in found), form)
        return None

    def _remember(self, key: bytes, pdf: Pdf) -> None:
        """Note which PDF the document gave; not when a finding quotes the document, which is no matter for a cache."""
        if any(one.place is not None and one.place != Place(one.place.source) for one in pdf.diagnostics):
            return
        found = [_plain(one) for one in pdf.diagnostics if not one.related]
        if len(found) == len(pdf.diagnostics):
            facts = (sha256(pdf.data).digest(), len(pdf.data), pdf.pages, pdf.form, found)
            self.cache.put("pdf", key, marshal.dumps(facts))


def _plain(one: Diagnostic) -> tuple[Any, ...]:
    """A finding about a whole document as plain data."""
    return one.code, one.severity.value, one.place.source if one.place else None, dict(one.args), one.notes


def _diagnostic(
    code: str, severity: str, source: str | None, args: dict[str, str], notes: tuple[str, ...]
) -> Diagnostic:
    """The finding that `_plain` gave."""
    return Diagnostic(code, Severity(severity), Place(source) if source is not None else None, args, notes=notes)
