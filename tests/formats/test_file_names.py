import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from docgen.formats.file_names import safe_name, same_file


@pytest.mark.parametrize(
    ("text", "suffix", "name"),
    [
        ("03-专利权质押合同-ZY-2026-001", ".docx", "03-专利权质押合同-ZY-2026-001.docx"),
        ("ZY/2026/001", ".docx", "ZY-2026-001.docx"),
        ("../../etc/passwd", "", "-..-etc-passwd"),
        ("C:\\合同", ".pdf", "C--合同.pdf"),
        ('a<b>c:d"e|f?g*h', "", "a-b-c-d-e-f-g-h"),
        ("..", "", "未命名"),
        ("", ".docx", "未命名.docx"),
        (".隐藏", "", "隐藏"),
        ("~$合同", "", "$合同"),
        ("合同. . .", "", "合同"),
        ("合同\u202e文", ".docx", "合同文.docx"),
        ("合\u200b同\x00\x1f\ud800\ufffe\U000f0000", "", "合同"),
        ("合同\u3000一\n二\t三", "", "合同 一 二 三"),
        ("NUL", ".docx", "_NUL.docx"),
        ("nul.合同", "", "_nul.合同"),
        ("con .x", "", "_con .x"),
        ("COM¹", ".txt", "_COM¹.txt"),
        ("LPT10", "", "LPT10"),
        ("CONTRACT", "", "CONTRACT"),
        ("𠮷䶮", ".docx", "𠮷䶮.docx"),
    ],
)
def test_names_come_out_safe(text: str, suffix: str, name: str) -> None:
    assert safe_name(text, suffix) == name


def test_long_names_keep_their_suffix_and_fit_in_80_characters() -> None:
    name = safe_name("质" * 400, ".docx")
    assert name == "质" * 75 + ".docx"


def test_characters_of_four_bytes_fit_in_255_bytes() -> None:
    name = safe_name("𠮷" * 80, ".docx")
    assert name == "𠮷" * 62 + ".docx"
    assert len(name.encode()) <= 255


def test_a_cut_does_not_part_a_letter_from_its_marks() -> None:
    text = "a" * 74 + "e\u0301\u0327"
    assert safe_name(text, ".docx") == "a" * 74 + ".docx"


def test_a_cut_leaves_no_trailing_dot() -> None:
    assert safe_name("a" * 79 + ".b") == "a" * 79


@given(st.text(max_size=300), st.sampled_from(["", ".docx", ".pdf"]))
@example("-" * 79 + " x", "")
@example("a" + "\u0301" * 90, ".docx")
def test_every_text_gives_a_name_every_system_takes(text: str, suffix: str) -> None:
    name = safe_name(text, suffix)
    assert 0 < len(name) <= 80
    assert len(name.encode()) <= 255
    assert name.endswith(suffix)
    assert not set(name) & set('<>:"/\\|?*')
    assert not any(unicodedata.category(character).startswith("C") for character in name)
    assert name == name.strip(" .") == safe_name(name)
    assert not name.startswith(("~", "."))
    assert safe_name(name.removesuffix(suffix), suffix) == name


def test_names_that_differ_in_case_or_composition_only_are_one_file() -> None:
    assert same_file("Contract-É.docx") == same_file("contract-e\u0301.DOCX")
    assert same_file("甲.docx") != same_file("乙.docx")
