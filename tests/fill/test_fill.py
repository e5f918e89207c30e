"""What a filled document holds, and when there is none."""

from __future__ import annotations

import io
import itertools
import marshal
import subprocess
import sys
import zipfile
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import docx
import pytest
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import qn
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from docgen.diagnostics import Severity, TemplateError
from docgen.fill import CompiledTemplate, Filled, FillOptions, Properties, compile_template
from docgen.fill.health import fault_of, remains_of
from docgen.model import Record
from docgen.word.health import check_package
from tests.fill.small import deal, paragraphs_file, scope, word_file

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from docx.document import Document
    from docx.text.paragraph import Paragraph

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def compiled(template: bytes, **clauses: bytes) -> CompiledTemplate:
    return compile_template(template, "t.docx", scope(), clauses)


def filled(template: bytes, options: FillOptions | None = None, **changes: Any) -> Document:  # noqa: ANN401 — as `deal` takes them
    result = compiled(template).fill(deal(**changes), options or FillOptions())
    assert result.docx, result.diagnostics
    assert check_package(result.docx, "t.docx") == []
    return docx.Document(io.BytesIO(result.docx))


def texts(document: Document) -> list[str]:
    return [paragraph.text for paragraph in document.paragraphs]


def part(result: Filled, name: str) -> etree._Element:
    assert result.docx
    with zipfile.ZipFile(io.BytesIO(result.docx)) as archive:
        return etree.fromstring(archive.read(name))


TRICKY = "R&D <甲> {{7*7}} {_{ {% raw %} }_} %_} ｛｛𠮷䶮｝｝ ]]> &amp; \"'"


@pytest.mark.parametrize("value", [TRICKY, "a\u2028b", "\u200bx", "　", "é\u0301", "x" * 60_000])
def test_a_value_prints_exactly_as_it_is(value: str) -> None:
    assert texts(filled(paragraphs_file("[{{ 出质人.名称 }}]"), pledgor={"name": value})) == [f"[{value}]"]


PRINTABLE = st.text(
    st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff"), min_size=1, max_size=60
)
PROPERTY_TEMPLATE = compiled(paragraphs_file("[{{ 出质人.名称 }}]"))


@given(PRINTABLE)
def test_any_text_survives(value: str) -> None:
    result = PROPERTY_TEMPLATE.fill(deal(pledgor={"name": value}), FillOptions())
    assert result.docx
    assert texts(docx.Document(io.BytesIO(result.docx))) == [f"[{value}]"]


def test_line_breaks_and_tabs_become_word_s_inside_the_run() -> None:
    def write(document: Document) -> None:
        document.add_paragraph().add_run("[{{ 出质人.名称 }}]").bold = True

    document = filled(word_file(write), pledgor={"name": "一\r\n二\r三\n四\t五"})
    (paragraph,) = document.paragraphs
    assert paragraph.text == "[一\n二\n三\n四\t五]"
    assert len(paragraph._p.findall(f".//{W}br")) == 3
    assert len(paragraph._p.findall(f".//{W}tab")) == 1
    assert all(run.bold for run in paragraph.runs)


def test_a_control_character_in_a_property_stops_the_document_too() -> None:
    def write(document: Document) -> None:
        document.core_properties.title = "{{ 出质人.名称 }}"

    result = compiled(word_file(write)).fill(deal(pledgor={"name": "a\x01z\x02\x00"}), FillOptions())
    assert (result.docx, [one.code for one in result.diagnostics]) == (None, ["F005"])


@pytest.mark.parametrize("value", ["a\x00b", "a\x01n0\x02", "a\x0bb", "a\x07", "a\ufffe", "a\ud800"])
def test_a_control_character_stops_the_document(value: str) -> None:
    result = compiled(paragraphs_file("{{ 出质人.名称 }}")).fill(deal(pledgor={"name": value}), FillOptions())
    assert result.docx is None
    assert [(one.code, one.notes) for one in result.diagnostics] == [("F005", ("control",))]


