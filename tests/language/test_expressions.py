from __future__ import annotations

import marshal
import subprocess
import sys
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from docgen.diagnostics import Place
from docgen.language import CompiledExpression, check_expression
from docgen.model import Missing
from tests.fill.saying import assert_said
from tests.fill.small import SCHEMA, deal, scope

PLACE = Place("template.yaml", line=3, column=15)


def compiled(text: str) -> CompiledExpression:
    result = check_expression(text, scope(本质押=SCHEMA.parts["patent"]), PLACE)
    assert isinstance(result, CompiledExpression), result
    return result


def findings(text: str) -> list[tuple[str, dict[str, str], tuple[str, ...]]]:
    result = check_expression(text, scope(本质押=SCHEMA.parts["patent"]), PLACE)
    assert isinstance(result, tuple)
    assert all(one.place == PLACE for one in result)
    for one in result:
        assert_said(one)
    return [(one.code, dict(one.args), one.notes) for one in result]


def codes(text: str) -> list[str]:
    return [code for code, _, _ in findings(text)]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("借款.合同编号", "肇银借字2026年第001号"),
        ("loan.contract_no", "肇银借字2026年第001号"),
        ("loan.金额", Decimal("5000000.00")),
        ("借款.金额|大写", "人民币伍佰万元整"),
        ("借款.金额|words", "人民币伍佰万元整"),
        ("借款.金额|金额", "¥5,000,000.00"),
        ("借款.金额|数额", "5,000,000.00"),
        ("借款.金额|万元", "500万元"),
        ("借款.签订日期|日期", "2026年1月29日"),
        ("借款.签订日期|汉字日期", "二〇二六年一月二十九日"),
        ("借款.签订日期|数字日期", "2026-01-29"),
        ("借款.签订日期|签署日期", "2026年1月29日"),
        ("借款.利率|百分比", "4.35%"),
        ("借款.利率|千分比", "43.5‰"),
        ("借款.期限|中文数字", "十二"),
        ("借款.期限|序数", "第十二"),
        ("借款.期限|大写数字", "壹拾贰"),
        ("出质人.类型|标签", "公司"),
        ("出质人.上市|勾选", "☑"),
        ('出质人.类型|选中("公司")', "☑"),
        ('出质人.类型|选中("person")', "☐"),
        ("出质人.证件号码|掩码", "441***********1234"),
        ("借款.账号|掩码", "6222***********0123"),
        ("借款.电话|掩码", "138****1234"),
        ('专利|列举("名称")', "一种电机、一种阀门"),
        ('专利|列举("类型")', "发明、实用新型"),
        ("备注|列举", "甲、乙"),
        ('出质人.上市|条件文字("是的话","否则")', "是的话"),
        ('质权人.国有|条件文字("国有")', ""),
        ('借款.费用|缺省("无")', "无"),
        ('借款.金额|缺省("无")', "5,000,000.00"),
        ('借款.签订日期|汉字日期|缺省("无")', "二〇二六年一月二十九日"),
        ("专利|个数", 2),
        ("专利|个数|大写数字", "贰"),
        ("保证|个数", 0),
        ("(借款.期限 > 6)|勾选", "☑"),
        ('借款.金额 > "100万元"', True),
        ("借款.金额 >= 5000000", True),
        ('借款.签订日期 < "2026-02-01"', True),
        ("借款.签订日期 < 借款.到期日", True),
        ('借款.利率 == "4.35%"', True),
        ('出质人.类型 == "公司"', True),
        ('出质人.类型 == "company"', True),
        ('出质人.类型 != "自然人"', True),
        ('"甲" in 备注', True),
        ('"丙" not in 备注', True),
        ("出质人 == 质权人", False),
        ("出质人.上市 == true", True),
        ("6 < 借款.期限 < 24", True),
        ("借款.费用 is 有值", False),
        ("借款.费用 is not given", True),
        ("借款.费用 is 为空", True),
        ("保证 is empty", True),
        ("专利 is 有值", True),
        ("出质人.上市 and not 质权人.上市", True),
        ("质权人.上市 or 出质人.上市", True),
        ("“公司” == 出质人.类型", True),
    ],
)
def test_value_of_an_expression(text: str, value: object) -> None:
    result = compiled(text).evaluate(deal())
    assert result == value
    assert type(result) is type(value)


