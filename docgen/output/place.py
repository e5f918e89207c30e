"""Where a finished folder may stand, and the names docgen uses beside it."""

from __future__ import annotations

import os
import re
import secrets
import stat
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from docgen.diagnostics.model import Diagnostic, OutputError
from docgen.output.problems import explained, finding
from docgen.output.renaming import sync_folder

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date


@dataclass(frozen=True, slots=True)
class OutputPlace:
    """The output folder DIR by its full path, and its siblings."""

    folder: Path

    @property
    def parent(self) -> Path:
        """The folder in which everything happens."""
        return self.folder.parent

    @property
    def old(self) -> Path:
        """A whole set that is taking DIR's place or leaving it."""
        return self.parent / f".{self.folder.name}.docgen-old"

    @property
    def lock(self) -> Path:
        """The file that one docgen holds."""
        return self.parent / f".{self.folder.name}.docgen-lock"

    def new_scratch(self) -> Path:
        """An unused name for a folder that may always be deleted."""
        return self.parent / f".{self.folder.name}.docgen-{secrets.token_hex(4)}"

    def scratches(self) -> list[Path]:
        """The folders that runs left which were killed."""
        pattern = re.compile(re.escape(f".{self.folder.name}.docgen-") + "[0-9a-f]{8}")
        return [Path(entry.path) for entry in os.scandir(self.parent) if pattern.fullmatch(entry.name)]

    def new_backup(self, today: date) -> Path:
        """The first free `DIR.bak-YYYYMMDD-n`."""
        number = 1
        while os.path.lexists(backup := self.parent / f"{self.folder.name}.bak-{today:%Y%m%d}-{number}"):
            number += 1
        return backup


def output_place(out: Path) -> OutputPlace:
    """The place that a path names; OutputError for one where no set of papers may stand."""
    if out.name in {"", ".."}:
        raise _refused(out, "root" if out == Path(out.anchor) and out.anchor else "working")
    with explained(out):
        folder = out.parent.resolve() / out.name
        if (link := _link(folder)) is not None:
            raise _refused(folder, link)
        real = folder.resolve()
        if os.path.lexists(folder) and not folder.is_dir():
            raise _refused(folder, "file")
        for person, reason in ((Path.cwd(), "working"), (_home(), "home")):
            if person is not None and (real == person or real in person.parents):
                raise _refused(folder, reason)
        if folder.is_mount():
            raise _refused(folder, "mount")
    return OutputPlace(folder)


@contextmanager
def parents_of(place: OutputPlace) -> Iterator[None]:
    """Make the folders above DIR, and take away the ones made when what follows fails."""
    made: list[Path] = []
    absent = [folder for folder in (place.parent, *place.parent.parents) if not folder.is_dir()]
    try:
        for folder in reversed(absent):
            folder.mkdir()
            made.append(folder)
            sync_folder(folder.parent)
        yield
    except BaseException:
        for folder in reversed(made):
            with suppress(OSError):
                folder.rmdir()
        raise


def _link(folder: Path) -> str | None:
    """Whether the name is a link: a symbolic one, or a junction of Windows."""
    try:
        state = folder.lstat()
    except FileNotFoundError:
        return None
    junction = getattr(state, "st_reparse_tag", 0) == getattr(stat, "IO_REPARSE_TAG_MOUNT_POINT", -1)
    return "link" if stat.S_ISLNK(state.st_mode) or junction else None


def _home() -> Path | None:
    try:
        return Path.home().resolve()
    except RuntimeError:
        return None


def _refused(folder: Path, reason: str) -> OutputError:
    return OutputError([_with_note(finding("U101", folder), reason)])


def _with_note(diagnostic: Diagnostic, note: str) -> Diagnostic:
    return replace(diagnostic, notes=(note,))
