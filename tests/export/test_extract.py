"""The deal file comes back out of a PDF byte for byte, or a finding says why not."""

from __future__ import annotations

import io
import zlib
from datetime import date
from hashlib import md5
from typing import TYPE_CHECKING, Any

import pikepdf
import pytest

from docgen.diagnostics import ExportError
from docgen.export import attach
from docgen.export.pdf.extract import MAX_DEAL, extract
from tests.export.build import para

if TYPE_CHECKING:
    from collections.abc import Callable

    from docgen.export import Pdf

DAY = date(2026, 1, 29)
DEAL = "交易:\r\n  编号: 甲-1 # 末行没有换行".encode("gb18030")


@pytest.fixture(scope="module")
def plain(pdf_of: Callable[..., Pdf]) -> bytes:
    return pdf_of(para("甲")).data


def code_of(data: bytes) -> tuple[str, dict[str, str]]:
    with pytest.raises(ExportError) as stopped:
        extract(data, "x.pdf")
    (one,) = stopped.value.diagnostics
    return one.code, dict(one.args)


def changed(data: bytes, change: Callable[[pikepdf.Pdf], None], **options: Any) -> bytes:  # noqa: ANN401 — pikepdf's
    """The PDF after another program saved it."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        change(pdf)
        pdf.save(out, **options)
    return out.getvalue()


def as_it_was(pdf: pikepdf.Pdf) -> None:
    assert len(pdf.pages) == 1


def add_source(pdf: pikepdf.Pdf, name: str, content: bytes) -> None:
    stream = pdf.make_stream(content, Type=pikepdf.Name.EmbeddedFile)
    stream.Params = pikepdf.Dictionary(CheckSum=pikepdf.String(md5(content, usedforsecurity=False).digest()))
    spec = pikepdf.Dictionary(
        Type=pikepdf.Name.Filespec, F=name, UF=name, AFRelationship=pikepdf.Name.Source, EF=pikepdf.Dictionary(F=stream)
    )
    pdf.Root.AF = pikepdf.Array([pdf.make_indirect(spec)])


@pytest.mark.parametrize("deal", [DEAL, b"", bytes(range(256)), b"a: 1\n" * 100_000])
def test_what_went_in_comes_out(deal: bytes, plain: bytes) -> None:
    assert extract(attach(plain, deal, DAY), "x.pdf") == deal


def test_a_copy_saved_by_another_program_still_gives_it_back(plain: bytes) -> None:
    assert extract(changed(attach(plain, DEAL, DAY), as_it_was), "x.pdf") == DEAL


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"<html>%PDX", b"\0" * 5000])
def test_what_is_no_pdf_is_said_to_be_none(data: bytes) -> None:
    assert code_of(data) == ("X090", {"file": "x.pdf"})


def test_a_locked_pdf_is_refused_whether_or_not_it_opens(plain: bytes) -> None:
    with_deal = attach(plain, DEAL, DAY)
    for user in ("geheim", ""):
        locked = changed(with_deal, as_it_was, encryption=pikepdf.Encryption(owner="x", user=user))
        assert code_of(locked)[0] == "X091"


def test_half_a_pdf_is_damaged_or_has_no_deal(plain: bytes) -> None:
    whole = attach(plain, DEAL, DAY)
    assert code_of(whole[: len(whole) // 2])[0] in {"X092", "X093"}
    assert code_of(b"%PDF-1.7\n")[0] == "X092"


def test_a_pdf_without_a_deal_says_so(plain: bytes) -> None:
    assert code_of(plain)[0] == "X093"

    def other(pdf: pikepdf.Pdf) -> None:
        pdf.attachments["deal.yaml"] = b"a: 1"

    assert code_of(changed(plain, other))[0] == "X093"


def test_a_second_source_is_refused(plain: bytes) -> None:
    def second(pdf: pikepdf.Pdf) -> None:
        pdf.attachments["b"] = b"a: 2"
        pdf.attachments["b"].obj.AFRelationship = pikepdf.Name.Source

    assert code_of(changed(attach(plain, DEAL, DAY), second)) == ("X094", {"file": "x.pdf", "count": "2"})

    def twice(pdf: pikepdf.Pdf) -> None:
        add_source(pdf, "deal.yaml", b"a: 1")
        entries = {key: pdf.Root.AF[0][key] for key in pdf.Root.AF[0].keys()}  # noqa: SIM118 — a PDF object
        pdf.Root.AF = pikepdf.Array([pikepdf.Dictionary(entries), pikepdf.Dictionary(entries)])

    assert code_of(changed(plain, twice)) == ("X094", {"file": "x.pdf", "count": "2"})


@pytest.mark.parametrize(
    "name", ["../../etc/passwd", "deal.yaml/../x", "C:\\deal.yaml", "DEAL.YAML", "deal.yaml\u202e"]
)
def test_a_name_that_docgen_never_writes_is_refused(name: str, plain: bytes) -> None:
    forged = changed(plain, lambda pdf: add_source(pdf, name, b"a: 1"))
    assert code_of(forged) == ("X095", {"file": "x.pdf", "name": name})


def test_a_file_that_unpacks_to_too_much_is_never_unpacked_whole(plain: bytes) -> None:
    bomb = zlib.compress(b"\0" * 50_000_000, 9)
    assert len(bomb) < 100_000

    def pack(pdf: pikepdf.Pdf) -> None:
        add_source(pdf, "deal.yaml", b"")
        pdf.Root.AF[0].EF.F.write(bomb, filter=pikepdf.Name.FlateDecode)

    assert code_of(changed(plain, pack)) == ("X096", {"file": "x.pdf", "limit": f"{MAX_DEAL / 1e6:.0f}"})


@pytest.mark.parametrize("kind", ["/LZWDecode", "/JBIG2Decode", None])
def test_a_file_packed_in_a_way_docgen_never_packs_is_refused(kind: str | None, plain: bytes) -> None:
    def pack(pdf: pikepdf.Pdf) -> None:
        add_source(pdf, "deal.yaml", b"a: 1")
        if kind:
            pdf.Root.AF[0].EF.F.write(b"a: 1", filter=pikepdf.Name(kind))

    assert code_of(changed(plain, pack, compress_streams=False))[0] == "X092"


def test_another_content_than_the_checksum_says_is_damaged(plain: bytes) -> None:
    whole = attach(plain, DEAL, DAY)
    packed = zlib.compress(DEAL, 9)
    at = whole.index(packed)
    other = zlib.compress(DEAL.replace(b"-1", b"-2"), 9).ljust(len(packed), b"\0")[: len(packed)]
    assert code_of(whole[:at] + other + whole[at + len(packed) :])[0] == "X092"


@pytest.mark.parametrize(
    "break_it",
    [
        lambda pdf: pdf.Root.AF.__setitem__(0, pikepdf.Dictionary(AFRelationship=pikepdf.Name.Source, UF="deal.yaml")),
        lambda pdf: setattr(pdf.Root, "AF", pikepdf.Array([1, 2])),
        lambda pdf: setattr(pdf.Root, "AF", pikepdf.Name.Nothing),
        lambda pdf: setattr(pdf.Root.AF[0], "EF", pikepdf.Array([])),
        lambda pdf: setattr(pdf.Root.AF[0].EF.F, "Params", pikepdf.Dictionary()),
    ],
)
def test_entries_of_another_kind_than_they_should_be_are_damage(
    break_it: Callable[[pikepdf.Pdf], None], plain: bytes
) -> None:
    code, _ = code_of(changed(attach(plain, DEAL, DAY), break_it))
    assert code in {"X092", "X094"}
