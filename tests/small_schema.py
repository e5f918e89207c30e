"""A schema small enough to read in one look, with every kind of field, for tests of schema and validate."""

from __future__ import annotations

from functools import cache

from docgen.schema import Schema

ENUMS = """\
stage:
  draft: {zh: 起草, en: drafting}
  sign: {zh: 签约, en: signing}
  register: {zh: 登记, en: registration}
  drawdown: {zh: 放款, en: drawdown}
  post: {zh: 贷后, en: after drawdown}
currency:
  CNY: {zh: 人民币, en: renminbi}
  HKD: {zh: 港元, en: Hong Kong dollar}
entity_type:
  company: {zh: 有限责任公司, en: limited liability company}
  hk_company: {zh: 香港公司, en: Hong Kong company}
  natural_person: {zh: 自然人, en: natural person}
  fund: {zh: 基金, en: fund}
id_type:
  resident_id: {zh: 居民身份证, en: resident identity card}
  passport: {zh: 护照, en: passport}
colour:
  red: {zh: 红色, en: red}
  blue: {zh: 蓝色, en: blue}
  green: {zh: 绿色, en: green}
"""

DEAL = """\
deal_file:
  meta: {zh: 交易文件, en: deal file}
  fields:
    deal: {type: record, part: deal, needed: always, meta: {zh: 项目, en: deal}}
    parties: {type: list, item: {type: record, part: party}, meta: {zh: 当事人, en: parties}}
    loans: {type: list, single: loan, item: {type: record, part: loan}, meta: {zh: 借款, en: loans}}
    credit_lines: {type: list, item: {type: record, part: credit_line}, meta: {zh: 授信额度, en: credit lines}}
    pledges: {type: list, item: {type: record, part: pledge}, meta: {zh: 质押, en: pledges}}
    borrower: {type: ref, to: [parties], derived: first_borrower, meta: {zh: 借款人, en: borrower}}
deal:
  meta: {zh: 项目, en: deal}
  fields:
    id: {type: line, needed: always, maxlength: 20, meta: {zh: 项目编号, en: deal id, example: DEMO-1}}
    as_of: {type: day, needed: always, meta: {zh: 适用法律日期, en: date whose law applies}}
    stage: {type: enum, enum: stage, default: draft, meta: {zh: 阶段, en: stage}}
    currency: {type: enum, enum: currency, default: CNY, meta: {zh: 币种, en: currency}}
    place: {type: line, meta: {zh: 签订地点, en: place}}
    note: {type: text, meta: {zh: 说明, en: note}}
    electronic: {type: flag, meta: {zh: 电子签名, en: electronic signature}}
    copies: {type: whole, min: 1, max: 20, meta: {zh: 份数, en: copies}}
    factor: {type: number, min: -1, meta: {zh: 系数, en: factor}}
    code: {type: line, minlength: 2, regex: '[A-Z]+|[0-9]+', meta: {zh: 代码, en: code, example: AB}}
    colour: {type: enum, enum: colour, allowed: [red, blue], meta: {zh: 颜色, en: colour}}
    signed_on: {type: day, min: 2000-01-01, meta: {zh: 签订日期, en: signing date}}
    codes: {type: list, minlength: 2, maxlength: 3, item: {type: line}, meta: {zh: 代码清单, en: codes}}
    nice_classes: {type: list, item: {type: whole}, meta: {zh: 类别, en: classes}}
    tel: {type: list, item: {type: phone}, meta: {zh: 电话, en: telephones}}
"""

PARTS = """\
party:
  meta: {zh: 当事人, en: party}
  id: id
  fields:
    id: {type: line, needed: always, regex: '[A-Za-z0-9_\\-一-鿿]+', meta: {zh: 代号, en: id, example: bank}}
    type: {type: enum, enum: entity_type, needed: always, meta: {zh: 主体类型, en: kind of party}}
    name: {type: line, needed: always, meta: {zh: 名称, en: name}}
    phone: {type: phone, meta: {zh: 联系电话, en: telephone}}
    postcode: {type: postcode, meta: {zh: 邮政编码, en: postcode}}
    accounts: {type: list, item: {type: record, part: account}, meta: {zh: 账户, en: accounts}}
    natural: {type: flag, derived: party_is_natural, meta: {zh: 是自然人, en: is a natural person}}
  variants:
    by: type
    person:
      values: [natural_person]
      fields:
        id_type: {type: enum, enum: id_type, default: resident_id, meta: {zh: 证件类型, en: kind of document}}
        id_no: {type: id_no, needed: sign, meta: {zh: 证件号码, en: identity number}}
        spouse: {type: ref, to: [parties], meta: {zh: 配偶, en: spouse}}
    organisation:
      values: [company, hk_company]
      fields:
        uscc: {type: uscc, needed: draft, meta: {zh: 统一社会信用代码, en: unified social credit code}}
        representative: {type: line, needed: register, maxlength: 10, meta: {zh: 代表人, en: representative}}
account:
  meta: {zh: 账户, en: account}
  fields:
    bank: {type: line, needed: draft, meta: {zh: 开户行, en: bank}}
    no: {type: bank_account, needed: draft, meta: {zh: 账号, en: account number}}
loan:
  meta: {zh: 借款, en: loan}
  id: id
  fields:
    id: {type: line, needed: always, meta: {zh: 代号, en: id}}
    contract_no: {type: line, meta: {zh: 合同编号, en: contract number}}
    lender: {type: ref, to: [parties], meta: {zh: 贷款人, en: lender}}
    borrower: {type: ref, to: [parties], needed: sign, meta: {zh: 借款人, en: borrower}}
    amount: {type: money, meta: {zh: 金额, en: amount}}
    guarantors: {type: list, needed: register, item: {type: ref, to: [parties]}, meta: {zh: 保证人, en: guarantors}}
    covenants: {type: list, needed: sign, minlength: 0, item: {type: line}, meta: {zh: 财务承诺, en: covenants}}
credit_line:
  meta: {zh: 授信额度, en: credit line}
  id: id
  fields:
    id: {type: line, needed: always, meta: {zh: 代号, en: id}}
    contract_no: {type: line, meta: {zh: 合同编号, en: contract number}}
    limit_amount: {type: money, min: 0.01, meta: {zh: 额度, en: limit}}
    fee_ratio: {type: ratio, max: 0.24, meta: {zh: 费率, en: fee}}
    ends_on: {type: day, meta: {zh: 到期日, en: end}}
pledge:
  meta: {zh: 质押, en: pledge}
  id: id
  fields:
    id: {type: line, needed: always, meta: {zh: 代号, en: id}}
    secures: {type: list, item: {type: ref, to: [loans, credit_lines]}, meta: {zh: 担保的合同, en: contracts secured}}
    principal: {type: ref, to: [loans, credit_lines], meta: {zh: 主合同, en: principal contract}}
"""

FILES = {"deal.yaml": DEAL, "parts/all.yaml": PARTS, "enums.yaml": ENUMS}

BASE = """\
deal:
  id: DEMO-1
  as_of: 2026-01-29
"""
"""The shortest deal without a finding at stage draft."""


@cache
def small_schema() -> Schema:
    """The schema of `FILES`."""
    return Schema.load(FILES)
