"""Template folders as they lie on the disk: one folder per kind, clauses in `_clauses/`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from docgen.diagnostics import Diagnostic, Place, Severity, TemplateError
from docgen.load import read_text

if TYPE_CHECKING:
    from pathlib import Path

CLAUSES: Final = "_clauses"
LARGEST: Final = 20 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class TemplateFolder:
    """One kind: its id (the folder's name), where it came from, template.yaml and, if there is one, the .docx."""

    id: str
    origin: str
    display: str
    yaml: str
    docx: bytes | None


def read_folders(root: Path, origin: str) -> tuple[TemplateFolder, ...]:
    """Every kind below a templates folder, by id. A folder without template.yaml is a finding."""
    found: list[TemplateFolder] = []
    faults: list[Diagnostic] = []
    for folder in sorted(root.iterdir()):
        if not folder.is_dir() or folder.name.startswith(("_", ".")):
            continue
        sheet = folder / "template.yaml"
        if not sheet.is_file():
            faults.append(Diagnostic("T200", Severity.ERROR, Place(str(folder)), {"folder": folder.name}))
            continue
        docx = folder / "template.docx"
        found.append(
            TemplateFolder(folder.name, origin, str(folder), read_text(sheet), _bytes(docx) if docx.exists() else None)
        )
    if faults:
        raise TemplateError(faults)
    return tuple(found)


def read_clauses(root: Path) -> dict[str, bytes]:
    """The shared clauses of a templates folder by name."""
    folder = root / CLAUSES
    if not folder.is_dir():
        return {}
    return {path.stem: _bytes(path) for path in sorted(folder.glob("*.docx")) if not path.name.startswith(("~", "."))}


def _bytes(path: Path) -> bytes:
    """The content of a regular file; larger than the package gate allows is not read to the end."""
    unreadable = TemplateError([Diagnostic("T211", Severity.ERROR, Place(str(path)), {"file": path.name})])
    if not path.is_file():  # a pipe or a device would be waited for, perhaps for ever
        raise unreadable
    try:
        with path.open("rb") as file:
            return file.read(LARGEST + 1)
    except OSError as error:
        raise unreadable from error
