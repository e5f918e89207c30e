"""The schema that comes with docgen."""

from __future__ import annotations

from docgen import resources
from docgen.schema.schema import Schema


def bundled_files() -> dict[str, str]:
    """The text of every bundled schema file by its path below schemas/."""
    folder = resources.schemas()
    return {
        path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8") for path in sorted(folder.rglob("*.yaml"))
    }


def bundled_schema() -> Schema:
    """The bundled schema, read anew; callers that want it fast keep its `dumps`."""
    return Schema.load(bundled_files())
