from __future__ import annotations

import re
from pathlib import Path

from docgen.schema import bundled_schema
from docgen.schema.pages import fields_page
from tests.small_schema import small_schema

PAGE = Path(__file__).parents[2] / "docs" / "fields.md"


def test_the_page_in_docs_is_current() -> None:
    """If this fails, the schemas changed: run `make docs` and read what changed."""
    assert PAGE.read_text(encoding="utf-8") == fields_page(bundled_schema())


def test_every_field_and_every_choice_has_its_row() -> None:
    schema = bundled_schema()
    page = fields_page(schema).split("<a id=", 1)[1]
    rows = re.findall(r"^\| (\S+) \| `(\w+)`", page, re.MULTILINE)
    assert len(rows) > 900
    fields = {(field.zh, field.key) for _, field in schema.walk()}
    choices = {(value.zh, key) for enum in schema.enums.values() for key, value in enum.values.items()}
    assert fields | choices == set(rows)


def test_every_link_of_the_page_leads_somewhere() -> None:
    page = fields_page(bundled_schema())
    links = set(re.findall(r"\(#([\w.-]+)\)", page))
    assert len(links) > 90
    assert links <= set(re.findall(r'<a id="([\w.-]+)">', page))


def test_a_row_says_what_a_field_takes() -> None:
    page = fields_page(small_schema())
    assert (
        "| 代码 | `code` | code | `line` |  | `AB` | minlength `2`; regex `[A-Z]+\\|[0-9]+` |  |" in page.splitlines()
    )
    assert "| 借款 | `loans` or `loan` | loans | list of [loan](#part-loan) |  |  |  |  |" in page.splitlines()
    assert "Only for 仅适用于 主体类型 `type` = 自然人 `natural_person`:" in page.splitlines()


def test_computed_fields_stand_apart() -> None:
    page = fields_page(small_schema())
    party = page.split('<a id="part-party"></a>')[1].split("<a id=")[0]
    before, computed = party.split("Computed 计算：")
    assert "`natural`" in computed
    assert "`natural`" not in before
