"""Documents of other projects: fetched from Debian's sources, known by their hashes, kept in .cache/.

`unseen.toml` names them. apt gets the sources with a list of its own, made from the machine's: whether the machine asks
for sources itself doesn't matter, and nothing of its settings is changed.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import tarfile
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from tests.fidelity.places import CACHE, NotReadyError

if TYPE_CHECKING:
    from collections.abc import Mapping

_LIST: Final = Path(__file__).with_name("unseen.toml")
_KEPT: Final = CACHE / "unseen"
_SOURCES: Final = CACHE / "sources"
_TARGETS: Final = ("--format", "$(ORIGIN) $(REPO_URI) $(RELEASE) $(COMPONENT)", "Created-By: Packages")


def unseen_documents() -> tuple[dict[str, bytes], list[str]]:
    """The documents by `project/file.docx`, and a line for each package that couldn't be had here."""
    documents: dict[str, bytes] = {}
    lacking: list[str] = []
    for package in tomllib.loads(_LIST.read_text(encoding="utf-8"))["package"]:
        wanted = {one["path"]: one["sha256"] for one in package["documents"]}
        if not all(_kept(digest).is_file() for digest in wanted.values()):
            try:
                _take(_fetched(package), wanted)
            except NotReadyError as fault:
                lacking.append(f"{package['name']} {package['version']}: {fault}")
                continue
        for path, digest in wanted.items():
            documents[f"{package['name']}/{Path(path).name}"] = _kept(digest).read_bytes()
    if not documents:
        raise NotReadyError("\n".join(lacking))
    if not lacking:
        shutil.rmtree(_SOURCES, ignore_errors=True)  # two thirds of a gigabyte for two megabytes of documents
    return documents, lacking


def _kept(digest: str) -> Path:
    return _KEPT / f"{digest}.docx"


def _take(archive: Path, wanted: Mapping[str, str]) -> None:
    """Keep the documents of an archive; one that isn't the one that was chosen is refused."""
    _KEPT.mkdir(parents=True, exist_ok=True)
    left = dict(wanted)
    with tarfile.open(archive, "r|*") as members:
        for member in members:
            digest = left.pop(member.name, None)
            stream = members.extractfile(member) if digest else None
            if digest is None or stream is None:
                continue
            data = stream.read()
            if hashlib.sha256(data).hexdigest() != digest:
                message = f"{member.name} is not the document that was chosen"
                raise NotReadyError(message)
            scratch = _kept(digest).with_suffix(".new")
            scratch.write_bytes(data)
            scratch.replace(_kept(digest))
            if not left:
                return
    message = f"not in {archive.name}: {', '.join(left)}"
    raise NotReadyError(message)


def _fetched(package: Mapping[str, Any]) -> Path:
    """The archive of a source package."""
    archive = _SOURCES / str(package["archive"])
    if not archive.is_file():
        _SOURCES.mkdir(parents=True, exist_ok=True)
        if not (_SOURCES / "lists").is_dir():
            _prepare()
        _apt("source", "--download-only", f"{package['name']}={package['version']}")
    if not archive.is_file():
        message = f"{archive.name} was not in it"
        raise NotReadyError(message)
    return archive


def _prepare() -> None:
    """A list of the sources of the machine's own Debian, and what they hold."""
    lines = set()
    for line in _run(["apt-get", "indextargets", *_TARGETS]).splitlines():
        origin, address, release, component = line.split()
        if origin == "Debian":
            lines.add(f"deb-src {address} {release} {component}\n")
    if not lines:
        message = "this is no Debian, whose sources carry the documents"
        raise NotReadyError(message)
    (_SOURCES / "sources.list").write_text("".join(sorted(lines)), encoding="utf-8")
    for name in ("partial-lists/partial", "archives/partial"):
        (_SOURCES / name).mkdir(parents=True, exist_ok=True)
    _apt("update", lists="partial-lists")
    (_SOURCES / "partial-lists").rename(_SOURCES / "lists")


def _apt(*arguments: str, lists: str = "lists") -> None:
    """Run apt-get with its own list and folders."""
    places = {
        "Dir::Etc::SourceList": _SOURCES / "sources.list",
        "Dir::Etc::SourceParts": "/dev/null",
        "Dir::State::Lists": _SOURCES / lists,
        "Dir::Cache": _SOURCES,
    }
    options = [part for name, value in places.items() for part in ("-o", f"{name}={value}")]
    _run(["apt-get", "-qq", *options, *arguments])


def _run(command: list[str]) -> str:
    """What a command prints; `NotReadyError` with its last words when it fails."""
    surroundings = {**os.environ, "LC_ALL": "C.UTF-8"}
    try:
        done = subprocess.run(command, cwd=_SOURCES, env=surroundings, capture_output=True, text=True, check=False)
    except OSError as fault:
        message = f"{command[0]} can't be run: {fault.strerror}"
        raise NotReadyError(message) from fault
    if done.returncode:
        message = (done.stderr.strip().splitlines() or ["apt-get failed"])[-1]
        raise NotReadyError(message)
    return done.stdout
