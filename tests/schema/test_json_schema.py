"""The editors' schema, tried as an editor does: YAML types are guessed before the schema is looked at."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
import yaml
from jsonschema import Draft7Validator  # type: ignore[import-untyped] # two calls need no stubs

from docgen import resources
from docgen.schema import Schema, bundled_schema
from docgen.schema.json_schema import json_schema
from tests.small_schema import BASE, small_schema


def guessed(text: str) -> Any:  # noqa: ANN401 — whatever YAML holds
    """YAML as an editor's parser sees it.

    PyYAML follows YAML 1.1 and guesses more than editors do, which is the harder test for values. But it takes the key
    `no` for a boolean and has dates; editors, which follow YAML 1.2, don't.
    """
    return _as_editors(yaml.safe_load(text))


def _as_editors(value: Any) -> Any:  # noqa: ANN401 — same
    if isinstance(value, dict):
        return {"no" if key is False else key: _as_editors(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_as_editors(inner) for inner in value]
    return value.isoformat() if isinstance(value, date) else value


def complaints(text: str, schema: Schema | None = None) -> list[str]:
    """The paths that an editor would underline."""
    validator = Draft7Validator(json_schema(schema or small_schema()))
    return sorted({"/".join(map(str, error.absolute_path)) for error in validator.iter_errors(guessed(text))})


def test_it_is_a_json_schema_and_every_reference_leads_somewhere() -> None:
    for schema in (small_schema(), bundled_schema()):
        made = json_schema(schema)
        Draft7Validator.check_schema(made)
        references = set(_references(made))
        assert len(references) >= len(schema.parts)
        assert {one.removeprefix("#/definitions/") for one in references} <= set(made["definitions"])


def _references(node: Any) -> list[str]:  # noqa: ANN401 — any part of a JSON Schema
    if isinstance(node, dict):
        own = [node["$ref"]] if isinstance(node.get("$ref"), str) else []
        return own + [one for inner in node.values() for one in _references(inner)]
    return [one for inner in node for one in _references(inner)] if isinstance(node, list) else []


@pytest.mark.parametrize(
    "line",
    [
        "place: 0123",
        "place: NO",
        "place: 12:30",
        "place: 2022-01-29",
        "place: 4.350",
        "place:",
        "签订地点: 某地",
        "copies: 3",
        'copies: "3"',
        "factor: 1.5",
        "electronic: true",
        "电子签名: 是",
        "signed_on: 2022-01-29",
        "signed_on: 2022年1月29日",
        "currency: HKD",
        "币种: 港元",
        "code: AB",
        "nice_classes: [9, 35]",
        "tel: [0758-2200000]",
    ],
)
def test_what_docgen_reads_is_not_underlined(line: str) -> None:
    assert complaints(f"{BASE}  {line}\n") == []


@pytest.mark.parametrize(
    ("line", "path"),
    [
        ("plaec: 某地", "deal"),
        ("copies: 三份", "deal/copies"),
        ("copies: 21", "deal/copies"),
        ("electronic: 对", "deal/electronic"),
        ("signed_on: 去年", "deal/signed_on"),
        ("currency: 人民币元", "deal/currency"),
        ("colour: green", "deal/colour"),
        ("code: A1", "deal/code"),
        ("codes: [A]", "deal/codes"),
        ("place: [a]", "deal/place"),
        ("nice_classes: 9", "deal/nice_classes"),
    ],
)
def test_what_docgen_refuses_is_underlined(line: str, path: str) -> None:
    assert complaints(f"{BASE}  {line}\n") == [path]


def test_an_editor_underlines_nothing_in_the_samples() -> None:
    schema = bundled_schema()
    deals = sorted(resources.samples().glob("*/*.yaml"))
    assert len(deals) >= 4
    assert {str(path): complaints(path.read_text(encoding="utf-8"), schema) for path in deals} == {
        str(path): [] for path in deals
    }


def test_official_numbers_may_stand_without_quotes() -> None:
    text = f"{BASE}parties:\n  - {{id: 1, type: company, name: 甲, uscc: 911100001000044477, 邮政编码: 010010}}\n"
    assert complaints(text) == []


def test_the_fields_of_another_variant_are_underlined() -> None:
    party = "parties: [{{id: p, {by}: {kind}, name: 甲, uscc: 91110000600037341L}}]\n"
    for by in ("type", "主体类型"):
        assert complaints(BASE + party.format(by=by, kind="company")) == []
        assert complaints(BASE + party.format(by=by, kind="有限责任公司")) == []
        assert complaints(BASE + party.format(by=by, kind="自然人")) == ["parties/0"]


def test_what_every_stage_needs_is_required_under_either_name() -> None:
    assert complaints("deal: {id: A, as_of: 2026-01-29}\n") == []
    assert complaints("项目: {项目编号: A, 适用法律日期: 2026-01-29}\n") == []
    assert complaints("deal: {id: A}\n") == ["deal"]
    assert complaints("parties: []\n") == [""]


def test_computed_fields_are_underlined() -> None:
    assert complaints(f"{BASE}borrower: co\n") == [""]


def test_one_loan_may_stand_without_a_dash() -> None:
    for name in ("loan", "loans", "借款"):
        assert complaints(f"{BASE}{name}: {{id: L, contract_no: 1}}\n") == []
        assert complaints(f"{BASE}{name}: {{contract_no: 1}}\n") == [name]
    assert complaints(f"{BASE}loans: [{{id: L}}]\n") == []


def test_descriptions_come_from_the_schema() -> None:
    party = json_schema(small_schema())["definitions"]["party.id"]
    assert party["title"] == "代号 id"
    assert party["description"] == "id。例：bank"
