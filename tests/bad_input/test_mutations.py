"""Deal files damaged at random: whatever a slip of the hand makes of one, docgen answers with findings."""

from __future__ import annotations

from functools import cache

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from docgen.diagnostics import DocgenError, Severity
from docgen.load import load_text
from docgen.pipeline import BuildOptions, check
from tests.sets.samples import SAMPLES, sample_text, tools

# characters that mean something in YAML, that look like them, that hide, and that fields are made of
CHARACTERS = list("：:-#&*!|>'\"%@`{}[],?~ \t\n，。“”\u30000９①零X.元万%月甲𠮷\0\x07\u202e\u2028\ufeff\ud800")
LINE = st.integers(0, 10_000)
MUTATION = st.one_of(
    st.tuples(st.just("delete"), LINE, LINE),
    st.tuples(st.just("duplicate"), LINE, LINE),
    st.tuples(st.just("swap"), LINE, LINE),
    st.tuples(st.just("move"), LINE, LINE),
    st.tuples(st.just("cut"), LINE, LINE),
    st.tuples(st.just("insert"), LINE, LINE, st.lists(st.sampled_from(CHARACTERS), min_size=1, max_size=4)),
    st.tuples(st.just("value"), LINE, LINE),
)
seen: set[str] = set()


@cache
def lines_of(name: str) -> tuple[str, ...]:
    """The lines of a sample, by which it is damaged."""
    return tuple(sample_text(name).split("\n"))


def damaged(lines: list[str], mutation: tuple[str, int, int] | tuple[str, int, int, list[str]]) -> None:
    """Do one damage; numbers count modulo what there is."""
    kind, first, second = mutation[:3]
    at, other = first % len(lines), second % len(lines)
    if kind == "delete":
        del lines[at]
        lines.append("")
    elif kind == "duplicate":
        lines.insert(other, lines[at])
    elif kind == "swap":
        lines[at], lines[other] = lines[other], lines[at]
    elif kind == "move":
        lines[at] = " " * (second % 9) + lines[at].lstrip(" ")
    elif kind == "cut":
        lines[at] = lines[at][: second % (len(lines[at]) + 1)]
    elif kind == "value":  # the value of one line under the key of another
        key, colon, _ = lines[at].partition(": ")
        lines[at] = key + colon + lines[other].partition(": ")[2]
    else:
        column = second % (len(lines[at]) + 1)
        lines[at] = lines[at][:column] + "".join(mutation[3]) + lines[at][column:]  # type: ignore[misc]  # an insertion has them


@settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(SAMPLES), st.lists(MUTATION, min_size=1, max_size=4))
def check_damaged(name: str, mutations: list[tuple[str, int, int]]) -> None:
    """Check one damaged deal; only findings may come of it."""
    lines = list(lines_of(name))
    for mutation in mutations:
        damaged(lines, mutation)
    try:
        result = check(load_text("\n".join(lines), "deal.yaml"), tools(), BuildOptions())
    except DocgenError as error:
        found, files = error.diagnostics, False
    else:
        found, files = result.diagnostics, bool(result.files)
    seen.update(one.code for one in found)
    assert files is not any(one.severity is Severity.ERROR for one in found)


def test_a_damaged_deal_gives_findings_and_nothing_else() -> None:
    seen.clear()
    check_damaged()
    assert len(seen) > 20
    assert {code[0] for code in seen} >= {"S", "Y"}
