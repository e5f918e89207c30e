"""The templates, schemas and samples that come with docgen.

**Why.** They stand at the top level of a checkout, where paralegals look, and inside the package in a wheel. This
module is the only one that knows.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path


@cache
def _root() -> Path:
    package = Path(__file__).resolve().parent
    bundled = package / "_bundled"
    return bundled if bundled.is_dir() else package.parent


def templates() -> Path:
    """The folder of the bundled templates, one folder per kind of document."""
    return _root() / "templates"


def schemas() -> Path:
    """The folder of the schemas: deal.yaml, enums.yaml, parts/."""
    return _root() / "schemas"


def samples() -> Path:
    """The folder of the sample deals, one folder each."""
    return _root() / "samples"
