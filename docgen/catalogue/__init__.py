"""Kinds of papers: read along the search path, checked against the schema, and chosen for a deal."""

from docgen.catalogue.folders import TemplateFolder, read_clauses, read_folders
from docgen.catalogue.kinds import Catalogue, ForEach, Kind, load_catalogue, usable_names
from docgen.catalogue.select import Paper, Verdict, select_papers, set_papers

__all__ = [
    "Catalogue",
    "ForEach",
    "Kind",
    "Paper",
    "TemplateFolder",
    "Verdict",
    "load_catalogue",
    "read_clauses",
    "read_folders",
    "select_papers",
    "set_papers",
    "usable_names",
]
