"""Bad templates: every slip is a finding with its place, all in one run, and nothing else happens."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

import pytest
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from docgen.diagnostics import Diagnostic, TemplateError
from docgen.fill import compile_template
from docgen.word.package import write_package
from tests.fill.saying import assert_said
from tests.fill.small import SCHEMA, paragraphs_file, scope, with_notes, word_file

if TYPE_CHECKING:
    from collections.abc import Callable

    from docx.document import Document


def findings(docx: bytes, clauses: dict[str, bytes] | None = None) -> tuple[Diagnostic, ...]:
    with pytest.raises(TemplateError) as caught:
        compile_template(docx, "模板.docx", scope(本质押=SCHEMA.parts["patent"]), clauses or {})
    for one in caught.value.diagnostics:
        assert_said(one)
    return caught.value.diagnostics


def codes(docx: bytes, clauses: dict[str, bytes] | None = None) -> list[str]:
    return [one.code for one in findings(docx, clauses)]


def test_seven_misspelt_names_give_seven_findings_with_place_and_nearest_name() -> None:
    def write(document: Document) -> None:
        document.add_heading("担保范围{% if 出质人.上市 %}及其他{% endif %}", 1)
        for text in (
            "甲方：{{ 出制人.名称 }}",
            "{%p if 出质人.上是 %}",
            "上市",
            "{%p endif %}",
            "{%p for 每项 in 专丽 %}",
            "{{ 每项.名称 }}",
            "{%p endfor %}",
            "金额：{{ 借款.金额|大泻 }}",
        ):
            document.add_paragraph(text)
        table = document.add_table(rows=2, cols=2)
        table.rows[1].cells[1].text = "{{ 借款.合同编好 }}"
        document.sections[0].header.paragraphs[0].text = "{{ 借款.合同遍号 }}"
        document.sections[0].footer.paragraphs[0].text = "{{ 质全人.名称 }}"

    found = {one.args["name"]: one for one in findings(word_file(write))}
    assert {name: one.args["near"].split("、")[0] for name, one in found.items()} == {
        "出制人": "出质人",
        "上是": "上市",
        "专丽": "专利",
        "大泻": "大写",
        "合同编好": "合同编号",
        "合同遍号": "合同编号",
        "质全人": "质权人",
    }
    spots = {name: one.place.spot or "" for name, one in found.items() if one.place}
    assert spots["出制人"].startswith("正文 › ")
    assert "担保范围…及其他…" in spots["出制人"]
    assert "表 1 第 2 行第 2 列" in spots["合同编好"]
    assert spots["合同遍号"].startswith("页眉")
    assert spots["质全人"].startswith("页脚")
    assert all(one.place and one.place.source == "模板.docx" and one.place.excerpt for one in found.values())


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (["甲方：{{ 出质人.名称"], ["T146"]),
        (["甲方：出质人.名称 }}"], ["T146"]),
        (["{% if 出质人.上市"], ["T146"]),
        (["甲方：｛｛ 出质人.名称 ｝｝"], ["T145"]),
        (["甲方：{｛ 出质人.名称 }}"], ["T145"]),
        (["甲方：{ { 出质人.名称 } }"], ["T145"]),
        (["甲方：«出质人»"], ["T145"]),
        (["{％ if 出质人.上市 ％}"], ["T145"]),
        (["甲方：{出质人.名称}"], ["T145"]),
        (["甲方：｛ 出质人.名称 | 缺省 ｝"], ["T145"]),
        (["{%p if 出质人.上市 %}", "上市"], ["T153"]),
        (["{%p for 每项 in 专利 %}", "上市"], ["T153"]),
        (["上市", "{%p endif %}"], ["T141"]),
        (["{%p else %}"], ["T141"]),
        (["{%p if 出质人.上市 %}", "{%p endfor %}", "{%p endif %}"], ["T141"]),
        (["{%p for 每项 in 专利 %}", "{%p if 出质人.上市 %}", "{%p endfor %}"], ["T153"]),
        (["{% if 出质人.上市 %}", "上市", "{% endif %}"], ["T142"]),
        (["{%p if 出质人.上市 %}", "上市{% endif %}"], ["T142"]),
        (["{%p if 出质人.上市 %}", "{%p else %}", "{%p else %}", "{%p endif %}"], ["T165"]),
        (["{%p if 出质人.上市 %}", "{%p else %}", "{%p elif 质权人.上市 %}", "{%p endif %}"], ["T165"]),
        (["甲{%p if 出质人.上市 %}", "{%p endif %}"], ["T143"]),
        (["{%p if 出质人.上市 %}{%p endif %}"], ["T143", "T143"]),
        (["{%tr if 出质人.上市 %}"], ["T152"]),
        (["{%p if 借款.金额 %}", "{%p endif %}"], ["T108"]),
        (["{%p for 每项 in 借款 %}", "{{ 每项.什么 }}", "{%p endfor %}"], ["T111"]),
        (["{%p for 专利 in 专利 %}", "{{ 专利.名称 }}", "{%p endfor %}"], ["T112"]),
        (["{%p for 每项 in 专利 if 出质人.上市 %}", "{%p endfor %}"], ["T135"]),
        (["{%p for 每项 in 专利 recursive %}", "{%p endfor %}"], ["T135"]),
        (["{%p for a, b in 专利 %}", "{%p endfor %}"], ["T136"]),
        (["{%p for 专利 %}", "{%p endfor %}"], ["T101"]),
        (["{{ 专利 }}"], ["T107"]),
        (["{{ 出质人.上市 }}"], ["T107"]),
        (["{{ 出质人 }}"], ["T107"]),
        (['{{ "甲" }}'], ["T109"]),
        (["{{ 5 }}"], ["T109"]),
        (["{{ loop.index }}"], ["T113"]),
        (["{% set a = 1 %}"], ["T130"]),
        (["{% macro a() %}", "{% endmacro %}"], ["T130", "T130"]),
        (['{% import "a" as a %}'], ["T131"]),
        (['{% extends "a" %}'], ["T131"]),
        (["{% raw %}{{ a.b }}{% endraw %}"], ["T130", "T130", "T102"]),
        (["{% colspan 2 %}"], ["T132"]),
        (["{% cellbg 2 %}", "{% vm %}", "{% hm %}"], ["T132", "T132", "T132"]),
        (["{% wenn 出质人.上市 %}"], ["T133"]),
        (["{%tc if 出质人.上市 %}"], ["T138", "T153"]),
        (["{{r 出质人.名称 }}"], ["T138"]),
        (["{{p 出质人.名称 }}"], ["T138"]),
        (["{%- if 出质人.上市 %}{% endif -%}"], ["T139", "T139"]),
        (["甲{# 说明 #}"], ["T140"]),
        (['{% if 出质人.名称 == "}" %}{% endif %}'], ["T147"]),
        (['{{ 借款.合同编号|缺省("5%") }}'], ["T147"]),
        (['{{ "scop"|条号 }}'], ["T154"]),
        (['{%p include "clause" %}'], ["T163"]),
        (['见{% include "clause" %}'], ["T157"]),
        (["{%p include 条款 %}"], ["T134"]),
        (["{{ " + "{{" * 700], ["T158"]),
        (["{{ ''.__class__.__mro__ }}"], ["T115"]),
        (["{{ 出质人.__class__ }}"], ["T103"]),
        (["{{ self }}"], ["T102"]),
        (["{{ range(10) }}"], ["T120"]),
        (["{{ 出质人.名称.upper() }}"], ["T120"]),
        (["{{ lipsum() }}{{ cycler }}"], ["T120", "T102"]),
    ],
)
def test_each_slip_is_one_finding(texts: list[str], expected: list[str]) -> None:
    assert sorted(codes(paragraphs_file(*texts))) == sorted(expected)


def test_single_braces_around_anything_but_a_field_are_text() -> None:
    assert compile_template(paragraphs_file("集合{a, b}和{甲}"), "模板.docx", scope(), {}).names == ()


def test_nested_blocks_are_bounded() -> None:
    texts = ["{%p if 出质人.上市 %}"] * 13 + ["{%p endif %}"] * 13
    assert codes(paragraphs_file(*texts)) == ["T164"]


def test_the_number_of_tags_is_bounded() -> None:
    with zipfile.ZipFile(io.BytesIO(paragraphs_file(*["{{ 出质人.名称 }}" * 400] * 13))) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    assert codes(write_package(parts, level=0)) == ["T168"]  # packed, the gate would call it a bomb


def test_a_row_tag_beside_a_value_is_a_finding() -> None:
    def write(document: Document) -> None:
        table = document.add_table(rows=2, cols=2)
        table.rows[0].cells[0].text = "{%tr for 每项 in 专利 %}"
        table.rows[0].cells[1].text = "{{ 每项.名称 }}"
        table.rows[1].cells[0].text = "{%tr endfor %}"

    found = findings(word_file(write))
    assert [one.code for one in found] == ["T144"]
    assert found[0].args["extra"] == "{{ 每项.名称 }}"


@pytest.mark.parametrize(("kind", "note"), [("w:drawing", "picture"), ("w:fldChar", "field"), ("w:tab", "other")])
def test_what_would_vanish_with_a_tag_paragraph_is_named(kind: str, note: str) -> None:
    def write(document: Document) -> None:
        document.add_paragraph("{%p if 出质人.上市 %}").add_run()._r.append(OxmlElement(kind))
        document.add_paragraph("{%p endif %}")

    (found,) = findings(word_file(write))
    assert (found.code, found.notes) == ("T143", (note,))


def test_a_section_break_in_a_tag_paragraph_is_named() -> None:
    def write(document: Document) -> None:
        document.add_paragraph("{%p if 出质人.上市 %}")._p.get_or_add_pPr().append(OxmlElement("w:sectPr"))
        document.add_paragraph("{%p endif %}")

    (found,) = findings(word_file(write))
    assert (found.code, found.notes) == ("T143", ("section",))


def test_a_bookmark_in_a_tag_paragraph_is_named() -> None:
    def write(document: Document) -> None:
        mark = OxmlElement("w:bookmarkStart")
        mark.set(qn("w:id"), "7")
        mark.set(qn("w:name"), "甲")
        document.add_paragraph("{%p if 出质人.上市 %}")._p.append(mark)
        document.add_paragraph("{%p endif %}")

    (found,) = findings(word_file(write))
    assert (found.code, found.notes) == ("T143", ("bookmark",))


def test_a_tag_cut_by_a_tab_is_a_finding() -> None:
    def write(document: Document) -> None:
        paragraph = document.add_paragraph("{{ 出质人.")
        paragraph.add_run().add_tab()
        paragraph.add_run("名称 }}")

    assert codes(word_file(write)) == ["T151"]


def test_a_tag_in_an_alternative_text_is_a_finding() -> None:
    def write(document: Document) -> None:
        element = OxmlElement("w:tag")
        element.set(qn("w:val"), "{{ 出质人.名称 }}")
        document.add_paragraph("甲").add_run()._r.append(element)

    assert codes(word_file(write)) == ["T148"]


def test_a_tag_in_an_endnote_would_not_be_filled_and_is_a_finding() -> None:
    assert codes(with_notes(paragraphs_file("正文"), "endnote", "{{ 出质人.名称 }}")) == ["T149"]


def test_a_wrong_name_in_a_footnote_is_placed_there() -> None:
    (found,) = findings(with_notes(paragraphs_file("正文"), "footnote", "{{ 出制人.名称 }}"))
    assert found.place
    assert (found.code, (found.place.spot or "")[:2]) == ("T102", "脚注")


def test_a_block_tag_in_the_title_property_is_a_finding_and_so_is_a_wrong_name() -> None:
    def write(document: Document) -> None:
        document.core_properties.title = "{% if 甲 %}{{ 出制人.名称 }}"

    assert sorted(codes(word_file(write))) == ["T102", "T166"]


def test_findings_of_a_clause_name_the_clause_file() -> None:
    clause = paragraphs_file("保密：{{ 出制人.名称 }}")
    (found,) = findings(paragraphs_file('{%p include "confidentiality" %}'), {"confidentiality": clause})
    assert found.code == "T102"
    assert found.place
    assert found.place.source == "_clauses/confidentiality.docx"
    assert found.place.spot == "正文 › 第 1 段"


@pytest.mark.parametrize(
    ("write", "code"),
    [
        (lambda document: document.add_paragraph('{%p include "b" %}'), "T162"),
        (lambda document: document.add_section(), "T160"),
        (
            lambda document: document.add_paragraph("甲", style="List Number 3").style.__setattr__("name", "本行样式"),
            "T161",
        ),
    ],
)
def test_what_a_clause_may_not_hold(write: Callable[[Document], object], code: str) -> None:
    clauses = {"a": word_file(write), "b": paragraphs_file("乙")}
    assert set(codes(paragraphs_file('{%p include "a" %}'), clauses)) == {code}


def test_an_unknown_clause_is_answered_with_the_nearest() -> None:
    (found,) = findings(paragraphs_file('{%p include "confidental" %}'), {"confidential": paragraphs_file("乙")})
    assert (found.code, found.args["near"]) == ("T163", "confidential")


def test_a_file_the_gate_refuses_is_refused_with_the_gate_s_words() -> None:
    assert codes(b"no zip at all") == ["T005"]
