"""The field guide: every name of a scope, with tags that the language accepts as they stand."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from docgen.authoring.guide import GuideEntry, field_guide
from docgen.language import CompiledExpression, Scope, check_expression
from docgen.language.kinds import Kind, kind_of
from docgen.schema import FieldType, RecordType, bundled_schema

if TYPE_CHECKING:
    from docgen.authoring.guide import Lang

VALUE = re.compile(r"\{\{ (.*) \}\}")
LOOP = re.compile(r"\{%p for (\S+) in (\S+) %\}…\{%p endfor %\}")
CONDITION = re.compile(r"\{%p? if (.*?) %\}…\{%p? endif %\}")


def names() -> dict[str, FieldType | RecordType]:
    schema = bundled_schema()
    pledgors = schema.listed("pledges").fields["pledgors"].item
    assert pledgors is not None
    return {"本质押": schema.listed("pledges"), "出质人": pledgors, **schema.root.fields}


def entries(lang: Lang = "zh") -> dict[str, GuideEntry]:
    return {entry.path: entry for entry in reversed(field_guide(names(), lang))}


def entry_kind(path: str, scope: Scope) -> Kind:
    """The kind of the entries of a list."""
    first, *steps = path.split(".")
    resolved = scope.resolve(first)
    assert resolved is not None
    kind = resolved[1]
    for step in steps:
        field = kind.record.field(step) if kind.record else None
        assert field is not None
        kind = kind_of(field)
    assert kind.item is not None
    return kind.item


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_tag_is_accepted_as_it_stands(lang: Lang) -> None:
    scopes = [Scope(names())]
    checked = 0
    for entry in field_guide(names(), lang):
        del scopes[entry.depth + 1 :]
        for tag in filter(None, (entry.tag, *entry.others)):
            loop = LOOP.fullmatch(tag)
            found = loop or VALUE.fullmatch(tag) or CONDITION.fullmatch(tag)
            assert found, tag
            result = check_expression(found[2] if loop else found[1], scopes[-1], None)
            assert isinstance(result, CompiledExpression), (tag, result)
            checked += 1
            if loop:
                assert scopes[-1].takes(loop[1]), tag
                inner = scopes[-1].inside(loop[1], entry_kind(loop[2], scopes[-1]))
        scopes.append(inner if LOOP.fullmatch(entry.tag) else scopes[-1])
    assert checked > 2000


def test_value_shows_label_key_type_example_and_tags() -> None:
    entry = entries()["本质押.被担保债权金额"]
    assert (entry.key, entry.label, entry.type, entry.depth) == ("secured_amount", "被担保债权金额", "money", 1)
    assert (entry.tag, entry.printed) == ("{{ 本质押.被担保债权金额 }}", "5,000,000.00")
    assert "{{ 本质押.被担保债权金额|大写 }}" in entry.others


def test_english_guide_writes_keys() -> None:
    entry = entries("en")["本质押.secured_amount"]
    assert (entry.label, entry.tag) != ("被担保债权金额", "{{ 本质押.被担保债权金额 }}")
    assert "{{ 本质押.secured_amount|words }}" in entry.others


def test_enumeration_names_its_values_and_a_flag_its_condition() -> None:
    kind = entries()["本质押.质押类型"]
    assert kind.written == "一般担保、最高额担保"
    assert '{{ 本质押.质押类型|选中("一般担保") }}' in kind.others
    flag = entries()["本质押.实现方式.约定归质权人所有"]
    assert flag.tag == "{% if 本质押.实现方式.约定归质权人所有 %}…{% endif %}"


def test_reference_inside_a_record_is_named_but_not_opened() -> None:
    guide = entries()
    assert guide["贷款人.名称"].tag == "{{ 贷款人.名称 }}"  # a name of the scope is opened
    assert guide["本质押.担保代理人"].tag == "{{ 本质押.担保代理人.名称 }}"
    assert "本质押.担保代理人.名称" not in guide


def test_what_may_be_absent_is_offered_a_stand_in() -> None:
    guide = entries()
    assert any("缺省" in tag for tag in guide["本质押.签订日期"].others)
    assert not any("缺省" in tag for tag in guide["本质押.合同编号"].others)


def test_every_field_below_a_name_is_listed() -> None:
    pledge = bundled_schema().listed("pledges")
    guide = entries()
    assert {f"本质押.{one.zh}" for one in pledge.fields.values()} <= set(guide)
    assert len(pledge.fields) > 20
