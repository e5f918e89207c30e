from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from docgen.diagnostics.model import OutputError
from docgen.manifest import FILE_NAME, Manifest, UsedTemplate, sha256
from docgen.output import publish
from tests.output.sets import CHECKLIST, FIRST, LOAN, PLEDGE, SECOND, TODAY, beside, held, manifest_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

PLEDGE_ONLY = {PLEDGE: SECOND[PLEDGE], CHECKLIST: SECOND[CHECKLIST]}
MIXED = {**FIRST, **PLEDGE_ONLY}


def pledge_manifest() -> Manifest:
    manifest = manifest_of(PLEDGE_ONLY)
    templates = ("checklist", "loan_contract", "pledge_contract")
    return replace(manifest, templates=tuple(UsedTemplate(one, "2.0", sha256(b"second")) for one in templates))


@pytest.fixture
def out(tmp_path: Path) -> Path:
    folder = tmp_path / "out"
    publish(FIRST, manifest_of(FIRST), folder, today=TODAY)
    return folder


def read(out: Path) -> Manifest:
    return Manifest.from_json((out / FILE_NAME).read_text(encoding="utf-8"), "manifest.json")


def test_papers_not_asked_for_are_carried_over_with_what_they_were_made_from(out: Path) -> None:
    publish(PLEDGE_ONLY, pledge_manifest(), out, today=TODAY, only=["pledge_contract"])
    assert held(out) == MIXED
    manifest = read(out)
    assert {one.name for one in manifest.outputs} == set(MIXED)
    assert {one.id: one.version for one in manifest.templates} == {
        "checklist": "2.0",
        "loan_contract": "1.0",
        "pledge_contract": "2.0",
    }
    assert not manifest.partial
    assert beside(out) == []


def test_the_same_papers_again_change_nothing(out: Path) -> None:
    publish(PLEDGE_ONLY, pledge_manifest(), out, today=TODAY, only=["pledge_contract"])
    assert not publish(PLEDGE_ONLY, pledge_manifest(), out, today=TODAY, only=["pledge_contract"]).changed


def test_a_paper_that_got_another_name_leaves_no_double(out: Path) -> None:
    renamed = {"03-专利权质押合同-新号.docx": b"pledge, third", CHECKLIST: b"list"}
    manifest = manifest_of(renamed)
    outputs = tuple(replace(one, template=one.template.replace("other", "pledge_contract")) for one in manifest.outputs)
    publish(renamed, replace(manifest, outputs=outputs), out, today=TODAY, only=["pledge_contract"])
    assert held(out) == {LOAN: FIRST[LOAN], **renamed}


CHANGES: dict[str, Callable[[Manifest], Manifest]] = {
    "deal file": lambda one: replace(one, deal_sha256=sha256(b"changed")),
    "stage": lambda one: replace(one, stage="draft"),
    "law date": lambda one: replace(one, as_of=date(2026, 1, 30)),
    "docgen": lambda one: replace(one, docgen="0.2.0"),
    "schema": lambda one: replace(one, schema_sha256=sha256(b"x")),
    "law": lambda one: replace(one, law_sha256=sha256(b"x")),
    "rules": lambda one: replace(one, rules_sha256=sha256(b"x")),
    "library": lambda one: replace(one, libraries={"docxtpl": "0.21"}),
}


@pytest.mark.parametrize("what", CHANGES)
@pytest.mark.parametrize("force", [False, True])
def test_papers_of_another_basis_are_not_mixed_even_by_force(out: Path, what: str, *, force: bool) -> None:
    manifest = CHANGES[what](pledge_manifest())
    with pytest.raises(OutputError) as caught:
        publish(PLEDGE_ONLY, manifest, out, today=TODAY, only=["pledge_contract"], force=force)
    assert [one.code for one in caught.value.diagnostics] == ["U112"]
    assert held(out) == FIRST


def test_a_library_that_only_one_of_the_builds_used_is_no_difference(out: Path) -> None:
    manifest = replace(pledge_manifest(), libraries={"docxtpl": "0.20.2", "weasyprint": "70.0"})
    publish(PLEDGE_ONLY, manifest, out, today=TODAY, only=["pledge_contract"])
    assert read(out).libraries == {"docxtpl": "0.20.2", "weasyprint": "70.0"}


def test_without_a_former_folder_the_set_holds_what_was_asked_for(tmp_path: Path) -> None:
    publish(PLEDGE_ONLY, pledge_manifest(), tmp_path / "new", today=TODAY, only=["pledge_contract"])
    assert held(tmp_path / "new") == PLEDGE_ONLY


def test_an_edited_paper_is_refused_and_by_force_not_carried(out: Path) -> None:
    (out / LOAN).write_bytes(b"a lawyer's change")
    with pytest.raises(OutputError) as caught:
        publish(PLEDGE_ONLY, pledge_manifest(), out, today=TODAY, only=["pledge_contract"])
    assert [one.code for one in caught.value.diagnostics] == ["U103"]

    result = publish(PLEDGE_ONLY, pledge_manifest(), out, today=TODAY, only=["pledge_contract"], force=True)
    assert [one.code for one in result.diagnostics] == ["U115", "U110"]
    assert held(out) == PLEDGE_ONLY
    assert read(out).partial
    assert result.backup is not None
    assert (result.backup / LOAN).read_bytes() == b"a lawyer's change"


def test_a_deleted_paper_makes_the_set_partial_and_is_named(out: Path) -> None:
    (out / LOAN).unlink()
    result = publish(PLEDGE_ONLY, pledge_manifest(), out, today=TODAY, only=["pledge_contract"])
    assert [(one.code, one.args["names"]) for one in result.diagnostics] == [("U115", LOAN)]
    assert read(out).partial


def test_a_carried_paper_and_a_new_one_of_one_name_are_refused(out: Path) -> None:
    files = {LOAN.upper(): b"other"}
    assert LOAN.upper() != LOAN
    with pytest.raises(OutputError) as caught:
        publish(files, manifest_of(files), out, today=TODAY, only=["other"])
    assert [one.code for one in caught.value.diagnostics] == ["U113"]
    assert held(out) == FIRST