def test_a_format_that_refuses_a_value_stops_the_document() -> None:
    result = compiled(paragraphs_file("{{ 借款.金额|大写 }}{{ 借款.期限|序数 }}{{ 保证|个数|序数 }}")).fill(
        deal(loan={"amount": Decimal("-1.00"), "months": 0}), FillOptions()
    )
    assert result.docx is None
    assert [one.code for one in result.diagnostics] == ["F005", "F005", "F005"]


def test_nothing_is_left_of_blocks_that_do_not_apply() -> None:
    template = paragraphs_file(
        "前",
        "{%p if 质权人.上市 %}",
        "不印",
        "{%p elif 出质人.上市 %}",
        "上市",
        "{%p endif %}",
        "{%p for 每项 in 保证 %}",
        "不印",
        "{%p endfor %}",
        "后",
    )
    assert texts(filled(template)) == ["前", "上市", "后"]


def rows(*lines: tuple[str, str]) -> bytes:
    def write(document: Document) -> None:
        table = document.add_table(rows=0, cols=2)
        for line in lines:
            for cell, text in zip(table.add_row().cells, line, strict=True):
                cell.text = text

    return word_file(write)


def test_rows_repeat_and_vanish_without_a_trace() -> None:
    template = rows(
        ("名称", "类型"),
        ("{%tr for 每项 in 专利 %}", ""),
        ("{{ 每项.名称 }}", "{{ 每项.类型 }}"),
        ("{%tr endfor %}", ""),
        ("{%tr if 质权人.上市 %}", ""),
        ("不印", ""),
        ("{%tr endif %}", ""),
    )
    (table,) = filled(template).tables
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["名称", "类型"],
        ["一种电机", "发明"],
        ["一种阀门", "实用新型"],
    ]


def test_a_table_that_loses_all_its_rows_goes_and_a_cell_keeps_a_paragraph() -> None:
    template = rows(("{%tr for 每项 in 保证 %}", ""), ("甲", ""), ("{%tr endfor %}", ""))
    assert filled(template).tables == []

    def write(document: Document) -> None:
        cell = document.add_table(rows=1, cols=1).rows[0].cells[0]
        cell.text = "{%p if 质权人.上市 %}"
        cell.add_paragraph("不印")
        cell.add_paragraph("{%p endif %}")

    (table,) = filled(word_file(write)).tables
    assert [paragraph.text for paragraph in table.rows[0].cells[0].paragraphs] == [""]


def test_a_gap_stops_the_document_and_names_field_and_tag() -> None:
    result = compiled(paragraphs_file("甲", "金额{{ 借款.金额|大写 }}，{{ 借款.金额 }}")).fill(
        deal(loan={"amount": None}), FillOptions("sign")
    )
    assert result.docx is None
    (found,) = result.diagnostics
    assert (found.code, found.severity) == ("F001", Severity.ERROR)
    assert (found.field, found.label) == ("loan.amount", "金额")
    assert found.place
    assert found.place.source == "deal.yaml"
    assert found.related[0].place.spot == "正文 › 第 2 段"
    assert found.related[0].args == {"tag": "{{ 借款.金额|大写 }}"}


def test_a_draft_prints_the_gap_and_warns() -> None:
    result = compiled(paragraphs_file("金额{{ 借款.金额|大写 }}")).fill(
        deal(loan={"amount": None}), FillOptions("draft")
    )
    assert result.docx
    assert texts(docx.Document(io.BytesIO(result.docx))) == ["金额【待填：金额】"]
    assert [(one.code, one.severity) for one in result.diagnostics] == [("F002", Severity.WARNING)]


def test_a_condition_that_hangs_on_a_gap_is_no_silent_no() -> None:
    template = compiled(paragraphs_file('{% if 借款.费用 > "5元" %}有{% endif %}'))
    result = template.fill(deal(), FillOptions("sign"))
    assert (result.docx, [one.code for one in result.diagnostics]) == (None, ["F003"])
    draft = template.fill(deal(), FillOptions("draft"))
    assert draft.docx
    assert [one.code for one in draft.diagnostics] == ["F004"]


