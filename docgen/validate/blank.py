"""What counts as nothing written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docgen.load import Scalar, Sequence

if TYPE_CHECKING:
    from docgen.load import Node


def is_empty(node: Scalar) -> bool:
    """Whether a value holds nothing to print."""
    return node.is_null or not node.text.strip()


def is_blank(node: Node) -> bool:
    """Whether a node holds no value anywhere."""
    if isinstance(node, Scalar):
        return is_empty(node)
    if isinstance(node, Sequence):
        return all(is_blank(item) for item in node.items)
    return all(is_blank(entry.value) for entry in node.entries)
