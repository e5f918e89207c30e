from __future__ import annotations

import csv
import string
import subprocess
import sys
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum import lei as lei_oracle
from stdnum import luhn as luhn_oracle
from stdnum.cn import ric as resident_oracle
from stdnum.cn import uscc as uscc_oracle

from docgen.identifiers import KINDS, check
from docgen.identifiers.patents import filing_year, is_international, patent_kind
from docgen.identifiers.persons import birth_date, is_male
from tests import fictitious


def read_table() -> list[tuple[str, str, str, str]]:
    with Path(__file__).with_name("numbers.csv").open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(line for line in file if not line.startswith("#"))
        return [(row["kind"], row["text"], row["canonical"], row["problem"]) for row in rows]


TABLE = read_table()
USCC_STEMS = st.text(uscc_oracle._alphabet, min_size=8, max_size=8)
DAYS = st.dates(date(1900, 1, 1), date(2020, 12, 31))


def problems(kind: str, text: str) -> str:
    return " ".join(f"{problem.reason} {problem.severity}" for problem in check(kind, text).problems)


def changed(number: str, place: int, character: str) -> str:
    return number[:place] + character + number[place + 1 :]


def test_the_table_has_good_and_bad_numbers_of_every_kind() -> None:
    seen = Counter((kind, bool(problem)) for kind, _, _, problem in TABLE)
    assert set(seen) == {(kind, bad) for kind in KINDS for bad in (True, False)}
    assert sum(kind == "patent_no" and not problem for kind, _, _, problem in TABLE) >= 17


@pytest.mark.parametrize(("kind", "text", "canonical", "problem"), TABLE)
def test_a_number_is_judged_as_the_table_says(kind: str, text: str, canonical: str, problem: str) -> None:
    assert problems(kind, text) == problem
    assert check(kind, text).canonical == canonical


@pytest.mark.parametrize(("kind", "text"), [row[:2] for row in TABLE if not row[3]])
def test_a_canonical_number_is_its_own_canonical_form(kind: str, text: str) -> None:
    canonical = check(kind, text).canonical
    assert check(kind, canonical).canonical == canonical
    assert not check(kind, canonical).problems


def test_what_is_wrong_is_said_without_the_number() -> None:
    assert check("uscc", "91440300MA5HOHLK5U").problems[0].args == {"position": "13", "character": "O"}
    assert check("resident_id", "1101051949123100").problems[0].args == {"expected": "18", "found": "16"}


def test_a_kind_that_does_not_exist_is_a_mistake_of_the_caller() -> None:
    with pytest.raises(KeyError):
        check("shoe_size", "42")


@given(st.sampled_from(sorted(KINDS)), st.text())
def test_any_text_is_judged(kind: str, text: str) -> None:
    judged = check(kind, text)
    assert judged.problems or judged.canonical


@given(st.sampled_from(sorted(KINDS)), st.text(string.digits + "XZLCNHK.-()+", min_size=1, max_size=24))
def test_whatever_passes_keeps_passing_in_its_canonical_form(kind: str, text: str) -> None:
    judged = check(kind, text)
    if not judged.problems:
        assert check(kind, judged.canonical) == judged


@given(USCC_STEMS, st.from_regex(r"[1-6][0-9]{5}", fullmatch=True))
def test_credit_codes_agree_with_two_other_implementations(stem: str, region: str) -> None:
    number = fictitious.uscc(stem, region)
    assert uscc_oracle.is_valid(number)
    assert not check("uscc", number).problems


@given(USCC_STEMS, st.integers(0, 17), st.sampled_from(uscc_oracle._alphabet))
def test_a_credit_code_with_one_wrong_character_is_found(stem: str, place: int, character: str) -> None:
    number = fictitious.uscc(stem)
    wrong = changed(number, place, character)
    assert bool(check("uscc", wrong).problems) is (wrong != number)


