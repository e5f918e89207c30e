"""docxtpl's own render is the oracle: the same template and data give the same XML, part by part."""

from __future__ import annotations

import io
import re
import zipfile
from typing import TYPE_CHECKING, Any

import pytest
from docx.oxml import parse_xml
from docxtpl import DocxTemplate
from lxml import etree

from benchmarks.corpus import cases
from benchmarks.corpus import scope as benchmark_scope
from benchmarks.plain import environment, plain
from docgen.fill import FillOptions, compile_template
from tests.fill.small import ROOT, deal, deal_record, paragraphs_file, scope, with_notes, word_file

if TYPE_CHECKING:
    from collections.abc import Callable

    from docx.document import Document

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
RENDERED = re.compile(r"word/(document|header\d*|footer\d*|footnotes)\.xml")


def normalised(data: bytes) -> bytes:
    """The canonical form without what may differ: ids, table grids, cached results of references."""
    root = etree.fromstring(data)
    for element in root.iter("*"):
        if element.tag in {W + "bookmarkStart", W + "bookmarkEnd", DRAWING}:
            for name in ("id", W + "id", W + "name"):
                element.attrib.pop(name, "")
        for name in (W14 + "paraId", W14 + "textId"):
            element.attrib.pop(name, "")
    for grid in root.iter(W + "tblGrid"):
        del grid[:]
    return etree.tostring(root, method="c14n", exclusive=True)


def parts(docx: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(docx)) as archive:
        return {name: normalised(archive.read(name)) for name in archive.namelist() if RENDERED.fullmatch(name)}


def by_docxtpl(template: bytes, values: dict[str, Any]) -> bytes:
    document = DocxTemplate(io.BytesIO(template))
    document.render(values, environment(), autoescape=True)
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def assert_alike(template: bytes, **changes: Any) -> None:  # noqa: ANN401 — as `deal` takes them
    filled = compile_template(template, "t.docx", scope(), {}).fill(deal(**changes), FillOptions())
    assert filled.docx, filled.diagnostics
    ours = parts(filled.docx)
    theirs = parts(by_docxtpl(template, plain(ROOT, deal_record(**changes))))
    assert ours.keys() == theirs.keys()
    assert "word/document.xml" in ours
    for name, xml in ours.items():
        assert xml == theirs[name], name


def values_in_text(document: Document) -> None:
    document.add_paragraph(
        "合同{{ 借款.合同编号 }}，金额{{借款.金额|大写}}（{{ 借款.金额 }}），{{ 借款.签订日期|汉字日期 }}"
    )
    document.add_paragraph(
        "{{ 出质人.地址 }}与{{ 出质人.类型 }}，{{ 专利|列举(“名称”) }}，共{{ 专利|个数 }}件，{{ 出质人.上市|勾选 }}"
    )


def runs_cut(document: Document) -> None:
    paragraph = document.add_paragraph()
    for index, piece in enumerate(("金额{", "{ 借款.", "金额|大", "写 }", "}整")):
        paragraph.add_run(piece).bold = bool(index % 2)


def conditions(document: Document) -> None:
    for text in (
        "{%p if 出质人.上市 %}",
        "上市公司",
        "{%p elif 出质人.国有 %}",
        "国有企业",
        "{%p else %}",
        "其他",
        "{%p endif %}",
        "甲{% if 借款.费用 is 有值 %}有{{ 借款.费用 }}{% else %}没有{% endif %}费用",
        "{#p 这一段不印 #}",
        "{%p if not 出质人.上市 and 借款.期限 > 6 %}",
        "不印",
        "{%p endif %}",
        "末段",
    ):
        document.add_paragraph(text)


def loops(document: Document) -> None:
    for text in (
        "{%p for 每项 in 专利 %}",
        "{{ loop.index }}/{{ loop.length }} {{ 每项.名称 }}{% if not loop.last %}；{% endif %}",
        "{%p for 人 in 每项.共有人 %}",
        "共有人{{ 人.名称 }}",
        "{%p endfor %}",
        "{%p endfor %}",
        "{% for 每项 in 专利 %}{{ 每项.专利号 }}、{% endfor %}等",
    ):
        document.add_paragraph(text)


