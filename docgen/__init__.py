"""Closing sets for Chinese loans secured on intellectual property: one deal file in, checked Word and PDF papers out.

The public interface is what `__all__` lists; everything else may change. Names are imported when they are first used.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from docgen.diagnostics import Diagnostic, Severity
    from docgen.load import load_text
    from docgen.pipeline import BuildResult, build, check

    __version__: str

__all__ = ["BuildResult", "Diagnostic", "Severity", "__version__", "build", "check", "load_text"]

_HOMES: Final = {
    "BuildResult": "docgen.pipeline",
    "Diagnostic": "docgen.diagnostics",
    "Severity": "docgen.diagnostics",
    "build": "docgen.pipeline",
    "check": "docgen.pipeline",
    "load_text": "docgen.load",
}


def __getattr__(name: str) -> object:
    """A name of the public interface, imported now."""
    if name == "__version__":
        from importlib.metadata import version  # noqa: PLC0415 — slow to import, and seldom asked for

        return version("docgen")
    if name in _HOMES:
        return getattr(importlib.import_module(_HOMES[name]), name)
    message = f"module 'docgen' has no attribute {name!r}"
    raise AttributeError(message)


def __dir__() -> list[str]:
    """The public interface."""
    return __all__
