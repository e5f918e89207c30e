"""The bundled schema is what the rest of docgen builds on: it has to be whole."""

from __future__ import annotations

import keyword

import pytest
from jinja2 import Environment

from docgen.facts import derived_fields
from docgen.law import Law, law_files
from docgen.load import load_text
from docgen.schema import STAGES, Schema, bundled_files, bundled_schema
from docgen.validate import validate

FEWEST_FIELDS = 600


@pytest.fixture(scope="module")
def schema() -> Schema:
    return bundled_schema()


def test_the_bundled_files_make_a_schema_without_a_problem(schema: Schema) -> None:
    assert {"deal.yaml", "enums.yaml", "parts/loan.yaml", "parts/party.yaml"} <= set(bundled_files())
    assert len(list(schema.walk())) >= FEWEST_FIELDS
    assert {"deal", "parties", "loans", "pledges", "guarantees", "assets"} <= set(schema.root.fields)


def test_every_key_and_label_is_a_name_in_a_tag(schema: Schema) -> None:
    environment = Environment(autoescape=True)
    names = {name for record_type in schema.parts.values() for name in record_type.names}
    assert len(names) >= FEWEST_FIELDS
    wrong = [name for name in names if [kind for _, kind, _ in environment.lex("{{" + name + "}}")][1] != "name"]
    assert wrong == []
    assert [name for name in names if keyword.iskeyword(name)] == []


def test_every_part_and_enumeration_is_used(schema: Schema) -> None:
    fields = [inner for _, field in schema.walk() for inner in (field, field.item) if inner]
    assert len(fields) >= FEWEST_FIELDS
    assert set(schema.parts) - {field.part_name for field in fields} - {schema.root.name} == set()
    assert set(schema.enums) - {field.enum_name for field in fields} == set()


def test_the_stages_are_those_of_the_enumeration(schema: Schema) -> None:
    assert tuple(schema.enums["stage"].values) == STAGES


def test_every_computed_field_has_its_function_and_every_function_its_field(schema: Schema) -> None:
    """Fields that begin with `build_` are told by the run itself."""
    named = {field.derived for _, field in schema.walk() if field.derived}
    functions = set(derived_fields(Law.load(law_files())))
    assert len(functions) > 50
    assert {name for name in named if not name.startswith("build_")} == functions


def test_examples_and_defaults_fit_their_fields(schema: Schema) -> None:
    """Each is written into the smallest deal part that holds its field, as a person would write it."""
    seen = 0
    wrong = []
    for record_type, field in schema.walk():
        for text in (field.example, field.default):
            if not text or field.type in {"list", "record", "ref"}:
                continue
            seen += 1
            holder = {"root": "probe", "enums": schema.dumps()["enums"], "parts": {"probe": _alone(schema, field.key)}}
            holder["parts"]["probe"]["fields"] = {field.key: _plain(schema, record_type.name, field.key)}
            found = validate(load_text(f"{field.key}: {text}\n", "probe"), Schema.loads(holder)).diagnostics
            wrong += [f"{record_type.name}.{field.key}: {text} gives {one.code} {one.notes}" for one in found]
    assert seen > 60
    assert wrong == []


def _alone(schema: Schema, name: str) -> dict[str, object]:
    return {"zh": schema.root.zh, "en": name}


def _plain(schema: Schema, part: str, key: str) -> dict[str, object]:
    """The plain form of a field, wherever its part holds it."""
    plain = schema.dumps()["parts"][part]
    groups = [plain["fields"], *(fields for _, _, fields in plain.get("variants", ()))]
    found: dict[str, object] = next(group[key] for group in groups if key in group)
    return found
