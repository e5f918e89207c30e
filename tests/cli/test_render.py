from __future__ import annotations

import json
from dataclasses import replace

from docgen.cli.render import FULL_LIMIT, render
from docgen.diagnostics import Diagnostic, Place, Related, Severity
from docgen.diagnostics import codes as catalogue

DEAL = "loan:\n  amount: 5000000\n  联系电话: 13800138000  # 示例\n  amount: 3000000\n"
DUPLICATE = Diagnostic(
    "Y003",
    Severity.ERROR,
    Place("deal.yaml", 4, 3, 9),
    {"key": "amount"},
    related=(Related(Place("deal.yaml", 2, 3, 9), "first"),),
)
RULE = {
    "name": "guarantee-period-not-later-than-maturity",
    "severity": "error",
    "message": {"zh": "保证期间不晚于主债务履行期限，视为没有约定", "en": "the term of the guarantee ends too early"},
    "here": {"zh": "与借款到期日同日", "en": "same day as the loan matures"},
    "related": {"matures": {"zh": "借款到期日见 {place}（{day}）", "en": "the loan matures at {place} ({day})"}},
    "notes": {"six": {"zh": "法定期间为六个月", "en": "the statutory term is six months"}},
    "help": {"zh": "把 {field} 改到 {day} 之后", "en": "move `{field}` beyond {day}"},
}


def test_full_has_the_agreed_shape() -> None:
    catalogue.use_preparsed({"test": {"Q03": RULE}})
    found = Diagnostic(
        "Q03",
        Severity.ERROR,
        Place("deal.yaml", 2, 13, 23),
        {"day": "2027-06-30"},
        field="guarantee.period_end",
        label="保证期间届满日",
        related=(Related(Place("deal.yaml", 1, 9), "matures"),),
        law=("CC 692(2)", "CC 692(3)"),
        confidence="V",
        notes=("six",),
    )
    sources = {"deal.yaml": "matures: 2027-06-30\n保证期间届满日:  2027-06-30  # 同日\n"}
    try:
        zh = render([found], sources, cite=lambda one: f"《民法典》{one.removeprefix('CC ')}")
        en = render([found], sources, lang="en")
    finally:
        catalogue.use_preparsed({"test": {}})
    assert zh == (
        "error[Q03] 保证期间不晚于主债务履行期限，视为没有约定\n"
        " --> deal.yaml:2:13\n"
        "  |\n"
        "2 | 保证期间届满日:  2027-06-30  # 同日\n"
        "  |                    ^^^^^^^^^^ 与借款到期日同日\n"
        "  |\n"
        "  = 借款到期日见 deal.yaml:1:9（2027-06-30）\n"
        "  = 依据：《民法典》692(2)；《民法典》692(3)（条文已核对）\n"
        "  = 说明：法定期间为六个月\n"
        "  = 建议：把 guarantee.period_end（保证期间届满日） 改到 2027-06-30 之后\n"
        "  = 详情：docgen explain Q03\n"
        "\n"
        "1 个错误\n"
    )
    assert "  = law: CC 692(2); CC 692(3) (article read)\n" in en
    assert "  = help: move `guarantee.period_end` beyond 2027-06-30\n" in en


def test_the_gutter_is_as_wide_as_the_line_number() -> None:
    place = Place("deal.yaml", 1234, 1, 2)
    said = render([Diagnostic("Y011", Severity.ERROR, place)], {"deal.yaml": "\n" * 1233 + "\tx"}).splitlines()
    assert said[1:5] == ["    --> deal.yaml:1234:1", "     |", "1234 | →x", "     | ^ 制表符"]


def test_carets_follow_the_width_of_the_characters() -> None:
    place = Place("d", 1, 4, 6)
    said = render([Diagnostic("Y014", Severity.ERROR, place)], {"d": "甲é𠮷甲乙"}).splitlines()
    assert said[4] == "  |      ^^^^"


def test_a_long_line_is_cut_around_the_span() -> None:
    line = "甲" * 300 + "错" + "乙" * 300
    said = render([Diagnostic("Y014", Severity.ERROR, Place("d", 1, 301, 302))], {"d": line}).splitlines()
    shown, carets = said[3], said[4]
    assert shown.startswith("1 | …甲")
    assert shown.endswith("乙…")
    assert len(shown) < 60
    before = shown.index("错")
    assert carets.index("^") == len(shown[:before].replace("甲", "甲甲"))
    assert carets.endswith("  ^^")