def test_an_absent_signing_date_leaves_room_for_handwriting() -> None:
    assert compiled("借款.签订日期|签署日期").evaluate(deal(loan={"signed_on": None})) == "　　年　　月　　日"


def test_currency_of_the_deal_stands_before_the_words() -> None:
    assert compiled("借款.金额|大写").evaluate(deal(), currency="HKD") == "港币伍佰万元整"


@pytest.mark.parametrize(
    "text",
    [
        "借款.费用 > 5",
        "借款.费用 > 5 and 出质人.上市",
        "出质人.上市 and 借款.费用 > 5",
        "借款.费用 > 5 or 质权人.上市",
        "质权人.上市 or 借款.费用 > 5",
        "not (借款.费用 > 5)",
        "借款.费用|大写",
        "借款.费用",
    ],
)
def test_what_hangs_on_an_absent_fact_is_unknown(text: str) -> None:
    result = compiled(text).evaluate(deal())
    assert isinstance(result, Missing)
    assert result.label == "费用"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("借款.费用 is 有值 and 借款.费用 > 5", False),
        ("借款.费用 > 5 and 质权人.上市", False),
        ("出质人.上市 or 借款.费用 > 5", True),
        ("借款.费用 > 5 or 出质人.上市", True),
    ],
)
def test_an_absent_fact_that_changes_nothing_is_no_obstacle(text: str, value: object) -> None:
    assert compiled(text).evaluate(deal()) is value


def test_an_optional_flag_that_is_absent_counts_as_no_but_a_needed_one_is_unknown() -> None:
    assert compiled("质权人.上市").evaluate(deal()) is False
    assert isinstance(compiled("质权人.国有").evaluate(deal(lender={"state_owned": None})), Missing)


def test_a_field_of_an_absent_record_is_the_absent_record() -> None:
    result = compiled("借款.金额").evaluate({"loan": Missing("loan", "借款")})
    assert isinstance(result, Missing)
    assert result.field == "loan"


