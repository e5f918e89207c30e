"""Plain text is set glyph by glyph; it must stand where the renderer's own way of setting text would put it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from docgen.export import Pdf, to_html
from docgen.export.compare.pdfium import Sign, open_pdf
from docgen.export.lines.segments import FIRST, Segments
from docgen.export.pdf.render import font_configuration, load_renderer
from tests.export.build import docx, para, run, table
from tests.export.build import row as tr

if TYPE_CHECKING:
    from collections.abc import Callable

BODY = (
    para(
        "第一条 借款金额为人民币伍佰万元整（¥5,000,000.00），期限自2026年1月29日起至2027年1月28日止。" * 3,
        '<w:jc w:val="both"/>',
    ),
    para("“甲方”（以下称“出质人”）与HK19100311.1号专利……双方遵守——", '<w:jc w:val="distribute"/>'),
    para("甲\t乙\tB", '<w:tabs><w:tab w:val="center" w:pos="3000"/><w:tab w:val="right" w:pos="8000"/></w:tabs>'),
    para(
        runs=run("小字", '<w:sz w:val="15"/>')
        + run("大字Large", '<w:b/><w:sz w:val="44"/>')
        + run("划线 ", '<w:u w:val="single"/>')
    ),
    table([3000, 3000], tr("出质人", "肇庆端砚精密科技有限公司"), tr("Rate", "3.45%")),
)


def set_by_the_renderer(document: bytes) -> bytes:
    renderer = load_renderer()
    page = renderer.module.HTML(string=to_html(document, "test.docx").html, url_fetcher=renderer.fetcher({}))
    data: bytes = page.render(font_config=font_configuration()).write_pdf()
    return data


def signs(data: bytes) -> list[Sign]:
    with open_pdf(data, "test.pdf") as pdf:
        return [sign for page in range(len(pdf)) for sign in pdf.signs(page) if not sign.char.isspace()]


def test_both_ways_of_setting_give_the_same_glyphs_at_the_same_places(pdf_of: Callable[..., Pdf]) -> None:
    ours, theirs = signs(pdf_of(*BODY).data), signs(set_by_the_renderer(docx(*BODY)))
    assert len(ours) > 150
    assert "".join(sign.char for sign in ours) == "".join(sign.char for sign in theirs)
    for one, other in zip(ours, theirs, strict=True):
        assert (one.x, one.y, one.size) == pytest.approx((other.x, other.y, other.size), abs=0.3), (
            one
        )  # 0.1 mm; the renderer rounds each gap


def test_nearly_all_of_a_contract_is_plain() -> None:
    segments = Segments()
    html = to_html(docx(*BODY), "test.docx", segments=segments).html
    assert sum(chr(FIRST) <= char for char in html) >= 10
    assert html.count("<span") < to_html(docx(*BODY), "test.docx").html.count("<span") / 2
