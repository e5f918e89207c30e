"""What users install: the wheel, from a source archive, without network, in an empty folder."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import sysconfig
import tarfile
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
# Python itself refuses every connection: a Unix socket is as far as anything may go.
NO_NETWORK = """
import sys

def refuse(event, args):
    if event in {"socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto"}:
        raise PermissionError("the network is off in this test")

sys.addaudithook(refuse)
"""


def run(*command: str | Path, cwd: Path, **environment: str) -> str:
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "DOCGEN"))}
    result = subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env={**clean, **environment},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert result.returncode == 0, result.stdout + result.stderr
    return result.stdout


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the sdist, and the wheel made from it as an installer would."""
    folder = tmp_path_factory.mktemp("dist")
    run(sys.executable, "-m", "build", "--no-isolation", "--outdir", folder, ROOT, cwd=ROOT)
    return folder


@pytest.fixture(scope="module")
def wheel(built: Path) -> Path:
    (found,) = built.glob("docgen-*.whl")
    return found


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The Python of a fresh environment: docgen from the wheel, its libraries from the environment of the tests."""
    folder = tmp_path_factory.mktemp("环境 一")
    venv.create(folder, with_pip=False, symlinks=os.name != "nt")
    python = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    site = Path(run(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))", cwd=folder).strip())
    pip = (sys.executable, "-m", "pip", "--disable-pip-version-check", "--python", str(python))
    run(*pip, "install", "-q", "--no-deps", "--no-index", wheel, cwd=folder)
    # Added at the end, and as a path only: its .pth files, which lead to the checkout, are not read.
    (site / "libraries.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    (site / "no_network.py").write_text(NO_NETWORK, encoding="utf-8")
    (site / "a_no_network.pth").write_text("import no_network\n", encoding="utf-8")
    return python


def tree_of(folder: str) -> dict[str, bytes]:
    """The files below a top-level folder, as the wheel should carry them."""
    files = [path for path in (ROOT / folder).rglob("*") if path.is_file() and "__pycache__" not in path.parts]
    return {path.relative_to(ROOT).as_posix(): path.read_bytes() for path in files}


@pytest.mark.parametrize("folder", ["templates", "schemas", "samples"])
def test_the_wheel_carries_the_folders_whole(wheel: Path, folder: str) -> None:
    expected = tree_of(folder)
    assert expected
    with zipfile.ZipFile(wheel) as archive:
        held = {
            name.removeprefix("docgen/_bundled/"): archive.read(name)
            for name in archive.namelist()
            if name.startswith(f"docgen/_bundled/{folder}/")
        }
    assert expected.items() <= held.items()


def test_the_wheel_carries_what_the_package_reads(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    wanted = {path for path in tree_of("docgen") if not path.endswith(".py")}
    assert wanted
    assert wanted <= names
    assert not {name for name in names if name.split("/")[0] not in {"docgen", next(iter(_info(names)))}}


def _info(names: set[str]) -> set[str]:
    return {name.split("/")[0] for name in names if name.split("/")[0].endswith(".dist-info")}


def test_the_wheel_is_the_same_from_the_checkout_and_from_the_source_archive(wheel: Path, tmp_path: Path) -> None:
    run(sys.executable, "-m", "build", "--no-isolation", "--wheel", "--outdir", tmp_path, ROOT, cwd=ROOT)
    (direct,) = tmp_path.glob("*.whl")
    assert hashlib.sha256(direct.read_bytes()).digest() == hashlib.sha256(wheel.read_bytes()).digest()


def test_the_source_archive_holds_the_tests_and_no_leftovers(built: Path) -> None:
    (archive,) = built.glob("docgen-*.tar.gz")
    with tarfile.open(archive) as opened:
        names = {name.partition("/")[2] for name in opened.getnames()}
    assert {"tests/test_wheel.py", "scripts/setup.sh", "Makefile", "constraints.txt", "LICENSE", "NOTICE"} <= names
    assert not [name for name in names if name.split("/")[0] in {".venv", "out", "dist", ".git"}]


def test_the_installed_command_builds_a_sample_in_an_empty_folder_without_network(
    installed: Path, tmp_path: Path
) -> None:
    asked = "import docgen, docgen.resources as r; print(docgen.__file__, r.samples(), sep='\\n')"
    package, samples = run(installed, "-c", asked, cwd=tmp_path).splitlines()
    assert not Path(package).is_relative_to(ROOT)
    with pytest.raises(AssertionError, match="the network is off"):
        run(installed, "-c", "import socket; socket.create_connection(('127.0.0.1', 9))", cwd=tmp_path)
    command = installed.parent / ("docgen.exe" if os.name == "nt" else "docgen")
    run(command, "build", Path(samples) / "zhaoqing-patent" / "deal.yaml", "--out", "成品", cwd=tmp_path)
    papers = [path.name for path in (tmp_path / "成品").iterdir()]
    assert "manifest.json" in papers
    assert sum(name.endswith(".docx") for name in papers) >= 5
