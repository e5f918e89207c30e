"""Building blocks of the comparison's documents: python-docx where it can, plain OOXML where it can't."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

from docx import Document
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import BinaryIO

# python-docx's documents, paragraphs and elements: its stubs don't let them be used as they are meant to be.
Node: TypeAlias = Any
W = nsdecls("w")
LATIN = "Times New Roman"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_COMPATIBILITY = "http://schemas.microsoft.com/office/word"


def element(tag: str, **attributes: object) -> Node:
    """An element of WordprocessingML; `w_val=1` is the attribute w:val."""
    made = OxmlElement(tag)
    for name, value in attributes.items():
        made.set(qn(name.replace("_", ":", 1)), str(value))
    return made


def set_fonts(properties: Node, east_asian: str, latin: str = LATIN) -> None:
    """The fonts of some run properties, and no others."""
    fonts = properties.find(qn("w:rFonts"))
    if fonts is None:
        fonts = element("w:rFonts")
        properties.insert(0, fonts)
    for name in list(fonts.attrib):
        del fonts.attrib[name]
    for name, value in (("ascii", latin), ("hAnsi", latin), ("eastAsia", east_asian), ("cs", latin)):
        fonts.set(qn(f"w:{name}"), value)


@dataclass(frozen=True)
class Page:
    """What a document begins with: its body font, size in points, margins in mm (top, bottom, left, right), lines."""

    font: str = "仿宋_GB2312"
    size: float = 16
    margins: tuple[float, float, float, float] = (37, 35, 28, 26)
    grid: int | None = None
    line: int | None = None
    rule: str = "exact"


def new_document(page: Page) -> Node:
    """An A4 document with the defaults that a Chinese Word writes."""
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    top, bottom, left, right = page.margins
    section.top_margin, section.bottom_margin, section.left_margin, section.right_margin = (
        Mm(one) for one in (top, bottom, left, right)
    )
    section.header_distance, section.footer_distance = Mm(15), Mm(17.5)
    properties = section._sectPr
    for grid in properties.findall(qn("w:docGrid")):
        properties.remove(grid)
    if page.grid:
        properties.append(element("w:docGrid", w_type="lines", w_linePitch=page.grid))
    _set_defaults(document, page)
    _set_normal(document, page)
    _set_typography(document)
    return document


def _set_defaults(document: Node, page: Page) -> None:
    """Document defaults: no theme fonts, no space after paragraphs."""
    defaults = document.styles.element.find(qn("w:docDefaults"))
    run = defaults.find(qn("w:rPrDefault")).find(qn("w:rPr"))
    set_fonts(run, page.font)
    language = run.find(qn("w:lang"))
    language.set(qn("w:val"), "en-US")
    language.set(qn("w:eastAsia"), "zh-CN")
    paragraph = defaults.find(qn("w:pPrDefault"))
    for child in list(paragraph):
        paragraph.remove(child)


def _set_normal(document: Node, page: Page) -> None:
    """The style every paragraph rests on."""
    normal = document.styles["Normal"]
    normal.font.size = Pt(page.size)
    set_fonts(normal.element.get_or_add_rPr(), page.font)
    normal.element.rPr.find(qn("w:sz")).addprevious(element("w:kern", w_val=2))
    properties = normal.element.get_or_add_pPr()
    properties.append(element("w:widowControl", w_val="0" if page.grid else "1"))
    spacing = element("w:spacing", w_before=0, w_after=0)
    if page.line:
        spacing = element("w:spacing", w_before=0, w_after=0, w_line=page.line, w_lineRule=page.rule)
    properties.append(spacing)
    properties.append(element("w:jc", w_val="both"))


def _set_typography(document: Node) -> None:
    """The settings a Chinese Word writes; python-docx's template has two of them in the wrong order."""
    settings = document.settings.element
    for control in settings.findall(qn("w:characterSpacingControl")):
        settings.remove(control)
    control = element("w:characterSpacingControl", w_val="compressPunctuation")
    anchor = settings.find(qn("w:savePreviewPicture"))
    (anchor if anchor is not None else settings.find(qn("w:compat"))).addprevious(control)
    compat = settings.find(qn("w:compat"))
    if compat is None:
        compat = element("w:compat")
        settings.find(qn("w:savePreviewPicture")).addnext(compat)
    for child in list(compat):
        compat.remove(child)
    compat.append(element("w:compatSetting", w_name="compatibilityMode", w_uri=_COMPATIBILITY, w_val="15"))


