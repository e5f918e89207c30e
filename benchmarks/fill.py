"""Filling: docgen's compiled templates against docxtpl, one document each in turn, files written.

docgen runs as in production: sandbox, strict undefined and health check on. CPU time of the process; medians.
"""

from __future__ import annotations

import statistics
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Final

from benchmarks.corpus import cases, scope
from benchmarks.plain import render
from docgen.fill import FillOptions, compile_template

if TYPE_CHECKING:
    from collections.abc import Callable

ROUNDS: Final = 15
GOALS: Final = {"contract": (25, 50), "form": (25, 50), "table": (4, 9)}


def _cost(work: Callable[[], object], times: int) -> float:
    """CPU milliseconds of one call."""
    start = time.process_time()
    for _ in range(times):
        work()
    return (time.process_time() - start) / times * 1000


def main(rounds: int = ROUNDS) -> bool:
    """Print the table; whether every floor is held."""
    held = True
    print(f"{'template':<10}{'docgen ms':>11}{'docxtpl ms':>12}{'ratio':>8}{'floor':>7}{'aim':>5}")
    with tempfile.TemporaryDirectory() as folder:
        for case in cases():
            template, target = Path(folder, f"{case.name}.docx"), Path(folder, "out.docx")
            template.write_bytes(case.docx)
            compiled = compile_template(case.docx, case.name, scope(), {})
            options = FillOptions()

            def ours(compiled=compiled, case=case, target=target, options=options) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001 — bound now, for this case
                filled = compiled.fill(case.values, options)
                assert filled.docx is not None, filled.diagnostics
                target.write_bytes(filled.docx)

            def theirs(case=case, template=template, target=target) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001 — bound now, for this case
                render(template, case.plain, target)

            ours()
            theirs()
            pairs = [(_cost(ours, 20), _cost(theirs, 1)) for _ in range(rounds)]
            mine, other = (statistics.median(side) for side in zip(*pairs, strict=True))
            floor, aim = GOALS[case.name]
            ratio = other / mine
            held &= ratio >= floor
            print(f"{case.name:<10}{mine:>11.2f}{other:>12.1f}{ratio:>8.1f}{floor:>7}{aim:>5}")
    return held
