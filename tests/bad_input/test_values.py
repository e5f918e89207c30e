"""Awkward values, from the deal file into printed papers: they arrive exactly as typed."""

from __future__ import annotations

import io
import re
import subprocess
from typing import TYPE_CHECKING

import docx
from docx.oxml.ns import qn

from docgen.word.text import extract_text
from tests.bad_input.run import CPU_SECONDS, KILOBYTES, SET, edited, run

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

DELIVERABLES = (
    "deliverables: [专利证书原件, 专利申请文件和审查过程文件副本, "
    "最近一次年费缴纳凭证, 实施上述专利所需的技术图纸和工艺说明]"
)
USE = "existing_use: 转让方已在自产的码垛设备上实施上述专利，未许可他人实施"
AS_TYPED = (
    "0044062201040009999",
    "010010",
    "110101199001011234",
    "201910123456.70",
    "4.350%",
    "5,000,000.10",
    "500万元",
    "2022/1/29",
    "2022年1月29日",
    "NO",
    "12:30",
    "0123",
    "1e6",
    "~甲",
)
AWKWARD = (
    "R&D <甲> {{7*7}} {_{ {%p if x %} {% endif %} {# y #} ｛｛z｝｝ "
    "&amp; &#169; ]]> <w:p/> \"引\" '号' \\n $1 %} }} 𠮷䶮"
)


def quoted(text: str) -> str:
    """A text in single quotes, as a person writes one that YAML would read as something else."""
    return "'" + text.replace("'", "''") + "'"


def built(folder: Path, *changes: tuple[str, str], pdf: bool = False) -> Path:
    """The set of the sample with these changes."""
    (folder / "deal.yaml").write_text(edited(*changes), encoding="utf-8")
    arguments = ["--pdf"] if pdf else []
    ended = run(folder, "build", "deal.yaml", "--only", "patent_transfer_contract", *arguments)
    assert ended.code == 0, ended.err
    if not pdf:
        assert (ended.seconds < CPU_SECONDS, ended.kilobytes < KILOBYTES) == (True, True)
    return folder / SET


def contract(folder: Path, suffix: str = ".docx") -> Path:
    """The assignment contract in a finished folder."""
    (paper,) = (path for path in folder.iterdir() if path.name.startswith("17-") and path.suffix == suffix)
    return paper


def docx_text(folder: Path) -> str:
    """What the contract says."""
    return extract_text(contract(folder).read_bytes())


def test_plain_values_are_printed_exactly_as_typed(tmp_path: Path) -> None:
    items = "".join(f"\n      - {value}" for value in AS_TYPED)
    text = docx_text(built(tmp_path, (DELIVERABLES, f"deliverables:{items}")))
    assert "、".join(AS_TYPED) in text


def test_typed_values_are_printed_in_the_form_of_their_field(tmp_path: Path) -> None:
    changes = [
        ("price_amount: 80万元", "price_amount: 5,000,000.10"),
        ("amount: 24万元", "amount: 4000000.10"),
        ("amount: 56万元", "amount: 100万元"),
        ("filed_on: 2018-09-11", "filed_on: 2018/9/11"),
        ("granted_on: 2021-03-26", "granted_on: 2021年3月26日"),
        ("no: 3401002019000459}", "no: 0044062201040009999}"),
        ("postcode: 510620", "postcode: 010010"),
        ("late_daily_ratio: 0.05%", "late_daily_ratio: 0.050%"),
    ]
    text = docx_text(built(tmp_path, *changes))
    for printed in (
        "人民币伍佰万元壹角",
        "¥5,000,000.10",
        "¥1,000,000.00",
        "2018-09-11",
        "2021-03-26",
        "账号：0044062201040009999",
        "邮政编码：010010",
        "0.050%向",
    ):
        assert printed in text, printed


def test_what_looks_like_a_tag_or_markup_is_printed_in_word_and_pdf(
    tmp_path: Path, require_tool: Callable[[str], str]
) -> None:
    name = "广州𠮷䶮R&D<甲>{{7*7}}{_{公司"
    folder = built(
        tmp_path,
        (USE, f"existing_use: {quoted(AWKWARD)}"),
        ("name: 广州云珠智能技术有限公司\n", f"name: {quoted(name)}\n"),
        ("registered_owner: 广州云珠智能技术有限公司", f"registered_owner: {quoted(name)}"),
        pdf=True,
    )
    text = docx_text(folder)
    assert f"实施情况为：{AWKWARD}" in text
    assert text.count(name) > 3
    command = [require_tool("pdftotext"), "-raw", str(contract(folder, ".pdf")), "-"]
    printed = re.sub(r"\s", "", subprocess.run(command, capture_output=True, check=True, encoding="utf-8").stdout)
    assert re.sub(r"\s", "", AWKWARD) in printed
    assert printed.count(name) > 3


def test_line_breaks_and_tabs_arrive_as_word_s_own(tmp_path: Path) -> None:
    terms = '    special_terms: ["第一行\\n第二行\\n\\n第四行\\t制表后"]\n    delivery_days'
    data = contract(built(tmp_path, ("    delivery_days", terms))).read_bytes()
    (paragraph,) = (one for one in docx.Document(io.BytesIO(data)).paragraphs if "第四行" in one.text)
    marks = [child.tag for run in paragraph.runs for child in run._r if child.tag in {qn("w:br"), qn("w:tab")}]
    assert marks == [qn("w:br")] * 3 + [qn("w:tab")]
    assert paragraph.text.endswith("第一行\n第二行\n\n第四行\t制表后")


def test_a_block_of_lines_is_printed_line_by_line(tmp_path: Path) -> None:
    terms = "    special_terms:\n      - |\n        甲方：\n          缩进 & <行>\n    delivery_days"
    assert "甲方： ⏎   缩进 & <行>" in docx_text(built(tmp_path, ("    delivery_days", terms))).replace("\n", " ⏎ ")


def test_a_text_of_100_000_characters_is_printed_whole_and_fast(tmp_path: Path) -> None:
    long = "长𠮷&<" * 25_000
    assert long in docx_text(built(tmp_path, (USE, f"existing_use: {long}")))
