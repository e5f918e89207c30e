"""The archive form, point by point: PDF/A-3 (ISO 19005-3) and PDF/UA-1 (ISO 14289-1), as far as we can look."""

from __future__ import annotations

import io
import re
import warnings
from collections import Counter
from datetime import date
from typing import TYPE_CHECKING, Any

import pikepdf
import pytest
from fontTools.cffLib import CFFFontSet
from fontTools.pens.basePen import NullPen
from fontTools.ttLib import TTFont
from lxml import etree

from docgen.export import Pdf, PdfOptions, attach, to_pdf
from docgen.export.pdf.archive import Archive
from docgen.export.pdf.render import load_renderer
from docgen.export.pdf.tagging import Tagging
from tests.export.build import docx, page_field, para, row, run, section, table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

DEAL = "交易:\n  编号: 甲-1\n".encode()
DAY = date(2026, 1, 29)
HEADING = '<w:outlineLvl w:val="{}"/>'
ITEM = '<w:numPr><w:ilvl w:val="{}"/><w:numId w:val="1"/></w:numPr>'
LEVEL = '<w:lvl w:ilvl="{0}"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%{1}."/></w:lvl>'
NUMBERING = (
    f'<w:abstractNum w:abstractNumId="0">{LEVEL.format(0, 1)}{LEVEL.format(1, 2)}</w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
)
LINK = (
    f'<w:hyperlink w:anchor="zw">{run("见首条")}{run("加粗", "<w:b/>")}</w:hyperlink>{run("，")}'
    f'<w:hyperlink r:id="web">{run("网站")}</w:hyperlink>'
)
RDF = {
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#", "dc": "http://purl.org/dc/elements/1.1/",
    "pdfaid": "http://www.aiim.org/pdfa/ns/id/", "xmp": "http://ns.adobe.com/xap/1.0/",
    "pdf": "http://ns.adobe.com/pdf/1.3/",
}  # fmt: skip


def body() -> list[str]:
    """A heading that two links lead to, a level left out, a list in a list, a long paragraph, a table of two pages."""
    marked = f'<w:bookmarkStart w:id="1" w:name="zw"/>{run("第一条　定义")}<w:bookmarkEnd w:id="1"/>'
    head = row("序号", "专利 No", properties="<w:tblHeader/>")
    return [
        para(runs=marked, properties=HEADING.format(0)),
        para("本合同所称“主债权”，是指编号为GDYB-2024-0318的合同。" * 12),
        para("第三级", HEADING.format(2)),
        para(runs=LINK),
        *(para(f"第{word}项", ITEM.format(level)) for word, level in (("甲", 0), ("乙", 1), ("丙", 1), ("丁", 0))),
        para("第二条", HEADING.format(0)),
        table([2000, 3000], head, *[row(str(number), "CN20") for number in range(40)]),
        para(),
        table([2000, 3000], row("甲方", "乙方")),
    ]


@pytest.fixture(scope="module")
def paper(pdf_of: Callable[..., Pdf]) -> Pdf:
    footer = para(runs=run("第") + page_field("PAGE") + run("页"))
    return pdf_of(
        *body(),
        section=section(
            '<w:headerReference w:type="default" r:id="h1"/><w:footerReference w:type="default" r:id="f1"/>'
        ),
        headers={"h1": para("页眉文字"), "f1": footer},
        numbering=NUMBERING,
        links={"web": "https://example.cn/"},
        title="质押合同",
    )


@pytest.fixture(scope="module")
def pdf(paper: Pdf) -> Iterator[pikepdf.Pdf]:
    with warnings.catch_warnings(), opened(attach(paper.data, DEAL, DAY)) as file:
        assert file.get_warnings() == []
        yield file


def opened(data: bytes) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(data))


def operations(page: pikepdf.Page) -> list[tuple[str, list[Any]]]:
    """Each operator of a page with its operands."""
    return [(str(one.operator), list(one.operands)) for one in pikepdf.parse_content_stream(page)]


