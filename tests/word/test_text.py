from __future__ import annotations

import hashlib

from docgen.word.package import write_package
from docgen.word.text import extract_text, paragraphs
from tests.word.docx_parts import docx, numbered, paragraph, part, parts

NUMBERING = part(
    "numbering",
    '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/>'
    '<w:numFmt w:val="chineseCountingThousand"/><w:suff w:val="space"/><w:lvlText w:val="第%1条"/>'
    "</w:lvl></w:abstractNum>"
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>',
)
BOX = (
    '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
    f"<mc:Choice><w:drawing><w:txbxContent>{paragraph('框内')}</w:txbxContent></w:drawing></mc:Choice>"
    f"<mc:Fallback><w:pict><w:txbxContent>{paragraph('框内')}</w:txbxContent></w:pict></mc:Fallback></mc:AlternateContent>"
)


def run(content: str) -> str:
    return f"<w:r>{content}</w:r>"


def cell(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{paragraph(text)}</w:tc>"


def test_parts_come_in_reading_order_with_labels_rows_and_cells() -> None:
    rows = f"<w:tr>{cell('名称')}{cell('号码')}</w:tr><w:tr>{cell('甲')}{cell('', '<w:vMerge/>')}</w:tr>"
    body = numbered("借款金额", 1) + f"<w:tbl>{rows}</w:tbl>" + numbered("期限", 1)
    data = docx(
        body,
        numbering=NUMBERING,
        footer=part("ftr", paragraph("第1页")),
        header=part("hdr", paragraph("合同编号")),
        footnotes=part("footnotes", f'<w:footnote w:id="2">{paragraph("注")}</w:footnote>'),
    )
    assert extract_text(data) == (
        "=== 页眉 ===\n合同编号\n\n"
        "=== 正文 ===\n第一条 借款金额\n| 名称 | 号码 |\n| 甲 | 〃 |\n第二条 期限\n\n"
        "=== 脚注 ===\n注\n\n=== 页脚 ===\n第1页\n"
    )


def test_everything_a_run_can_hold_has_its_text() -> None:
    body = "<w:p>" + "".join(
        (
            run("<w:t>甲</w:t><w:tab/><w:t>乙</w:t><w:br/><w:t>丙</w:t><w:noBreakHyphen/>"),
            run('<w:sym w:font="Wingdings 2" w:char="F052"/><w:sym w:font="Odd" w:char="F041"/>'),
            f'<w:hyperlink w:anchor="x">{run("<w:t>链</w:t>")}</w:hyperlink>',
            f"<w:sdt><w:sdtPr/><w:sdtContent>{run('<w:t>☐</w:t>')}</w:sdtContent></w:sdt>",
            run('<w:br w:type="page"/>'),
            run('<w:footnoteReference w:id="2"/>'),
            f'<w:ins w:id="1">{run("<w:t>加</w:t>")}</w:ins><w:del w:id="2">{run("<w:delText>减</w:delText>")}</w:del>',
            run("<w:rPr><w:vanish/></w:rPr><w:t>藏</w:t>"),
        )
    )
    text = extract_text(docx(body + "</w:p>"))
    assert text == "=== 正文 ===\n甲\t乙\n丙-☑[Odd 41]链☐⟨分页⟩[^2][+加+][-减-]⟨隐藏：藏⟩\n"
    assert paragraphs(docx(body + "</w:p>")) == ["甲\t乙\n丙-☑[Odd 41]链☐加"]


def test_a_field_is_its_result_and_a_form_box_its_state() -> None:
    def mark(kind: str, more: str = "") -> str:
        return run(f'<w:fldChar w:fldCharType="{kind}">{more}</w:fldChar>')

    checked = "<w:ffData><w:checkBox><w:checked/></w:checkBox></w:ffData>"
    nested = mark("begin") + run("<w:instrText>IF </w:instrText>") + mark("begin") + run("<w:t>x</w:t>") + mark("end")
    body = (
        f"<w:p>{mark('begin')}{run('<w:instrText>REF _c_a</w:instrText>')}{mark('separate')}"
        f"{run('<w:t>第九条</w:t>')}{mark('end')}</w:p>"
        f"<w:p>{mark('begin', checked)}{run('<w:instrText>FORMCHECKBOX</w:instrText>')}{mark('end')}</w:p>"
        f"<w:p>{nested}{mark('separate')}{run('<w:t>果</w:t>')}{mark('end')}</w:p>"
        "<w:p><w:fldSimple w:instr='PAGE'><w:r><w:t>3</w:t></w:r></w:fldSimple></w:p>"
    )
    assert paragraphs(docx(body.replace("IF ", "QUOTE "))) == ["第九条", "☒", "果", "3"]


def test_a_text_box_is_read_once_although_it_is_stored_twice() -> None:
    data = docx(f"<w:p>{run('<w:t>框外</w:t>')}{run(BOX)}</w:p>")
    assert extract_text(data) == "=== 正文 ===\n框外\n[文本框] 框内\n"
    assert paragraphs(data) == ["框外", "框内"]


def test_nested_tables_keep_their_order() -> None:
    inner = f"<w:tbl><w:tr>{cell('内')}</w:tr></w:tbl>"
    table = f"<w:tbl><w:tr><w:tc><w:tcPr/>{paragraph('前')}{inner}{paragraph('后')}</w:tc></w:tr></w:tbl>"
    assert extract_text(docx(table)) == "=== 正文 ===\n| 前 ⏎ | 内 | ⏎ 后 |\n"
    assert paragraphs(docx(table)) == ["前", "内", "后"]


def test_same_parts_same_bytes() -> None:
    hashes = {hashlib.sha256(write_package(parts())).hexdigest() for _ in range(2)}
    assert len(hashes) == 1
    assert b"[Content_Types].xml" in write_package(dict(reversed(parts().items())))[:60]
