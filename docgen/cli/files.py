"""Files that commands read and write for people: nothing is written over what is there, unless it was asked for."""

from __future__ import annotations

import os
from contextlib import suppress
from typing import TYPE_CHECKING

from docgen.cli.console import WrongUseError
from docgen.diagnostics import Diagnostic, InputError, Place, Severity

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


MAX_MEGABYTES = 100  # of a document or PDF: far above any contract, and a bound on memory


def read_file(path: Path) -> bytes:
    """The content of a regular file; InputError for what is none, or is too large to be a document."""
    if not path.is_file():
        code = "U002" if path.is_dir() else "U003" if path.exists() else "U001"
        raise InputError([Diagnostic(code, Severity.ERROR, Place(str(path)), {"path": str(path)})])
    if path.stat().st_size > MAX_MEGABYTES * 1_000_000:
        args = {"what": "MB", "limit": str(MAX_MEGABYTES)}
        raise InputError([Diagnostic("X004", Severity.ERROR, Place(str(path)), args)])
    return path.read_bytes()


def write_new(path: Path, data: bytes) -> None:
    """Write a file that isn't there yet, whole or not at all; WrongUseError when it is there."""
    scratch = path.with_name(f".{path.name}.docgen-{os.getpid()}")
    if os.path.lexists(path):
        raise exists(path)
    try:
        with scratch.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(scratch, path)  # unlike a rename, never over a file that came into being meanwhile
        except FileExistsError:
            raise exists(path) from None
        except OSError:  # a file system without links
            scratch.rename(path)
    finally:
        with suppress(OSError):
            scratch.unlink()


def write_over(path: Path, data: bytes) -> None:
    """Write a file whole or not at all, in the place of the one that is there."""
    scratch = path.with_name(f".{path.name}.docgen-{os.getpid()}-new")
    write_new(scratch, data)
    try:
        scratch.replace(path)
    finally:
        with suppress(OSError):
            scratch.unlink()


def write_folder(folder: Path, files: Mapping[str, bytes]) -> None:
    """Make a folder that isn't there yet, with its files; WrongUseError when it is there."""
    if os.path.lexists(folder):
        raise exists(folder)
    folder.parent.mkdir(parents=True, exist_ok=True)
    scratch = folder.with_name(f".{folder.name}.docgen-{os.getpid()}")
    try:
        scratch.mkdir()
        for name, data in files.items():
            (scratch / name).write_bytes(data)
        scratch.rename(folder)
    finally:
        if scratch.exists():
            for left in scratch.iterdir():
                left.unlink()
            scratch.rmdir()


def exists(path: Path) -> WrongUseError:
    """The refusal to write over something."""
    return WrongUseError([Diagnostic("U026", Severity.ERROR, Place(str(path)), {"file": str(path)})])
