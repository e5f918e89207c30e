"""Bad templates beside a deal, in the place of bundled ones: refused in words, with nothing written."""

from __future__ import annotations

import io
import shutil
import warnings
import zipfile
from typing import TYPE_CHECKING

import docx
import pytest

from docgen import resources
from tests.bad_input.run import SAMPLE, SET, refused, run

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

KIND = "patent_transfer_contract"
BUNDLED = resources.templates() / KIND
OLE2 = bytes.fromhex("d0cf11e0a1b11ae1")
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MACRO = "http://schemas.microsoft.com/office/2006/relationships/vbaProject"
PLACE = "{{ 项目.签订地点 }}"


def parts() -> dict[str, bytes]:
    """The parts of the bundled template."""
    with zipfile.ZipFile(BUNDLED / "template.docx") as file:
        return {name: file.read(name) for name in file.namelist()}


def packed(content: dict[str, bytes], *again: str) -> bytes:
    """A ZIP file of these parts; some a second time."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as file, warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # zipfile's about double names
        for name in (*content, *again):
            file.writestr(name, content[name])
    return target.getvalue()


def rewritten(old: str, new: str, part: str = "word/document.xml") -> bytes:
    """The bundled template with one text of a part changed."""
    content = parts()
    text = content[part].decode()
    assert old in text
    return packed({**content, part: text.replace(old, new, 1).encode()})


def linked(kind: str, target: str, content_type: str = "") -> bytes:
    """The bundled template with one more relationship: to a part of this type, or to somewhere outside."""
    content = parts()
    mode = "" if content_type else ' TargetMode="External"'
    link = f'<Relationship Id="rIdX" Type="{kind}" Target="{target}"{mode}/></Relationships>'
    rels = "word/_rels/document.xml.rels"
    content[rels] = content[rels].replace(b"</Relationships>", link.encode())
    if content_type:
        types = f'<Override PartName="/word/{target}" ContentType="{content_type}"/></Types>'
        content["[Content_Types].xml"] = content["[Content_Types].xml"].replace(b"</Types>", types.encode())
        content[f"word/{target}"] = OLE2 + b"x" * 100
    return packed(content)


def bomb() -> bytes:
    """600 MB of spaces in a small file."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in parts().items():
            if name != "word/document.xml":
                file.writestr(name, data)
        with file.open("word/document.xml", "w") as part:
            for _ in range(600):
                part.write(b" " * 1_000_000)
    return target.getvalue()


def placed(folder: Path, template: bytes, below: str = "templates") -> Path:
    """The folder with the sample deal and a template that hides the bundled one."""
    (folder / "deal.yaml").write_text(SAMPLE, encoding="utf-8")
    kind = folder / below / KIND
    kind.mkdir(parents=True)
    shutil.copyfile(BUNDLED / "template.yaml", kind / "template.yaml")
    (kind / "template.docx").write_bytes(template)
    return folder


