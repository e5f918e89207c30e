"""One document exported by docgen and compared with its reference."""

from __future__ import annotations

import signal
import time
from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from docgen.diagnostics import DocgenError
from docgen.export.compare import Agreement, Bar, Zones, compare, zones_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from docgen.diagnostics import Diagnostic

SECONDS = 120
# Documents and measures in which LibreOffice 7.4 is not what Word does, and why.
EXCUSED = {
    ("sections.docx", "headers"): "LibreOffice counts a blank page of its own where the numbering restarts: "
    "共 4 页 where Word has three"
}


@dataclass(frozen=True)
class Job:
    """A document, the PDF it is compared with, and the folder that takes what is made of it."""

    name: str
    docx: bytes
    reference: Path
    folder: Path
    worst: int = 0


@dataclass(frozen=True)
class Outcome:
    """What came of a document: its agreement, or the failure; what docgen reported; how long it took."""

    name: str
    agreement: Agreement | None
    lines: int
    failure: str
    reported: tuple[str, ...]
    seconds: float

    @property
    def shortfalls(self) -> tuple[str, ...]:
        """The measures that fall short of the bar, but for those in which LibreOffice is known to be wrong."""
        if self.agreement is None:
            return ("no PDF",)
        return tuple(name for name in Bar().shortfalls(self.agreement) if (self.name, name) not in EXCUSED)

    @property
    def excuses(self) -> tuple[str, ...]:
        """Why LibreOffice's PDF is no reference in some measure that falls short."""
        short = () if self.agreement is None else Bar().shortfalls(self.agreement)
        return tuple(EXCUSED[self.name, name] for name in short if (self.name, name) in EXCUSED)


class _TookTooLong(BaseException):
    """A document's time is up."""


def work(job: Job) -> Outcome:
    """Export and compare one document; no failure of one stops the others."""
    started = time.monotonic()
    reference = job.reference.read_bytes()
    zones = _zones(job)
    lines = compare(reference, reference, zones, display=("", "")).lines
    agreement: Agreement | None = None
    failure, reported = "", tuple[str, ...]()
    try:
        with _time_limit(SECONDS):
            from docgen.export import to_pdf  # noqa: PLC0415 — imported when this process has its own fonts

            pdf = to_pdf(job.docx, job.name)
        reported = _codes(pdf.diagnostics)
        _keep(job, pdf.data)
        agreement = compare(reference, pdf.data, zones, display=("reference", job.name), worst=job.worst)
    except DocgenError as fault:
        failure, reported = "refused", _codes(fault.diagnostics)
    except _TookTooLong:
        failure = f"not done in {SECONDS} seconds"
    except Exception as fault:  # noqa: BLE001 — a crash is a result to be printed like any other
        failure = f"crashed: {type(fault).__name__}: {fault}"[:80]
    return Outcome(job.name, agreement, lines, failure, reported, time.monotonic() - started)


def _zones(job: Job) -> Zones:
    """Where the headers stand; the usual margins for a document that isn't let in."""
    try:
        return zones_of(job.docx, job.name)
    except DocgenError:
        return Zones()


def _keep(job: Job, data: bytes) -> None:
    """Leave document and both PDFs where a person can look at them."""
    target = job.folder / job.name
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(job.docx)
    target.with_suffix(".pdf").write_bytes(data)
    target.with_suffix(".reference.pdf").write_bytes(job.reference.read_bytes())


def _codes(found: Iterable[Diagnostic]) -> tuple[str, ...]:
    """Each kind of finding with its feature, and how often; fonts that stand in as declared are no news."""
    counts = Counter(
        f"{one.code} {one.args.get('feature', '')}".rstrip() for one in found if one.code not in {"X010", "X012"}
    )
    return tuple(f"{text} ×{count}" if count > 1 else text for text, count in sorted(counts.items()))


@contextmanager
def _time_limit(seconds: int) -> Iterator[None]:
    """Raise when the block isn't done in time."""

    def stop(_number: int, _frame: object) -> None:
        raise _TookTooLong(seconds)

    former = signal.signal(signal.SIGALRM, stop)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, former)
