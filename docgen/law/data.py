"""Instruments and parameters, read from YAML and looked up by date."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from docgen.load import Mapping as MappingNode
from docgen.load import Scalar, Sequence, load_text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from docgen.load import Node

CITATION = re.compile(r"(?P<instrument>\S+)(?: (?P<article>[^\[\]]+?))?(?: \[(?P<tag>[VSRABC])\])?\Z")


class LawError(ValueError):
    """The legal data itself is wrong: unknown name, malformed date. A bug, not a user's mistake."""


@dataclass(frozen=True, slots=True)
class Instrument:
    """One statute, regulation or standard: official title, number, when in force, and where it was read."""

    id: str
    zh: str
    en: str
    issuer: str
    number: str
    from_on: date | None
    until_on: date | None
    source: str
    checked_on: date
    tag: str


@dataclass(frozen=True, slots=True)
class ValueFrom:
    """A parameter's value from a day on, with the reference it was taken from."""

    from_on: date
    value: Decimal | str
    reference: str
    tag: str


@dataclass(frozen=True, slots=True)
class Parameter:
    """A figure that the law fixes, with every value it has had."""

    id: str
    zh: str
    unit: str
    checked_on: date
    values: tuple[ValueFrom, ...]

    def on(self, day: date) -> ValueFrom | None:
        """The value in force on `day`, or None before the first one."""
        found = None
        for entry in self.values:
            if entry.from_on <= day:
                found = entry
        return found


@dataclass(frozen=True, slots=True)
class Law:
    """All instruments and parameters."""

    instruments: Mapping[str, Instrument]
    parameters: Mapping[str, Parameter]

    @classmethod
    def load(cls, files: Mapping[str, str]) -> Law:
        """Read `instruments.yaml` and every `parameters/*.yaml`, given as name → text."""
        instruments: dict[str, Instrument] = {}
        parameters: dict[str, Parameter] = {}
        for name, text in sorted(files.items()):
            data = plain(load_text(text, name).root)
            if not isinstance(data, dict):
                raise LawError(name)
            if name.endswith("instruments.yaml"):
                instruments.update({key: _instrument(key, entry) for key, entry in data.items()})
            else:
                for key, entry in data.items():
                    if key in parameters:
                        raise LawError(key)
                    parameters[key] = _parameter(key, entry)
        return cls(instruments, parameters)

    def dumps(self) -> tuple[Any, ...]:
        """All of it as tuples and texts: what marshal can hold."""
        instruments = tuple(
            (
                i.id,
                i.zh,
                i.en,
                i.issuer,
                i.number,
                _iso(i.from_on),
                _iso(i.until_on),
                i.source,
                _iso(i.checked_on),
                i.tag,
            )
            for i in self.instruments.values()
        )
        parameters = tuple(
            (p.id, p.zh, p.unit, _iso(p.checked_on), tuple(_plain_value(value) for value in p.values))
            for p in self.parameters.values()
        )
        return instruments, parameters

    @classmethod
    def loads(cls, plain: tuple[Any, ...]) -> Law:
        """The law that `dumps` gave."""
        instruments, parameters = plain
        return cls(
            {one[0]: _instrument_from(*one) for one in instruments},
            {one[0]: _parameter_from(*one) for one in parameters},
        )

    def number(self, parameter: str, on: date) -> Decimal | None:
        """The numeric value of a parameter on a day; None before its first value; LawError for an unknown name."""
        if parameter not in self.parameters:
            raise LawError(parameter)
        found = self.parameters[parameter].on(on)
        return None if found is None or isinstance(found.value, str) else found.value

    def knows(self, citation: str) -> bool:
        """Whether the instrument a citation names is registered."""
        match = CITATION.match(citation)
        return match is not None and match["instrument"] in self.instruments

    def cites_in_force(self, citation: str, day: date) -> bool:
        """Whether the instrument a citation names is in force on a day. LawError for an unknown instrument."""
        match = CITATION.match(citation)
        if match is None or match["instrument"] not in self.instruments:
            raise LawError(citation)
        found = self.instruments[match["instrument"]]
        return not ((found.from_on and day < found.from_on) or (found.until_on and day > found.until_on))

    def cite(self, citation: str, lang: str = "zh") -> str:
        """A citation such as `CC 692(2)` in words: 《民法典》第692条第2款. LawError for an unknown instrument."""
        match = CITATION.match(citation)
        if match is None or match["instrument"] not in self.instruments:
            raise LawError(citation)
        instrument = self.instruments[match["instrument"]]
        article = match["article"] or ""
        tag = f" [{match['tag']}]" if match["tag"] else ""
        if lang == "en":
            return f"{instrument.en}{f' art. {article}' if article else ''}{tag}"
        bare = "《" in instrument.zh or "〔" in instrument.zh or not article
        title = instrument.zh if bare else f"《{instrument.zh}》"
        return f"{title}{_article_in_chinese(article)}{tag}"


