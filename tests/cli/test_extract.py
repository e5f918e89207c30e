"""`docgen build --pdf` attaches the deal file, and `docgen extract` gives it back and compares it with the manifest."""

from __future__ import annotations

import io
import json
import re
import shutil
from hashlib import md5, sha256
from typing import TYPE_CHECKING

import pikepdf
import pytest

from docgen.export.pdf.render import load_renderer
from tests.cli.process import DEAL, PAPER, Ended, docgen

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory, without: Callable[[str], None]) -> Path:
    """A folder with the deal in another encoding than UTF-8, and its set as a draft, of one paper."""
    from docgen.diagnostics import SetupError  # noqa: PLC0415 — only where PDFs can't be made

    try:
        load_renderer()
    except SetupError as lack:
        without(f"PDF export can't run here: {lack}")
    folder = tmp_path_factory.mktemp("extract")
    (folder / "交易.yaml").write_bytes(DEAL.read_text("utf-8").encode("gb18030"))
    built = build(folder, "set")
    assert built.code == 0, built.said
    assert "deal.yaml" in built.out
    return folder


COMMAND = ("build", "交易.yaml", "--encoding", "gb18030", "--stage", "draft", "--only", PAPER, "--pdf")


def build(folder: Path, out: str, *more: str) -> Ended:
    return docgen(*COMMAND, "--out", out, *more, cwd=folder, XDG_CACHE_HOME=str(folder / "cache"))


@pytest.fixture
def copy(home: Path, tmp_path: Path) -> Path:
    """The set, to be spoilt."""
    return shutil.copytree(home / "set", tmp_path / "set")


def paper(folder: Path) -> Path:
    return next(one for one in folder.glob("*.pdf") if "借款" in one.name)


def manifest(folder: Path) -> dict[str, dict[str, object]]:
    """What the manifest says of each PDF."""
    outputs = json.loads((folder / "manifest.json").read_text("utf-8"))["outputs"]
    return {one["name"]: one["pdf"] for one in outputs if "pdf" in one}


def codes(ended: Ended) -> list[str]:
    return re.findall(r"\[([UX]\d{3})\]", ended.err)


def test_the_deal_comes_back_byte_for_byte_and_is_that_of_the_manifest(home: Path, tmp_path: Path) -> None:
    out = tmp_path / "deal.yaml"
    for said in ("已写入", "没有改动"):
        ended = docgen("extract", paper(home / "set"), "--out", out)
        assert (ended.code, ended.err) == (0, "")
        assert said in ended.out
        assert "manifest.json 一致" in ended.out
        assert out.read_bytes() == (home / "交易.yaml").read_bytes()


def test_the_manifest_tells_form_pages_fonts_and_deal_of_each_pdf(home: Path) -> None:
    ((name, told),) = manifest(home / "set").items()
    with pikepdf.open(home / "set" / name) as made:
        assert (told["form"], told["pages"]) == ("PDF/A-3a", len(made.pages))
    assert told["deal"] == sha256((home / "交易.yaml").read_bytes()).hexdigest()
    assert isinstance(told["fonts"], dict)
    assert isinstance(told["not_drawn"], dict)


def test_a_draft_is_marked_on_every_page_and_a_copy_without_the_deal_is_drawn_once(home: Path, copy: Path) -> None:
    with pikepdf.open(paper(copy)) as draft:
        assert all("/draft" in page.obj.Resources.XObject for page in draft.pages)
    before = paper(copy).read_bytes()
    shutil.rmtree(home / "again", ignore_errors=True)
    shutil.copytree(copy, home / "again")
    ended = build(home, "again", "--no-attachment")
    assert ended.code == 0
    assert "deal.yaml" not in ended.out
    after = paper(home / "again").read_bytes()
    assert before.startswith(after)
    assert len(after) < len(before)
    assert manifest(home / "again")[paper(copy).name]["deal"] is None
    assert codes(docgen("extract", paper(home / "again"), "--out", home / "x.yaml")) == ["X093"]
    assert not (home / "x.yaml").exists()


def test_what_is_there_is_replaced_by_force_only(home: Path, tmp_path: Path) -> None:
    out = tmp_path / "deal.yaml"
    out.write_text("mine")
    ended = docgen("extract", paper(home / "set"), "--out", out)
    assert (ended.code, codes(ended)) == (2, ["U156"])
    assert out.read_text() == "mine"
    assert docgen("extract", paper(home / "set"), "--out", out, "--force").code == 0
    assert out.read_bytes() == (home / "交易.yaml").read_bytes()
    assert [one.name for one in tmp_path.iterdir()] == ["deal.yaml"]


def test_a_finished_folder_is_not_written_into(home: Path) -> None:
    ended = docgen("extract", paper(home / "set"), cwd=home / "set")
    assert (ended.code, codes(ended)) == (2, ["U157"])
    assert not (home / "set" / "deal.yaml").exists()


def add_to(pdf: bytes) -> bytes:
    return pdf + b"\n% signed\n"


def save_anew(pdf: bytes) -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        opened.save(out)
    return out.getvalue()


CHECKSUM = md5(b"a: 1", usedforsecurity=False).digest()


def change_deal(pdf: bytes) -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        del opened.Root.AF
        opened.attachments["deal.yaml"] = b"a: 1"
        spec = opened.attachments["deal.yaml"].obj
        spec.AFRelationship, spec.EF.F.Params.CheckSum = pikepdf.Name.Source, pikepdf.String(CHECKSUM)
        opened.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("change", "code", "told"),
    [(add_to, 0, ["U154"]), (save_anew, 1, ["U153"]), (change_deal, 1, ["U153", "U155"])],
)
def test_a_pdf_that_is_not_as_it_was_built_is_told(
    change: Callable[[bytes], bytes], code: int, told: list[str], copy: Path, tmp_path: Path
) -> None:
    file = paper(copy)
    file.write_bytes(change(file.read_bytes()))
    ended = docgen("extract", file, "--out", tmp_path / "deal.yaml", "--output-format", "full")
    assert (ended.code, codes(ended)) == (code, told)
    assert (tmp_path / "deal.yaml").exists()


def test_a_file_without_its_manifest_is_taken_as_it_is(copy: Path, tmp_path: Path) -> None:
    file, out = paper(copy), tmp_path / "deal.yaml"
    file.rename(copy / "another name.pdf")
    assert docgen("extract", copy / "another name.pdf", "--out", out).err == ""
    (copy / "strange.pdf").write_bytes(save_anew((copy / "another name.pdf").read_bytes()))
    ended = docgen("extract", copy / "strange.pdf", "--out", out)
    assert (ended.code, codes(ended)) == (1, ["U152"])
    (copy / "manifest.json").write_text("{}")
    ended = docgen("extract", copy / "another name.pdf", "--out", out)
    assert (ended.code, codes(ended)) == (1, ["U151"])
    (copy / "manifest.json").unlink()
    ended = docgen("extract", copy / "another name.pdf", "--out", out)
    assert (ended.code, codes(ended)) == (0, ["U150"])


@pytest.mark.parametrize(("name", "code"), [("no.pdf", "U001"), ("set", "U002"), ("交易.yaml", "X090")])
def test_what_is_no_pdf_is_named(name: str, code: str, home: Path, tmp_path: Path) -> None:
    ended = docgen("extract", home / name, "--out", tmp_path / "deal.yaml")
    assert (ended.code, codes(ended)) == (1, [code])
    assert list(tmp_path.iterdir()) == []