def streams(pdf: pikepdf.Pdf) -> list[pikepdf.Stream]:
    return [one for one in pdf.objects if isinstance(one, pikepdf.Stream)]


def dictionaries(pdf: pikepdf.Pdf) -> list[pikepdf.Object]:
    return [one for one in pdf.objects if isinstance(one, pikepdf.Dictionary | pikepdf.Stream)]


def kids(element: pikepdf.Object) -> list[Any]:
    held = element.get("/K", pikepdf.Array())
    return list(held) if isinstance(held, pikepdf.Array) else [held]


def is_element(kid: object) -> bool:
    return isinstance(kid, pikepdf.Dictionary) and "/S" in kid


def elements(pdf: pikepdf.Pdf) -> list[pikepdf.Object]:
    """Every element of the structure tree, in reading order."""

    def below(element: pikepdf.Object) -> Iterator[pikepdf.Object]:
        yield element
        for kid in kids(element):
            if is_element(kid):
                yield from below(kid)

    return list(below(pdf.Root.StructTreeRoot.K))


def roles(pdf: pikepdf.Pdf) -> list[str]:
    return [str(one.S)[1:] for one in elements(pdf)]


def marked_text(pdf: pikepdf.Pdf) -> tuple[dict[tuple[int, int], list[int]], list[str], list[bytes]]:
    """What each page's operations draw: glyph numbers by marked content, kinds of artifacts, what stands in neither."""
    found: dict[tuple[int, int], list[int]] = {}
    artifacts: list[str] = []
    loose: list[bytes] = []
    for number, page in enumerate(pdf.pages):
        stack: list[object] = []
        for name, operands in operations(page):
            if name in {"BDC", "BMC"}:
                properties = operands[1] if name == "BDC" else {}
                if str(operands[0]) == "/Artifact":
                    artifacts.append(str(properties.get("/Subtype", properties.get("/Type", ""))))
                    stack.append(None)
                else:
                    stack.append((number, int(properties["/MCID"])))
            elif name == "EMC":
                stack.pop()
            elif name == "TJ":
                text = b"".join(bytes(one) for one in operands[0] if isinstance(one, pikepdf.String))
                glyphs = [int.from_bytes(text[at : at + 2], "big") for at in range(0, len(text), 2)]
                if not stack:
                    loose.append(text)
                elif stack[-1] is not None:
                    found.setdefault(stack[-1], []).extend(glyphs)  # type: ignore[arg-type]  # a page and a number
            elif name in {"S", "s", "f", "F", "B", "b", "Do", "sh"} and not stack:
                loose.append(name.encode())
        assert stack == []
    return found, artifacts, loose


def xmp(pdf: pikepdf.Pdf) -> Callable[[str], str | None]:
    packet = bytes(pdf.Root["/Metadata"].read_bytes())
    assert packet.startswith('<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>'.encode())
    root = etree.fromstring(packet)

    def value(path: str) -> str | None:
        found = root.xpath(f"string(//{path})", namespaces=RDF)
        return str(found) or None

    return value


# --- the file ---------------------------------------------------------------------------------------------------------


def test_qpdf_finds_nothing_wrong(paper: Pdf, pdf: pikepdf.Pdf) -> None:
    assert pdf.check_pdf_syntax() == []
    assert opened(paper.data).check_pdf_syntax() == []


def test_the_head_says_binary_and_there_is_an_identifier(paper: Pdf, pdf: pikepdf.Pdf) -> None:
    assert paper.data.startswith(b"%PDF-1.7\n%")
    assert all(byte > 127 for byte in paper.data[10:14])
    assert len(pdf.trailer.ID) == 2
    assert opened(paper.data).trailer.ID[0] == pdf.trailer.ID[0]
    assert opened(paper.data).trailer.ID[1] != pdf.trailer.ID[1]


