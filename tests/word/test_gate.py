from __future__ import annotations

import io
import resource
import struct
import subprocess
import sys
import time
import zipfile
import zlib
from typing import TYPE_CHECKING

import docx as python_docx
import pytest

from docgen.diagnostics import Diagnostic, Severity, TemplateError
from docgen.word.gate import open_package
from docgen.word.package import write_package
from tests.word.docx_parts import content_types, document, docx, paragraph, part, parts, relationships

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

OLE2 = bytes.fromhex("d0cf11e0a1b11ae1")


def findings(data: bytes) -> tuple[Diagnostic, ...]:
    with pytest.raises(TemplateError) as caught:
        open_package(data, "合同.docx")
    return caught.value.diagnostics


def codes(data: bytes) -> list[str]:
    return sorted({found.code for found in findings(data)})


def with_parts(change: dict[str, bytes], body: str = "") -> bytes:
    return write_package(parts(body) | change)


def raw_zip(*entries: tuple[str, bytes]) -> bytes:
    """A ZIP file with names and contents as given; zipfile itself would refuse some."""
    local, central = bytearray(), bytearray()
    for name, content in entries:
        encoded = name.encode()
        head = struct.pack(
            "<HHHHHLLLHH", 20, 0x800, 0, 0, 33, zlib.crc32(content), len(content), len(content), len(encoded), 0
        )
        entry_head = struct.pack("<HHHLL", 0, 0, 0, 0, len(local))
        central += b"PK\x01\x02\x14\x00" + head + entry_head + encoded
        local += b"PK\x03\x04" + head + encoded + content
    end = struct.pack("<HHHHLLH", 0, 0, len(entries), len(entries), len(central), len(local), 0)
    return bytes(local + central) + b"PK\x05\x06" + end


def test_an_ordinary_file_opens_and_knows_its_parts() -> None:
    package = open_package(docx(header=part("hdr", paragraph("合同编号"))), "合同.docx")
    assert package.main == "word/document.xml"
    assert package.related(package.main, "header") == ("word/header.xml",)
    assert package.label("word/header.xml") == "页眉"
    assert package.findings == ()


def test_a_file_made_by_python_docx_opens() -> None:
    target = io.BytesIO()
    python_docx.Document().save(target)
    assert open_package(target.getvalue(), "x.docx").parts["word/styles.xml"]


def test_a_package_can_not_be_changed() -> None:
    package = open_package(docx(), "x.docx")
    with pytest.raises(TypeError):
        package.parts["word/document.xml"] = b""  # type: ignore[index]  # the point of the test


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "T001"),
        (b"PK\x03\x04" + b"\x00" * 20_000_001, "T002"),
        (OLE2 + b"\x00" * 500 + "EncryptedPackage".encode("utf-16-le"), "T003"),
        (OLE2 + b"\x00" * 500 + "WordDocument".encode("utf-16-le"), "T004"),
        (b"{\\rtf1 hello}", "T005"),
        ("借款合同".encode(), "T005"),
        (docx()[:-40], "T006"),
        (docx()[: len(docx()) // 2], "T006"),
    ],
    ids=["empty", "large", "password", "old-format", "rtf", "text", "end-missing", "half-missing"],
)
def test_what_is_no_readable_word_file_has_one_finding(data: bytes, code: str) -> None:
    assert [found.code for found in findings(data)] == [code]


def test_a_flipped_byte_in_a_part_is_damage() -> None:
    data = bytearray(docx())
    data[data.index(b"word/document.xml") + 60] ^= 0x55
    assert codes(bytes(data)) == ["T006"]


@pytest.mark.parametrize(("name", "kind"), [("mimetype", "opendocument"), ("readme.txt", "zip")])
def test_another_zip_file_is_told_apart(name: str, kind: str) -> None:
    (found,) = findings(raw_zip((name, b"x")))
    assert (found.code, found.notes) == ("T011", (kind,))


def test_a_workbook_is_no_word_file_and_nothing_else_is_said() -> None:
    book = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    data = with_parts({"[Content_Types].xml": content_types({"word/document.xml": book})})
    assert [found.code for found in findings(data)] == ["T011"]


@pytest.mark.parametrize(
    ("kind", "code"),
    [
        ("application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml", "T012"),
        ("application/vnd.ms-word.document.macroEnabled.main+xml", "T013"),
        ("application/vnd.ms-word.template.macroEnabledTemplate.main+xml", "T013"),
    ],
)
def test_templates_and_macro_documents_are_refused_by_kind(kind: str, code: str) -> None:
    assert codes(with_parts({"[Content_Types].xml": content_types({"word/document.xml": kind})})) == [code]


