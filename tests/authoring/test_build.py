"""The template made from a draft: valid, in the house style, with real numbering, and the same bytes each time."""

from __future__ import annotations

import io
import re
import subprocess
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import docx
import pytest
from docx.oxml.ns import qn
from lxml import etree
from openxml_audit import OpenXmlValidator  # type: ignore[import-untyped]  # the package has no type information

from docgen.authoring.build import clause_from_draft, template_from_draft

if TYPE_CHECKING:
    from collections.abc import Callable

DATA = Path(__file__).parent / "data"
DRAFTS = {path.stem: path.read_text("utf-8") for path in sorted(DATA.glob("*.md"))}
HEAD = "---\ntitle: 保证合同\nkind: contract\n---\n"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
LONG = "本合同一式肆份，质权人、出质人各执壹份，其余用于办理登记，每份具有同等法律效力。"
TAGS = re.compile(r"\{\{.*?\}\}|\{%.*?%\}")


def built(name: str) -> bytes:
    text = DRAFTS[name]
    return (clause_from_draft if "kind: clause" in text else template_from_draft)(text, f"{name}.md")


def part(data: bytes, name: str = "word/document.xml") -> etree._Element:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return etree.fromstring(archive.read(name))


def body(text: str) -> etree._Element:
    (found,) = part(template_from_draft(HEAD + text, "draft.md"))
    return found


def paragraph(root: etree._Element, text: str) -> etree._Element:
    """The only paragraph with that text."""
    (found,) = (item for item in root.iter(f"{W}p") if shown(item) == text)
    return found


def style(item: etree._Element) -> str | None:
    named = item.find(f"{W}pPr/{W}pStyle")
    return None if named is None else named.get(f"{W}val")


def val(item: etree._Element, path: str, name: str = "val") -> str | None:
    """An attribute of the element at that path; "" when it has none, None when there is no such element."""
    found = item.find("/".join(f"{W}{step}" for step in path.split("/")))
    return None if found is None else found.get(f"{W}{name}", "")


def shown(item: etree._Element) -> str:
    return "".join(str(text) for text in item.itertext(f"{W}t"))


def width(item: etree._Element, path: str) -> int:
    return int(val(item, path, "w") or 0)


def test_all_kinds_of_draft_are_at_hand() -> None:
    assert set(DRAFTS) == {"clause", "contract", "form", "resolution"}


@pytest.mark.parametrize("name", DRAFTS)
def test_the_file_keeps_to_the_standard(name: str, tmp_path: Path) -> None:
    path = tmp_path / f"{name}.docx"
    path.write_bytes(built(name))
    result = OpenXmlValidator(max_errors=0).validate(str(path))
    # A document without a theme is valid (ECMA-376 part 1, 11.3: theme is optional) and opens in Word.
    assert [item for item in result.errors if "theme" not in item.description] == []


@pytest.mark.parametrize("name", DRAFTS)
def test_python_docx_opens_it_and_knows_its_styles(name: str) -> None:
    document = docx.Document(io.BytesIO(built(name)))
    known = {item.style_id for item in document.styles}
    used = {style(item) for item in document.element.body.iter(qn("w:p"))}
    assert used
    assert used <= known


@pytest.mark.parametrize("name", DRAFTS)
def test_every_tag_lies_in_one_run_and_arrives_unchanged(name: str) -> None:
    data = built(name)
    texts = [node.text or "" for node in part(data).iter(f"{W}t")]
    front, _, rest = DRAFTS[name].removeprefix("---\n").partition("\n---\n")
    title = re.findall(r"^title:.*$", front, re.MULTILINE)
    assert [tag for text in texts for tag in TAGS.findall(text)] == TAGS.findall("".join(title) + rest)


@pytest.mark.parametrize("name", DRAFTS)
def test_same_draft_same_bytes(name: str) -> None:
    assert built(name) == built(name)