def test_nothing_is_encrypted_run_referred_to_outside_or_packed_with_a_forbidden_filter(pdf: pikepdf.Pdf) -> None:
    assert not pdf.is_encrypted
    forbidden = {"/JS", "/JavaScript", "/AA", "/OpenAction", "/FFilter", "/FDecodeParms", "/Ref", "/OPI", "/XFA"}
    for one in dictionaries(pdf):
        assert not forbidden & set(one.keys())
        assert one.get("/S") not in {"/Launch", "/JavaScript", "/GoToR", "/GoToE", "/SubmitForm", "/ImportData"}
        assert one.get("/Subtype") not in {"/Sound", "/Movie", "/Screen", "/3D", "/RichMedia", "/PS"}
    filters = {str(one.get("/Filter", "/FlateDecode")) for one in streams(pdf)}
    assert filters == {"/FlateDecode"}
    assert "/F" not in {key for one in streams(pdf) for key in one.keys()}  # noqa: SIM118 — a PDF object


def test_states_are_nested_no_deeper_than_a_reader_must_bear(pdf: pikepdf.Pdf) -> None:
    for page in pdf.pages:
        depth = deepest = 0
        for name, _ in operations(page):
            depth += {"q": 1, "Q": -1}.get(name, 0)
            deepest = max(deepest, depth)
        assert depth == 0
        assert 1 <= deepest <= 28


def test_colours_have_one_meaning(pdf: pikepdf.Pdf) -> None:
    (intent,) = pdf.Root.OutputIntents
    assert intent.S == "/GTS_PDFA1"
    profile = intent.DestOutputProfile
    assert profile.N == 3
    assert profile.read_bytes()[16:20] == b"RGB "
    operators = {name for page in pdf.pages for name, _ in operations(page)}
    assert not operators & {"k", "K"}


def test_nothing_is_transparent(pdf: pikepdf.Pdf) -> None:
    for one in dictionaries(pdf):
        assert one.get("/SMask", "/None") == "/None"
        assert float(one.get("/ca", 1)) == float(one.get("/CA", 1)) == 1
        assert one.get("/BM", "/Normal") == "/Normal"


def test_every_font_is_embedded_with_widths_and_unicode_and_draws_no_missing_glyph(pdf: pikepdf.Pdf) -> None:
    fonts = [one for one in dictionaries(pdf) if one.get("/Type") == "/Font" and one.get("/Subtype") == "/Type0"]
    assert len(fonts) >= 2
    for font in fonts:
        assert str(font.BaseFont)[7] == "+"
        assert font.Encoding == "/Identity-H"
        (below,) = font.DescendantFonts
        descriptor = below.FontDescriptor
        assert "/CIDSet" not in descriptor  # not asked for since part 2, and wrong unless complete
        program = descriptor["/FontFile3"] if "/FontFile3" in descriptor else descriptor["/FontFile2"]
        assert below.Subtype == ("/CIDFontType0" if "/FontFile3" in descriptor else "/CIDFontType2")
        advances = _bare_advances(program) if program.get("/Subtype") == "/CIDFontType0C" else _advances(program)
        widths = dict(_widths(below.W))
        for glyph, width in widths.items():
            assert abs(advances[glyph] - width) <= 1
        mapped = _unicode(font.ToUnicode.read_bytes())
        assert mapped.keys() == widths.keys()
        assert 0 not in mapped
        assert all(mapped.values())
        assert not {"\0", "\ufeff", "\ufffe", "\ufffd"} & set("".join(mapped.values()))
        assert not any("\ue000" <= char <= "\uf8ff" for char in "".join(mapped.values()))


def _advances(program: pikepdf.Object) -> dict[int, float]:
    """The widths that an OpenType file gives its glyphs, in thousandths of the size."""
    face = TTFont(io.BytesIO(program.read_bytes()))
    advances, units = face["hmtx"], face["head"].unitsPerEm
    return {glyph: advances[name][0] * 1000 / units for glyph, name in enumerate(face.getGlyphOrder())}


