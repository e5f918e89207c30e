"""Word templates filled: compiled once, checked against the schema, then rendered for any number of deals.

`compile` needs docxtpl and lxml; filling a compiled template from the cache needs neither.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from docgen.fill.properties import Properties
from docgen.fill.template import CompiledTemplate, Filled, FillOptions

if TYPE_CHECKING:
    from collections.abc import Mapping

    from docgen.language import Scope

__all__ = ["CompiledTemplate", "FillOptions", "Filled", "Properties", "compile_template"]


def compile_template(docx: bytes, display: str, scope: Scope, clauses: Mapping[str, bytes]) -> CompiledTemplate:
    """The compiled template; TemplateError with every finding of every part.

    `clauses` holds the shared clause files by name. `display` is what messages call the file.
    """
    # docxtpl takes longer to import than a cached template to fill.
    from docgen.fill.compile import compile_template as compile_now  # noqa: PLC0415 — see the line above

    return compile_now(docx, display, scope, clauses)
