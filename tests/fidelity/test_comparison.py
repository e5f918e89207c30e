"""What the comparison rests on: its documents, the copies with legal numbers spelled out, its totals and bars."""

from __future__ import annotations

import io
import re
import tomllib
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from docgen.diagnostics import Diagnostic
from docgen.export.compare import Agreement, Spread, compare, zones_of
from docgen.export.libreoffice import convert
from docgen.word.gate import open_package
from docgen.word.text import extract_text
from tests.export.build import docx, para
from tests.fidelity.documents import DOCUMENTS
from tests.fidelity.documents.word import save
from tests.fidelity.legal import NotCountedError, spelled_out
from tests.fidelity.outcome import Outcome
from tests.fidelity.show import other_fonts, report

if TYPE_CHECKING:
    from collections.abc import Callable

LEVEL = (
    '<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>{legal}<w:suff w:val="tab"/>'
    '<w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/><w:pPr><w:ind w:left="1440" w:hanging="1440"/></w:pPr></w:lvl>'
)
LISTS = (
    '<w:abstractNum w:abstractNumId="1"><w:multiLevelType w:val="multilevel"/>'
    + LEVEL.format(level=0, form="chineseCountingThousand", legal="", text="第%1条")
    + LEVEL.format(level=1, form="decimal", legal="{legal}", text="%1.%2")
    + LEVEL.format(level=2, form="decimal", legal="", text="（%3）")
    + '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>'
)
LEVELS = (0, 1, 1, 2, 2, 1, 2, 0, 1, 2)
LABELS = ["第一条", "1.1", "1.2", "（1）", "（2）", "1.3", "（1）", "第二条", "2.1", "（1）"]
TEXT = "质押担保的范围包括主债权本金、利息、罚息、复利、违约金、损害赔偿金，以及质权人为实现债权而发生的费用。"