def test_headings_and_clauses_are_numbered_by_their_styles() -> None:
    data = template_from_draft(HEAD + "## 范围 {#scope}\n1. 本金。\n(1) 甲。\n### 附件", "draft.md")
    document = part(data)
    assert [style(item) for item in document.iter(f"{W}p")] == ["Title", "Article", "Clause", "Item", "Subheading"]
    assert list(document.iter(f"{W}numPr")) == []
    levels = {val(level, "pStyle"): level for level in part(data, "word/numbering.xml").iter(f"{W}lvl")}
    assert {name: (val(level, "numFmt"), val(level, "lvlText")) for name, level in levels.items()} == {
        "Article": ("chineseCountingThousand", "第%1条"),
        "Clause": ("decimal", "%1.%2"),
        "Item": ("decimal", "（%3）"),
    }
    assert levels["Clause"].find(f"{W}isLgl") is not None  # 3.2, not 三.2
    styles = {item.get(f"{W}styleId"): item for item in part(data, "word/styles.xml").iter(f"{W}style")}
    assert {name: val(styles[name], "pPr/numPr/ilvl") or "0" for name in levels} == {
        "Article": "0",
        "Clause": "1",
        "Item": "2",
    }
    assert {name: val(styles[name], "pPr/outlineLvl") for name in ("Article", "Subheading", "Clause")} == {
        "Article": "0",
        "Subheading": "1",
        "Clause": None,
    }
    assert val(styles["Article"], "name") == "条"


def test_papers_that_are_no_contract_count_one_two_three() -> None:
    numbering = part(built("resolution"), "word/numbering.xml")
    assert [val(level, "lvlText") for level in numbering.iter(f"{W}lvl")] == ["%1、", "%2.", "（%3）"]


def test_anchor_becomes_a_bookmark_around_the_text() -> None:
    root = body("## 范围 {#scope}\n1. 本金。{#principal}")
    marks = list(root.iter(f"{W}bookmarkStart"))
    assert [mark.get(f"{W}name") for mark in marks] == ["_c_scope", "_c_principal"]
    assert len({mark.get(f"{W}id") for mark in marks}) == 2
    assert [child.tag.removeprefix(W) for child in paragraph(root, "范围")] == [
        "pPr",
        "bookmarkStart",
        "r",
        "bookmarkEnd",
    ]


def test_tag_paragraph_holds_one_run_and_nothing_else() -> None:
    root = body("## 甲\n{%p if 本质押.共有 < 3 %}\n1. 乙\n{%p endif %}")
    tag = paragraph(root, "{%p if 本质押.共有 < 3 %}")
    assert [child.tag.removeprefix(W) for child in tag] == ["pPr", "r"]
    assert len(tag.findall(f"{W}r/{W}t")) == 1


def test_notice_is_bold_and_underlined_through_and_through() -> None:
    root = body("## !! 甲**乙**丙\n!! 丁__戊__")
    runs = [run for item in list(root.iter(f"{W}p"))[1:] for run in item.iter(f"{W}r")]
    assert len(runs) == 5
    assert all(val(run, "rPr/rStyle") == "Notice" and val(run, "rPr/b") == "" for run in runs)
    styles = part(template_from_draft(HEAD + "甲", "draft.md"), "word/styles.xml")
    (notice,) = (item for item in styles.iter(f"{W}style") if item.get(f"{W}styleId") == "Notice")
    assert (val(notice, "name"), val(notice, "rPr/b"), val(notice, "rPr/u")) == ("提示", "", "single")


@pytest.mark.parametrize("name", DRAFTS)
def test_every_printed_run_asks_for_chinese_punctuation(name: str) -> None:
    printed = [
        run
        for item in part(built(name)).iter(f"{W}p")
        if style(item) != "TemplateTag"
        for run in item.iter(f"{W}r")
        if run.find(f"{W}t") is not None
    ]
    assert printed
    assert all(val(run, "rPr/rFonts", "hint") == "eastAsia" for run in printed)


def test_line_spacing_is_exact_everywhere() -> None:
    for name in DRAFTS:
        rules = [item.get(f"{W}lineRule") for item in part(built(name), "word/styles.xml").iter(f"{W}spacing")]
        assert rules.count("exact") > 10
        assert set(rules) <= {"exact", None}  # None: letter spacing of the cover's title


