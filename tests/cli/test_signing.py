"""`docgen sign` and `docgen verify` as a person uses them, wrong input first."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from docgen.export import to_pdf
from tests.cli.process import docgen
from tests.export.build import docx
from tests.export.test_signatures import BODY, STYLES, credentials

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def made() -> bytes:
    return to_pdf(docx(*BODY, styles=STYLES), "p.docx").data


@pytest.fixture
def folder(tmp_path: Path, made: bytes) -> Path:
    (tmp_path / "合同.pdf").write_bytes(made)
    (tmp_path / "key.p12").write_bytes(credentials(ec.generate_private_key(ec.SECP256R1())).data)
    (tmp_path / "pass.txt").write_text("pass\n", "utf-8")
    return tmp_path


KEY = ("--cert", "key.p12", "--passphrase-file", "pass.txt")


def test_wrong_use_is_answered_and_writes_nothing(folder: Path) -> None:
    for arguments, code, said in (
        (("sign", "没有.pdf", *KEY), 1, "U001"),
        (("sign", "合同.pdf", *KEY), 2, "U161"),
        (("sign", "合同.pdf", "--field", "sign-1"), 2, "U160"),
        (("sign", "合同.pdf", "--field", "sign-1", "--cert", "key.p12"), 2, "U160"),
        (("sign", "合同.pdf", "--field", "sign-7", *KEY), 1, "X122"),
        (("sign", "pass.txt", "--field", "sign-1", *KEY), 1, "X124"),
        (("verify", "合同.pdf"), 1, "X130"),
        (("verify", "key.p12"), 1, "X124"),
    ):
        ended = docgen(*arguments, cwd=folder)
        assert (ended.code, said in ended.err) == (code, True), ended.said
    assert sorted(file.name for file in folder.iterdir()) == ["key.p12", "pass.txt", "合同.pdf"]


def test_the_fields_are_listed(folder: Path) -> None:
    ended = docgen("sign", "合同.pdf", "--list", cwd=folder)
    assert ended.code == 0
    assert ended.out.split() == ["sign-1", "未签署", "出质人（公章）：甲公司", "sign-2", "未签署", "授权代理人（签字）"]


def test_both_parties_sign_and_the_paper_stays_what_it_was(folder: Path, made: bytes) -> None:
    first = docgen("sign", "合同.pdf", "--field", "sign-1", *KEY, cwd=folder)
    assert (first.code, first.err) == (0, "")
    assert (folder / "合同.pdf").read_bytes() == made
    again = docgen("sign", "合同.pdf", "--field", "sign-1", *KEY, cwd=folder)
    assert (again.code, "U026" in again.err) == (2, True)
    second = docgen("sign", "合同-已签署.pdf", *KEY, cwd=folder)
    assert second.code == 0, second.said
    verified = docgen("verify", "合同-已签署.pdf", cwd=folder)
    assert verified.code == 0
    assert verified.out.count("有效") == 2
    assert "X129" in verified.err
    assert (folder / "合同-已签署.pdf").read_bytes().startswith(made)
