"""Files and their manifest → one folder, whole or not at all."""

from __future__ import annotations

import os
import shutil
import stat
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from docgen.diagnostics.model import Diagnostic, OutputError, Severity
from docgen.formats.file_names import safe_name, same_file
from docgen.manifest import FILE_NAME, Manifest, sha256
from docgen.output.carry import carried_over
from docgen.output.contents import Contents, inspect
from docgen.output.lock import locked
from docgen.output.place import OutputPlace, output_place, parents_of
from docgen.output.problems import explained, finding, listed
from docgen.output.renaming import exchange, rename, sync_folder

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import date
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Published:
    """The finished folder and what happened to the former one.

    `changed` is False when the folder held just this already and was left as it is; `backup` is where a person's
    work went; `diagnostics` are notes and warnings for that person.
    """

    folder: Path
    manifest: Manifest
    changed: bool
    backup: Path | None = None
    diagnostics: tuple[Diagnostic, ...] = ()


def publish(  # noqa: PLR0913 - the last four are options, named at every call
    files: Mapping[str, bytes],
    manifest: Manifest,
    out: Path,
    *,
    today: date,
    force: bool = False,
    only: Collection[str] = (),
) -> Published:
    """Make `out` the folder that holds these files and their manifest, in one step.

    `only` are the ids of the templates that were built: the other papers of a former folder of the same deal are
    carried over. `today` dates a backup. OutputError says why the folder was left as it was: a place that can't be
    one, files that a person made or changed (unless `force`: then they are moved to a backup), a document that is
    open, a full disk, …
    """
    _check(files, manifest, out)
    place = output_place(out)
    with explained(place.folder), parents_of(place), locked(place.lock, place.folder):
        notes = _mend(place, today)
        former = inspect(place.folder) if place.folder.exists() else None
        if former is not None:
            files, manifest, more = carried_over(place.folder, former, files, manifest, only)
            notes += more
            if former.whole and former.manifest is not None and former.manifest.to_json() == manifest.to_json():
                return Published(place.folder, manifest, changed=False, diagnostics=tuple(notes))
            _refuse(place.folder, former, manifest, force=force)
        backup = _replace(place, {**files, FILE_NAME: manifest.to_json().encode()}, today)
        if backup is not None:
            notes.append(finding("U110", place.folder, Severity.NOTE, backup=str(backup)))
    return Published(place.folder, manifest, changed=True, backup=backup, diagnostics=tuple(notes))


def _check(files: Mapping[str, bytes], manifest: Manifest, out: Path) -> None:
    """Refuse names that one system or another takes for the same file; the rest would be docgen's own mistake."""
    seen: dict[str, str] = {}
    for name in (*sorted(files), FILE_NAME):
        if safe_name(name) != name:
            raise ValueError(name)
        if (other := seen.setdefault(same_file(name), name)) != name or (name == FILE_NAME and name in files):
            raise OutputError([finding("U113", out, name=name, other=other)])
    if {name: sha256(data) for name, data in files.items()} != {one.name: one.sha256 for one in manifest.outputs}:
        message = "the manifest doesn't list the files"
        raise ValueError(message)


def _refuse(folder: Path, former: Contents, manifest: Manifest, *, force: bool) -> None:
    """Raise for what may not be replaced: open documents never, a person's work and other deals only by force."""
    found = []
    if former.open_marks:
        found.append(finding("U105", folder, name=listed(former.open_marks)))
    if not force:
        if former.foreign:
            found.append(finding("U102", folder, names=listed(former.foreign)))
        if former.edited:
            found.append(finding("U103", folder, names=listed(former.edited)))
        if former.manifest is not None and former.manifest.deal != manifest.deal:
            found.append(finding("U104", folder, other=former.manifest.deal, deal=manifest.deal))
    if found:
        raise OutputError(found)


def _replace(place: OutputPlace, files: Mapping[str, bytes], today: date) -> Path | None:
    """Write the files beside DIR and let them take its place; the backup, if the former folder went to one."""
    scratch = place.new_scratch()
    try:
        _write(scratch, files, place.folder)
        with explained(place.folder, moving=True):
            if not place.folder.exists():
                rename(scratch, place.folder)
                return None
            # The new set waits under the name for whole sets: after the exchange, the former one has that name, and
            # no run that comes later takes it for something to delete.
            rename(scratch, place.old)
            if not exchange(place.old, place.folder):
                rename(place.old, scratch)
                rename(place.folder, place.old)
                rename(scratch, place.folder)
            return _retire(place, today)
    except BaseException:
        # A full disk or Ctrl-C: DIR is the former folder or the new one, and nothing stays beside it.
        with suppress(OSError):
            _mend(place, today)
        raise


def _write(scratch: Path, files: Mapping[str, bytes], former: Path) -> None:
    """Write a folder to the disk; nobody else may look into it before it is done."""
    scratch.mkdir(0o755)
    mode = stat.S_IMODE((former if former.exists() else scratch).stat().st_mode)
    scratch.chmod(0o700)
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
    for name in sorted(files):
        with os.fdopen(os.open(scratch / name, flags, 0o644), "wb") as stream:
            stream.write(files[name])
            stream.flush()
            os.fsync(stream.fileno())
    scratch.chmod(mode | stat.S_IRWXU)
    sync_folder(scratch)


def _mend(place: OutputPlace, today: date) -> list[Diagnostic]:
    """Finish or undo what a killed run left: afterwards nothing of docgen's stands beside DIR but the lock."""
    notes = []
    if os.path.lexists(place.old):
        if not place.folder.exists():
            rename(place.old, place.folder)
            notes.append(finding("U111", place.folder, Severity.NOTE))
        elif (backup := _retire(place, today)) is not None:
            notes.append(finding("U110", place.folder, Severity.NOTE, backup=str(backup)))
    for scratch in place.scratches():
        _delete(scratch)
    return notes


def _retire(place: OutputPlace, today: date) -> Path | None:
    """Delete the former folder if a build can give it back; else move it to a backup, and return that."""
    former, now = inspect(place.old), inspect(place.folder)
    same_deal = former.manifest is None or (now.manifest is not None and now.manifest.deal == former.manifest.deal)
    if former.untouched and same_deal:
        # First a name that may always be deleted: half a folder must not look like a person's work.
        scratch = place.new_scratch()
        rename(place.old, scratch)
        with suppress(OSError):  # the new set stands; the next run deletes what is left of the former one
            _delete(scratch)
        return None
    backup = place.new_backup(today)
    rename(place.old, backup)
    return backup


def _delete(scratch: Path) -> None:
    """Delete a scratch folder; a link planted under its name is taken away, not followed."""
    if scratch.is_symlink() or not scratch.is_dir():
        scratch.unlink()
        return
    scratch.chmod(0o700)
    shutil.rmtree(scratch)