def test_table_has_grid_widths_a_repeated_header_and_whole_rows() -> None:
    root = body("{: widths=20,30,50 align=center,left,right }\n| 序号 | 名称 | 价值 |\n| 1 | << | 2 |\n| ^^ | << | 3 |")
    (table,) = root.iter(f"{W}tbl")
    grid = [int(column.get(f"{W}w", "")) for column in table.iter(f"{W}gridCol")]
    assert grid == [1768, 2654, 4422]
    assert sum(grid) == width(table, "tblPr/tblW") == 11906 - 1588 - 1474
    first, *others = table.iter(f"{W}tr")
    assert first.find(f"{W}trPr/{W}tblHeader") is not None
    assert all(row.find(f"{W}trPr/{W}tblHeader") is None for row in others)
    assert all(row.find(f"{W}trPr/{W}cantSplit") is not None for row in (first, *others))
    assert [
        [(val(cell, "tcPr/gridSpan"), val(cell, "tcPr/vMerge"), val(cell, "p/pPr/jc")) for cell in row.iter(f"{W}tc")]
        for row in others
    ] == [
        [("2", "restart", "center"), (None, None, "right")],
        [("2", "", "center"), (None, None, "right")],
    ]
    for row in table.iter(f"{W}tr"):
        assert sum(width(cell, "tcPr/tcW") for cell in row.iter(f"{W}tc")) == sum(grid)


def test_form_shades_what_names_a_field_and_nothing_else() -> None:
    rows = (
        "| 出质人 | 名称 | {{ 出质人.名称 }} |",
        "| ^^ | 币种 | 人民币 |",
        "| 债权信息 | << | << |",
        "| 姓名 | 证件 | 号码 |",
        "| □ 发明 | << | □ 外观设计 |",
        "| 以上所填内容真实、完整，如有不实，愿意承担由此产生的一切法律后果。 | << | << |",
    )
    root = body("{: noheader form }\n" + "\n".join(rows))
    shaded = [shown(cell) for cell in root.iter(f"{W}tc") if cell.find(f"{W}tcPr/{W}shd") is not None]
    assert shaded == ["出质人", "名称", "币种", "债权信息", "姓名", "证件", "号码"]


def test_tables_are_parted_by_a_paragraph() -> None:
    root = body("| 甲 |\n\n| 乙 |\n{%p if 丙 %}\n| 丁 |\n{%p endif %}")
    kinds = [child.tag.removeprefix(W) for child in root][1:]
    assert kinds == ["tbl", "p", "tbl", "p", "p", "tbl", "p", "p", "sectPr"]


def test_signature_block_stays_together_and_with_what_stands_before() -> None:
    root = body(f"甲\n{LONG}\n:::sign\n质权人（盖章）： || 出质人（盖章）：\n\n日期：\n:::")
    assert [val(paragraph(root, text), "pPr/keepNext") for text in ("甲", LONG)] == [None, ""]
    styles = part(template_from_draft(HEAD + "甲", "draft.md"), "word/styles.xml")
    (signature,) = (item for item in styles.iter(f"{W}style") if item.get(f"{W}styleId") == "Signature")
    assert [val(signature, f"pPr/{name}") for name in ("keepNext", "keepLines")] == ["", ""]
    (table,) = root.iter(f"{W}tbl")
    assert [(style(item), val(item, "pPr/keepNext")) for item in table.iter(f"{W}p")] == [
        ("Signature", None),
        ("Signature", None),
        ("Signature", "0"),
    ]
    assert list(table.iter(f"{W}tblBorders", f"{W}tblStyle")) == []


def test_a_condition_before_the_signatures_may_drop_out() -> None:
    root = body("甲\n{%p if 丙 %}\n乙\n{%p endif %}\n:::sign\n日期：\n:::")
    assert [val(paragraph(root, text), "pPr/keepNext") for text in ("甲", "乙")] == ["", ""]


