"""The commands as people run them."""

from __future__ import annotations

import json
import re
import shutil
import zipfile
from typing import TYPE_CHECKING, Any

import pytest

from docgen.diagnostics.codes import all_codes, entry
from tests.cli.process import DEAL, PAPER, docgen
from tests.export.typefaces import make_font

if TYPE_CHECKING:
    from pathlib import Path

DRAFT = """---
title: 测试合同
kind: contract
---
## 担保范围 {#scope}
1. 借款的合同编号为{{ 借款 }}。
"""


def test_build_writes_the_paper_asked_for_under_a_path_with_spaces_and_chinese(tmp_path: Path) -> None:
    folder = tmp_path / "某 交易"
    folder.mkdir()
    deal = folder / "交易 文件.yaml"
    shutil.copy(DEAL, deal)
    ended = docgen("build", deal, "--only", PAPER)
    assert ended.code == 0, ended.err
    out = folder / "ZQ-2026-001"
    assert {path.suffix for path in out.iterdir()} == {".docx", ".json"}
    assert str(out) in ended.out
    again = docgen("build", deal, "--only", PAPER, "--lang", "en")
    assert "unchanged" in again.out


def test_check_writes_nothing(tmp_path: Path) -> None:
    ended = docgen("check", DEAL, cwd=tmp_path)
    assert ended.code == 0, ended.err
    assert re.search(r"[1-9]\d* 份文件可以生成", ended.out)
    assert list(tmp_path.iterdir()) == []


def test_json_is_one_document_on_stdout_whatever_happens(tmp_path: Path) -> None:
    broken = tmp_path / "broken.yaml"
    broken.write_text("金额：5\n", encoding="utf-8")
    foreign = tmp_path / "foreign"
    foreign.mkdir()
    (foreign / "mine.txt").write_text("mine", encoding="utf-8")
    runs = {
        0: ("build", DEAL, "--only", PAPER, "--out", tmp_path / "out"),
        1: ("check", broken),
        3: ("build", DEAL, "--only", PAPER, "--out", foreign),
    }
    for code, arguments in runs.items():
        ended = docgen(*arguments, "--output-format", "json")
        assert (ended.code, ended.err) == (code, "")
        assert json.loads(ended.out)["version"] == 1
    missing = docgen("check", tmp_path / "missing.yaml", "--output-format", "json")
    assert [one["code"] for one in json.loads(missing.out)["diagnostics"]] == ["U001"]
    assert (foreign / "mine.txt").read_text(encoding="utf-8") == "mine"


def test_results_go_to_stdout_and_messages_to_stderr(tmp_path: Path) -> None:
    ended = docgen("check", tmp_path / "missing.yaml")
    assert (ended.code, ended.out) == (1, "")
    assert "U001" in ended.err
    assert docgen("schema").err == ""


@pytest.mark.parametrize("place", ["before", "after"])
def test_language_may_stand_on_the_group_or_the_command(tmp_path: Path, place: str) -> None:
    command = ["check", str(tmp_path / "missing.yaml")]
    ended = docgen("--lang", "en", *command) if place == "before" else docgen(*command, "--lang", "en")
    assert "more: docgen explain U001" in ended.err


def test_a_wrong_option_is_wrong_usage() -> None:
    assert docgen("build").code == 2
    assert docgen("build", DEAL, "--nonsense").code == 2
    assert docgen("nonsense").code == 2


def test_every_help_starts_with_what_the_command_does_and_an_example() -> None:
    commands = ["", "build", "check", "new", "fields", "schema", "rules", "explain", "doctor", "templates"]
    commands += [f"templates {one}" for one in ("list", "check", "fields", "new", "copy", "accept", "preview")]
    for command in commands:
        ended = docgen(*command.split(), "--help")
        assert ended.code == 0
        assert re.search(rf"Example:\n    docgen {command}".rstrip(), ended.out), command


def test_new_writes_a_deal_that_check_can_read_and_never_over_one(tmp_path: Path) -> None:
    for lang in ("zh", "en"):
        file = tmp_path / f"{lang}.yaml"
        assert docgen("new", "-o", file, "--lang", lang).code == 0
        text = file.read_text(encoding="utf-8")
        assert docgen("new", "-o", file).code == 2
        assert file.read_text(encoding="utf-8") == text
        findings = json.loads(docgen("check", file, "--output-format", "json").out)["diagnostics"]
        assert not [one for one in findings if one["code"].startswith("Y")]
    assert docgen("new").out.startswith("#")
    assert {path.name for path in tmp_path.iterdir()} == {"zh.yaml", "en.yaml"}


def test_fields_are_found_by_key_and_label() -> None:
    assert "pledgees" in docgen("fields", "质权人").out
    assert "质权人" in docgen("fields", "pledgees").out
    assert "pledgees" not in docgen("fields", "--part", "loan").out
    assert "pledgees" in docgen("fields").out


def test_rules_are_listed_with_their_articles_and_certainty() -> None:
    every, family = docgen("rules").out.splitlines(), docgen("rules", "--family", "a").out.splitlines()
    assert 0 < len(family) <= len(every)
    assert all(line.startswith("A") for line in family)
    assert all(re.search(r"（(条文已核对|据公开网页|未经核对，须由律师确认)）", line) for line in family)


def test_explain_knows_every_code_and_offers_near_ones() -> None:
    code = all_codes()[0]
    assert entry(code).name in docgen("explain", code.lower()).out
    wrong = docgen("explain", "Y999")
    assert (wrong.code, wrong.out) == (2, "")
    assert "Y0" in wrong.err


