"""A .docx as PDF by LibreOffice: the second engine, for foreign documents and as a second opinion.

`convert(documents, options)` starts one `soffice` for all documents, with a profile folder of its own that is thrown
away, so that neither a running LibreOffice nor the settings of the person at the desk have a say. What it starts is
ended with it: at the time limit, at Ctrl-C and at the end, the whole process group.

**Why a process:** LibreOffice has no library to call; this module is the one place of docgen besides the commands that
starts another program.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from docgen.diagnostics import Diagnostic, Place, SetupError, Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_PROGRAMS = (
    "soffice",
    "libreoffice",
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    r"C:\Program Files\LibreOffice\program\soffice.exe",
)
_AT_ONCE = 40  # documents of one call: LibreOffice grows with each
_TAIL = 1024  # bytes at the end of a PDF in which its end mark stands


@dataclass(frozen=True, slots=True)
class OfficeOptions:
    """`seconds` for each document; `fonts`: a fontconfig file instead of the machine's; `program`: the soffice."""

    seconds: float = 120.0
    fonts: Path | None = None
    program: str | None = None


def find_office() -> str:
    """The program; `SetupError` when LibreOffice isn't installed."""
    found = next((path for name in _PROGRAMS if (path := shutil.which(name))), None)
    if found is None:
        raise SetupError([Diagnostic("X050", Severity.ERROR)])
    return found


def convert(documents: Sequence[tuple[bytes, str]], options: OfficeOptions | None = None) -> list[bytes | Diagnostic]:
    """The PDF of each document, or what stood in its way; `documents` are the files and their names for messages.

    A document that a common run left without a PDF is tried once more alone, so that one bad file spoils no other.
    The bytes differ from run to run: LibreOffice writes the time into them. Raises `SetupError` without LibreOffice.
    """
    options = options or OfficeOptions()
    program = options.program or find_office()
    with tempfile.TemporaryDirectory(prefix="docgen-office-") as name:
        folder = Path(name)
        files = list(_written(documents, folder))
        late = False
        for start in range(0, len(files), _AT_ONCE):
            late |= not _run(program, files[start : start + _AT_ONCE], folder, options)
        results: list[bytes | Diagnostic] = []
        for file, (_, display) in zip(files, documents, strict=True):
            if len(files) > 1 and not _is_whole(file):
                late = not _run(program, [file], folder, options)
            results.append(_result(file, display, options, late=late))
    return results


def _written(documents: Iterable[tuple[bytes, str]], folder: Path) -> Iterator[Path]:
    """The documents as files with plain names."""
    for number, (data, _) in enumerate(documents):
        path = folder / f"{number}.docx"
        path.write_bytes(data)
        yield path


def _is_whole(file: Path) -> bool:
    """Whether LibreOffice put a whole PDF beside a file."""
    with suppress(FileNotFoundError):
        data = file.with_suffix(".pdf").read_bytes()
        return data.startswith(b"%PDF") and b"%%EOF" in data[-_TAIL:]
    return False


def _result(file: Path, display: str, options: OfficeOptions, *, late: bool) -> bytes | Diagnostic:
    """The PDF, or the finding that there is none."""
    if _is_whole(file):
        return file.with_suffix(".pdf").read_bytes()
    if late:
        return Diagnostic("X051", Severity.ERROR, Place(display), {"seconds": f"{options.seconds:g}"})
    return Diagnostic("X052", Severity.ERROR, Place(display))


def _run(program: str, files: Sequence[Path], folder: Path, options: OfficeOptions) -> bool:
    """Convert some files; whether the program ended in time. The profile is new: one left behind may be locked."""
    profile = Path(tempfile.mkdtemp(prefix="profile-", dir=folder))
    command = [program, f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore"]
    command += ["--convert-to", "pdf", "--outdir", str(folder), *map(str, files)]
    surroundings = {**os.environ, "LC_ALL": "C.UTF-8"}
    if options.fonts is not None:
        surroundings["FONTCONFIG_FILE"] = str(options.fonts.resolve())
    process = subprocess.Popen(  # noqa: S603 — a program found by name, with arguments written here
        command,
        env=surroundings,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        process.wait(options.seconds * len(files))
    except subprocess.TimeoutExpired:
        return False
    else:
        return True
    finally:
        _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    """End the program and everything it started: soffice is a script that starts the real one."""
    if hasattr(os, "killpg"):
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    else:
        process.kill()
    process.wait()
