"""Text → tree in which every scalar is still text and knows its place; the only room that knows YAML."""

from docgen.load.files import MAX_BYTES, read_file, read_text
from docgen.load.parse import load_text
from docgen.load.tree import Entry, Mapping, Node, Scalar, Sequence, Tree

__all__ = ["MAX_BYTES", "Entry", "Mapping", "Node", "Scalar", "Sequence", "Tree", "load_text", "read_file", "read_text"]
