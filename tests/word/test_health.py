from __future__ import annotations

import pytest

from docgen.word.health import check_package
from docgen.word.package import write_package
from tests.word.docx_parts import docx, paragraph, part, parts

BOOKMARK = '<w:p><w:bookmarkStart w:id="1" w:name="_c_a"/><w:r><w:t>甲</w:t></w:r><w:bookmarkEnd w:id="1"/></w:p>'
CELL = f"<w:tc><w:tcPr/>{paragraph('甲')}</w:tc>"
DRAWING = 'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
W14 = 'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'


def field(code: str, result: str = "", last: str = "end") -> str:
    kinds = (
        '<w:fldChar w:fldCharType="begin"/>',
        f"<w:instrText>{code}</w:instrText>",
        '<w:fldChar w:fldCharType="separate"/>',
        f"<w:t>{result}</w:t>" if result else "",
        f'<w:fldChar w:fldCharType="{last}"/>',
    )
    return f"<w:p>{''.join(f'<w:r>{kind}</w:r>' for kind in kinds)}</w:p>"


def codes(body: str, **others: bytes) -> list[str]:
    return sorted({found.code for found in check_package(docx(body, **others), "x.docx")})


def test_a_sound_document_has_no_findings() -> None:
    body = BOOKMARK + f"<w:tbl><w:tr>{CELL}</w:tr></w:tbl>" + field("REF _c_a \\r \\h", "第一条") + field("PAGE", "1")
    assert codes(body, footer=part("ftr", field("NUMPAGES", "3"))) == []


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (paragraph("{{ 出质人.名称 }}"), "F901"),
        (paragraph("{%p endif %}"), "F901"),
        (paragraph("｛｛出质人｝｝"), "F901"),
        (BOOKMARK + BOOKMARK.replace('"1"', '"2"'), "F902"),
        (BOOKMARK + BOOKMARK.replace("_c_a", "_c_b"), "F902"),
        (f'<w:p><w:r><w:drawing><wp:docPr {DRAWING} id="7"/></w:drawing></w:r></w:p>' * 2, "F902"),
        (f'<w:p {W14} w14:paraId="00000001"/>' * 2, "F902"),
        (BOOKMARK.replace('<w:bookmarkEnd w:id="1"/>', ""), "F903"),
        (f"<w:tbl><w:tr>{paragraph('甲')}{CELL}</w:tr></w:tbl>", "F904"),
        ("<w:tbl><w:tr><w:tc><w:tcPr/></w:tc></w:tr></w:tbl>", "F905"),
        ("<w:tbl><w:tblPr/></w:tbl>", "F905"),
        (field("PAGE", "1", last="begin"), "F906"),
        (field("PAGE"), "F907"),
        ('<w:p><w:fldSimple w:instr=" NUMPAGES "/></w:p>', "F907"),
        (field("REF _c_none \\r \\h", "第九条"), "F908"),
    ],
)
def test_each_fault_has_its_finding(body: str, code: str) -> None:
    assert code in codes(body)


def test_faults_in_a_footer_name_the_footer() -> None:
    (found,) = check_package(docx("", footer=part("ftr", field("PAGE"))), "x.docx")
    assert (found.code, found.place.spot if found.place else "") == ("F907", "页脚")


def test_braces_of_values_are_no_tags() -> None:
    assert codes(paragraph("&#123;&#123;7*7}} &#65371;&#65371;甲｝｝ {x}")) == []


def test_braces_in_the_document_properties_are_a_value_s() -> None:
    core = b'<cp:x xmlns:cp="urn:x">{{7*7}}</cp:x>'
    assert check_package(write_package(parts() | {"docProps/core.xml": core}), "x.docx") == []


def test_what_the_gate_refuses_is_reported_too() -> None:
    assert [found.code for found in check_package(b"", "x.docx")] == ["T001"]


def test_an_edited_document_may_hold_tracked_changes() -> None:
    assert codes('<w:p><w:ins w:id="9"><w:r><w:t>加</w:t></w:r></w:ins></w:p>') == []
