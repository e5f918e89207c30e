"""Checks of the schema itself: names that Word tags can hold, parts and lists that exist, rules that fit."""

from __future__ import annotations

import builtins
import keyword
import re
import unicodedata
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any, Final

from docgen.diagnostics import Diagnostic, Place, Related, Severity
from docgen.schema.nearest import nearest
from docgen.schema.types import ALWAYS, STAGES, TYPES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

Path = tuple[str, ...]
Plain = dict[str, Any]

_KEY: Final = re.compile(r"[a-z][a-z0-9_]*\Z")
_ENUM_KEY: Final = re.compile(r"[A-Za-z0-9_]+\Z")
# Record's own attributes would hide a field of that name; tests compare this list with the class.
RECORD_WORDS: Final = frozenset(
    {"type_name", "path", "parent", "root", "known", "given", "missing", "place_of", "label_of"},
)
# Words that tags use themselves.
TAG_WORDS: Final = frozenset(
    {"loop", "self", "super", "caller", "varargs", "kwargs", "true", "false", "none", "is", "in", "not", "and", "or"}
    | {"if", "else", "elif", "for", "endfor", "endif", "include", "empty", "given", "有值", "为空", "是", "否"},
)
_TAKEN: Final = RECORD_WORDS | TAG_WORDS | frozenset(dir(builtins.dict)) | frozenset(dir(builtins.list))

_NUMBERS: Final = frozenset({"whole", "money", "ratio", "number"})
_RULES_OF: Final[Mapping[str, frozenset[str]]] = {
    "line": frozenset({"allowed", "regex", "minlength", "maxlength"}),
    "text": frozenset({"minlength", "maxlength"}),
    "day": frozenset({"min", "max"}),
    "enum": frozenset({"allowed"}),
    "list": frozenset({"minlength", "maxlength"}),
    **dict.fromkeys(_NUMBERS, frozenset({"allowed", "min", "max"})),
}
_WORD_OF: Final = {"record": "part", "enum": "enum", "ref": "to", "list": "item"}


def check_plain(plain: Plain, places: Mapping[Path, Place]) -> list[Diagnostic]:
    """Every problem in what the schema files say, sorted as found."""
    return _Check(plain, places).run()


