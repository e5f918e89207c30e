"""The problems of one run, and what's still open until the whole file has been read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from docgen.diagnostics import Diagnostic, Place, Related, Severity
from docgen.schema import ALWAYS, STAGES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from docgen.schema import FieldType
    from docgen.validate.values import Unfit

# At stage draft a gap that signing will need is printed as 【待填】, so it's announced.
_ANNOUNCED_AT_DRAFT: Final = frozenset({"draft", "sign"})


class Gap(NamedTuple):
    """A needed field that a record doesn't give."""

    field_type: FieldType
    path: str
    place: Place | None


class Report:
    """Collects diagnostics in the order they are found."""

    def __init__(self) -> None:
        """Start empty."""
        self.problems: list[Diagnostic] = []
        self.gaps: list[Gap] = []

    def say(  # noqa: PLR0913 — a diagnostic has that many parts
        self,
        code: str,
        place: Place | None,
        path: str,
        field_type: FieldType | None = None,
        *,
        notes: tuple[str, ...] = (),
        related: tuple[Related, ...] = (),
        severity: Severity = Severity.ERROR,
        args: Mapping[str, str] | None = None,
    ) -> None:
        """Keep one problem."""
        label = field_type.zh if field_type else ""
        self.problems.append(Diagnostic(code, severity, place, args or {}, path, label, related, notes=notes))

    def unfit(self, unfit: Unfit, field_type: FieldType, place: Place | None, path: str, value: str) -> None:
        """Keep the problem of one value, shown as `value`."""
        args = {"value": value, **unfit.args}
        self.say(unfit.code, place, path, field_type, notes=unfit.notes, severity=unfit.severity, args=args)

    def missing(self, stage: str, stage_label: str) -> None:
        """Turn the gaps into problems of a stage: before a field's stage its gap is none."""
        reached = STAGES.index(stage)
        for gap in self.gaps:
            needed = gap.field_type.needed
            if needed == ALWAYS:
                severity, notes = Severity.ERROR, ("always",)
            elif stage == STAGES[0]:
                if needed not in _ANNOUNCED_AT_DRAFT:
                    continue
                severity, notes = Severity.WARNING, ("draft",)
            elif STAGES.index(needed) <= reached:
                severity, notes = Severity.ERROR, ("stage",)
            else:
                continue
            self.say(
                "S003",
                gap.place,
                gap.path,
                gap.field_type,
                notes=notes,
                severity=severity,
                args={"stage.zh": stage_label, "stage.en": stage},
            )
