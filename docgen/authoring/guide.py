"""The names a template may use → for each one its key, label, type, what it prints, and the tag to paste."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from itertools import chain, count
from typing import TYPE_CHECKING, Literal, TypeAlias

from docgen.authoring.samples import sample
from docgen.language.filters import filters_for
from docgen.language.kinds import DEFAULT_FORMATS
from docgen.schema import FieldType, RecordType

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from docgen.language.filters import Filter

Lang: TypeAlias = Literal["zh", "en"]

_NAMING = ("name", "title", "contract_no", "id")
_MASKED = ("id_no", "bank_account", "phone")


@dataclass(frozen=True, slots=True)
class GuideEntry:
    """One name usable in a template.

    `path` is how the tag writes it, in labels or keys; `tag` is ready to paste: a value, or the opening and
    closing tag of a loop or condition. `printed` shows what comes out; `others` are tags with the other filters
    that fit. `written` is an example from a deal file. `needed` is the stage from which a value must be there, ""
    for an optional one. `depth` is 0 for a name, 1 for a field of it, and so on.
    """

    path: str
    key: str
    label: str
    type: str
    tag: str
    printed: str
    written: str
    others: tuple[str, ...]
    needed: str
    help: str
    depth: int


def field_guide(names: Mapping[str, FieldType | RecordType], lang: Lang = "zh") -> tuple[GuideEntry, ...]:
    """Every name of a template's scope with its fields, in order.

    Records and lists are opened in place. A reference within them is not: its fields are those of its own kind of
    record, which its entry names; so parties aren't listed again under every contract.
    """
    guide = _Guide(names, lang)
    return tuple(entry for name, one in names.items() for entry in guide.name(name, one))


class _Guide:
    """Walks from the names of the scope to their fields."""

    def __init__(self, names: Mapping[str, FieldType | RecordType], lang: Lang) -> None:
        self._lang = lang
        self._taken = {*names, *(one.zh for one in names.values())}
        self._taken |= {one.single for one in names.values() if isinstance(one, FieldType)}

    def name(self, name: str, one: FieldType | RecordType) -> Iterator[GuideEntry]:
        """A name of the scope and all below it; a field under its own key is written by its label."""
        if isinstance(one, RecordType):
            yield self._record_entry(name, one.name, one, "", 0)
            yield from self._fields(one, name, 1, ())
            return
        path = one.zh if self._lang == "zh" and one.key == name else name
        yield from self._field(one, path, 0, (), open_reference=True)

    def _fields(self, record: RecordType, path: str, depth: int, above: tuple[str, ...]) -> Iterator[GuideEntry]:
        """The fields of a record."""
        if record.name in above:
            return
        for one in record.fields.values():
            inner = f"{path}.{one.label() if self._lang == 'zh' else one.key}"
            yield from self._field(one, inner, depth, (*above, record.name))

    def _field(
        self, one: FieldType, path: str, depth: int, above: tuple[str, ...], *, open_reference: bool = False
    ) -> Iterator[GuideEntry]:
        """A field and, for a record or list, what it holds."""
        part = one.part
        if part:
            yield self._record_entry(path, one.key, part, one.needed, depth, label=one.label(self._lang))
            if one.type == "record" or open_reference:
                yield from self._fields(part, path, depth + 1, above)
        elif one.type == "list" and one.item:
            yield from self._list(one, one.item, path, depth, above)
        else:
            yield self._value_entry(one, path, depth)

    def _list(
        self, one: FieldType, item: FieldType, path: str, depth: int, above: tuple[str, ...]
    ) -> Iterator[GuideEntry]:
        """A list: the loop over it, and the fields of its entries under the loop's variable."""
        part = item.part
        variable = self._variable(part.zh if part and self._lang == "zh" else part.name if part else one.label())
        shown = self._naming(part)
        yield GuideEntry(
            path=path,
            key=one.key,
            label=one.label(self._lang),
            type=f"list:{part.name if part else item.type}",
            tag=f"{{%p for {variable} in {path} %}}…{{%p endfor %}}",
            printed="",
            written="" if part else sample(item),
            others=tuple(self._filtered(path, one_filter, one, shown) for one_filter in _list_filters(item, shown)),
            needed=one.needed,
            help=self._help(one),
            depth=depth,
        )
        self._taken.add(variable)  # an inner loop may not hide it
        if part is None:
            yield self._value_entry(item, variable, depth + 1)
        elif item.type == "record":
            yield from self._fields(part, variable, depth + 1, above)
        else:
            yield self._record_entry(variable, one.key, part, "", depth + 1)
        self._taken.discard(variable)

    def _record_entry(  # noqa: PLR0913 — a line of the guide
        self, path: str, key: str, part: RecordType, needed: str, depth: int, *, label: str = ""
    ) -> GuideEntry:
        """A record can't be printed; its tag shows one of its fields."""
        naming = self._naming(part)
        return GuideEntry(
            path=path,
            key=key,
            label=label or (part.zh if self._lang == "zh" else part.en),
            type=f"record:{part.name}",
            tag=f"{{{{ {path}.{naming} }}}}" if naming else "",
            printed="",
            written="",
            others=(f"{{%p if {path} is {self._word('有值', 'given')} %}}…{{%p endif %}}",),
            needed=needed,
            help="",
            depth=depth,
        )

    def _value_entry(self, one: FieldType, path: str, depth: int) -> GuideEntry:
        """A single value with its default format and the other filters that fit."""
        default = DEFAULT_FORMATS.get(one.type)
        return GuideEntry(
            path=path,
            key=one.key,
            label=one.label(self._lang),
            type=f"enum:{one.enum_name}" if one.enum else one.type,
            tag=f"{{{{ {path} }}}}" if default else f"{{% if {path} %}}…{{% endif %}}",
            printed=_printed(one),
            written=self._written(one),
            others=tuple(self._filtered(path, one_filter, one, "") for one_filter in _value_filters(one, default)),
            needed=one.needed,
            help=self._help(one),
            depth=depth,
        )

    def _filtered(self, path: str, one_filter: Filter, one: FieldType, naming: str) -> str:
        """A tag with a filter and the literals it needs."""
        name = one_filter.zh if self._lang == "zh" else one_filter.key
        enum = one.enum or (one.item.enum if one.item else None)
        first = next(iter(enum.values.values())) if enum else None
        literals = {
            "choice": (first.zh if self._lang == "zh" else first.key) if first else "",
            "listing": naming,
            "text_if": self._word("是", "yes"),
            "otherwise": self._word("无", "none"),
        }
        literal = literals.get(one_filter.key, "")
        arguments = f'("{literal}")' if literal else ""
        return f"{{{{ {path}|{name}{arguments} }}}}"

    def _written(self, one: FieldType) -> str:
        """How a value may stand in the deal file."""
        if one.enum:
            values = one.enum.values.values()
            return self._word("、", ", ").join(value.zh if self._lang == "zh" else value.key for value in values)
        if one.type == "flag":
            return self._word("是、否", "true, false")
        return sample(one)

    def _naming(self, part: RecordType | None) -> str:
        """The field by which a person knows a record, as a tag writes it; "" when it has none."""
        if part is None:
            return ""
        found = next((part.fields[key] for key in _NAMING if key in part.fields), None)
        if found is None:
            return ""
        return found.zh if self._lang == "zh" else found.key

    def _variable(self, wanted: str) -> str:
        """A loop variable that hides no name of the scope."""
        wanted = wanted if wanted.isidentifier() else self._word("项", "item")
        prefixes = ("", "本", "该") if self._lang == "zh" else ("", "this_", "each_")
        wished = (prefix + wanted for prefix in prefixes)
        numbered = (f"{wanted}{number}" for number in count(2))
        return next(name for name in chain(wished, numbered) if name not in self._taken)

    def _help(self, one: FieldType) -> str:
        """The schema's help in the language of the guide."""
        return one.help if self._lang == "zh" else one.help_en

    def _word(self, zh: str, en: str) -> str:
        """A word in the language of the guide."""
        return zh if self._lang == "zh" else en