def limited(data: bytes, tmp_path: Path) -> tuple[list[str], float, int]:
    """The codes, the CPU seconds and the peak memory in bytes of opening a file in a process of its own."""
    file = tmp_path / "bomb.docx"
    file.write_bytes(data)
    program = (
        "import sys\n"
        "from pathlib import Path\n"
        "from docgen.diagnostics import TemplateError\n"
        "from docgen.word.gate import open_package\n"
        "try:\n"
        "    open_package(Path(sys.argv[1]).read_bytes(), 'x.docx')\n"
        "except TemplateError as error:\n"
        "    print(*(found.code for found in error.diagnostics))\n"
        # Not ru_maxrss: it counts what the parent had before this program took its place.
        "peak = next(line for line in Path('/proc/self/status').read_text().splitlines() if line.startswith('VmHWM'))\n"
        "print(int(peak.split()[1]) * 1024)\n"
    )
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run([sys.executable, "-c", program, str(file)], capture_output=True, text=True, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    lines = done.stdout.split("\n")
    return lines[0].split(), after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, int(lines[1])


def packed(name: str, content: bytes) -> bytes:
    target = io.BytesIO(docx())
    with zipfile.ZipFile(target, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return target.getvalue()


def busy(markup: str) -> bytes:
    """A part below the size limit that is nearly all markup, and not packed suspiciously well."""
    return with_parts({"word/document.xml": document(markup + str(list(range(250_000))))})


def lying_bomb() -> bytes:
    """A part of 300 MB that says it has 1 kB."""
    data = packed("word/media/image1.png", b"\x00" * 300_000_000)
    size = struct.pack("<L", 300_000_000)
    assert data.count(size) == 2
    return data.replace(size, struct.pack("<L", 1000))


@pytest.mark.parametrize(
    ("make", "expected"),
    [
        (lambda: packed("word/media/image1.png", b"\x00" * 300_000_000), {"T007"}),
        (lambda: packed("word/media/image1.png", b"\x00" * 90_000_000), {"T007"}),
        (lying_bomb, {"T006"}),
        (lambda: raw_zip(*((f"word/media/{index}.png", b"") for index in range(60_000))), {"T008"}),
        (lambda: with_parts({"word/document.xml": document("<w:p/>" * 1_600_000)}), {"T007", "T026"}),
        (lambda: busy("<w:b/>" * 1_100_000), {"T026"}),
        (
            lambda: with_parts({"word/document.xml": document("".join(f"<w:p>{index}" for index in range(200_000)))}),
            {"T025"},
        ),
        (lambda: busy("<w:b a='' b='' c=''/>" * 350_000), {"T026"}),
        (lambda: with_parts({"word/document.xml": document(str(list(range(2_000_000))))}), {"T026"}),
    ],
    ids=["300-MB", "90-MB", "lying-size", "parts", "elements-tight", "elements", "depth", "attributes", "text"],
)
def test_bombs_are_answered_quickly_and_in_little_memory(
    make: Callable[[], bytes], expected: set[str], tmp_path: Path
) -> None:
    found, seconds, memory = limited(make(), tmp_path)
    assert found
    assert set(found) <= expected
    assert seconds < 5
    assert memory < 500_000_000


def test_a_large_picture_is_no_bomb() -> None:
    noise = zlib.compress(str(list(range(300_000))).encode())
    assert open_package(packed("word/media/image1.png", noise), "x.docx").parts["word/media/image1.png"] == noise


def test_two_parts_of_one_name_are_refused() -> None:
    again = ("word/document.xml", document(paragraph("另一份合同")))
    assert codes(raw_zip(*parts().items(), again)) == ["T009"]


def test_names_that_differ_in_case_only_are_refused() -> None:
    assert codes(raw_zip(*parts().items(), ("Word/Document.XML", b"<a/>"))) == ["T009"]


@pytest.mark.parametrize(
    "name",
    [
        "../evil.xml",
        "/etc/passwd",
        "word\\evil.xml",
        "C:/evil.xml",
        "word//x.xml",
        "word/x.xml\x00.png",
        "word/./x.xml",
        "word/x.",
    ],
)
def test_path_tricks_are_refused(name: str) -> None:
    assert "T010" in codes(raw_zip(*parts().items(), (name, b"<a/>")))


def test_a_part_with_a_password_is_told_as_such() -> None:
    data = bytearray(docx())
    data[data.index(b"PK\x01\x02") + 8] |= 1
    assert codes(bytes(data)) == ["T003"]


LINKED = [
    ("http://schemas.microsoft.com/office/2006/relationships/vbaProject", "vbaProject.bin", "T013"),
    ("http://schemas.microsoft.com/office/2006/relationships/keyMapCustomizations", "customizations.xml", "T013"),
    ("oleObject", "embeddings/oleObject1.bin", "T014"),
    ("package", "embeddings/sheet.xlsx", "T014"),
    ("control", "activeX/activeX1.xml", "T015"),
    ("aFChunk", "chunk.html", "T016"),
    ("subDocument", "other.docx", "T016"),
    ("attachedTemplate", "file:///C:/firm.dotm", "T017"),
    ("image", "http://example.com/logo.png", "T018"),
    ("frame", "http://example.com/frame.htm", "T018"),
    ("hyperlink", "file:///C:/secret.txt", "T019"),
    ("hyperlink", "javascript:alert(1)", "T019"),
    ("hyperlink", "\\\\server\\share", "T019"),
    ("mailMergeSource", "file:///C:/list.xlsx", "T036"),
]


@pytest.mark.parametrize(("kind", "target", "code"), LINKED)
def test_every_link_that_reaches_out_has_its_own_finding(kind: str, target: str, code: str) -> None:
    data = with_parts({"word/_rels/document.xml.rels": relationships((kind, target, "External"))})
    assert codes(data) == [code]


def test_links_to_the_web_a_mailbox_and_a_bookmark_pass() -> None:
    links = [("hyperlink", target, "External") for target in ("https://example.com", "mailto:a@example.com", "#_c_x")]
    assert open_package(with_parts({"word/_rels/document.xml.rels": relationships(*links)}), "x.docx").parts


def test_a_macro_part_is_one_finding_with_its_link_and_type() -> None:
    vba = "application/vnd.ms-office.vbaProject"
    data = with_parts(
        {
            "[Content_Types].xml": content_types({"word/document.xml": "document.main"}, {"bin": vba}),
            "word/_rels/document.xml.rels": relationships((LINKED[0][0], "vbaProject.bin")),
            "word/vbaProject.bin": OLE2,
        }
    )
    assert [found.code for found in findings(data)] == ["T013"]


def test_an_embedded_workbook_is_refused_even_without_a_link() -> None:
    book = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    data = with_parts(
        {
            "[Content_Types].xml": content_types({"word/document.xml": "document.main"}, {"xlsx": book}),
            "word/embeddings/a.xlsx": b"PK",
        }
    )
    assert codes(data) == ["T014"]


def test_an_embedded_object_is_one_finding_with_its_link() -> None:
    ole = "application/vnd.openxmlformats-officedocument.oleObject"
    data = with_parts(
        {
            "[Content_Types].xml": content_types({"word/document.xml": "document.main"}, {"bin": ole}),
            "word/_rels/document.xml.rels": relationships(("oleObject", "embeddings/oleObject1.bin")),
            "word/embeddings/oleObject1.bin": OLE2,
        }
    )
    assert [found.code for found in findings(data)] == ["T014"]


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ("<w:altChunk/>", "T016"),
        ("<w:p><w:r><w:object/></w:r></w:p>", "T014"),
        ('<w:p><w:ins w:id="1"><w:r><w:t>加</w:t></w:r></w:ins></w:p>', "T022"),
        ('<w:p><w:pPr><w:rPr><w:del w:id="1"/></w:rPr></w:pPr></w:p>', "T022"),
        ('<w:p><w:r><w:commentReference w:id="0"/></w:r></w:p>', "T023"),
        ("<w:sdt><w:sdtPr><w:dataBinding/></w:sdtPr></w:sdt>", "T032"),
        ('<w:p><w:fldSimple w:instr=" DATE "/></w:p>', "T021"),
        ("<w:p><w:fldSimple w:instr='HYPERLINK \"file:///c:/x\"'/></w:p>", "T019"),
        (
            '<w:p><w:r><w:pict><v:imagedata xmlns:v="urn:schemas-microsoft-com:vml" src="http://example.com/a.png"/></w:pict></w:r></w:p>',
            "T018",
        ),
    ],
)
def test_dangers_in_the_text_are_found_in_the_text(body: str, code: str) -> None:
    assert codes(docx(body)) == [code]