@pytest.mark.parametrize(
    ("text", "code", "near"),
    [
        ("出制人.名称", "T102", "出质人"),
        ("pledger.name", "T102", "pledgor"),
        ("借款.金颜", "T103", "金额"),
        ("loan.amuont", "T103", "amount"),
        ("借款.金额|大泻", "T104", "大写"),
        ("借款.金额|wrods", "T104", "words"),
        ('出质人.类型 == "公寺"', "T110", "公司"),
        ('出质人.类型|选中("自然入")', "T110", "自然人"),
        ('专利|列举("名秤")', "T103", "名称"),
    ],
)
def test_a_wrong_name_is_answered_with_the_nearest_right_one(text: str, code: str, near: str) -> None:
    ((found, args, notes),) = findings(text)
    assert found == code
    assert near in args["near"].split("、")
    assert notes == ("near",)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("出质人.名称()", "T120"),
        ("专利[0]", "T121"),
        ('借款["金额"]', "T121"),
        ("借款.期限 + 1", "T122"),
        ("-借款.期限", "T122"),
        ("借款.期限 * 借款.期限", "T122"),
        ("借款.期限 // 2", "T122"),
        ("2 ** 99", "T122"),
        ('出质人.名称 ~ "甲"', "T123"),
        ('["甲"]', "T124"),
        ('{"甲": 1}', "T124"),
        ("借款.期限 in (1, 2)", "T124"),
        ('"是" if 出质人.上市 else "否"', "T125"),
        ("借款.期限 > 0.5", "T126"),
        ("借款.费用 == none", "T127"),
        ("借款.费用 is defined", "T128"),
        ("借款.费用 is divisibleby 3", "T128"),
        ("loop.index", "T113"),
        ("loop", "T113"),
        ("借款.金额 is 有值 == true | bogus", "T104"),
        ("借款.合同编号|大写", "T105"),
        ("借款.金额|日期", "T105"),
        ("借款.金额|大写|大写", "T105"),
        ('"甲"|大写', "T105"),
        ("借款.合同编号|列举", "T105"),
        ('借款.金额|大写("x")', "T106"),
        ("借款.费用|缺省", "T106"),
        ("借款.费用|缺省(5)", "T106"),
        ('备注|列举("名称")', "T106"),
        ('出质人.上市|条件文字("a", no="b")', "T106"),
        ("专利|列举", "T107"),
        ('专利|列举("共有人")', "T107"),
        ('出质人|缺省("无")', "T105"),
        ("not 借款.金额", "T108"),
        ("借款.金额 and 出质人.上市", "T108"),
        ("专利 or 出质人.上市", "T108"),
        ('"甲" is 有值', "T109"),
        ("借款.金额.整数", "T115"),
        ("专利.名称", "T115"),
        ("借款.金额 == 借款.利率", "T116"),
        ('借款.金额 > "很多"', "T116"),
        ('借款.签订日期 > "2026-02-30"', "T116"),
        ("出质人.上市 == 1", "T116"),
        ("出质人.名称 == 5", "T116"),
        ("专利 == 专利", "T116"),
        ("出质人 == 借款", "T116"),
        ("借款 in 专利", "T116"),
        ('"甲" in 出质人.名称', "T117"),
        ('出质人.名称 < "甲"', "T118"),
        ("1 == 1", "T119"),
        ('"scope"|条号', "T137"),
        ("借款．金额", "T101"),
        ("出质人.类型 = 借款.期限", "T101"),
        ("出质人.上市 && 质权人.上市", "T101"),
        ("", "T101"),
        ("借款.", "T101"),
        ("a b", "T101"),
        ("借款 }} {{ 借款", "T101"),
        ("(" * 3000, "T101"),
        ("借款" + ".甲" * 3000, "T167"),
        (" and ".join(["出质人.上市"] * 100), "T167"),
        ("not " * 60 + "出质人.上市", "T167"),
    ],
)
def test_everything_outside_the_language_is_refused_with_its_own_code(text: str, code: str) -> None:
    assert codes(text) == [code]


def test_a_tag_that_cannot_be_read_is_told_what_the_eye_misses() -> None:
    assert findings("借款．金额")[0][2] == ("full-width",)
    assert findings("出质人.类型 = 借款.期限")[0][2] == ("single-equals",)
    assert findings("出质人.上市 && 质权人.上市")[0][2] == ("signs",)


def test_a_filter_that_does_not_fit_names_those_that_do() -> None:
    ((_, args, notes),) = findings("借款.金额|日期")
    assert notes == ("usable",)
    assert args["usable"].split("、") == ["大写", "金额", "数额", "万元", "缺省"]


def test_two_slips_in_one_expression_are_both_found() -> None:
    assert codes("出制人.上市 and 借款.金颜 > 5") == ["T102", "T103"]


def test_a_compiled_expression_survives_the_cache() -> None:
    text = '出质人.类型|选中("公司")|缺省("x")'
    expression = compiled(text)
    again = CompiledExpression.loads(marshal.loads(marshal.dumps(expression.dumps())))  # noqa: S302 — our own data
    assert again == expression
    labels = marshal.loads(marshal.dumps(compiled("出质人.类型|标签").dumps()))  # noqa: S302 — our own data
    assert CompiledExpression.loads(labels).evaluate(deal()) == "公司"


def test_an_expression_names_what_it_reads_and_gives() -> None:
    expression = compiled("借款.金额 > 5 and 出质人.上市")
    assert expression.names == ("loan", "pledgor")
    assert expression.kind == "flag"
    assert compiled("专利").kind == "list"
    assert compiled("本质押").kind == "record"


def test_evaluating_needs_no_template_engine() -> None:
    code = "import sys; import docgen.language; print('jinja2' in sys.modules)"
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert result.stdout.strip() == "False"


def test_dates_compare_as_dates_not_as_text() -> None:
    values: dict[str, Any] = deal(loan={"signed_on": date(2026, 10, 1)})
    assert compiled('借款.签订日期 > "2026-9-30"').evaluate(values) is True
