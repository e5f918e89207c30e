"""What is embedded of a font: the used glyphs alone, found by their numbers."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pikepdf
import pytest
from fontTools.cffLib import CFFFontSet
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.t2CharStringPen import T2CharStringPen

from docgen.export.fonts.folders import use_font_folders
from tests.export.build import para, run
from tests.export.pages import at

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from docgen.export import Pdf

OWN = "甲乙丙"


def programs(pdf: Pdf) -> dict[str, tuple[str, bytes]]:
    """The kind and the bytes of each font program, by the name of its font."""
    with pikepdf.open(io.BytesIO(pdf.data)) as opened:
        descriptors = [
            one
            for one in opened.objects
            if isinstance(one, pikepdf.Dictionary) and one.get("/Type") == "/FontDescriptor"
        ]
        files = [one.FontFile3 if "/FontFile3" in one else one.FontFile2 for one in descriptors]
        return {
            str(one.FontName)[8:]: (str(file.get("/Subtype", "")), file.read_bytes())
            for one, file in zip(descriptors, files, strict=True)
        }


def test_of_a_chinese_face_the_used_glyphs_are_embedded_by_their_numbers(pdf_of: Callable[..., Pdf]) -> None:
    found = programs(pdf_of(para("出质人䶮")))
    kind, program = found["Noto-Serif-CJK-SC"]
    assert kind == "/CIDFontType0C"
    fonts = CFFFontSet()
    fonts.decompile(io.BytesIO(program), None)
    assert all(name == ".notdef" or name.startswith("cid") for name in fonts[0].charset)
    assert 5 <= len(fonts[0].charset) < 20
    assert len(program) < 10_000


@pytest.fixture
def own_face(tmp_path: Path) -> Iterator[str]:
    """A face with CFF outlines whose glyphs have names and no numbers, in a folder of the firm's own fonts."""
    names = {ord(char): f"u{ord(char):X}" for char in OWN}
    pen = T2CharStringPen(1000, None)
    for point in ((100, 0), (100, 800), (900, 800), (900, 0)):
        (pen.moveTo if point == (100, 0) else pen.lineTo)(point)
    pen.closePath()
    builder = FontBuilder(1000, isTTF=False)
    builder.setupGlyphOrder([".notdef", *names.values()])
    builder.setupCharacterMap(names)
    builder.setupCFF("Own", {}, dict.fromkeys([".notdef", *names.values()], pen.getCharString()), {})
    builder.setupHorizontalMetrics(dict.fromkeys([".notdef", *names.values()], (1000, 100)))
    builder.setupHorizontalHeader(ascent=880, descent=-120)
    builder.setupNameTable({"familyName": "Own Kai", "styleName": "Regular", "psName": "Own"})
    builder.setupOS2(sTypoAscender=880, sTypoDescender=-120)
    builder.setupPost()
    builder.save(tmp_path / "own.otf")
    use_font_folders([tmp_path])
    yield "Own Kai"
    use_font_folders(())


def test_a_face_whose_glyphs_bear_names_stays_an_opentype_file(pdf_of: Callable[..., Pdf], own_face: str) -> None:
    pdf = pdf_of(para(runs=run(OWN, "", own_face)))
    kind, program = programs(pdf)["Own-Kai"]
    assert (kind, program[:4]) == ("/OpenType", b"OTTO")
    assert at(pdf.data, OWN).font == "Own-Kai"
