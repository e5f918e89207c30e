"""Articles are numbered without a gap and references name them rightly: in the .docx, in the PDF, in LibreOffice."""

from __future__ import annotations

import re
import subprocess
from typing import TYPE_CHECKING, Final

import pytest

from docgen.diagnostics import SetupError
from docgen.export import to_pdf
from docgen.formats.numerals import cn_number
from docgen.word.text import extract_text
from tests.export.pages import lines
from tests.templates.deals import paper

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

NUMBER: Final = "第[一二三四五六七八九十百]+条"
HEADING: Final = re.compile(rf"({NUMBER})([一-鿿、]{{2,30}})")
FURNITURE: Final = re.compile(r"第\d+页共\d+页|合同编号：.*")
# A sentence with a reference → the heading of the article that it must name.
NAMED: Final = {
    "loan_contract": {
        "满足{}约定的条件": "提款的先决条件",
        "{}所列的陈述与保证真实": "借款人的陈述与保证",
        "或者持续存在{}所列的违约事件": "违约事件",
        "依照{}的约定计收罚息": "罚息与复利",
        "依照{}的约定扣收": "抵销与扣收",
        "且未按照{}的约定补足": "担保",
        "款项按照{}约定的顺序抵充": "还款",
    },
    "pledge_contract": {
        "指{}所列的合同": "被担保的主债权",
        "指{}约定的、用于质押": "质押标的",
        "因发生{}所列通知事项": "出质专利的维持",
        "违反{}的约定处分": "对处分的限制",
        "未按照{}的约定提供担保": "出质专利价值减少的补救",
        "质权的设立依照{}的约定": "质押登记",
    },
}
VARIANTS: Final = ("zhaoqing-patent", "several natural borrowers refinance", "foshan-third-party")
CASES: Final = [(kind, name) for kind in NAMED for name in VARIANTS]


def bare(text: str) -> str:
    """A text without white space."""
    return "".join(text.split())


def assert_numbered(kind: str, printed: list[str]) -> list[str]:
    """Check the lines of a paper; the headings' titles in order, and then every reference, come back."""
    found = [match for line in printed if (match := HEADING.fullmatch(line))]
    assert [match[1] for match in found] == [f"第{cn_number(n)}条" for n in range(1, len(found) + 1)]
    numbers = {match[2]: match[1] for match in found}
    assert len(numbers) == len(found) >= 20
    whole = "".join(line for line in printed if not FURNITURE.fullmatch(line) and not HEADING.fullmatch(line))
    for sentence, title in NAMED[kind].items():
        before, after = sentence.split("{}")
        named = set(re.findall(f"{before}({NUMBER}){after}", whole))
        assert named == {numbers[title]}, (sentence, named)
    return [*(match[0] for match in found), *re.findall(NUMBER, whole)]


def in_word(docx: bytes) -> list[str]:
    """The lines of the .docx as Word shows them."""
    return [bare(line) for line in extract_text(docx).splitlines()]


@pytest.mark.parametrize(("kind", "variant"), CASES)
def test_word_file_numbers_and_names_its_articles(kind: str, variant: str) -> None:
    assert_numbered(kind, in_word(paper(variant, kind)))


@pytest.mark.parametrize("kind", sorted(NAMED))
def test_conditional_articles_make_the_numbers_differ(kind: str) -> None:
    numbered = {tuple(assert_numbered(kind, in_word(paper(variant, kind)))) for variant in VARIANTS}
    assert len(numbered) == len(VARIANTS)


@pytest.mark.parametrize(("kind", "variant"), CASES)
def test_pdf_numbers_and_names_them_alike(kind: str, variant: str, without: Callable[[str], None]) -> None:
    docx = paper(variant, kind)
    try:
        pdf = to_pdf(docx, "paper.docx")
    except SetupError as lack:
        without(f"PDF export can't run here: {lack}")
    assert assert_numbered(kind, [bare(line) for line in lines(pdf.data)]) == assert_numbered(kind, in_word(docx))


@pytest.mark.parametrize("kind", sorted(NAMED))
def test_libreoffice_numbers_and_names_them_alike(
    kind: str, require_tool: Callable[[str], str], tmp_path: Path
) -> None:
    office = require_tool("soffice")
    for number, variant in enumerate(VARIANTS):
        (tmp_path / f"{number}.docx").write_bytes(paper(variant, kind))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    made = [str(tmp_path / f"{number}.docx") for number in range(len(VARIANTS))]
    command = [office, profile, "--headless", "--convert-to", "txt:Text (encoded):UTF8", "--outdir", str(tmp_path)]
    subprocess.run([*command, *made], check=True, capture_output=True, timeout=300)
    for number, variant in enumerate(VARIANTS):
        printed = (tmp_path / f"{number}.txt").read_text(encoding="utf-8-sig").splitlines()
        assert_numbered(kind, [bare(line) for line in printed])
        assert assert_numbered(kind, [bare(line) for line in printed]) == assert_numbered(
            kind, in_word(paper(variant, kind))
        )
