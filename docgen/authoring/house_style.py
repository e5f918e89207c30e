"""The house style: page, fonts, styles and numbering of every template, as the parts of a .docx.

Lengths are twips (1/20 pt), font sizes half-points, as Word stores them. Line spacing is exact, so that the
layout doesn't depend on which 宋体 a computer has.
"""

from __future__ import annotations

from dataclasses import dataclass

from docgen.authoring.blocks import Kind, Look, Numbering

NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
XML_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

PAGE_SHORT, PAGE_LONG = 11906, 16838  # A4, 210 x 297 mm
MARGIN_TOP, MARGIN_BOTTOM, MARGIN_LEFT, MARGIN_RIGHT = 1588, 1418, 1588, 1474  # 28, 25, 28, 26 mm
HEADER_DISTANCE, FOOTER_DISTANCE = 907, 822
TEXT_WIDTH = PAGE_SHORT - MARGIN_LEFT - MARGIN_RIGHT
TEXT_WIDTH_LANDSCAPE = PAGE_LONG - MARGIN_LEFT - MARGIN_RIGHT

SONG = '<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="宋体" w:cs="Times New Roman"/>'
HEI = '<w:rFonts w:ascii="Arial" w:hAnsi="Arial" w:eastAsia="黑体" w:cs="Arial"/>'
BOLD = "<w:b/><w:bCs/>"

LABEL_SHADE = "F2F2F2"
ROW_HEIGHT, FORM_ROW_HEIGHT = 420, 560
SEAL_ROW_HEIGHT, SIGN_ROW_HEIGHT = 1247, 850  # 22 mm for a seal, 15 mm for a signature
SIGNING_ROW_HEIGHT, PAIR_GAP = 480, 320

STYLE_OF = {
    Look.TITLE: "Title",
    Look.ARTICLE: "Article",
    Look.SUBHEADING: "Subheading",
    Look.CLAUSE: "Clause",
    Look.ITEM: "Item",
    Look.BODY: "BodyIndented",
    Look.FLUSH: "BodyFlush",
    Look.CENTER: "Centered",
    Look.RIGHT: "RightAligned",
}
COVER_TITLE, COVER_LINE = "CoverTitle", "CoverLine"
HEADER, FOOTER = "Header", "Footer"
TABLE, TABLE_HEAD, TABLE_TEXT, TABLE_LABEL = "BorderedTable", "TableHead", "TableText", "TableLabel"
SIGNATURE, SPACER, TAG = "Signature", "Spacer", "TemplateTag"
NOTICE, SIGNING_PLACE = "Notice", "SigningPlace"
COVER_SIZE = 30
COVER_INDENT, COVER_GAP = 1134, 240
GAP_BEFORE_TABLE, GAP_BEFORE_SIGNATURES = 120, 360


@dataclass(frozen=True, slots=True)
class Measures:
    """The sizes in which the kinds of paper differ."""

    title_size: int
    title_line: int
    title_after: int
    size: int
    line: int
    cell_size: int = 21
    cell_line: int = 320


MEASURES = {
    Kind.CONTRACT: Measures(title_size=44, title_line=680, title_after=360, size=24, line=480),
    Kind.CLAUSE: Measures(title_size=44, title_line=680, title_after=360, size=24, line=480),
    Kind.RESOLUTION: Measures(title_size=36, title_line=600, title_after=360, size=24, line=520),
    Kind.LETTER: Measures(title_size=36, title_line=600, title_after=400, size=24, line=520),
    Kind.FORM: Measures(title_size=32, title_line=520, title_after=160, size=21, line=360, cell_line=300),
}


@dataclass(frozen=True, slots=True)
class Level:
    """One level of the automatic numbering; the text stands at `left`, the number `hanging` before it."""

    style: str
    number_format: str
    text: str
    left: int = 0
    hanging: int = 0
    legal: bool = False
    form: str = SONG