def test_an_optional_list_may_be_absent_but_a_needed_one_is_a_gap() -> None:
    template = paragraphs_file("{% for 每项 in 备注 %}{{ loop.index }}{% endfor %}完")
    assert texts(filled(template, notes=None)) == ["完"]
    needed = compiled(paragraphs_file("{% for 每项 in 专利 %}{{ 每项.名称 }}{% endfor %}完"))
    assert [one.code for one in needed.fill(deal(patents=None), FillOptions()).diagnostics] == ["F001"]


def headers(document: Document) -> list[str]:
    return [paragraph.text for section in document.sections for paragraph in section.header.paragraphs]


@pytest.mark.parametrize("header", ["", "编号{{ 借款.合同编号 }}", "固定页眉"])
def test_only_a_draft_carries_the_mark(header: str) -> None:
    def write(document: Document) -> None:
        document.add_paragraph("正文")
        if header:
            document.sections[0].header.paragraphs[0].text = header

    draft, signed = (headers(filled(word_file(write), FillOptions(stage))) for stage in ("draft", "sign"))
    assert draft[0] == "草稿 · 不得签署"
    assert "草稿" not in "".join(signed)
    assert draft[1:] == (signed if header else [])


def test_a_draft_s_mark_is_on_first_and_even_pages_too() -> None:
    def write(document: Document) -> None:
        document.add_paragraph("正文")
        document.sections[0].different_first_page_header_footer = True
        document.settings.odd_and_even_pages_header_footer = True
        document.add_section()

    document = filled(word_file(write), FillOptions("draft"))
    section = document.sections[0]
    for one in (section.header, section.first_page_header, section.even_page_header):
        assert one.paragraphs[0].text == "草稿 · 不得签署"
    assert document.sections[1].header.is_linked_to_previous


def test_properties_come_from_the_options_else_from_the_template() -> None:
    def write(document: Document) -> None:
        document.core_properties.title = "{{ 出质人.名称 }}的合同"
        document.core_properties.subject = "质押"
        document.core_properties.author = "某人"
        document.core_properties.comments = ""

    template = word_file(write)
    core = filled(template, pledgor={"name": "A&B"}).core_properties
    assert (core.title, core.subject, core.author, core.last_modified_by) == ("A&B的合同", "质押", "docgen", "docgen")
    properties = Properties(title="甲 & <乙>", keywords="k", created=date(2026, 1, 29))
    core = filled(template, FillOptions(properties=properties)).core_properties
    assert (core.title, core.subject, core.keywords) == ("甲 & <乙>", "质押", "k")
    assert core.created is not None
    assert core.created.isoformat()[:10] == "2026-01-29"


def test_same_input_same_bytes_and_the_cache_changes_nothing() -> None:
    template = compiled(paragraphs_file("{{ 出质人.名称 }}{{ 出质人.类型 }}"))
    again = CompiledTemplate.loads(template.dumps())
    first = template.fill(deal(), FillOptions())
    assert first.docx
    assert first == template.fill(deal(), FillOptions()) == again.fill(deal(), FillOptions())
    with zipfile.ZipFile(io.BytesIO(first.docx)) as archive:
        assert archive.testzip() is None
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert archive.namelist()[0] == "[Content_Types].xml"
    assert compiled(paragraphs_file("{{ 出质人.名称 }}")).names == ("pledgor",)


def test_another_format_of_the_cache_is_refused() -> None:
    with pytest.raises(ValueError, match="format"):
        CompiledTemplate.loads(marshal.dumps((0,)))


def test_filling_from_the_cache_needs_no_docx_library(tmp_path: Path) -> None:
    data = compiled(paragraphs_file("甲{{ 出质人.名称 }}")).dumps()
    (tmp_path / "cache").write_bytes(data)
    code = (
        "import sys; from docgen.fill import CompiledTemplate, FillOptions; from docgen.model import Missing;"
        f"t = CompiledTemplate.loads(open({str(tmp_path / 'cache')!r}, 'rb').read());"
        "r = t.fill({'pledgor': Missing('pledgor', '出质人')}, FillOptions('draft'));"
        "print(len(r.docx) > 1000, sorted({'docx', 'lxml', 'docxtpl'} & set(sys.modules)))"
    )
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert result.stdout.strip() == "True []"


