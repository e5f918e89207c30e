"""Signature fields stand where the papers are signed; a signature holds, and shows what was done to it."""

from __future__ import annotations

import io
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pikepdf
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import pkcs12
from PIL import Image

from docgen.diagnostics import DocgenError, ExportError
from docgen.export import PdfOptions, to_pdf
from docgen.export.signatures import Credentials, read_fields, revisions, sign_field, verify
from tests.export.build import docx, para, run, table
from tests.export.build import row as tr
from tests.export.pages import sign as drawn

if TYPE_CHECKING:
    from collections.abc import Callable

    from docgen.export import Pdf

NOW = datetime.now(UTC)
# Word chooses the identifier, the name is ours.
STYLES = '<w:style w:type="character" w:customStyle="1" w:styleId="ab"><w:name w:val="签署处"/></w:style>'
LABEL = '<w:rStyle w:val="ab"/>'
BODY = (
    para("本合同一式两份。"),
    table(
        [4500, 4500],
        tr(para(runs=run("出质人（公章）：", LABEL)), para(runs=run("授权代理人（签字）：", LABEL))),
        tr("甲公司", "日期："),
        lines=False,
    ),
)


@pytest.fixture(scope="session")
def key() -> ec.EllipticCurvePrivateKey:
    return ec.generate_private_key(ec.SECP256R1())


@pytest.fixture(scope="session")
def paper(pdf_of: Callable[..., Pdf]) -> bytes:
    return pdf_of(*BODY, styles=STYLES).data


def certificate(key: ec.EllipticCurvePrivateKey, days: tuple[int, int] = (-1, 9)) -> x509.Certificate:
    """A certificate that vouches for itself."""
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "示例公司")])
    usage = x509.KeyUsage(
        digital_signature=True, content_commitment=True, key_encipherment=False, data_encipherment=False,
        key_agreement=False, key_cert_sign=True, crl_sign=False, encipher_only=False, decipher_only=False,
    )  # fmt: skip
    begin, end = (NOW + timedelta(days=count) for count in days)
    builder = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    builder = builder.serial_number(7).not_valid_before(begin).not_valid_after(end)
    builder = builder.add_extension(usage, critical=True)
    return builder.add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True).sign(
        key, hashes.SHA256()
    )


def credentials(key: ec.EllipticCurvePrivateKey, **changes: tuple[int, int]) -> Credentials:
    lock = serialization.BestAvailableEncryption(b"pass")
    data = pkcs12.serialize_key_and_certificates(b"x", key, certificate(key, **changes), None, lock)
    return Credentials(data, b"pass", "key.p12")


def codes(error: pytest.ExceptionInfo[DocgenError]) -> list[str]:
    return [one.code for one in error.value.diagnostics]


def test_each_label_has_an_empty_field_beside_it(paper: bytes) -> None:
    fields = read_fields(paper, "p.pdf")
    assert [(one.name, one.label, one.signed) for one in fields] == [
        ("sign-1", "出质人（公章）：甲公司", False),
        ("sign-2", "授权代理人（签字）", False),
    ]
    with pikepdf.open(io.BytesIO(paper)) as pdf:
        height = float(pdf.pages[0].mediabox[3])
        seal, signature = ([float(side) for side in field.Rect] for field in pdf.Root.AcroForm.Fields)
        assert all(int(field.F) & 4 and "/N" in field.AP for field in pdf.Root.AcroForm.Fields)
    label, agent = drawn(paper, "出"), drawn(paper, "授")
    assert label.x < seal[0] < seal[2] < agent.x  # each stays in its own cell
    assert height - seal[3] <= label.y + 1  # a seal's room may not cover what it is a label of
    assert signature[0] > agent.x + 60
    assert signature[1] - 1 <= height - agent.y < signature[3]  # the signature stands on the line of its label


def test_no_field_of_a_bundled_paper_lies_on_another_or_outside_the_text(pdf_of: Callable[..., Pdf]) -> None:
    del pdf_of  # only the machine's fitness is asked for
    rows = "".join(
        tr(
            para(runs=run("质权人（公章或者合同专用章）：", LABEL)) + para("砚都银行股份有限公司"),
            para(runs=run("法定代表人或者授权代理人（签字）：", LABEL)) + para("日期：2026年1月29日"),
            properties='<w:trHeight w:val="1247" w:hRule="atLeast"/>',
        )
        for _ in range(3)
    )
    made = to_pdf(docx(table([4500, 4500], rows, lines=False), styles=STYLES), "p.docx").data
    with pikepdf.open(io.BytesIO(made)) as pdf:
        boxes = [[float(side) for side in one.Rect] for one in pdf.Root.AcroForm.Fields]
    assert len(boxes) == 6
    date = drawn(made, "日")
    assert all(71 <= box[0] < box[2] <= 596 - 71 and box[3] - box[1] >= 18 for box in boxes)
    for at, (left, bottom, right, top) in enumerate(boxes):
        assert all(left >= b[2] or right <= b[0] or bottom >= b[3] or top <= b[1] for b in boxes[:at])
    assert boxes[1][0] > date.x + 100  # the signature keeps clear of the date below its label


