"""Template folders: read, refused with a place and a remedy, shadowed, and chosen for a deal."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from docgen import resources
from docgen.catalogue import Verdict, load_catalogue, read_folders, select_papers
from docgen.diagnostics import TemplateError
from docgen.diagnostics.text import texts
from docgen.schema import bundled_schema
from tests.sets.samples import built

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from docgen.catalogue import Catalogue

SCHEMA = bundled_schema()
SHEET = """id: our_paper
title: {zh: 我方文件, en: our paper}
version: 1.0.0
order: 40
for_each: {list: 质押, as: 本质押}
applies_when: 本质押.含专利权
names: {出质方: 本质押.出质人}
output_name: ['"我方文件"', 本质押.合同编号]
law: [CC 427]
"""


def catalogue(root: Path, sheet: str, name: str = "our_paper") -> Catalogue:
    """The catalogue of one folder with this template.yaml."""
    folder = root / name
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "template.yaml").write_text(sheet, encoding="utf-8")
    return load_catalogue(read_folders(root, "option"), {}, SCHEMA)


def test_sheet_without_faults_is_read(tmp_path: Path) -> None:
    kind = catalogue(tmp_path, SHEET).kinds["our_paper"]
    assert (kind.title, kind.order, kind.law, kind.docx) == ("我方文件", 40, ("CC 427",), None)


@pytest.mark.parametrize(
    ("old", "new", "code", "line"),
    [
        ("applies_when", "aplies_when", "T201", 6),
        ("order: 40", "order: 四十", "T202", 4),
        ("title: {zh: 我方文件, en: our paper}", "title: 我方文件", "T202", 2),
        ("law: [CC 427]\n", "", "T205", 1),
        ("id: our_paper", "id: other_paper", "T206", 1),
        ("{list: 质押, as: 本质押}", "{list: 项目, as: 本质押}", "T207", 5),
        ("{出质方: 本质押.出质人}", "{质押: 本质押.出质人}", "T208", 7),
        ("applies_when: 本质押.含专利权", "applies_when: 本质押.份数|中文数字", "T209", 6),
        ("version: 1.0.0", "version: 1.0.0\nextends: nobody", "T203", 4),
        ("本质押.含专利权", "本质押.含专利全", None, 6),
        ("{出质方: 本质押.出质人}", "{出质方: 本质押.出质认}", None, 7),
    ],
)
def test_fault_is_reported_with_its_line(tmp_path: Path, old: str, new: str, code: str | None, line: int) -> None:
    assert old in SHEET
    with pytest.raises(TemplateError) as caught:
        catalogue(tmp_path, SHEET.replace(old, new))
    found = caught.value.diagnostics
    assert all(one.place is not None and one.place.source.endswith("template.yaml") for one in found)
    assert any((code is None or one.code == code) and one.place is not None and one.place.line == line for one in found)


def test_sheet_that_can_not_be_read_has_that_one_fault(tmp_path: Path) -> None:
    with pytest.raises(TemplateError) as caught:
        catalogue(tmp_path, SHEET.replace("id: our_paper", "id：our_paper"))
    assert [one.code for one in caught.value.diagnostics] == ["Y012"]


def test_misspelt_field_names_the_nearest(tmp_path: Path) -> None:
    with pytest.raises(TemplateError) as caught:
        catalogue(tmp_path, SHEET.replace("本质押.含专利权", "本质押.含专利全"))
    said = texts(caught.value.diagnostics[0], "zh")
    assert "含专利权" in said.message + said.help + "".join(said.notes)


@pytest.mark.parametrize("make", [os.mkfifo, os.mkdir], ids=["pipe", "folder"])
def test_template_that_is_no_regular_file_is_refused_without_waiting(
    tmp_path: Path, make: Callable[[Path], None]
) -> None:
    (tmp_path / "our_paper").mkdir()
    (tmp_path / "our_paper" / "template.yaml").write_text(SHEET, encoding="utf-8")
    make(tmp_path / "our_paper" / "template.docx")
    with pytest.raises(TemplateError) as caught:
        read_folders(tmp_path, "option")
    assert [one.code for one in caught.value.diagnostics] == ["T211"]


def test_folder_without_a_sheet_is_refused(tmp_path: Path) -> None:
    (tmp_path / "bare").mkdir()
    with pytest.raises(TemplateError) as caught:
        read_folders(tmp_path, "option")
    assert [one.code for one in caught.value.diagnostics] == ["T200"]


def test_first_folder_of_an_id_wins_and_the_hidden_one_is_announced(tmp_path: Path) -> None:
    own = tmp_path / "pledge_schedule"
    own.mkdir()
    sheet = (resources.templates() / "pledge_schedule" / "template.yaml").read_text(encoding="utf-8")
    (own / "template.yaml").write_text(sheet.replace("1.0.0", "9.9.9"), encoding="utf-8")
    folders = (*read_folders(tmp_path, "option"), *read_folders(resources.templates(), "bundled"))
    found = load_catalogue(folders, {}, SCHEMA)
    kind = found.kinds["pledge_schedule"]
    assert (kind.version, kind.origin, len(kind.shadows)) == ("9.9.9", "option", 1)
    assert [one.code for one in found.diagnostics] == ["T204"]


def test_extends_takes_what_the_sheet_leaves_out(tmp_path: Path) -> None:
    (tmp_path / "base").mkdir()
    (tmp_path / "base" / "template.yaml").write_text(SHEET.replace("our_paper", "base"), encoding="utf-8")
    sheet = "id: our_paper\ntitle: {zh: 另一份, en: another}\nversion: 2.0.0\norder: 41\nextends: base\n"
    kind = catalogue(tmp_path, sheet).kinds["our_paper"]
    assert (kind.title, kind.law, len(kind.loops)) == ("另一份", ("CC 427",), 1)


def test_paper_is_chosen_for_each_record_with_its_reason() -> None:
    bundled = load_catalogue(read_folders(resources.templates(), "bundled"), {}, SCHEMA)
    papers = select_papers(bundled, built("foshan-third-party").deal)
    chosen = {(paper.kind.id, paper.subject): paper for paper in papers}
    assert chosen[("co_owner_consent", "consents[0]")].verdict is Verdict.IN
    assert chosen[("co_owner_consent", "consents[1]")].verdict is Verdict.OUT
    assert chosen[("patent_transfer_contract", "")].reason == "没有专利权转让"
    assert chosen[("risk_sharing_papers", "")].verdict is Verdict.NOT_PROVIDED
