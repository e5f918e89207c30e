"""Machines as they are: consoles, locales, missing homes, full disks, Ctrl-C, files that are none."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.cli.process import DEAL, DOCGEN, PAPER, docgen, environment

if TYPE_CHECKING:
    from collections.abc import Callable

LINUX = pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
POSIX = pytest.mark.skipif(sys.platform == "win32", reason="Windows has neither modes nor these devices")


def hashes(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_a_gbk_console_gets_every_message(tmp_path: Path) -> None:
    deal = tmp_path / "交易𠮷.yaml"  # 𠮷 isn't in GBK
    ended = docgen("check", deal, encoding="gbk", PYTHONIOENCODING="gbk", PYTHONUTF8="0")
    assert ended.code == 1
    assert "U001" in ended.err
    assert "\\U00020bb7" in ended.err
    assert docgen("rules", encoding="gbk", PYTHONIOENCODING="gbk", PYTHONUTF8="0").code == 0


def test_locale_time_zone_and_home_change_nothing(tmp_path: Path) -> None:
    surroundings: list[dict[str, Any]] = [
        {"LC_ALL": "C.UTF-8", "TZ": "Asia/Shanghai"},
        {"LC_ALL": "C", "LANG": "C", "TZ": "America/Los_Angeles", "PYTHONUTF8": "1", "HOME": None},
        {"LC_ALL": "POSIX", "TZ": "Pacific/Kiritimati", "PYTHONHASHSEED": "7", "XDG_CACHE_HOME": str(tmp_path / "c")},
    ]
    results = []
    for number, changes in enumerate(surroundings):
        out = tmp_path / str(number)
        ended = docgen("build", DEAL, "--only", PAPER, "--out", out, **changes)
        assert ended.code == 0, ended.err
        results.append(hashes(out))
    assert len(results[0]) == 2
    assert results[0] == results[1] == results[2]


@POSIX
def test_what_is_no_deal_file_is_refused(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for path, code in ((tmp_path, "U002"), (Path("/dev/zero"), "U003"), (tmp_path / "pipe", "U003")):
        start = time.monotonic()
        ended = docgen("build", path)
        assert ended.code == 1
        assert code in ended.err
        assert time.monotonic() - start < 30


@POSIX
def test_an_output_folder_that_cannot_be_written_is_the_machines_fault(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("mine", encoding="utf-8")
    for out in (Path("/proc/docgen-set"), file / "below"):
        ended = docgen("build", DEAL, "--only", PAPER, "--out", out)
        assert ended.code == 3, ended.said
    assert file.read_text(encoding="utf-8") == "mine"


@LINUX
@pytest.mark.parametrize("form", ["full", "json"])
def test_ctrl_c_leaves_nothing_and_says_so(tmp_path: Path, form: str) -> None:
    out = tmp_path / "out"
    command = [str(DOCGEN), "build", str(DEAL), "--out", str(out), "--output-format", form]
    surroundings = environment(XDG_CACHE_HOME=str(tmp_path / "none" / "cache"), HOME=None)
    process = subprocess.Popen(command, env=surroundings, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    while process.poll() is None and not _loaded(process.pid, b"lxml"):
        time.sleep(0.02)
    time.sleep(0.3)  # now it compiles templates, which takes seconds
    process.send_signal(signal.SIGINT)
    printed, said = process.communicate(timeout=60)
    assert process.returncode == 130, said.decode()
    assert b"Traceback" not in said
    assert b"U031" in (printed if form == "json" else said)
    assert not out.exists()
    assert not [path for path in tmp_path.iterdir() if "docgen" in path.name]


def _loaded(pid: int, library: bytes) -> bool:
    """Whether a process has loaded a library."""
    try:
        return library in Path(f"/proc/{pid}/maps").read_bytes()
    except OSError:
        return False


@POSIX
def test_a_full_disk_leaves_the_former_folder(tmp_path: Path, without: Callable[[str], None]) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=400k", "tmpfs", str(disk)]
    if subprocess.run(mount, check=False, capture_output=True).returncode:
        without("small disks can't be mounted here")
    try:
        assert docgen("build", DEAL, "--only", "service_address", "--out", disk / "out").code == 0
        former = hashes(disk / "out")
        (disk / "filler").write_bytes(b"x" * 250_000)
        ended = docgen("build", DEAL, "--out", disk / "out")
        assert ended.code == 3, ended.said
        assert "U107" in ended.err
        assert hashes(disk / "out") == former
        assert not [path for path in disk.iterdir() if path.name.startswith(".out.docgen-") and path.is_dir()]
    finally:
        subprocess.run(["umount", str(disk)], check=False)


def test_without_the_packages_for_pdf_everything_else_works(tmp_path: Path) -> None:
    blocked = tmp_path / "blocked"
    blocked.mkdir()
    (blocked / "weasyprint.py").write_text("raise ImportError(name='weasyprint')\n", encoding="utf-8")
    assert docgen("build", DEAL, "--only", PAPER, "--out", tmp_path / "a", PYTHONPATH=str(blocked)).code == 0
    ended = docgen("build", DEAL, "--only", PAPER, "--pdf", "--out", tmp_path / "b", PYTHONPATH=str(blocked))
    assert ended.code == 3
    assert "X006" in ended.err
    assert "pip install" in ended.err
    assert "WPS" in ended.err
    assert not (tmp_path / "b").exists()
    assert docgen("doctor", PYTHONPATH=str(blocked)).code == 3


def test_without_pango_the_user_hears_how_to_get_it(tmp_path: Path) -> None:
    blocked = tmp_path / "blocked"
    blocked.mkdir()
    (blocked / "weasyprint.py").write_text("raise OSError('cannot load library pango')\n", encoding="utf-8")
    ended = docgen("build", DEAL, "--only", PAPER, "--pdf", "--out", tmp_path / "b", PYTHONPATH=str(blocked))
    assert ended.code == 3
    assert "X005" in ended.err
    assert "Pango" in docgen("doctor", PYTHONPATH=str(blocked)).err


def test_an_unchanged_set_keeps_its_pdfs(tmp_path: Path) -> None:
    first = docgen("build", DEAL, "--only", PAPER, "--pdf", "--out", tmp_path / "out")
    if first.code == 3:
        pytest.skip("PDFs can't be made here")
    assert first.code == 0, first.err
    before = hashes(tmp_path / "out")
    again = docgen("build", DEAL, "--only", PAPER, "--pdf", "--out", tmp_path / "out", "--output-format", "json")
    assert again.code == 0
    assert hashes(tmp_path / "out") == before
    pdf = next((tmp_path / "out").glob("*.pdf"))
    shutil.copy(pdf, tmp_path / "kept.pdf")
    pdf.write_bytes(pdf.read_bytes() + b"\n% edited")
    forced = docgen("build", DEAL, "--only", PAPER, "--pdf", "--out", tmp_path / "out", "--force")
    assert forced.code == 0, forced.err
    assert pdf.read_bytes() == (tmp_path / "kept.pdf").read_bytes()


def test_a_traceback_is_seen_only_with_debug(tmp_path: Path) -> None:
    command = [str(DOCGEN), "--debug", "check", str(tmp_path / "missing.yaml")]
    ended = subprocess.run(command, env=environment(), capture_output=True, check=False)
    assert ended.returncode == 1
    assert b"Traceback" in ended.stderr
    assert (
        b"Traceback"
        not in subprocess.run([command[0], *command[2:]], env=environment(), capture_output=True, check=False).stderr
    )