# Hanging indents leave room for 12.10 and （12） in 12 pt type.
LEVELS = {
    Numbering.ARTICLES: (
        Level("Article", "chineseCountingThousand", "第%1条", form=HEI + BOLD),
        Level("Clause", "decimal", "%1.%2", left=720, hanging=720, legal=True),
        Level("Item", "decimal", "（%3）", left=1560, hanging=840),
    ),
    Numbering.LIST: (
        Level("Article", "chineseCountingThousand", "%1、", form=HEI + BOLD),
        Level("Clause", "decimal", "%2.", left=480, hanging=480),
        Level("Item", "decimal", "（%3）", left=1320, hanging=840),
    ),
}


def styles_part(kind: Kind, numbering: Numbering) -> str:
    """word/styles.xml for a kind of paper."""
    measures = MEASURES[kind]
    defaults = (
        "<w:docDefaults><w:rPrDefault><w:rPr>"
        f'{SONG}<w:sz w:val="{measures.size}"/><w:szCs w:val="{measures.size}"/>'
        '<w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/>'
        "</w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>"
    )
    # Word's own styles stay out of the way of the person who picks one.
    latent = (
        '<w:latentStyles w:defLockedState="0" w:defUIPriority="99" w:defSemiHidden="1" '
        'w:defUnhideWhenUsed="1" w:defQFormat="0" w:count="376"/>'
    )
    styles = _base_styles(measures) + _heading_styles(measures) + _text_styles(measures, numbering)
    styles += _table_styles(measures) + _furniture_styles() + _other_styles()
    return f'{XML_HEAD}<w:styles xmlns:w="{NAMESPACE}">{defaults}{latent}{styles}</w:styles>'


def numbering_part(numbering: Numbering) -> str:
    """word/numbering.xml: one list of three levels, each linked to its style."""
    levels = "".join(_level(index, level) for index, level in enumerate(LEVELS[numbering]))
    return (
        f'{XML_HEAD}<w:numbering xmlns:w="{NAMESPACE}"><w:abstractNum w:abstractNumId="1">'
        f'<w:nsid w:val="0D0C0001"/><w:multiLevelType w:val="multilevel"/><w:tmpl w:val="0D0C0002"/>{levels}'
        '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num></w:numbering>'
    )


def font_table_part() -> str:
    """word/fontTable.xml: the Chinese fonts with the names under which other systems know them."""
    fonts = (
        ("宋体", "SimSun", "auto"),
        ("黑体", "SimHei", "auto"),
        ("Times New Roman", "", "roman"),
        ("Arial", "", "swiss"),
    )
    entries = "".join(
        f'<w:font w:name="{name}">'
        + (f'<w:altName w:val="{other}"/><w:charset w:val="86"/>' if other else '<w:charset w:val="00"/>')
        + f'<w:family w:val="{family}"/><w:pitch w:val="variable"/></w:font>'
        for name, other, family in fonts
    )
    return f'{XML_HEAD}<w:fonts xmlns:w="{NAMESPACE}">{entries}</w:fonts>'


def settings_part() -> str:
    """word/settings.xml: Word 2013+ layout, punctuation not compressed, underlined blanks printed."""
    return (
        f'{XML_HEAD}<w:settings xmlns:w="{NAMESPACE}"><w:zoom w:percent="100"/><w:defaultTabStop w:val="420"/>'
        '<w:characterSpacingControl w:val="doNotCompress"/>'
        "<w:compat><w:ulTrailSpace/><w:doNotExpandShiftReturn/>"
        '<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/>'
        '</w:compat><w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/></w:settings>'
    )


def text_width(*, landscape: bool) -> int:
    """The width between the margins."""
    return TEXT_WIDTH_LANDSCAPE if landscape else TEXT_WIDTH


def _level(index: int, level: Level) -> str:
    """One w:lvl."""
    legal = "<w:isLgl/>" if level.legal else ""
    hangs = bool(level.hanging)
    tab = f'<w:tabs><w:tab w:val="num" w:pos="{level.left}"/></w:tabs>' if hangs else ""
    return (
        f'<w:lvl w:ilvl="{index}"><w:start w:val="1"/><w:numFmt w:val="{level.number_format}"/>'
        f'<w:pStyle w:val="{level.style}"/>{legal}<w:suff w:val="{"tab" if hangs else "space"}"/>'
        f'<w:lvlText w:val="{level.text}"/><w:lvlJc w:val="left"/>'
        f"<w:pPr>{tab}{_hang(level)}</w:pPr>"
        f"<w:rPr>{level.form.replace('<w:rFonts', _HINTED)}</w:rPr></w:lvl>"
    )


