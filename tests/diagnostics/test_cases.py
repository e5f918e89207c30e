"""Bad input and its near miss, case by case.

`tests/diagnostics/<CODE>/` holds `bad.yaml`, which must give the code, `good.yaml`, a near miss which must not, and
`expected.txt` with everything docgen says about `bad.yaml`, in Chinese and in English.
`python tests/diagnostics/test_cases.py` writes every `expected.txt` anew; read each changed line before you commit it.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from docgen.cli.render import render
from docgen.diagnostics import InputError, Severity
from docgen.load import load_text, read_text
from docgen.schema import Schema
from docgen.validate import validate
from tests.small_schema import ENUMS, small_schema

if TYPE_CHECKING:
    from collections.abc import Callable

    from docgen.diagnostics import Diagnostic

HERE = Path(__file__).parent
CASES = sorted(path.parent for path in HERE.glob("*/bad.yaml"))
FEWEST_CASES = 75


def load(text: str, source: str) -> tuple[Diagnostic, ...]:
    """What reading a file as a tree says."""
    try:
        return load_text(text, source).diagnostics
    except InputError as error:
        return error.diagnostics


def measure(text: str, source: str) -> tuple[Diagnostic, ...]:
    """What measuring a deal file against the schema of the tests says."""
    return validate(load_text(text, source), small_schema()).diagnostics


def read_schema(text: str, _source: str) -> tuple[Diagnostic, ...]:
    """What reading a schema file says."""
    try:
        Schema.load({"deal.yaml": text, "enums.yaml": ENUMS})
    except InputError as error:
        return error.diagnostics
    return ()


# Which stage of docgen gives a code, by the code's beginning; letters of legal rules are those of `check`.
STAGES: dict[str, Callable[[str, str], tuple[Diagnostic, ...]]] = {"Y": load, "S0": measure, "S1": read_schema}


def found_in(case: Path, name: str) -> tuple[tuple[Diagnostic, ...], str]:
    """The diagnostics of one file of a case, and its text."""
    text = read_text(case / name)
    stage = next(stage for start, stage in STAGES.items() if case.name.startswith(start))
    return stage(text, name), text


def said_about(case: Path) -> str:
    """Everything docgen says about the bad file, in both languages."""
    found, text = found_in(case, "bad.yaml")
    return "\n".join(
        render(found, {"bad.yaml": text, "schemas/deal.yaml": text}, "full", lang) for lang in ("zh", "en")
    )


def test_there_are_as_many_cases_as_were_written() -> None:
    assert len(CASES) >= FEWEST_CASES
    assert all((case / name).is_file() for case in CASES for name in ("good.yaml", "expected.txt"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_bad_file_gives_the_code_and_the_expected_words(case: Path) -> None:
    found, _ = found_in(case, "bad.yaml")
    assert case.name in {one.code for one in found}
    assert said_about(case) == (case / "expected.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_near_miss_is_good(case: Path) -> None:
    found, _ = found_in(case, "good.yaml")
    assert [one.code for one in found if one.severity is Severity.ERROR or one.code == case.name] == []


if __name__ == "__main__":
    for written in CASES:
        (written / "expected.txt").write_text(said_about(written), encoding="utf-8", newline="\n")
    sys.exit()
