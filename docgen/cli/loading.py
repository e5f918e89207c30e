"""What commands work with: the deal's tree, and schema, law and templates along the search path."""

from __future__ import annotations

from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Final

from docgen import resources
from docgen.catalogue import load_catalogue, read_clauses, read_folders
from docgen.diagnostics import Diagnostic, Place, SetupError, Severity
from docgen.law import Law, law_files
from docgen.manifest import sha256_of_files
from docgen.pipeline import Toolbox
from docgen.schema import Schema, bundled_files

if TYPE_CHECKING:
    from collections.abc import Mapping

LIBRARIES: Final = ("docxtpl", "python-docx", "jinja2", "lxml", "weasyprint")


def template_roots(deal: Path | None, option: Path | None) -> list[tuple[Path, str]]:
    """The templates folders in their order of search, with their origin."""
    roots: list[tuple[Path, str]] = []
    if option is not None:
        if not option.is_dir():
            raise SetupError([Diagnostic("U021", Severity.ERROR, Place(str(option)), {"folder": str(option)})])
        roots.append((option, "option"))
    beside = deal.parent / "templates" if deal is not None else None
    if beside is not None and beside.is_dir() and beside.resolve() != resources.templates().resolve():
        roots.append((beside, "deal"))
    return [*roots, (resources.templates(), "bundled")]


def load_toolbox(deal: Path | None = None, templates: Path | None = None) -> Toolbox:
    """Schema, law and catalogue; template folders are searched in order, the first of each id wins."""
    schema_files, legal_files = bundled_files(), law_files()
    schema = Schema.load(schema_files)
    roots = template_roots(deal, templates)
    clauses: dict[str, bytes] = {}
    for root, _ in reversed(roots):
        clauses.update(read_clauses(root))
    folders = [folder for root, origin in roots for folder in read_folders(root, origin)]
    return Toolbox(
        schema=schema,
        law=Law.load(legal_files),
        catalogue=load_catalogue(folders, clauses, schema),
        hashes={
            "schema": _hash(schema_files),
            "law": _hash(legal_files),
            "rules": _hash(rule_files()),
        },
        versions=versions(),
    )


def rule_files() -> dict[str, str]:
    """The sources of the rules: what the manifest's hash of rules is taken over."""
    folder = Path(__file__).resolve().parent.parent / "checks"
    return {path.name: path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.py"))}


def versions() -> dict[str, str]:
    """The versions of docgen and of the libraries that shape the output; an absent one is left out."""
    found = {}
    for name in ("docgen", *LIBRARIES):
        try:
            found[name] = metadata.version(name)
        except metadata.PackageNotFoundError:
            continue
    found.setdefault("docgen", "0")
    return found


def _hash(files: Mapping[str, str]) -> str:
    """One hash over named texts."""
    return sha256_of_files({name: text.encode() for name, text in files.items()})