def listed(*, legal: bool, more: str = "") -> bytes:
    """A document of numbered paragraphs."""
    body = [
        para(TEXT, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="1"/></w:numPr><w:jc w:val="left"/>')
        for level in LEVELS
    ]
    return docx(*body, numbering=LISTS.replace("{legal}", "<w:isLgl/>" if legal else "") + more)


def labels(data: bytes) -> list[str]:
    return [line.split(TEXT)[0].strip() for line in extract_text(data).splitlines() if TEXT in line]


def test_every_paragraph_of_a_list_with_legal_numbers_is_spelled_out() -> None:
    copy = spelled_out(listed(legal=True))
    numbering = zipfile.ZipFile(io.BytesIO(copy)).read("word/numbering.xml").decode()
    added = re.findall(r'<w:num w:numId="(\d+)"><[^>]*><w:lvlOverride .*?<w:lvlText w:val="(.*?)"/>', numbering)
    assert [label for _, label in added] == LABELS
    body = zipfile.ZipFile(io.BytesIO(copy)).read("word/document.xml").decode()
    assert re.findall(r'<w:numId w:val="(\d+)"/>', body) == [number for number, _ in added]
    assert labels(copy) == LABELS
    assert labels(listed(legal=True)) == LABELS


def test_a_document_without_legal_numbers_is_not_copied() -> None:
    plain = listed(legal=False)
    assert spelled_out(plain) is plain
    without_lists = docx(para(TEXT))
    assert spelled_out(without_lists) is without_lists


def test_a_list_that_is_not_counted_here_is_refused() -> None:
    override = '<w:num w:numId="2"><w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="0"/></w:num>'
    with pytest.raises(NotCountedError):
        spelled_out(listed(legal=True, more=override))


@pytest.mark.slow
def test_the_copy_changes_nothing_but_the_labels(require_tool: Callable[[str], str]) -> None:
    require_tool("soffice")
    original = listed(legal=True)
    copy = spelled_out(original)
    pdfs = convert([(original, "original"), (copy, "copy")])
    one, other = (found for found in pdfs if not isinstance(found, Diagnostic))
    found = compare(one, other, zones_of(original, "original"), display=("original", "copy"))
    wrong = sum("." in label for label in LABELS)  # 一.1 there, 1.1 here: one character of each label differs
    assert found.characters * (1 - found.text) == pytest.approx(wrong)
    assert found.lines > len(LABELS)
    assert found.breaks == 1
    assert found.down.most == pytest.approx(0, abs=0.01)
    assert found.across.p95 == pytest.approx(0, abs=0.01)


def test_every_document_passes_the_gate_and_says_something() -> None:
    assert len(DOCUMENTS) == 19
    for name, make in DOCUMENTS.items():
        stream = io.BytesIO()
        save(make(), stream)
        assert open_package(stream.getvalue(), name, allow_revisions=True).main == "word/document.xml"
        assert len(extract_text(stream.getvalue())) > 40, name


def test_the_unseen_documents_are_listed_by_their_hashes() -> None:
    listed_packages = tomllib.loads((Path(__file__).parent / "unseen.toml").read_text(encoding="utf-8"))["package"]
    hashes = [one["sha256"] for package in listed_packages for one in package["documents"]]
    assert len(hashes) >= 25
    assert len(set(hashes)) == len(hashes)
    assert all(re.fullmatch(r"[0-9a-f]{64}", one) for one in hashes)
    assert all(package["licence"] and package["version"] and package["archive"] for package in listed_packages)


SAME = Agreement(
    pages=(2, 2), sizes_equal=True, characters=900, text=1.0, raw_text=1.0, margin_text=1.0, same_page=1.0, lines=51,
    breaks_shared=50, breaks_either=50, distance=Spread(0.1, 0.2, 0.3), across=Spread(0, 0, 0), down=Spread(0, 0, 0),
    ink=1.0, fonts_reference_only=("NotoSerifCJK",), fonts_test_only=("SimSun",),
)  # fmt: skip


def outcome(name: str, agreement: Agreement | None) -> Outcome:
    return Outcome(name, agreement, 51, "" if agreement else "refused", (), 1.0)


def test_documents_that_agree_are_good() -> None:
    text, good = report([outcome("一", SAME), outcome("二", SAME)])
    assert good
    assert "2 of 2 documents are good" in text
    assert text.count(" good ") == 2


@pytest.mark.parametrize(
    ("found", "said"),
    [
        (replace(SAME, breaks_shared=49), "below: breaks"),
        (replace(SAME, pages=(2, 3)), "below: pages"),
        (replace(SAME, text=0.99999), "0.9999"),
        (replace(SAME, ink=0.9699), "below: ink"),
        (None, "refused"),
    ],
)
def test_one_document_below_the_bar_fails_the_run(found: Agreement | None, said: str) -> None:
    text, good = report([outcome("一", SAME), outcome("二", found)])
    assert not good
    assert "1 of 2 documents are good" in text
    assert said in text


def test_good_documents_fail_together_when_their_breaks_add_up() -> None:
    nearly = replace(SAME, breaks_shared=995, breaks_either=1000)
    text, good = report([outcome("一", nearly), outcome("二", nearly)])
    assert "2 of 2 documents are good" in text
    assert not good


def test_a_missing_pdf_counts_its_lines_as_missed() -> None:
    text, _ = report([outcome("一", SAME), outcome("二", None)])
    assert f"{50 / 101:.4f} of the line breaks" in text


def test_no_document_is_no_success() -> None:
    assert report([])[1] is False


def test_both_names_of_a_font_are_one() -> None:
    assert other_fonts(SAME) == ()
    assert other_fonts(replace(SAME, fonts_test_only=("SimHei",))) == ("-NotoSerifCJK", "+NotoSansCJK")


def test_a_long_name_keeps_its_beginning_and_its_end() -> None:
    text, _ = report([outcome("foshan-third-party/15-授权委托书-佛山桂澜银行股份有限公司狮山支行-WT-02.docx", SAME)])
    assert re.search(r"^foshan-third-par….*狮山支行-WT-02  2 ", text, re.MULTILINE)