_HINTED = '<w:rFonts w:hint="eastAsia"'


def _hang(level: Level) -> str:
    """The indent of a level, the same in its style and its list level."""
    side = "hanging" if level.hanging else "firstLine"
    return f'<w:ind w:left="{level.left}" w:{side}="{level.hanging}"/>'


def _style(  # noqa: PLR0913 — one argument for each child of w:style
    style_id: str, name: str, ppr: str = "", rpr: str = "", *, based: str = "Normal", then: str = "", order: int = 0
) -> str:
    """One paragraph style; `order` above 0 puts it into the style gallery at that place."""
    shown = f'<w:uiPriority w:val="{order}"/><w:qFormat/>' if order else '<w:uiPriority w:val="99"/>'
    custom = "" if name in _BUILT_IN else ' w:customStyle="1"'
    return (
        f'<w:style w:type="paragraph"{custom} w:styleId="{style_id}"><w:name w:val="{name}"/>'
        f'<w:basedOn w:val="{based}"/><w:next w:val="{then or style_id}"/>{shown}'
        + (f"<w:pPr>{ppr}</w:pPr>" if ppr else "")
        + (f"<w:rPr>{rpr}</w:rPr>" if rpr else "")
        + "</w:style>"
    )


# Names that Word translates itself (标题, 标题 1, 页眉 …); a Chinese name of our own would collide with them.
_BUILT_IN = ("Title", "heading 1", "heading 2", "header", "footer")


def _exact(line: int, before: int = 0, after: int = 0) -> str:
    """Exact line spacing."""
    return f'<w:spacing w:before="{before}" w:after="{after}" w:line="{line}" w:lineRule="exact"/>'


def _size(size: int) -> str:
    """Font size."""
    return f'<w:sz w:val="{size}"/><w:szCs w:val="{size}"/>'


def _base_styles(measures: Measures) -> str:
    """The default paragraph, character and table styles."""
    return (
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/>'
        '<w:uiPriority w:val="50"/><w:qFormat/>'
        f'<w:pPr><w:widowControl/>{_exact(measures.line)}<w:jc w:val="both"/></w:pPr></w:style>'
        '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
        '<w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/></w:style>'
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
        '<w:uiPriority w:val="99"/><w:semiHidden/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar>'
        '<w:top w:w="0" w:type="dxa"/><w:left w:w="108" w:type="dxa"/>'
        '<w:bottom w:w="0" w:type="dxa"/><w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
    )


def _heading_styles(measures: Measures) -> str:
    """Titles and headings."""
    title = f'<w:keepNext/><w:keepLines/>{_exact(measures.title_line, 120, measures.title_after)}<w:jc w:val="center"/>'
    cover = f'<w:keepNext/>{_exact(1000, 3400, 2400)}<w:jc w:val="center"/>'
    article = f'<w:keepNext/><w:keepLines/><w:numPr><w:numId w:val="1"/></w:numPr>{_exact(measures.line, 160, 40)}'
    article += f'{_hang(LEVELS[Numbering.ARTICLES][0])}<w:jc w:val="left"/><w:outlineLvl w:val="0"/>'
    line = measures.line + 40
    subheading = f'<w:keepNext/><w:keepLines/>{_exact(line, 160, 80)}<w:jc w:val="left"/><w:outlineLvl w:val="1"/>'
    return (
        _style("Title", "Title", title, HEI + BOLD + _size(measures.title_size), then="BodyIndented", order=1)
        + _style(
            "CoverTitle",
            "封面标题",
            cover,
            HEI + BOLD + '<w:spacing w:val="60"/>' + _size(56),
            then="CoverLine",
            order=2,
        )
        + _style(
            "CoverLine",
            "封面文字",
            f'{_exact(640)}<w:ind w:left="{COVER_INDENT}" w:right="567"/><w:jc w:val="left"/>',
            _size(COVER_SIZE),
            order=3,
        )
        + _style("Heading1", "heading 1", '<w:keepNext/><w:keepLines/><w:outlineLvl w:val="0"/>', HEI)
        + _style("Heading2", "heading 2", '<w:keepNext/><w:keepLines/><w:outlineLvl w:val="1"/>', HEI)
        + _style("Article", "条", article, HEI + BOLD, based="Heading1", then="Clause", order=4)
        + _style("Subheading", "小标题", subheading, HEI + BOLD + _size(measures.size + 2), based="Heading2", order=7)
    )


