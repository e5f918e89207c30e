"""Publish over and over, each time with one fault at the next operation on files; run as a process by test_faults.py.

    python -m tests.output.fault_driver FOLDER SCENARIO FAULT

For n = 1, 2, 3 … a child process prepares FOLDER/n for the scenario and publishes SECOND there. An audit hook, which
Python calls before each operation on files, brings the fault at the n-th one: SIGKILL, an OSError, or Ctrl-C. One line
per child says how it ended; the last is the first that was done before its fault came.
"""

from __future__ import annotations

import errno
import os
import signal
import sys
from pathlib import Path

from docgen.diagnostics.model import OutputError
from docgen.output import publish
from docgen.output.renaming import exchange
from tests.output.sets import FIRST, LOAN, SECOND, TODAY, manifest_of

# What Python announces before it touches the disk.
OPERATIONS = {
    "open",
    "os.chmod",
    "os.listdir",
    "os.mkdir",
    "os.remove",
    "os.rename",
    "os.rmdir",
    "os.scandir",
    "shutil.rmtree",
}


def arm(fault: str, at: int) -> list[str]:
    """From now on, count operations on files, and bring the fault once; the list holds the operations so far."""
    seen: list[str] = []

    def hook(event: str, _args: object) -> None:
        if event not in OPERATIONS:
            return
        seen.append(event)
        if len(seen) == at:
            if fault == "SIGKILL":
                os.kill(os.getpid(), signal.SIGKILL)
            if fault == "Ctrl-C":
                raise KeyboardInterrupt
            number = getattr(errno, fault)
            raise OSError(number, os.strerror(number))

    sys.addaudithook(hook)
    return seen


def forget_exchange() -> None:
    """Let this process find no renameat2, as on systems that have none."""

    def hook(event: str, args: tuple[object, ...]) -> None:
        if event == "ctypes.dlsym" and args[1] == "renameat2":
            raise AttributeError

    sys.addaudithook(hook)
    assert not exchange(Path("one"), Path("other"))


def prepare(out: Path, scenario: str) -> None:
    """The folder as it was before the build that meets the fault."""
    out.parent.mkdir(parents=True)
    if scenario != "first":
        publish(FIRST, manifest_of(FIRST), out, today=TODAY)
    if scenario == "force":
        (out / LOAN).write_bytes(b"a lawyer's change")


def child(out: Path, scenario: str, fault: str, at: int) -> str:
    """How one build with a fault ended, in a word."""
    prepare(out, scenario)
    seen = arm(fault, at)
    try:
        publish(SECOND, manifest_of(SECOND), out, today=TODAY, force=scenario == "force")
    except OutputError as error:
        return "refused " + " ".join(one.code for one in error.diagnostics)
    except KeyboardInterrupt:
        return "interrupted"
    return "done" if len(seen) < at else "done in spite of it"


def main(folder: Path, scenario: str, fault: str) -> None:
    """One child per operation, until one is done without meeting its fault."""
    if scenario.endswith("-no-exchange"):
        scenario = scenario.removesuffix("-no-exchange")
        forget_exchange()
    # What is imported and looked up once shall not count as an operation of the build.
    publish(FIRST, manifest_of(FIRST), folder / "warm", today=TODAY)
    publish(SECOND, manifest_of(SECOND), folder / "warm", today=TODAY)
    for at in range(1, 1000):
        reader, writer = os.pipe()
        process = os.fork()
        if process == 0:
            answer = child(folder / str(at) / "out", scenario, fault, at)
            os.write(writer, answer.encode())
            os._exit(0)
        os.close(writer)
        with os.fdopen(reader) as stream:
            said = stream.read()
        _, status = os.waitpid(process, 0)
        killed = os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL
        print("killed" if killed else said or f"status {status}", flush=True)  # noqa: T201 - the answer to the test
        if said == "done":
            return


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], sys.argv[3])
