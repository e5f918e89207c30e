"""A firm's own fonts: folders that are searched before the system's, without anything being installed."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from docgen.diagnostics import Diagnostic, Place, SetupError, Severity
from docgen.export.fonts import faces, fontconfig
from docgen.export.fonts.fontfile import open_font

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_SUFFIXES = frozenset((".ttf", ".otf", ".ttc", ".otc"))


def use_font_folders(folders: Sequence[Path]) -> tuple[Diagnostic, ...]:
    """Search these folders first from now on, in this process; the files in them that are no fonts, as warnings.

    Raises `SetupError` for a folder that doesn't exist, can't be read or holds no usable font.
    """
    chosen = tuple(Path(os.path.abspath(folder)) for folder in folders)  # noqa: PTH100 — links stay as they are named
    problems = [found for folder in chosen if (found := _unusable(folder)) is not None]
    if problems:
        raise SetupError(problems)
    fontconfig.use_folders(chosen)
    faces.forget()
    if not chosen:
        return ()
    # fontconfig knows a file before anybody could draw with it: both must be able to read it
    usable = {found.path for found in fontconfig.installed() if open_font(found.path, found.index) is not None}
    warnings: list[Diagnostic] = []
    for folder in chosen:
        files = list(_font_files(folder))
        bad = [file for file in files if os.fspath(file) not in usable]
        if len(bad) == len(files):
            problems.append(_finding("X111", Severity.ERROR, folder))
        warnings += [_finding("X112", Severity.WARNING, file) for file in bad]
    if problems:
        fontconfig.use_folders(())
        faces.forget()
        raise SetupError([*problems, *warnings])
    return tuple(warnings)


def _unusable(folder: Path) -> Diagnostic | None:
    if not folder.exists():
        return _finding("X110", Severity.ERROR, folder, "missing")
    if not folder.is_dir():
        return _finding("X110", Severity.ERROR, folder, "file")
    if not os.access(folder, os.R_OK | os.X_OK):
        return _finding("X110", Severity.ERROR, folder, "denied")
    return None


def _finding(code: str, severity: Severity, path: Path, *notes: str) -> Diagnostic:
    return Diagnostic(code, severity, Place(str(path)), {"path": str(path)}, notes=notes)


def _font_files(folder: Path) -> Iterator[Path]:
    """The files below a folder that look like fonts by their names."""
    for root, _, names in os.walk(folder):
        for name in sorted(names):
            if Path(name).suffix.lower() in _SUFFIXES:
                yield Path(root, name)


def contents() -> list[str]:
    """Every file of the folders in use with its size and time: what may change a PDF."""
    found: list[str] = []
    for folder in fontconfig.folders():
        for file in _font_files(folder):
            status = file.stat()
            found.append(f"{file} {status.st_size} {status.st_mtime_ns}")
    return found
