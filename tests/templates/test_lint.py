"""What every bundled template must keep, whoever edits it in Word."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final

import pytest
from lxml import etree

from docgen.word.gate import open_package
from docgen.word.text import extract_text
from docgen.word.xml import parse, w
from tests.sets.samples import tools
from tests.templates.deals import compiled

if TYPE_CHECKING:
    from tests.conftest import Golden

CONTRACTS: Final = ("guarantee_contract", "hk_patent_pledge_contract", "loan_contract", "pledge_contract")
CHINESE: Final = re.compile(r"[㐀-鿿]")
CHANGES: Final = re.compile(rb"<w:(?:ins|del|moveFrom|moveTo|comment\w*|rPrChange|pPrChange)\b")
TAG: Final = re.compile(r"\{[{%](?:p|tr|tc|r)?\s(.*?)[%}]\}")
WORDS: Final = {
    *("if", "elif", "else", "endif", "for", "in", "endfor", "include", "not", "and", "or", "is"),
    *("loop", "index", "first", "last", "length"),
}


@cache
def files() -> dict[str, bytes]:
    """Every template and clause of the repository by its name."""
    catalogue = tools().catalogue
    found = {kind.id: kind.docx for kind in catalogue.kinds.values() if kind.docx is not None}
    return {**found, **{f"_clauses/{name}": data for name, data in catalogue.clauses.items()}}


@cache
def parts(name: str) -> dict[str, etree._Element]:
    """The parts of a template that hold text or styles."""
    package = open_package(files()[name], name)
    return {
        part: parse(data) for part, data in package.parts.items() if part.startswith("word/") and part.endswith(".xml")
    }


def body(name: str) -> etree._Element:
    """The body of a template."""
    found = parts(name)["word/document.xml"].find(w("body"))
    assert found is not None
    return found


def text(element: etree._Element) -> str:
    """The text of the runs below an element."""
    return "".join(node.text or "" for node in element.iter(w("t")))


def value(element: etree._Element | None, path: str, attribute: str = "val") -> str | None:
    """An attribute of the element at a path of names; None when there is none."""
    for step in path.split("/"):
        element = None if element is None else element.find(w(step))
    return None if element is None else element.get(w(attribute))


def style(name: str, style_id: str) -> etree._Element:
    """A style of a template."""
    return next(one for one in parts(name)["word/styles.xml"].iter(w("style")) if one.get(w("styleId")) == style_id)


NAMES = sorted(files())
TEMPLATES = [name for name in NAMES if not name.startswith("_clauses/")]


def test_every_template_and_clause_is_seen() -> None:
    assert len(TEMPLATES) >= 16
    assert len(NAMES) - len(TEMPLATES) == 10
    assert set(compiled()) <= set(TEMPLATES)


@pytest.mark.parametrize("name", NAMES)
def test_no_tracked_change_or_comment(name: str) -> None:
    for part, data in open_package(files()[name], name).parts.items():
        assert CHANGES.search(data) is None, part
        assert "comments" not in part


@pytest.mark.parametrize("name", NAMES)
def test_chinese_runs_say_that_they_are_east_asian(name: str) -> None:
    seen = 0
    for part, root in parts(name).items():
        for run in root.iter(w("r")):
            paragraph = next(run.iterancestors(w("p")))
            if value(paragraph, "pPr/pStyle") == "TemplateTag" or not CHINESE.search(text(run)):
                continue
            seen += 1
            assert value(run, "rPr/rFonts", "hint") == "eastAsia", (part, text(run))
    assert seen


@pytest.mark.parametrize("name", NAMES)
def test_chinese_font_and_exact_line_spacing_come_from_the_styles(name: str) -> None:
    styles = parts(name)["word/styles.xml"]
    assert value(styles, "docDefaults/rPrDefault/rPr/rFonts", "eastAsia") == "宋体"
    assert value(style(name, "Normal"), "pPr/spacing", "lineRule") == "exact"
    for spacing in [one for root in parts(name).values() for one in root.iter(w("spacing"))]:
        assert spacing.get(w("line")) is None or spacing.get(w("lineRule")) == "exact", etree.tostring(spacing)


@pytest.mark.parametrize("name", NAMES)
def test_tags_use_the_chinese_labels(name: str) -> None:
    for root in parts(name).values():
        for paragraph in root.iter(w("p")):
            for content in TAG.findall(text(paragraph)):
                plain = re.sub(r"[\"'“‘][^\"'”’]*[\"'”’]", "", content)
                assert set(re.findall(r"[A-Za-z_]+", plain)) <= WORDS, content


def test_every_clause_file_is_used() -> None:
    whole = "\n".join(text(body(name)) for name in TEMPLATES)
    used = set(re.findall(r"include [\"“]([a-z_]+)[\"”]", whole))
    assert {f"_clauses/{name}" for name in used} == {name for name in NAMES if name.startswith("_clauses/")}


def notices(name: str) -> list[etree._Element]:
    """The paragraphs that a template marks as notice clauses."""
    found = body(name).iter(w("p"))
    return [p for p in found if any(value(run, "rPr/rStyle") == "Notice" for run in p.iter(w("r")))]


@pytest.mark.parametrize("name", NAMES)
def test_notice_clauses_are_bold_and_underlined_from_end_to_end(name: str) -> None:
    for paragraph in notices(name):
        for run in paragraph.iter(w("r")):
            if text(run):
                assert value(run, "rPr/rStyle") == "Notice", text(paragraph)
                properties = run.find(w("rPr"))
                assert properties is not None
                assert properties.find(w("b")) is not None, text(paragraph)
        assert value(style(name, "Notice"), "rPr/u") == "single"


@pytest.mark.parametrize("name", CONTRACTS)
def test_contract_ends_with_the_acknowledgement_of_its_notice_clauses(name: str) -> None:
    marked = notices(name)
    assert len(marked) >= 10
    blocks = [block for block in body(name) if text(block)]
    heading = next(i for i, block in enumerate(blocks) if text(block) == "提示与确认")
    assert blocks[heading + 1] is marked[-1]
    assert "以加粗并加下划线方式标示的条款" in text(marked[-1])
    assert "以下无正文" in text(blocks[heading + 2])
    signing = next(block for block in blocks[heading:] if block.tag == w("tbl"))
    assert signing in blocks[heading + 3 : heading + 5]


def signature_tables(name: str) -> list[etree._Element]:
    """The signature blocks of a template."""
    tables = body(name).iter(w("tbl"))
    return [t for t in tables if any(value(p, "pPr/pStyle") == "Signature" for p in t.iter(w("p")))]


def keeps(name: str, paragraph: etree._Element) -> bool:
    """Whether a paragraph stays with the next one, by itself or by its style."""
    own = paragraph.find(w("pPr"))
    style_id = value(paragraph, "pPr/pStyle")
    from_style = style(name, style_id).find(w("pPr")) if style_id else None
    return any(one is not None and one.find(w("keepNext")) is not None for one in (own, from_style))


@pytest.mark.parametrize("name", TEMPLATES)
def test_signature_blocks_stay_whole_and_with_the_text_before(name: str) -> None:
    for table in signature_tables(name):
        rows = [row for row in table.iter(w("tr")) if not text(row).startswith("{%tr")]
        assert rows
        for row in rows:
            assert row.find(f"{w('trPr')}/{w('cantSplit')}") is not None, text(row)
        for row in rows[:-1]:
            assert all(keeps(name, p) for p in row.iter(w("p"))), text(row)


@pytest.mark.parametrize("name", sorted(set(CONTRACTS) | {"resolution", "co_owner_consent", "spouse_consent"}))
def test_paper_that_is_signed_has_a_signature_block(name: str) -> None:
    assert signature_tables(name)


@pytest.mark.parametrize("name", TEMPLATES)
def test_text_of_the_template_is_the_one_accepted(name: str, golden: Golden) -> None:
    golden(f"templates/{name}.txt", extract_text(files()[name]))


@pytest.mark.parametrize("name", [one for one in NAMES if one.startswith("_clauses/")])
def test_text_of_the_clause_is_the_one_accepted(name: str, golden: Golden) -> None:
    golden(f"templates/{name}.txt", extract_text(files()[name]))