def _text_styles(measures: Measures, numbering: Numbering) -> str:
    """Numbered and plain body text."""
    _, clause, item = LEVELS[numbering]
    two_characters = f'<w:ind w:firstLineChars="200" w:firstLine="{measures.size * 20}"/>'
    return (
        _style("Clause", "款", f'<w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr>{_hang(clause)}', order=5)
        + _style("Item", "项", f'<w:numPr><w:ilvl w:val="2"/><w:numId w:val="1"/></w:numPr>{_hang(item)}', order=6)
        + _style("BodyIndented", "正文缩进两字", two_characters, order=8)
        + _style("BodyFlush", "正文无缩进", '<w:jc w:val="left"/>', order=9)
        + _style("Centered", "居中", '<w:jc w:val="center"/>', order=10)
        + _style("RightAligned", "右对齐", '<w:jc w:val="right"/>', order=11)
    )


def _table_styles(measures: Measures) -> str:
    """Text in tables and signature blocks, and the table with borders."""
    size, text = _size(measures.cell_size), _exact(measures.cell_line, 40, 40)
    edges = ("top", "left", "bottom", "right", "insideH", "insideV")
    borders = "".join(f'<w:{edge} w:val="single" w:sz="4" w:space="0" w:color="auto"/>' for edge in edges)
    margins = "".join(f'<w:{edge} w:w="{width}" w:type="dxa"/>' for edge, width in (("left", 85), ("right", 85)))
    return (
        _style("TableHead", "表头", f'<w:keepNext/>{text}<w:jc w:val="center"/>', HEI + size, order=12)
        + _style("TableText", "表格文字", f'{text}<w:jc w:val="left"/>', size, order=13)
        + _style("TableLabel", "表格项目名", f'{text}<w:jc w:val="center"/>', size, order=14)
        + _style(
            "Signature", "签署", f'<w:keepNext/><w:keepLines/>{_exact(measures.line)}<w:jc w:val="left"/>', order=15
        )
        + '<w:style w:type="table" w:customStyle="1" w:styleId="BorderedTable"><w:name w:val="有线表格"/>'
        '<w:basedOn w:val="TableNormal"/><w:uiPriority w:val="17"/><w:qFormat/><w:tblPr>'
        f"<w:tblBorders>{borders}</w:tblBorders><w:tblCellMar>{margins}</w:tblCellMar></w:tblPr></w:style>"
    )


def _furniture_styles() -> str:
    """Header and footer."""
    line = '<w:pBdr><w:bottom w:val="single" w:sz="4" w:space="3" w:color="auto"/></w:pBdr>'
    return _style("Header", "header", f'{line}{_exact(240)}<w:jc w:val="right"/>', _size(18)) + _style(
        "Footer", "footer", f'{_exact(240)}<w:jc w:val="center"/>', _size(18)
    )


def _other_styles() -> str:
    """Lines that hold only a tag (they never print), the gap after a table, notice characters, signing places."""
    return (
        _style("TemplateTag", "模板标签", f'{_exact(280)}<w:jc w:val="left"/>', '<w:color w:val="2E74B5"/>' + _size(18))
        + _style("Spacer", "表后间隔", _exact(120), _size(8))
        + '<w:style w:type="character" w:customStyle="1" w:styleId="Notice"><w:name w:val="提示"/>'
        '<w:basedOn w:val="DefaultParagraphFont"/><w:uiPriority w:val="16"/><w:qFormat/>'
        '<w:rPr><w:b/><w:bCs/><w:u w:val="single"/></w:rPr></w:style>'
        f'<w:style w:type="character" w:customStyle="1" w:styleId="{SIGNING_PLACE}"><w:name w:val="签署处"/>'
        '<w:basedOn w:val="DefaultParagraphFont"/><w:uiPriority w:val="16"/><w:qFormat/></w:style>'
    )
