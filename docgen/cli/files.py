"""Files that commands write for people: never over something that is there."""

from __future__ import annotations

import os
from contextlib import suppress
from typing import TYPE_CHECKING

from docgen.cli.console import WrongUseError
from docgen.diagnostics import Diagnostic, Place, Severity

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


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