def test_fields_are_tagged_as_forms(paper: bytes) -> None:
    with pikepdf.open(io.BytesIO(paper)) as pdf:
        kids = list(pdf.Root.StructTreeRoot.K.K)
        forms = [kid for kid in kids if kid.S == "/Form"]
        assert [form.K.Obj.objgen for form in forms] == [field.objgen for field in pdf.Root.AcroForm.Fields]
        assert {int(field.StructParent) for field in pdf.Root.AcroForm.Fields} <= set(
            map(int, list(pdf.Root.StructTreeRoot.ParentTree.Nums)[::2])
        )


def test_a_draft_and_a_paper_without_labels_have_no_fields(pdf_of: Callable[..., Pdf]) -> None:
    draft = to_pdf(docx(*BODY, styles=STYLES), "p.docx", PdfOptions(draft=True))
    assert read_fields(draft.data, "p.pdf") == ()
    assert read_fields(pdf_of(para("出质人（公章）：")).data, "p.pdf") == ()


def test_two_parties_sign_one_after_the_other_and_both_signatures_hold(
    paper: bytes, key: ec.EllipticCurvePrivateKey
) -> None:
    seal = io.BytesIO()
    Image.new("RGBA", (60, 60), (200, 0, 0, 128)).save(seal, "PNG")
    once = sign_field(paper, "p.pdf", "sign-1", credentials(key), NOW, seal=seal.getvalue())
    twice = sign_field(once, "p.pdf", "sign-2", credentials(key), NOW)
    assert [one.signed for one in read_fields(twice, "p.pdf")] == [True, True]
    found = verify(twice, "p.pdf")
    assert [(one.field, one.holds, one.trusted) for one in found] == [("sign-1", True, None), ("sign-2", True, None)]
    root = certificate(key).public_bytes(serialization.Encoding.PEM)
    assert len(verify(twice, "p.pdf", [(root, "root.pem")])) == 2
    assert paper in revisions(twice)
    assert twice.startswith(paper)


def test_a_signature_is_trusted_only_under_its_own_root(paper: bytes, key: ec.EllipticCurvePrivateKey) -> None:
    own = credentials(key)
    signed = sign_field(paper, "p.pdf", "sign-1", own, NOW)
    _, cert, _ = pkcs12.load_key_and_certificates(own.data, own.passphrase)
    assert cert is not None
    (found,) = verify(signed, "p.pdf", [(cert.public_bytes(serialization.Encoding.DER), "root.cer")])
    assert (found.holds, found.trusted) == (True, True)
    stranger = certificate(ec.generate_private_key(ec.SECP256R1())).public_bytes(serialization.Encoding.PEM)
    (found,) = verify(signed, "p.pdf", [(stranger, "other.pem")])
    assert (found.holds, found.trusted) == (False, False)


def test_a_changed_byte_breaks_the_signature(paper: bytes, key: ec.EllipticCurvePrivateKey) -> None:
    signed = bytearray(sign_field(paper, "p.pdf", "sign-1", credentials(key), NOW))
    at = signed.index(b"/CreationDate")
    signed[at + 1 : at + 13] = b"CreationDatX"
    (found,) = verify(bytes(signed), "p.pdf")
    assert not found.intact
    assert not found.holds


def test_something_added_after_signing_is_seen(paper: bytes, key: ec.EllipticCurvePrivateKey) -> None:
    from pyhanko.pdf_utils.generic import pdf_name  # noqa: PLC0415 — only this test changes a signed file
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter  # noqa: PLC0415 — same

    signed = sign_field(paper, "p.pdf", "sign-1", credentials(key), NOW)
    writer = IncrementalPdfFileWriter(io.BytesIO(signed))
    page = writer.root["/Pages"]["/Kids"][0]
    page[pdf_name("/Rotate")] = page["/MediaBox"][3]
    writer.update_container(page)
    out = io.BytesIO()
    writer.write(out)  # type: ignore[no-untyped-call] # pyHanko types only part of itself
    (found,) = verify(out.getvalue(), "p.pdf")
    assert (found.intact, found.covers_all, found.holds) == (True, False, False)


def test_what_cannot_be_signed_is_refused(paper: bytes, key: ec.EllipticCurvePrivateKey) -> None:
    good = credentials(key)
    signed = sign_field(paper, "p.pdf", "sign-1", good, NOW)
    for data, field, who, seal, code in (
        (paper, "sign-9", good, None, "X122"),
        (signed, "sign-1", good, None, "X123"),
        (b"no pdf", "sign-1", good, None, "X124"),
        (paper, "sign-1", Credentials(good.data, b"wrong", "key.p12"), None, "X121"),
        (paper, "sign-1", Credentials(b"nonsense", b"", "key.p12"), None, "X121"),
        (paper, "sign-1", credentials(key, days=(-9, -1)), None, "X125"),
        (paper, "sign-1", good, b"no image", "X126"),
    ):
        with pytest.raises(DocgenError) as error:
            sign_field(data, "p.pdf", field, who, NOW, seal=seal)
        assert codes(error) == [code]


def test_an_encrypted_file_is_refused(paper: bytes) -> None:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(paper)) as pdf:
        pdf.save(out, encryption=pikepdf.Encryption(owner="a", user="b"))
    with pytest.raises(ExportError) as error:
        verify(out.getvalue(), "p.pdf")
    assert codes(error) == ["X124"]
