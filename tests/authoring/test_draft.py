"""Reading a draft: every line becomes the block it should, and what is wrong is said with its line."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from docgen.authoring.blocks import Cell, Look, PageBreak, Paragraph, Section, Signatures, Span, Table, Tag
from docgen.authoring.build import clause_from_draft, template_from_draft
from docgen.authoring.draft import parse_draft
from docgen.diagnostics import TemplateError
from docgen.diagnostics.codes import all_codes, entry
from docgen.diagnostics.text import texts

HEAD = "---\ntitle: 保证合同\nkind: contract\n---\n"
FIRST = 5  # the line after HEAD


def blocks(body: str) -> tuple[object, ...]:
    return parse_draft(HEAD + body, "draft.md").blocks


def table(body: str) -> Table:
    (block,) = blocks(body)
    assert isinstance(block, Table)
    return block


def paragraph(body: str) -> Paragraph:
    (block,) = blocks(body)
    assert isinstance(block, Paragraph)
    return block


def found(text: str) -> list[tuple[str, int | None]]:
    with pytest.raises(TemplateError) as caught:
        parse_draft(text, "draft.md")
    assert all(item.place and item.place.source == "draft.md" for item in caught.value.diagnostics)
    return [(item.code, item.place.line if item.place else None) for item in caught.value.diagnostics]


@pytest.mark.parametrize(
    ("line", "look", "text"),
    [
        ("## 担保范围", Look.ARTICLE, "担保范围"),
        ("### 附件一", Look.SUBHEADING, "附件一"),
        ("正文。", Look.BODY, "正文。"),
        ("\u3000\u3000正文。", Look.BODY, "正文。"),
        ("\\1. 不编号", Look.BODY, "1. 不编号"),
        ("1.5倍利率", Look.BODY, "1.5倍利率"),
        ("2026.1.29签订", Look.BODY, "2026.1.29签订"),
        ("> 住所：广东省肇庆市", Look.FLUSH, "住所：广东省肇庆市"),
        ("(1) 第一项", Look.ITEM, "第一项"),
        ("（12）第十二项", Look.ITEM, "第十二项"),
        (":::center 清单", Look.CENTER, "清单"),
        (
            ":::right \u3000\u3000年\u3000\u3000月\u3000\u3000日",
            Look.RIGHT,
            "\u3000\u3000年\u3000\u3000月\u3000\u3000日",
        ),
    ],
)
def test_prefix_decides_what_a_line_is(line: str, look: Look, text: str) -> None:
    read = paragraph(line)
    assert (read.look, read.spans) == (look, (Span(text),))


def test_a_line_break_in_the_source_is_a_new_paragraph() -> None:
    assert len(blocks("甲\n乙\r\n丙\r丁")) == 4


def test_notice_and_anchor_are_read_after_the_prefix() -> None:
    read = blocks("## 范围\n1. !! 保证人放弃抗辩。 {#waiver}")[1]
    assert isinstance(read, Paragraph)
    assert (read.look, read.notice, read.anchor, read.spans) == (
        Look.CLAUSE,
        True,
        "waiver",
        (Span("保证人放弃抗辩。"),),
    )


def test_marks_need_no_space_after_them() -> None:
    article, clause = blocks("##范围\n1.!!保证人放弃抗辩。")
    assert isinstance(article, Paragraph)
    assert isinstance(clause, Paragraph)
    assert (article.look, clause.look, clause.notice) == (Look.ARTICLE, Look.CLAUSE, True)


def test_emphasis_makes_spans() -> None:
    assert paragraph("甲**乙**__丙__丁").spans == (
        Span("甲"),
        Span("乙", bold=True),
        Span("丙", underline=True),
        Span("丁"),
    )


@pytest.mark.parametrize("text", ["________", "441***********1234", "a*b", "2_3"])
def test_blanks_masks_and_single_marks_are_text(text: str) -> None:
    assert paragraph(text).spans == (Span(text),)


def test_escapes_print_the_character() -> None:
    assert paragraph(r"甲\**乙\_\_\|\{{\\").spans == (Span(r"甲**乙__|{{" + "\\"),)


def test_marks_and_bars_inside_a_tag_are_left_alone() -> None:
    text = '{{ 甲|缺省("**__|<br>") }}'
    assert paragraph(text).spans == (Span(text),)
    assert table(f"| {text} | 乙 |").rows[0].cells[0] == Cell(((Span(text),),))


def test_paragraph_tags_stand_alone() -> None:
    read = blocks('{%p if 甲 %}\n{%p include "confidentiality" %}\n{%p endif %}\n{#p 说明 #}')
    assert [block.text for block in read if isinstance(block, Tag)] == [
        "{%p if 甲 %}",
        '{%p include "confidentiality" %}',
        "{%p endif %}",
        "{#p 说明 #}",
    ]


def test_inline_condition_stays_in_its_paragraph() -> None:
    assert paragraph("甲{% if 乙 %}丙{% endif %}").spans == (Span("甲{% if 乙 %}丙{% endif %}"),)


def test_table_with_options_tag_rows_and_merges() -> None:
    read = table(
        "{: widths=20,50,30 align=center,left,right }\n\n| 序号 | 名称 | 价值 |\n| {%tr for 专利 in 清单 %} |\n"
        "| {{ loop.index }} | {{ 专利.名称 }} | 甲<br>乙 |\n| {%tr endfor %} | | |\n| 合计 | << | 1 |\n| ^^ | << | 2 |"
    )
    assert (read.widths, read.aligns, read.header, read.form) == (
        (20, 50, 30),
        ("center", "left", "right"),
        True,
        False,
    )
    assert [row.tag for row in read.rows] == ["", "{%tr for 专利 in 清单 %}", "", "{%tr endfor %}", "", ""]
    assert read.rows[2].cells[2].paragraphs == ((Span("甲"),), (Span("乙"),))
    assert [(cell.span, cell.joins_above) for row in read.rows[4:] for cell in row.cells] == [
        (2, False),
        (1, False),
        (2, True),
        (1, False),
    ]


def test_widths_are_shared_equally_unless_given() -> None:
    assert table("| 甲 | 乙 | 丙 |").widths == (33, 33, 34)


def test_form_and_no_header_are_options() -> None:
    read = table("{: noheader form }\n| 甲 | 乙 |")
    assert (read.header, read.form) == (False, True)


def test_signature_block_has_rows_of_one_or_two_cells() -> None:
    (read,) = blocks(":::sign\n甲方（盖章）： || 乙方（盖章）：\n\n{%tr if 丙 %}\n丙方：\n{%tr endif %}\n:::")
    assert isinstance(read, Signatures)
    first, second = read.pairs
    assert [cell.span for cell in first[0].cells] == [1, 1]
    assert [row.tag for row in second] == ["{%tr if 丙 %}", "", "{%tr endif %}"]
    assert [cell.span for cell in second[1].cells] == [2]


def test_page_and_section_breaks() -> None:
    assert blocks(":::page\n:::section landscape\n:::section portrait") == (
        PageBreak(FIRST),
        Section(landscape=True, line=FIRST + 1),
        Section(landscape=False, line=FIRST + 2),
    )


def test_cover_lines_stand_apart_from_the_text() -> None:
    draft = parse_draft("---\ntitle: 保证合同  # 标题\ncover: 是\n---\n:::cover\n合同编号：1\n:::\n正文", "draft.md")
    assert draft.title == (Span("保证合同"),)
    assert len(draft.cover) == len(draft.blocks) == 1


BAD: list[tuple[str, str, int]] = [
    ("T301", "## 担保范围", 1),
    ("T302", "---\ntitle：保证合同\ntitle: x\n---\n", 2),
    ("T302", "---\ntitle: 保证合同\n正文", 1),
    ("T303", "---\ntitel: 甲\ntitle: x\n---\n", 2),
    ("T304", "---\ntitle: x\nkind: 合同\n---\n", 3),
    ("T304", "---\ntitle: x\ncover: yes\n---\n", 3),
    ("T305", "---\nkind: letter\n---\n正文", 1),
    ("T306", HEAD + ":::centre 甲方", FIRST),
    ("T306", HEAD + ":::section sideways", FIRST),
    ("T306", HEAD + ":::", FIRST),
    ("T307", HEAD + "正文\n:::sign\n甲方：", FIRST + 1),
    ("T308", HEAD + "## 甲\n1. {%p if 乙 %}", FIRST + 1),
    ("T308", HEAD + "{%p if 乙 %}丙{%p endif %}", FIRST),
    ("T308", HEAD + "| {%p if 乙 %} | 丙 |", FIRST),
    ("T309", HEAD + "{%tr for 甲 in 乙 %}", FIRST),
    ("T309", HEAD + "| {%tr for 甲 in 乙 %} 丙 | 丁 |", FIRST),
    ("T310", HEAD + "本金为{{ 本金|大写 }。", FIRST),
    ("T310", HEAD + "{% if 甲 乙", FIRST),
    ("T310", "---\ntitle: x\nheader: {{ 编号\n---\n", 3),
    ("T311", HEAD + "｛｛ 借款人.名称 ｝｝", FIRST),
    ("T311", HEAD + "{％ if 甲 ％}", FIRST),
    ("T312", HEAD + "## 甲 {#guarantee-scope}", FIRST),
    ("T313", HEAD + "## 甲 {#scope}\n## 乙 {#scope}", FIRST + 1),
    ("T314", HEAD + "| 甲 | 乙 |\n| 丙 |", FIRST + 1),
    ("T314", HEAD + ":::sign\n甲 || 乙 || 丙\n:::", FIRST + 1),
    ("T315", HEAD + "| << | 甲 |", FIRST),
    ("T315", HEAD + "| ^^ | 甲 |", FIRST),
    ("T315", HEAD + "| 甲 | << | 乙 |\n| ^^ | 丙 | 丁 |", FIRST + 1),
    ("T316", HEAD + "{: widths=50,60 }\n| 甲 | 乙 |", FIRST),
    ("T316", HEAD + "{: widths=50,50 }\n| 甲 | 乙 | 丙 |", FIRST),
    ("T316", HEAD + "{: align=middle,left }\n| 甲 | 乙 |", FIRST),
    ("T316", HEAD + "{: border }\n| 甲 | 乙 |", FIRST),
    ("T317", HEAD + "{: form }\n正文", FIRST),
    ("T318", HEAD + "**特别提示：", FIRST),
    ("T318", HEAD + "| __甲 | 乙 |", FIRST),
    ("T319", HEAD + ":::cover\n甲\n:::", FIRST),
    ("T319", "---\nkind: clause\ntitle: 保密\n---\n正文", 3),
    ("T319", "---\nkind: clause\n---\n:::section landscape", 4),
    ("T319", "---\nkind: clause\n---\n:::sign\n甲：\n:::", 4),
    ("T320", HEAD + "# 担保范围", FIRST),
    ("T320", HEAD + "#### 担保范围", FIRST),
    ("T321", HEAD + "1. 保证方式", FIRST),
    ("T323", HEAD + "## ", FIRST),
    ("T323", HEAD + ":::sign\n:::", FIRST),
    ("T324", HEAD + "甲\u2028乙", FIRST),
    ("T324", HEAD + "甲\x07乙", FIRST),
    ("T325", "---\ntitle: 甲\ntitle: 乙\n---\n", 3),
    ("T326", HEAD + "| {%tr if 甲 %} |\n| {%tr endif %} |", FIRST),
    ("T327", HEAD + ":::sign\n{%p if 甲 %}\n乙：\n:::", FIRST + 1),
]


@pytest.mark.parametrize(("code", "text", "line"), BAD)
def test_what_is_wrong_is_said_with_its_line(code: str, text: str, line: int) -> None:
    assert found(text) == [(code, line)]


def test_every_draft_code_has_a_case() -> None:
    known = {code for code in all_codes() if code.startswith("T3")}
    assert known >= {code for code, _, _ in BAD}
    assert known - {code for code, _, _ in BAD} == {"T322"}  # told by the two builders, below


def codes(text: str) -> set[str]:
    try:
        parse_draft(text, "draft.md")
    except TemplateError as error:
        return {item.code for item in error.diagnostics}
    return set()


@pytest.mark.parametrize("code", sorted({code for code, _, _ in BAD}))
def test_the_example_of_a_code_shows_it(code: str) -> None:
    example = {name: text.strip("\n").replace("<U+2028>", "\u2028") for name, text in entry(code).example.items()}
    wraps = ("{}", HEAD + "{}", "---\n{}\n---\n", "---\ntitle: x\n{}\n---\n")
    fitting = [wrap for wrap in wraps if code in codes(wrap.replace("{}", example["bad"]))]
    assert fitting
    assert any(code not in codes(wrap.replace("{}", example["good"])) for wrap in fitting)


def test_the_example_of_the_drafting_page_is_a_draft() -> None:
    page = (Path(__file__).parents[2] / "docs" / "drafting.md").read_text("utf-8")
    (example,) = re.findall(r"^```\n(---.*?)^```$", page, re.MULTILINE | re.DOTALL)
    assert len(parse_draft(example, "docs/drafting.md").blocks) > 10
    indented = re.findall(r"^    (.*)$", page, re.MULTILINE)
    assert any(isinstance(block, Table) for block in blocks("\n".join(indented)))


def test_all_problems_come_in_one_run() -> None:
    assert found(HEAD + "# 甲\n**乙\n## 丙 {#a b}") == [("T320", 5), ("T318", 6), ("T312", 7)]


def test_a_clause_and_a_template_are_not_mistaken_for_each_other() -> None:
    for build, text in ((template_from_draft, "---\nkind: clause\n---\n正文"), (clause_from_draft, HEAD + "正文")):
        with pytest.raises(TemplateError) as caught:
            build(text, "draft.md")
        assert [item.code for item in caught.value.diagnostics] == ["T322"]


def test_list_numbering_needs_no_article() -> None:
    draft = parse_draft("---\ntitle: 股东会决议\nkind: resolution\n---\n1. 同意借款。", "draft.md")
    assert [block.look for block in draft.blocks if isinstance(block, Paragraph)] == [Look.CLAUSE]


def test_findings_read_well_in_both_languages() -> None:
    with pytest.raises(TemplateError) as caught:
        parse_draft(HEAD + "## 甲 {#scope}\n## 乙 {#scope}", "draft.md")
    (item,) = caught.value.diagnostics
    assert texts(item, "zh").message == "锚点“scope”出现了两次"
    assert texts(item, "zh").related == ("第一次写在 draft.md:5:1",)
    assert texts(item, "en").message == "the anchor `scope` is used twice"
