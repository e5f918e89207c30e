"""A pledge contract: exact line spacing, Chinese numbering, headers; and a guarantee on a line grid."""

from __future__ import annotations

from typing import Final

from tests.fidelity.documents.clauses import CLAUSES
from tests.fidelity.documents.headers import header_and_footer
from tests.fidelity.documents.lists import Level, numbering
from tests.fidelity.documents.word import Look, Node, Page, new_document, paragraph, run

_PARTIES: Final = (
    ("出质人（甲方）：", "肇庆市端州区星湖精密制造有限公司"),
    ("统一社会信用代码：", "91441200MA4X1A2B3C"),
    ("法定代表人：", "陈　昇"),
    ("住所：", "广东省肇庆市端州区信安五路88号创新大厦12楼1203室"),
    ("质权人（乙方）：", "某某银行股份有限公司肇庆分行"),
    ("负责人：", "李喆"),
    ("住所：", "广东省肇庆市端州区天宁北路16号"),
)
_RECITAL: Final = (
    "为确保债务人按时足额清偿主合同项下的债务，甲方自愿以其合法拥有的专利权为乙方的主债权提供质押担保。"
    "甲、乙双方根据《中华人民共和国民法典》《中华人民共和国专利法》《专利权质押登记办法》等法律、法规和规章，"
    "经平等协商，订立本合同。"
)
_SIGNATURES: Final = (
    "甲方（盖章）：\t乙方（盖章）：",
    "法定代表人或授权代理人（签字）：\t负责人或授权代理人（签字）：",
    "签订日期：      年    月    日\t签订日期：      年    月    日",
)
_ARTICLE_FONTS: Final = '<w:rFonts w:ascii="黑体" w:eastAsia="黑体" w:hAnsi="黑体" w:hint="eastAsia"/>'
_BACKGROUND: Final = (
    "鉴于乙方与肇庆市端州区星湖精密制造有限公司（以下简称“债务人”）签订了编号为GDYB-2024-0318的《流动资金借款合同》，"
    "甲方愿意为债务人在该合同项下的债务提供连带责任保证，并由肇庆市知识产权质押融资风险补偿资金按照"
    "《肇庆市知识产权质押融资风险补偿资金管理办法》的规定分担风险。"
)


def contract() -> Node:
    """28 points exactly, articles and paragraphs numbered in Chinese."""
    document = new_document(Page(line=560))
    numbers = numbering(
        document,
        [
            Level("chineseCountingThousand", "第%1条", 'w:left="0" w:firstLine="0"', "space", _ARTICLE_FONTS),
            Level("chineseCountingThousand", "（%2）", 'w:left="0" w:firstLine="640"', "nothing"),
        ],
    )
    header_and_footer(document.sections[0], "专利权质押合同    合同编号：GDZY-2024-0318-01")
    title = Look(jc="center", size=22, font="方正小标宋简体", line=600, before=0, after=312)
    paragraph(document, "专利权质押合同", title)
    for label, value in _PARTIES:
        where = paragraph(document)
        run(where, label, font="黑体")
        run(where, value)
    paragraph(document, _RECITAL, Look(first=16, before=156))
    for heading, items in CLAUSES:
        where = paragraph(document, look=Look(keep=True, list_level=(numbers, 0), outline=0))
        run(where, heading, font="黑体")
        for item in items:
            paragraph(document, item, Look(list_level=(numbers, 1)))
    paragraph(document, "（以下无正文，为《专利权质押合同》签署页）", Look(first=16))
    for line in _SIGNATURES:
        paragraph(document, line, Look(tabs=((4500, "left"),), before=156, keep=True, size=14, jc="left"))
    where = paragraph(document, "签订地点：")
    run(where, " " * 32, underlined=True)
    return document


def guarantee() -> Node:
    """A line grid and one and a half lines: the everyday paper of a Chinese firm."""
    document = new_document(Page("宋体", 12, (25.4, 25.4, 31.8, 31.8), grid=312, line=360, rule="auto"))
    header_and_footer(document.sections[0], "保证合同")
    paragraph(document, "保证合同", Look(jc="center", size=22, font="宋体", bold=True, after=200))
    for line in ("保证人（甲方）：广东某某融资担保有限公司", "债权人（乙方）：某某银行股份有限公司肇庆分行"):
        paragraph(document, line)
    paragraph(document, _BACKGROUND, Look(first=12))
    for number, (heading, items) in enumerate(CLAUSES):
        look = Look(font="黑体", keep=True, before=60, outline=0)
        paragraph(document, f"第{'一二三四五六七八九'[number]}条　{heading}", look)
        for place, item in enumerate(items):
            where = paragraph(document, f"{number + 1}.{place + 1} ", Look(first=12))
            run(where, item[:18])
            run(where, item[18:30], bold=True)
            run(where, item[30:])
    tabs = ((4500, "left"),)
    paragraph(document, "甲方（公章）：\t乙方（公章）：", Look(tabs=tabs, before=200, keep=True))
    paragraph(document, "法定代表人（签字）：\t负责人（签字）：", Look(tabs=tabs, keep=True))
    paragraph(document, "年　　月　　日", Look(jc="right"))
    return document
