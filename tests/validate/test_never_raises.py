"""Whatever a file holds, validation answers with diagnostics."""

from __future__ import annotations

import json
from typing import Any, Final

from hypothesis import given, settings
from hypothesis import strategies as st

from docgen.diagnostics import InputError
from docgen.diagnostics.text import PLACEHOLDER, Lang, texts
from docgen.load import load_text
from docgen.schema import STAGES, bundled_schema
from docgen.validate import validate
from tests.small_schema import small_schema

LANGUAGES: Final[tuple[Lang, ...]] = ("zh", "en")
BUNDLED = bundled_schema()
NAMES = sorted({name for part in BUNDLED.parts.values() for name in part.written_names})
SMALL_NAMES = sorted({name for part in small_schema().parts.values() for name in part.written_names})
TEXTS = [
    "",
    "~",
    "是",
    "company",
    "自然人",
    "p",
    "loan",
    "2026-01-29",
    "2022-02-30",
    "5,000,000.10",
    "4.35%",
    "-1",
    "NaN",
]


def files(names: list[str]) -> st.SearchStrategy[dict[str, Any]]:
    """Trees of known and unknown names with values of every shape."""
    leaves = st.sampled_from(TEXTS) | st.text(
        st.characters(codec="utf-8", categories=["L", "N", "P", "Zs"], exclude_characters="{}"), max_size=9
    )
    name = st.sampled_from(names) | st.sampled_from(["x", "未知"])
    node = st.recursive(
        leaves, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(name, inner, max_size=5), max_leaves=12
    )
    return st.dictionaries(name, node, min_size=1, max_size=4)


@settings(max_examples=40, deadline=None)
@given(files(NAMES), st.sampled_from(STAGES))
def test_any_tree_of_known_names_gives_a_deal_and_diagnostics(data: dict[str, Any], stage: str) -> None:
    check(json.dumps(data, ensure_ascii=False), stage, bundled=True)


@settings(max_examples=40, deadline=None)
@given(files(SMALL_NAMES), st.sampled_from(STAGES))
def test_any_tree_of_the_small_schema_too(data: dict[str, Any], stage: str) -> None:
    check(json.dumps(data, ensure_ascii=False), stage, bundled=False)


def check(text: str, stage: str, *, bundled: bool) -> None:
    """JSON is YAML: load, validate, and put every finding into words."""
    try:
        tree = load_text(text, "deal.yaml")
    except InputError:
        return
    result = validate(tree, BUNDLED if bundled else small_schema(), stage)
    assert result.diagnostics
    assert all(one.place is not None for one in result.diagnostics)
    for one in result.diagnostics:
        for lang in LANGUAGES:
            said = texts(one, lang)
            words = " ".join([said.message, said.here, said.why, said.help, *said.notes, *said.related])
            assert said.name != "unknown-code"
            assert len(said.notes) == len(one.notes), f"{one.code} has no words for one of {one.notes}"
            assert PLACEHOLDER.search(words) is None, words
