"""The problems found in one text, each once, with their places."""

from __future__ import annotations

from docgen.diagnostics import Diagnostic, InputError, Place, Related, Severity

MAX_FINDINGS = 1000
_WARNINGS = frozenset({"Y018", "Y019", "Y020", "Y031"})


class Findings:
    """Collects diagnostics for one source; positions come in from 0 and leave from 1.

    `inserted` holds, by line, the columns at which a repair put an extra character, so that places
    in a repaired text still name the place in the text as typed.
    """

    def __init__(self, source: str) -> None:
        """Nothing found yet."""
        self.source = source
        self.inserted: dict[int, list[int]] = {}
        self._found: dict[tuple[str, int, int], Diagnostic] = {}
        self._lines: set[tuple[str, int]] = set()

    def add(self, code: str, line: int, column: int, end: int | None = None, **args: str) -> None:
        """Note one problem; the same code at the same place counts once."""
        self._keep(code, self.place(line, column, end), args)

    def add_once_per_line(self, code: str, line: int, column: int, end: int | None = None, **args: str) -> None:
        """Note a problem unless this line already has one of its kind."""
        if (code, line + 1) not in self._lines:
            self.add(code, line, column, end, **args)

    def add_for_file(self, code: str) -> None:
        """Note a problem of the file as a whole."""
        self._keep(code, Place(self.source), {})

    def add_related(self, code: str, place: Place, related: Related, **args: str) -> None:
        """Note a problem that speaks of a second place."""
        self._keep(code, place, args, (related,))

    def _keep(self, code: str, place: Place, args: dict[str, str], related: tuple[Related, ...] = ()) -> None:
        """Store one diagnostic; give up on a text that has only problems."""
        severity = Severity.WARNING if code in _WARNINGS else Severity.ERROR
        line, column = place.line or 0, place.column or 0
        self._found.setdefault((code, line, column), Diagnostic(code, severity, place, args, related=related))
        self._lines.add((code, line))
        if len(self._found) >= MAX_FINDINGS:
            limit = Diagnostic("Y032", Severity.ERROR, place, {"limit": str(MAX_FINDINGS)})
            raise InputError([*self._found.values(), limit])

    def place(self, line: int, column: int, end: int | None = None) -> Place:
        """The place, as typed."""
        if self.inserted and (columns := self.inserted.get(line)):
            before = sum(1 for at in columns if at < column)
            end = end if end is None else end - sum(1 for at in columns if at < end)
            column -= before
        return Place(self.source, line + 1, column + 1, None if end is None else end + 1)

    def on_line(self, line: int) -> bool:
        """Whether an error was found on this line."""
        return any(at == line + 1 and code not in _WARNINGS for code, at in self._lines)

    @property
    def has_errors(self) -> bool:
        """Whether the text can't be used."""
        return any(item.severity is Severity.ERROR for item in self._found.values())

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """Everything found, in the order of the text."""
        return tuple(sorted(self._found.values(), key=lambda item: item.order))
