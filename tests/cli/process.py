"""The installed command as a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
from dataclasses import dataclass
from pathlib import Path
from typing import Any

DOCGEN = Path(sysconfig.get_path("scripts"), "docgen.exe" if sys.platform == "win32" else "docgen")
SAMPLES = Path(__file__).resolve().parent.parent.parent / "samples"
DEAL = SAMPLES / "zhaoqing-patent" / "deal.yaml"
PAPER = "loan_contract"


@dataclass(frozen=True)
class Ended:
    """How a process ended."""

    code: int
    out: str
    err: str

    @property
    def said(self) -> str:
        return self.out + self.err


def environment(**changes: str | None) -> dict[str, str]:
    """The environment of a process; None takes a variable away."""
    base = {key: value for key, value in os.environ.items() if not key.startswith(("PYTHON", "XDG_"))}
    base["PYTHONDONTWRITEBYTECODE"] = "1"
    merged = {**base, **changes}
    return {key: value for key, value in merged.items() if value is not None}


def docgen(*arguments: str | Path, cwd: Path | None = None, encoding: str = "utf-8", **changes: Any) -> Ended:  # noqa: ANN401 — variables of the environment
    """Run the command; its output is decoded strictly, so that broken output fails."""
    ended = subprocess.run(
        [str(DOCGEN), *map(str, arguments)],
        cwd=cwd,
        env=environment(**changes),
        capture_output=True,
        stdin=subprocess.DEVNULL,
        timeout=120,
        check=False,
    )
    said = Ended(ended.returncode, ended.stdout.decode(encoding), ended.stderr.decode(encoding))
    assert "Traceback" not in said.said
    return said