class _Check:
    """One pass over the plain data; `self.problems` fills."""

    def __init__(self, plain: Plain, places: Mapping[Path, Place]) -> None:
        self._enums: dict[str, list[list[str]]] = plain["enums"]
        self._parts: dict[str, Plain] = plain["parts"]
        self._root: str = plain["root"]
        self._places = places
        self.problems: list[Diagnostic] = []

    def run(self) -> list[Diagnostic]:
        for name, values in self._enums.items():
            self._enum(name, values)
        for name, part in self._parts.items():
            self._part(name, part)
        if self._root not in self._parts:
            self._say("S113", ())
        return self.problems

    def _enum(self, name: str, values: list[list[str]]) -> None:
        seen: dict[str, str] = {}
        for key, zh, en, _help in values:
            path = ("enums", name, key)
            if not _ENUM_KEY.match(key):
                self._say("S105", path, name=key)
            for text in {key, zh, en}:
                if seen.setdefault(text, key) != key:
                    self._say("S107", path, ("enums", name, seen[text]), name=text)

    def _part(self, name: str, part: Plain) -> None:
        path = ("parts", name)
        common: Plain = part["fields"]
        for key, field in common.items():
            self._field(field, key, (*path, "fields", key))
        seen: dict[str, tuple[str, Path]] = {}
        self._names(common, (*path, "fields"), seen)
        if "id" in part and common.get(part["id"], {}).get("type") != "line":
            self._say("S111", (*path, "id"), name=part["id"])
        if "variants" in part:
            self._variants(part, path, seen)

    def _variants(self, part: Plain, path: Path, seen: dict[str, tuple[str, Path]]) -> None:
        by = part["fields"].get(part["by"], {})
        known = [value[0] for value in self._enums.get(by.get("enum", ""), ())] if by.get("type") == "enum" else []
        if not known:
            self._say("S114", (*path, "by"), name=part["by"])
            return
        taken: dict[str, str] = {}
        fields_seen: dict[str, tuple[Plain, Path]] = {}
        for variant, values, fields in part["variants"]:
            spot = (*path, "variants", variant)
            for value in values:
                if self._known("values", value, known, spot) and taken.setdefault(value, variant) != variant:
                    self._say("S107", (*spot, "values"), (*path, "variants", taken[value]), name=value)
            for key, field in fields.items():
                own = (*spot, "fields", key)
                self._field(field, key, own)
                first, where = fields_seen.setdefault(key, (field, own))
                if key in part["fields"]:
                    self._say("S107", own, (*path, "fields", key), name=key)
                elif _shape(first) != _shape(field):
                    self._say("S115", own, where, name=key)
            self._names(fields, (*spot, "fields"), seen)

    def _names(self, fields: Plain, path: Path, seen: dict[str, tuple[str, Path]]) -> None:
        """Keys and labels: each of them once among siblings (two variants may share a whole field)."""
        for key, field in fields.items():
            spot = (*path, key)
            if not _KEY.match(key) or keyword.iskeyword(key) or key in _TAKEN:
                self._say("S105", spot, name=key)
            label = field.get("zh", "")
            plain_label = label.isidentifier() and not label.isascii()
            if not plain_label or unicodedata.normalize("NFKC", label) != label or label in _TAKEN:
                self._say("S106", (*spot, "meta", "zh"), name=label)
            for name in {key, label, field.get("single") or key}:
                owner, where = seen.setdefault(name, (key, spot))
                if owner != key:
                    self._say("S107", spot, where, name=name)

    def _field(self, field: Plain, key: str, path: Path) -> None:
        self._kind(field, path)
        needed, derived = field.get("needed", ""), field.get("derived", "")
        if needed:
            self._known("needed", needed, (ALWAYS, *STAGES), path)
        if derived and (not _KEY.match(derived) or {"needed", "default", "rules"} & set(field)):
            self._say("S110", (*path, "derived"), name=key)
        if field.get("single") and (field["type"] != "list" or not _KEY.match(field["single"])):
            self._say("S109", (*path, "single"), word="single", text=field["single"])
        for word, bound in field.get("rules", {}).items():
            if not self._rule_fits(field, word, bound):
                text = ", ".join(bound) if isinstance(bound, list) else str(bound)
                self._say("S109", (*path, word), word=word, text=text)

    def _kind(self, kind: Plain, path: Path) -> None:
        """The type, and what the type names."""
        if not self._known("type", kind["type"], TYPES, path):
            return
        for name, word in _WORD_OF.items():
            if (word in kind) != (kind["type"] == name):
                self._say("S103" if kind["type"] == name else "S116", path, name=path[-1], word=word)
                return
        if kind["type"] == "record":
            self._known("part", kind["part"], self._parts, path)
        elif kind["type"] == "enum":
            self._known("enum", kind["enum"], self._enums, path)
        elif kind["type"] == "ref":
            lists = self._lists_with_id()
            for name in kind["to"]:
                self._known("to", name, lists, path)
        elif "item" in kind and self._known("type", kind["item"]["type"], TYPES - {"list"}, (*path, "item")):
            self._kind(kind["item"], (*path, "item"))

    def _lists_with_id(self) -> list[str]:
        """The lists of the root whose records have an id."""
        fields = self._parts.get(self._root, {}).get("fields", {})
        return [
            key for key, field in fields.items() if "id" in self._parts.get(field.get("item", {}).get("part", ""), {})
        ]

    def _rule_fits(self, field: Plain, word: str, bound: Any) -> bool:  # noqa: ANN401 — plain data of any kind
        kind = field["type"]
        if word not in _RULES_OF.get(kind, ()):
            return kind not in TYPES
        if word == "regex":
            return _compiles(bound)
        if word == "allowed" and kind == "enum":
            known = {value[0] for value in self._enums.get(field.get("enum", ""), ())}
            return bool(bound) and (set(bound) <= known or not known)
        if word in {"minlength", "maxlength"}:
            return isinstance(bound, int)
        texts = bound if isinstance(bound, list) else [bound]
        return bool(texts) and all(_is_bound(kind, text) for text in texts)

    def _known(self, word: str, name: str, known: Iterable[str], path: Path) -> bool:
        """Whether a name is among the known ones; if not, it's reported with the nearest."""
        if name in known:
            return True
        near = ", ".join(nearest(name, known) or sorted(known)) or "—"
        self._say("S108", (*path, word), word=word, name=name, names=near)
        return False

    def _say(self, code: str, path: Path, other: Path | None = None, **args: str) -> None:
        related = (Related(self._place(other), "first"),) if other is not None else ()
        self.problems.append(Diagnostic(code, Severity.ERROR, self._place(path), args, related=related))

    def _place(self, path: Path) -> Place:
        """The place of the nearest known node at or above a path."""
        while path and path not in self._places:
            path = path[:-1]
        return self._places.get(path, Place("schemas"))


def _shape(field: Plain) -> list[object]:
    """What two variants' fields of one key have to agree on."""
    return [field.get(word) for word in ("type", "part", "enum", "to", "item", "zh", "en", "derived", "unit")]


def _compiles(regex: str) -> bool:
    try:
        re.compile(regex)
    except re.error:
        return False
    return True


def _is_bound(kind: str, text: str) -> bool:
    """Whether a text is a bound for values of a type (ratios as shares of 1)."""
    try:
        if kind == "day":
            date.fromisoformat(text)
        elif kind in _NUMBERS:
            return Decimal(text).is_finite() and (kind != "whole" or text.lstrip("-").isdigit())
    except (ValueError, InvalidOperation):
        return False
    return True
