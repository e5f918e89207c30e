"""The second engine ends what it starts, and says what came of each document; a script stands in for LibreOffice."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from docgen.diagnostics import Diagnostic, SetupError
from docgen.export.libreoffice import OfficeOptions, convert, find_office

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the stand-in is a shell script")

# Writes a PDF for each document whose content says so; the rest of a document's content is what is run for it.
STAND_IN = """#!/bin/sh
for argument; do
    case $argument in
    *.docx) . "$argument" ;;
    esac
done
"""
GOOD = b'printf "%%PDF-1.7 %s %%%%EOF" "${FONTCONFIG_FILE:-none}" >"${argument%.docx}.pdf"\n'


@pytest.fixture
def office(tmp_path: Path) -> Callable[..., OfficeOptions]:
    """Options that start the stand-in."""
    script = tmp_path / "soffice"
    script.write_text(STAND_IN, encoding="utf-8")
    script.chmod(0o755)

    def options(seconds: float = 20.0, fonts: Path | None = None) -> OfficeOptions:
        return OfficeOptions(seconds=seconds, fonts=fonts, program=str(script))

    return options


def codes(results: list[bytes | Diagnostic]) -> list[str]:
    return ["PDF" if isinstance(one, bytes) else one.code for one in results]


def test_each_document_has_its_own_result(office: Callable[..., OfficeOptions], tmp_path: Path) -> None:
    half = b'printf "%%PDF-1.7" >"${argument%.docx}.pdf"\n'
    documents = [(GOOD, "甲.docx"), (b"true\n", "乙.docx"), (half, "丙.docx"), (GOOD, "丁.docx")]
    results = convert(documents, office(fonts=tmp_path / "fonts.conf"))
    assert codes(results) == ["PDF", "X052", "X052", "PDF"]
    assert results[0] == f"%PDF-1.7 {tmp_path}/fonts.conf %%EOF".encode()
    assert isinstance(results[1], Diagnostic)
    assert str(results[1].place) == "乙.docx"


def test_a_document_that_brings_the_program_down_spoils_no_other(office: Callable[..., OfficeOptions]) -> None:
    assert codes(convert([(b"exit 1\n", "甲"), (GOOD, "乙"), (GOOD, "丙")], office())) == ["X052", "PDF", "PDF"]


def test_no_document_starts_nothing(office: Callable[..., OfficeOptions]) -> None:
    assert convert([], office()) == []


def test_the_time_limit_ends_everything_that_was_started(office: Callable[..., OfficeOptions], tmp_path: Path) -> None:
    note = tmp_path / "child"
    slow = f'sleep 300 &\necho $! >"{note}"\nwait\n'.encode()
    start = time.monotonic()
    results = convert([(slow, "甲.docx")], office(seconds=0.5))
    assert time.monotonic() - start < 10
    assert codes(results) == ["X051"]
    assert isinstance(results[0], Diagnostic)
    assert results[0].args == {"seconds": "0.5"}
    assert not alive(int(note.read_text(encoding="ascii")))


def alive(process: int) -> bool:
    """Whether a process still runs; a zombie doesn't."""
    for _ in range(50):
        try:
            os.kill(process, 0)
            state = Path(f"/proc/{process}/stat").read_text(encoding="ascii").split()[2]
        except (ProcessLookupError, FileNotFoundError):
            return False
        if state == "Z":
            return False
        time.sleep(0.1)
    return True


def test_nothing_is_left_in_the_temporary_folder(
    office: Callable[..., OfficeOptions], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(scratch))
    convert([(GOOD, "甲.docx")], office())
    assert list(scratch.iterdir()) == []


def test_a_machine_without_libreoffice_is_told_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    if Path("/Applications/LibreOffice.app").exists():
        pytest.skip("LibreOffice is installed where it is found without PATH")
    with pytest.raises(SetupError) as stop:
        find_office()
    assert [one.code for one in stop.value.diagnostics] == ["X050"]
