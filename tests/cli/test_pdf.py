"""`docgen pdf` and `docgen compare-pdf` as people run them; a script stands in for LibreOffice."""

from __future__ import annotations

import json
import os
import shutil
import sys
from typing import TYPE_CHECKING, Any

import pytest

from docgen.diagnostics import SetupError
from docgen.export import to_pdf
from tests.cli.process import docgen
from tests.export.build import docx, para

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.cli.process import Ended

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="the stand-in for LibreOffice is a shell script")
# Gives each document the PDF that lies where STAND_IN points.
OFFICE = """#!/bin/sh
for argument; do
    case $argument in
    *.docx) cp "$STAND_IN" "${argument%.docx}.pdf" ;;
    esac
done
"""
TEXT = "第一条　本合同所称“主债权”，是指编号为GDYB-2024-0318的合同项下的债权。" * 3


@pytest.fixture
def folder(tmp_path: Path, without: Callable[[str], None]) -> Path:
    """A folder with a document, a better one, and LibreOffice's stand-in."""
    try:
        pdf = to_pdf(docx(para(TEXT)), "x.docx")
    except SetupError as lack:
        without(f"PDF export can't run here: {lack}")
    (tmp_path / "made.pdf").write_bytes(pdf.data)
    (tmp_path / "合同 一.docx").write_bytes(docx(para(TEXT)))
    (tmp_path / "其他.docx").write_bytes(docx(para(TEXT + "其他")))
    programs = tmp_path / "programs"
    programs.mkdir()
    (programs / "soffice").write_text(OFFICE, encoding="utf-8")
    (programs / "soffice").chmod(0o755)
    return tmp_path


def run(folder: Path, *arguments: str | Path, **changes: Any) -> Ended:  # noqa: ANN401 — variables of the environment
    path = f"{folder / 'programs'}{os.pathsep}{os.environ['PATH']}"
    return docgen(*arguments, cwd=folder, **{"PATH": path, "STAND_IN": str(folder / "made.pdf"), **changes})


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_each_file_becomes_a_pdf_of_its_name(folder: Path) -> None:
    ended = run(folder, "pdf", "合同 一.docx", "其他.docx", "--out", "出件/一")
    assert ended.code == 0, ended.err
    assert names(folder / "出件" / "一") == {"合同 一.pdf", "其他.pdf"}
    assert (folder / "出件" / "一" / "合同 一.pdf").read_bytes() == (folder / "made.pdf").read_bytes()


def test_a_pdf_that_is_there_is_replaced_only_by_force(folder: Path) -> None:
    mine = folder / "其他.pdf"
    mine.write_bytes(b"mine")
    ended = run(folder, "pdf", "合同 一.docx", "其他.docx")
    assert (ended.code, "U026" in ended.err) == (2, True)
    assert mine.read_bytes() == b"mine"
    assert not (folder / "合同 一.pdf").exists()
    before = names(folder)
    assert run(folder, "pdf", "其他.docx", "--force").code == 0
    assert mine.read_bytes().startswith(b"%PDF")
    assert names(folder) == before


def test_an_input_is_never_written_over(folder: Path) -> None:
    shutil.copy(folder / "其他.docx", folder / "其他.pdf")
    ended = run(folder, "pdf", "其他.pdf", "--force")
    assert (ended.code, "U026" in ended.err) == (2, True)
    assert (folder / "其他.pdf").read_bytes() == (folder / "其他.docx").read_bytes()


def test_two_files_of_one_name_are_refused_before_anything_is_written(folder: Path) -> None:
    (folder / "b").mkdir()
    shutil.copy(folder / "其他.docx", folder / "b" / "其他.docx")
    ended = run(folder, "pdf", "其他.docx", "b/其他.docx", "--out", "out")
    assert (ended.code, "X053" in ended.err) == (2, True)
    assert not (folder / "out").exists()


