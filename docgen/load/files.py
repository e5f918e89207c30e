"""Reads an input file as text, or says in plain words why that can't be done."""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING, NoReturn

from docgen.diagnostics import Diagnostic, InputError, Place, Severity

if TYPE_CHECKING:
    from pathlib import Path

MAX_BYTES = 2_000_000
_UTF8_BOM = b"\xef\xbb\xbf"
_UTF16_BOMS = (b"\xff\xfe", b"\xfe\xff")
_OTHER_KINDS = {  # first bytes of files that are often named by mistake
    b"PK\x03\x04": "Word/Excel/WPS (.docx, .xlsx, .zip)",
    b"\xd0\xcf\x11\xe0": "Word/Excel/WPS (.doc, .xls, .wps)",
    b"%PDF": "PDF",
}


def read_text(path: str | Path, encoding: str | None = None) -> str:
    """The text of a regular file of at most 2 MB, without its byte order mark.

    Without `encoding` the file has to be UTF-8. Raises InputError (U codes), also when the bytes
    don't fit the encoding: a guess would print wrong characters in a contract.
    """
    return read_file(path, encoding)[0]


def read_file(path: str | Path, encoding: str | None = None) -> tuple[str, bytes]:
    """The text that `read_text` gives, and the bytes it was read from."""
    source = os.fspath(path)
    data = _read_bytes(source)
    for magic, kind in _OTHER_KINDS.items():
        if data.startswith(magic):
            _refuse("U009", source, kind=kind)
    return _decode(data, source, encoding), data


def _read_bytes(source: str) -> bytes:
    """The content; a device, pipe or folder is never read (opening doesn't block)."""
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)
    try:
        if os.path.isdir(source):  # noqa: PTH112 — Windows can't open a folder to look at it, and `source` is text
            _refuse("U002", source)
        handle = os.open(source, flags)
    except (FileNotFoundError, NotADirectoryError):
        _refuse("U001", source)
    except PermissionError:
        _refuse("U004", source)
    except (OSError, ValueError) as error:
        _refuse("U008", source, reason=_reason(error))
    try:
        status = os.fstat(handle)
        if not stat.S_ISREG(status.st_mode):
            _refuse("U003", source)
        if status.st_size > MAX_BYTES:
            _refuse("U005", source, size=f"{status.st_size / 1e6:.1f}", limit=f"{MAX_BYTES / 1e6:.0f}")
        return _read_all(handle, source)
    except OSError as error:
        _refuse("U008", source, reason=_reason(error))
    finally:
        os.close(handle)


def _read_all(handle: int, source: str) -> bytes:
    """Everything behind the handle; the size on the label may be wrong (files under /proc, files that grow)."""
    blocks: list[bytes] = []
    left = MAX_BYTES + 1
    while left and (block := os.read(handle, left)):
        blocks.append(block)
        left -= len(block)
    if not left:
        _refuse("U005", source, size=f"> {MAX_BYTES / 1e6:.0f}", limit=f"{MAX_BYTES / 1e6:.0f}")
    return b"".join(blocks)


def _decode(data: bytes, source: str, encoding: str | None) -> str:
    """The text of the bytes, strictly."""
    if encoding is None:
        if data.startswith(_UTF16_BOMS):
            _refuse("U006", source, encoding="UTF-8", likely="UTF-16", option="utf-16")
        try:
            return data.removeprefix(_UTF8_BOM).decode("utf-8")
        except UnicodeDecodeError as error:
            _refuse_bytes(data, error, source, "UTF-8")
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        _refuse_bytes(data, error, source, encoding)
    except UnicodeError as error:
        _refuse("U008", source, reason=str(error))
    except (LookupError, ValueError):
        _refuse("U007", source, encoding=encoding)
    if _is_utf8_after_all(data, text):
        _refuse("U010", source, encoding=encoding)
    return text.removeprefix("\ufeff")


def _is_utf8_after_all(data: bytes, text: str) -> bool:
    """Whether bytes read in another encoding are also good UTF-8: then the other reading is mojibake."""
    try:
        return data.removeprefix(_UTF8_BOM).decode("utf-8") != text.removeprefix("\ufeff")
    except UnicodeDecodeError:
        return False


def _refuse_bytes(data: bytes, error: UnicodeDecodeError, source: str, encoding: str) -> NoReturn:
    """Say where the first wrong byte stands and which encoding is more likely."""
    before = data[: error.start]
    line = before.count(b"\n") + 1
    args = {"encoding": encoding, "byte": f"0x{data[error.start]:02X}"}
    for option, name in (("utf-8", "UTF-8"), ("gb18030", "GBK/GB18030"), ("big5", "Big5")):
        if name != encoding and _fits(data, option):
            _refuse("U006", source, line, **args, likely=name, option=option)
    _refuse("U011", source, line, **args)


def _fits(data: bytes, encoding: str) -> bool:
    """Whether the bytes are text in the encoding, without control characters."""
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        return False
    return not any(ord(char) < 0x20 and char not in "\t\r\n" for char in text)  # noqa: PLR2004 — the C0 controls


def _reason(error: Exception) -> str:
    """The system's own words about a failed read."""
    return (error.strerror if isinstance(error, OSError) else None) or str(error)


def _refuse(code: str, source: str, line: int | None = None, **args: str) -> NoReturn:
    """Raise the InputError for one U code."""
    place = Place(source, line)
    raise InputError([Diagnostic(code, Severity.ERROR, place, {"path": source, **args})])
