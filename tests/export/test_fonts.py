"""Which face draws what: a firm's own fonts, stand-ins, characters a font lacks, and what is said of each."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Any

import pytest

from docgen.diagnostics import ExportError, SetupError, Severity
from docgen.export import to_html, to_pdf
from docgen.export.fonts import fontconfig
from docgen.export.fonts.book import FontBook
from docgen.export.fonts.faces import Cut, Measured
from docgen.export.fonts.families import declared, families, font_map, nearest, plain_name
from docgen.export.fonts.folders import use_font_folders
from docgen.export.fonts.fontfile import open_font
from docgen.export.fonts.hints import Hint
from docgen.export.fonts.private import meant
from docgen.export.pdf.drawn import check_drawn
from docgen.export.pdf.environment import fingerprint
from docgen.export.pdf.render import load_renderer
from tests.export.build import NAMESPACES, Docx, docx, pack, para, run
from tests.export.pages import at, page_texts, pieces
from tests.export.typefaces import make_font

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from docgen.diagnostics import Diagnostic
    from docgen.export import Pdf

OWN = "砚都专用体"
NAMES = "𠮷䶮㛃𬱖㼆䲟𫖯𬭎"


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """A folder for fonts; the system's alone are used again afterwards."""
    fonts = tmp_path / "本所 fonts & more"
    fonts.mkdir()
    yield fonts
    use_font_folders(())


def said(found: tuple[Diagnostic, ...], code: str) -> list[dict[str, str]]:
    return [dict(one.args) for one in found if one.code == code]


def problems(data: bytes) -> list[Diagnostic]:
    with pytest.raises(ExportError) as stopped:
        to_html(data, "x.docx")
    return list(stopped.value.diagnostics)


def with_font_table(body: str, table: str) -> bytes:
    parts = Docx(body).parts()
    parts["word/fontTable.xml"] = f"<w:fonts {NAMESPACES}>{table}</w:fonts>"
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/fontTable"
    link = f'<Relationship Id="rIdFonts" Type="{kind}" Target="fontTable.xml"/></Relationships>'
    relations = "word/_rels/document.xml.rels"
    parts[relations] = parts[relations].replace("</Relationships>", link)
    types = "application/vnd.openxmlformats-officedocument.wordprocessingml.fontTable+xml"
    override = f'<Override PartName="/word/fontTable.xml" ContentType="{types}"/></Types>'
    parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace("</Types>", override)
    return pack(parts)


# ---- a firm's own fonts


def test_a_named_font_of_the_folder_is_used_itself(folder: Path, pdf_of: Callable[..., Pdf]) -> None:
    text = para(runs=run("甲乙", "", OWN))
    assert said(pdf_of(text).diagnostics, "X011") == [{"font": OWN, "used": "Noto Serif CJK SC"}]
    make_font(folder / "own.ttf", OWN, "甲乙")
    assert use_font_folders([folder]) == ()
    made = pdf_of(text)
    assert said(made.diagnostics, "X011") == []
    assert at(made.data, "甲乙").font == OWN
    use_font_folders(())
    assert said(pdf_of(text).diagnostics, "X011") == [{"font": OWN, "used": "Noto Serif CJK SC"}]


def test_the_folder_wins_over_a_system_font_of_the_same_name(folder: Path, pdf_of: Callable[..., Pdf]) -> None:
    make_font(folder / "own.ttf", "Noto Serif CJK SC", "甲", width=1500)
    use_font_folders([folder])
    found = fontconfig.match("Noto Serif CJK SC", bold=False, italic=False)
    assert found is not None
    assert found.path == str(folder / "own.ttf")
    assert pdf_of(para("甲")).pages == 1  # and Pango agrees, or the export would have stopped


@pytest.mark.parametrize(("name", "note"), [("missing", "missing"), ("file.ttf", "file")])
def test_a_folder_that_is_none_is_refused_and_changes_nothing(folder: Path, name: str, note: str) -> None:
    (folder / "file.ttf").write_bytes(b"")
    with pytest.raises(SetupError) as stopped:
        use_font_folders([folder / name])
    assert [(one.code, one.notes) for one in stopped.value.diagnostics] == [("X110", (note,))]
    assert fontconfig.folders() == ()


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root reads everything")
def test_a_folder_without_permission_is_refused(folder: Path) -> None:
    folder.chmod(0)
    with pytest.raises(SetupError) as stopped:
        use_font_folders([folder])
    folder.chmod(0o700)
    assert [(one.code, one.notes) for one in stopped.value.diagnostics] == [("X110", ("denied",))]


