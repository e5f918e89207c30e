"""What commands work with: schema, law and templates along the search path, from the cache where it has them."""

from __future__ import annotations

import marshal
import os
import sys
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docgen import resources
from docgen.cache import Cache, cache_folder
from docgen.catalogue import load_catalogue, read_clauses, read_folders, stored
from docgen.cli.versions import code_stamp, versions
from docgen.diagnostics import Diagnostic, Place, SetupError, Severity
from docgen.diagnostics.codes import use_reader
from docgen.fill import CompiledTemplate
from docgen.law import Law, law_files
from docgen.manifest import sha256_of_files
from docgen.pipeline import Toolbox
from docgen.pipeline.toolbox import compile_kind
from docgen.schema import Schema, bundled_files

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from docgen.catalogue import Catalogue, Kind, TemplateFolder


def template_roots(deal: Path | None, option: Path | None) -> list[tuple[Path, str]]:
    """The templates folders in their order of search, with their origin: option, deal, firm, bundled."""
    roots: list[tuple[Path, str]] = []
    if option is not None:
        if not option.is_dir():
            raise SetupError([Diagnostic("U021", Severity.ERROR, Place(str(option)), {"folder": str(option)})])
        roots.append((option, "option"))
    beside = (deal.parent if deal is not None else Path()) / "templates"
    if beside.is_dir():
        roots.append((beside, "deal"))
    firm = firm_templates()
    if firm is not None:
        roots.append((firm, "firm"))
    roots.append((resources.templates(), "bundled"))
    seen: dict[Path, tuple[Path, str]] = {}
    for root, origin in reversed(roots):  # a folder that is found twice counts where it comes last
        seen.setdefault(root.resolve(), (root, origin))
    return list(reversed(seen.values()))


def config_file(environ: Mapping[str, str] = os.environ, platform: str = sys.platform) -> Path | None:
    """Where the firm's settings stand: `$XDG_CONFIG_HOME/docgen/config.toml`, `%APPDATA%/docgen/…` on Windows."""
    below: tuple[str, ...]
    if platform == "win32":
        base, below = environ.get("APPDATA", ""), ()
    elif environ.get("XDG_CONFIG_HOME", "").startswith("/"):
        base, below = environ["XDG_CONFIG_HOME"], ()
    else:
        base, below = environ.get("HOME", ""), (".config",)
    return Path(base, *below, "docgen", "config.toml") if base else None


def firm_templates() -> Path | None:
    """The folder that `templates = "…"` of the firm's settings names; SetupError when it can't be used."""
    file, settings = _firm_settings()
    folder = settings.get("templates")
    if folder is None:
        return None
    path = file.parent / Path(folder).expanduser()
    if not path.is_dir():
        raise SetupError([Diagnostic("U021", Severity.ERROR, Place(str(file)), {"folder": str(path)})])
    return path


def firm_fonts() -> list[Path]:
    """The folders that `fonts = "…"` (or a list) of the firm's settings names; whether they exist isn't looked at."""
    file, settings = _firm_settings()
    named = settings.get("fonts", [])
    return [file.parent / Path(folder).expanduser() for folder in ([named] if isinstance(named, str) else named)]


def _firm_settings() -> tuple[Path, dict[str, Any]]:
    """The settings file and what it says; SetupError when it holds anything else than it may."""
    file = config_file()
    if file is None or not file.is_file():
        return Path(), {}
    import tomllib  # noqa: PLC0415 — most machines have no such file

    wrong = SetupError([Diagnostic("U022", Severity.ERROR, Place(str(file)), {"file": str(file)})])
    try:
        settings = tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise wrong from error
    fonts = settings.get("fonts", [])
    texts = fonts if isinstance(fonts, list) else [fonts]
    if settings.keys() - {"templates", "fonts"} or not isinstance(settings.get("templates", ""), str):
        raise wrong
    if not all(isinstance(text, str) for text in texts):
        raise wrong
    return file, settings


def open_cache() -> Cache:
    """The user's cache; `docgen doctor` says where it is."""
    return Cache(cache_folder(os.environ), code_stamp())


def load_schema() -> Schema:
    """The bundled schema."""
    use_reader(partial(_messages, open_cache()))
    return Schema.load(bundled_files())


