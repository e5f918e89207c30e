"""A small schema and deals of it, and Word files made in code."""

from __future__ import annotations

import io
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

import docx

from docgen.diagnostics import Place
from docgen.language import Scope
from docgen.model import Record
from docgen.schema import FieldType, RecordType, Schema
from docgen.word.gate import open_package
from docgen.word.package import write_package

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from docx.document import Document

SCHEMA: Final = Schema.load(
    {
        "deal.yaml": """
deal_file:
  meta: {zh: 交易文件, en: deal file}
  fields:
    lender: {type: record, part: party, needed: draft, meta: {zh: 质权人, en: lender}}
    pledgor: {type: record, part: party, needed: draft, meta: {zh: 出质人, en: pledgor}}
    loan: {type: record, part: loan, needed: draft, meta: {zh: 借款, en: loan}}
    patents: {type: list, needed: draft, item: {type: record, part: patent}, meta: {zh: 专利, en: patents}}
    guarantees: {type: list, item: {type: record, part: guarantee}, meta: {zh: 保证, en: guarantees}}
    notes: {type: list, item: {type: line}, meta: {zh: 备注, en: notes}}
""",
        "parts/all.yaml": """
party:
  meta: {zh: 当事人, en: party}
  fields:
    name: {type: line, needed: draft, meta: {zh: 名称, en: name}}
    kind: {type: enum, enum: party_kind, needed: draft, meta: {zh: 类型, en: kind}}
    id_no: {type: id_no, meta: {zh: 证件号码, en: ID number}}
    address: {type: text, meta: {zh: 地址, en: address}}
    listed: {type: flag, meta: {zh: 上市, en: listed}}
    state_owned: {type: flag, needed: draft, meta: {zh: 国有, en: state-owned}}
loan:
  meta: {zh: 借款, en: loan}
  fields:
    contract_no: {type: line, needed: draft, meta: {zh: 合同编号, en: contract number}}
    amount: {type: money, needed: draft, meta: {zh: 金额, en: amount}}
    fee_amount: {type: money, meta: {zh: 费用, en: fee}}
    rate: {type: ratio, meta: {zh: 利率, en: rate}}
    months: {type: whole, meta: {zh: 期限, en: months}}
    signed_on: {type: day, meta: {zh: 签订日期, en: signed on}}
    matures_on: {type: day, needed: draft, meta: {zh: 到期日, en: maturity}}
    score: {type: number, meta: {zh: 评分, en: score}}
    account: {type: bank_account, meta: {zh: 账号, en: account}}
    phone: {type: phone, meta: {zh: 电话, en: phone}}
patent:
  meta: {zh: 专利, en: patent}
  fields:
    no: {type: line, needed: draft, meta: {zh: 专利号, en: number}}
    name: {type: line, needed: draft, meta: {zh: 名称, en: name}}
    kind: {type: enum, enum: patent_kind, needed: draft, meta: {zh: 类型, en: kind}}
    valued_amount: {type: money, meta: {zh: 评估值, en: value}}
    owners: {type: list, item: {type: record, part: party}, meta: {zh: 共有人, en: owners}}
guarantee:
  meta: {zh: 保证, en: guarantee}
  fields:
    guarantor: {type: record, part: party, needed: draft, meta: {zh: 保证人, en: guarantor}}
    joint: {type: flag, needed: draft, meta: {zh: 连带, en: joint}}
""",
        "enums.yaml": """
party_kind:
  company: {zh: 公司, en: company}
  person: {zh: 自然人, en: natural person}
patent_kind:
  invention: {zh: 发明, en: invention}
  utility_model: {zh: 实用新型, en: utility model}
  design: {zh: 外观设计, en: design}
""",
    }
)
ROOT: Final = SCHEMA.root


def scope(**more: FieldType | RecordType) -> Scope:
    """Every field of the root, and more names."""
    return Scope({**ROOT.fields, **more})


