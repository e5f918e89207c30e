"""One docgen at a time per output folder."""

from __future__ import annotations

import errno
import os
import sys
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from docgen.diagnostics.model import OutputError
from docgen.output.problems import finding

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

# File systems without locks (some network shares): publishing is still one step, only not one at a time.
_NO_LOCKS = {errno.ENOLCK, errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP, errno.EINVAL}
_HELD = {errno.EWOULDBLOCK, errno.EAGAIN, errno.EACCES, errno.EDEADLK}


@contextmanager
def locked(file: Path, folder: Path) -> Iterator[None]:
    """Hold the lock file while the folder is worked on; OutputError when another process holds it.

    The system lets go of the lock when a process dies; the file goes when the lock is let go.
    """
    descriptor = _acquire(file, folder)
    try:
        yield
    finally:
        if os.name == "nt":  # an open file can't be deleted there; who opens it in between, wins
            os.close(descriptor)
            with suppress(OSError):
                file.unlink()
        else:  # deleted while still locked, so that nobody locks a file that is about to go
            with suppress(OSError):
                file.unlink()
            os.close(descriptor)


def _acquire(file: Path, folder: Path) -> int:
    while True:
        descriptor = os.open(file, os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), 0o600)
        try:
            _lock(descriptor)
            # The former holder may have deleted the file between our opening and locking it.
            if os.path.samestat(os.fstat(descriptor), file.stat()):
                return descriptor
        except FileNotFoundError:
            pass
        except BlockingIOError as error:
            os.close(descriptor)
            raise OutputError([finding("U106", folder)]) from error
        except BaseException:
            os.close(descriptor)
            raise
        os.close(descriptor)


def _lock(descriptor: int) -> None:
    """Lock an open file; BlockingIOError when another process has it."""
    try:
        if sys.platform == "win32":
            import msvcrt  # noqa: PLC0415 - Windows only

            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl  # noqa: PLC0415 - not on Windows

            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        if error.errno in _HELD:
            raise BlockingIOError(error.errno, error.strerror) from error
        if error.errno not in _NO_LOCKS:
            raise