def field(*pieces: str, inner: str = "") -> str:
    runs = "".join(f"<w:r><w:instrText>{piece}</w:instrText></w:r>" for piece in pieces)
    begin, end = (f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "end"))
    return f"<w:p>{begin}{inner}{runs}{end}</w:p>"


INNER = (
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>QUOTE INCLUDE</w:instrText></w:r>'
    '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
)


@pytest.mark.parametrize(
    "code",
    [
        field('INCLUDEPICTURE "http://example.com/a.png"'),
        field("INCL", "UDETE", 'XT "c:/secret.txt"'),
        field(" dd", "eauto cmd"),
        field("MACROBUTTON run"),
        field("TEXT c:/secret.txt", inner=INNER),
    ],
    ids=["picture", "over-runs", "dde", "macro-button", "computed-name"],
)
def test_fields_that_reach_out_are_refused(code: str) -> None:
    assert codes(docx(code)) == ["T020"]


def test_page_reference_and_link_fields_pass_and_unknown_ones_warn() -> None:
    quiet = (
        field(" PAGE ")
        + field("REF _c_x \\w \\h")
        + field('HYPERLINK "https://example.com"')
        + field('HYPERLINK \\l "_c_x"')
    )
    assert open_package(docx(quiet), "x.docx").findings == ()
    (warning,) = open_package(docx(field("MERGEFIELD 甲方")), "x.docx").findings
    assert (warning.code, warning.severity, warning.args["field"]) == ("T033", Severity.WARNING, "MERGEFIELD")


