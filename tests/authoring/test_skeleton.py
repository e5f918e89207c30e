"""The deal skeleton: parses, is valid as it stands and fully switched on, and holds every field."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from docgen.authoring.skeleton import deal_skeleton
from docgen.load import Mapping, Scalar, Sequence, load_text
from docgen.schema import bundled_schema
from docgen.validate import validate

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docgen.authoring.skeleton import Lang
    from docgen.load import Node
    from docgen.schema import FieldType, RecordType

OFF = re.compile(r"^(?:# )+", re.MULTILINE)


def written_names(node: Node) -> set[str]:
    if isinstance(node, Mapping):
        return {name for entry in node.entries for name in ({entry.key.text} | written_names(entry.value))}
    return {name for item in node.items for name in written_names(item)} if isinstance(node, Sequence) else set()


def given_fields(record: RecordType, seen: set[str]) -> Iterator[FieldType]:
    """Every field that a deal file may give, at any depth."""
    if record.name in seen:
        return
    seen.add(record.name)
    for one in record.fields.values():
        if one.derived:
            continue
        yield one
        inner = one.item or one
        if inner.type == "record" and inner.part:
            yield from given_fields(inner.part, seen)


def filled_in(text: str) -> str:
    """The skeleton after a person has put something in each place marked 待填."""
    return re.sub("【待填：([^】]*)】", r"\1", text)


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("all_on", [False, True])
def test_it_is_a_valid_deal_once_filled_in_also_with_everything_switched_on(lang: Lang, *, all_on: bool) -> None:
    text = filled_in(deal_skeleton(bundled_schema(), lang))
    tree = load_text(OFF.sub("", text) if all_on else text, "deal.yaml")
    found = validate(tree, bundled_schema()).diagnostics
    assert [item for item in found if item.severity == "error"] == []


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_what_is_left_to_fill_in_is_reported(lang: Lang) -> None:
    text = deal_skeleton(bundled_schema(), lang)
    found = validate(load_text(text, "deal.yaml"), bundled_schema(), "sign").diagnostics
    assert len(found) == len(re.findall(r"^(?!#).*【待填：", text, re.MULTILINE))
    assert {one.code for one in found} == {"S003"}


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_it_holds_every_field_that_a_deal_may_give(lang: Lang) -> None:
    schema = bundled_schema()
    text = OFF.sub("", deal_skeleton(schema, lang))
    fields = {one.zh if lang == "zh" else one.key for one in given_fields(schema.root, set())}
    assert len(fields) > 200
    assert fields <= written_names(load_text(text, "deal.yaml").root)


def test_only_mandatory_fields_are_on() -> None:
    schema = bundled_schema()
    root = load_text(deal_skeleton(schema, "zh"), "deal.yaml").root
    needed = {one.zh for one in schema.root.fields.values() if one.needed in ("always", "draft")}
    assert {entry.key.text for entry in root.entries} == needed


def test_switching_a_section_on_takes_one_mark_from_each_line() -> None:
    lines = deal_skeleton(bundled_schema(), "zh").splitlines()
    start = lines.index("## 借款") + 1
    stop = lines.index("", start)
    section = [re.sub(r"^# ", "", line) for line in lines[start:stop]]
    tree = load_text(filled_in("\n".join([*lines[:start], *section, *lines[stop:]])), "deal.yaml")
    loan = tree.root.get("借款")
    assert isinstance(loan, Sequence)
    (first,) = loan.items
    assert isinstance(first, Mapping)
    assert isinstance(first.get("合同编号"), Scalar)
    assert first.get("原借款合同编号") is None  # optional: still switched off
    assert validate(tree, bundled_schema()).diagnostics == ()


def test_every_line_says_what_it_wants() -> None:
    text = deal_skeleton(bundled_schema(), "zh")
    assert "  签订地点: 广东省肇庆市端州区  # 必填；写到区县\n" in text
    assert re.search(r"^#     金额: 5,000,000  # 必填；金额，元$", text, re.MULTILINE)
    assert re.search(r"^#     贷款人: bank  # 必填；写“当事人”里的代号$", text, re.MULTILINE)
    english = deal_skeleton(bundled_schema(), "en")
    assert re.search(r"^  signing_place: 广东省肇庆市端州区  # required; 签订地点", english, re.MULTILINE)


def test_same_schema_same_text() -> None:
    assert deal_skeleton(bundled_schema(), "zh") == deal_skeleton(bundled_schema(), "zh")


def test_what_a_section_needs_later_comes_on_with_the_section() -> None:
    lines = deal_skeleton(bundled_schema(), "zh").splitlines()
    marks = {line.lstrip("# ").split(":")[0]: len(line) - len(line.lstrip("# ")) for line in lines}
    section, needed_for_signing, optional = (marks[name] for name in ("授信批复", "批复编号", "利率下限"))
    assert needed_for_signing == section + len("  ")
    assert optional == needed_for_signing + len("# ")