def test_a_missing_root_value_is_the_caller_s_slip() -> None:
    with pytest.raises(KeyError, match="pledgor"):
        compiled(paragraphs_file("{{ 出质人.名称 }}")).fill({}, FillOptions())


def test_ids_stay_unique_inside_loops() -> None:
    def write(document: Document) -> None:
        document.add_paragraph("{%p for 每项 in 专利 %}")
        paragraph = document.add_paragraph("{{ 每项.名称 }}")
        paragraph._p.set("{http://schemas.microsoft.com/office/word/2010/wordml}paraId", "12345678")
        paragraph._p.insert(0, mark("bookmarkStart", "3", "甲"))
        paragraph._p.append(mark("bookmarkEnd", "3"))
        drawing = (
            f'<w:r xmlns:w="{W[1:-1]}" xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing">'
            '<w:drawing><wp:inline><wp:docPr id="3" name="x"/></wp:inline></w:drawing></w:r>'
        )
        paragraph._p.append(parse_xml(drawing))
        document.add_paragraph("{%p endfor %}")

    result = compiled(word_file(write)).fill(deal(), FillOptions())
    assert result.docx
    assert check_package(result.docx, "t.docx") == []
    body = part(result, "word/document.xml")
    starts = body.findall(f".//{W}bookmarkStart")
    ends = body.findall(f".//{W}bookmarkEnd")
    assert [one.get(W + "name") for one in starts] == ["甲", "甲_2"]
    assert [one.get(W + "id") for one in starts] == [one.get(W + "id") for one in ends]
    ids = [one.get(W + "id") for one in starts] + [one.get("id") for one in body.iter("{*}docPr")]
    assert len(ids) == len(set(ids)) == 4


def mark(kind: str, number: str, name: str = "") -> Any:  # noqa: ANN401 — an lxml element of python-docx
    element = OxmlElement(f"w:{kind}")
    element.set(qn("w:id"), number)
    if name:
        element.set(qn("w:name"), name)
    return element


def test_a_clause_included_twice_has_its_bookmarks_once_each() -> None:
    def clause(document: Document) -> None:
        paragraph = document.add_paragraph("保密")
        paragraph._p.insert(0, mark("bookmarkStart", "3", "甲"))
        paragraph._p.append(mark("bookmarkEnd", "3"))

    template = paragraphs_file('{%p include "a" %}', '{%p include "a" %}')
    result = compiled(template, a=word_file(clause)).fill(deal(), FillOptions())
    assert result.docx
    assert check_package(result.docx, "t.docx") == []
    names = [one.get(W + "name") for one in part(result, "word/document.xml").iter(W + "bookmarkStart")]
    assert names == ["甲", "甲_2"]


@pytest.mark.parametrize("listed", [True, False])
def test_an_anchor_may_stand_in_each_branch_of_a_condition(listed: bool) -> None:  # noqa: FBT001 — a case of the table
    def write(add: Callable[..., Paragraph]) -> None:
        add("一般规定", 0)
        add("{%p if 出质人.上市 %}")
        add("上市公司", 0, "kind")
        add("{%p else %}")
        add("前言", 0)
        add("其他公司", 0, "kind")
        add("{%p endif %}")
        add('见{{ "kind"|条号 }}')

    document = filled(numbered(write), pledgor={"listed": listed})
    assert texts(document)[-1] == ("见第二条" if listed else "见第三条")


def test_a_reference_into_a_loop_is_refused() -> None:
    def write(add: Callable[..., Paragraph]) -> None:
        add("{%p for 每项 in 专利 %}")
        add("{{ 每项.名称 }}", 0, "each")
        add("{%p endfor %}")
        add('见{{ "each"|条号 }}')

    with pytest.raises(TemplateError) as caught:
        compiled(numbered(write))
    assert [one.code for one in caught.value.diagnostics] == ["T155"]


