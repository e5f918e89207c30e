"""Every paper of every sample reads as it was accepted: a change of the law, a template or the filling shows here."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.conftest import GOLDEN
from tests.sets.samples import SAMPLES, texts, tools

if TYPE_CHECKING:
    from tests.conftest import Golden


@pytest.mark.parametrize("name", SAMPLES)
def test_papers_of_the_sample_read_as_accepted(name: str, golden: Golden, request: pytest.FixtureRequest) -> None:
    made = {f"{file.removesuffix('.docx')}.txt": text for file, text in texts(name).items()}
    if request.config.getoption("--accept-golden"):
        for path in (GOLDEN / name).glob("*.txt"):
            if path.name not in made:
                path.unlink()
    assert made
    for file, text in made.items():
        golden(f"{name}/{file}", text)
    assert {path.name for path in (GOLDEN / name).glob("*.txt")} == set(made)


def test_no_text_is_kept_of_what_is_gone(request: pytest.FixtureRequest) -> None:
    if request.config.getoption("--accept-golden"):
        pytest.skip("the texts are being written anew")
    kinds = {kind.id for kind in tools().catalogue.kinds.values() if kind.docx is not None}
    assert {path.stem for path in (GOLDEN / "templates").glob("*.txt")} == kinds
    assert {path.stem for path in (GOLDEN / "templates" / "_clauses").glob("*.txt")} == set(tools().catalogue.clauses)
    assert {path.name for path in GOLDEN.iterdir() if path.is_dir() and path.name != "__pycache__"} == {
        *SAMPLES,
        "templates",
    }