def _value_filters(one: FieldType, default: str | None) -> list[Filter]:
    """The filters worth offering for a value: masks for numbers of persons, a stand-in for what may be absent."""
    fitting = [one_filter for one_filter in filters_for(one.type) if one_filter.key != default]
    if one.type not in _MASKED:
        fitting = [one_filter for one_filter in fitting if one_filter.key != "masked"]
    if one.needed:
        fitting = [one_filter for one_filter in fitting if one_filter.key != "otherwise"]
    return fitting


def _list_filters(item: FieldType, naming: str) -> list[Filter]:
    """The filters worth offering for a list: boxes for enumerations, an enumeration of names or plain values."""
    fitting = filters_for("list")
    if not item.enum:
        fitting = [one_filter for one_filter in fitting if one_filter.key != "choice"]
    if item.part and not naming:
        fitting = [one_filter for one_filter in fitting if one_filter.key != "listing"]
    return fitting


def _printed(one: FieldType) -> str:
    """What the default format makes of the field's example."""
    if one.enum:
        return next(iter(one.enum.values.values())).zh
    text = sample(one)
    if one.type == "day":
        year, month, day = text.split("-")
        return f"{year}年{int(month)}月{int(day)}日"
    if one.type == "money":
        return f"{Decimal(text.replace(',', '')):,.2f}"
    return text
