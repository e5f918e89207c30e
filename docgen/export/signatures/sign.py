"""One signature field of a PDF signed with a certificate: PAdES baseline B (ETSI EN 319 142-1), SHA-256.

Signing is not repeatable: time and signature differ each time. It is therefore a step after the build, never part of
it. What is signed is appended to the file; the bytes that were built stay as they were.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from docgen.diagnostics import Diagnostic, ExportError, InputError, Place, SetupError, Severity

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime


@dataclass(frozen=True, slots=True)
class Credentials:
    """A PKCS #12 file (.p12, .pfx) with key and certificates; `display` names it in messages."""

    data: bytes
    passphrase: bytes
    display: str


@dataclass(frozen=True, slots=True)
class SignatureField:
    """A signature field of a PDF: its name, its label, whether it is signed."""

    name: str
    label: str
    signed: bool


def require_signing() -> None:
    """`SetupError` when pyHanko, the extra `sign`, is not installed."""
    try:
        import pyhanko  # noqa: PLC0415 — only signing and verifying need it
    except ImportError as fault:
        raise SetupError([Diagnostic("X120", Severity.ERROR)]) from fault
    del pyhanko


def read_fields(data: bytes, display: str) -> tuple[SignatureField, ...]:
    """The signature fields of a PDF in the order they stand in it; `ExportError` for a file that can't be read."""
    require_signing()
    from pyhanko.sign.fields import enumerate_sig_fields  # noqa: PLC0415 — same

    reader = open_pdf(data, display)
    found = []
    for name, value, reference in enumerate_sig_fields(reader):
        label = str(reference.get_object().get("/TU", ""))
        found.append(SignatureField(name, label, value is not None))
    return tuple(found)


def open_pdf(data: bytes, display: str) -> Any:  # noqa: ANN401 — pyHanko loads only when it is used
    """PyHanko's reader of a PDF that isn't encrypted."""
    from pyhanko.pdf_utils.misc import PdfError  # noqa: PLC0415 — only signing and verifying need it
    from pyhanko.pdf_utils.reader import PdfFileReader  # noqa: PLC0415 — same

    try:
        reader = PdfFileReader(io.BytesIO(data))
        encrypted = reader.encrypted
        _ = reader.root
    except (PdfError, ValueError, KeyError, IndexError, TypeError, RecursionError) as fault:
        raise ExportError([Diagnostic("X124", Severity.ERROR, Place(display))]) from fault
    if encrypted:
        raise ExportError([Diagnostic("X124", Severity.ERROR, Place(display), notes=("encrypted",))])
    return reader


def sign_field(  # noqa: PLR0913 — what a signature consists of
    data: bytes, display: str, name: str, credentials: Credentials, at: datetime, *, seal: bytes | None = None
) -> bytes:
    """The PDF with the field `name` signed; `at` is the time the certificate must be valid at, usually now.

    `seal` is an image (PNG, JPEG) drawn in the field, without which the signature shows nothing on the page. An
    unknown or signed field raises `ExportError`, an unreadable certificate or image `InputError`.
    """
    fields = read_fields(data, display)
    _check_field(fields, name, display)
    signer = _signer(credentials, at)
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter  # noqa: PLC0415 — only signing needs it
    from pyhanko.sign import PdfSignatureMetadata, PdfSigner  # noqa: PLC0415 — same
    from pyhanko.sign.fields import SigSeedSubFilter  # noqa: PLC0415 — same

    meta = PdfSignatureMetadata(field_name=name, md_algorithm="sha256", subfilter=SigSeedSubFilter.PADES)
    pdf_signer = PdfSigner(meta, signer, stamp_style=_appearance(seal, display))
    out = io.BytesIO()
    pdf_signer.sign_pdf(IncrementalPdfFileWriter(io.BytesIO(data)), existing_fields_only=True, output=out)
    return out.getvalue()


def _check_field(fields: Sequence[SignatureField], name: str, display: str) -> None:
    found = next((field for field in fields if field.name == name), None)
    if found is None:
        free = "、".join(field.name for field in fields if not field.signed) or "—"
        args = {"field": name, "free": free}
        raise ExportError([Diagnostic("X122", Severity.ERROR, Place(display), args)])
    if found.signed:
        raise ExportError([Diagnostic("X123", Severity.ERROR, Place(display), {"field": name})])


def _signer(credentials: Credentials, at: datetime) -> Any:  # noqa: ANN401 — pyHanko loads only when it is used
    from pyhanko.sign.signers import SimpleSigner  # noqa: PLC0415 — only signing needs it

    try:
        signer = SimpleSigner.load_pkcs12_data(credentials.data, (), credentials.passphrase)
    except (ValueError, TypeError, OSError) as fault:
        raise InputError([Diagnostic("X121", Severity.ERROR, Place(credentials.display))]) from fault
    certificate = signer.signing_cert if signer is not None else None
    if certificate is None:
        raise InputError([Diagnostic("X121", Severity.ERROR, Place(credentials.display))])
    term = certificate["tbs_certificate"]["validity"]
    begin, end = term["not_before"].native, term["not_after"].native
    if not begin <= at <= end:
        args = {"begin": f"{begin:%Y-%m-%d}", "end": f"{end:%Y-%m-%d}"}
        raise InputError([Diagnostic("X125", Severity.ERROR, Place(credentials.display), args)])
    return signer


def _appearance(seal: bytes | None, display: str) -> Any:  # noqa: ANN401 — same
    """What the signed field shows: the seal over its whole height, or nothing."""
    from pyhanko.stamp import NoOpStampStyle, StaticStampStyle  # noqa: PLC0415 — same

    if seal is None:
        return NoOpStampStyle()
    from PIL import Image, UnidentifiedImageError  # noqa: PLC0415 — same
    from pyhanko.pdf_utils.images import PdfImage  # noqa: PLC0415 — same

    try:
        image = Image.open(io.BytesIO(seal))
        image.load()
    except (UnidentifiedImageError, OSError, ValueError, Image.DecompressionBombError) as fault:
        raise InputError([Diagnostic("X126", Severity.ERROR, Place(display))]) from fault
    return StaticStampStyle(border_width=0, background=PdfImage(image), background_opacity=1)
