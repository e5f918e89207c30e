"""What a value arrives as, and what is refused."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docgen import resources
from docgen.diagnostics import Diagnostic, InputError, Severity
from docgen.diagnostics.codes import entry
from docgen.identifiers import Reason
from docgen.load import load_text
from docgen.model.record import Missing
from docgen.schema import bundled_schema
from docgen.validate import Validated, validate
from tests.small_schema import BASE, small_schema

if TYPE_CHECKING:
    from docgen.model import Record


def validated(text: str, stage: str | None = None) -> Validated:
    return validate(load_text(text, "deal.yaml"), small_schema(), stage)


def deal_with(line: str) -> Record:
    """A deal with one more line in its `deal`; nothing is wrong with it."""
    result = validated(f"{BASE}  {line}\n")
    assert result.diagnostics == ()
    deal: Record = result.deal.deal
    return deal


def problem_of(line: str) -> Diagnostic:
    """The one problem of a deal with one more line in its `deal`."""
    [problem] = validated(f"{BASE}  {line}\n").diagnostics
    return problem


@pytest.mark.parametrize(
    "text",
    [
        "0044062201040009999",
        "010010",
        "110101199001011234",
        "201910123456.70",
        "4.350%",
        "5,000,000.10",
        "500万元",
        "2022/1/29",
        "NO",
        "12:30",
        "0x1F",
        "1e5",
        "1_000",
        "=1+1",
        "R&D <甲> {{7*7}} {_{",
        "𠮷䶮",
        "a\u3000b",
        "金额：5",
        "是",
    ],
)
def test_text_arrives_exactly_as_typed_without_quotes(text: str) -> None:
    assert deal_with(f"place: {text}").place == text


@pytest.mark.parametrize("text", ["null", "~", "", "  # 待定"])
def test_nothing_written_is_an_absent_value(text: str) -> None:
    deal = deal_with(f"place: {text}")
    assert deal.place == Missing("deal.place", "签订地点", deal.place_of("place"))
    assert not deal.given("place")


@pytest.mark.parametrize("text", ['""', '"  "', '"\u3000"'])
def test_blanks_in_quotes_are_an_absent_value(text: str) -> None:
    assert not deal_with(f"place: {text}").given("place")


def test_a_quoted_null_is_text() -> None:
    assert deal_with('place: "null"').place == "null"


@given(st.text(st.characters(blacklist_categories=["Cc", "Cs", "Zl", "Zp", "Cn", "Co", "Cf"]), min_size=1))
def test_any_line_survives_in_quotes(text: str) -> None:
    quoted = text.replace("'", "''")
    result = validated(f"{BASE}  place: '{quoted}'\n")
    if text.strip():
        assert result.deal.deal.place == text
    else:
        assert not result.deal.deal.given("place")


def test_a_text_keeps_its_lines_and_a_block_loses_only_its_last_line_end() -> None:
    assert deal_with("note: |\n    第一行\n\n    第二行").note == "第一行\n\n第二行"
    assert deal_with('note: "第一行\\n"').note == "第一行\n"
    assert deal_with("place: >\n    第一行\n    第二行").place == "第一行 第二行"


@pytest.mark.parametrize("text", ['"a\\nb"', "|\n    a\n    b", '"a\\Lb"', '"a\\_b\\Nc"'])
def test_a_line_with_a_line_break_is_refused(text: str) -> None:
    assert problem_of(f"place: {text}").code == "S017"


@pytest.mark.parametrize(
    ("text", "value"),
    [("true", True), ("false", False), ("是", True), ("否", False), ('"是"', True)],
)
def test_a_flag_is_read(text: str, value: bool) -> None:  # noqa: FBT001 — the value is what is tested
    assert deal_with(f"electronic: {text}").electronic is value


@pytest.mark.parametrize("text", ["NO", "yes", "on", "off", "1", "0", "True", "对"])
def test_nothing_else_is_a_flag(text: str) -> None:
    assert problem_of(f"electronic: {text}").code == "S016"


@pytest.mark.parametrize(("text", "value"), [("3", 3), ("12", 12), ('"7"', 7)])
def test_a_whole_number_is_read(text: str, value: int) -> None:
    copies = deal_with(f"copies: {text}").copies
    assert copies == value
    assert type(copies) is int


@pytest.mark.parametrize("text", ["3.0", "3份", "1,000", "03", "1e1", "NaN", "0x3", "三", "true", "1_0", "+3"])
def test_what_is_no_whole_number_is_refused(text: str) -> None:
    problem = problem_of(f"copies: {text}")
    assert problem.code == "S011"
    assert problem.args["value"] == text


@pytest.mark.parametrize(("text", "value"), [("1.5", "1.5"), ("1.50", "1.50"), ("-0.1", "-0.1"), ("3", "3")])
def test_a_number_keeps_its_places(text: str, value: str) -> None:
    assert str(deal_with(f"factor: {text}").factor) == value


@pytest.mark.parametrize("text", ["NaN", ".inf", "1.5倍", "1e5", "1/2", "Infinity", "1.", ".5"])
def test_what_is_no_number_is_refused(text: str) -> None:
    assert problem_of(f"factor: {text}").code == "S014"


@pytest.mark.parametrize("text", ["2022-01-29", "2022/1/29", "2022年1月29日", '"2022-1-29"'])
def test_a_day_is_read_in_three_notations(text: str) -> None:
    assert deal_with(f"signed_on: {text}").signed_on == date(2022, 1, 29)


@pytest.mark.parametrize(
    ("text", "note"),
    [("2022-02-30", "no-such-day"), ("22-1-29", "year-digits"), ("2022-01-29 12:30:00", "with-time"), ("元旦", None)],
)
def test_what_is_no_day_is_refused_with_its_reason(text: str, note: str | None) -> None:
    problem = problem_of(f"signed_on: {text}")
    assert problem.code == "S015"
    assert problem.notes == ((note,) if note else ())
    assert str(problem.place) == "deal.yaml:4:14"
    assert (problem.field, problem.label) == ("deal.signed_on", "签订日期")


def amount_of(text: str, currency: str = "CNY") -> Validated:
    return validated(f"{BASE}  currency: {currency}\ncredit_lines:\n  - id: A\n    limit_amount: {text}\n")


@pytest.mark.parametrize(
    ("text", "value"),
    [("5000000", "5000000.00"), ("5,000,000.10", "5000000.10"), ("500万元", "5000000.00"), ("0.01", "0.01")],
)
def test_an_amount_is_exact(text: str, value: str) -> None:
    result = amount_of(text)
    assert result.diagnostics == ()
    amount = result.deal.credit_lines[0].limit_amount
    assert isinstance(amount, Decimal)
    assert str(amount) == value


@pytest.mark.parametrize(
    ("text", "note"),
    [
        ("5000000.001", "decimals"),
        ("NaN", None),
        (".inf", None),
        ("-1", "negative"),
        ("1e6", "exponent"),
        ("5,00", "grouping"),
        ("05", "leading-zero"),
        ("HK$5", "other-currency"),
        ("５", "full-width"),
    ],
)
def test_an_unclear_amount_is_refused_with_its_reason(text: str, note: str | None) -> None:
    [problem] = amount_of(text).diagnostics
    assert problem.code == "S012"
    assert problem.notes == ((note,) if note else ())
    assert str(problem.place) == "deal.yaml:7:19"


def test_an_amount_is_read_in_the_currency_of_the_deal() -> None:
    assert amount_of("HK$5", "港元").diagnostics == ()
    assert [one.notes for one in amount_of("¥5", "HKD").diagnostics] == [("other-currency",)]


@pytest.mark.parametrize(
    ("text", "value"),
    [("4.350%", "0.04350"), ("5‰", "0.005"), ("0.0435", "0.0435"), ("85BP", "0.0085")],
)
def test_a_ratio_keeps_its_places(text: str, value: str) -> None:
    result = validated(f"{BASE}credit_lines:\n  - id: A\n    fee_ratio: {text}\n")
    assert result.diagnostics == ()
    assert str(result.deal.credit_lines[0].fee_ratio) == value


@pytest.mark.parametrize("text", ["4.35", "百分之四", "NaN", "4.35 % 每年"])
def test_an_unclear_ratio_is_refused(text: str) -> None:
    assert [one.code for one in validated(f"{BASE}credit_lines: [{{id: A, fee_ratio: {text}}}]\n").diagnostics] == [
        "S013"
    ]


@pytest.mark.parametrize("text", ["HKD", "港元", "Hong Kong dollar", '" HKD\u3000"'])
def test_a_choice_is_read_by_key_or_label(text: str) -> None:
    assert deal_with(f"currency: {text}").currency == "HKD"


def test_a_wrong_choice_is_answered_with_the_choices_that_are_allowed() -> None:
    assert problem_of("colour: pink").args["names"] == "red, blue"
    assert problem_of("colour: 粉红").args["names"] == "红色"
    assert problem_of("currency: 人民币元").notes == ("near",)


PARTY = "parties:\n  - id: co\n    type: {type}\n    name: 示例\n    {line}\n"


def party_with(kind: str, line: str) -> Validated:
    return validated(BASE + PARTY.format(type=kind, line=line))


def test_official_numbers_arrive_in_their_canonical_form() -> None:
    result = party_with(
        "company", 'uscc: "9111 0000 6000 3734 1L"\n    accounts: [{bank: 甲, no: 0044062201040009999}]'
    )
    assert result.diagnostics == ()
    [party] = result.deal.parties
    assert party.uscc == "91110000600037341L"
    assert party.accounts[0].no == "0044062201040009999"
    assert party_with("fund", "postcode: 010010").deal.parties[0].postcode == "010010"


def test_a_wrong_check_digit_is_an_error_and_a_doubtful_one_a_warning() -> None:
    [wrong] = party_with("company", "uscc: 91110000600037341M").diagnostics
    assert (wrong.code, wrong.severity, wrong.notes) == ("S019", Severity.ERROR, ("check-digit",))
    doubtful = party_with("company", "uscc: 91110000100000000R")
    [warning] = doubtful.diagnostics
    assert (warning.code, warning.severity, warning.notes) == ("S020", Severity.WARNING, ("inner-check-digit",))
    assert doubtful.deal.parties[0].uscc == "91110000100000000R"


def test_an_identity_number_is_judged_by_the_kind_of_document_beside_it() -> None:
    assert party_with("natural_person", "id_no: 11010519491231002X").diagnostics == ()
    assert party_with("natural_person", "id_no: E12345678\n    证件类型: 护照").diagnostics == ()
    assert [one.code for one in party_with("natural_person", "id_no: E12345678").diagnostics] == ["S019"]


def test_every_reason_to_doubt_a_number_has_words() -> None:
    assert len(Reason) > 10
    for code in ("S019", "S020"):
        assert set(entry(code).notes) == set(Reason)


def test_personal_numbers_are_masked_whatever_is_wrong_with_them() -> None:
    number = "110101199001011234"
    problems = [
        *party_with("natural_person", f"id_no: {number}").diagnostics,
        *party_with("fund", f"phone: {number}").diagnostics,
        *party_with("fund", f"accounts: [{{bank: 甲, no: '{number}x'}}]").diagnostics,
    ]
    assert [one.code for one in problems] == ["S019", "S019", "S019"]
    assert not any(number in text for one in problems for text in one.args.values())


def test_the_numbers_in_lists_are_checked_too() -> None:
    [problem] = validated(f"{BASE}  tel: [0758-2200000, 1]\n").diagnostics
    assert (problem.code, problem.field) == ("S019", "deal.tel[1]")


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("copies: 0", "S023"),
        ("copies: 21", "S024"),
        ("signed_on: 1999-12-31", "S023"),
        ("code: A", "S025"),
        ("code: AB12", "S022"),
        ("code: AB 12", "S022"),
        ("code: ABx", "S022"),
        ('code: "12 "', "S022"),
        ("colour: green", "S021"),
        ("codes: [A]", "S027"),
        ("codes: [A, B, C, D]", "S028"),
    ],
)
def test_a_rule_of_the_schema_is_kept(line: str, code: str) -> None:
    problem = problem_of(line)
    assert problem.code == code
    assert problem.place is not None
    assert problem.place.line == 4


@pytest.mark.parametrize("line", ["copies: 1", "copies: 20", "code: AB", "code: 12", "codes: [A, B]", "codes: []"])
def test_a_value_at_the_bound_passes(line: str) -> None:
    deal_with(line)


def test_two_broken_rules_of_one_record_are_two_findings() -> None:
    assert [one.code for one in validated(f"{BASE}  copies: 0\n  code: A\n").diagnostics] == ["S023", "S025"]


def test_what_the_loader_refuses_never_gets_here() -> None:
    with pytest.raises(InputError):
        validated(f"{BASE}  place: 'a\x07b'\n")


def test_placeholder_left_in_the_skeleton_is_no_value() -> None:
    text = (resources.samples() / "zhaoqing-patent" / "deal.yaml").read_text(encoding="utf-8")
    filled = "address: 广东省肇庆市端州区端州一路88号\n    postcode"
    assert filled in text
    left = text.replace(filled, "address: 【待填：住所】\n    postcode")
    found = validate(load_text(left, "deal.yaml"), bundled_schema(), "sign").diagnostics
    assert [(one.code, one.field) for one in found] == [("S003", "parties[1].address")]
