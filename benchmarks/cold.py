"""A whole `docgen build` of one paper against a plain docxtpl script, each a process of its own, in turn.

Same template (its clauses put in, as docxtpl knows none) and same data. docgen loads and validates the deal, judges it
by every rule, decides which papers apply, fills, checks and publishes; the script reads prepared values and fills.
CPU time of the process, user and system; medians.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import sysconfig
import tempfile
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

from lxml import etree

from benchmarks.plain import Choice, Money, Ratio
from docgen import resources
from docgen.catalogue import Verdict, select_papers, usable_names
from docgen.cli.loading import load_toolbox
from docgen.facts import derived_fields
from docgen.fill.archive import archive, deflate
from docgen.fill.places import Places
from docgen.fill.source import read_source
from docgen.load import load_text, read_text
from docgen.model import Missing, Record
from docgen.schema import FieldType, RecordType
from docgen.validate import validate
from docgen.word.gate import open_package

ROUNDS: Final = 15
PAPER: Final = "loan_contract"
DEAL: Final = resources.samples() / "zhaoqing-patent" / "deal.yaml"
FLOORS: Final = {"warm": 1.3, "no cache": 3.0}
SCRIPT: Final = Path(__file__).with_name("cold_script.py")


class Noted:
    """A record as the dict a template asks, and what was read of it: the script is given no more than it needs."""

    def __init__(self, record: Record, record_type: RecordType) -> None:
        """Nothing is read yet."""
        self._record = record
        self._type = record_type
        self.read: dict[str, Any] = {}

    def __getitem__(self, name: str) -> Any:  # noqa: ANN401 — any value of a deal
        """The value of a field by its key or label; KeyError for what the deal doesn't give."""
        if name not in self.read:
            field = self._type.field(name)
            if field is None or isinstance(self._record[field.key], Missing):
                raise KeyError(name)
            self.read[name] = _noted(field, self._record[field.key])
        return self.read[name]


def _noted(field: FieldType, value: Any) -> Any:  # noqa: ANN401 — any value of a deal
    if isinstance(value, Record):
        assert field.part
        return Noted(value, field.part)
    if isinstance(value, tuple):
        assert field.item
        return [_noted(field.item, one) for one in value]
    if field.enum:
        return Choice(field.enum.label(value))
    return {"money": Money, "ratio": Ratio}.get(field.type, lambda one: one)(value)


def _used(value: Any) -> Any:  # noqa: ANN401 — any value of a deal
    """The value as JSON, without what wasn't read; the types that printing needs are named."""
    if isinstance(value, Noted):
        return {name: _used(one) for name, one in value.read.items()}
    if isinstance(value, list):
        return [_used(one) for one in value]
    for kind in (Money, Ratio, Choice, Decimal, date):
        if isinstance(value, kind):
            return {"is": kind.__name__, "value": str(value)}
    return value


def _prepare(folder: Path) -> None:
    """Write what the script needs: template.docx and values.json."""
    from benchmarks import cold_script  # noqa: PLC0415 — it imports docxtpl

    tools = load_toolbox(DEAL)
    deal = validate(load_text(read_text(DEAL), str(DEAL)), tools.schema, None, derived_fields(tools.law)).deal
    paper = next(p for p in select_papers(tools.catalogue, deal) if p.kind.id == PAPER and p.verdict is Verdict.IN)
    assert paper.kind.docx is not None
    package = open_package(paper.kind.docx, PAPER)
    faults: list[Any] = []
    source = read_source(package, tools.catalogue.clauses, Places(package, PAPER), faults)
    assert not faults
    contents = {**package.parts, **{name: etree.tostring(root) for name, root in source.roots.items()}}
    (folder / "template.docx").write_bytes(archive(deflate(name, data) for name, data in contents.items()))
    values: dict[str, Any] = {}
    for name, field in usable_names(paper.kind, tools.schema).items():
        value = paper.values.get(name)
        if isinstance(value, Record):
            part = field if isinstance(field, RecordType) else field.part
            assert part
            values[name] = Noted(value, part)
        elif isinstance(field, FieldType) and value is not None and not isinstance(value, Missing):
            values[name] = _noted(field, value)
        if isinstance(field, FieldType) and field.key == name and name in values:
            values[field.zh] = values[name]
    cold_script.fill(folder / "template.docx", values, folder / "first.docx")
    values = {name: value for name, value in values.items() if not isinstance(value, Noted) or value.read}
    (folder / "values.json").write_text(
        json.dumps({name: _used(value) for name, value in values.items()}, ensure_ascii=False), encoding="utf-8"
    )


def _cost(command: list[str], environment: dict[str, str]) -> float:
    """CPU seconds of a process."""
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    assert process.stderr is not None
    said = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    process.stderr.close()
    process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 0, said.decode()
    return usage.ru_utime + usage.ru_stime


def main(rounds: int = ROUNDS) -> bool:
    """Print the table; whether both floors are held."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _prepare(folder)
        docgen = str(Path(sysconfig.get_path("scripts"), "docgen"))
        base = {key: value for key, value in os.environ.items() if not key.startswith(("XDG_", "PYTHON"))} | {
            "HOME": ""
        }
        cached = base | {"XDG_CACHE_HOME": str(folder / "cache")}

        def ours(number: int) -> list[str]:
            return [docgen, "build", str(DEAL), "--only", PAPER, "--out", str(folder / f"out{number}")]

        script = [
            sys.executable,
            str(SCRIPT),
            *(str(folder / one) for one in ("template.docx", "values.json", "out.docx")),
        ]
        sides: dict[str, list[float]] = {"script": [], "warm": [], "no cache": []}
        for number in range(rounds + 1):
            costs = {
                "script": _cost(script, base),
                "warm": _cost(ours(2 * number), cached),
                "no cache": _cost(ours(2 * number + 1), base),
            }
            for side, cost in costs.items() if number else ():  # the first round fills the cache
                sides[side].append(cost)
    medians = {side: statistics.median(costs) for side, costs in sides.items()}
    print(f"\n{'whole process':<22}{'CPU ms':>8}{'ratio':>8}{'ceiling':>9}")
    print(f"{'docxtpl script':<22}{medians['script'] * 1000:>8.0f}")
    ratios = {side: medians[side] / medians["script"] for side in FLOORS}
    for side, ratio in ratios.items():
        print(f"{'docgen, ' + side:<22}{medians[side] * 1000:>8.0f}{ratio:>8.2f}{FLOORS[side]:>9}")
    return all(ratios[side] <= floor for side, floor in FLOORS.items())


if __name__ == "__main__":
    sys.exit(0 if main() else 1)
