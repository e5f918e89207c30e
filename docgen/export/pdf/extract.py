"""The deal file taken out of a PDF again, byte for byte."""

from __future__ import annotations

import io
import zlib
from hashlib import md5
from typing import TYPE_CHECKING, NoReturn

from docgen.diagnostics import Diagnostic, ExportError, Place, SetupError, Severity
from docgen.export.pdf.attach import NAME, RELATION

if TYPE_CHECKING:
    import pikepdf

MAX_DEAL = 2_000_000
"""What a deal file may hold, in bytes; more is never unpacked."""
_HEAD = b"%PDF-"
_HEAD_WITHIN = 1024


def extract(pdf: bytes, display: str) -> bytes:
    """The deal file that `attach` put into the PDF; nothing in the PDF is drawn, run or followed.

    `display` names the file in diagnostics. Raises `ExportError` for what is no PDF, is damaged or locked, holds no
    deal file or several, or holds one that docgen never wrote; `SetupError` when pikepdf isn't installed.
    """
    if _HEAD not in pdf[:_HEAD_WITHIN]:
        _refuse("X090", display)
    try:
        import pikepdf  # noqa: PLC0415 — building papers doesn't need it
    except ImportError as fault:
        raise SetupError([Diagnostic("X006", Severity.ERROR, args={"module": "pikepdf"})]) from fault
    try:
        with pikepdf.open(io.BytesIO(pdf)) as opened:
            if opened.is_encrypted:
                _refuse("X091", display)
            return _deal(opened, display)
    except pikepdf.PasswordError:
        _refuse("X091", display)
    except (pikepdf.PdfError, ValueError, TypeError, KeyError, AttributeError, RecursionError, zlib.error):
        _refuse("X092", display)


def _deal(pdf: pikepdf.Pdf, display: str) -> bytes:
    """The one file attached as the source."""
    listed = enumerate([*_associated(pdf), *_listed(pdf)])
    found = {spec.objgen if spec.is_indirect else (0, at): spec for at, spec in listed}
    sources = [spec for spec in found.values() if spec.get("/AFRelationship") == f"/{RELATION}"]
    if not sources:
        _refuse("X093", display)
    if len(sources) > 1:
        _refuse("X094", display, count=str(len(sources)))
    name = str(sources[0].get("/UF", sources[0].get("/F", "")))
    if name != NAME:
        _refuse("X095", display, name=name[:80])
    stream = sources[0].EF.F
    if stream.get("/Filter") != "/FlateDecode" or "/DecodeParms" in stream:
        _refuse("X092", display)
    unpacked = zlib.decompressobj()
    data = unpacked.decompress(stream.read_raw_bytes(), MAX_DEAL + 1)
    if len(data) > MAX_DEAL:
        _refuse("X096", display, limit=f"{MAX_DEAL / 1e6:.0f}")
    checksum = bytes(stream.Params.CheckSum)
    if not unpacked.eof or checksum != md5(data, usedforsecurity=False).digest():
        _refuse("X092", display)
    return data


def _associated(pdf: pikepdf.Pdf) -> list[pikepdf.Object]:
    """The files associated with the document."""
    return list(pdf.Root.get("/AF", []))


def _listed(pdf: pikepdf.Pdf) -> list[pikepdf.Object]:
    """The files in the list that viewers show."""
    return [spec.obj for spec in pdf.attachments.values()]


def _refuse(code: str, display: str, **args: str) -> NoReturn:
    raise ExportError([Diagnostic(code, Severity.ERROR, Place(display), {"file": display, **args})])