def table_rows(document: Document) -> None:
    table = document.add_table(rows=0, cols=3, style="Table Grid")
    for texts in (
        ("序号", "名称", "评估值"),
        ("{%tr for 每项 in 专利 %}", "", ""),
        (
            "{{ loop.index }}",
            "{{ 每项.名称 }}",
            "{% if 每项.评估值 is 有值 %}{{ 每项.评估值|金额 }}{% else %}—{% endif %}",
        ),
        ("{%tr if loop.last %}", "", ""),
        ("", "以上共{{ loop.length }}项", ""),
        ("{%tr endif %}", "", ""),
        ("{%tr endfor %}", "", ""),
    ):
        for cell, text in zip(table.add_row().cells, texts, strict=True):
            cell.text = text


def furniture(document: Document) -> None:
    section = document.sections[0]
    section.header.paragraphs[0].text = "编号{{ 借款.合同编号 }}"
    section.footer.paragraphs[0].text = "{% if 出质人.上市 %}{{ 出质人.名称 }}{% endif %}"
    document.add_paragraph("正文{{ 出质人.名称 }}")


def paragraphs_in_cells(document: Document) -> None:
    cell = document.add_table(rows=1, cols=2).rows[0].cells[1]
    cell.text = "{%p for 每项 in 专利 %}"
    for text in ("{{ 每项.名称 }}", "{%p endfor %}", "完"):
        cell.add_paragraph(text)


def text_box(document: Document) -> None:
    box = (
        f'<w:p xmlns:w="{W[1:-1]}" xmlns:v="urn:schemas-microsoft-com:vml">'
        '<w:r><w:t xml:space="preserve">前{{ 借款.合同编号 }} </w:t></w:r>'
        "<w:r><w:pict><v:shape><v:textbox><w:txbxContent>"
        "<w:p><w:r><w:t>框内{{ 出质人.名称 }}</w:t></w:r></w:p></w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
        "<w:r><w:t>后{{ 借款.金额 }}</w:t></w:r></w:p>"
    )
    document.element.body.insert(0, parse_xml(box))


def content_control(document: Document) -> None:
    control = (
        '<w:sdt xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:sdtPr/><w:sdtContent>'
        "<w:p><w:r><w:t>{{ 出质人.名称 }}</w:t></w:r></w:p></w:sdtContent></w:sdt>"
    )
    document.element.body.insert(0, parse_xml(control))


CORPUS = [
    values_in_text,
    runs_cut,
    conditions,
    loops,
    table_rows,
    furniture,
    paragraphs_in_cells,
    text_box,
    content_control,
]


@pytest.mark.parametrize("write", CORPUS)
def test_every_part_equals_what_docxtpl_renders(write: Callable[[Document], None]) -> None:
    assert_alike(word_file(write))
    assert_alike(word_file(write), pledgor={"listed": False}, loan={"fee_amount": None})


def test_footnotes_equal_docxtpl() -> None:
    text = "注{{ 出质人.名称 }}{% if 出质人.上市 %}（上市）{% endif %}"
    assert_alike(with_notes(paragraphs_file("正文{{ 借款.合同编号 }}"), "footnote", text))


@pytest.mark.parametrize(
    "name",
    [
        "R&D <甲> \"乙\" '丙'",
        "一行\n二行\n三行",
        "前\t后\t末",
        "混\n合\t的",
        "𠮷䶮㐀𬙂",
        "{{7*7}} {% if %}",
        "｛｛全角｝｝",
        "　前后空格　",
        "  ",
        "]]> &amp; &#65;",
        "长" * 30_000,
    ],
)
def test_values_print_as_docxtpl_prints_them(name: str) -> None:
    assert_alike(paragraphs_file("甲方：{{ 出质人.名称 }}（乙方）"), pledgor={"name": name})


def test_benchmark_templates_equal_docxtpl() -> None:
    seen = 0
    for case in cases():
        filled = compile_template(case.docx, case.name, benchmark_scope(), {}).fill(case.values, FillOptions())
        assert filled.docx
        ours, theirs = parts(filled.docx), parts(by_docxtpl(case.docx, case.plain))
        assert ours == theirs
        seen += len(ours)
    assert seen >= 5
