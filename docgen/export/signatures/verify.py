"""What the signatures of a PDF are worth: unbroken, by whom, and whether anything was changed since."""

from __future__ import annotations

import logging
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from docgen.diagnostics import Diagnostic, InputError, Place, Severity
from docgen.export.signatures.sign import open_pdf, require_signing

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

_END = b"%%EOF"


@dataclass(frozen=True, slots=True)
class Signature:
    """One signature: who, by the certificate; when, by the signer's own clock; what it is worth.

    `intact`: what was signed is unchanged and the signature belongs to it. `covers_all`: it covers the file up to its
    end, or later additions are signatures only. `trusted`: the certificate leads to one of the given roots; None when
    none were given.
    """

    field: str
    signer: str
    issuer: str
    at: datetime | None
    intact: bool
    covers_all: bool
    trusted: bool | None

    @property
    def holds(self) -> bool:
        """Whether nothing speaks against it."""
        return self.intact and self.covers_all and self.trusted is not False


def verify(data: bytes, display: str, roots: Sequence[tuple[bytes, str]] = ()) -> tuple[Signature, ...]:
    """Every signature of a PDF, in the order they were made; none for a file without.

    `roots` are trusted certificates (PEM or DER) with the names they go by in messages. Nothing is fetched: revocation
    isn't asked for. `ExportError` for a file that can't be read, `InputError` for a root that can't.
    """
    require_signing()
    from pyhanko.sign.validation import validate_pdf_signature  # noqa: PLC0415 — only verifying needs it
    from pyhanko_certvalidator import ValidationContext  # noqa: PLC0415 — same

    reader = open_pdf(data, display)
    trusted = [_certificate(root, name) for root, name in roots]
    found = []
    for one in reader.embedded_regular_signatures:
        context = ValidationContext(trust_roots=trusted, allow_fetching=False)
        with _silence():
            found.append(_judge(one, validate_pdf_signature, context, asked=bool(trusted)))
    return tuple(found)


@contextmanager
def _silence() -> Iterator[None]:
    """PyHanko logs a traceback for each signer nobody vouches for; what it found is said in our findings."""
    logger = logging.getLogger("pyhanko")
    others = [one for name, one in logger.manager.loggerDict.items() if name.startswith("pyhanko")]
    heard = [one for one in others if isinstance(one, logging.Logger) and not one.disabled]
    for one in heard:
        one.disabled = True
    try:
        yield
    finally:
        for one in heard:
            one.disabled = False


def _judge(embedded: Any, validate: Any, context: Any, *, asked: bool) -> Signature:  # noqa: ANN401 — pyHanko loads only when used
    from pyhanko.pdf_utils.misc import PdfError  # noqa: PLC0415 — same
    from pyhanko.sign.diff_analysis import SuspiciousModification  # noqa: PLC0415 — same
    from pyhanko.sign.general import SigningError, ValueErrorWithMessage  # noqa: PLC0415 — same

    certificate = embedded.signer_cert
    names = certificate.subject.human_friendly, certificate.issuer.human_friendly
    at = embedded.self_reported_timestamp
    try:
        status = validate(embedded, signer_validation_context=context)
    except (PdfError, SuspiciousModification, SigningError, ValueErrorWithMessage, ValueError):
        return Signature(embedded.field_name, *names, at, intact=False, covers_all=False, trusted=None)
    intact = bool(status.intact and status.valid)
    allowed = status.docmdp_ok is not False and status.modification_level is not None
    level = getattr(status.modification_level, "name", "OTHER")
    covers = allowed and level in {"NONE", "LTA_UPDATES", "FORM_FILLING"}
    return Signature(
        embedded.field_name, *names, at, intact=intact, covers_all=covers, trusted=status.trusted if asked else None
    )


def _certificate(data: bytes, display: str) -> Any:  # noqa: ANN401 — same
    from asn1crypto import pem, x509  # noqa: PLC0415 — same

    try:
        der = pem.unarmor(data)[2] if pem.detect(data) else data
        found = x509.Certificate.load(der)
        _ = found.subject.human_friendly
    except (ValueError, TypeError) as fault:
        raise InputError([Diagnostic("X121", Severity.ERROR, Place(display))]) from fault
    return found


def revisions(data: bytes) -> list[bytes]:
    """The file as it stood after each of its revisions, the whole file last: signatures only append to a PDF."""
    found, at = [], data.find(_END)
    while at >= 0:
        end = at + len(_END)
        for newline in (b"\r\n", b"\n", b"\r"):
            if data.startswith(newline, end):
                end += len(newline)
                break
        found.append(data[:end])
        at = data.find(_END, end)
    return found if found and found[-1] == data else [*found, data]
