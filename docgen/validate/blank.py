"""What counts as nothing written."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from docgen.load import Scalar, Sequence

if TYPE_CHECKING:
    from docgen.load import Node

PLACEHOLDER: Final = re.compile(r"【待填：[^】]*】")
"""What the skeleton of a deal file, and a draft, print where a value is still to come."""


def is_empty(node: Scalar) -> bool:
    """Whether a value holds nothing to print: nothing written, or a placeholder left standing."""
    text = node.text.strip()
    return node.is_null or not text or PLACEHOLDER.fullmatch(text) is not None


def is_blank(node: Node) -> bool:
    """Whether a node holds no value anywhere."""
    if isinstance(node, Scalar):
        return is_empty(node)
    if isinstance(node, Sequence):
        return all(is_blank(item) for item in node.items)
    return all(is_blank(entry.value) for entry in node.entries)
