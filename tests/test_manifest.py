from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from docgen.diagnostics.model import Diagnostic, OutputError, Severity
from docgen.manifest import (
    Findings,
    Manifest,
    OutputFile,
    UsedTemplate,
    Waived,
    sha256,
    sha256_of_files,
)

if TYPE_CHECKING:
    from collections.abc import Callable

A, B, C = (sha256(letter) for letter in (b"a", b"b", b"c"))

MANIFEST = Manifest(
    deal="zhaoqing-patent",
    deal_sha256=A,
    stage="sign",
    as_of=date(2026, 1, 29),
    docgen="0.1.0",
    libraries={"lxml": "6.1.3", "docxtpl": "0.20.2"},
    schema_sha256=A,
    law_sha256=B,
    rules_sha256=C,
    templates=(
        UsedTemplate("pledge_contract", "1.2", B, date(2025, 12, 1), "firm", (C,)),
        UsedTemplate("loan_contract", "1.0", A),
    ),
    outputs=(
        OutputFile("03-专利权质押合同-ZY-2026-001.docx", C, 41234, "pledge_contract", "pledges[0]"),
        OutputFile("00-文件清单.docx", A, 9000, "checklist"),
    ),
    findings=Findings(warnings=2, notes=1, codes={"A07": 2, "B01": 1}),
    waivers=(Waived("C11", date(2026, 1, 5), 1),),
    missing=("hk_assignment",),
)


def test_a_manifest_comes_back_from_its_text() -> None:
    text = MANIFEST.to_json()
    again = Manifest.from_json(text, "manifest.json")
    assert again.to_json() == text
    assert again.templates == tuple(sorted(MANIFEST.templates, key=lambda one: one.id))
    assert again.outputs == tuple(sorted(MANIFEST.outputs, key=lambda one: one.name))
    assert replace(again, templates=MANIFEST.templates, outputs=MANIFEST.outputs) == MANIFEST


def test_the_order_in_which_things_were_found_changes_nothing() -> None:
    other = replace(
        MANIFEST,
        libraries=dict(sorted(MANIFEST.libraries.items())),
        templates=MANIFEST.templates[::-1],
        outputs=MANIFEST.outputs[::-1],
        findings=replace(MANIFEST.findings, codes={"B01": 1, "A07": 2}),
    )
    assert other.to_json() == MANIFEST.to_json()


def test_names_of_papers_stay_readable() -> None:
    assert "03-专利权质押合同-ZY-2026-001.docx" in MANIFEST.to_json()


def test_findings_are_counted_by_severity_and_code_without_their_values() -> None:
    secret = {"value": "441203199001011234"}
    found = [
        Diagnostic("A07", Severity.WARNING, args=secret),
        Diagnostic("A07", Severity.WARNING, args=secret),
        Diagnostic("B01", Severity.NOTE),
    ]
    assert Findings.of(found) == Findings(errors=0, warnings=2, notes=1, codes={"A07": 2, "B01": 1})
    assert "441203" not in replace(MANIFEST, findings=Findings.of(found)).to_json()


def test_papers_of_another_stage_or_deal_do_not_belong_together() -> None:
    assert replace(MANIFEST, partial=True, outputs=()).basis == MANIFEST.basis
    assert replace(MANIFEST, stage="draft").basis != MANIFEST.basis
    assert replace(MANIFEST, deal_sha256=B).basis != MANIFEST.basis


def test_the_hash_of_a_folder_ignores_order_and_sees_names_and_content() -> None:
    files = {"parts/a.yaml": b"1", "parts/b.yaml": b"2"}
    assert sha256_of_files(files) == sha256_of_files(dict(sorted(files.items(), reverse=True)))
    assert sha256_of_files(files) != sha256_of_files({"parts/a.yaml": b"2", "parts/b.yaml": b"1"})
    assert sha256_of_files(files) != sha256_of_files({"parts/a.yaml": b"1", "parts/c.yaml": b"2"})


CHANGES: dict[str, Callable[[str], str]] = {
    "no JSON": lambda text: text[:-5],
    "no object": lambda _: "[]\n",
    "not the form docgen writes": lambda text: text.replace("  ", " "),
    "another format": lambda text: text.replace('"format": 1', '"format": 2'),
    "a name that leads out": lambda text: text.replace("00-文件清单.docx", "../文件清单.docx"),
    "itself": lambda text: text.replace("00-文件清单.docx", "manifest.json"),
    "a hash that is none": lambda text: text.replace(A, "x" * 64),
    "a key too many": lambda text: text.replace('"stage"', '"x": 1,\n  "stage"'),
    "a key too few": lambda text: text.replace('  "stage": "sign",\n', ""),
    "a text for a number": lambda text: text.replace("41234", '"41234"'),
    "true for a number": lambda text: text.replace("41234", "true"),
    "an impossible day": lambda text: text.replace("2026-01-29", "2026-02-30"),
    "a key twice": lambda text: text.replace('"stage"', '"stage": "sign",\n  "stage"'),
    "very deep": lambda _: "[" * 100_000,
}


@pytest.mark.parametrize("change", CHANGES)
def test_what_docgen_did_not_write_is_refused(change: str) -> None:
    text = CHANGES[change](MANIFEST.to_json())
    assert text != MANIFEST.to_json()
    with pytest.raises(OutputError) as caught:
        Manifest.from_json(text, "out/manifest.json")
    assert [one.code for one in caught.value.diagnostics] == ["U114"]


def test_the_text_is_json_that_names_its_format() -> None:
    assert json.loads(MANIFEST.to_json())["format"] == 1
