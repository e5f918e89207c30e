"""Machines with few fonts, none, or a broken configuration, each tried in a fresh process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from docgen.export.fonts import fontconfig
from tests.export.build import docx, para
from tests.export.typefaces import make_font

if TYPE_CHECKING:
    from pathlib import Path

PROBE = """
import sys
from docgen.diagnostics import DocgenError
from docgen.export import to_pdf
try:
    print("ok", *sorted({item.code for item in to_pdf(open(sys.argv[1], "rb").read(), "x.docx").diagnostics}))
except DocgenError as stop:
    found = (" ".join((item.code, *item.args.get("code", "").split())) for item in stop.diagnostics)
    print(type(stop).__name__, *found)
"""
pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="names a fontconfig configuration as Linux reads it")


def probe(tmp_path: Path, text: str, configuration: str) -> str:
    """What a fresh process says about exporting this text where fontconfig is configured so."""
    paper = tmp_path / "x.docx"
    paper.write_bytes(docx(para(text)))
    done = subprocess.run(
        [sys.executable, "-c", PROBE, str(paper)],
        env={**os.environ, "FONTCONFIG_FILE": configuration},
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    assert "Traceback" not in done.stderr
    return done.stdout.strip()


def configured(tmp_path: Path, folder: Path) -> str:
    """A configuration that knows the fonts of one folder only."""
    file = tmp_path / "fonts.conf"
    listed = f"<dir>{folder}</dir><cachedir>{tmp_path / 'cache'}</cachedir>"
    file.write_text(f'<?xml version="1.0"?><fontconfig>{listed}</fontconfig>', "utf-8")
    return str(file)


@pytest.fixture
def folder(tmp_path: Path, pdf_of: object) -> Path:  # noqa: ARG001 — Pango must be there
    fonts = tmp_path / "fonts"
    fonts.mkdir()
    return fonts


def test_no_fonts_at_all(tmp_path: Path, folder: Path) -> None:
    assert probe(tmp_path, "甲A", configured(tmp_path, folder)) == "SetupError X007"


def test_one_font_of_all_characters_draws_everything_with_a_warning(tmp_path: Path, folder: Path) -> None:
    make_font(folder / "only.ttf", "唯一", "甲乙A☐")
    assert probe(tmp_path, "甲乙A☐", configured(tmp_path, folder)) == "ok X011"
    assert probe(tmp_path, "甲丙", configured(tmp_path, folder)) == "ExportError X117"  # 的 is lacking too


def test_latin_fonts_alone_are_no_chinese_font(tmp_path: Path, folder: Path) -> None:
    make_font(folder / "latin.ttf", "Liberation Serif", "ABC")
    assert probe(tmp_path, "ABC", configured(tmp_path, folder)) == "ok X010"
    assert probe(tmp_path, "甲乙丙A", configured(tmp_path, folder)) == "ExportError X117"


def test_a_small_chinese_font_lacks_rare_characters_by_name(tmp_path: Path, folder: Path) -> None:
    make_font(folder / "small.ttf", "宋体", "的陈")
    answer = probe(tmp_path, "陈𬱖昇", configured(tmp_path, folder))
    assert answer == "ExportError X008 U+2CC56 X008 U+6607"


def test_an_unreadable_font_is_passed_over(tmp_path: Path, folder: Path) -> None:
    make_font(folder / "good.ttf", "宋体", "的甲")
    (folder / "bad.ttf").write_bytes((folder / "good.ttf").read_bytes()[:300])
    assert probe(tmp_path, "甲", configured(tmp_path, folder)) == "ok"


def test_a_configuration_that_is_not_there_leaves_the_systems_fonts_or_says_so(tmp_path: Path, folder: Path) -> None:
    assert fontconfig.available()
    answer = probe(tmp_path, "ABC", str(folder / "none.conf"))
    assert answer.startswith(("ok", "SetupError X007", "ExportError X008"))
