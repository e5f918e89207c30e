"""The filters a tag may use: their two names, what they take and what they give."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from docgen.language.kinds import DEFAULT_FORMATS, PRINTED, TEXT_KINDS, WHOLE, Kind

if TYPE_CHECKING:
    from collections.abc import Mapping

# What 条号 gives: a field of Word, which can be printed and nothing else. It takes a literal, so no kind is listed.
REFERENCE: Final = Kind("reference")


@dataclass(frozen=True, slots=True)
class Filter:
    """One filter: `takes` are kinds of values, `least` and `most` bound its literal texts in brackets."""

    key: str
    zh: str
    takes: frozenset[str]
    gives: Kind = PRINTED
    least: int = 0
    most: int = 0


def _filter(key: str, zh: str, *takes: str, gives: Kind = PRINTED, least: int = 0, most: int = 0) -> Filter:
    return Filter(key, zh, frozenset(takes), gives, least, most)


_ALL: Final = (
    _filter("words", "大写", "money"),
    _filter("amount", "金额", "money"),
    _filter("number", "数额", "money"),
    _filter("wan", "万元", "money"),
    _filter("date", "日期", "day"),
    _filter("cn_date", "汉字日期", "day"),
    _filter("iso_date", "数字日期", "day"),
    _filter("sign_date", "签署日期", "day"),
    _filter("percent", "百分比", "ratio"),
    _filter("permille", "千分比", "ratio"),
    _filter("cn_number", "中文数字", "whole"),
    _filter("ordinal", "序数", "whole"),
    _filter("capital_number", "大写数字", "whole"),
    _filter("label", "标签", "enum"),
    _filter("check", "勾选", "flag"),
    _filter("choice", "选中", "enum", "list", least=1, most=1),
    _filter("masked", "掩码", *TEXT_KINDS - {"printed"}),
    _filter("listing", "列举", "list", most=1),
    _filter("text_if", "条件文字", "flag", least=1, most=2),
    _filter("otherwise", "缺省", *DEFAULT_FORMATS, least=1, most=1),
    _filter("count", "个数", "list", gives=WHOLE),
    _filter("clause_no", "条号", gives=REFERENCE),
)
FILTERS: Final[Mapping[str, Filter]] = {name: one for one in _ALL for name in (one.key, one.zh)}


def filters_for(kind: str) -> list[Filter]:
    """The filters that take a kind of value, in the order of the table."""
    return [one for one in _ALL if kind in one.takes]
