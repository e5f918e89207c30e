"""Names, variants, lists, references, stages: how the tree becomes the deal."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest

from docgen.diagnostics import Severity
from docgen.load import load_text
from docgen.model.record import Missing
from docgen.validate import Validated, validate
from tests.small_schema import BASE, small_schema

if TYPE_CHECKING:
    from docgen.diagnostics import Diagnostic
    from docgen.model import Record

PARTIES = """\
parties:
  - {id: bank, type: fund, name: 示例银行}
  - {id: co, type: company, name: 示例公司, uscc: 91110000600037341L}
"""


def validated(text: str, stage: str | None = None) -> Validated:
    return validate(load_text(text, "deal.yaml"), small_schema(), stage)


def found(text: str, stage: str | None = None) -> list[tuple[str, str]]:
    """Code and field of every problem."""
    return [(one.code, one.field) for one in validated(text, stage).diagnostics]


def only(text: str, stage: str | None = None) -> Diagnostic:
    [problem] = validated(text, stage).diagnostics
    return problem


def test_keys_and_labels_may_be_mixed() -> None:
    head = "项目:\n  项目编号: DEMO-1\n  适用法律日期: 2026年1月29日\n  stage: 起草\n"
    result = validated(f"{head}当事人:\n  - {{代号: bank, type: 基金, 名称: 示例银行}}\n")
    assert result.diagnostics == ()
    deal = result.deal
    assert (deal.deal.id, deal.deal.stage) == ("DEMO-1", "draft")
    assert (deal.parties[0].type, deal.parties[0].name) == ("fund", "示例银行")


def test_a_field_given_by_key_and_by_label_names_both_places() -> None:
    problem = only("deal:\n  id: A\n  as_of: 2026-01-29\n  项目编号: B\n")
    assert (problem.code, problem.field, str(problem.place)) == ("S002", "deal.id", "deal.yaml:4:3")
    assert [str(one.place) for one in problem.related] == ["deal.yaml:2:3"]


def test_an_unknown_name_is_answered_in_its_own_language() -> None:
    assert only(f"{BASE}  curency: CNY\n").args["names"].split(", ")[0] == "currency"
    assert only(f"{BASE}  币总: CNY\n").args["names"] == "币种"


def test_a_computed_field_is_never_suggested() -> None:
    assert "borrower" not in only(f"{BASE}borower: co\n").args.get("names", "")


def test_an_unknown_name_says_where_the_field_belongs() -> None:
    problem = only(f"{BASE}  limit_amount: 5\n")
    assert problem.notes == ("elsewhere",)
    assert problem.args["names.zh"] == "授信额度"


def test_a_misspelt_name_is_not_missing_as_well() -> None:
    assert found("deal:\n  id: A\n  as_off: 2026-01-29\n") == [("S001", "deal")]
    assert found("deel:\n  id: A\n  as_of: 2026-01-29\n") == [("S001", "")]


def test_a_misspelt_name_beside_the_right_one_hides_nothing() -> None:
    assert found(f"{BASE}  copys: 1\n  copies: 0\n") == [("S001", "deal"), ("S023", "deal.copies")]


def test_a_value_that_was_refused_is_not_missing_as_well() -> None:
    assert found("deal:\n  id: A\n  as_of: 2022-02-30\n") == [("S015", "deal.as_of")]
    assert found("deal: {id: [A], as_of: {}}\n") == [("S007", "deal.id"), ("S007", "deal.as_of")]
    assert found("deal: A\n") == [("S005", "deal")]
    assert found("deal: []\n") == [("S005", "deal")]


def test_a_computed_field_is_refused_by_both_names() -> None:
    assert found(f"{BASE}borrower: co\n") == [("S004", "borrower")]
    assert found(f"{BASE}借款人: co\n") == [("S004", "borrower")]


def test_a_record_keeps_its_places_path_and_parent() -> None:
    deal = validated(BASE + PARTIES).deal
    co = deal.parties[1]
    assert (co.path, co.type_name, co.parent, co.root) == ("parties[1]", "party", deal, deal)
    assert str(co.place_of("name")) == "deal.yaml:6:35"
    assert str(co.place_of("phone")) == "deal.yaml:6:5"
    assert co.label_of("uscc") == "统一社会信用代码"
    assert list(co) == ["id", "type", "name", "uscc"]


def test_a_field_that_only_other_variants_have_is_missing_not_unknown() -> None:
    bank = validated(BASE + PARTIES).deal.parties[0]
    assert isinstance(bank.uscc, Missing)
    with pytest.raises(AttributeError):
        _ = bank.no_such_field


class TestVariants:
    def test_each_type_has_its_own_fields(self) -> None:
        person = "parties: [{id: p, type: 自然人, name: 张三, uscc: 91110000600037341L}]\n"
        problem = next(one for one in validated(BASE + person).diagnostics if one.code == "S018")
        assert problem.args["types.zh"] == "有限责任公司、香港公司"
        assert problem.args["type.zh"] == "自然人"
        assert [str(one.place) for one in problem.related] == ["deal.yaml:4:25"]

    def test_an_unfilled_field_of_another_type_does_no_harm(self) -> None:
        assert found(f"{BASE}parties: [{{id: p, type: fund, name: 示例, uscc: }}]\n") == []

    def test_a_missing_type_is_one_finding(self) -> None:
        text = "parties: [{id: p, name: 张三, uscc: 91110000600037341L, id_no: 11010519491231002X}]\n"
        assert found(BASE + text, "post") == [("S003", "parties[0].type")]

    def test_the_values_of_a_record_without_a_type_are_still_checked(self) -> None:
        text = "parties: [{id: p, name: 张三, uscc: 91110000600037341M}]\n"
        assert sorted(found(BASE + text)) == [("S003", "parties[0].type"), ("S019", "parties[0].uscc")]

    def test_an_unknown_type_is_one_finding(self) -> None:
        text = "parties: [{id: p, type: 公司, name: 张三, uscc: 91110000600037341L}]\n"
        assert found(BASE + text, "post") == [("S008", "parties[0].type")]

    def test_a_rule_may_hang_on_the_variant(self) -> None:
        company = "id: c, type: company, name: 甲, uscc: 91110000600037341L, representative: 一二三四五六七八九十一"
        assert found(f"{BASE}parties: [{{{company}}}]\n") == [("S026", "parties[0].representative")]


class TestLists:
    def test_a_single_record_where_a_list_belongs_is_refused(self) -> None:
        assert found(f"{BASE}parties: {{id: p, type: fund, name: 示例}}\n") == [("S006", "parties")]

    @pytest.mark.parametrize("name", ["loan", "loans", "借款"])
    def test_one_loan_may_stand_without_a_dash(self, name: str) -> None:
        result = validated(f"{BASE}{PARTIES}{name}:\n  id: L\n  borrower: co\n  covenants: []\n")
        assert result.diagnostics == ()
        [loan] = result.deal.loans
        assert (loan.id, loan.path, loan.parent) == ("L", "loans[0]", result.deal)

    def test_the_singular_takes_no_list(self) -> None:
        assert found(f"{BASE}loan:\n  - {{id: L}}\n") == [("S030", "loans")]

    def test_the_singular_and_the_list_are_one_field(self) -> None:
        assert found(f"{BASE}loans: []\nloan: {{id: L}}\n") == [("S002", "loans")]

    def test_a_list_of_values_arrives_as_a_tuple(self) -> None:
        assert validated(f"{BASE}  nice_classes: [9, 35]\n").deal.deal.nice_classes == (9, 35)

    def test_an_empty_list_is_no_value_but_no_error(self) -> None:
        deal = validated(f"{BASE}  nice_classes: []\n").deal.deal
        assert deal.nice_classes == ()
        assert not deal.given("nice_classes")

    def test_a_wrong_entry_is_named_by_its_number(self) -> None:
        assert found(f"{BASE}  nice_classes: [9, x, 35, [1], ]\n") == [
            ("S011", "deal.nice_classes[1]"),
            ("S007", "deal.nice_classes[3]"),
        ]

    def test_an_empty_entry_is_refused(self) -> None:
        assert found(f"{BASE}  nice_classes:\n    - 9\n    -\n") == [("S029", "deal.nice_classes[1]")]

    def test_refused_entries_still_count_for_the_length(self) -> None:
        assert found(f"{BASE}  codes: [A, [B]]\n") == [("S007", "deal.codes[1]")]


class TestReferences:
    def test_a_reference_is_the_record_itself(self) -> None:
        deal = validated(f"{BASE}{PARTIES}loan: {{id: L, lender: bank, borrower: co, covenants: []}}\n").deal
        assert deal.loans[0].lender is deal.parties[0]
        assert str(deal.loans[0].place_of("lender")) == "deal.yaml:7:23"

    def test_the_record_may_stand_after_the_reference(self) -> None:
        result = validated(f"{BASE}loan: {{id: L, borrower: co, covenants: []}}\n{PARTIES}")
        assert result.diagnostics == ()
        assert result.deal.loans[0].borrower.name == "示例公司"

    def test_records_may_refer_to_each_other(self) -> None:
        text = "parties:\n" + "".join(
            f"  - {{id: {one}, type: 自然人, name: 某, id_no: 11010519491231002X, spouse: {other}}}\n"
            for one, other in (("a", "b"), ("b", "a"))
        )
        deal = validated(BASE + text).deal
        assert deal.parties[0].spouse.spouse is deal.parties[0]

    def test_a_list_of_references_keeps_its_order(self) -> None:
        text = f"{BASE}{PARTIES}loan: {{id: L, borrower: co, covenants: [], guarantors: [co, bank]}}\n"
        assert [one.id for one in validated(text).deal.loans[0].guarantors] == ["co", "bank"]

    def test_an_unknown_id_is_answered_with_the_nearest(self) -> None:
        problem = only(f"{BASE}{PARTIES}loan: {{id: L, lender: Bank, borrower: co, covenants: []}}\n")
        assert (problem.code, problem.field, problem.notes) == ("S009", "loans[0].lender", ("near",))
        assert problem.args["names"] == "bank"

    def test_an_id_in_other_letters_is_not_the_same(self) -> None:
        text = f"{BASE}{PARTIES}loan: {{id: L1, borrower: co, covenants: []}}\npledges: [{{id: z, principal: l1}}]\n"
        problem = only(text)
        assert (problem.notes, problem.args["names"]) == (("near",), "L1")

    def test_a_name_in_the_place_of_an_id_is_answered_with_the_id(self) -> None:
        problem = only(f"{BASE}{PARTIES}loan: {{id: L, borrower: 示例公司, covenants: []}}\n")
        assert (problem.code, problem.notes, problem.args["names"]) == ("S009", ("near",), "co")

    def test_an_id_of_another_list_is_pointed_out(self) -> None:
        problem = only(f"{BASE}{PARTIES}loan: {{id: L, lender: L, borrower: co, covenants: []}}\n")
        assert [(str(one.place), one.text) for one in problem.related] == [("deal.yaml:7:12", "elsewhere")]

    def test_one_of_several_wrong_references_is_named(self) -> None:
        text = f"{BASE}{PARTIES}loan: {{id: L, borrower: co, covenants: [], guarantors: [co, x, y]}}\n"
        assert found(text) == [("S009", "loans[0].guarantors[1]"), ("S009", "loans[0].guarantors[2]")]

    def test_an_id_given_twice_is_refused_with_both_places(self) -> None:
        problem = only(f"{BASE}parties:\n  - {{id: a, type: fund, name: 甲}}\n  - {{id: a, type: fund, name: 乙}}\n")
        assert (problem.code, str(problem.place)) == ("S010", "deal.yaml:6:10")
        assert [str(one.place) for one in problem.related] == ["deal.yaml:5:10"]

    def test_an_id_may_stand_in_two_lists_that_no_field_mixes(self) -> None:
        assert found(f"{BASE}{PARTIES}loan: {{id: co, borrower: co, covenants: []}}\n") == []

    def test_an_id_of_two_lists_that_a_field_mixes_is_ambiguous(self) -> None:
        principals = "credit_lines: [{id: A}, {id: B}]\nloan: {id: A, borrower: co, covenants: []}\n"
        problem = only(f"{BASE}{PARTIES}{principals}pledges: [{{id: z, secures: [A, B]}}]\n")
        assert (problem.code, problem.field) == ("S031", "pledges[0].secures[0]")
        assert len(problem.related) == 2

    def test_a_broken_list_gives_no_follow_up_for_its_references(self) -> None:
        loan = "loan: {id: L, borrower: co, covenants: []}\n"
        assert found(f"{BASE}parties: co\n{loan}") == [("S006", "parties")]
        assert found(f"{BASE}parties: [co]\n{loan}") == [("S005", "parties[0]")]
        assert found(f"{BASE}parties: [{{id: [co], type: fund, name: 示例}}]\n{loan}") == [("S007", "parties[0].id")]


class TestStages:
    COMPANY = "parties: [{id: c, type: company, name: 甲}]\n"

    def severities(self, stage: str | None) -> dict[str, Severity]:
        return {one.field: one.severity for one in validated(BASE + self.COMPANY, stage).diagnostics}

    def test_a_gap_stops_the_build_from_its_stage_on(self) -> None:
        uscc, representative = "parties[0].uscc", "parties[0].representative"
        assert self.severities("draft") == {uscc: Severity.WARNING}
        assert self.severities("sign") == {uscc: Severity.ERROR}
        for stage in ("register", "drawdown", "post"):
            assert self.severities(stage) == {uscc: Severity.ERROR, representative: Severity.ERROR}

    def test_the_stage_is_the_deal_s_own_unless_another_is_asked_for(self) -> None:
        assert self.severities(None) == {"parties[0].uscc": Severity.WARNING}
        text = BASE.replace("deal:\n", "deal:\n  阶段: 登记\n") + self.COMPANY
        assert [one.severity for one in validated(text).diagnostics] == [Severity.ERROR] * 2
        assert [one.severity for one in validated(text, "draft").diagnostics] == [Severity.WARNING]

    def test_the_stage_that_was_judged_by_is_told(self) -> None:
        assert [validated(text).stage for text in ("deal: A\n", "deal: {stage: 签约}\n")] == ["draft", "sign"]
        assert validated("deal: {stage: 签约}\n", "post").stage == "post"

    def test_what_signing_needs_is_announced_while_drafting(self) -> None:
        problem = only(f"{BASE}parties: [{{id: p, type: 自然人, name: 张三}}]\n")
        assert (problem.field, problem.severity, problem.notes) == ("parties[0].id_no", Severity.WARNING, ("draft",))

    def test_some_fields_are_needed_even_in_a_draft(self) -> None:
        problem = only("deal: {id: A}\n")
        assert (problem.code, problem.field, problem.severity) == ("S003", "deal.as_of", Severity.ERROR)
        assert problem.notes == ("always",)
        assert str(problem.place) == "deal.yaml:1:7"

    def test_an_empty_list_fills_a_gap_only_where_the_schema_says_so(self) -> None:
        loan = f"{BASE}{PARTIES}loan: {{id: L, borrower: co, covenants: [], guarantors: []}}\n"
        assert found(loan, "register") == [
            ("S003", "parties[1].representative"),
            ("S003", "loans[0].guarantors"),
        ]

    def test_a_default_fills_its_gap(self) -> None:
        deal = validated(BASE).deal.deal
        assert (deal.stage, deal.currency) == ("draft", "CNY")
        assert deal.given("currency")
        assert deal.place_of("currency") == deal.place_of("place")

    @pytest.mark.parametrize("form", ["{}", "{id: , 适用法律日期: ~, codes: [], note: ''}", ""])
    def test_a_form_that_nobody_filled_in_is_absent_as_a_whole(self, form: str) -> None:
        assert found(f"deal: {form}\n") == [("S003", "deal")]

    @pytest.mark.parametrize("text", ["parties: []\n", "deal: A\n", "deal: {}\n", "deel: {id: A}\n"])
    def test_a_record_that_every_deal_has_can_always_be_asked(self, text: str) -> None:
        deal = validated(text).deal
        assert (deal.deal.stage, deal.deal.currency) == ("draft", "CNY")
        assert deal.deal.as_of == Missing("deal.as_of", "适用法律日期", deal.place_of(""))

    def test_a_wrong_name_in_an_empty_form_is_still_found(self) -> None:
        assert sorted(found("deal: {idd: }\n")) == [("S001", "deal"), ("S003", "deal")]

    def test_an_empty_value_takes_the_default(self) -> None:
        assert validated(f"{BASE}  currency:\n").deal.deal.currency == "CNY"


class TestDerived:
    def test_a_computed_field_is_worked_out_when_it_is_asked_for_and_kept(self) -> None:
        calls: list[Record] = []

        def first_borrower(deal: Record) -> Record:
            calls.append(deal)
            borrower: Record = deal.loans[0].borrower
            return borrower

        text = f"{BASE}{PARTIES}loan: {{id: L, borrower: co, covenants: []}}\n"
        result = validate(load_text(text, "x"), small_schema(), derived={"first_borrower": first_borrower})
        assert calls == []
        assert result.deal.borrower is result.deal.parties[1]
        assert result.deal.borrower.name == "示例公司"
        assert calls == [result.deal]

    def test_a_computed_field_without_a_function_is_a_bug_that_shows(self) -> None:
        deal = validated(BASE).deal
        with pytest.raises(LookupError, match="first_borrower"):
            _ = deal.borrower


def test_all_problems_come_in_one_run_sorted_by_place() -> None:
    deal = "deal:\n  id: A\n  as_of: heute\n  copies: 99\n  x: 1\n"
    text = f"{deal}parties:\n  - {{id: p, type: q, name: }}\nloan: {{id: L, lender: z}}\n"
    problems = validated(text, "sign").diagnostics
    assert [one.code for one in problems] == ["S015", "S024", "S001", "S003", "S008", "S003", "S003", "S009"]
    assert [one.order for one in problems] == sorted(one.order for one in problems)


def test_key_order_does_not_matter() -> None:
    one = validated("deal: {id: A, as_of: 2026-01-29, currency: HKD}\ncredit_lines: [{id: B, limit_amount: HK$5}]\n")
    other = validated("credit_lines: [{limit_amount: HK$5, id: B}]\ndeal: {currency: HKD, as_of: 2026-01-29, id: A}\n")
    assert one.diagnostics == other.diagnostics == ()
    assert one.deal.credit_lines[0].limit_amount == other.deal.credit_lines[0].limit_amount


def test_the_deal_does_not_change() -> None:
    deal = validated(BASE).deal
    with pytest.raises(AttributeError):
        deal.deal = None


def test_four_threads_may_validate_at_once() -> None:
    wrong: list[object] = []

    def work() -> None:
        for _ in range(40):
            codes = [one.code for one in validated(f"{BASE}  copies: 0\n  code: A\n").diagnostics]
            if codes != ["S023", "S025"]:
                wrong.append(codes)

    threads = [threading.Thread(target=work) for _ in range(4)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert wrong == []
