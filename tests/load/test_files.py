from __future__ import annotations

import os
import socket
import time
from typing import TYPE_CHECKING

import pytest

from docgen.diagnostics import Diagnostic, InputError
from docgen.load import MAX_BYTES, read_text

if TYPE_CHECKING:
    from pathlib import Path

TEXT = "借款人: 广州市示例科技有限公司\n金额: 5000000\n"


def refusal(path: str | Path, encoding: str | None = None) -> Diagnostic:
    """The only reason why a file can't be read."""
    with pytest.raises(InputError) as caught:
        read_text(path, encoding)
    (found,) = caught.value.diagnostics
    return found


@pytest.fixture
def deal(tmp_path: Path) -> Path:
    return tmp_path / "交易 一.yaml"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_utf8_is_read_with_and_without_a_byte_order_mark(deal: Path, encoding: str) -> None:
    deal.write_text(TEXT, encoding=encoding)
    assert read_text(deal) == TEXT
    assert read_text(str(deal), "utf-8") == TEXT


@pytest.mark.parametrize(
    ("encoding", "option"), [("gbk", "gb18030"), ("gb18030", "gb18030"), ("utf-16", "utf-16"), ("utf-16-be", None)]
)
def test_another_encoding_is_named_with_the_option_that_reads_it(deal: Path, encoding: str, option: str | None) -> None:
    deal.write_text(TEXT, encoding=encoding)
    found = refusal(deal)
    if option is None:
        assert found.code == "U011"
    else:
        assert (found.code, found.args["option"]) == ("U006", option)
        assert read_text(deal, option) == TEXT


def test_the_line_of_the_first_wrong_byte_is_named(deal: Path) -> None:
    deal.write_bytes(b"a: 1\nb: 2\n" + "c: 甲乙\n".encode("gbk"))
    found = refusal(deal)
    assert found.place is not None
    assert (found.code, found.place.line) == ("U006", 3)


def test_bytes_that_no_encoding_explains_are_refused(deal: Path) -> None:
    deal.write_bytes(b"a: \xff\xff\x80\n")
    assert refusal(deal).code == "U011"


def test_an_option_that_would_turn_utf8_into_other_characters_is_refused(deal: Path) -> None:
    deal.write_text("a: 你好\n", encoding="utf-8")
    assert deal.read_text(encoding="gb18030") == "a: 浣犲ソ\n"
    assert refusal(deal, "gb18030").code == "U010"
    deal.write_text("a: 1\n", encoding="utf-8")
    assert read_text(deal, "gb18030") == "a: 1\n"


@pytest.mark.parametrize("encoding", ["klingon", "hex", "rot13", "", "a\0b"])
def test_what_is_no_text_encoding_is_refused(deal: Path, encoding: str) -> None:
    deal.write_text(TEXT, encoding="utf-8")
    assert refusal(deal, encoding).code == "U007"


def test_a_wrong_option_is_answered_with_the_right_one(deal: Path) -> None:
    deal.write_text(TEXT, encoding="gb18030")
    found = refusal(deal, "ascii")
    assert (found.code, found.args["option"]) == ("U006", "gb18030")


def test_a_missing_file_and_a_folder_are_told_apart(tmp_path: Path) -> None:
    assert refusal(tmp_path / "none.yaml").code == "U001"
    assert refusal(tmp_path).code == "U002"
    (tmp_path / "file").write_text("a: 1\n", encoding="utf-8")
    assert refusal(tmp_path / "file" / "deal.yaml").code == "U001"
    assert refusal("a\0b").code == "U008"
    assert refusal(tmp_path / ("x" * 5000)).code == "U008"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with a name on this system")
def test_a_pipe_a_device_and_a_socket_are_refused_without_waiting(tmp_path: Path) -> None:
    start = time.monotonic()
    os.mkfifo(tmp_path / "pipe")
    assert refusal(tmp_path / "pipe").code == "U003"
    assert refusal("/dev/zero").code == "U003"
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(tmp_path / "s"))
        assert refusal(tmp_path / "s").code in {"U003", "U008"}
    assert time.monotonic() - start < 2


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="the administrator may read everything")
def test_a_file_without_permission_is_refused(deal: Path) -> None:
    deal.write_text(TEXT, encoding="utf-8")
    deal.chmod(0)
    assert refusal(deal).code == "U004"


def test_two_megabytes_are_read_and_more_is_refused(deal: Path) -> None:
    deal.write_bytes(b"#" * MAX_BYTES)
    assert len(read_text(deal)) == MAX_BYTES
    deal.write_bytes(b"#" * (MAX_BYTES + 1))
    assert refusal(deal).code == "U005"
    deal.write_bytes(b"#" * 3_000_000)
    assert refusal(deal).args["size"] == "3.0"


@pytest.mark.parametrize("start", [b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1", b"%PDF-1.7"])
def test_office_files_are_recognised(deal: Path, start: bytes) -> None:
    deal.write_bytes(start + bytes(100))
    assert refusal(deal).code == "U009"
    assert refusal(deal, "gb18030").code == "U009"
