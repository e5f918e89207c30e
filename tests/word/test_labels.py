from __future__ import annotations

import pickle
import time

import pytest

from docgen.word.gate import open_package
from docgen.word.labels import LabelCounter, Level, List
from docgen.word.number_formats import format_number, is_known
from docgen.word.numbering import Numbering
from docgen.word.text import paragraphs
from tests.word.docx_parts import docx, numbered, paragraph, part


def level(ilvl: int, form: str, text: str, more: str = "") -> str:
    start = "" if "<w:start" in more else '<w:start w:val="1"/>'
    return f'<w:lvl w:ilvl="{ilvl}">{start}<w:numFmt w:val="{form}"/>{more}<w:lvlText w:val="{text}"/></w:lvl>'


def abstract(number: int, *levels: str) -> str:
    return f'<w:abstractNum w:abstractNumId="{number}">{"".join(levels)}</w:abstractNum>'


def num(number: int, of: int, more: str = "") -> str:
    return f'<w:num w:numId="{number}"><w:abstractNumId w:val="{of}"/>{more}</w:num>'


CONTRACT = abstract(
    0,
    level(0, "chineseCountingThousand", "第%1条"),
    level(1, "decimal", "%1.%2", "<w:isLgl/>"),
    level(2, "chineseCounting", "（%3）", '<w:suff w:val="nothing"/>'),
    level(3, "lowerLetter", "%4)", '<w:suff w:val="space"/>'),
)


def labels(numbering: str, *levels: tuple[int, int], styles: str = "") -> list[str]:
    """The labels that text extraction prints for paragraphs of these lists and levels."""
    body = "".join(numbered("#", num, ilvl) for num, ilvl in levels)
    parts = {"numbering": part("numbering", numbering)} | ({"styles": part("styles", styles)} if styles else {})
    return [text.rpartition("#")[0].rstrip() for text in paragraphs(docx(body, **parts))]


@pytest.mark.parametrize(
    ("form", "value", "expected"),
    [
        ("decimal", 101, "101"),
        ("decimalZero", 7, "07"),
        ("decimalZero", 110, "110"),
        ("chineseCounting", 1, "一"),
        ("chineseCounting", 10, "十"),
        ("chineseCounting", 11, "十一"),
        ("chineseCounting", 20, "二十"),
        ("chineseCounting", 99, "九十九"),
        ("chineseCounting", 100, "一〇〇"),
        ("chineseCounting", 101, "一〇一"),
        ("chineseCountingThousand", 10, "十"),
        ("chineseCountingThousand", 12, "十二"),
        ("chineseCountingThousand", 20, "二十"),
        ("chineseCountingThousand", 100, "一百"),
        ("chineseCountingThousand", 101, "一百零一"),
        ("chineseCountingThousand", 110, "一百一十"),
        ("chineseCountingThousand", 111, "一百一十一"),
        ("chineseCountingThousand", 210, "二百一十"),
        ("chineseCountingThousand", 1001, "一千零一"),
        ("chineseCountingThousand", 1010, "一千零一十"),
        ("chineseCountingThousand", 1100, "一千一百"),
        ("chineseCountingThousand", 10000, "一万"),
        ("chineseCountingThousand", 10101, "一万零一百零一"),
        ("chineseCountingThousand", 100000, "十万"),
        ("chineseCountingThousand", 100000001, "一亿零一"),
        ("chineseLegalSimplified", 10, "壹拾"),
        ("chineseLegalSimplified", 101, "壹佰零壹"),
        ("chineseLegalSimplified", 1010, "壹仟零壹拾"),
        ("ideographDigital", 10, "一〇"),
        ("ideographDigital", 102, "一〇二"),
        ("japaneseCounting", 10, "十"),
        ("japaneseCounting", 101, "百一"),
        ("japaneseCounting", 222, "二百二十二"),
        ("japaneseCounting", 1111, "千百十一"),
        ("lowerLetter", 26, "z"),
        ("lowerLetter", 27, "aa"),
        ("lowerLetter", 28, "bb"),
        ("upperLetter", 53, "AAA"),
        ("lowerRoman", 14, "xiv"),
        ("upperRoman", 1999, "MCMXCIX"),
        ("decimalEnclosedCircle", 20, "⑳"),
        ("decimalEnclosedCircle", 21, "21"),
        ("decimalEnclosedCircleChinese", 3, "③"),
        ("decimalFullWidth", 120, "１２０"),
        ("ideographTraditional", 3, "丙"),
        ("none", 5, ""),
        ("decimalHalfWidth", 101, "101"),
        ("decimalEnclosedFullstop", 20, "⒛"),
        ("decimalEnclosedParen", 11, "⑾"),
        ("decimalEnclosedParen", 21, "21"),
        ("ideographEnclosedCircle", 10, "㈩"),
        ("ideographZodiac", 12, "亥"),
        ("ideographZodiacTraditional", 13, "丙子"),
        ("taiwaneseCounting", 100, "一○○"),
        ("taiwaneseDigital", 10, "一○"),
        ("taiwaneseCountingThousand", 10001, "一萬零一"),
        ("ideographLegalTraditional", 101, "壹佰零壹"),
        ("japaneseLegal", 123, "壱百弐拾参"),
        ("chineseLegalSimplified", 111, "壹佰壹拾壹"),
        ("hex", 26, "1A"),
        ("chicago", 6, "††"),
        ("ordinal", 11, "11th"),
        ("ordinal", 101, "101st"),
        ("cardinalText", 5, "Five"),
        ("cardinalText", 142, "One hundred forty-two"),
        ("ordinalText", 20, "Twentieth"),
        ("ordinalText", 121, "One hundred twenty-first"),
        ("numberInDash", 101, "- 101 -"),
        ("hebrew1", 5, "5"),
        ("001", 12, "012"),
        ("chineseCountingThousand", 0, "0"),
    ],
)
def test_number_formats_also_above_a_hundred(form: str, value: int, expected: str) -> None:
    assert format_number(value, form) == expected