def test_a_folder_without_one_usable_font_is_refused(folder: Path) -> None:
    for content in (b"", b"\0\1\0\0" + b"\xff" * 400):
        (folder / "broken.ttf").write_bytes(content)
        with pytest.raises(SetupError) as stopped:
            use_font_folders([folder])
        assert [one.code for one in stopped.value.diagnostics] == ["X111", "X112"]
        assert fontconfig.folders() == ()


@pytest.mark.usefixtures("fonts")
def test_a_corrupt_file_is_named_and_the_others_are_used(folder: Path) -> None:
    make_font(folder / "own.ttf", OWN, "甲乙")
    whole = (folder / "own.ttf").read_bytes()
    (folder / "below").mkdir()
    (folder / "below" / "cut.otf").write_bytes(whole[: len(whole) // 2])
    (folder / "readme.txt").write_text("no font")
    found = use_font_folders([folder])
    assert [(one.code, one.args["path"]) for one in found] == [("X112", str(folder / "below" / "cut.otf"))]
    assert said(to_html(docx(para(runs=run("甲", "", OWN))), "x").diagnostics, "X011") == []


@pytest.mark.usefixtures("pdf_of")
def test_the_fingerprint_knows_what_the_folders_hold(folder: Path) -> None:
    before = fingerprint()
    make_font(folder / "own.ttf", OWN, "甲")
    use_font_folders([folder])
    one = fingerprint()
    make_font(folder / "own.ttf", OWN, "甲乙")
    two = fingerprint()
    use_font_folders(())
    assert len({before, one, two}) == 3
    assert fingerprint() == before


# ---- characters


def test_a_lacking_character_is_named_with_its_place_and_taken_from_the_same_style(
    folder: Path, pdf_of: Callable[..., Pdf]
) -> None:
    make_font(folder / "fang.ttf", "仿宋", "陈甲乙")
    use_font_folders([folder])
    body = [para(runs=run("甲乙", "", "仿宋")), para(runs=run("陈昇", "", "仿宋")), para(runs=run("昇喆", "", "仿宋"))]
    made = pdf_of(*body)
    found = [one for one in made.diagnostics if one.code == "X012"]
    used = {"font": "仿宋", "used": "Noto Serif CJK SC"}
    assert [dict(one.args) for one in found] == [{"characters": "昇", **used}, {"characters": "喆", **used}]
    assert [str(one.place) for one in found] == ["test.docx 正文 › 第 2 段", "test.docx 正文 › 第 3 段"]
    assert found[0].place is not None
    assert found[0].place.excerpt == "陈昇"
    assert at(made.data, "昇").font.startswith("Noto-Serif")
    assert at(made.data, "陈").font == "仿宋"


def test_rare_characters_of_names_are_printed(pdf_of: Callable[..., Pdf]) -> None:
    made = pdf_of(*[para(runs=run(f"陈{NAMES}", "", font)) for font in ("宋体", "仿宋", "楷体", "黑体")])
    assert page_texts(made.data) == [f"陈{NAMES}" * 4]


@pytest.mark.usefixtures("fonts")
def test_private_characters_stop_the_export_and_old_codes_are_explained() -> None:
    found = problems(docx(para("陈某"), para("王\ue863、李\ue000")))
    assert [(one.code, one.args["code"], one.notes) for one in found] == [
        ("X114", "U+E863", ("meant",)),
        ("X114", "U+E000", ("unknown",)),
    ]
    assert (found[0].args["standard"], found[0].args["standard_code"]) == ("䶮", "U+4DAE")
    assert str(found[0].place) == "x.docx 正文 › 第 2 段"
    assert (found[0].place.excerpt if found[0].place else "") == "王\ue863、李\ue000"


def test_a_private_character_is_printed_by_the_very_font_the_document_names(
    folder: Path, pdf_of: Callable[..., Pdf]
) -> None:
    make_font(folder / "own.ttf", OWN, "甲\ue000")
    use_font_folders([folder])
    assert at(pdf_of(para(runs=run("\ue000", "", OWN))).data, "\ue000").font == OWN
    assert problems(docx(para("甲\ue000")))[0].code == "X114"  # 宋体 isn't that font


def test_old_codes_lead_to_standard_characters() -> None:
    every = {chr(code): meant(chr(code)) for code in range(0xE000, 0xF900)}
    known = [standard for standard in every.values() if standard]
    assert len(known) == len(set(known)) == 81
    assert not any(0xE000 <= ord(standard) < 0xF900 for standard in known)
    assert (every["\ue815"], every["\ue863"], every["\ue864"]) == ("⺁", "䶮", "龻")


@pytest.mark.usefixtures("fonts")
def test_all_lacking_characters_are_named_at_once() -> None:
    found = problems(docx(para("甲\u0378"), para("乙\u0379\u0378")))
    assert [(one.code, one.args["code"]) for one in found] == [("X008", "U+0378"), ("X008", "U+0379")]


def test_variant_shapes_come_from_a_font_that_has_them_or_are_reported(pdf_of: Callable[..., Pdf]) -> None:
    made = pdf_of(para("葛\U000e0100城、甲\U000e01ef方☑\ufe0e"))
    asked = [one["code"] for one in said(made.diagnostics, "X115")]
    assert asked in (["U+7532 U+E01EF"], ["U+845B U+E0100", "U+7532 U+E01EF"])
    taken = [one["characters"] for one in said(made.diagnostics, "X012")]
    assert (taken == ["葛\U000e0100"]) is (len(asked) == 1)
    assert "".join(char for char in page_texts(made.data)[0] if char < "\ufe00") == "葛城、甲方☑"


# ---- names


@pytest.mark.parametrize(
    ("written", "plain"),
    [("@宋体", "宋体"), ("宋体;SimSun", "宋体"), ("ＭＳ　明朝", "MS 明朝"), (" 仿宋＿GB2312", "仿宋_GB2312")]
)  # fmt: skip
def test_names_are_read_as_they_are_meant(written: str, plain: str) -> None:
    assert plain_name(written) == plain
    assert declared(plain) is not None


def test_every_declared_family_is_complete() -> None:
    assert len(families()) > 250
    for entry in font_map()["family"]:
        assert entry["names"]
        assert entry["use"]
        assert ("ascent" in entry) == ("descent" in entry) == ("sure" in entry)
        assert entry.get("style", "song") in font_map()["fallback"]
    for name in [*font_map()["words"].values(), *font_map()["kinds"]["latin"].values()]:
        assert declared(name) is not None


@pytest.mark.parametrize(
    ("name", "hint", "east", "like"),
    [
        ("某某仿宋", Hint(), True, "仿宋"),
        ("汉仪某黑", Hint(), False, "黑体"),
        ("Some Sans", Hint(), False, "Arial"),
        ("神秘", Hint(kind="swiss"), True, "黑体"),
        ("Mystery", Hint(kind="swiss"), False, "Arial"),
        ("Mystery", Hint(kind="fixed"), False, "Courier New"),
        ("Mystery", Hint(kind="roman", east_asian=True), False, "宋体"),
        ("Mystery", None, False, "Times New Roman"),
    ],
)
def test_an_unknown_font_is_drawn_like_its_name_or_its_kind(
    name: str, hint: Hint | None, east: bool, like: str  # noqa: FBT001 — a column of the table
) -> None:  # fmt: skip
    assert nearest(name, hint, east_asian=east) is declared(like)


@pytest.mark.usefixtures("fonts")
def test_the_font_table_gives_another_name_and_tells_of_enclosed_fonts() -> None:
    body = para(runs=run("甲", "", "宋体改") + run("乙", "", "神秘"))
    table = (
        '<w:font w:name="宋体改"><w:altName w:val="SimHei"/></w:font>'
        '<w:font w:name="神秘"><w:family w:val="swiss"/><w:embedRegular r:id="rId9"/></w:font>'
    )
    found = to_html(with_font_table(body, table), "x").diagnostics
    assert {"font": "宋体改", "used": "Noto Sans CJK SC"} in said(found, "X010")
    unknown = [one for one in found if one.code == "X011"]
    assert [(dict(one.args), one.notes) for one in unknown] == [
        ({"font": "神秘", "used": "Noto Sans CJK SC"}, ("embedded",))
    ]


@pytest.mark.usefixtures("fonts")
def test_a_design_without_stand_in_is_a_warning() -> None:
    found = to_html(docx(para(runs=run("甲", "", "幼圆"))), "x").diagnostics
    assert [(one.severity, one.args["font"]) for one in found if one.code == "X113"] == [(Severity.WARNING, "幼圆")]


@pytest.mark.usefixtures("fonts")
def test_a_font_under_another_of_its_names_serves(folder: Path) -> None:
    make_font(folder / "fang.ttf", "仿宋", "甲")
    make_font(folder / "title.ttf", "方正小标宋_GBK", "甲")
    use_font_folders([folder])
    book = FontBook("x")
    assert book.named("FangSong_GB2312", Cut(east_asian=True)).face.family == "仿宋"
    title = book.named("方正小标宋简体", Cut(east_asian=True))
    assert (title.face.family, title.face.cut.bold) == ("方正小标宋_GBK", False)  # heavy by design


@pytest.mark.usefixtures("fonts")
def test_a_font_that_draws_nothing_is_not_reported() -> None:
    named = [one["font"] for one in said(to_html(docx(para("甲 乙")), "x").diagnostics, "X010")]
    assert named == ["宋体"]


@pytest.mark.usefixtures("fonts")
def test_line_heights_are_those_of_the_named_font() -> None:
    book = FontBook("x")
    for name, height in (("宋体", 1.297), ("Calibri", 1.221), ("Verdana", 1.215), ("微软雅黑", 1.32)):
        line = book.named(name, Cut()).line
        assert line.ascent + line.descent == pytest.approx(height, abs=0.001)


# ---- what was really drawn


def drawn(renderer: Any, html: str) -> Any:  # noqa: ANN401 — WeasyPrint has no type information
    document = renderer.module.HTML(string=html, url_fetcher=renderer.fetcher({})).render()
    document.write_pdf()
    return document.fonts.values()


@pytest.mark.usefixtures("pdf_of")
def test_a_character_from_another_face_than_the_measured_one_stops_the_export() -> None:
    renderer = load_renderer()
    fonts = drawn(renderer, "<p style=\"font-family:'Liberation Serif'\">AB")
    files = {}
    for name in ("Liberation Serif", "DejaVu Sans"):
        found = fontconfig.match(name, bold=False, italic=False)
        assert found is not None
        files[name] = open_font(found.path, found.index)
    serif, sans = files["Liberation Serif"], files["DejaVu Sans"]
    assert serif is not None
    assert sans is not None
    assert check_drawn(fonts, Measured({serif: {"A", "B"}}), renderer.ffi, "x") == ()
    assert check_drawn(fonts, Measured({serif: {" "}}), renderer.ffi, "x") == ()  # page numbers aren't measured
    assert [one.severity for one in check_drawn(fonts, Measured({sans: {"C"}}), renderer.ffi, "x")] == [
        Severity.WARNING
    ]
    with pytest.raises(ExportError) as stopped:
        check_drawn(fonts, Measured({serif: {"A"}, sans: {"B"}}), renderer.ffi, "x")
    assert [(one.code, one.args["characters"]) for one in stopped.value.diagnostics] == [("X116", "B")]


def test_every_face_in_the_file_is_one_that_was_chosen(pdf_of: Callable[..., Pdf]) -> None:
    made = pdf_of(para(runs=run("宋", "", "宋体") + run("黑", "", "黑体") + run("粗", "<w:b/>", "宋体")), para("abc☑"))
    families_used = {piece.font for piece in pieces(made.data)}
    assert families_used == {
        "Noto-Serif-CJK-SC", "Noto-Sans-CJK-SC", "Noto-Serif-CJK-SC-Bold", "Liberation-Serif", "DejaVu-Sans"
    }  # fmt: skip


@pytest.mark.skipif(sys.platform != "linux", reason="PDFs of the same bytes are promised per machine")
def test_the_same_folder_gives_the_same_bytes(folder: Path, pdf_of: Callable[..., Pdf]) -> None:
    make_font(folder / "own.ttf", OWN, "甲乙")
    use_font_folders([folder])
    first = pdf_of(para(runs=run("甲乙昇", "", OWN)))
    use_font_folders(())
    use_font_folders([folder])
    assert to_pdf(docx(para(runs=run("甲乙昇", "", OWN))), "test.docx").data == first.data