def _bare_advances(program: pikepdf.Object) -> dict[int, float]:
    """The widths that a bare CFF program gives its glyphs, by the numbers they bear."""
    fonts = CFFFontSet()
    fonts.decompile(io.BytesIO(program.read_bytes()), None)
    (face,) = fonts
    found = {}
    for name in face.charset:
        glyph = face.CharStrings[name]
        glyph.draw(NullPen())
        found[int(name[3:]) if name != ".notdef" else 0] = float(glyph.width)
    return found


def _widths(array: pikepdf.Object) -> Iterator[tuple[int, float]]:
    entries = list(array)
    for first, own in zip(entries[::2], entries[1::2], strict=True):
        yield from ((int(first) + at, float(width)) for at, width in enumerate(own))


def _unicode(cmap: bytes) -> dict[int, str]:
    pairs = re.findall(
        r"^<([0-9a-f]{4})> <([0-9a-f]*)>$", cmap.decode("ascii").partition("endcodespacerange")[2], re.MULTILINE
    )
    return {int(glyph, 16): bytes.fromhex(text).decode("utf-16-be") for glyph, text in pairs}


# --- what it says of itself -------------------------------------------------------------------------------------------


def test_the_metadata_says_the_same_twice_and_names_the_form(paper: Pdf, pdf: pikepdf.Pdf) -> None:
    told, info = xmp(pdf), pdf.docinfo
    assert (told("pdfaid:part"), told("pdfaid:conformance")) == ("3", "A")
    assert paper.form == "PDF/A-3a"
    assert told("dc:title//rdf:li") == info["/Title"] == "质押合同"
    assert told("dc:creator//rdf:li") == info["/Author"] == "docgen"
    assert told("xmp:CreateDate") == "2022-01-29T00:00:00Z"
    assert info["/CreationDate"] == info["/ModDate"] == "D:20220129000000Z"
    assert told("xmp:ModifyDate") == "2022-01-29T00:00:00Z"
    assert told("pdf:Producer") == info["/Producer"]
    assert told("xmp:CreatorTool") == info["/Creator"] == "docgen"
    assert pdf.Root.Metadata.get("/Filter") is None


@pytest.mark.parametrize(
    ("title", "first", "expected"), [("", "第一条　定义", "第一条 定义"), (" ", "", "前言"), ("收\x7f据", "", "收据")]
)
def test_a_paper_without_a_title_is_called_by_its_first_heading(
    title: str, first: str, expected: str, pdf_of: Callable[..., Pdf]
) -> None:
    made = opened(pdf_of(para("前言"), para(first, HEADING.format(0)), title=title).data)
    assert made.docinfo["/Title"] == expected


def test_language_title_and_outline_are_shown(pdf: pikepdf.Pdf) -> None:
    assert pdf.Root.Lang == "zh-CN"
    assert pdf.Root.ViewerPreferences.DisplayDocTitle
    with pdf.open_outline() as outline:
        assert [(item.title, [inner.title for inner in item.children]) for item in outline.root] == [
            ("第一条 定义", ["第三级"]),
            ("第二条", []),
        ]


# --- structure --------------------------------------------------------------------------------------------------------


def test_all_that_is_drawn_is_tagged_or_an_artifact(pdf: pikepdf.Pdf) -> None:
    assert pdf.Root.MarkInfo.Marked
    found, artifacts, loose = marked_text(pdf)
    assert loose == []
    assert Counter(artifacts)["/Header"] == Counter(artifacts)["/Footer"] == len(pdf.pages)
    assert "/Pagination" in artifacts  # the head of the table, printed again on its second page
    assert found