def test_a_format_that_would_come_out_as_other_digits_is_told_apart() -> None:
    assert [form for form in ("decimal", "none", "bullet", "hex", "thaiLetters", "custom") if not is_known(form)] == [
        "thaiLetters",
        "custom",
    ]


def test_levels_count_restart_and_name_the_levels_above() -> None:
    found = labels(
        CONTRACT + num(1, 0),
        *((1, ilvl) for ilvl in (0, 1, 1, 2, 2, 3, 2, 0, 1, 2)),
    )
    assert found == ["第一条", "1.1", "1.2", "（一）", "（二）", "a)", "（三）", "第二条", "2.1", "（一）"]


def test_the_hundred_and_first_clause() -> None:
    assert labels(CONTRACT + num(1, 0), *[(1, 0)] * 101)[99:] == ["第一百条", "第一百零一条"]


def test_the_space_after_a_label_is_the_list_s() -> None:
    body = numbered("甲", 1, 0) + numbered("乙", 1, 2) + numbered("丙", 1, 3)
    assert paragraphs(docx(body, numbering=part("numbering", CONTRACT + num(1, 0)))) == [
        "第一条\t甲",
        "（一）乙",
        "a) 丙",
    ]


def test_lists_of_one_kind_count_on_unless_told_to_start_again() -> None:
    again = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
    lists = CONTRACT + num(1, 0) + num(2, 0) + num(3, 0, again)
    found = labels(lists, (1, 0), (2, 0), (3, 0), (3, 0), (1, 0))
    assert found == ["第一条", "第二条", "第一条", "第二条", "第三条"]


def test_a_list_can_start_elsewhere_and_replace_a_level() -> None:
    five = level(0, "decimal", "%1.", '<w:start w:val="5"/>')
    other = f'<w:lvlOverride w:ilvl="0">{level(0, "upperRoman", "%1.")}</w:lvlOverride>'
    assert labels(abstract(0, five) + num(1, 0), (1, 0), (1, 0)) == ["5.", "6."]
    assert labels(abstract(0, five) + num(1, 0, other), (1, 0), (1, 0)) == ["I.", "II."]


def test_restart_rules_of_a_level() -> None:
    def lists(restart: int) -> str:
        third = level(2, "decimal", "%3", f'<w:lvlRestart w:val="{restart}"/>')
        return abstract(0, level(0, "decimal", "%1"), level(1, "decimal", "%2"), third) + num(1, 0)

    steps = [(1, ilvl) for ilvl in (0, 1, 2, 1, 2, 0, 2)]
    assert labels(lists(0), *steps)[2::2] == ["1", "2", "3"]  # never
    assert labels(lists(1), *steps) == ["1", "1", "1", "2", "2", "2", "1"]  # only after the first level
    assert labels(lists(2), *steps) == ["1", "1", "1", "2", "1", "2", "1"]


def test_bullets_plain_texts_and_no_numbers() -> None:
    lists = abstract(0, level(0, "bullet", "\uf0b7"), level(1, "none", "%2"), level(2, "decimal", "附件")) + num(1, 0)
    assert labels(lists, (1, 0), (1, 1), (1, 2)) == ["•", "", "附件"]


def test_bullets_of_symbol_fonts_print_what_the_font_shows() -> None:
    def bullet(ilvl: int, sign: str, font: str) -> str:
        item = level(ilvl, "bullet", sign).removesuffix("</w:lvl>")
        return f'{item}<w:rPr><w:rFonts w:ascii="{font}" w:hAnsi="{font}"/></w:rPr></w:lvl>'

    lists = abstract(0, bullet(0, "\uf0a8", "Symbol"), bullet(1, "\uf0a8", "Wingdings"), bullet(2, "o", "Courier New"))
    assert labels(lists + num(1, 0), (1, 0), (1, 1), (1, 2)) == ["♦", "□", "o"]


