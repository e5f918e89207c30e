"""Text boxes, shapes and text beside floating drawings: no text is lost, all of it stands where Word has it."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

import pikepdf
import pytest

from docgen.diagnostics import ExportError
from docgen.export import to_html
from tests.export.build import cell, docx, para, row, run, section, table
from tests.export.drawings import anchored, inline, picture, png, shape
from tests.export.pages import at, lines, page_texts

if TYPE_CHECKING:
    from collections.abc import Callable

    from docgen.export import Pdf

LEFT, TOP = 72.0, 72.0
SINGLE = '<w:spacing w:line="240" w:lineRule="auto"/>'
RED = {"rP": ("a.png", png(colour=(255, 0, 0)))}
VML = 'xmlns:v="urn:schemas-microsoft-com:vml"'
MC = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
WATER = (
    f'<w:r><w:pict {VML}><v:shape type="#_x0000_t136" style="position:absolute;width:300pt;height:100pt;rotation:315;'
    "z-index:-1;mso-position-horizontal:center;mso-position-horizontal-relative:margin;"
    'mso-position-vertical:center;mso-position-vertical-relative:margin" fillcolor="silver">'
    '<v:textpath style="font-family:宋体" string="草稿"/></v:shape></w:pict></w:r>'
)


def codes(made: Pdf) -> list[str]:
    return [item.code for item in made.diagnostics if item.code not in {"X010", "X012"}]


def test_a_floating_text_box_prints_its_text_at_its_place(pdf_of: Callable[..., Pdf]) -> None:
    box = anchored(shape(120, 60, para("BOX")), 120, 60, ("page", 300), ("page", 500))
    made = pdf_of(para(runs=run("正文") + box), para("后"))
    assert at(made.data, "BOX").x == pytest.approx(300 + 7.2, abs=0.1)
    assert 500 < at(made.data, "BOX").y < 530
    assert at(made.data, "后").y - at(made.data, "正文").y == pytest.approx(24, abs=0.1)
    assert codes(made) == []


def test_a_text_box_breaks_lines_in_its_own_width(pdf_of: Callable[..., Pdf]) -> None:
    box = inline(shape(80, 90, para("一二三四五六七八九十")), 80, 90)
    made = pdf_of(para(runs=box, properties=SINGLE))
    assert lines(made.data) == ["一二三四五", "六七八九十"]


def test_text_boxes_stand_in_cells_and_headers(pdf_of: Callable[..., Pdf]) -> None:
    box = anchored(shape(90, 40, para("盒")), 90, 40)
    made = pdf_of(
        table([4000], row(cell(para(runs=run("格") + box)))),
        section=section('<w:headerReference w:type="default" r:id="h1"/>'),
        headers={"h1": para(runs=run("头") + box)},
    )
    assert sorted(page_texts(made.data)[0]) == sorted("格盒头盒")


def test_a_centred_paragraph_does_not_centre_the_text_of_its_box(pdf_of: Callable[..., Pdf]) -> None:
    box = anchored(shape(200, 40, para("BOX")), 200, 40, ("column", 0), ("paragraph", 0))
    made = pdf_of(para(runs=box + run("题"), properties='<w:jc w:val="center"/><w:ind w:firstLine="480"/>'))
    assert at(made.data, "BOX").x == pytest.approx(LEFT + 7.2, abs=0.1)


@pytest.mark.parametrize(("anchor", "share"), [("t", 0.0), ("ctr", 0.5), ("b", 1.0)])
def test_text_stands_at_the_top_the_middle_or_the_bottom(anchor: str, share: float, pdf_of: Callable[..., Pdf]) -> None:
    box = anchored(shape(90, 124, para("BOX"), body=f'anchor="{anchor}" tIns="0" bIns="0"'), 90, 124)
    made = pdf_of(para(runs=box))
    assert at(made.data, "BOX").y - TOP == pytest.approx(100 * share + 19.2, abs=0.2)


def test_text_higher_than_its_box_is_printed_and_reported(pdf_of: Callable[..., Pdf]) -> None:
    box = anchored(shape(90, 30, para("一") + para("二") + para("三")), 90, 30)
    made = pdf_of(para(runs=box), para("后"))
    assert codes(made) == ["X086"]
    assert sorted(page_texts(made.data)[0]) == sorted("一二三后")


def test_a_text_box_at_the_page_end_is_not_divided(pdf_of: Callable[..., Pdf]) -> None:
    box = anchored(shape(90, 80, para("一") + para("二") + para("三")), 90, 80, ("page", 100), ("page", 750))
    made = pdf_of(para(runs=run("文") + box))
    assert made.pages == 1
    assert sorted(page_texts(made.data)[0]) == sorted("文一二三")


def test_one_branch_of_alternate_content_is_printed(pdf_of: Callable[..., Pdf]) -> None:
    modern = inline(shape(90, 40, para("新")), 90, 40).removeprefix("<w:r>").removesuffix("</w:r>")
    older = f'<w:pict {VML}><v:shape style="width:90pt;height:40pt"><v:textbox><w:txbxContent>{para("旧")}</w:txbxContent></v:textbox></v:shape></w:pict>'  # noqa: E501 — markup
    for requires, shown in (("wps", "新"), ("unheard-of", "旧")):
        both = (
            f'<w:r><mc:AlternateContent {MC}><mc:Choice Requires="{requires}">{modern}</mc:Choice>'
            f"<mc:Fallback>{older}</mc:Fallback></mc:AlternateContent></w:r>"
        )
        assert page_texts(pdf_of(para(runs=both, properties=SINGLE)).data) == [shown]


def test_shapes_are_drawn_and_unknown_ones_reported_with_their_place(pdf_of: Callable[..., Pdf]) -> None:
    known = "".join(anchored(shape(40, 30, kind=kind), 40, 30) for kind in ("rect", "ellipse", "line", "star5"))
    assert codes(pdf_of(para(runs=run("甲") + known))) == []
    made = pdf_of(para(runs=run("甲") + anchored(shape(40, 30, kind="cloudCallout"), 40, 30)))
    found = [item for item in made.diagnostics if item.code == "X082"]
    assert [(dict(item.args), str(item.place)) for item in found] == [
        ({"feature": "a:prstGeom cloudCallout"}, "test.docx 正文 › 第 1 段")
    ]


def test_text_in_an_unknown_shape_is_still_printed(pdf_of: Callable[..., Pdf]) -> None:
    made = pdf_of(para(runs=anchored(shape(90, 60, para("云"), kind="cloudCallout"), 90, 60)))
    assert page_texts(made.data) == ["云"]


def test_smart_art_stops_the_export_because_its_text_would_be_lost() -> None:
    art = '<dgm:relIds xmlns:dgm="http://schemas.openxmlformats.org/drawingml/2006/diagram"/>'
    with pytest.raises(ExportError) as stopped:
        to_html(docx(para(runs=inline(art, 90, 90))), "x.docx")
    assert [item.code for item in stopped.value.diagnostics] == ["X087"]


def test_a_group_scales_and_places_what_it_holds(pdf_of: Callable[..., Pdf]) -> None:
    inside = shape(200, 100, para("BOX"), at="100,100")
    group = (
        '<wpg:wgp><wpg:grpSpPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="2540000" cy="1270000"/>'
        '<a:chOff x="0" y="0"/><a:chExt cx="5080000" cy="2540000"/></a:xfrm></wpg:grpSpPr>' + inside + "</wpg:wgp>"
    )
    made = pdf_of(para(runs=anchored(group, 200, 100, ("column", 0), ("paragraph", 0))))
    assert at(made.data, "BOX").x == pytest.approx(LEFT + 50 + 7.2, abs=0.1)


def test_a_word_art_watermark_is_drawn_behind_the_text(pdf_of: Callable[..., Pdf]) -> None:
    made = pdf_of(
        para("正文"),
        section=section('<w:headerReference w:type="default" r:id="h1"/>'),
        headers={"h1": para(runs=WATER)},
    )
    assert sorted(page_texts(made.data)[0]) == sorted("正文草稿")
    with pikepdf.open(io.BytesIO(made.data)) as pdf:
        turned = [
            [float(number) for number in step.operands]
            for step in pikepdf.parse_content_stream(pdf.pages[0])
            if str(step.operator) == "cm"
        ]
    assert any(abs(matrix[0] - 0.707) < 0.01 and abs(abs(matrix[1]) - 0.707) < 0.01 for matrix in turned)


def test_text_goes_on_below_a_drawing_that_stands_alone_in_its_lines(pdf_of: Callable[..., Pdf]) -> None:
    alone = anchored(picture("rP", 100, 80), 100, 80, ("column", 0), ("paragraph", 24), wrap="wrapTopAndBottom")
    made = pdf_of(para(runs=run("字" * 70) + alone), para("后"), media=RED)
    first, second = (round(at(made.data, "字").y - TOP), round(at(made.data, "后").y - TOP))
    assert first == 19
    assert second == 19 + 80 + 24 * 2
    assert codes(made) == []


def test_text_runs_beside_a_drawing_and_through_the_next_paragraph(pdf_of: Callable[..., Pdf]) -> None:
    beside = anchored(picture("rP", 151, 60), 151, 60, ("column", 0), ("paragraph", 0), wrap="wrapSquare")
    made = pdf_of(para(runs=beside + run("短")), para("长" * 60), media=RED)
    assert at(made.data, "短").x == pytest.approx(LEFT + 151, abs=0.1)
    assert [len(line) for line in lines(made.data)] == [1, 25, 25, 10]  # beside, beside, below
    assert codes(made) == []


def test_a_drawing_fixed_on_the_page_is_set_at_its_paragraph_and_reported(pdf_of: Callable[..., Pdf]) -> None:
    fixed = anchored(picture("rP", 100, 80), 100, 80, ("page", 100), ("page", 400), wrap="wrapSquare")
    made = pdf_of(para(runs=fixed + run("甲")), media=RED)
    assert at(made.data, "甲").y == pytest.approx(TOP + 80 + 19.2, abs=0.2)
    assert codes(made) == ["X085"]


def test_a_drawing_in_the_margin_moves_no_text(pdf_of: Callable[..., Pdf]) -> None:
    margin = anchored(picture("rP", 40, 40), 40, 40, ("page", 20), ("page", 20), wrap="wrapSquare")
    made = pdf_of(para(runs=margin + run("甲")), media=RED)
    assert at(made.data, "甲").y == pytest.approx(TOP + 19.2, abs=0.1)
    assert codes(made) == []


@pytest.mark.usefixtures("fonts")
def test_odd_drawings_are_read_as_something_sensible() -> None:
    for odd in (
        anchored(shape(1e9, -5, para("甲")), 1e9, -5, ("nowhere", 1e7), ("nothing", "askew")),
        inline("", 0, 0),
        "<w:r><w:drawing/></w:r>",
        f'<w:r><w:pict {VML}><v:shape style="width:nanpt;height:-1e9in;rotation:x"/></w:pict></w:r>',
        f'<w:r><w:pict {VML}><v:group coordsize="0,0"><v:rect style="left:5"/></v:group></w:pict></w:r>',
        f"<w:r><mc:AlternateContent {MC}/></w:r>",
    ):
        html = to_html(docx(para(runs=odd), para("末")), "x.docx").html
        assert "末" in html
        assert "nan" not in html


def test_text_boxes_in_text_boxes_have_a_limit() -> None:
    inner = shape(50, 50, para("底"))
    for _ in range(6):
        inner = shape(50, 50, para(runs=inline(inner, 50, 50)))
    with pytest.raises(ExportError) as stopped:
        to_html(docx(para(runs=inline(inner, 50, 50))), "x.docx")
    assert stopped.value.diagnostics[0].code == "X004"


def test_the_built_file_holds_its_pictures() -> None:
    with zipfile.ZipFile(io.BytesIO(docx(para("字"), media=RED))) as archive:
        assert archive.read("word/media/a.png") == RED["rP"][1]