def test_signatures_in_a_condition_stay_with_what_stands_before_it() -> None:
    root = body(f"丁\n{LONG}\n{{%p if 丙 %}}\n:::sign\n日期：\n:::\n{{%p endif %}}")
    assert [val(paragraph(root, text), "pPr/keepNext") for text in ("丁", LONG)] == [None, ""]


def test_a_short_line_before_the_signatures_takes_the_text_along() -> None:
    root = body(f"丁\n{LONG}\n（以下无正文）\n:::sign\n日期：\n:::")
    assert [val(paragraph(root, text), "pPr/keepNext") for text in ("丁", LONG, "（以下无正文）")] == [None, "", ""]


@pytest.mark.parametrize(
    "text",
    [
        "甲\n{%p for 人 in 丙 %}\n:::sign\n日期：\n:::\n{%p endfor %}",
        "甲\n:::sign\n日期：\n:::\n{%p if 丁 %}\n:::sign\n盖章：\n:::\n{%p endif %}",
    ],
)
def test_signature_blocks_of_several_parties_stay_together(text: str) -> None:
    root = body(text)
    assert val(paragraph(root, "甲"), "pPr/keepNext") == ""
    first, after = paragraph(root, "日期："), list(root)[list(root).index(next(root.iter(f"{W}tbl"))) + 1]
    assert val(first, "pPr/keepNext") is None  # the style's own keepNext holds
    assert (style(after), val(after, "pPr/keepNext")) == ("Spacer", "")


def test_a_table_before_the_signatures_keeps_its_last_row_with_them() -> None:
    root = body("| 甲 |\n| 乙 |\n| {%tr for 人 in 丁 %} |\n| 丙 |\n| {%tr endfor %} |\n:::sign\n日期：\n:::")
    assert [val(paragraph(root, text), "pPr/keepNext") for text in ("乙", "丙")] == [None, ""]


def test_cover_is_a_page_without_header_and_aligns_its_values() -> None:
    data = built("contract")
    root = part(data)
    assert [style(item) for item in root.iter(f"{W}p")][:7] == ["CoverTitle", *["CoverLine"] * 5, "Spacer"]
    assert val(list(root.iter(f"{W}p"))[6], "r/br") is not None
    assert len({val(item, "pPr/ind", "left") for item in list(root.iter(f"{W}p"))[1:6]}) == 1
    sections = list(root.iter(f"{W}sectPr"))
    assert [section.find(f"{W}titlePg") is not None for section in sections] == [True, False]


def test_sections_turn_the_page_and_the_tables_with_it() -> None:
    root = body("甲\n:::section landscape\n| 乙 |\n:::section portrait\n| 丙 |")
    assert [(val(item, "pgSz", "w"), val(item, "pgSz", "orient")) for item in root.iter(f"{W}sectPr")] == [
        ("11906", ""),
        ("16838", "landscape"),
        ("11906", ""),
    ]
    assert [item.get(f"{W}w") for item in root.iter(f"{W}tblW")] == ["13776", "8844"]
    assert paragraph(root, "甲").find(f"{W}pPr/{W}sectPr") is not None


def test_paper_that_begins_with_a_section_has_no_other() -> None:
    root = body(":::section landscape\n| 乙 |")
    assert [val(item, "pgSz", "orient") for item in root.iter(f"{W}sectPr")] == ["landscape"]
    assert [item.get(f"{W}w") for item in root.iter(f"{W}tblW")] == ["13776"]


@pytest.mark.parametrize("before", ["{%p if 甲 %}\n乙\n{%p endif %}", "| 甲 |", ":::sign\n甲：\n:::", "甲\n:::page"])
def test_section_begins_after_whatever_stands_before(before: str) -> None:
    root = body(f"{before}\n:::section landscape\n丙")
    assert [val(item, "pgSz", "orient") for item in root.iter(f"{W}sectPr")] == ["", "landscape"]
    assert list(root.iter(f"{W}br")) == []


def test_title_over_two_lines_is_one_in_the_properties() -> None:
    properties = docx.Document(io.BytesIO(built("resolution"))).core_properties
    assert properties.title == "{{ 公司.名称 }}股东会决议"


