from __future__ import annotations

import marshal

import pytest

from docgen.schema import RecordType, Schema, nearest
from tests.small_schema import FILES, small_schema


@pytest.fixture
def schema() -> Schema:
    return small_schema()


def party(schema: Schema) -> RecordType:
    return schema.parts["party"]


def test_a_field_is_found_by_key_and_by_label(schema: Schema) -> None:
    assert schema.root.name == "deal_file"
    by_key, by_label = schema.root.field("loans"), schema.root.field("借款")
    assert by_key is by_label
    assert by_key is not None
    assert (by_key.key, by_key.zh, by_key.en, by_key.type) == ("loans", "借款", "loans", "list")
    assert schema.root.field("贷款") is None


def test_a_list_leads_to_the_record_type_of_its_entries(schema: Schema) -> None:
    loans = schema.root.fields["loans"]
    assert loans.item is not None
    assert loans.item.part is schema.parts["loan"]
    assert loans.item.zh == "借款"
    assert schema.listed("loans") is schema.parts["loan"]


def test_the_fields_of_a_type_with_variants_are_the_union(schema: Schema) -> None:
    assert list(party(schema).fields) == [
        "id",
        "type",
        "name",
        "phone",
        "postcode",
        "accounts",
        "natural",
        "id_type",
        "id_no",
        "spouse",
        "uscc",
        "representative",
    ]
    person = party(schema).variant("natural_person")
    assert person is not None
    assert "id_no" in person.fields
    assert "uscc" not in person.fields
    assert party(schema).variant("fund") is None
    assert [one.name for one in party(schema).variants_with("uscc")] == ["organisation"]


def test_a_reference_leads_to_the_record_type_of_its_list(schema: Schema) -> None:
    borrower = schema.parts["loan"].fields["borrower"]
    assert borrower.part is party(schema)


def test_a_reference_to_several_lists_has_only_what_their_records_share(schema: Schema) -> None:
    principal = schema.parts["pledge"].fields["principal"]
    assert principal.part is not None
    assert set(principal.part.fields) == {"id", "contract_no"}
    assert principal.part.field("合同编号") is not None


def test_fields_alike_in_name_but_not_in_kind_are_not_shared() -> None:
    changed = FILES["parts/all.yaml"].replace(
        "contract_no: {type: line, meta: {zh: 合同编号, en: contract number}}\n    limit",
        "contract_no: {type: text, meta: {zh: 合同编号, en: contract number}}\n    limit",
    )
    assert changed != FILES["parts/all.yaml"]
    part = Schema.load({**FILES, "parts/all.yaml": changed}).parts["pledge"].fields["principal"].part
    assert part is not None
    assert set(part.fields) == {"id"}


def test_an_enumeration_takes_keys_and_labels(schema: Schema) -> None:
    enum = schema.enums["entity_type"]
    assert [enum.key(text) for text in ("company", "有限责任公司", "limited liability company", "公司")] == [
        "company",
        "company",
        "company",
        None,
    ]
    assert enum.label("company") == "有限责任公司"
    assert enum.label("company", "en") == "limited liability company"


@pytest.mark.parametrize(
    ("wrong", "first"),
    [("loens", "loans"), ("LOANS", "loans"), ("借宽", "借款"), ("当事", "当事人"), ("xyzzy", None), ("完全无关", None)],
)
def test_a_wrong_name_is_answered_with_the_nearest_in_its_own_writing(
    schema: Schema, wrong: str, first: str | None
) -> None:
    near = schema.root.suggest(wrong)
    assert (near[0] if near else None) == first
    assert all(name.isascii() == wrong.isascii() for name in near)


def test_a_name_of_the_other_writing_is_not_near() -> None:
    assert nearest("LPRs", ["LPR值"]) == []
    assert nearest("LPR植", ["LPR值", "LPRs"]) == ["LPR值"]


def test_the_suggested_choices_hold_each_value_once(schema: Schema) -> None:
    assert schema.enums["stage"].suggest("darft") == ["draft"]


def test_the_singular_is_a_name_in_deal_files_only(schema: Schema) -> None:
    assert schema.root.field("loan") is None
    assert schema.root.written_names["loan"] == "loans"


def test_a_schema_comes_back_from_the_cache_as_it_was(schema: Schema) -> None:
    again = Schema.loads(marshal.loads(marshal.dumps(schema.dumps())))  # noqa: S302 — these bytes are our own
    assert again.dumps() == schema.dumps()
    written, read = list(schema.walk()), list(again.walk())
    assert len(written) >= 50
    assert [(one.name, repr(field)) for one, field in read] == [(one.name, repr(field)) for one, field in written]


def test_the_type_of_a_field_cannot_be_changed(schema: Schema) -> None:
    with pytest.raises(AttributeError):
        schema.root.fields["loans"].type = "text"  # type: ignore[misc] # it is what the test is about


def test_what_a_paper_adds_stands_under_documents() -> None:
    paper = """\
meta: {zh: 委托合同, en: engagement}
fields:
  fee_amount: {type: money, needed: sign, meta: {zh: 费用, en: fee}}
  steps: {type: list, item: {type: record, part: engagement_step}, meta: {zh: 步骤, en: steps}}
parts:
  engagement_step:
    meta: {zh: 步骤, en: step}
    fields:
      text: {type: line, meta: {zh: 内容, en: text}}
"""
    schema = Schema.load({**FILES, "templates/engagement.yaml": paper})
    documents = schema.root.fields["documents"].part
    assert documents is not None
    engagement = documents.fields["engagement"].part
    assert engagement is not None
    assert engagement.field("费用") is engagement.fields["fee_amount"]
    assert engagement.fields["fee_amount"].type == "money"
    assert schema.parts["engagement_step"].fields["text"].type == "line"
    assert "documents" not in small_schema().root.fields
