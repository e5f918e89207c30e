"""The small language of Word tags and template.yaml: read, allowed node by node, typed, and compiled to plain data.

Only checking needs the template engine's parser; evaluating a checked expression doesn't import it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from docgen.language.expression import CompiledExpression
from docgen.language.scope import Scope

if TYPE_CHECKING:
    from docgen.diagnostics import Diagnostic, Place

__all__ = ["CompiledExpression", "Scope", "check_expression"]


def check_expression(text: str, scope: Scope, place: Place | None) -> CompiledExpression | tuple[Diagnostic, ...]:
    """The checked expression, or every problem it has. `kind` tells the caller what it gives."""
    # The parser is a third of a warm start; a cached expression never comes here.
    from docgen.language.checking import checked_expression  # noqa: PLC0415 — see the line above

    return checked_expression(text, scope, place)
