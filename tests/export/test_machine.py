"""What depends on the machine: fonts, Pango, HarfBuzz; and that nothing else does."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from docgen.export import to_html, to_pdf
from docgen.export.pdf.render import load_renderer
from tests.export.build import docx, page_field, para, row, run, section, table

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from docgen.export import Pdf

LINUX = pytest.mark.skipif(sys.platform != "linux", reason="hides shared libraries as Linux finds them")
EXPORT = """
import hashlib, sys
from datetime import date
from docgen.diagnostics import DocgenError
from docgen.export import PdfOptions, attach, to_pdf
try:
    made = to_pdf(open(sys.argv[1], "rb").read(), "x.docx", PdfOptions(draft=True))
    file = attach(made.data, open(sys.argv[1], "rb").read(), date(2026, 1, 29))
    print(hashlib.sha256(file).hexdigest(), *(item.code for item in made.diagnostics))
except DocgenError as stop:
    print(type(stop).__name__)
    for item in stop.diagnostics:
        print(item.code, *item.notes)
"""


@pytest.fixture
def contract() -> bytes:
    text = "第一条　本合同所称“主债权”，是指编号为GDYB-2024-0318的合同。" * 3
    body = [para(text, '<w:jc w:val="both"/>') for _ in range(30)]
    return docx(
        *body,
        table([2000, 3000], row("甲方", "乙方")),
        section=section('<w:footerReference w:type="default" r:id="f1"/>'),
        headers={"f1": para(runs=run("第") + page_field("PAGE") + run("页共") + page_field("NUMPAGES") + run("页"))},
    )


def exported(path: Path, environment: Mapping[str, str]) -> list[str]:
    """The words a fresh process prints about exporting the file."""
    done = subprocess.run(
        [sys.executable, "-c", EXPORT, str(path)],
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    assert done.stderr == ""
    return done.stdout.split()


def test_same_input_gives_the_same_bytes_in_other_processes_zones_and_locales(
    contract: bytes, pdf_of: Callable[..., Pdf], tmp_path: Path
) -> None:
    assert pdf_of(para("先")).pages == 1
    first, second = to_pdf(contract, "x.docx"), to_pdf(contract, "另一个名字.docx")
    assert first.data == second.data
    path = tmp_path / "合同.docx"
    path.write_bytes(contract)
    here = exported(path, {"TZ": "Asia/Shanghai", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "1"})
    there = exported(path, {"TZ": "America/New_York", "LC_ALL": "C", "PYTHONHASHSEED": "2", "SOURCE_DATE_EPOCH": "1"})
    assert here == there
    assert len(here[0]) == 64


@LINUX
@pytest.mark.usefixtures("pdf_of")
def test_without_pango_the_finding_says_what_to_install(contract: bytes, tmp_path: Path) -> None:
    path = tmp_path / "x.docx"
    path.write_bytes(contract)
    (tmp_path / "libpango-1.0.so.0").write_bytes(b"no library")
    assert exported(path, {"LD_LIBRARY_PATH": str(tmp_path)}) == ["SetupError", "X005", "debian"]


@LINUX
@pytest.mark.usefixtures("pdf_of")
def test_a_missing_subset_library_is_said_loudly(tmp_path: Path) -> None:
    path = tmp_path / "x.docx"
    path.write_bytes(docx("<w:p><w:r><w:t>A</w:t></w:r></w:p>"))
    for name in ("libharfbuzz-subset.so.0", "libharfbuzz-subset-0"):
        (tmp_path / name).write_bytes(b"no library")
    assert "X009" in exported(path, {"LD_LIBRARY_PATH": str(tmp_path)})


@pytest.mark.usefixtures("pdf_of")
def test_without_any_font_nothing_is_made(contract: bytes, tmp_path: Path) -> None:
    path = tmp_path / "x.docx"
    path.write_bytes(contract)
    config = tmp_path / "fonts.conf"
    config.write_text('<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig></fontconfig>', "utf-8")
    assert exported(path, {"FONTCONFIG_FILE": str(config)}) == ["SetupError", "X007"]


@pytest.mark.usefixtures("pdf_of")
def test_a_character_no_font_has_stops_the_export(tmp_path: Path) -> None:
    path = tmp_path / "x.docx"
    path.write_bytes(docx(para("甲\u0378")))  # not assigned in Unicode
    assert exported(path, {})[:2] == ["ExportError", "X008"]


@pytest.mark.usefixtures("fonts")
def test_html_needs_no_weasyprint() -> None:
    probe = (
        "import sys; from docgen.export import to_html; from tests.export.build import docx, para; "
        "assert '甲' in to_html(docx(para('甲')), 'x').html; print('weasyprint' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout.strip() == "False"


@pytest.mark.usefixtures("fonts")
def test_each_substituted_font_is_reported_once_by_name() -> None:
    body = [para(runs=run(text, "", "方正小标宋简体") + run(text, "", "神秘字体")) for text in "甲乙丙"]
    found = [(item.code, dict(item.args)) for item in to_html(docx(*body), "x").diagnostics]
    assert found.count(("X010", {"font": "方正小标宋简体", "used": "Noto Serif CJK SC"})) == 1
    assert found.count(("X011", {"font": "神秘字体", "used": "Noto Serif CJK SC"})) == 1


@pytest.mark.usefixtures("fonts")
def test_characters_a_font_lacks_are_reported_and_taken_from_the_same_style() -> None:
    found = to_html(docx(para(runs=run("①☑一", "<w:b/>", "宋体") + "<w:r><w:t>①</w:t></w:r>")), "x").diagnostics
    lacking = [(str(item.place), dict(item.args)) for item in found if item.code == "X012"]
    said = {"characters": "①", "font": "Times New Roman", "used": "Noto Serif CJK SC"}
    assert lacking in ([], [("x 正文 › 第 1 段", said)])


def test_weasyprint_reads_no_file_and_no_address(pdf_of: Callable[..., Pdf], tmp_path: Path) -> None:
    assert pdf_of(para("先")).pages == 1
    secret = tmp_path / "secret.css"
    secret.write_text("@page{size:100pt 100pt}", "utf-8")
    renderer = load_renderer()
    html = f'<link rel="stylesheet" href="{secret.as_uri()}"><img src="{secret.as_uri()}"><p>A'
    page = renderer.module.HTML(string=html, url_fetcher=renderer.fetcher({})).render().pages[0]
    assert page.width > 200
