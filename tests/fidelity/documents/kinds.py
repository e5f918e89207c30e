"""Documents of one feature each: tabs, kinds of numbers, effects on characters."""

from __future__ import annotations

from typing import Final

from tests.fidelity.documents.features import PLAIN
from tests.fidelity.documents.lists import Level, numbering
from tests.fidelity.documents.word import Look, Node, new_document, paragraph, raw_run, run

_TABS: Final[tuple[tuple[tuple[tuple[object, ...], ...], str], ...]] = (
    (((2400, "left"), (4800, "left")), "甲\t乙\t丙"),
    (((4200, "center"), (8200, "right")), "左\t居中文字\t右对齐文字"),
    (((8200, "right", "dot"),), "第一章　总则\t1"),
    (((8200, "right", "dot"),), "第二章　质押担保的范围\t12"),
    (((4000, "decimal"),), "金额\t1,234.56"),
    (((4000, "decimal"),), "金额\t88.5"),
    ((), "默认\t制表\t位\t测试"),
    (((3000, "left", "underscore"),), "签字：\t"),
)
_NUMBERS: Final = (
    ("chineseCountingThousand", "第%1条　"),
    ("chineseCountingThousand", "（%1）"),
    ("decimalEnclosedCircle", "%1"),
    ("chineseLegalSimplified", "%1、"),
    ("ideographTraditional", "%1."),
    ("decimal", "%1."),
    ("upperLetter", "%1)"),
    ("lowerRoman", "(%1)"),
    ("upperRoman", "%1."),
    ("bullet", "●"),
    ("decimalFullWidth", "%1．"),
)
_EFFECTS: Final = (
    "<w:b/>",
    "<w:i/>",
    '<w:u w:val="single"/>',
    '<w:u w:val="double"/>',
    "<w:strike/>",
    '<w:spacing w:val="40"/>',
    '<w:w w:val="80"/>',
    '<w:highlight w:val="yellow"/>',
    '<w:shd w:val="clear" w:color="auto" w:fill="D9D9D9"/>',
    '<w:vertAlign w:val="superscript"/>',
    '<w:position w:val="6"/>',
    '<w:em w:val="dot"/>',
    '<w:bdr w:val="single" w:sz="4" w:space="0" w:color="auto"/>',
    '<w:color w:val="C00000"/>',
    "<w:vanish/>",
)


def tabs() -> Node:
    """Every kind of tab stop, with leaders, and the stops a paragraph has by default."""
    document = new_document(PLAIN)
    for stops, text in _TABS:
        paragraph(document, text, Look(tabs=stops))
    return document


def numbering_kinds() -> Node:
    """Lists of eleven kinds, and one that counts beyond twenty."""
    document = new_document(PLAIN)
    for form, text in _NUMBERS:
        numbers = numbering(document, [Level(form, text, 'w:left="840" w:hanging="420"', "tab")])
        for _ in range(2):
            paragraph(document, f"{form} 编号段落内容测试", Look(list_level=(numbers, 0)))
    articles = Level("chineseCountingThousand", "第%1条", 'w:left="0" w:firstLine="0"', "space")
    numbers = numbering(document, [articles])
    for _ in range(23):
        paragraph(document, "条款", Look(list_level=(numbers, 0)))
    return document


def character_effects() -> Node:
    """One effect a line, between plain characters."""
    document = new_document(PLAIN)
    for effect in _EFFECTS:
        where = paragraph(document, "普通文字")
        raw_run(where, f"<w:rPr>{effect}</w:rPr><w:t>格式ABC123</w:t>")
        run(where, "普通文字")
    return document
