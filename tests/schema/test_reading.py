from __future__ import annotations

import pytest

from docgen.diagnostics import InputError
from docgen.model import Record
from docgen.schema import Schema
from docgen.schema.selfcheck import RECORD_WORDS, TAG_WORDS
from tests.small_schema import ENUMS, FILES


def problems(files: dict[str, str]) -> list[tuple[str, str]]:
    """Codes and places of what is wrong with schema files."""
    with pytest.raises(InputError) as caught:
        Schema.load(files)
    return [(one.code, str(one.place)) for one in caught.value.diagnostics]


def one_field(text: str) -> dict[str, str]:
    """Schema files whose root has one field."""
    head = "deal_file:\n  meta: {zh: 交易文件, en: deal file}\n  fields:\n    "
    return {"deal.yaml": f"{head}{text}\n", "enums.yaml": ENUMS}


def test_everything_a_field_says_arrives() -> None:
    text = (
        "no: {type: line, needed: sign, regex: '[0-9]+', minlength: 2, maxlength: 9, single: , "
        "meta: {zh: 号码, en: number, help: 原样填写, example: 010010, law: [CC 1, CC 2], unit: 个}}"
    ).replace("single: , ", "")
    field = Schema.load(one_field(text)).root.fields["no"]
    assert (field.needed, field.help, field.example, field.law, field.unit) == (
        "sign",
        "原样填写",
        "010010",
        ("CC 1", "CC 2"),
        "个",
    )
    assert field.rules == {"regex": "[0-9]+", "minlength": 2, "maxlength": 9}


def test_help_may_have_two_languages() -> None:
    field = Schema.load(one_field("no: {type: line, meta: {zh: 号, en: no, help: {zh: 填写, en: fill in}}}"))
    assert (field.root.fields["no"].help, field.root.fields["no"].help_en) == ("填写", "fill in")


def test_a_default_is_kept_as_text_until_a_deal_needs_it() -> None:
    field = Schema.load(one_field("no: {type: whole, default: 0, meta: {zh: 号, en: no}}")).root.fields["no"]
    assert field.default == "0"


def test_a_part_of_two_files_is_refused_with_both_places() -> None:
    part = "fee: {meta: {zh: 费用, en: fee}, fields: {}}\n"
    files = {**FILES, "parts/a.yaml": part, "parts/b.yaml": "\n" + part}
    with pytest.raises(InputError) as caught:
        Schema.load(files)
    [problem] = caught.value.diagnostics
    assert problem.code == "S112"
    assert str(problem.related[0].place) == "schemas/parts/a.yaml:1:1"


def test_schemas_without_a_deal_file_are_refused() -> None:
    assert [code for code, _ in problems({"enums.yaml": ENUMS})] == ["S113"]


def test_all_problems_of_all_files_come_at_once() -> None:
    files = {
        "deal.yaml": "deal_file: {meta: {zh: 交易文件, en: deal}, fields: {a: {type: line, meta: {zh: a}}}}\n",
        "parts/x.yaml": "x: {meta: {zh: 甲, en: x}, fields: {b: {type: line, need: 1, meta: {zh: 乙, en: b}}}}\n",
        "enums.yaml": "colour: {red: {zh: 红}}\n",
    }
    assert problems(files) == [
        ("S103", "schemas/deal.yaml:1:72"),
        ("S103", "schemas/enums.yaml:1:15"),
        ("S102", "schemas/parts/x.yaml:1:52"),
    ]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("a: {type: line, derived: f, default: x, meta: {zh: 甲, en: a}}", "S110"),
        ("a: {type: line, derived: f, maxlength: 3, meta: {zh: 甲, en: a}}", "S110"),
        ("a: {type: flag, allowed: [是], meta: {zh: 甲, en: a}}", "S109"),
        ("a: {type: whole, min: 1.5, meta: {zh: 甲, en: a}}", "S109"),
        ("a: {type: day, min: 2022-02-30, meta: {zh: 甲, en: a}}", "S109"),
        ("a: {type: money, max: NaN, meta: {zh: 甲, en: a}}", "S109"),
        ("a: {type: list, meta: {zh: 甲, en: a}}", "S103"),
        ("a: {type: ref, meta: {zh: 甲, en: a}}", "S103"),
        ("a: {type: list, single: B, item: {type: line}, meta: {zh: 甲, en: a}}", "S109"),
        ("class: {type: line, meta: {zh: 甲, en: a}}", "S105"),
        ("a: {type: enum, enum: colour, allowed: [pink], meta: {zh: 甲, en: a}}", "S109"),
        ("loop: {type: line, meta: {zh: 甲, en: a}}", "S105"),
        ("place_of: {type: line, meta: {zh: 甲, en: a}}", "S105"),
        ("a: {type: line, meta: {zh: 是, en: a}}", "S106"),
        ("a: {type: line, meta: {zh: 甲 乙, en: a}}", "S106"),
        ("a: {type: line, meta: {zh: 甲（乙）, en: a}}", "S106"),
        ("a: {type: line, meta: {zh: 甲Ａ, en: a}}", "S106"),
        ("a: just text", "S101"),
        ("a: ", "S101"),
        ("a: {type: [line], meta: {zh: 甲, en: a}}", "S104"),
    ],
)
def test_a_field_that_cannot_work_is_refused(text: str, code: str) -> None:
    assert code in [found for found, _ in problems(one_field(text))]


def test_names_are_taken_once_in_an_enumeration_and_across_variants() -> None:
    enums = ENUMS + "twice:\n  a: {zh: 甲, en: one}\n  b: {zh: 乙, en: one}\n"
    assert problems({**FILES, "enums.yaml": enums}) == [("S107", "schemas/enums.yaml:24:3")]
    parts = FILES["parts/all.yaml"].replace("zh: 统一社会信用代码", "zh: 证件号码")
    assert [code for code, _ in problems({**FILES, "parts/all.yaml": parts})] == ["S107"]
    parts = FILES["parts/all.yaml"].replace("values: [company, hk_company]", "values: [company, natural_person]")
    assert [code for code, _ in problems({**FILES, "parts/all.yaml": parts})] == ["S107"]
    parts = FILES["parts/all.yaml"].replace("        uscc:", "        name: ")
    assert "S107" in [code for code, _ in problems({**FILES, "parts/all.yaml": parts})]


def test_a_paper_may_not_take_the_name_of_another_part() -> None:
    paper = "meta: {zh: 某文件, en: paper}\nfields: {}\nparts: {loan: {meta: {zh: 借款, en: loan}, fields: {}}}\n"
    assert [code for code, _ in problems({**FILES, "templates/paper.yaml": paper})] == ["S112"]


def test_the_reserved_words_hold_every_attribute_of_a_record() -> None:
    attributes = {name for name in dir(Record) if not name.startswith("_")}
    assert attributes
    assert attributes == RECORD_WORDS


def test_a_tag_word_is_no_field() -> None:
    assert {"loop", "self", "有值", "为空"} <= TAG_WORDS