def test_a_dtd_is_refused_in_any_part() -> None:
    dtd = b'<!DOCTYPE w [<!ENTITY a "aaaaaaaaaa">]><w>&a;</w>'
    assert codes(with_parts({"customXml/item1.xml": dtd})) == ["T024"]
    assert codes(with_parts({"[Content_Types].xml": dtd})) == ["T024"]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"<a><b></a>", "T025"),
        (b"<a>&nbsp;</a>", "T025"),
        (b"<x:a/>", "T025"),
        (b"<a>\x0b</a>", "T025"),
        (b"<a>" * 300 + b"</a>" * 300, "T025"),
        ("<a/>".encode("utf-16"), "T038"),
        ('<?xml version="1.0" encoding="UTF-16"?><a/>'.encode("utf-16"), "T038"),
        (b'<?xml version="1.0" encoding="GB2312"?><a/>', "T038"),
    ],
)
def test_every_part_is_strict_xml_in_utf8(content: bytes, code: str) -> None:
    assert codes(with_parts({"customXml/item1.xml": content})) == [code]


def test_unknown_parts_and_links_and_missing_targets_are_refused() -> None:
    strange = content_types({"word/document.xml": "document.main", "word/x.dat": "application/x-strange"})
    assert codes(with_parts({"[Content_Types].xml": strange, "word/x.dat": b"x"})) == ["T027"]
    assert codes(with_parts({"word/x.dat": b"x"})) == ["T027"]

    def linked(*link: str) -> list[str]:
        return codes(with_parts({"word/_rels/document.xml.rels": relationships((link[0], link[1]))}))

    assert linked("strangeThing", "document.xml") == ["T028"]
    assert linked("image", "media/none.png") == ["T029"]
    assert linked("image", "../../../etc/passwd") == ["T030"]


def test_a_part_of_two_types_is_refused() -> None:
    data = parts()
    types = data["[Content_Types].xml"].replace(
        b"</Types>", b'<Override PartName="/word/document.xml" ContentType="application/xml"/></Types>'
    )
    assert codes(write_package(data | {"[Content_Types].xml": types})) == ["T031"]


def test_the_strict_variant_of_the_format_is_told_as_such() -> None:
    main = ("http://purl.oclc.org/ooxml/officeDocument/relationships/officeDocument", "word/document.xml")
    assert codes(with_parts({"_rels/.rels": relationships(main)})) == ["T034"]


def test_everything_wrong_is_told_in_one_run_and_in_words_of_word() -> None:
    body = field("DDE x") + '<w:p><w:ins w:id="1"/></w:p>'
    data = write_package(parts(body, header=part("hdr", field(" TIME "))) | {"customXml/a.xml": b"<a>"})
    found = {item.code: item.place.spot for item in findings(data) if item.place}
    assert found == {"T020": "正文", "T021": "页眉", "T022": "正文", "T025": "customXml/a.xml"}


def test_tracked_changes_and_comments_may_be_allowed_for_reading() -> None:
    body = '<w:p><w:ins w:id="1"/><w:r><w:commentReference w:id="0"/></w:r></w:p>'
    assert open_package(docx(body), "x.docx", allow_revisions=True).parts


def test_extra_namespaces_of_wps_and_libreoffice_pass() -> None:
    body = (
        '<w:p xmlns:wpsCustomData="http://www.wps.cn/officeDocument/2013/wpsCustomData" '
        'xmlns:loext="http://schemas.libreoffice.org/"><wpsCustomData:x loext:y="1"/></w:p>'
    )
    assert open_package(docx(body), "x.docx").parts


def test_ordinary_files_open_fast() -> None:
    data = docx(
        "".join(paragraph(f"{index}. 甲方应当按照约定的日期足额还本付息{index * 7919}。") for index in range(2000))
    )
    start = time.process_time()
    open_package(data, "x.docx")
    assert time.process_time() - start < 1