@dataclass(frozen=True)
class Look:
    """How a paragraph differs from its style; lengths in twips, `list_level` is (numId, level)."""

    jc: str | None = None
    first: float | None = None  # points: a first-line indent of two characters of this size
    size: float | None = None
    font: str | None = None
    bold: bool = False
    before: int | None = None
    after: int | None = None
    keep: bool = False
    page_break: bool = False
    list_level: tuple[int, int] | None = None
    line: int | None = None
    rule: str = "exact"
    left: int | None = None
    tabs: tuple[tuple[object, ...], ...] = ()
    outline: int | None = None


def paragraph(where: Node, text: str = "", look: Look | None = None) -> Node:
    """A new paragraph at the end."""
    look = look or Look()
    made = where.add_paragraph()
    properties = made._p.get_or_add_pPr()
    for child in _paragraph_properties(look):
        properties.append(child)
    if text:
        run(made, text, look.size, look.font, bold=look.bold)
    return made


def _paragraph_properties(look: Look) -> Iterable[Node]:
    """The children of w:pPr in the order of the schema."""
    if look.keep:
        yield element("w:keepNext")
    if look.page_break:
        yield element("w:pageBreakBefore")
    if look.list_level:
        numbered = element("w:numPr")
        numbered.append(element("w:ilvl", w_val=look.list_level[1]))
        numbered.append(element("w:numId", w_val=look.list_level[0]))
        yield numbered
    if look.tabs:
        yield _stops(look.tabs)
    if look.before is not None or look.after is not None or look.line is not None:
        yield _spacing(look)
    if look.first:
        yield element("w:ind", w_firstLineChars=200, w_firstLine=int(look.first * 40))
    elif look.left is not None:
        yield element("w:ind", w_left=look.left)
    if look.jc:
        yield element("w:jc", w_val=look.jc)
    if look.outline is not None:
        yield element("w:outlineLvl", w_val=look.outline)


def _stops(tabs: tuple[tuple[object, ...], ...]) -> Node:
    """Tab stops, each a position, a kind and perhaps a leader."""
    stops = element("w:tabs")
    for position, kind, *leader in tabs:
        stop = element("w:tab", w_val=kind, w_pos=position)
        if leader:
            stop.set(qn("w:leader"), str(leader[0]))
        stops.append(stop)
    return stops


def _spacing(look: Look) -> Node:
    """The space before and after, and the lines' height."""
    spacing = element("w:spacing")
    for name, value in (("before", look.before), ("after", look.after), ("line", look.line)):
        if value is not None:
            spacing.set(qn(f"w:{name}"), str(value))
    if look.line is not None:
        spacing.set(qn("w:lineRule"), look.rule)
    return spacing


def run(
    where: Node,
    text: str,
    size: float | None = None,
    font: str | None = None,
    *,
    bold: bool = False,
    underlined: bool = False,
) -> Node:
    """A new run at the end of a paragraph; tab characters become w:tab."""
    made = where.add_run()
    if font:
        set_fonts(made._r.get_or_add_rPr(), font)
    if bold:
        made.bold = True
    if size:
        made.font.size = Pt(size)
    if underlined:
        made.underline = True
    for number, part in enumerate(text.split("\t")):
        if number:
            made._r.append(element("w:tab"))
        if part:
            printed = element("w:t")
            printed.text = part
            printed.set(_SPACE, "preserve")
            made._r.append(printed)
    return made


def raw_run(where: Node, inside: str) -> None:
    """A run of plain OOXML at the end of a paragraph."""
    where._p.append(parse_xml(f"<w:r {W}>{inside}</w:r>"))


def save(document: Node, where: BinaryIO) -> None:
    """Write the document, without the old stylesWithEffects part of python-docx's template: validators refuse it."""
    for key, relation in list(document.part.rels.items()):
        if relation.reltype.endswith("/stylesWithEffects"):
            del document.part.rels[key]
    document.save(where)