def test_a_file_that_cannot_be_exported_doesnt_stop_the_others(folder: Path) -> None:
    (folder / "坏.docx").write_bytes(b"no Word file")
    ended = run(folder, "pdf", "坏.docx", "没有.docx", "其他.docx", "--out", "out")
    assert ended.code == 1
    assert "U001" in ended.err
    assert "坏.docx" in ended.err
    assert names(folder / "out") == {"其他.pdf"}


def test_strict_writes_no_pdf_that_differs(folder: Path) -> None:
    (folder / "字体.docx").write_bytes(docx(para(TEXT).replace("宋体", "没有的字体")))
    loose = run(folder, "pdf", "字体.docx")
    assert loose.code == 0
    assert "X011" in loose.err
    (folder / "字体.pdf").unlink()
    strict = run(folder, "pdf", "字体.docx", "其他.docx", "--strict")
    assert strict.code == 1
    assert "X054" in strict.err
    assert not (folder / "字体.pdf").exists()
    assert (folder / "其他.pdf").exists()


@POSIX
def test_libreoffice_is_the_second_engine(folder: Path) -> None:
    ended = run(folder, "pdf", "其他.docx", "--engine", "libreoffice")
    assert ended.code == 0, ended.err
    assert (folder / "其他.pdf").read_bytes() == (folder / "made.pdf").read_bytes()


@POSIX
def test_libreoffice_never_sees_what_the_gate_refuses(folder: Path) -> None:
    (folder / "坏.docx").write_bytes(b"no Word file")
    ended = run(folder, "pdf", "坏.docx", "其他.docx", "--engine", "libreoffice", "--out", "out")
    assert ended.code == 1
    assert "坏.docx" in ended.err
    assert names(folder / "out") == {"其他.pdf"}


@POSIX
def test_libreoffice_that_makes_nothing_is_told(folder: Path) -> None:
    ended = run(folder, "pdf", "其他.docx", "--engine", "libreoffice", STAND_IN="/nowhere")
    assert (ended.code, "X052" in ended.err) == (1, True)
    assert not (folder / "其他.pdf").exists()


@POSIX
def test_a_machine_without_libreoffice_is_told_so(folder: Path) -> None:
    for command in (("pdf", "--engine", "libreoffice"), ("compare-pdf",)):
        ended = run(folder, *command, "其他.docx", PATH=str(folder))
        assert (ended.code, "X050" in ended.err) == (3, True)


@POSIX
def test_compare_prints_a_table_and_fails_below_the_bar(folder: Path) -> None:
    good = run(folder, "compare-pdf", "合同 一.docx", "--lang", "en")
    assert good.code == 0, good.err
    assert good.out.splitlines()[1].split() == ["合同", "一.docx", "1", "1", "1", "1", "0.00", "0.00", "1.000"]
    bad = run(folder, "compare-pdf", "合同 一.docx", "其他.docx", "--output-format", "json")
    assert bad.code == 1
    told = json.loads(bad.out)
    assert [one["file"] for one in told["agreements"]] == ["合同 一.docx", "其他.docx"]
    assert told["agreements"][0]["distance"]["p95"] == 0
    assert told["agreements"][1]["text"] < 1
    assert [one["code"] for one in told["diagnostics"]] == ["X057"]
    assert names(folder) == {"合同 一.docx", "其他.docx", "made.pdf", "programs"}


def test_compare_takes_the_pdf_of_another_program(folder: Path) -> None:
    assert run(folder, "compare-pdf", "合同 一.docx", "--against", "made.pdf", PATH="").code == 0
    other = run(folder, "compare-pdf", "其他.docx", "--against", "made.pdf", "--worst", "2")
    assert (other.code, "X057" in other.err) == (1, True)
    assert "0.0 mm p1" in other.out
    no_pdf = run(folder, "compare-pdf", "其他.docx", "--against", "其他.docx")
    assert (no_pdf.code, "X055" in no_pdf.err) == (1, True)
    two = run(folder, "compare-pdf", "其他.docx", "合同 一.docx", "--against", "made.pdf")
    assert (two.code, "--against" in two.err) == (2, True)