def test_a_template_whose_documents_would_be_unsound_is_refused() -> None:
    def write(document: Document) -> None:
        paragraph = document.add_paragraph("第")
        for kind in ("begin", "separate", "end"):
            element = OxmlElement("w:fldChar")
            element.set(qn("w:fldCharType"), kind)
            paragraph.add_run()._r.append(element)
            if kind == "begin":
                code = OxmlElement("w:instrText")
                code.text = " PAGE "
                paragraph.add_run()._r.append(code)

    with pytest.raises(TemplateError) as caught:
        compiled(word_file(write))
    assert [one.code for one in caught.value.diagnostics] == ["F907"]


def test_what_the_fast_health_check_sees() -> None:
    assert [remains_of(text) for text in ("甲{乙}", "甲{{", "甲{%p", "｛甲｝", "｛｛")] == ["", "{{", "{%", "", "｛｛"]
    assert fault_of(b"<a>&#123;</a>") == ""
    assert "mismatched tag" in fault_of(b"<a><b></a>")
    assert fault_of(b"<a>\x01</a>")


LEVELS = ("第%1条", "%1.%2", "（%3）")


def numbered(fill: Callable[[Callable[..., Paragraph]], object]) -> bytes:
    """A document with a three-level list; `fill` gets a function that adds a paragraph of a level."""

    def write(document: Document) -> None:
        levels = "".join(
            f'<w:lvl w:ilvl="{index}"><w:start w:val="1"/>'
            f'<w:numFmt w:val="{"decimal" if index else "chineseCounting"}"/>'
            f'{"<w:isLgl/>" if index else ""}<w:lvlText w:val="{text}"/></w:lvl>'
            for index, text in enumerate(LEVELS)
        )
        numbering = document.part.numbering_part.element
        abstract = parse_xml(f'<w:abstractNum xmlns:w="{W[1:-1]}" w:abstractNumId="77">{levels}</w:abstractNum>')
        numbering.insert(0, abstract)
        numbering.append(parse_xml(f'<w:num xmlns:w="{W[1:-1]}" w:numId="77"><w:abstractNumId w:val="77"/></w:num>'))

        numbers = itertools.count(1)

        def add(text: str, level: int | None = None, anchor: str = "") -> Paragraph:
            paragraph = document.add_paragraph(text)
            if level is not None:
                properties = f'<w:numPr xmlns:w="{W[1:-1]}"><w:ilvl w:val="{level}"/><w:numId w:val="77"/></w:numPr>'
                paragraph._p.get_or_add_pPr().append(parse_xml(properties))
            if anchor:
                number = str(next(numbers))
                paragraph._p.insert(1, mark("bookmarkStart", number, f"_c_{anchor}"))
                paragraph._p.append(mark("bookmarkEnd", number))
            return paragraph

        fill(add)

    return word_file(write)


def clauses(add: Callable[..., Paragraph]) -> None:
    add('见{{ "last"|条号 }}、{{ "item"|条号 }}和{{ "point"|条号 }}。')
    add("一般规定", 0)
    add("{%p if 出质人.上市 %}")
    add("上市公司", 0)
    add("{%p endif %}")
    add("最后", 0, "last")
    add("款一", 1)
    add("款二", 1, "item")
    add("项一", 2, "point")


@pytest.mark.parametrize(
    ("listed", "expected"),
    [(True, "见第三条、第3.2款和第3.2（1）项。"), (False, "见第二条、第2.2款和第2.2（1）项。")],
)
def test_references_follow_the_clauses_that_stay(listed: bool, expected: str) -> None:  # noqa: FBT001 — a case of the table
    result = compiled(numbered(clauses)).fill(deal(pledgor={"listed": listed}), FillOptions())
    body = part(result, "word/document.xml")
    first = body.find(f".//{W}p")
    assert first is not None
    assert "".join(one.text or "" for one in first.iter(W + "t")) == expected
    codes = [(one.text or "").split() for one in first.iter(W + "instrText")]
    assert [code[:2] for code in codes] == [["REF", "_c_last"], ["REF", "_c_item"], ["REF", "_c_point"]]
    names = {one.get(W + "name") for one in body.iter(W + "bookmarkStart")}
    assert {code[1] for code in codes} <= names


