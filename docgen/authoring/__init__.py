"""For template authors: a plain draft becomes a Word template in the house style."""

from docgen.authoring.build import clause_from_draft, template_from_draft

__all__ = ["clause_from_draft", "template_from_draft"]