def test_doctor_names_python_packages_fonts_and_cache() -> None:
    ended = docgen("doctor")
    assert ended.code in {0, 3}
    for name in ("Python", "docxtpl", "weasyprint", "缓存"):
        assert name in ended.out
    if ended.code == 0:
        assert "宋体" in ended.out


def test_a_template_is_made_checked_filled_and_accepted(tmp_path: Path) -> None:
    draft = tmp_path / "draft.md"
    draft.write_text(DRAFT.replace("借款 ", "项目.项目编号 "), encoding="utf-8")
    made = docgen("templates", "new", "my_contract", "--from", draft, cwd=tmp_path)
    assert made.code == 0, made.err
    assert docgen("templates", "new", "my_contract", "--from", draft, cwd=tmp_path).code == 2
    assert "my_contract" in docgen("templates", "list", cwd=tmp_path).out
    checked = docgen("templates", "check", "my_contract", cwd=tmp_path)
    assert checked.code == 0, checked.err
    filled = docgen("templates", "preview", "my_contract", "--deal", DEAL, "--templates", "templates", cwd=tmp_path)
    assert filled.code == 0, filled.err
    with zipfile.ZipFile(tmp_path / "my_contract-preview.docx") as archive:
        assert "ZQ-2026-001" in archive.read("word/document.xml").decode()
    assert docgen("templates", "accept", "my_contract", cwd=tmp_path).code == 0
    assert "借款的合同编号为" in (tmp_path / "templates" / "my_contract" / "template.txt").read_text(encoding="utf-8")


def test_a_copy_has_its_own_id_and_no_review(tmp_path: Path) -> None:
    assert docgen("templates", "copy", PAPER, "my_loan", cwd=tmp_path).code == 0
    sheet = (tmp_path / "templates" / "my_loan" / "template.yaml").read_text(encoding="utf-8")
    assert re.search(r"^id: my_loan$", sheet, re.MULTILINE)
    assert re.search(r"^reviewed: null$", sheet, re.MULTILINE)
    assert docgen("templates", "check", "my_loan", cwd=tmp_path).code == 0
    assert "my_loan" in docgen("templates", "list", cwd=tmp_path).out


def test_ids_of_templates_are_plain_and_unknown_ones_are_named(tmp_path: Path) -> None:
    assert "U027" in docgen("templates", "copy", PAPER, "../x", cwd=tmp_path).err
    assert "U025" in docgen("templates", "fields", "nonsense").err
    assert "loan_contract" in docgen("templates", "check", "loan_contrac").err
    assert list(tmp_path.iterdir()) == []


def test_a_misspelt_name_in_a_template_is_found(tmp_path: Path) -> None:
    draft = tmp_path / "draft.md"
    draft.write_text(DRAFT.replace("借款 ", "项目.项目编码 "), encoding="utf-8")
    docgen("templates", "new", "wrong", "--from", draft, cwd=tmp_path)
    checked = docgen("templates", "check", cwd=tmp_path)
    assert checked.code == 1
    assert "项目.项目编码" in checked.err


def test_template_fields_give_tags_to_paste() -> None:
    assert "{{ 该借款.金额|大写 }}" in docgen("templates", "fields", PAPER, "金额").out


def test_templates_come_from_the_firms_folder_when_the_settings_name_one(tmp_path: Path) -> None:
    firm = tmp_path / "firm"
    docgen("templates", "copy", PAPER, PAPER, "--templates", firm, cwd=tmp_path)
    settings = tmp_path / "config" / "docgen"
    settings.mkdir(parents=True)
    (settings / "config.toml").write_text(f'templates = "{firm.as_posix()}"\n', encoding="utf-8")
    config = {"XDG_CONFIG_HOME": str(tmp_path / "config"), "APPDATA": str(tmp_path / "config")}
    ended = docgen("templates", "list", cwd=tmp_path, **config)
    assert ended.code == 0, ended.err
    assert re.search(rf"{PAPER} .*本所", ended.out)
    assert "T204" in ended.err
    (settings / "config.toml").write_text("templates = 5\n", encoding="utf-8")
    refused = docgen("templates", "list", cwd=tmp_path, **config)
    assert refused.code == 3
    assert "U022" in refused.err


def test_fonts_come_from_the_firms_folders(tmp_path: Path) -> None:
    if docgen("doctor").code != 0:
        pytest.skip("PDFs can't be made here")
    fonts = tmp_path / "config" / "docgen" / "fonts"
    fonts.mkdir(parents=True)
    (fonts.parent / "config.toml").write_text('fonts = ["fonts"]\n', encoding="utf-8")
    config: dict[str, Any] = {"XDG_CONFIG_HOME": str(tmp_path / "config"), "APPDATA": str(tmp_path / "config")}
    empty = docgen("doctor", **config)
    assert empty.code == 3
    assert "X111" in empty.err
    make_font(fonts / "own.ttf", "方正小标宋_GBK", "甲")
    assert re.search(r"方正小标宋简体 +由 方正小标宋_GBK 代替", docgen("doctor", **config).out)
    assert docgen("build", DEAL, "--pdf", "--font-dir", tmp_path / "none", **config).code == 3
    (fonts.parent / "config.toml").write_text("fonts = [5]\n", encoding="utf-8")
    assert "U022" in docgen("doctor", **config).err


def test_a_templates_folder_that_is_missing_is_said() -> None:
    ended = docgen("build", DEAL, "--templates", "no-such-folder")
    assert ended.code == 3
    assert "U021" in ended.err