@given(DAYS, st.integers(0, 999))
def test_resident_numbers_agree_with_two_other_implementations(born: date, serial: int) -> None:
    number = fictitious.resident_id(born, serial)
    assert resident_oracle.calc_check_digit(number) == number[-1]
    assert not check("resident_id", number).problems
    assert birth_date(number) == born
    assert is_male(number) is (serial % 2 == 1)


@given(DAYS, st.integers(0, 17), st.sampled_from(string.digits + "X"))
def test_a_resident_number_with_one_wrong_digit_is_found(born: date, place: int, character: str) -> None:
    number = fictitious.resident_id(born, 123)
    wrong = changed(number, place, character)
    assert bool(check("resident_id", wrong).problems) is (wrong != number)


@pytest.mark.parametrize("number", ["E12345678", "A123456(3)", "USA123456789012", "911234199001010017", ""])
def test_other_documents_say_neither_birth_nor_sex(number: str) -> None:
    assert birth_date(number) is None
    assert is_male(number) is None


def test_an_impossible_day_is_no_day_of_birth() -> None:
    assert birth_date("110105194902300021") is None


@pytest.mark.parametrize("kind", ["invention", "utility_model", "design", "pct_invention", "pct_utility_model"])
@pytest.mark.parametrize("year", [1985, 1999, 2000, 2003, 2004, 2019, 2026])
def test_a_patent_number_says_its_kind_and_year(kind: str, year: int) -> None:
    judged = check("patent_no", fictitious.patent_no(year, kind))
    assert not judged.problems
    assert patent_kind(judged.canonical) == kind.removeprefix("pct_")
    assert is_international(judged.canonical) is kind.startswith("pct_")
    assert filing_year(judged.canonical) == filing_year(judged.canonical.removeprefix("ZL")) == year


@given(st.integers(0, 9999999), st.integers(0, 12), st.sampled_from(string.digits + "X"))
def test_a_patent_number_with_one_wrong_digit_is_found(serial: int, place: int, character: str) -> None:
    number = fictitious.patent_no(2019, "invention", serial).removeprefix("ZL").replace(".", "")
    wrong = changed(number, place, character)
    assert bool(check("patent_no", wrong).problems) is (wrong != number)


@given(st.integers(0, 999999), st.integers(0, 19))
def test_hong_kong_numbers_agree_with_the_other_implementation(serial: int, year: int) -> None:
    assert not check("hk_patent_no", fictitious.hk_application_no(2000 + year, serial)).problems


@given(st.from_regex(r"62[0-9]{13,16}", fullmatch=True))
def test_card_numbers_agree_with_two_other_implementations(stem: str) -> None:
    number = fictitious.bank_account(stem)
    assert luhn_oracle.is_valid(number)
    assert not check("bank_account", number).problems
    wrong = number[:-1] + str((int(number[-1]) + 1) % 10)
    assert problems("bank_account", wrong) == "check-digit warning"


@given(st.text(string.digits + string.ascii_uppercase, min_size=18, max_size=18))
def test_entity_identifiers_agree_with_the_other_implementation(stem: str) -> None:
    number = fictitious.lei(stem)
    assert lei_oracle.is_valid(number)
    assert not check("lei", number).problems


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_a_huge_text_is_judged_at_once(kind: str) -> None:
    assert problems(kind, "1" * 2_000_000) == "form error"


def test_the_numbers_of_an_ordinary_deal_are_checked_without_the_slow_library() -> None:
    program = (
        "import sys\n"
        "from docgen.identifiers import check\n"
        "for pair in sys.argv[1:]:\n"
        "    assert not check(*pair.split('=')).problems, pair\n"
        "print('stdnum' in sys.modules)\n"
    )
    numbers = ["uscc=91440300MA5H0HLK5U", "resident_id=11010519491231002X", "bank_account=6217009900010000053"]
    loaded = [
        subprocess.run([sys.executable, "-c", program, *pairs], capture_output=True, check=True, text=True).stdout
        for pairs in (numbers, [*numbers, "bic=BKCHCNBJ"])
    ]
    assert loaded == ["False\n", "True\n"]