def test_pages_lead_to_elements_and_elements_to_pages(pdf: pikepdf.Pdf) -> None:
    root = pdf.Root.StructTreeRoot
    numbers = list(root.ParentTree.Nums)
    tree = dict(zip([int(one) for one in numbers[::2]], numbers[1::2], strict=True))
    assert list(tree) == sorted(tree)
    assert root.ParentTreeNextKey == len(tree)
    found, _, _ = marked_text(pdf)
    owned: set[tuple[int, int]] = set()
    pages: dict[Any, int] = {page.objgen: number for number, page in enumerate(pdf.pages)}
    for element in elements(pdf):
        assert element.P is not None
        for kid in kids(element):
            if is_element(kid):
                assert kid.P.objgen == element.objgen
            elif isinstance(kid, pikepdf.Dictionary) and kid.Type == "/OBJR":
                assert tree[int(kid.Obj.StructParent)].objgen == element.objgen
            else:
                page = element.Pg if isinstance(kid, int) else kid.Pg
                place = (pages[page.objgen], int(kid if isinstance(kid, int) else kid.MCID))
                assert tree[int(page.StructParents)][place[1]].objgen == element.objgen
                owned.add(place)
    assert owned == set(found)


def test_the_tree_has_only_elements_that_say_something(pdf: pikepdf.Pdf) -> None:
    known = {
        "Document", "P", "H1", "H2", "L", "LI", "LBody", "Link", "Table", "THead", "TBody", "TR", "TH", "TD",
    }  # fmt: skip
    assert set(roles(pdf)) == known
    assert "/RoleMap" not in pdf.Root.StructTreeRoot  # nothing but standard roles
    assert all(kids(one) or one.S in {"/TD", "/TH"} for one in elements(pdf))


def test_headings_skip_no_level(pdf: pikepdf.Pdf) -> None:
    assert [role for role in roles(pdf) if role.startswith("H")] == ["H1", "H2", "H1"]


def test_a_paragraph_on_two_pages_is_one_element(pdf_of: Callable[..., Pdf]) -> None:
    long = opened(pdf_of(para("本合同所称“主债权”，是指编号为GDYB-2024-0318的合同。" * 50)).data)
    assert len(long.pages) == 2
    assert roles(long) == ["Document", "P"]
    first, second = kids(elements(long)[1])
    assert (int(first), int(second.MCID), second.Pg.objgen) == (0, 0, long.pages[1].objgen)


def test_lists_hold_lists(pdf: pikepdf.Pdf) -> None:
    (top,) = [one for one in elements(pdf) if one.S == "/L" and one.P.S == "/Document"]
    shape = [[str(part.S) for part in kids(item)] for item in kids(top)]
    assert shape == [["/LBody", "/L"], ["/LBody"]]
    assert [str(one.S) for one in kids(kids(top)[0])[1].K] == ["/LI", "/LI"]


def test_tables_are_regular_and_their_heads_have_a_scope(pdf: pikepdf.Pdf) -> None:
    tables = [one for one in elements(pdf) if one.S == "/Table"]
    assert len(tables) == 2
    rows = [one for one in elements(pdf) if one.S == "/TR"]
    assert len(rows) == 1 + 40 + 1
    assert all(len(kids(one)) == 2 for one in rows)
    heads = [one for one in elements(pdf) if one.S == "/TH"]
    assert len(heads) == 2
    assert all(one.A.O == "/Table" and one.A.Scope == "/Column" for one in heads)


def test_spans_of_cells_are_told(pdf_of: Callable[..., Pdf]) -> None:
    from tests.export.build import cell  # noqa: PLC0415 — only this test merges cells

    across = row(cell("合并", '<w:gridSpan w:val="2"/>'), cell("甲"))
    down = row(cell("上", '<w:vMerge w:val="restart"/>'), "乙", "丙")
    below = row(cell("", "<w:vMerge/>"), "丁", "")
    made = opened(pdf_of(table([1000, 1000, 1000], across, down, below)).data)
    told = [(int(one.A.get("/ColSpan", 1)), int(one.A.get("/RowSpan", 1))) for one in elements(made) if "/A" in one]
    assert told == [(2, 1), (1, 2)]
    assert roles(made).count("TD") == 2 + 3 + 2