BAD: dict[str, tuple[Callable[[], bytes], str]] = {
    "empty": (lambda: b"", "T001"),
    "text": ("借款合同".encode, "T005"),
    "encrypted": (lambda: OLE2 + b"\0" * 500 + "EncryptedPackage".encode("utf-16-le"), "T003"),
    "old-format": (lambda: OLE2 + b"\0" * 500 + "WordDocument".encode("utf-16-le"), "T004"),
    "cut-off": (lambda: (BUNDLED / "template.docx").read_bytes()[:5_000], "T006"),
    "bomb": (bomb, "T007"),
    "double-part": (lambda: packed(parts(), "word/document.xml"), "T009"),
    "macros": (lambda: linked(MACRO, "vbaProject.bin", "application/vnd.ms-office.vbaProject"), "T013"),
    "embedded-object": (
        lambda: linked(
            f"{OFFICE}/oleObject", "embeddings/a.bin", "application/vnd.openxmlformats-officedocument.oleObject"
        ),
        "T014",
    ),
    "outside-template": (lambda: linked(f"{OFFICE}/attachedTemplate", "http://example.com/x.dotm"), "T017"),
    "outside-image": (lambda: linked(f"{OFFICE}/image", "file:///etc/passwd"), "T018"),
    "dtd": (lambda: rewritten("?>", '?><!DOCTYPE w [<!ENTITY a "b">]>'), "T024"),
    "broken-xml": (lambda: rewritten("</w:body>", "</w:bdy>"), "T025"),
    "misspelt-name": (lambda: rewritten(PLACE, "{{ 项目.签定地点 }}"), "T103"),
    "unclosed-tag": (lambda: rewritten(PLACE, "{{ 项目.签订地点"), "T146"),
    "full-width-braces": (lambda: rewritten(PLACE, "｛｛ 项目.签订地点 ｝｝"), "T145"),
    "full-width-percent": (lambda: rewritten(PLACE, "{％ if x ％}"), "T145"),
    "call": (lambda: rewritten(PLACE, "{{ 项目.签订地点.upper() }}"), "T120"),
    "private-name": (lambda: rewritten(PLACE, "{{ 项目.__class__ }}"), "T103"),
    "arithmetic": (lambda: rewritten(PLACE, "{{ 7*7 }}"), "T122"),
    "no-endif": (lambda: rewritten("{%p endif %}", "x"), "T153"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_template_is_one_finding_that_names_it_with_a_remedy(tmp_path: Path, name: str) -> None:
    make, code = BAD[name]
    ended = refused(placed(tmp_path, make()), "build", "deal.yaml")
    (found,) = ended.errors()
    assert (ended.code, found["code"]) == (1, code)
    assert found["place"]["source"].endswith(f"{KIND}/template.docx")
    assert found["message"]
    assert found["help"] or found["notes"] or code == "T120"  # a call has nothing in its place


def slips() -> bytes:
    """A template with a misspelt name in every kind of place."""
    document = docx.Document()
    section = document.sections[0]
    section.header.paragraphs[0].text = "{{ 本转让.合同编好 }}"
    section.footer.paragraphs[0].text = "{{ 项目.签定地点 }}"
    for text in (
        "{{ 本转让.合同名陈 }}",
        "{% if 本转让.含睡 %}含税{% endif %}",
        "{%p for 某方 in 本转让.转让放 %}",
        "{{ loop.index }}",
        "{%p endfor %}",
        "{{ 本转让.转让价款|大些 }}",
    ):
        document.add_paragraph(text)
    document.add_table(1, 1).cell(0, 0).text = "{{ 本转让.交付期线 }}"
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


@pytest.mark.parametrize("below", ["templates", "ours"])
def test_seven_misspelt_names_are_seven_findings_in_one_run_and_nothing_is_written(tmp_path: Path, below: str) -> None:
    placed(tmp_path, slips(), below)
    option = ["--templates", below] if below != "templates" else []
    found = refused(tmp_path, "build", "deal.yaml", *option).errors()
    said = {one["message"]: " ".join([*one["notes"], one["help"]]) for one in found}
    assert len(found) == 7
    for wrong, right in (
        ("合同编好", "合同编号"),
        ("签定地点", "签订地点"),
        ("合同名陈", "合同名称"),
        ("含睡", "含税"),
        ("转让放", "转让方"),
        ("大些", "大写"),
        ("交付期线", "交付期限"),
    ):
        (nearest,) = (near for message, near in said.items() if wrong in message)
        assert right in nearest
    spots = " ".join(one["place"]["spot"] for one in found)
    assert all(part in spots for part in ("正文", "页眉", "页脚", "表"))


def test_a_template_in_the_place_of_a_bundled_one_is_announced(tmp_path: Path) -> None:
    ended = run(placed(tmp_path, (BUNDLED / "template.docx").read_bytes()), "build", "deal.yaml")
    assert ended.code == 0
    assert "T204" in ended.err
    assert f"templates/{KIND}" in ended.err
    assert (tmp_path / SET / "manifest.json").is_file()


@pytest.mark.parametrize(
    ("sheet", "codes"),
    [
        (b"", ["Y001"]),
        ("id：x\n".encode(), ["Y012"]),
        ("id: 专利\n".encode("gbk"), ["U006"]),
        (b"[" * 200_000, ["Y009"]),
    ],
    ids=["empty", "full-width-colon", "gbk", "brackets"],
)
def test_a_bad_sheet_is_one_finding(tmp_path: Path, sheet: bytes, codes: list[str]) -> None:
    placed(tmp_path, b"PK")
    (tmp_path / "templates" / KIND / "template.yaml").write_bytes(sheet)
    found = refused(tmp_path, "build", "deal.yaml").errors()
    assert [one["code"] for one in found] == codes
    assert found[0]["place"]["source"].endswith("template.yaml")
