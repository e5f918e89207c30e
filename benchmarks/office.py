"""A LibreOffice that stays open, driven through unoserver, and the CPU time its processes have used."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final
from xmlrpc.client import ServerProxy

from docgen.diagnostics import DocgenError
from docgen.export.libreoffice import find_office

if TYPE_CHECKING:
    from collections.abc import Iterator

LIBRARIES: Final = Path(__file__).parents[1] / ".cache" / "bench"  # where scripts/setup.sh puts unoserver
PYTHON: Final = "/usr/bin/python3"  # LibreOffice's own library, uno, is made for the system's Python
_START: Final = 60.0  # seconds
_ENVIRONMENT: Final = {**os.environ, "PYTHONPATH": str(LIBRARIES)}


class Office:
    """A LibreOffice at work."""

    def __init__(self, session: int, port: int) -> None:
        """`session` is that of all its processes."""
        self._session, self._port = session, port

    def convert(self, paper: Path, target: Path) -> None:
        """Write the paper as PDF."""
        with ServerProxy(f"http://127.0.0.1:{self._port}", allow_none=True) as server:
            server.convert(str(paper), None, str(target), "pdf")

    def cpu(self) -> float:
        """Seconds of CPU that the office itself has used, without unoserver."""
        ticks = 0
        for stat in Path("/proc").glob("[0-9]*/stat"):
            try:
                name, _, rest = stat.read_text("utf-8", "replace").rpartition(")")
            except OSError:  # it has ended meanwhile
                continue
            facts = rest.split()
            if int(facts[3]) == self._session and "soffice" in name:
                ticks += int(facts[11]) + int(facts[12])
        return ticks / os.sysconf("SC_CLK_TCK")


def lacking() -> str:
    """What must be installed before LibreOffice can be measured; empty when all is there."""
    if sys.platform != "linux":
        return "CPU time is read from /proc, which only Linux has"
    try:
        find_office()
    except DocgenError:
        return "LibreOffice is not installed: sh scripts/setup.sh bench"
    probe = [PYTHON, "-c", "import uno, unoserver.server"]
    try:
        found = subprocess.run(probe, env=_ENVIRONMENT, capture_output=True, check=False).returncode == 0
    except OSError:
        found = False
    return "" if found else "python3-uno or unoserver is not installed: sh scripts/setup.sh bench"


@contextmanager
def running() -> Iterator[Office]:
    """LibreOffice, open and ready; it and everything it started end with the context, whatever happens in it."""
    with TemporaryDirectory() as profile:
        port, inner = _free_port(), _free_port()
        command = [PYTHON, "-m", "unoserver.server", "--executable", find_office(), "--port", str(port)]
        command += ["--uno-port", str(inner), "--user-installation", profile]
        process = subprocess.Popen(
            command, env=_ENVIRONMENT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
        )
        try:
            _wait(process, port)
            yield Office(process.pid, port)
        finally:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _wait(process: subprocess.Popen[bytes], port: int) -> None:
    """Return once unoserver answers; it does so only when the office is ready."""
    end = time.monotonic() + _START
    while time.monotonic() < end and process.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            time.sleep(0.2)
        else:
            return
    message = "LibreOffice could not be started through unoserver"
    raise RuntimeError(message)
