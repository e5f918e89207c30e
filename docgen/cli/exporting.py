"""PDFs for a build: those of unchanged papers are taken from the former folder, the others made by several processes.

**Why.** A PDF takes half a second of work, and nothing but its .docx and this machine's renderer and fonts decides
its bytes. The cache remembers, for a .docx by its hash, the hash of the PDF it gave here and what was said of it; a
file of the former folder with just that hash is that PDF. The PDF itself is kept nowhere else.
"""

from __future__ import annotations

import marshal
import multiprocessing
import os
import signal
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Final

from docgen.diagnostics import Diagnostic, DocgenError, Place, Severity
from docgen.export import Pdf, to_pdf
from docgen.export.environment import fingerprint

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from docgen.cache import Cache

_MOST_WORKERS: Final = 4
_WORTH_WORKERS: Final = 4  # fewer documents are made sooner than a second process has started

Document = tuple[bytes, str]
Outcome = Pdf | tuple[type[DocgenError], tuple[Diagnostic, ...]]


@dataclass(frozen=True, slots=True)
class Exporter:
    """Makes the PDFs of a set; `former` are the folders that may hold some of them already."""

    cache: Cache
    former: Sequence[Path] = ()

    def __call__(self, documents: Sequence[Document]) -> list[Pdf]:
        """The PDFs in the order of the documents; the same bytes as if each had been made anew."""
        stamp = fingerprint()
        keys = [stamp + sha256(docx).digest() + display.encode() for docx, display in documents]
        known = [self._known(key, display) for key, (_, display) in zip(keys, documents, strict=True)]
        missing = [at for at, pdf in enumerate(known) if pdf is None]
        made = dict(zip(missing, _made([documents[at] for at in missing]), strict=True))
        for at, pdf in made.items():
            self._remember(keys[at], pdf)
        return [pdf if pdf is not None else made[at] for at, pdf in enumerate(known)]

    def _known(self, key: bytes, display: str) -> Pdf | None:
        """The PDF in a former folder, when it is the one this document gives."""
        plain = self.cache.get("pdf", key) if self.former else None
        if plain is None:
            return None
        digest, pages, found = marshal.loads(plain)  # noqa: S302 — an entry of the cache is the user's own
        for folder in self.former:
            file = folder / f"{display.removesuffix('.docx')}.pdf"
            try:
                data = file.read_bytes() if file.is_file() else b""
            except OSError:
                continue
            if sha256(data).digest() == digest:
                return Pdf(data, pages, tuple(_diagnostic(*one) for one in found))
        return None

    def _remember(self, key: bytes, pdf: Pdf) -> None:
        """Note which PDF the document gave; not when a finding quotes the document, which is no matter for a cache."""
        if any(one.place is not None and one.place != Place(one.place.source) for one in pdf.diagnostics):
            return
        found = [_plain(one) for one in pdf.diagnostics if not one.related]
        if len(found) == len(pdf.diagnostics):
            self.cache.put("pdf", key, marshal.dumps((sha256(pdf.data).digest(), pdf.pages, found)))


def _plain(one: Diagnostic) -> tuple[Any, ...]:
    """A finding about a whole document as plain data."""
    return one.code, one.severity.value, one.place.source if one.place else None, dict(one.args), one.notes


def _diagnostic(
    code: str, severity: str, source: str | None, args: dict[str, str], notes: tuple[str, ...]
) -> Diagnostic:
    """The finding that `_plain` gave."""
    return Diagnostic(code, Severity(severity), Place(source) if source is not None else None, args, notes=notes)


def _made(documents: Sequence[Document]) -> list[Pdf]:
    """PDFs made now, by several processes when that is worth it."""
    workers = min(_processors(), _MOST_WORKERS, len(documents) // 2)
    if len(documents) < _WORTH_WORKERS or workers < 2:  # noqa: PLR2004 — one is this process
        return [to_pdf(docx, display) for docx, display in documents]
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(workers, mp_context=context, initializer=_quiet) as pool:
        try:
            outcomes = list(pool.map(_export, documents))
        except BaseException:  # Ctrl-C, or a worker that died: don't wait for what is still being drawn
            pool.shutdown(wait=False, cancel_futures=True)
            for child in multiprocessing.active_children():
                child.terminate()
            raise
    return [_pdf(outcome) for outcome in outcomes]


def _pdf(outcome: Outcome) -> Pdf:
    """The PDF, or the error the worker met."""
    if isinstance(outcome, Pdf):
        return outcome
    kind, found = outcome
    raise kind(found)


def _export(document: Document) -> Outcome:
    """In a worker: the PDF, or why there is none."""
    try:
        return to_pdf(*document)
    except DocgenError as error:
        return type(error), error.diagnostics


def _quiet() -> None:
    """In a worker: Ctrl-C is the first process's business."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _processors() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
