"""docs/fields.md: every field of the deal file, for the people who write deals and templates."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from docgen.schema.schema import Schema
    from docgen.schema.types import FieldType, RecordType

_HEAD: Final = """\
# Fields of the deal file 交易文件的字段

This page is generated from `schemas/` by `make docs`; a test compares them. Keys and labels are a public interface.

A field may be written with its Chinese label (字段) or its English key, and the two may be mixed:
`合同编号: DEMO-1` and `contract_no: DEMO-1` are the same. Enumerations take the key or the label as well. Templates use
the labels. 字段可以写中文名，也可以写英文键，两种写法可以混用；选项也一样。模板中使用中文名。

**Needed 必填** says from which stage on a gap is treated as missing: `always` (at every stage), `draft` 起草,
`sign` 签约, `register` 登记, `drawdown` 放款, `post` 贷后; an empty cell means optional. At stage `draft` a gap that
drafting or signing needs prints 【待填：…】 and gives a warning; at any other stage it stops the build.
**Computed 计算** fields can be used in templates and rules, and are refused in a deal file.

| type 类型 | written as 写法 |
|---|---|
| `line`, `text` | any text, kept exactly as typed; `line` stays on one line |
| `whole` | `3` |
| `money` | `5000000`, `5,000,000.10`, `500万元`; at most two decimals, in the deal's currency |
| `ratio` | `4.35%`, `5‰`, `85BP`, or a decimal of at most 1 such as `0.0435` |
| `number` | `1.5` |
| `day` | `2022-01-29`, `2022/1/29`, `2022年1月29日` |
| `flag` | `true`, `false`, `是`, `否`, nothing else |
| `enum` | one of the values listed under Enumerations 选项 |
| `ref` | the id (代号) of an entry of the list named |
| `uscc`, `id_no`, `patent_no`, `hk_patent_no`, `trademark_no`, `bank_account`, `bic`, `lei`, `phone`, `email`, \
`postcode` | the number as on the paper, without quotes; check digits are checked |
| record | fields of its own, indented |
| list | entries that start with `- ` |
"""
_COLUMNS: Final = (
    "| 字段 label | key | English | type | needed | example | help | law |\n|---|---|---|---|---|---|---|---|\n"
)


def fields_page(schema: Schema) -> str:
    """The whole page in Markdown, parts in the order in which a reader meets them."""
    blocks = [_HEAD]
    blocks += [_part(schema.parts[name], is_root=name == schema.root.name) for name in _reading_order(schema)]
    blocks.append("## Enumerations 选项\n")
    blocks += [_enum(name, schema) for name in sorted(schema.enums)]
    return "\n".join(blocks)


def _reading_order(schema: Schema) -> list[str]:
    """The names of the parts, from the root inwards; parts that nothing uses come last."""
    order = [schema.root.name]
    for name in order:
        for field_type in schema.parts[name].fields.values():
            inner = field_type.item or field_type
            if inner.type == "record" and inner.part_name not in order:
                order.append(inner.part_name)
    return order + [name for name in schema.parts if name not in order]


def _part(record_type: RecordType, *, is_root: bool) -> str:
    """The tables of one part: common fields, fields of each variant, computed ones."""
    lines = [
        f'<a id="part-{record_type.name}"></a>\n',
        f"## {record_type.zh} {record_type.en} (`{record_type.name}`)\n",
    ]
    if is_root:
        lines.append("The outermost level of the file. 文件的最外层。\n")
    if record_type.id_field:
        lines.append(f"Named by `{record_type.id_field}` in references. 引用时写代号。\n")
    lines.append(_table(field for field in record_type.common.values() if not field.derived))
    for variant in record_type.variants:
        by = record_type.common[record_type.variants_by]
        values = [f"{by.enum.label(value)} `{value}`" for value in variant.values] if by.enum else []
        own = {key: field for key, field in variant.fields.items() if key not in record_type.common}
        lines.append(f"Only for 仅适用于 {by.zh} `{by.key}` = {'、'.join(values)}:\n")
        lines.append(_table(field for field in own.values() if not field.derived))
    computed = [field for field in record_type.fields.values() if field.derived]
    if computed:
        lines.append("Computed 计算：\n")
        lines.append(_table(computed))
    return "\n".join(lines)


def _table(fields: Iterable[FieldType]) -> str:
    """One table; nothing for no fields."""
    rows = "".join(_rows(fields))
    return _COLUMNS + rows if rows else ""


def _rows(fields: Iterable[FieldType]) -> Iterator[str]:
    for field_type in fields:
        cells = (
            field_type.zh,
            f"`{field_type.key}`" + (f" or `{field_type.single}`" if field_type.single else ""),
            field_type.en,
            _type(field_type),
            field_type.needed,
            f"`{field_type.example}`" if field_type.example else "",
            _help(field_type),
            "; ".join(field_type.law),
        )
        yield "| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in cells) + " |\n"


def _type(field_type: FieldType) -> str:
    """The type with links to parts and enumerations."""
    kind = field_type.type
    if kind == "list" and field_type.item is not None:
        return f"list of {_type(field_type.item)}"
    if kind == "record":
        return f"[{field_type.part_name}](#part-{field_type.part_name})"
    if kind == "enum":
        return f"[{field_type.enum_name}](#enum-{field_type.enum_name})"
    if kind == "ref":
        return f"`ref` to {', '.join(field_type.to)}"
    return f"`{kind}`"


def _help(field_type: FieldType) -> str:
    """Help, unit, default and rules in one cell."""
    parts = [field_type.help]
    if field_type.unit:
        parts.append(f"unit 单位 {field_type.unit}")
    if field_type.default is not None:
        parts.append(f"default 缺省 `{field_type.default}`")
    parts += [f"{word} {_bound(bound)}" for word, bound in field_type.rules.items()]
    return "; ".join(part for part in parts if part)


def _bound(bound: object) -> str:
    return ", ".join(f"`{one}`" for one in (bound if isinstance(bound, list) else [bound]))


def _enum(name: str, schema: Schema) -> str:
    """The values of one enumeration."""
    rows = "".join(f"| {value.zh} | `{key}` | {value.en} |\n" for key, value in schema.enums[name].values.items())
    return f'<a id="enum-{name}"></a>\n\n### `{name}`\n\n| 选项 label | key | English |\n|---|---|---|\n{rows}'
