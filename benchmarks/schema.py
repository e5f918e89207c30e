"""The schema of the benchmark deals, and records of it."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from docgen.model import Record
from docgen.schema import RecordType, Schema

if TYPE_CHECKING:
    from collections.abc import Mapping

GROUPS: Final = ("lender", "borrower", "pledgor", "guarantor", "agent")
GROUP_LABELS: Final = ("贷款人", "借款人", "出质人", "保证人", "代理人")
TEXTS: Final = 18

_LINES: Final = "\n".join(
    f"    item_{index}: {{type: line, meta: {{zh: 事项{index}, en: item {index}}}}}" for index in range(1, TEXTS + 1)
)
_PARTIES: Final = "\n".join(
    f"    {key}: {{type: record, part: party, meta: {{zh: {label}, en: {key}}}}}"
    for key, label in zip(GROUPS, GROUP_LABELS, strict=True)
)
SCHEMA: Final = Schema.load(
    {
        "deal.yaml": f"""
deal_file:
  meta: {{zh: 交易文件, en: deal file}}
  fields:
{_PARTIES}
    loan: {{type: record, part: loan, meta: {{zh: 借款, en: loan}}}}
    patents: {{type: list, item: {{type: record, part: patent}}, meta: {{zh: 专利, en: patents}}}}
""",
        "parts/all.yaml": f"""
party:
  meta: {{zh: 当事人, en: party}}
  fields:
    name: {{type: line, meta: {{zh: 名称, en: name}}}}
    kind: {{type: enum, enum: party_kind, meta: {{zh: 类型, en: kind}}}}
    id_no: {{type: id_no, meta: {{zh: 证件号码, en: ID number}}}}
    state_owned: {{type: flag, needed: draft, meta: {{zh: 国有, en: state-owned}}}}
{_LINES}
loan:
  meta: {{zh: 借款, en: loan}}
  fields:
    contract_no: {{type: line, meta: {{zh: 合同编号, en: contract number}}}}
    amount: {{type: money, meta: {{zh: 金额, en: amount}}}}
    rate: {{type: ratio, meta: {{zh: 利率, en: rate}}}}
    months: {{type: whole, meta: {{zh: 期限, en: months}}}}
    signed_on: {{type: day, meta: {{zh: 签订日期, en: signed on}}}}
    matures_on: {{type: day, meta: {{zh: 到期日, en: maturity}}}}
    secured: {{type: flag, needed: draft, meta: {{zh: 有担保, en: secured}}}}
    subsidised: {{type: flag, needed: draft, meta: {{zh: 有贴息, en: subsidised}}}}
patent:
  meta: {{zh: 专利, en: patent}}
  fields:
    no: {{type: line, meta: {{zh: 专利号, en: number}}}}
    name: {{type: line, meta: {{zh: 名称, en: name}}}}
    kind: {{type: enum, enum: patent_kind, meta: {{zh: 类型, en: kind}}}}
    holder: {{type: line, meta: {{zh: 专利权人, en: holder}}}}
    filed_on: {{type: day, meta: {{zh: 申请日, en: filed on}}}}
    expires_on: {{type: day, meta: {{zh: 届满日, en: expires on}}}}
    valued_amount: {{type: money, meta: {{zh: 评估值, en: value}}}}
    note: {{type: line, meta: {{zh: 备注, en: note}}}}
""",
        "enums.yaml": """
party_kind:
  company: {zh: 公司, en: company}
  person: {zh: 自然人, en: natural person}
patent_kind:
  invention: {zh: 发明, en: invention}
  utility_model: {zh: 实用新型, en: utility model}
""",
    }
)


def record(record_type: RecordType, data: Mapping[str, Any], path: str) -> Record:
    """A record of plain data."""
    values: dict[str, Any] = {}
    for key, value in data.items():
        field = record_type.fields[key]
        if field.part:
            values[key] = record(field.part, value, f"{path}{key}.")
        elif field.item and field.item.part:
            part = field.item.part
            values[key] = tuple(record(part, one, f"{path}{key}[{index}].") for index, one in enumerate(value))
        else:
            values[key] = Decimal(value) if field.type in {"money", "ratio"} else value
    return Record(record_type.name, path, None, values, {}, record_type.labels, {}, None)
