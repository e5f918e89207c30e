"""`docgen sign` and `docgen verify`: signatures on finished PDFs, a step after the build."""

from __future__ import annotations

import os
import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import click

from docgen.cli.console import EXIT_FAULTS, FORM, LANG, PATH, WrongUseError, console
from docgen.cli.files import exists, read_file, write_new, write_over
from docgen.cli.tables import table
from docgen.diagnostics import Diagnostic, Place, Severity
from docgen.manifest import FILE_NAME, Manifest, sha256

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from docgen.export.signatures import Signature, SignatureField

_SIGNED = "-已签署"
_PASSPHRASE = "DOCGEN_PASSPHRASE"  # noqa: S105 — the name of a variable, no secret


@click.command("sign")
@click.argument("pdf", type=PATH)
@click.option("--cert", type=PATH, metavar="FILE", help="Key and certificate as PKCS #12 (.p12, .pfx).")
@click.option("--field", metavar="NAME", help="The signature field.  [default: the only one that is free]")
@click.option("--passphrase-file", type=PATH, metavar="FILE", help="The certificate's passphrase, in the first line.")
@click.option("--seal", type=PATH, metavar="IMAGE", help="An image drawn in the field (PNG, JPEG).")
@click.option("--out", type=PATH, metavar="FILE", help="The signed file.  [default: NAME-已签署.pdf beside the PDF]")
@click.option("--list", "listing", is_flag=True, help="Show the signature fields and stop.")
@FORM
@LANG
@click.pass_context
def sign_command(ctx: click.Context, /, pdf: Path, **options: Any) -> None:  # noqa: ANN401 — click's options
    """Sign one signature field of PDF with a certificate (PAdES).

    The passphrase comes from --passphrase-file, from the variable DOCGEN_PASSPHRASE, or is asked for. A file called
    NAME-已签署.pdf is signed further in place: a signature only appends to it.

    \b
    Example:
      docgen sign 合同.pdf --list
      docgen sign 合同.pdf --field sign-1 --cert 公司证书.p12
    """
    from docgen.export.signatures import Credentials, read_fields, sign_field  # noqa: PLC0415 — only here

    data, talk = read_file(pdf), console(ctx)
    fields = read_fields(data, str(pdf))
    if options["listing"]:
        click.echo(_fields_table(fields, talk.lang), nl=False)
        return
    name = options["field"] or _only_free(fields, pdf)
    if options["cert"] is None:
        raise WrongUseError([Diagnostic("U160", Severity.ERROR, args={"option": "--cert"})])
    seal = read_file(options["seal"]) if options["seal"] else None
    out = options["out"] or _signed_name(pdf)
    if out != pdf and os.path.lexists(out):
        raise exists(out)  # before anybody types a passphrase
    credentials = Credentials(read_file(options["cert"]), _passphrase(options["passphrase_file"]), str(options["cert"]))
    signed = sign_field(data, str(pdf), name, credentials, datetime.now(UTC), seal=seal)
    (write_over if out == pdf else write_new)(out, signed)
    talk.say(f"签名域 {name} 已签署：{out}", f"signed {name}: {out}")


def _fields_table(fields: Sequence[SignatureField], lang: str) -> str:
    """One line for each field."""
    words = {True: ("已签署", "signed"), False: ("未签署", "free")}
    if not fields:
        return "没有签名域\n" if lang == "zh" else "no signature fields\n"
    return table([[field.name, words[field.signed][lang != "zh"], field.label] for field in fields])


def _only_free(fields: Sequence[SignatureField], pdf: Path) -> str:
    """The one field that isn't signed; with several, nobody but the user knows which one is meant."""
    free = [field.name for field in fields if not field.signed]
    if len(free) != 1:
        args = {"field": "", "free": "、".join(free) or "—"}
        raise WrongUseError([Diagnostic("U161", Severity.ERROR, Place(str(pdf)), args)])
    return free[0]


def _signed_name(pdf: Path) -> Path:
    """Where the signed file goes."""
    return pdf if pdf.stem.endswith(_SIGNED) else pdf.with_name(f"{pdf.stem}{_SIGNED}.pdf")


