"""Small sets of papers for the tests of publishing."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from docgen.manifest import FILE_NAME, Manifest, OutputFile, UsedTemplate, sha256

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

TODAY = date(2026, 1, 29)
LOAN = "01-流动资金借款合同-ZY-2026-001.docx"
PLEDGE = "03-专利权质押合同-ZY-2026-002.docx"
CHECKLIST = "00-文件清单.docx"

FIRST = {LOAN: b"loan, first", PLEDGE: b"pledge, first", CHECKLIST: b"list, first"}
SECOND = {LOAN: b"loan, second", PLEDGE: b"pledge, second", CHECKLIST: b"list, second"}

_TEMPLATES = {LOAN: "loan_contract", PLEDGE: "pledge_contract", CHECKLIST: "checklist"}


def manifest_of(files: Mapping[str, bytes], deal: str = "zhaoqing") -> Manifest:
    """The manifest of a set."""
    templates = {name: _TEMPLATES.get(name, "other") for name in files}
    return Manifest(
        deal=deal,
        deal_sha256=sha256(deal.encode()),
        stage="sign",
        as_of=TODAY,
        docgen="0.1.0",
        libraries={"docxtpl": "0.20.2"},
        schema_sha256=sha256(b"schema"),
        law_sha256=sha256(b"law"),
        rules_sha256=sha256(b"rules"),
        templates=tuple(UsedTemplate(one, "1.0", sha256(b"first")) for one in sorted(set(templates.values()))),
        outputs=tuple(OutputFile(name, sha256(data), len(data), templates[name]) for name, data in files.items()),
    )


def held(folder: Path) -> dict[str, bytes]:
    """What a folder holds, the manifest left out."""
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.name != FILE_NAME}


def beside(folder: Path) -> list[str]:
    """The names beside a folder."""
    return sorted(path.name for path in folder.parent.iterdir() if path != folder)
