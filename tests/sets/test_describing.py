"""What checklist and report say of the set they lie in."""

from __future__ import annotations

from itertools import dropwhile, takewhile

from docgen.load import load_text
from docgen.pipeline import BuildOptions, build
from docgen.word.text import extract_text
from tests.sets.samples import build_text, built, sample_text, texts, tools


def front(name: str, title: str) -> str:
    """The text of a sample's checklist or report."""
    return next(text for file, text in texts(name).items() if file.startswith(f"00-{title}"))


def rows(text: str, head: str) -> list[list[str]]:
    """The cells of the rows of the first table below a heading, without its first row."""
    below = text.split(head, 1)[1].splitlines()
    table = takewhile(lambda line: line.startswith("| "), dropwhile(lambda line: not line.startswith("| "), below))
    return [line.removeprefix("| ").removesuffix(" |").split(" | ") for line in table][1:]


def test_lacking_paper_is_the_first_line_of_the_checklist_and_has_a_reason() -> None:
    text = front("foshan-third-party", "文件清单")
    body = text.split("文件清单\n", 1)[1]
    assert body.startswith("本套文件不完整，尚缺：风险补偿资金备案材料")
    assert [row[1] for row in rows(text, "二、尚缺的文件")] == ["风险补偿资金备案材料"]


def test_complete_set_says_so() -> None:
    text = front("zhaoqing-patent", "文件清单")
    assert "本套文件没有缺项" in text
    assert "不完整" not in text


def test_checklist_names_every_paper_as_it_is_called() -> None:
    listed = rows(front("zhaoqing-patent", "文件清单"), "一、已生成的文件")
    papers = [file for file in built("zhaoqing-patent").files if file.endswith(".docx") and not file.startswith("00-")]
    assert len(listed) == len(papers) == 23
    assert "股东会决议＊" in [row[1] for row in listed]
    assert all(row[1].endswith("＊") for row in listed)


def test_kind_that_is_not_needed_has_one_line_with_its_reason() -> None:
    listed = rows(front("foshan-third-party", "文件清单"), "本次不需要的文件")
    names = [row[1] for row in listed]
    assert len(names) > 10
    assert len(names) == len(set(names))
    assert all(row[-1] not in {"", "—"} for row in listed)


def test_paper_whose_need_is_open_is_not_called_unneeded() -> None:
    text = sample_text("zhaoqing-patent").replace("stage: sign", "stage: draft")
    text = text.replace("  kind: 流动资金贷款\n", "")
    result = build_text(text)
    checklist = next(extract_text(data) for file, data in result.files.items() if "文件清单" in file)
    assert "不能判断是否需要" in checklist
    assert "流动资金借款合同" not in [row[1] for row in rows(checklist, "本次不需要的文件")]


def test_papers_left_out_of_a_run_are_not_called_unneeded() -> None:
    tree = load_text(sample_text("patent-transfer"), "deal.yaml")
    result = build(tree, tools(), BuildOptions(only=("checklist",)))
    checklist = next(extract_text(data) for file, data in result.files.items() if "文件清单" in file)
    assert "专利权转让合同" in [row[1] for row in rows(checklist, "待定和本次未生成的文件")]
    assert "专利权转让合同" not in [row[1] for row in rows(checklist, "本次不需要的文件")]


def test_report_counts_the_rules_it_lists() -> None:
    text = front("zhaoqing-patent", "检查报告")
    listed = [row[2] for row in rows(text, "各项规则的结果")]
    assert len(listed) > 30
    assert f"| 检查的规则 | {len(listed)}条 | 通过 | {listed.count('通过')}条 |" in text
    assert f"| 未到检查阶段 | {listed.count('未到检查阶段')}条 |" in text


def test_waived_warning_stands_with_who_when_and_why() -> None:
    waiver = "\n豁免:\n  - {规则: I04, 理由: 授权书已在前次授信时出具, 批准人: 审批员, 批准日期: 2026年4月18日}\n"
    text = sample_text("foshan-third-party")
    line = next(line for line in text.splitlines(keepends=True) if "代号: ZX-01" in line)
    result = build_text(text.replace(line, "") + waiver)
    report = next(extract_text(data) for file, data in result.files.items() if "检查报告" in file)
    waived = rows(report, "二、已豁免的发现")
    assert {row[0] for row in waived} == {"I04"}
    assert {row[-1] for row in waived} == {"审批员（2026年4月18日）：授权书已在前次授信时出具"}
    assert "I04" not in [row[0] for row in rows(report, "一、检查发现")]
