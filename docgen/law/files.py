"""The legal data that comes with docgen."""

from __future__ import annotations

from pathlib import Path


def law_files() -> dict[str, str]:
    """The text of every file of instruments and parameters by its path below this package."""
    folder = Path(__file__).parent
    return {
        path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8") for path in sorted(folder.rglob("*.yaml"))
    }