def test_a_custom_format_counts_with_its_zeros() -> None:
    mc = "http://schemas.openxmlformats.org/markup-compatibility/2006"
    form = (
        f'<mc:AlternateContent xmlns:mc="{mc}"><mc:Choice Requires="w14"><w:numFmt w:val="custom" '
        'w:format="001, 002, 003, ..."/></mc:Choice><mc:Fallback><w:numFmt w:val="decimal"/></mc:Fallback>'
        "</mc:AlternateContent>"
    )
    custom = f'<w:lvl w:ilvl="0"><w:start w:val="9"/>{form}<w:lvlText w:val="A%1"/></w:lvl>'
    assert labels(abstract(0, custom) + num(1, 0), (1, 0), (1, 0)) == ["A009", "A010"]


def test_a_level_above_that_never_came_shows_its_start() -> None:
    assert labels(CONTRACT + num(1, 0), (1, 1), (1, 0)) == ["1.1", "第一条"]


def style(style_id: str, base: str = "", num_id: str = "", kind: str = "paragraph") -> str:
    based = f'<w:basedOn w:val="{base}"/>' if base else ""
    listed = f'<w:pPr><w:numPr><w:numId w:val="{num_id}"/></w:numPr></w:pPr>' if num_id else ""
    return f'<w:style w:type="{kind}" w:styleId="{style_id}"><w:name w:val="{style_id}"/>{based}{listed}</w:style>'


STYLES = (
    style("Clause", num_id="1")
    + style("Sub", "Clause")
    + style("Own", "Clause")
    + style("Off", "Clause", "0")
    + style("List", num_id="1", kind="numbering")
)
LINKED = abstract(
    0,
    level(0, "decimal", "第%1条", '<w:pStyle w:val="Clause"/>'),
    level(1, "decimal", "（%2）", '<w:pStyle w:val="Sub"/>'),
)


def test_styles_bring_paragraphs_into_lists() -> None:
    body = "".join(
        paragraph(f"#{name}", f'<w:pStyle w:val="{name}"/>') for name in ("Clause", "Sub", "Own", "Off", "Sub")
    )
    numbering = part("numbering", LINKED + num(1, 0))
    found = paragraphs(docx(body, numbering=numbering, styles=part("styles", STYLES)))
    assert found == ["第1条\t#Clause", "（1）\t#Sub", "第2条\t#Own", "#Off", "（1）\t#Sub"]


def test_a_paragraph_can_leave_the_list_of_its_style() -> None:
    properties = '<w:pStyle w:val="Clause"/><w:numPr><w:numId w:val="0"/></w:numPr>'
    data = docx(
        paragraph("甲", properties), numbering=part("numbering", LINKED + num(1, 0)), styles=part("styles", STYLES)
    )
    assert paragraphs(data) == ["甲"]


def test_a_list_style_lends_its_levels() -> None:
    linking = '<w:abstractNum w:abstractNumId="7"><w:numStyleLink w:val="List"/></w:abstractNum>'
    assert labels(LINKED + linking + num(1, 0) + num(5, 7), (1, 0), (5, 0), styles=STYLES) == ["第1条", "第2条"]


def test_circles_of_styles_and_lists_end() -> None:
    styles = style("Clause", "Sub", "1") + style("Sub", "Clause") + style("List", num_id="1", kind="numbering")
    linking = '<w:abstractNum w:abstractNumId="0"><w:numStyleLink w:val="List"/></w:abstractNum>'
    assert labels(linking + num(1, 0), (1, 0), styles=styles) == [""]
    styled = paragraph("甲", '<w:pStyle w:val="Sub"/>')
    assert paragraphs(docx(styled, numbering=part("numbering", ""), styles=part("styles", styles))) == ["甲"]


def test_the_full_context_of_a_sub_clause() -> None:
    package = open_package(docx(numbering=part("numbering", CONTRACT + num(1, 0))), "x.docx")
    counter = Numbering.from_package(package).counter()
    for ilvl in (0, 0, 1, 2, 2):
        counter.advance("1", ilvl)
    assert counter.full_context("1", 0) == "第二条"
    assert counter.full_context("1", 1) == "2.1"
    assert counter.full_context("1", 2) == "2.1（二）"


def test_lists_are_plain_data_that_outlives_the_package() -> None:
    package = open_package(docx(numbering=part("numbering", CONTRACT + num(1, 0))), "x.docx")
    lists = pickle.loads(pickle.dumps(Numbering.from_package(package).lists))  # noqa: S301 — our own bytes
    assert LabelCounter(lists).advance("1", 0) == "第一条"


def test_an_unknown_list_has_no_label() -> None:
    counter = LabelCounter({"1": List("0", (Level(text="%1"),))})
    assert (counter.advance("9", 0), counter.advance("1", 8), counter.full_context("9", 0)) == ("", "", "")


def test_counting_a_contract_takes_a_fraction_of_a_millisecond() -> None:
    package = open_package(docx(numbering=part("numbering", CONTRACT + num(1, 0))), "x.docx")
    lists, memory = Numbering.from_package(package).lists, {}  # type: ignore[var-annotated]  # filled by the counters
    steps = [0, 1, 2, 2, 1, 2] * 40

    def count() -> float:
        start = time.process_time()
        counter = LabelCounter(lists, memory)
        for ilvl in steps:
            counter.advance("1", ilvl)
        return time.process_time() - start

    count()
    assert min(count() for _ in range(20)) < 0.002
