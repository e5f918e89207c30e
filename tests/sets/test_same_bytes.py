"""The same deal gives the same bytes: in other folders, times, time zones, locales and hash seeds."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from docgen import resources
from tests.sets.samples import SAMPLES

if TYPE_CHECKING:
    from pathlib import Path

ENVIRONMENTS = (
    {"TZ": "Pacific/Auckland", "LC_ALL": "C", "PYTHONHASHSEED": "1"},
    {"TZ": "America/Los_Angeles", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "77", "SOURCE_DATE_EPOCH": "1"},
)


def run(name: str, folder: Path, environment: dict[str, str], *options: str) -> dict[str, str]:
    """The hashes of a set that a process of its own builds."""
    folder.mkdir(parents=True)
    deal = folder / "deal.yaml"
    deal.write_bytes((resources.samples() / name / "deal.yaml").read_bytes())
    home = folder / "home"
    home.mkdir()
    command = [
        sys.executable,
        "-c",
        "from docgen.cli import main; main()",
        "build",
        "deal.yaml",
        "--out",
        "set",
        *options,
    ]
    done = subprocess.run(
        command,
        cwd=folder,
        env={**os.environ, **environment, "HOME": str(home), "XDG_CACHE_HOME": str(home / "cache")},
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode("utf-8", "replace")
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in (folder / "set").iterdir()}


@pytest.mark.parametrize("name", SAMPLES)
def test_word_set_is_the_same_to_the_byte(name: str, tmp_path: Path) -> None:
    one = run(name, tmp_path / "甲 乙", ENVIRONMENTS[0])
    other = run(name, tmp_path / "b", ENVIRONMENTS[1])
    assert len(one) > 5
    assert one == other


def test_pdf_is_the_same_to_the_byte(tmp_path: Path) -> None:
    options = ("--pdf", "--only", "patent_transfer_contract", "--only", "cnipa_transfer_filing")
    one = run("patent-transfer", tmp_path / "a", ENVIRONMENTS[0], *options)
    other = run("patent-transfer", tmp_path / "b", ENVIRONMENTS[1], *options)
    assert sum(name.endswith(".pdf") for name in one) == 3
    assert all(b"/EmbeddedFile/" in path.read_bytes() for path in (tmp_path / "a" / "set").glob("*.pdf"))
    assert one == other
