from __future__ import annotations

import pytest

from docgen.diagnostics import Diagnostic, Place, Related, Severity
from docgen.diagnostics import codes as catalogue
from docgen.diagnostics.masking import masked, shown, snippet_line
from docgen.diagnostics.text import fill, texts


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("441202199001011234", "441*************34"),
        ("44120219900101123X", "441*************3X"),
        ("44120219900101123x。", "441*************3x。"),
        ("4412021990010112345", "441**************45"),
        ("44120219900101123", "441************23"),
        ("440102900101123", "440**********23"),
        ("44120219900101123a", "441*************3a"),
        ("13800138000o", "138*******0o"),
        ("138001380001", "138*******01"),
        ("441202 19900101 1234", "441*** ******** **34"),
        ("电话13800138000，", "电话138******00，"),
        ("138-0013-8000", "138-****-**00"),
        ("+86 13800138000", "+86 *********00"),
        ("6222021234567890123", "622**************23"),
        ("6222 0212 3456 7890 123", "622* **** **** **** *23"),
        ("E12345678", "E12****78"),
        ("EA1234567", "EA1****67"),
        ("H1234567890", "H12******90"),
        ("A123456(7)", "A12****(7)"),
        ("HK19100311.1", "HK19100311.1"),
        ("91440101MA5AXXXX1X", "91440101MA5AXXXX1X"),
        ("91110000600037341L", "91110000600037341L"),
        ("201910123456.70", "201910123456.70"),
        ("5,000,000.10", "5,000,000.10"),
        ("2022-01-29", "2022-01-29"),
        ("粤府〔2021〕12号", "粤府〔2021〕12号"),
    ],
)
def test_personal_numbers_are_masked_and_nothing_else(typed: str, printed: str) -> None:
    assert masked(typed) == printed


def test_a_shown_value_is_one_short_line_without_unseen_characters() -> None:
    assert shown("甲\n乙\u202e\x07\ud800") == "甲 乙<U+202E><U+0007><U+D800>"
    assert shown("x" * 500) == "x" * 119 + "…"
    assert snippet_line("a:\t\u200b\ufffe甲") == "a:→��甲"


def test_placeholders_are_filled_and_other_braces_stay() -> None:
    assert (
        fill("{a} {{ b }} {{c}} {D} {e}", {"a": "1", "b": "2", "c": "3", "D": "4"}, "zh") == "1 {{ b }} {{c}} {D} {e}"
    )


def test_an_argument_may_have_a_form_for_each_language() -> None:
    args = {"kind": "pledge", "kind.zh": "质押"}
    assert [fill("{kind}", args, lang) for lang in ("zh", "en")] == ["质押", "pledge"]


def test_values_cannot_bring_in_placeholders() -> None:
    assert fill("{a}{b}", {"a": "{b}", "b": "x"}, "zh") == "{b}x"


def test_a_duplicate_key_is_told_with_its_first_place() -> None:
    related = Related(Place("deal.yaml", 2, 3), "first")
    found = Diagnostic("Y003", Severity.ERROR, Place("deal.yaml", 4, 3), {"key": "amount"}, related=(related,))
    said = texts(found, "zh")
    assert said.message == "键“amount”重复出现"
    assert said.related == ("第一次出现在 deal.yaml:2:3",)
    assert texts(found, "en").related == ("first given at deal.yaml:2:3",)


def test_what_is_missing_never_stops_the_message() -> None:
    place = Place("deal.yaml", 1, 1)
    bare = Diagnostic("Y003", Severity.ERROR, place, related=(Related(place, "none"),), notes=("none",))
    assert texts(bare, "en").message == "duplicate key `{key}`"
    assert texts(bare, "en").related == ("deal.yaml:1:1",)
    assert texts(bare, "en").notes == ()
    assert texts(Diagnostic("Q999", Severity.ERROR, args={"a": "13800138000"}), "zh").message == "Q999 138******00"


def test_the_field_is_named_with_its_label() -> None:
    tables = {"extra": {"Q001": {"name": "x", "severity": "note", "message": {"zh": "{field}", "en": "`{field}`"}}}}
    catalogue.use_preparsed(tables)
    try:
        found = Diagnostic("Q001", Severity.NOTE, field="loan.amount", label="借款金额")
        assert texts(found, "zh").message == "loan.amount（借款金额）"
        assert texts(found, "en").message == "`loan.amount`"
        assert "Q001" in catalogue.all_codes()
    finally:
        catalogue.use_preparsed({"extra": {}})
