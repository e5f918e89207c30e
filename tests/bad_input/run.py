"""Runs docgen on bad input as a person does, and holds every run to the same promise.

Whatever is wrong: findings with a remedy, the exit code of their kind, no traceback, nothing left behind, under
5 seconds of CPU and 500 MB.
"""

from __future__ import annotations

import ctypes
import json
import os
import subprocess
import sys
import tempfile
import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from docgen import resources
from tests.cli.process import DOCGEN, environment

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

SAMPLE = (resources.samples() / "patent-transfer" / "deal.yaml").read_text(encoding="utf-8")
SET = "ZR-2026-003"
CPU_SECONDS, KILOBYTES = 5, 500_000
_CACHE = tempfile.TemporaryDirectory(prefix="docgen-test-cache-")


@dataclass(frozen=True)
class Run:
    """How a process ended and what it used."""

    code: int
    out: str
    err: str
    seconds: float
    kilobytes: int

    def errors(self) -> list[dict[str, Any]]:
        """The errors of a run in JSON."""
        return [one for one in json.loads(self.out)["diagnostics"] if one["severity"] == "error"]


# Linux counts what a process held before `exec` as its own: started from a large test process, docgen would look large.
_MEASURE = """\
import os, sys
pid = os.posix_spawn(sys.argv[2], sys.argv[2:], os.environ)
_, status, used = os.wait4(pid, 0)
os.write(int(sys.argv[1]), f"{used.ru_utime + used.ru_stime} {used.ru_maxrss}".encode())
sys.exit(os.waitstatus_to_exitcode(status))
"""


def run(folder: Path, *arguments: str, before: Callable[[], None] | None = None, **variables: str) -> Run:
    """One run in this folder; `before` is called in the new process."""
    measured, report = os.pipe()
    with subprocess.Popen(
        [sys.executable, "-c", _MEASURE, str(report), str(DOCGEN), *arguments],
        pass_fds=(report,),
        cwd=folder,
        env=environment(**{"XDG_CACHE_HOME": _CACHE.name, **variables}),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        preexec_fn=before,  # noqa: PLW1509 — the tests start no threads that hold locks
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        watch = threading.Timer(60, process.kill)
        watch.start()
        errors: list[bytes] = []
        reader = threading.Thread(target=lambda: errors.append(process.stderr.read()))  # type: ignore[union-attr]  # see above
        reader.start()
        out = process.stdout.read()
        reader.join()
        process.wait()
        watch.cancel()
    os.close(report)
    with os.fdopen(measured) as written:
        seconds, kilobytes = written.read().split()
    ended = Run(process.returncode, out.decode(), errors[0].decode(), float(seconds), int(kilobytes))
    assert "Traceback" not in ended.out + ended.err
    return ended


def tree(folder: Path) -> dict[str, bytes | None]:
    """Everything below a folder, with the content of the files that can be read."""
    return {str(path.relative_to(folder)): path.read_bytes() if path.is_file() else None for path in folder.rglob("*")}


def refused(folder: Path, *arguments: str, before: Callable[[], None] | None = None) -> Run:
    """A run in JSON that must be refused within the limits and leave everything as it was."""
    held = tree(folder)
    ended = run(folder, *arguments, "--output-format", "json", before=before)
    assert ended.code in {1, 3}, ended.out
    assert ended.errors()
    assert ended.seconds < CPU_SECONDS
    assert ended.kilobytes < KILOBYTES
    assert tree(folder) == held
    return ended


def edited(*changes: tuple[str, str]) -> str:
    """The sample with texts replaced, each of which must be there."""
    text = SAMPLE
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    return text


def as_ordinary_user() -> None:
    """Take from root what lets it read and write everything; an ordinary user has it not."""
    if os.geteuid() == 0:
        drop, overrides, read_search = 24, 1, 2  # PR_CAPBSET_DROP, CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH
        for capability in (overrides, read_search):
            if ctypes.CDLL(None).prctl(drop, capability, 0, 0, 0):
                raise OSError(capability)