def _passphrase(file: Path | None) -> bytes:
    """The certificate's passphrase; asked for only where somebody sits."""
    if file is not None:
        lines = read_file(file).splitlines()
        return lines[0] if lines else b""
    if _PASSPHRASE in os.environ:
        return os.environ[_PASSPHRASE].encode()
    if not sys.stdin.isatty():
        raise WrongUseError([Diagnostic("U160", Severity.ERROR, args={"option": "--passphrase-file"})])
    return str(click.prompt("口令 / passphrase", hide_input=True, err=True)).encode()


@click.command("verify")
@click.argument("pdf", type=PATH)
@click.option(
    "--trust", type=PATH, multiple=True, metavar="FILE", help="A root certificate (PEM, DER); may be repeated."
)
@click.option(
    "--manifest", type=PATH, metavar="FILE", help="The set's manifest.  [default: manifest.json beside the PDF]"
)
@FORM
@LANG
@click.pass_context
def verify_command(ctx: click.Context, /, pdf: Path, **options: Any) -> None:  # noqa: ANN401 — click's options
    """Say what the signatures of PDF are worth, and whether what was signed is a paper of the set.

    Exit code 1 when a signature doesn't hold, or there is none. Nothing is asked for over a network.

    \b
    Example:
      docgen verify 合同-已签署.pdf --trust 根证书.pem
    """
    from docgen.export.signatures import revisions, verify  # noqa: PLC0415 — only here

    data, talk = read_file(pdf), console(ctx)
    roots = [(read_file(path), str(path)) for path in options["trust"]]
    signatures = verify(data, str(pdf), roots)
    if talk.form != "json" and signatures:
        click.echo(_signatures_table(signatures, talk.lang), nl=False)
    found = [one for signature in signatures for one in _findings(signature, str(pdf))]
    if not signatures:
        found.append(Diagnostic("X130", Severity.ERROR, Place(str(pdf))))
    found += _origin(
        ctx, [sha256(part) for part in revisions(data)], options["manifest"] or pdf.parent / FILE_NAME, pdf
    )
    talk.show(found)
    if any(one.severity is Severity.ERROR for one in found):
        ctx.exit(EXIT_FAULTS)


def _signatures_table(signatures: Sequence[Signature], lang: str) -> str:
    """One line for each signature."""
    words = {True: ("有效", "holds"), False: ("无效", "doesn't hold")}
    return table(
        [
            [one.field, words[one.holds][lang != "zh"], f"{one.at:%Y-%m-%d %H:%M}" if one.at else "", one.signer]
            for one in signatures
        ]
    )


def _findings(one: Signature, display: str) -> list[Diagnostic]:
    """What speaks against a signature."""
    place, args = Place(display), {"field": one.field, "signer": one.signer}
    if not one.intact:
        return [Diagnostic("X127", Severity.ERROR, place, args)]
    found = [] if one.covers_all else [Diagnostic("X128", Severity.ERROR, place, args)]
    if one.trusted is None:
        found.append(Diagnostic("X129", Severity.WARNING, place, args))
    elif not one.trusted:
        found.append(Diagnostic("X129", Severity.ERROR, place, args, notes=("refused",)))
    return found


def _origin(ctx: click.Context, hashes: Sequence[str], manifest: Path, pdf: Path) -> list[Diagnostic]:
    """Whether one of the file's revisions is a file of the manifest; nothing is said where there is no manifest."""
    if not manifest.is_file():
        return []
    listed = {
        output.sha256: output.name for output in Manifest.from_json(manifest.read_text("utf-8"), str(manifest)).outputs
    }
    names = [listed[digest] for digest in hashes if digest in listed]
    if not names:
        return [Diagnostic("X131", Severity.ERROR, Place(str(pdf)), {"manifest": str(manifest)})]
    console(ctx).say(f"签署的是清单所列文件：{names[0]}", f"what was signed is listed in the manifest: {names[0]}")
    return []