def test_header_holds_its_tag_and_footer_has_page_fields_with_results() -> None:
    data = built("contract")
    assert shown(part(data, "word/header1.xml")) == "合同编号：{{ 本质押.合同编号 }}"
    footer = part(data, "word/footer1.xml")
    assert [code.text for code in footer.iter(f"{W}instrText")] == [" PAGE ", " NUMPAGES "]
    assert shown(footer) == "第 1 页　共 1 页"
    kinds = [mark.get(f"{W}fldCharType") for mark in footer.iter(f"{W}fldChar")]
    assert kinds == ["begin", "separate", "end"] * 2


def test_properties_hold_the_title_and_no_clock() -> None:
    properties = docx.Document(io.BytesIO(built("contract"))).core_properties
    assert (properties.title, properties.author) == ("专利权质押合同", "docgen")
    assert properties.created == properties.modified
    assert properties.created is not None
    assert properties.created.year == 2000


def test_clause_has_text_only() -> None:
    data = built("clause")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert not [name for name in archive.namelist() if "header" in name or "footer" in name]
    root = part(data)
    assert [style(item) for item in root.iter(f"{W}p")] == ["Article", "Clause", "Clause", "Item", "Item", "Clause"]
    assert list(root.iter(f"{W}headerReference", f"{W}footerReference", f"{W}numPr")) == []


def test_markup_characters_are_text() -> None:
    assert paragraph(body('R&D <甲> "乙" ]]> 𠮷䶮'), 'R&D <甲> "乙" ]]> 𠮷䶮') is not None


@pytest.mark.slow
def test_libreoffice_prints_every_line(tmp_path: Path, require_tool: Callable[[str], str]) -> None:
    office, to_text = require_tool("soffice"), require_tool("pdftotext")
    for name in DRAFTS:
        (tmp_path / f"{name}.docx").write_bytes(built(name))
    command = [office, f"-env:UserInstallation=file://{tmp_path}/office", "--headless", "--convert-to", "pdf"]
    command += ["--outdir", str(tmp_path), *(str(tmp_path / f"{name}.docx") for name in DRAFTS)]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    printed = {}
    for name in DRAFTS:
        shown = subprocess.run([to_text, "-layout", tmp_path / f"{name}.pdf", "-"], check=True, capture_output=True)
        printed[name] = re.sub(r"\s", "", shown.stdout.decode())
    for expected in ("第一条主债权", "第三条共有人同意", "附件一质押财产清单", "（3）已按时缴纳专利年费", "第2页共5页"):
        assert expected in printed["contract"]
    assert "3.授权法定代表人" in printed["resolution"]
    assert "第1页共1页" in printed["form"]


def kept(draft: str, text: str) -> bool:
    """Whether the paragraph with this text stays with what follows it."""
    xml = zipfile.ZipFile(io.BytesIO(template_from_draft(draft, "draft.md"))).read("word/document.xml").decode()
    found = [one for one in re.findall(r"<w:p>.*?</w:p>", xml) if text in one]
    assert len(found) == 1, text
    return "<w:keepNext/>" in found[0]


def test_signatures_inside_a_condition_keep_the_text_before_an_earlier_condition() -> None:
    draft = (
        "---\ntitle: 决定\nkind: resolution\n---\n"
        "同意签订上述合同并授权签署人签署全部文件，本公司对其签署的文件予以承认，特此作出本决定。\n"
        "{%p if 公司.是公司 %}\n"
        "表决情况如下，同意的表决权占全部表决权的百分之百，本决定依照章程通过并生效。\n"
        "{%p endif %}\n（以下无正文）\n"
        "{%p if 公司.是公司 %}\n:::sign\n股东（签字）： || 日期：\n:::\n{%p endif %}\n"
    )
    assert kept(draft, "特此作出本决定")
    assert kept(draft, "依照章程通过并生效")


def test_line_that_announces_a_list_stays_with_it() -> None:
    draft = f"{HEAD}## 承诺\n1. 保证人应当：\n(1) 提供资料；\n1. 其他事项另行约定。\n"
    assert kept(draft, "保证人应当")
    assert not kept(draft, "另行约定")
