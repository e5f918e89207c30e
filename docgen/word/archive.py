"""The ZIP container: its parts unpacked under limits, before anything looks into them."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from typing import TYPE_CHECKING

from docgen.diagnostics import Diagnostic, TemplateError
from docgen.word.package import finding

if TYPE_CHECKING:
    from collections.abc import Iterable

MAX_PACKED = 20_000_000
MAX_UNPACKED = 100_000_000
MAX_PARTS = 2_000
MAX_RATIO = 100
RATIO_FROM = 100_000  # below this size a part may be packed as tightly as it likes

_CHUNK = 1 << 16
_OLE2 = bytes.fromhex("d0cf11e0a1b11ae1")
_LOCAL_HEADER = b"PK\x03\x04"
_CENTRAL_HEADER = b"PK\x01\x02"
_ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")
_OTHER_KINDS = (
    (b"{\\rtf", "rtf"),
    (b"%PDF", "pdf"),
    (b"<!DOCTYPE html", "html"),
    (b"<html", "html"),
    (b"<?xml", "xml"),
)
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    NotImplementedError,
    OSError,
    OverflowError,
    UnicodeDecodeError,
    ValueError,
)


def unpack(data: bytes, display: str) -> dict[str, bytes]:
    """The parts of the file by name, in the file's order; TemplateError with every reason why they can't be had."""
    _check_kind(data, display)
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except _BROKEN as error:
        raise TemplateError([finding("T006", display, reason=_reason(error))]) from None
    with archive:
        entries = [entry for entry in archive.infolist() if not (entry.is_dir() and entry.file_size == 0)]
        problems = _check_entries(entries, display)
        if problems:
            raise TemplateError(problems)
        return _read_all(archive, entries, display)


def _check_kind(data: bytes, display: str) -> None:
    """Refuse what is no ZIP file, or too large a one, from its bytes alone."""
    problem = None
    if not data:
        problem = finding("T001", display)
    elif data.startswith(_OLE2):
        problem = finding("T003" if _ENCRYPTED_STREAM in data else "T004", display)
    elif len(data) > MAX_PACKED:
        problem = finding("T002", display, size=_megabytes(len(data)), limit=_megabytes(MAX_PACKED))
    elif not data.startswith(_LOCAL_HEADER):
        start = data[:64].lstrip(b"\xef\xbb\xbf \r\n\t").lower()
        kind = next((kind for magic, kind in _OTHER_KINDS if start.startswith(magic.lower())), "unknown")
        problem = finding("T005", display, notes=(kind,))
    elif data.count(_CENTRAL_HEADER) > MAX_PARTS:  # counted before zipfile makes an object of each
        problem = finding("T008", display, count=str(data.count(_CENTRAL_HEADER)), limit=str(MAX_PARTS))
    if problem is not None:
        raise TemplateError([problem])


def _check_entries(entries: list[zipfile.ZipInfo], display: str) -> list[Diagnostic]:
    """What the directory of the archive alone shows to be wrong."""
    problems: list[Diagnostic] = []
    seen: dict[str, str] = {}
    for entry in entries:
        name = entry.orig_filename  # `filename` is cut at a NUL and has its separators changed
        if entry.flag_bits & 0x1:
            problems.append(finding("T003", display, name))
        if not _is_safe(name):
            problems.append(finding("T010", display, part=ascii(name)[1:-1]))
        if name.lower() in seen:
            problems.append(finding("T009", display, part=name, other=seen[name.lower()]))
        seen.setdefault(name.lower(), name)
    unpacked = sum(entry.file_size for entry in entries)
    if unpacked > MAX_UNPACKED:
        problems.append(finding("T007", display, limit=_megabytes(MAX_UNPACKED), notes=("total",)))
    return problems


def _is_safe(name: str) -> bool:
    """Whether a part name stays inside the package on every system and in every program."""
    steps = name.split("/")
    return (
        name.isprintable()
        and not any(sign in name for sign in '\\:*?"<>|')
        and all(step not in {"", ".", ".."} and not step.endswith((" ", ".")) for step in steps)
    )


def _read_all(archive: zipfile.ZipFile, entries: Iterable[zipfile.ZipInfo], display: str) -> dict[str, bytes]:
    """Every part, counted while it is unpacked: the sizes that the file declares are not believed."""
    parts: dict[str, bytes] = {}
    left = MAX_UNPACKED
    for entry in entries:
        try:
            content = _read(archive, entry, left)
        except RuntimeError:  # zipfile's word for a part that needs a password
            raise TemplateError([finding("T003", display, entry.filename)]) from None
        except _BROKEN as error:
            raise TemplateError([finding("T006", display, entry.filename, reason=_reason(error))]) from None
        if content is None:
            limit = _megabytes(MAX_UNPACKED)
            raise TemplateError([finding("T007", display, entry.filename, limit=limit, notes=("part",))])
        left -= len(content)
        parts[entry.filename] = content
    return parts


def _read(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, left: int) -> bytes | None:
    """The content of one part, None when it grows beyond `left` or beyond the ratio."""
    limit = min(left, max(RATIO_FROM, entry.compress_size * MAX_RATIO))
    content = bytearray()
    with archive.open(entry) as stream:
        while chunk := stream.read(_CHUNK):
            content += chunk
            if len(content) > limit:
                return None
    return bytes(content)


def _reason(error: Exception) -> str:
    """The kind of damage, in the library's words."""
    return str(error) or type(error).__name__


def _megabytes(size: int) -> str:
    return f"{size / 1_000_000:.0f} MB"
