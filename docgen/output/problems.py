"""What a person reads when the system says no."""

from __future__ import annotations

import errno
from contextlib import contextmanager
from typing import TYPE_CHECKING

from docgen.diagnostics.model import Diagnostic, OutputError, Place, Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

_FULL = {errno.ENOSPC, errno.EDQUOT}
_FORBIDDEN = {errno.EACCES, errno.EPERM, errno.EROFS}
_BUSY = {errno.EBUSY, errno.ETXTBSY}
_SHARING_VIOLATIONS = {32, 33}  # Windows: another program holds the file
_ACCESS_DENIED = 5  # Windows: also the answer when a folder with an open file is to be renamed
_NAMES_SHOWN = 5


def finding(code: str, folder: Path, severity: Severity = Severity.ERROR, **args: str) -> Diagnostic:
    """A diagnostic about the output folder; `{folder}` is its path."""
    return Diagnostic(code, severity, Place(str(folder)), {"folder": str(folder), **args})


def listed(names: Iterable[str]) -> str:
    """The first names of a list, and how many there are when some are left out."""
    every = sorted(names)
    shown = "、".join(every[:_NAMES_SHOWN])
    return f"{shown} …({len(every)})" if len(every) > _NAMES_SHOWN else shown


@contextmanager
def explained(folder: Path, *, moving: bool = False) -> Iterator[None]:
    """Raise an OutputError for what the system refuses; `moving` is the step that renames whole folders."""
    try:
        yield
    except OSError as error:
        raise OutputError([_of_system(error, folder, moving=moving)]) from error


def _of_system(error: OSError, folder: Path, *, moving: bool) -> Diagnostic:
    windows = getattr(error, "winerror", None)
    file = str(error.filename or folder)
    if windows in _SHARING_VIOLATIONS or (moving and windows == _ACCESS_DENIED) or error.errno in _BUSY:
        return finding("U105", folder, name=file)
    if error.errno in _FULL:
        return finding("U107", folder)
    if error.errno in _FORBIDDEN:
        return finding("U108", folder)
    return finding("U109", folder, reason=errno.errorcode.get(error.errno or 0, type(error).__name__), file=file)
