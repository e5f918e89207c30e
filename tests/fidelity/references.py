"""The PDFs that docgen's are compared with: LibreOffice's, kept by content, or those a person put into a folder."""

from __future__ import annotations

import hashlib
import subprocess
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from docgen.diagnostics import Diagnostic, SetupError
from docgen.export.libreoffice import OfficeOptions, convert, find_office
from tests.fidelity.changes import accepted
from tests.fidelity.hints import fonts_named
from tests.fidelity.legal import NotCountedError, spelled_out
from tests.fidelity.places import CACHE, NotReadyError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

_BATCH = 16  # documents of one call: large enough to forget the start, small enough to share between processors
_AT_A_TIME = 2


def from_libreoffice(documents: Mapping[str, bytes], fonts: Path) -> dict[str, Path]:
    """LibreOffice's PDF of each document, made when it isn't kept; a document it can't convert is left out."""
    try:
        program = find_office()
    except SetupError as fault:
        message = "LibreOffice is missing; run: sh scripts/setup.sh fidelity"
        raise NotReadyError(message) from fault
    version = subprocess.run([program, "--version"], capture_output=True, check=False).stdout
    folder = CACHE / "references"
    folder.mkdir(parents=True, exist_ok=True)
    printed = {name: _printable(data) for name, data in documents.items()}
    kept = {
        name: folder / f"{hashlib.sha256(version + fonts.parent.name.encode() + data).hexdigest()[:32]}.pdf"
        for name, data in printed.items()
    }
    lacking = [name for name, path in kept.items() if not path.is_file()]
    batches = [lacking[start : start + _BATCH] for start in range(0, len(lacking), _BATCH)]
    options = OfficeOptions(fonts=fonts, program=program)

    def make(names: list[str]) -> None:
        results = convert([(printed[name], name) for name in names], options)
        for name, result in zip(names, results, strict=True):
            if not isinstance(result, Diagnostic):
                scratch = kept[name].with_suffix(".new")
                scratch.write_bytes(result)
                scratch.rename(kept[name])

    with ThreadPoolExecutor(_AT_A_TIME) as pool:
        list(pool.map(make, batches))
    return {name: path for name, path in kept.items() if path.is_file()}


def _printable(docx: bytes) -> bytes:
    """What LibreOffice is given; foreign lists that aren't counted here stay as LibreOffice prints them."""
    plain = fonts_named(accepted(docx))
    try:
        return spelled_out(plain)
    except NotCountedError:
        return plain


def from_folder(documents: Mapping[str, bytes], folder: Path) -> dict[str, Path]:
    """The PDFs a person made, Word's for example: `NAME.pdf` for the document `NAME.docx`."""
    paths = {name: (folder / name).with_suffix(".pdf") for name in documents}
    return {name: path for name, path in paths.items() if path.is_file()}
