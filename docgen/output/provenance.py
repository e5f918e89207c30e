"""Whether a PDF and the deal file taken out of it are those that the manifest beside the PDF tells of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docgen.diagnostics.model import Diagnostic, Place, Severity
from docgen.manifest import FILE_NAME, sha256
from docgen.output.contents import read_manifest

if TYPE_CHECKING:
    from pathlib import Path

    from docgen.manifest import Manifest, OutputFile

_BOM = b"\xef\xbb\xbf"


def compare(file: Path, pdf: bytes, deal: bytes) -> list[Diagnostic]:
    """What isn't as the manifest beside `file` says; nothing when all is. Notes and warnings are no contradiction."""
    if not (file.parent / FILE_NAME).exists():
        return [_finding("U150", file, Severity.NOTE)]
    manifest = read_manifest(file.parent)
    if manifest is None:
        return [_finding("U151", file)]
    found: list[Diagnostic] = []
    output = _output(manifest, file.name, pdf)
    if output is None:
        found.append(_finding("U152", file))
    elif sha256(pdf[: output.size]) != output.sha256:
        found.append(_finding("U153", file))
    elif len(pdf) > output.size:
        found.append(_finding("U154", file, Severity.WARNING, bytes=str(len(pdf) - output.size)))
    if not _is_deal(manifest, output, deal):
        found.append(_finding("U155", file, deal=manifest.deal))
    return found


def _output(manifest: Manifest, name: str, pdf: bytes) -> OutputFile | None:
    """The manifest's entry for the file, which may have been given another name."""
    digest = sha256(pdf)
    same = [one for one in manifest.outputs if one.sha256 == digest]
    named = [one for one in manifest.outputs if one.name == name]
    return next(iter([*same, *named]), None)


def _is_deal(manifest: Manifest, output: OutputFile | None, deal: bytes) -> bool:
    """Whether the set was made from this deal file; one in another encoding is known by its paper's entry."""
    attached = {one.pdf.deal_sha256 for one in ([output] if output else manifest.outputs) if one.pdf is not None}
    return sha256(deal) in attached or sha256(deal.removeprefix(_BOM)) == manifest.deal_sha256


def _finding(code: str, file: Path, severity: Severity = Severity.ERROR, **args: str) -> Diagnostic:
    return Diagnostic(code, severity, Place(str(file)), {"file": file.name, **args})
