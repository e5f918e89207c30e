"""Where the comparison keeps what is made once: below .cache/ of the checkout, never committed."""

from __future__ import annotations

from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parent.parent.parent
CACHE: Final = ROOT / ".cache" / "fidelity"
# What scripts/setup.sh takes out of a package that is too big to install for two fonts.
FANDOL: Final = CACHE / "fandol"


class NotReadyError(Exception):
    """Something the comparison needs isn't there; the text says what to run."""
