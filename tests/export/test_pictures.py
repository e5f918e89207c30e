"""Pictures in the PDF: in the line, floating, in headers and cells, and those that can't be drawn."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pikepdf
import pytest

from docgen.export.pages.images import Images, Reason, UnusableError
from tests.export.build import cell, para, row, run, section, table
from tests.export.drawings import anchored, inline, picture, png
from tests.export.pages import at, page_texts

if TYPE_CHECKING:
    from collections.abc import Callable

    from docgen.export import Pdf

RED = {"rP": ("a.png", png(colour=(255, 0, 0)))}
SINGLE = '<w:spacing w:line="240" w:lineRule="auto"/>'
LEFT, TOP = 72.0, 72.0


def drawn(made: Pdf) -> list[tuple[int, float, float, float, float]]:
    """Each picture: page from 0, then left, top, width and height in points, in drawing order."""
    found = []
    with pikepdf.open(io.BytesIO(made.data)) as pdf:
        for number, page in enumerate(pdf.pages):
            height = float(page.mediabox[3])
            stack: list[pikepdf.Matrix] = []
            matrix = pikepdf.Matrix()
            for step in pikepdf.parse_content_stream(page):
                operator = str(step.operator)
                if operator == "q":
                    stack.append(matrix)
                elif operator == "Q":
                    matrix = stack.pop()
                elif operator == "cm":
                    matrix = pikepdf.Matrix(step.operands) @ matrix
                elif operator == "Do" and page.Resources.XObject[str(step.operands[0])].Subtype == "/Image":
                    x, y = min(matrix.e, matrix.e + matrix.a), max(matrix.f, matrix.f + matrix.d)
                    found.append((number, x, height - y, abs(matrix.a), abs(matrix.d)))
    return found


def codes(made: Pdf) -> list[str]:
    return [item.code for item in made.diagnostics if item.code not in {"X010", "X012"}]


def test_a_picture_in_the_line_takes_its_room_and_stands_on_the_baseline(pdf_of: Callable[..., Pdf]) -> None:
    made = pdf_of(para(runs=run("左") + inline(picture("rP", 60, 90), 60, 90) + run("R"), properties=SINGLE), media=RED)
    left, right = at(made.data, "左"), at(made.data, "R")
    assert drawn(made) == [pytest.approx((0, LEFT + 12, TOP, 60, 90), abs=0.1)]
    assert right.x - left.x == pytest.approx(12 + 60, abs=0.1)
    assert left.y == pytest.approx(TOP + 90, abs=0.1)
    assert codes(made) == []


def test_a_picture_too_wide_for_the_rest_of_the_line_begins_the_next(pdf_of: Callable[..., Pdf]) -> None:
    made = pdf_of(para(runs=run("字" * 30) + inline(picture("rP", 200, 50), 200, 50), properties=SINGLE), media=RED)
    assert drawn(made)[0][1] == pytest.approx(LEFT, abs=0.1)


def test_a_line_of_exact_height_cuts_the_picture_and_says_so(pdf_of: Callable[..., Pdf]) -> None:
    made = pdf_of(para(runs=run("甲") + inline(picture("rP", 60, 90), 60, 90)), para("乙"), media=RED)
    assert at(made.data, "乙").y - at(made.data, "甲").y == pytest.approx(24, abs=0.1)
    assert codes(made) == ["X083"]


def test_pictures_stand_in_cells_and_headers(pdf_of: Callable[..., Pdf]) -> None:
    inside = cell(para(runs=inline(picture("rP", 30, 40), 30, 40), properties=SINGLE))
    header = para(runs=inline(picture("rP", 20, 20), 20, 20), properties=SINGLE)
    made = pdf_of(
        table([4000], row(inside)),
        section=section('<w:headerReference w:type="default" r:id="h1"/>'),
        headers={"h1": header},
        media=RED,
    )
    boxes = sorted(box[3:] for box in drawn(made))
    assert boxes == [pytest.approx((20, 20)), pytest.approx((30, 40))]


def test_the_same_picture_twice_is_in_the_file_once(pdf_of: Callable[..., Pdf]) -> None:
    twice = inline(picture("rP", 30, 30), 30, 30) + inline(picture("rQ", 50, 50), 50, 50)
    made = pdf_of(para(runs=twice, properties=SINGLE), media={**RED, "rQ": ("b.png", RED["rP"][1])})
    with pikepdf.open(io.BytesIO(made.data)) as pdf:
        kept = [item for item in pdf.objects if isinstance(item, pikepdf.Stream) and item.get("/Subtype") == "/Image"]
    assert len(drawn(made)) == 2
    assert len(kept) == 1
    assert kept[0].get("/Interpolate", False) is False or not bool(kept[0].Interpolate)
    assert made.data == pdf_of(para(runs=twice, properties=SINGLE), media={**RED, "rQ": ("b.png", RED["rP"][1])}).data


def test_a_cropped_picture_shows_its_part_only(pdf_of: Callable[..., Pdf]) -> None:
    half = picture("rP", 50, 50, crop='<a:srcRect l="50000"/>')
    made = pdf_of(para(runs=inline(half, 50, 50), properties=SINGLE), media=RED)
    assert drawn(made) == [pytest.approx((0, LEFT - 50, TOP, 100, 50), abs=0.1)]


def test_a_seal_moves_no_text_and_stands_where_its_paragraph_is(pdf_of: Callable[..., Pdf]) -> None:
    seal = anchored(picture("rP", 100, 100), 100, 100, ("column", 80), ("paragraph", -40))
    plain = pdf_of(para("前"), para("甲方（盖章）："), para("后"))
    made = pdf_of(para("前"), para(runs=run("甲方（盖章）：") + seal), para("后"), media=RED)
    assert at(made.data, "后").y == pytest.approx(at(plain.data, "后").y, abs=0.01)
    assert drawn(made) == [pytest.approx((0, LEFT + 80, TOP + 24 - 40, 100, 100), abs=0.1)]


def test_a_seal_goes_to_the_page_of_its_paragraph(pdf_of: Callable[..., Pdf]) -> None:
    seal = anchored(picture("rP", 50, 50), 50, 50, ("page", 300), ("page", 200))
    made = pdf_of(para("填") * 29, para(runs=run("末") + seal), media=RED)
    assert page_texts(made.data)[1] == "末"
    assert drawn(made) == [pytest.approx((1, 300, 200, 50, 50), abs=0.1)]


@pytest.mark.parametrize("jc", ["left", "center", "right"])
def test_alignment_and_indent_of_the_paragraph_do_not_move_a_seal(jc: str, pdf_of: Callable[..., Pdf]) -> None:
    seal = anchored(picture("rP", 50, 50), 50, 50, ("column", 30), ("paragraph", 10))
    properties = f'<w:ind w:left="400" w:firstLine="200"/><w:jc w:val="{jc}"/>'
    made = pdf_of(para(runs=seal + run("盖章"), properties=properties), media=RED)
    assert drawn(made) == [pytest.approx((0, LEFT + 30, TOP + 10, 50, 50), abs=0.1)]


def test_a_seal_is_measured_from_its_cell(pdf_of: Callable[..., Pdf]) -> None:
    seal = anchored(picture("rP", 20, 20), 20, 20, ("column", 10), ("paragraph", 5))
    made = pdf_of(table([3000, 3000], row("左", cell(para(runs=run("R") + seal)))), media=RED)
    assert drawn(made)[0][1] == pytest.approx(at(made.data, "R").x + 10, abs=0.1)


def test_what_stands_behind_the_text_is_drawn_before_it(pdf_of: Callable[..., Pdf]) -> None:
    order = {}
    for behind in (True, False):
        seal = anchored(picture("rP", 50, 50), 50, 50, behind=behind)
        made = pdf_of(para(runs=run("字") + seal), media=RED)
        with pikepdf.open(io.BytesIO(made.data)) as pdf:
            steps = [str(step.operator) for step in pikepdf.parse_content_stream(pdf.pages[0])]
        shows = max(index for index, step in enumerate(steps) if step in {"TJ", "Tj"})
        order[behind] = steps.index("Do") < shows
    assert order == {True: True, False: False}


def test_a_header_picture_stands_on_its_page_behind_the_body(pdf_of: Callable[..., Pdf]) -> None:
    water = anchored(picture("rP", 200, 200), 200, 200, ("margin", "center"), ("margin", "center"))
    low = anchored(picture("rP", 30, 30), 30, 30, ("page", 100), ("page", 780))
    made = pdf_of(
        para("正文"),
        section=section(
            '<w:headerReference w:type="default" r:id="h1"/><w:footerReference w:type="default" r:id="f1"/>'
        ),
        headers={"h1": para(runs=run("页眉") + water), "f1": para(runs=run("页脚") + low)},
        media=RED,
    )
    middle = (595.3 - 200) / 2, (841.9 - 200) / 2
    assert drawn(made) == [
        pytest.approx((0, *middle, 200, 200), abs=0.1),
        pytest.approx((0, 100, 780, 30, 30), abs=0.1),
    ]
    with pikepdf.open(io.BytesIO(made.data)) as pdf:
        steps = [str(step.operator) for step in pikepdf.parse_content_stream(pdf.pages[0])]
    assert steps.index("Do") < max(index for index, step in enumerate(steps) if step in {"TJ", "Tj"})


def test_the_description_becomes_the_alternative_text(fonts: None) -> None:  # noqa: ARG001 — text is measured
    from docgen.export import to_pdf  # noqa: PLC0415 — needs Pango
    from tests.export.build import docx  # noqa: PLC0415 — same

    body = para(runs=inline(picture("rP", 20, 20), 20, 20, alt="公章&quot;示意&quot;"), properties=SINGLE)
    made = to_pdf(docx(body, media=RED), "x.docx")
    with pikepdf.open(io.BytesIO(made.data)) as pdf:
        figures = [item for item in pdf.objects if isinstance(item, pikepdf.Dictionary) and item.get("/S") == "/Figure"]
        assert [str(item.Alt) for item in figures] == ['公章"示意"']


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (png(size=(40, 40))[:60], "X080"),
        (b"no picture at all", "X080"),
        (b"", "X080"),
        (b"\xd7\xcd\xc6\x9a" + bytes(40), "X081"),
        (b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>', "X081"),
    ],
)
def test_a_picture_that_cannot_be_drawn_is_reported_and_keeps_its_room(
    data: bytes, code: str, pdf_of: Callable[..., Pdf]
) -> None:
    body = para(runs=inline(picture("rP", 60, 90), 60, 90), properties=SINGLE)
    made = pdf_of(body, para("后"), media={"rP": ("a.png", data)})
    assert drawn(made) == []
    assert at(made.data, "后").y > TOP + 90
    found = next(item for item in made.diagnostics if item.code == code)
    assert str(found.place) == "test.docx 正文 › 第 1 段"


def test_a_picture_whose_relationship_is_missing_is_reported(pdf_of: Callable[..., Pdf]) -> None:
    assert codes(pdf_of(para(runs=inline(picture("rX", 6, 9), 6, 9), properties=SINGLE))) == ["X080"]


@pytest.mark.parametrize(
    ("mode", "form"),
    [
        ("RGB", "PNG"), ("RGBA", "PNG"), ("LA", "PNG"), ("P", "PNG"), ("1", "PNG"), ("I;16", "PNG"), ("L", "JPEG"),
        ("RGB", "JPEG"), ("CMYK", "JPEG"), ("P", "GIF"), ("RGB", "BMP"), ("RGB", "TIFF"), ("CMYK", "TIFF"),
        ("1", "TIFF"),
    ],
)  # fmt: skip
def test_every_kind_of_picture_becomes_one_an_archive_file_may_hold(mode: str, form: str) -> None:
    from PIL import Image  # noqa: PLC0415 — what the test reads with

    images = Images()
    found = images.add(png(mode, (5, 7), form))
    made = Image.open(io.BytesIO(images.data[found.url]))
    assert (found.width, found.height) == made.size == (5, 7)
    assert made.format in {"PNG", "JPEG"}
    assert made.mode in {"L", "RGB", "RGBA"}


def test_sixteen_bits_keep_their_brightness() -> None:
    from PIL import Image  # noqa: PLC0415 — what the test reads with

    images = Images()
    grey = images.data[images.add(png("I;16", (4, 4), colour=0x8000)).url]
    assert Image.open(io.BytesIO(grey)).getpixel((0, 0)) == 0x80


def test_a_picture_that_says_it_is_huge_is_refused_before_it_is_decoded() -> None:
    bomb = bytearray(png("1", (8, 8)))
    bomb[16:24] = (50_000).to_bytes(4, "big") * 2
    import zlib  # noqa: PLC0415 — only here

    bomb[29:33] = zlib.crc32(bytes(bomb[12:29])).to_bytes(4, "big")
    with pytest.raises(UnusableError) as refused:
        Images().add(bytes(bomb))
    assert refused.value.reason is Reason.SIZE


def test_a_cut_off_picture_is_refused_even_after_the_renderer_was_loaded(pdf_of: Callable[..., Pdf]) -> None:
    pdf_of(para("字"))  # the renderer tells the decoder to take cut-off files
    with pytest.raises(UnusableError) as refused:
        Images().add(png("RGB", (300, 300), "JPEG")[:-400])
    assert refused.value.reason is Reason.DAMAGED