def test_a_reference_to_a_dropped_clause_stops_the_document_unless_guarded() -> None:
    def write(add: Callable[..., Paragraph]) -> None:
        add("{%p if 出质人.上市 %}")
        add("上市公司", 0, "listed")
        add("{%p endif %}")
        add('{% if 出质人.国有 %}见{{ "listed"|条号 }}。{% endif %}')

    template = compiled(numbered(write))
    assert template.fill(deal(pledgor={"listed": True, "state_owned": True}), FillOptions()).docx
    assert template.fill(deal(pledgor={"listed": False}), FillOptions()).docx
    result = template.fill(deal(pledgor={"listed": False, "state_owned": True}), FillOptions())
    assert (result.docx, [one.code for one in result.diagnostics]) == (None, ["F006"])


def test_a_clause_goes_where_its_tag_stands_in_the_template_s_styles() -> None:
    def clause(document: Document) -> None:
        document.styles.add_style("条款", 1).element.set(W + "styleId", "other")
        document.add_paragraph("保密{{ 出质人.名称 }}", style="条款")
        document.add_table(rows=1, cols=1).rows[0].cells[0].text = "表"

    def write(document: Document) -> None:
        document.styles.add_style("条款", 1).element.set(W + "styleId", "mine")
        for text in (
            "前",
            '{%p include "confidentiality" %}',
            "{%p if 质权人.上市 %}",
            "{%p include “confidentiality” %}",
        ):
            document.add_paragraph(text)
        document.add_paragraph("{%p endif %}")
        document.add_paragraph("后")

    result = compiled(word_file(write), confidentiality=word_file(clause)).fill(deal(), FillOptions())
    assert result.docx
    document = docx.Document(io.BytesIO(result.docx))
    assert texts(document) == ["前", "保密肇庆星湖科技有限公司", "后"]
    style = document.paragraphs[1].style
    assert style is not None
    assert style.style_id == "mine"
    assert len(document.tables) == 1


def test_libreoffice_prints_the_numbers_that_the_references_name(
    require_tool: Callable[[str], str], tmp_path: Path
) -> None:
    """An outside judge: what LibreOffice counts is what the REF fields say, before any update."""
    soffice = require_tool("soffice")
    for listed, number in ((True, "三"), (False, "二")):
        result = compiled(numbered(clauses)).fill(deal(pledgor={"listed": listed}), FillOptions())
        assert result.docx
        source = tmp_path / f"{number}.docx"
        source.write_bytes(result.docx)
        profile = f"-env:UserInstallation=file://{tmp_path}/profile"
        command = [soffice, profile, "--headless", "--convert-to", "txt:Text (encoded):UTF8", "--outdir", str(tmp_path)]
        subprocess.run([*command, str(source)], check=True, capture_output=True, timeout=120)
        lines = [line.strip() for line in source.with_suffix(".txt").read_text("utf-8-sig").splitlines()]
        assert any(line.startswith(f"见第{number}条") for line in lines)
        assert any(line.startswith(f"第{number}条") and line.endswith("最后") for line in lines)


def test_a_field_that_only_another_kind_of_party_has_is_a_gap_with_its_label() -> None:
    """A person has no such number: the record doesn't even know the field."""
    values = deal()
    values["pledgor"] = Record("party", "pledgor", None, {"name": "甲"}, {}, {"name": "名称"}, {}, None)
    template = compiled(paragraphs_file("{{ 出质人.名称 }}{{ 出质人.证件号码 }}"))
    (found,) = template.fill(values, FillOptions()).diagnostics
    assert (found.code, found.field, found.label) == ("F001", "pledgor.id_no", "证件号码")
    draft = template.fill(values, FillOptions("draft"))
    assert draft.docx
    assert texts(docx.Document(io.BytesIO(draft.docx))) == ["甲【待填：证件号码】"]