def _iso(day: date | None) -> str:
    """A date as text, empty for none."""
    return day.isoformat() if day else ""


def _from_iso(text: str) -> date | None:
    """A date as `_iso` wrote it."""
    return date.fromisoformat(text) if text else None


def _instrument_from(*plain: Any) -> Instrument:  # noqa: ANN401 — what `dumps` gave
    """An instrument from its plain parts."""
    *names, from_on, until_on, source, checked_on, tag = plain
    parts: tuple[Any, ...] = (*names, _from_iso(from_on), _from_iso(until_on), source, _from_iso(checked_on), tag)
    return Instrument(*parts)


def _parameter_from(*plain: Any) -> Parameter:  # noqa: ANN401 — what `dumps` gave
    """A parameter from its plain parts."""
    *names, checked_on, values = plain
    parts: tuple[Any, ...] = (*names, _from_iso(checked_on), tuple(_value_from(one) for one in values))
    return Parameter(*parts)


def _plain_value(one: ValueFrom) -> tuple[Any, ...]:
    """A dated value as texts; whether it is a number stands first."""
    return not isinstance(one.value, str), str(one.value), _iso(one.from_on), one.reference, one.tag


def _value_from(plain: tuple[Any, ...]) -> ValueFrom:
    """A dated value as `_plain_value` wrote it."""
    number, text, day, reference, tag = plain
    return ValueFrom(date.fromisoformat(day), Decimal(text) if number else text, reference, tag)


def _article_in_chinese(article: str) -> str:
    """`692(2)` → 第692条第2款; `11#7` → 第11条第（7）项; a list or range is joined with 、 and 至."""
    if not article:
        return ""
    parts = []
    for one in re.split(r",\s*", article):
        match = re.fullmatch(r"(\d+)(?:-(\d+))?(?:\((\d+)\))?(?:#(\d+))?", one)
        if match is None:
            return article
        span = f"第{match[1]}条至第{match[2]}条" if match[2] else f"第{match[1]}条"
        paragraph = f"第{match[3]}款" if match[3] else ""
        parts.append(span + paragraph + (f"第（{match[4]}）项" if match[4] else ""))
    return "、".join(parts)


def plain(node: Node) -> object:
    """A loaded node as plain dicts, lists and texts."""
    if isinstance(node, MappingNode):
        return {entry.key.text: plain(entry.value) for entry in node.entries}
    if isinstance(node, Sequence):
        return [plain(item) for item in node.items]
    if isinstance(node, Scalar):
        return "" if node.is_null else node.text
    raise LawError(repr(node))


def _text(entry: object, key: str, default: str | None = None) -> str:
    """A text of an entry; LawError when a mandatory one is absent."""
    if isinstance(entry, dict) and isinstance(entry.get(key), str):
        return str(entry[key])
    if default is None:
        raise LawError(key)
    return default


def _day(entry: object, key: str) -> date | None:
    """A date of an entry, or None."""
    text = _text(entry, key, "")
    return date.fromisoformat(text) if text else None


def _checked(entry: object) -> date:
    """The day on which a person last compared the data with the source."""
    key = "checked_on"
    day = _day(entry, key)
    if day is None:
        raise LawError(key)
    return day


def _instrument(key: str, entry: object) -> Instrument:
    """One entry of instruments.yaml."""
    return Instrument(
        key,
        _text(entry, "zh"),
        _text(entry, "en"),
        _text(entry, "issuer", ""),
        _text(entry, "number", ""),
        _day(entry, "from"),
        _day(entry, "until"),
        _text(entry, "source"),
        _checked(entry),
        _text(entry, "tag"),
    )


def _parameter(key: str, entry: object) -> Parameter:
    """One parameter with its dated values."""
    if not isinstance(entry, dict) or not isinstance(entry.get("values"), dict):
        raise LawError(key)
    values = []
    for day, item in sorted(entry["values"].items()):
        text = _text(item, "value")
        value: Decimal | str = Decimal(text) if re.fullmatch(r"-?\d+(\.\d+)?", text) else text
        values.append(ValueFrom(date.fromisoformat(day), value, _text(item, "reference"), _text(item, "tag")))
    return Parameter(key, _text(entry, "zh"), _text(entry, "unit"), _checked(entry), tuple(values))
