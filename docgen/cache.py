"""What docgen worked out before, kept in one folder that only its owner can write; without it everything is slower.

**Why so careful.** Cached templates hold compiled code. So nothing is read from a folder or file that somebody else
owns or can write, and every entry carries a checksum: a damaged one is as good as none.
"""

from __future__ import annotations

import os
import stat
import sys
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_MAGIC: Final = b"docgen-cache-1\n"
_DIGEST: Final = 32  # bytes of a SHA-256
_LARGEST: Final = 64 * 1024 * 1024
_MOST_ENTRIES: Final = 600
_NO_FOLLOW: Final = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0)


def cache_folder(environ: Mapping[str, str], platform: str = sys.platform) -> Path | None:
    r"""The folder of the cache by the system's custom; None when the environment names no place for the user's files.

    `$XDG_CACHE_HOME/docgen`, else `~/.cache/docgen`; on Windows `%LOCALAPPDATA%\docgen\cache`.
    """
    below: tuple[str, ...]
    if platform == "win32":
        base, below = environ.get("LOCALAPPDATA", ""), ("docgen", "cache")
    elif environ.get("XDG_CACHE_HOME", "").startswith("/"):
        base, below = environ["XDG_CACHE_HOME"], ("docgen",)
    else:
        base, below = environ.get("HOME", ""), (".cache", "docgen")
    return Path(base, *below) if base and Path(base).is_absolute() else None


class Cache:
    """Entries by name and key. Whatever the system refuses is as if nothing were cached."""

    def __init__(self, folder: Path | None, stamp: bytes = b"") -> None:
        """`stamp` says by which program entries were made: another one doesn't find them. None caches nothing."""
        self._folder = folder if folder is not None and _ours(folder) else None
        self._stamp = stamp

    @property
    def folder(self) -> Path | None:
        """The folder in use; None when there is none that may be trusted."""
        return self._folder

    def get(self, name: str, key: bytes) -> bytes | None:
        """What was put under this name and key; None when it isn't there, or isn't as it was put."""
        if self._folder is None:
            return None
        try:
            handle = os.open(self._folder / self._entry(name, key), os.O_RDONLY | _NO_FOLLOW)
        except OSError:
            return None
        with os.fdopen(handle, "rb") as file:
            if not _private(os.fstat(handle), stat.S_ISREG):
                return None
            data = file.read(_LARGEST)
        head = len(_MAGIC) + _DIGEST
        content = data[head:]
        return content if data[:head] == _MAGIC + sha256(content).digest() else None

    def put(self, name: str, key: bytes, content: bytes) -> None:
        """Keep the content; a full disk or a read-only folder is no problem of the user's."""
        if self._folder is None:
            return
        target = self._folder / self._entry(name, key)
        scratch = self._folder / f"{target.name}.{os.getpid()}"
        with suppress(OSError):
            try:
                handle = os.open(scratch, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _NO_FOLLOW, 0o600)
                with os.fdopen(handle, "wb") as file:
                    file.write(_MAGIC + sha256(content).digest() + content)
                scratch.replace(target)
            finally:
                scratch.unlink(missing_ok=True)
            self._tidy()

    def _entry(self, name: str, key: bytes) -> str:
        """The file of an entry."""
        return f"{name}-{sha256(self._stamp + b'|' + key).hexdigest()[:40]}"

    def _tidy(self) -> None:
        """Delete the older half when there are too many entries."""
        assert self._folder is not None  # noqa: S101 — only `put` calls it, which has looked
        entries = [entry for entry in os.scandir(self._folder) if entry.is_file(follow_symlinks=False)]
        if len(entries) > _MOST_ENTRIES:
            entries.sort(key=lambda entry: entry.stat(follow_symlinks=False).st_mtime)
            for entry in entries[: len(entries) // 2]:
                Path(entry.path).unlink(missing_ok=True)


def _ours(folder: Path) -> bool:
    """Whether the folder is there, or could be made, and is the user's alone."""
    try:
        if not folder.exists():
            base = next(parent for parent in folder.parents if parent.exists())
            if not _owned(base.stat()):  # as another user, as with sudo: no files of ours in a home that isn't
                return False
            for missing in (*reversed(folder.parents), folder):
                if not missing.exists():
                    missing.mkdir(0o700)
        return _private(folder.lstat(), stat.S_ISDIR)
    except OSError:
        return False


def _owned(status: os.stat_result) -> bool:
    """Whether it belongs to the user; Windows answers that by the place of the folder."""
    return not hasattr(os, "geteuid") or status.st_uid == os.geteuid()


def _private(status: os.stat_result, kind: Callable[[int], bool]) -> bool:
    """Whether it is of the right kind, the user's own, and nobody else can read or write it."""
    if not kind(status.st_mode) or not _owned(status):
        return False
    return not hasattr(os, "geteuid") or not status.st_mode & 0o077
