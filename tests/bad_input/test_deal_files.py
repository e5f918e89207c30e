"""Bad deal files, run through the installed command: each is refused in words, at its line, with nothing written."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from tests.bad_input.run import SAMPLE, SET, as_ordinary_user, edited, refused, run

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

PRICE = "price_amount: 80万元"
PLACE = "signing_place: 广东省广州市天河区"
ID_NO = "id_no: 441299197608096117"

# what is written instead of what, the code, the text that stands on the line named
WRONG: dict[str, tuple[str, str, str, str]] = {
    "full-width-colon": (PRICE, "price_amount：80万元", "Y012", "price_amount："),
    "tab-as-indent": (f"    {PRICE}", f"\t{PRICE}", "Y011", "\tprice"),
    "tab-in-value": (PRICE, "price_amount: 80\t万元", "Y011", "80\t"),
    "duplicate-key": (PRICE, f"{PRICE}\n    price_amount: 81万元", "Y003", "81万元"),
    "key-and-label": (PRICE, f"{PRICE}\n    转让价款: 81万元", "S002", "81万元"),
    "anchor": (PRICE, "price_amount: &x 80万元", "Y004", "&x"),
    "alias": (PRICE, "price_amount: *x", "Y004", "*x"),
    "merge-key": (PRICE, f"{PRICE}\n    <<: x", "Y005", "<<"),
    "tag": (PRICE, "price_amount: !!str 80万元", "Y006", "!!str"),
    "no-such-day": ("as_of: 2026-03-16", "as_of: 2022-02-30", "S015", "2022-02-30"),
    "part-of-a-cent": (PRICE, "price_amount: 5000000.001", "S012", "5000000.001"),
    "not-a-number": (PRICE, "price_amount: NaN", "S012", "NaN"),
    "infinity": (PRICE, "price_amount: .inf", "S012", ".inf"),
    "control-character": (PLACE, "signing_place: 广\x07州", "Y017", "\x07"),
    "null-character": (PLACE, "signing_place: 广\0州", "Y017", "\0"),
    "escaped-control": (PLACE, 'signing_place: "广\\x07州"', "Y017", "\\x07"),
    "escaped-surrogate": (PLACE, 'signing_place: "广\\ud83d州"', "Y028", "\\ud83d"),
    "unknown-key": (PRICE, "price_amout: 80万元", "S001", "price_amout"),
    "unknown-stage": ("stage: sign", "stage: signd", "S008", "signd"),
    "wrong-check-digit": (ID_NO, "id_no: 441299197608096118", "S019", "6118"),
    "line-break-in-a-line": (
        "title: 一种快换式夹爪组件",
        'title: "一种\\n组件"',
        "S017",
        "一种\\n",
    ),
    "too-long": ("title: 一种快换式夹爪组件", f"title: {'长' * 100_000}", "S026", "长长"),
    "second-document": ("signing: {", "---\nsigning: {", "Y007", "---"),
}


def written(folder: Path, text: str | bytes) -> Path:
    """The folder with this deal file."""
    data = text if isinstance(text, bytes) else text.encode("utf-8")
    (folder / "deal.yaml").write_bytes(data)
    return folder


@pytest.mark.parametrize("name", WRONG)
def test_each_trap_is_one_error_at_its_own_line_with_a_remedy(tmp_path: Path, name: str) -> None:
    old, new, code, at = WRONG[name]
    text = edited((old, new))
    ended = refused(written(tmp_path, text), "build", "deal.yaml")
    (found,) = ended.errors()
    assert (ended.code, found["code"]) == (1, code)
    assert found["place"]["source"] == "deal.yaml"
    assert at in text.split("\n")[found["place"]["line"] - 1]
    assert found["message"]
    assert found["help"] or found["notes"]


def test_a_duplicate_key_names_both_lines(tmp_path: Path) -> None:
    text = edited((PRICE, f"{PRICE}\n    price_amount: 81万元"))
    (found,) = refused(written(tmp_path, text), "build", "deal.yaml").errors()
    first = text[: text.index(PRICE)].count("\n") + 1
    assert found["place"]["line"] == first + 1
    assert f"deal.yaml:{first}:" in str(found["related"])


WHOLE: dict[str, tuple[bytes, str]] = {
    "empty": (b"", "Y001"),
    "only-comments": (b"# deal\n\n", "Y001"),
    "a-list": (b"- a\n", "Y002"),
    "plain-text": ("你好".encode(), "Y002"),
    "brackets": (b"[" * 200_000, "Y009"),
    "brackets-in-a-deal": (SAMPLE.encode() + b"\nx: " + b"[" * 200_000, "Y009"),
    "braces": (b"{a: " * 200_000, "Y009"),
    "dashes": (b"- " * 200_000, "Y009"),
    "3-MB": (SAMPLE.encode() + b"# " + b"x" * 3_000_000, "U005"),
    "too-many-values": (b"a: [" + b"b," * 250_000 + b"]\n", "Y010"),
    "gbk": (SAMPLE.encode("gbk"), "U006"),
    "lone-surrogate": (edited((PLACE, "signing_place: \ud800")).encode("utf-8", "surrogatepass"), "U011"),
    "word-file": (b"PK\x03\x04" + b"x" * 100, "U009"),
    "binary": (bytes(range(256)) * 10, "U011"),
}


@pytest.mark.parametrize("name", WHOLE)
def test_a_file_that_is_no_deal_is_one_error(tmp_path: Path, name: str) -> None:
    data, code = WHOLE[name]
    ended = refused(written(tmp_path, data), "build", "deal.yaml")
    (found,) = ended.errors()
    assert (ended.code, found["code"], found["place"]["source"]) == (1, code, "deal.yaml")
    assert found["help"]


def test_a_gbk_file_is_read_with_the_option_it_was_offered(tmp_path: Path) -> None:
    (found,) = refused(written(tmp_path, SAMPLE.encode("gbk")), "build", "deal.yaml").errors()
    assert "--encoding gb18030" in found["help"]
    ended = run(tmp_path, "build", "deal.yaml", "--encoding", "gb18030")
    assert ended.code == 0, ended.err
    assert any("广州云珠智能技术有限公司" in path.name for path in (tmp_path / SET).iterdir())


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (lambda path: None, "U001"),  # noqa: ARG005 — nothing is made
        (os.mkdir, "U002"),
        (os.mkfifo, "U003"),
        (lambda path: (path.write_text(SAMPLE, encoding="utf-8"), path.chmod(0)), "U004"),
    ],
    ids=["missing", "folder", "pipe", "unreadable"],
)
def test_what_can_not_be_read_is_said_at_once(tmp_path: Path, make: Callable[[Path], object], code: str) -> None:
    make(tmp_path / "deal.yaml")
    held = sorted(path.name for path in tmp_path.iterdir())
    ended = run(tmp_path, "build", "deal.yaml", "--output-format", "json", before=as_ordinary_user)
    (found,) = ended.errors()
    assert (ended.code, found["code"], found["place"]["source"]) == (1, code, "deal.yaml")
    assert found["help"]
    assert sorted(path.name for path in tmp_path.iterdir()) == held


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        (
            "zh",
            ["error[Y012]", "--> deal.yaml:70:17", "应为英文冒号加空格", "建议：", "1 个错误\n"],
        ),
        ("en", ["error[Y012]", "--> deal.yaml:70:17", "should be a colon and a space", "help: ", "1 error\n"]),
    ],
)
def test_both_languages_show_place_snippet_and_remedy(tmp_path: Path, lang: str, said: list[str]) -> None:
    ended = run(written(tmp_path, edited((PRICE, "price_amount：80万元"))), "build", "deal.yaml", "--lang", lang)
    assert (ended.code, ended.out) == (1, "")
    assert "70 |     price_amount：80万元\n" in ended.err
    assert [text for text in said if text not in ended.err] == []


def test_of_many_errors_fifty_are_shown_in_full_and_all_in_json(tmp_path: Path) -> None:
    written(tmp_path, "".join(f"x{number}: 1\n" for number in range(300)) + SAMPLE)
    full = run(tmp_path, "build", "deal.yaml", "--lang", "en")
    assert (full.code, full.err.count("error[")) == (1, 50)
    assert "300 errors" in full.err.splitlines()[-1]
    concise = run(tmp_path, "check", "deal.yaml", "--output-format", "concise")
    assert concise.err.count(" error: ") == 300
    assert len(refused(tmp_path, "build", "deal.yaml").errors()) == 300


@pytest.mark.parametrize(
    ("old", "new", "secret"),
    [
        (ID_NO, "id_no: 441299197608096118", "4412991976"),
        (ID_NO, "id_no: 44129919760809611x7", "4412991976"),
        (ID_NO, "idno: 441299197608096117", "4412991976"),
        (ID_NO, f"{ID_NO}, id_no: 441299197608096118", "4412991976"),
        (ID_NO, "id_no: E1234567", "E1234567"),
        ('phone: "13800000009"', "phone: 138000000091x", "138000000091x"),
        ("no: 3401002019000459}", "no: 34010020190004O9}", "34010020190004O9"),
    ],
)
def test_no_form_of_message_shows_a_personal_number(tmp_path: Path, old: str, new: str, secret: str) -> None:
    written(tmp_path, edited((old, new)))
    for form in ("full", "concise", "json"):
        ended = run(tmp_path, "check", "deal.yaml", "--output-format", form)
        assert ended.code == 1
        assert secret not in ended.out + ended.err


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["build"], 2),
        (["build", "deal.yaml", "--stage", "signed"], 2),
        (["build", "deal.yaml", "--lang", "fr"], 2),
        (["build", "deal.yaml", "--pfd"], 2),
        (["biuld", "deal.yaml"], 2),
        (["build", "deal.yaml", "--templates", "none"], 3),
        (["build", "deal.yaml", "--encoding", "klingon"], 1),
        (["build", "deal.yaml", "--only", "pledge_contrct"], 1),
        (["build", "deal.yaml", "--only", "pledge_contract"], 1),
    ],
    ids=lambda value: "-".join(value) if isinstance(value, list) else None,
)
def test_wrong_use_ends_with_the_exit_code_of_its_kind(tmp_path: Path, arguments: list[str], code: int) -> None:
    written(tmp_path, SAMPLE)
    ended = run(tmp_path, *arguments)
    assert ended.code == code
    assert ended.err
    assert [path.name for path in tmp_path.iterdir()] == ["deal.yaml"]


@pytest.mark.parametrize("stage", ["draft", "sign", "register", "drawdown", "post"])
def test_every_stage_checks(tmp_path: Path, stage: str) -> None:
    ended = run(written(tmp_path, SAMPLE), "check", "deal.yaml", "--stage", stage)
    assert ended.code == 0, ended.err


def test_an_unknown_kind_of_paper_is_answered_with_the_nearest(tmp_path: Path) -> None:
    (found,) = refused(written(tmp_path, SAMPLE), "build", "deal.yaml", "--only", "pledge_contrct").errors()
    assert found["code"] == "T214"
    assert "pledge_contract" in found["help"]