def test_links_are_told_and_printed_and_each_is_one_element(pdf: pikepdf.Pdf) -> None:
    links = [one for one in elements(pdf) if one.S == "/Link"]
    areas = [[kid for kid in kids(one) if isinstance(kid, pikepdf.Dictionary)] for one in links]
    assert [str(held[0].Obj.Contents) for held in areas] == ["见首条加粗", "网站"]
    assert all(area.Obj.F == 4 for held in areas for area in held)
    assert len([one for one in dictionaries(pdf) if one.get("/Subtype") == "/Link"]) == sum(map(len, areas))
    assert all(page.obj.Tabs == "/S" for page in pdf.pages)


def test_what_is_translucent_is_drawn_as_one_thing_and_tagged_outside(pdf_of: Callable[..., Pdf]) -> None:
    assert pdf_of(para("先")).pages == 1
    module = load_renderer().module
    html = (
        '<html lang="zh-CN"><p>甲</p><p style="opacity:.5">乙<b style="display:inline-block;opacity:.5">丙</b></p><p>丁'
    )
    document = module.HTML(string=html).render()
    archive = Archive(Tagging(document.pages))
    made = opened(document.write_pdf(finisher=archive.finish))
    assert roles(made) == ["Document", "P", "P", "P"]
    assert [kids(one) for one in elements(made)[1:]] == [[0], [2], [1]]  # read in order, drawn last
    _, _, loose = marked_text(made)
    assert loose == []
    drawn = [one for one in streams(made) if one.get("/Subtype") == "/Form"]
    assert len(drawn) == 2
    assert not any(b"MCID" in one.read_bytes() or b"EMC" in one.read_bytes() for one in drawn)


# --- the deal file ----------------------------------------------------------------------------------------------------


def test_the_deal_file_is_attached_once_as_the_source(paper: Pdf, pdf: pikepdf.Pdf) -> None:
    assert attach(paper.data, DEAL, DAY).startswith(paper.data)
    (spec,) = pdf.Root.AF
    name, listed = pdf.Root.Names.EmbeddedFiles.Names
    assert (str(name), listed.objgen) == ("deal.yaml", spec.objgen)
    assert "/Dests" in pdf.Root.Names  # the links still lead somewhere
    assert (str(spec.F), str(spec.UF), str(spec.AFRelationship)) == ("deal.yaml", "deal.yaml", "/Source")
    assert "交易文件" in str(spec.Desc)
    file = spec.EF.F
    assert file.Subtype == "/application/yaml"
    assert file.read_bytes() == DEAL
    assert file.Params.Size == len(DEAL)
    assert str(file.Params.ModDate) == str(file.Params.CreationDate) == "D:20260129000000Z"


# --- drafts -----------------------------------------------------------------------------------------------------------


def test_drafts_have_a_grey_mark_under_every_page_that_is_no_text_and_finals_have_none(
    pdf_of: Callable[..., Pdf],
) -> None:
    text = docx(para("第一页"), para("第二页", "<w:pageBreakBefore/>"))
    assert pdf_of(para("先")).pages == 1
    final, draft = (opened(to_pdf(text, "x", PdfOptions(draft=one)).data) for one in (False, True))
    assert "Do" not in {name for page in final.pages for name, _ in operations(page)}
    assert len(draft.pages) == 2
    for page in draft.pages:
        found = operations(page)
        names = [name for name, _ in found]
        drawn = names.index("Do")
        assert drawn < names.index("BT")
        assert ("BMC", ["/Artifact"]) in found[:drawn]
        mark = page.obj.Resources.XObject[str(found[drawn][1][0])]
        assert mark.Subtype == "/Form"
        assert b" S" in mark.read_bytes()
        assert b"Tj" not in mark.read_bytes()
    assert roles(draft) == roles(final) == ["Document", "P", "P"]
