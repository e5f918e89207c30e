"""Documents of one feature each: what is kept together, tables of all sorts, sections with headers and columns."""

from __future__ import annotations

from docx.enum.section import WD_SECTION
from docx.oxml import parse_xml
from docx.oxml.ns import qn

from tests.fidelity.documents.clauses import LONG, LONG_TOO
from tests.fidelity.documents.features import PLAIN
from tests.fidelity.documents.headers import header_and_footer
from tests.fidelity.documents.tables import cell_text, row_height, table
from tests.fidelity.documents.word import Look, Node, Page, W, element, new_document, paragraph, raw_run


def keep_and_break() -> Node:
    """Headings that stay with their text, and a page break in a paragraph."""
    document = new_document(Page("仿宋_GB2312", 16, PLAIN.margins, line=560))
    for number in range(14):
        paragraph(document, f"第{number + 1}条　标题不得与正文分离", Look(keep=True, outline=0))
        paragraph(document, LONG if number % 3 else LONG_TOO, Look(first=16))
        if number == 6:
            raw_run(paragraph(document, look=Look(line=560)), '<w:br w:type="page"/>')
    return document


def mixed_tables() -> Node:
    """Row heights of every rule, automatic widths, partial borders, a nested table."""
    document = new_document(Page("宋体", 10.5, PLAIN.margins))
    made = table(document, 4, (2000, 3000, 3300))
    for row, (height, rule) in zip(
        made.rows, ((600, "exact"), (300, "exact"), (900, "atLeast"), (0, "atLeast")), strict=True
    ):
        if height:
            row_height(row, height, rule)
    for row_number in range(4):
        for column in range(3):
            text = ("短", "中等长度的文字内容", LONG_TOO[:50])[column]
            cell_text(made.cell(row_number, column), text, align=("top", "center", "bottom")[column])
    paragraph(document)
    made = table(document, 3, (2766, 2766, 2766), fixed=False)
    for row_number in range(3):
        for column in range(3):
            text = f"自动表格{row_number}{column}" + "内容" * (row_number * column)
            cell_text(made.cell(row_number, column), text)
    paragraph(document)
    _partly_ruled(document)
    return document


def _partly_ruled(document: Node) -> None:
    """A table with a border taken away, one doubled, and a table inside it."""
    made = table(document, 2, (4000, 4300), jc="left")
    cell_text(made.cell(0, 0), "无左边框")
    cell_text(made.cell(0, 1), "双线下边框")
    cell_text(made.cell(1, 0), "嵌套表：")
    cell_text(made.cell(1, 1), LONG_TOO[:40])
    double = '<w:bottom w:val="double" w:sz="6" w:space="0" w:color="auto"/>'
    for column, rule in enumerate(('<w:left w:val="nil"/>', double)):
        made.cell(0, column)._tc.tcPr.insert(1, parse_xml(f"<w:tcBorders {W}>{rule}</w:tcBorders>"))
    nested = made.cell(1, 0).add_table(2, 2)
    for row_number in range(2):
        for column in range(2):
            nested.cell(row_number, column).text = f"n{row_number}{column}"
    made.cell(1, 0).add_paragraph()


def sections() -> Node:
    """A title page of its own, a section that counts its pages anew, two columns on the same page."""
    document = new_document(PLAIN)
    header_and_footer(document.sections[0], "封面节", ("—", "/", "—"))
    document.sections[0].different_first_page_header_footer = True
    paragraph(document, "专利权质押合同", Look(jc="center", size=26, font="黑体", before=2400))
    section = document.add_section(WD_SECTION.NEW_PAGE)
    section.different_first_page_header_footer = False
    header_and_footer(section, "正文节")
    properties = section._sectPr
    columns = properties.find(qn("w:cols"))
    before = columns if columns is not None else properties.find(qn("w:titlePg"))
    before.addprevious(element("w:pgNumType", w_start=1))
    for _ in range(8):
        paragraph(document, LONG, Look(first=12))
    section = document.add_section(WD_SECTION.CONTINUOUS)
    columns = section._sectPr.find(qn("w:cols"))
    if columns is None:
        columns = element("w:cols")
        section._sectPr.append(columns)
    columns.set(qn("w:num"), "2")
    columns.set(qn("w:space"), "425")
    counting = section._sectPr.find(qn("w:pgNumType"))
    if counting is not None:
        section._sectPr.remove(counting)
    for _ in range(3):
        paragraph(document, LONG_TOO, Look(first=12))
    return document
