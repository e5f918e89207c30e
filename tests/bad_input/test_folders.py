"""Where a set can't be written, or must not: said in words, with everything as it was."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

from tests.bad_input.run import SAMPLE, SET, as_ordinary_user, refused, run, tree
from tests.cli.process import DOCGEN, environment

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with the sample deal."""
    (tmp_path / "deal.yaml").write_text(SAMPLE, encoding="utf-8")
    return tmp_path


def add_a_file(made: Path) -> None:
    """Put a note beside the papers."""
    (made / "批注.txt").write_text("mine", encoding="utf-8")


def edit_a_paper(made: Path) -> None:
    """Change a paper as Word would."""
    paper = next(made.glob("17-*.docx"))
    paper.write_bytes(paper.read_bytes() + b"edited")


@pytest.mark.parametrize(("work", "code"), [(add_a_file, "U102"), (edit_a_paper, "U103")])
def test_a_person_s_work_is_refused_and_by_force_backed_up_whole(
    folder: Path, work: Callable[[Path], None], code: str
) -> None:
    assert run(folder, "build", "deal.yaml").code == 0
    work(folder / SET)
    worked = tree(folder / SET)
    ended = refused(folder, "build", "deal.yaml")
    (found,) = ended.errors()
    assert (ended.code, found["code"]) == (3, code)
    assert "--force" in found["help"]
    forced = run(folder, "build", "deal.yaml", "--force")
    assert forced.code == 0
    (backup,) = folder.glob(f"{SET}.bak-*")
    assert tree(backup) == worked
    assert backup.name in forced.err
    assert "批注.txt" not in tree(folder / SET)


def test_a_folder_of_someone_else_s_files_is_refused(folder: Path) -> None:
    (folder / "资料").mkdir()
    add_a_file(folder / "资料")
    ended = refused(folder, "build", "deal.yaml", "--out", "资料")
    assert (ended.code, [one["code"] for one in ended.errors()]) == (3, ["U102"])


@pytest.mark.parametrize("out", ["deal.yaml", ".", "/", "deal.yaml/x", "x" * 300])
def test_a_place_where_no_set_can_stand_is_refused(folder: Path, out: str) -> None:
    ended = refused(folder, "build", "deal.yaml", "--out", out)
    (found,) = ended.errors()
    assert ended.code == 3
    assert found["message"]
    assert found["help"]


def test_a_folder_that_may_not_be_written_is_said(folder: Path) -> None:
    folder.chmod(0o555)
    try:
        ended = refused(folder, "build", "deal.yaml", before=as_ordinary_user)
    finally:
        folder.chmod(0o755)
    (found,) = ended.errors()
    assert (ended.code, found["code"]) == (3, "U108")
    assert "--out" in found["help"]


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A real disk of 64 kB with the sample deal."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=64k", "docgen-test", str(disk)]
    if not sys.platform.startswith("linux") or subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("only root may mount a disk; the faults in tests/output stand in for it")
    (disk / "deal.yaml").write_text(SAMPLE, encoding="utf-8")
    yield disk
    subprocess.run(["umount", str(disk)], check=True)


def test_a_full_disk_is_said_and_nothing_is_left(small_disk: Path) -> None:
    ended = refused(small_disk, "build", "deal.yaml")
    (found,) = ended.errors()
    assert (ended.code, found["code"]) == (3, "U107")
    assert found["help"]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows sends no SIGINT to one process")
def test_ctrl_c_at_any_moment_leaves_the_set_whole_or_absent(folder: Path) -> None:
    assert run(folder, "build", "deal.yaml", "--out", "whole").code == 0
    whole = tree(folder / "whole")
    interrupted = 0
    for moment in range(12):
        with subprocess.Popen(
            [str(DOCGEN), "build", "deal.yaml", "--out", "cut"],
            cwd=folder,
            env=environment(XDG_CACHE_HOME=str(folder / "no-cache")),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            start_new_session=True,
        ) as process:
            time.sleep(0.3 + 0.12 * moment)
            process.send_signal(signal.SIGINT)
            _, said = process.communicate(timeout=60)
        if process.returncode == 130:
            interrupted += 1
            assert b"U031" in said
            assert b"Traceback" not in said
        assert {path.name for path in folder.iterdir()} <= {"deal.yaml", "whole", "cut", "no-cache"}
        if (folder / "cut").is_dir():
            assert tree(folder / "cut") == whole
            break
    assert interrupted
