"""At whatever operation a build is killed, fails or is interrupted: the old set or the new one, and nothing lost."""

from __future__ import annotations

import errno
import os
import random
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from docgen.diagnostics.model import OutputError
from docgen.output import inspect, publish
from docgen.output.problems import explained
from tests.output.sets import FIRST, LOAN, SECOND, TODAY, beside, held, manifest_of

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[2]
EDITED = {**FIRST, LOAN: b"a lawyer's change"}
SCENARIOS = ["first", "rebuild", "rebuild-no-exchange", "force", "force-no-exchange"]
LOCK = ".out.docgen-lock"
BACKUP = "out.bak-20260129-1"

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="faults are brought to forked processes")


def run_faults(folder: Path, scenario: str, fault: str) -> list[str]:
    """How each build ended, the one with its fault at operation n as element n - 1; the last met no fault."""
    program = [sys.executable, "-m", "tests.output.fault_driver", str(folder), scenario, fault]
    answers = subprocess.run(program, cwd=ROOT, capture_output=True, text=True, check=True).stdout.splitlines()
    assert len(answers) > 15
    assert answers[-1] == "done"
    return answers


def former_of(scenario: str) -> dict[str, bytes] | None:
    return {"first": None, "force": EDITED}.get(scenario.removesuffix("-no-exchange"), FIRST)


def assert_work_is_kept(out: Path, scenario: str) -> None:
    """The folder a lawyer worked in stands whole under one name or another."""
    if scenario.startswith("force"):
        assert sum(held(path) == EDITED for path in out.parent.iterdir() if path.is_dir()) == 1


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_killed_at_any_operation_leaves_a_whole_set_and_the_next_run_mends(tmp_path: Path, scenario: str) -> None:
    former = former_of(scenario)
    answers = run_faults(tmp_path, scenario, "SIGKILL")
    assert set(answers[:-1]) == {"killed"}
    for at in range(1, len(answers)):
        out = tmp_path / str(at) / "out"
        if out.exists():
            assert held(out) in (former, SECOND), at
        elif former is not None:
            assert scenario.endswith("no-exchange"), at
            assert held(out.parent / ".out.docgen-old") == former, at
        assert_work_is_kept(out, scenario)

        publish(SECOND, manifest_of(SECOND), out, today=TODAY, force=True)
        assert held(out) == SECOND, at
        assert inspect(out).whole, at
        assert_work_is_kept(out, scenario)
        assert beside(out) == ([BACKUP] if scenario.startswith("force") else []), at


@pytest.mark.parametrize("fault", ["ENOSPC", "EIO", "EACCES", "Ctrl-C"])
@pytest.mark.parametrize("scenario", SCENARIOS)
def test_a_fault_at_any_operation_leaves_a_whole_set_and_nothing_beside_it(
    tmp_path: Path, scenario: str, fault: str
) -> None:
    former = former_of(scenario)
    answers = run_faults(tmp_path, scenario, fault)
    code = {"ENOSPC": "refused U107", "EIO": "refused U109", "Ctrl-C": "interrupted"}.get(fault, "refused U108")
    assert code in answers
    assert set(answers) <= {code, "done in spite of it", "done"}
    for at, answer in enumerate(answers, start=1):
        out = tmp_path / str(at) / "out"
        if answer.startswith("done"):
            assert held(out) == SECOND, at
        elif out.exists():
            assert held(out) in (former, SECOND), at
        else:
            assert former is None, at
        assert_work_is_kept(out, scenario)
        # Only what is being deleted when the fault comes may be left for the next run, and the file of the lock.
        left = set(beside(out)) - {LOCK, BACKUP} if out.parent.exists() else set()
        assert all(name.startswith(".out.docgen-") and name != ".out.docgen-old" for name in left), at
        if answer != "done in spite of it":
            assert not left, at


def test_killed_at_random_moments_leaves_a_whole_set(tmp_path: Path) -> None:
    """A kill inside a write, where no operation begins."""
    big = {name: data * 200_000 for name, data in SECOND.items()}
    program = f"""
import pathlib, sys
sys.path.insert(0, {str(ROOT)!r})
from tests.output.sets import *
from docgen.output import publish
big = {{name: data * 200_000 for name, data in SECOND.items()}}
print("ready", flush=True)
while True:
    for files in (FIRST, big):
        publish(files, manifest_of(files), pathlib.Path({str(tmp_path / "out")!r}), today=TODAY)
"""
    kills = 15
    chance = random.Random(20260129)  # noqa: S311 - moments, not secrets
    for _ in range(kills):
        with subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout is not None
            assert process.stdout.readline() == "ready\n"
            time.sleep(chance.uniform(0, 0.1))
            process.kill()
        if (tmp_path / "out").exists():
            assert held(tmp_path / "out") in (FIRST, big)
    publish(SECOND, manifest_of(SECOND), tmp_path / "out", today=TODAY)
    assert held(tmp_path / "out") == SECOND
    assert beside(tmp_path / "out") == []


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A real disk of 256 kB."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=256k", "docgen-test", str(disk)]
    if not sys.platform.startswith("linux") or subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("only root may mount a disk; the faults above stand in for it")
    yield disk
    subprocess.run(["umount", str(disk)], check=True)


def test_a_full_disk_is_said_and_keeps_the_former_set(small_disk: Path) -> None:
    out = small_disk / "out"
    publish(FIRST, manifest_of(FIRST), out, today=TODAY)
    big = {LOAN: b"x" * 300_000}
    with pytest.raises(OutputError) as caught:
        publish(big, manifest_of(big), out, today=TODAY)
    assert [one.code for one in caught.value.diagnostics] == ["U107"]
    assert held(out) == FIRST
    assert beside(out) == []


def test_a_read_only_disk_is_said(small_disk: Path) -> None:
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    with pytest.raises(OutputError) as caught:
        publish(FIRST, manifest_of(FIRST), small_disk / "new" / "out", today=TODAY)
    assert [one.code for one in caught.value.diagnostics] == ["U108"]


def test_a_mount_point_is_refused_and_its_inside_is_not(small_disk: Path) -> None:
    with pytest.raises(OutputError) as caught:
        publish(FIRST, manifest_of(FIRST), small_disk, today=TODAY)
    assert [(one.code, one.notes) for one in caught.value.diagnostics] == [("U101", ("mount",))]
    publish(FIRST, manifest_of(FIRST), small_disk / "out", today=TODAY)
    assert held(small_disk / "out") == FIRST


@pytest.mark.parametrize(
    ("number", "winerror", "code"),
    [(errno.EACCES, 32, "U105"), (errno.EACCES, 5, "U105"), (errno.EBUSY, None, "U105"), (errno.EACCES, None, "U108")],
)
def test_windows_refusal_to_move_an_open_file_asks_to_close_it(
    tmp_path: Path, number: int, winerror: int | None, code: str
) -> None:
    """Windows answers a rename of a folder with an open file by error 5 or 32; here an error like it is explained."""
    error = OSError(number, "")
    error.filename = str(tmp_path / LOAN)
    if winerror is not None:
        error.winerror = winerror  # type: ignore[attr-defined]  # only Windows declares it
    with pytest.raises(OutputError) as caught, explained(tmp_path, moving=True):
        raise error
    assert [one.code for one in caught.value.diagnostics] == [code]
