"""The problems found while a draft is read, each with its file and line."""

from __future__ import annotations

from docgen.diagnostics import Diagnostic, Place, Related, Severity


class Findings:
    """Collects what is wrong with one draft; reading goes on, so that all problems come in one run."""

    def __init__(self, display: str) -> None:
        """Start with nothing found; `display` names the draft to the user."""
        self.display = display
        self.found: list[Diagnostic] = []

    def add(self, code: str, line: int, *, column: int = 1, first: int = 0, **args: str) -> None:
        """Note a problem at a line; `first` is the line of an earlier place it collides with."""
        related = (Related(self.place(first), "first"),) if first else ()
        self.found.append(Diagnostic(code, Severity.ERROR, self.place(line, column), args, related=related))

    def place(self, line: int, column: int = 1) -> Place:
        """A place in the draft."""
        return Place(self.display, line=line, column=column)
