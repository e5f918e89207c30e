"""What a folder holds, compared with the manifest in it."""

from __future__ import annotations

import hashlib
import os
import stat
from dataclasses import dataclass
from typing import TYPE_CHECKING

from docgen.diagnostics.model import OutputError
from docgen.manifest import FILE_NAME, Manifest

if TYPE_CHECKING:
    from pathlib import Path

_BLOCK = 1 << 20
_MAX_MANIFEST = 20 << 20
# What file managers leave in any folder they show.
_LITTER = frozenset({".DS_Store", "Thumbs.db", "desktop.ini"})
# The files by which Word, WPS and LibreOffice mark a document as open.
_OPEN_MARKS = ("~$", ".~")


@dataclass(frozen=True, slots=True)
class Contents:
    """A folder against its manifest.

    `edited` are files of the manifest with other content, `removed` those that are gone, `foreign` the ones docgen
    didn't make, `open_marks` the files by which a word processor says that it has a document open. `manifest` is None
    when there is none, or none that docgen wrote.
    """

    manifest: Manifest | None
    edited: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    foreign: tuple[str, ...] = ()
    open_marks: tuple[str, ...] = ()

    @property
    def untouched(self) -> bool:
        """Whether nothing in the folder is a person's work."""
        return not (self.edited or self.foreign or self.open_marks)

    @property
    def whole(self) -> bool:
        """Whether the folder is just as docgen published it."""
        return self.manifest is not None and self.untouched and not self.removed


def inspect(folder: Path) -> Contents:
    """What the folder holds; OSError when it can't be read."""
    names = {entry.name for entry in os.scandir(folder)} - _LITTER
    marks = {name for name in names if name.startswith(_OPEN_MARKS)}
    names -= marks
    manifest = read_manifest(folder)
    if manifest is None:
        return Contents(None, foreign=tuple(sorted(names)), open_marks=tuple(sorted(marks)))
    names.discard(FILE_NAME)
    expected = {output.name: output.sha256 for output in manifest.outputs}
    return Contents(
        manifest,
        edited=tuple(sorted(name for name in expected.keys() & names if digest(folder / name) != expected[name])),
        removed=tuple(sorted(expected.keys() - names)),
        foreign=tuple(sorted(names - expected.keys())),
        open_marks=tuple(sorted(marks)),
    )


def digest(file: Path) -> str:
    """The SHA-256 of a regular file; empty for anything else, a link included."""
    opened = _open_regular(file)
    if opened is None:
        return ""
    value = hashlib.sha256()
    with os.fdopen(opened, "rb") as stream:
        while block := stream.read(_BLOCK):
            value.update(block)
    return value.hexdigest()


def read_manifest(folder: Path) -> Manifest | None:
    """The manifest in the folder; None when there is none, or none that docgen wrote."""
    file = folder / FILE_NAME
    try:
        opened = _open_regular(file)
    except FileNotFoundError:
        return None
    if opened is None:
        return None
    with os.fdopen(opened, "rb") as stream:
        data = stream.read(_MAX_MANIFEST)
    try:
        return Manifest.from_json(data.decode("utf-8"), str(file))
    except (UnicodeDecodeError, OutputError):
        return None


def _open_regular(file: Path) -> int | None:
    """An open descriptor, or None for what is no regular file; a pipe doesn't hang the run."""
    if not stat.S_ISREG(file.lstat().st_mode):
        return None
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    return os.open(file, flags)