def load_law() -> Law:
    """The bundled law."""
    use_reader(partial(_messages, open_cache()))
    return Law.load(law_files())


def load_toolbox(
    deal: Path | None = None, templates: Path | None = None, *, pdf: bool = False, former: Sequence[Path] = ()
) -> Toolbox:
    """Schema, law and catalogue; template folders are searched in order, the first of each id wins.

    `former` are finished folders from which unchanged PDFs are taken.
    """
    cache = open_cache()
    use_reader(partial(_messages, cache))
    schema_files, legal_files = bundled_files(), law_files()
    roots = template_roots(deal, templates)
    clauses: dict[str, bytes] = {}
    for root, _ in reversed(roots):
        clauses.update(read_clauses(root))
    folders = [folder for root, origin in roots for folder in read_folders(root, origin)]
    hashes = {"schema": _hash(schema_files), "law": _hash(legal_files), "rules": _hash(rule_files())}
    key = repr((hashes, [(one.id, one.origin, one.display, _hash_of(one)) for one in folders])).encode()
    plain = cache.get("set", key)
    if plain is not None:
        schema, law, catalogue = _from_cache(plain, folders, clauses)
    else:
        schema, law = Schema.load(schema_files), Law.load(legal_files)
        catalogue = load_catalogue(folders, clauses, schema)
        cache.put("set", key, marshal.dumps((schema.dumps(), law.dumps(), stored.dumps(catalogue))))
    stamp = f"{hashes['schema']} {sha256_of_files(clauses)}"
    tools = Toolbox(
        schema=schema,
        law=law,
        catalogue=catalogue,
        hashes=hashes,
        versions=versions(pdf=pdf),
        compiler=partial(_compiled, cache, stamp),
    )
    if pdf:
        from docgen.cli.exporting import Exporter  # noqa: PLC0415 — the exporter is loaded only when a PDF is asked for

        tools.exporter = Exporter(cache, former)
    return tools


def _from_cache(
    plain: bytes, folders: list[TemplateFolder], clauses: Mapping[str, bytes]
) -> tuple[Schema, Law, Catalogue]:
    """Schema, law and catalogue as the cache kept them."""
    schema, law, catalogue = marshal.loads(plain)  # noqa: S302 — an entry of the cache is the user's own
    documents = {folder.id: folder.docx for folder in reversed(folders)}
    return Schema.loads(schema), Law.loads(law), stored.loads(catalogue, documents, clauses)


def _compiled(cache: Cache, stamp: str, kind: Kind, clauses: Mapping[str, bytes], schema: Schema) -> CompiledTemplate:
    """The compiled template of a kind, from the cache or anew."""
    # Loops and short names may come from another sheet (`extends`), which the kind's own hash doesn't cover.
    names = [(one.source.text, one.variable) for one in kind.loops], {key: one.text for key, one in kind.names.items()}
    key = repr((kind.id, kind.sha256, stamp, names)).encode()
    plain = cache.get("template", key)
    if plain is not None:
        return CompiledTemplate.loads(plain)
    compiled = compile_kind(kind, clauses, schema)
    cache.put("template", key, compiled.dumps())
    return compiled


def _messages(cache: Cache, stem: str, file: Path) -> dict[str, Any]:
    """The texts of one message file."""
    key = f"{stem} {file}".encode()
    plain = cache.get("messages", key)
    if plain is not None:
        found: dict[str, Any] = marshal.loads(plain)  # noqa: S302 — an entry of the cache is the user's own
        return found
    import tomllib  # noqa: PLC0415 — with a cache it isn't needed

    found = tomllib.loads(file.read_text(encoding="utf-8"))
    cache.put("messages", key, marshal.dumps(found))
    return found


def rule_files() -> dict[str, str]:
    """The sources of the rules: what the manifest's hash of rules is taken over."""
    folder = Path(__file__).resolve().parent.parent / "checks"
    return {path.name: path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.py"))}


def _hash_of(folder: TemplateFolder) -> str:
    """The hash of a kind's files."""
    return sha256(folder.yaml.encode() + b"\0" + (folder.docx or b"")).hexdigest()


def _hash(files: Mapping[str, str]) -> str:
    """One hash over named texts."""
    return sha256_of_files({name: text.encode() for name, text in files.items()})