def record(record_type: RecordType, data: Mapping[str, Any], path: str = "", parent: Record | None = None) -> Record:
    """A record of plain data."""
    values: dict[str, Any] = {}
    place = Place("deal.yaml", line=1, column=1)
    made = Record(record_type.name, path, place, values, {}, record_type.labels, {}, parent)
    for key, value in data.items():
        field_type = record_type.fields[key]
        own = f"{path}.{key}" if path else key
        if field_type.part:
            values[key] = record(field_type.part, value, own, made)
        elif field_type.item and field_type.item.part:
            part = field_type.item.part
            values[key] = tuple(record(part, one, f"{own}[{index}]", made) for index, one in enumerate(value))
        else:
            values[key] = tuple(value) if isinstance(value, list) else value
    return made


def deal(**changes: Mapping[str, Any] | list[Any] | None) -> dict[str, object]:
    """The root values of a complete deal; a field is changed, or left out with None."""
    made = deal_record(**changes)
    return {key: made[key] for key in ROOT.fields}


def deal_record(**changes: Mapping[str, Any] | list[Any] | None) -> Record:
    """The same as a record."""
    data: dict[str, Any] = {
        "lender": {"name": "肇庆端州农村商业银行", "kind": "company", "state_owned": False},
        "pledgor": {
            "name": "肇庆星湖科技有限公司",
            "kind": "company",
            "address": "肇庆市端州区\n星湖大道1号",
            "listed": True,
            "state_owned": False,
            "id_no": "441202199001011234",
        },
        "loan": {
            "contract_no": "肇银借字2026年第001号",
            "amount": Decimal("5000000.00"),
            "rate": Decimal("0.0435"),
            "months": 12,
            "signed_on": date(2026, 1, 29),
            "matures_on": date(2027, 1, 28),
            "score": Decimal("1.50"),
            "account": "6222021234567890123",
            "phone": "13800001234",
        },
        "patents": [
            {"no": "ZL201910123456.7", "name": "一种电机", "kind": "invention", "valued_amount": Decimal("3000000.00")},
            {"no": "ZL202020123456.X", "name": "一种阀门", "kind": "utility_model"},
        ],
        "guarantees": [],
        "notes": ["甲", "乙"],
    }
    for key, value in changes.items():
        if isinstance(value, dict):
            data[key] = {name: one for name, one in {**data[key], **value}.items() if one is not None}
        elif value is None:
            del data[key]
        else:
            data[key] = value
    return record(ROOT, data)


def word_file(fill: Callable[[Document], object]) -> bytes:
    """A .docx that `fill` wrote into."""
    document = docx.Document()
    fill(document)
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def paragraphs_file(*texts: str) -> bytes:
    """A .docx of plain paragraphs."""
    return word_file(lambda document: [document.add_paragraph(text) for text in texts])


def with_notes(docx_file: bytes, kind: str, text: str) -> bytes:
    """The file with one footnote or endnote (`kind`) of this text."""
    package = open_package(docx_file, "")
    parts = dict(package.parts)
    office = "http://schemas.openxmlformats.org/officeDocument/2006"
    word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    note = f'<w:{kind} w:id="2"><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:{kind}>'
    parts[f"word/{kind}s.xml"] = f'<w:{kind}s xmlns:w="{word}">{note}</w:{kind}s>'.encode()
    link = f'<Relationship Id="rIdNotes" Type="{office}/relationships/{kind}s" Target="{kind}s.xml"/></Relationships>'
    content = f"application/vnd.openxmlformats-officedocument.wordprocessingml.{kind}s+xml"
    override = f'<Override PartName="/word/{kind}s.xml" ContentType="{content}"/></Types>'
    for name, end, more in (
        ("word/_rels/document.xml.rels", "</Relationships>", link),
        ("[Content_Types].xml", "</Types>", override),
    ):
        parts[name] = parts[name].replace(end.encode(), more.encode())
    reference = f'<w:r><w:{kind}Reference w:id="2"/></w:r></w:p>'
    parts["word/document.xml"] = parts["word/document.xml"].replace(b"</w:p>", reference.encode(), 1)
    return write_package(parts)