def test_personal_numbers_are_masked_in_snippets_and_arguments() -> None:
    phone = Diagnostic("Y026", Severity.ERROR, Place("deal.yaml", 3, 3, 9), {"text": "13800138000"})
    for form in ("full", "concise", "json"):
        assert "13800138000" not in render([phone], {"deal.yaml": DEAL}, form)
    assert "联系电话: 138******00" in render([phone], {"deal.yaml": DEAL})


def test_a_number_that_the_message_stars_is_starred_in_the_snippet_whatever_it_looks_like() -> None:
    place = Place("deal.yaml", 1, 9, 18)
    wrong = Diagnostic("S019", Severity.ERROR, place, {"value": "**********91x"})
    said = render([wrong], {"deal.yaml": "  no:   1380a 91x # note\n"})
    assert "1 |   no:   138** *1x # note\n" in said
    assert "1 |   no:   *** # note\n" in render(
        [replace(wrong, place=Place("deal.yaml", 1, 9, 12))], {"deal.yaml": "  no:   12a # note\n"}
    )


def test_a_place_outside_the_text_prints_no_snippet() -> None:
    for place in (Place("deal.yaml", 9, 1), Place("other.yaml", 1, 1), Place("ledger.xlsx", sheet="借款", cell="D17")):
        said = render([Diagnostic("Y001", Severity.ERROR, place)], {"deal.yaml": DEAL})
        assert " |" not in said
        assert f" --> {place}\n" in said
    assert "-->" not in render([Diagnostic("Y001", Severity.ERROR)], {})


def test_a_place_in_word_shows_its_paragraph() -> None:
    place = Place("合同.docx", spot="正文 › 第三条 › 第 12 段", excerpt="借款人{{ 借款人.名字 }}")
    assert " --> 合同.docx 正文 › 第三条 › 第 12 段\n  |\n  | 借款人{{ 借款人.名字 }}\n  |\n" in render(
        [Diagnostic("Y001", Severity.ERROR, place)], {}
    )


def test_concise_is_one_line_each_in_order_and_each_once() -> None:
    empty = Diagnostic("Y001", Severity.ERROR, Place("a.yaml"))
    cut = Diagnostic("Y020", Severity.WARNING, Place("deal.yaml", 3, 22), {"comment": "#1"})
    assert render([DUPLICATE, cut, empty, DUPLICATE], {}, "concise") == (
        "a.yaml: Y001 error: 文件是空的\n"
        "deal.yaml:3:22: Y020 warning: “#1”被当作注释，不会进入文件\n"
        "deal.yaml:4:3: Y003 error: 键“amount”重复出现\n"
    )
    assert render([DUPLICATE], {}, "concise", "en") == "deal.yaml:4:3: Y003 error: duplicate key `amount`\n"


def test_nothing_to_say_is_nothing() -> None:
    assert render([], {}) == ""
    assert render([], {}, "concise") == ""


def test_full_shows_fifty_errors_first_and_counts_all() -> None:
    warnings = [Diagnostic("Y020", Severity.WARNING, Place("d", line, 1)) for line in range(1, 60)]
    errors = [replace(DUPLICATE, place=Place("d", line, 3)) for line in range(100, 120)]
    said = render([*warnings, *errors], {})
    assert said.count("\nerror[") == 20
    assert said.count("warning[") == FULL_LIMIT - 20
    assert said.index("warning[") < said.index("error[")
    assert said.endswith("\n20 个错误，59 个警告；以上为其中 50 个，全部结果请用 --output-format json\n")
    assert render([*warnings, *errors], {}, lang="en").endswith(
        "\n20 errors, 59 warnings; 50 of them are shown, use --output-format json for all\n"
    )
    assert len(json.loads(render([*warnings, *errors], {}, "json"))["diagnostics"]) == 79


def test_json_has_a_version_and_everything_a_program_needs() -> None:
    data = json.loads(render([replace(DUPLICATE, law=("CC 1",))], {"deal.yaml": DEAL}, "json", "en"))
    assert data["version"] == 1
    assert data["counts"] == {"error": 1, "warning": 0, "note": 0}
    (found,) = data["diagnostics"]
    assert found["code"] == "Y003"
    assert found["name"] == "duplicate-key"
    assert found["severity"] == "error"
    assert found["message"] == "duplicate key `amount`"
    assert found["place"] == {"source": "deal.yaml", "line": 4, "column": 3, "end_column": 9}
    assert found["related"][0]["place"]["line"] == 2
    assert found["law"] == [{"id": "CC 1", "text": "CC 1"}]


def test_output_can_always_be_encoded() -> None:
    odd = Diagnostic("U001", Severity.ERROR, Place("\udcff.yaml", 1, 1), {"path": "\udcff.yaml\u202e"})
    for form in ("full", "concise", "json"):
        assert render([odd], {"\udcff.yaml": "a\ud800"}, form).encode()
