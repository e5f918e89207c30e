"""The schema → a commented deal.yaml to fill in: mandatory fields active, the others one `# ` away."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, TypeAlias

from docgen.authoring.samples import entries, sample, written_id

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from docgen.schema import FieldType, RecordType, Schema

Lang: TypeAlias = Literal["zh", "en"]

_PLAIN = re.compile(r"[^\s\-?:,\[\]{}#&*!|>'\"%@`][^#:\[\]{}\"']*[^\s#:\[\]{}\"']|[^\s\-?:,\[\]{}#&*!|>'\"%@`]")
_SHOWN_VALUES = 8
_FROM_THE_START = ("always", "draft")

_WORDS: Mapping[Lang, Mapping[str, str]] = {
    "zh": {
        "head": "## 交易文件。井号之后是说明；各项的值都是示例，请逐项改成真实内容，写着“待填”的必须填写。\n"
        "## 以“# ”开头的行尚未启用：去掉行首的一个“# ”就启用。整段启用时，段内每行各去掉一个。\n"
        "## 名称可以写中文，也可以写英文键；“选填”的不需要就留着不动或者删去。",
        "always": "必填",
        "draft": "必填",
        "sign": "签约时必填",
        "register": "登记时必填",
        "drawdown": "放款时必填",
        "post": "贷后必填",
        "": "选填",
        "day": "日期",
        "money": "金额，元",
        "ratio": "比率，如 4.35%",
        "number": "数字",
        "whole": "整数",
        "flag": "是或否",
        "text": "可以写多行",
        "enum": "可选：",
        "more": "等",
        "ref": "写“{target}”里的代号",
        "list": "可以写多项",
        "comma": "、",
        "stop": "；",
        "todo": "【待填：{label}】",
    },
    "en": {
        "head": "## Deal file. What follows a hash is a remark. All values are examples: replace them, 待填 first.\n"
        "## A line that begins with `# ` is switched off: take away one leading `# ` to switch it on; for a whole\n"
        "## section take one away on each of its lines. Names may be English keys or Chinese labels.",
        "always": "required",
        "draft": "required",
        "sign": "required for signing",
        "register": "required for registration",
        "drawdown": "required for drawdown",
        "post": "required after drawdown",
        "": "optional",
        "day": "date",
        "money": "money",
        "ratio": "ratio, such as 4.35%",
        "number": "number",
        "whole": "whole number",
        "flag": "true or false",
        "text": "may have several lines",
        "enum": "one of ",
        "more": " …",
        "ref": "an id of `{target}`",
        "list": "may hold several",
        "comma": ", ",
        "stop": "; ",
        "todo": "【待填：{label}】",
    },
}


def deal_skeleton(schema: Schema, lang: Lang) -> str:
    """A deal.yaml with every field the schema has: Chinese labels (`zh`) or English keys (`en`), type and example."""
    writer = _Writer(schema, lang)
    writer.lines.append(_WORDS[lang]["head"])
    for one in schema.root.fields.values():
        if not one.derived:
            writer.lines.append(f"\n## {one.label(lang)}")
            writer.field(one, 0, "", ())
    return "\n".join(writer.lines) + "\n"


@dataclass(slots=True)
class _Writer:
    """Collects the lines; `off` counts how many `# ` switch a line off."""

    schema: Schema
    lang: Lang
    lines: list[str] = field(default_factory=list)

    def field(self, one: FieldType, off: int, indent: str, above: tuple[str, ...], *, on: bool = False) -> None:
        """A field and what it holds; `on` keeps it active although it is optional."""
        # What is needed only later is unknown in a new deal, yet belongs to a section once that is switched on.
        off += not (on or one.needed in _FROM_THE_START or (off and one.needed))
        name = f"{indent}{self._name(one)}:"
        if one.type == "record" and one.part:
            self._line(off, name, one)
            self._record(one.part, off, indent + "  ", above, {})
        elif one.type == "list" and one.item:
            self._line(off, name, one)
            self._entries(one.item, off, indent + "  ", above)
        else:
            self._line(off, f"{name} {self._value(one)}", one)

    def _entries(self, item: FieldType, off: int, indent: str, above: tuple[str, ...]) -> None:
        """The entries of a list: one, or one for each variant, the first ones active."""
        part = item.part if item.type == "record" else None
        if part is None:
            self.lines.append(f"{'# ' * off}{indent}- {self._value(item)}")
            return
        for active, given in entries(part):
            self._record(part, off + (not active), indent, above, given, entry=True)

    def _record(  # noqa: PLR0913 — where it stands (three) and what is written there (three)
        self,
        part: RecordType,
        off: int,
        indent: str,
        above: tuple[str, ...],
        given: Mapping[str, str],
        *,
        entry: bool = False,
    ) -> None:
        """The fields of a record, mandatory ones first: the dash of a list entry stands before an active one."""
        if part.name in above:
            return
        chosen = part.variant(given.get(part.variants_by, ""))
        fields = [one for one in (chosen.fields if chosen else part.fields).values() if not one.derived]
        fields.sort(key=lambda one: one.needed not in _FROM_THE_START)
        for index, one in enumerate(fields):
            dash = f"{indent}- " if entry else indent
            inner = dash if entry and index == 0 else " " * len(dash)
            if one.key in given:
                text = self._enum(one, given[one.key]) if one.enum else given[one.key]
                self._line(off, f"{inner}{self._name(one)}: {_quoted(text)}", one)
            else:
                self.field(one, off, inner, (*above, part.name), on=index == 0)

    def _line(self, off: int, text: str, one: FieldType) -> None:
        """One line with its remark."""
        self.lines.append(f"{'# ' * off}{text}  # {self._remark(one)}")

    def _name(self, one: FieldType) -> str:
        """The name as it is written."""
        return one.zh if self.lang == "zh" else one.key

    def _value(self, one: FieldType) -> str:
        """An example value, quoted where YAML needs it."""
        if one.type == "enum" and one.enum:
            return self._enum(one, one.default or next(iter(one.enum.values)))
        if one.type == "ref":
            return written_id(one, self.schema)
        if one.type == "flag":
            on = (one.default or "false") in ("true", "是")
            return {"zh": "是" if on else "否", "en": "true" if on else "false"}[self.lang]
        return _quoted(sample(one) or _WORDS[self.lang]["todo"].format(label=one.label(self.lang)))

    def _enum(self, one: FieldType, key: str) -> str:
        """An enumeration's value as it is written."""
        return one.enum.label(key) if one.enum and self.lang == "zh" else key

    def _remark(self, one: FieldType) -> str:
        """Whether it is needed, what it is, and the schema's help."""
        words = _WORDS[self.lang]
        inner = one.item or one
        hint = words.get(inner.type, "")
        if inner.enum:
            keys = list(inner.enum.values)
            shown = words["comma"].join(self._enum(inner, key) for key in keys[:_SHOWN_VALUES])
            hint += shown + (words["more"] if len(keys) > _SHOWN_VALUES else "")
        elif inner.type == "ref":
            hint = hint.format(target=self._targets(inner.to))
        if one.type == "list":
            hint = words["stop"].join(part for part in (words["list"], hint if inner.type != "record" else "") if part)
        unit = one.unit if self.lang == "zh" else ""
        help_text = one.help if self.lang == "zh" else one.help_en
        english = one.zh if self.lang == "en" else ""
        return words["stop"].join(part for part in (words[one.needed], english, hint, unit, help_text) if part)

    def _targets(self, lists: Iterable[str]) -> str:
        """The names of the lists a reference may lead to."""
        fields = self.schema.root.fields
        return _WORDS[self.lang]["comma"].join(self._name(fields[name]) for name in lists)


def _quoted(text: str) -> str:
    """The text as YAML reads it back unchanged."""
    return text if _PLAIN.fullmatch(text) else json.dumps(text, ensure_ascii=False)
