"""Which docgen, Python and libraries run: for the manifest, for the doctor, and as the stamp of the cache."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path
from typing import Final

LIBRARIES: Final = ("docxtpl", "python-docx", "jinja2", "lxml")
PDF_LIBRARIES: Final = ("weasyprint", "fonttools")
_INSTALLED: Final = re.compile(r"(?P<name>.+?)-(?P<version>[^-]+)\.dist-info")


def versions(*, pdf: bool = False) -> dict[str, str]:
    """The versions of docgen and of the libraries that shape the output; one that isn't installed is left out.

    The libraries for PDF count only when PDFs are made: a set without them is the same on a machine without Pango.
    """
    found = installed(("docgen", *LIBRARIES, *(PDF_LIBRARIES if pdf else ())))
    found.setdefault("docgen", "0")
    return found


def installed(names: tuple[str, ...]) -> dict[str, str]:
    """The versions of installed packages by the name asked for, as the first folder of the search path has them.

    **Why** not importlib.metadata: it takes longer to import than a cached document to build.
    """
    wanted = {name.replace("-", "_"): name for name in names}
    found: dict[str, str] = {}
    for folder in sys.path:
        try:
            entries = os.listdir(folder or ".")  # noqa: PTH208 — only the names; a Path for each costs more than all else
        except OSError:
            continue
        for entry in entries:
            if entry.endswith(".dist-info") and (match := _INSTALLED.fullmatch(entry)) is not None:
                name = wanted.get(match["name"].lower().replace("-", "_").replace(".", "_"))
                if name is not None:
                    found.setdefault(name, match["version"])
    return {name: found[name] for name in names if name in found}


def code_stamp() -> bytes:
    """What tells one state of docgen's code and its engine from another: versions, and size and time of each module."""
    stamp = [sys.version, sys.implementation.cache_tag or "", repr(installed(("docgen", "jinja2", "docxtpl", "lxml")))]
    folders = [str(Path(__file__).resolve().parent.parent)]
    for folder in folders:
        for entry in sorted(os.scandir(folder), key=lambda one: one.name):
            if entry.name.endswith((".py", ".toml", ".yaml")):
                status = entry.stat()
                stamp.append(f"{entry.path} {status.st_size} {status.st_mtime_ns}")
            elif entry.is_dir() and not entry.name.startswith(("_", ".")):
                folders.append(entry.path)
    return "\n".join(stamp).encode()
