"""Schema files → plain checked data, or every problem with its place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from docgen.diagnostics import Diagnostic, InputError, Place, Related, Severity
from docgen.load import Mapping, Node, Scalar, Sequence, load_text
from docgen.schema.nearest import nearest
from docgen.schema.selfcheck import check_plain

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Mapping as MappingType

_DOCUMENTS: Final = "documents"
_PART_WORDS: Final = frozenset({"meta", "id", "fields", "variants"})
_PAPER_WORDS: Final = frozenset({"meta", "fields", "parts"})
_FIELD_WORDS: Final = frozenset(
    {"type", "needed", "derived", "default", "part", "enum", "to", "item", "single", "meta"},
)
_ITEM_WORDS: Final = frozenset({"type", "part", "enum", "to"})
_META_WORDS: Final = frozenset({"zh", "en", "help", "example", "law", "unit"})
_LENGTH_RULES: Final = frozenset({"minlength", "maxlength"})
_RULES: Final = _LENGTH_RULES | {"allowed", "regex", "min", "max"}

Plain = dict[str, Any]
Path = tuple[str, ...]


def read_files(files: MappingType[str, str]) -> Plain:
    """The plain data of `Schema.dumps`; raises InputError with all problems of all files."""
    reader = _Reader()
    for name in sorted(files):
        root = load_text(files[name], f"schemas/{name}").root
        if name == "enums.yaml":
            reader.enums(root)
        elif name.startswith("templates/"):
            reader.paper(name.removeprefix("templates/").removesuffix(".yaml"), root)
        else:
            reader.parts(root, is_root=name == "deal.yaml")
    plain = reader.finish()
    problems = reader.problems or check_plain(plain, reader.places)
    if problems:
        raise InputError(problems)
    return plain


class _Reader:
    """Collects parts, enumerations, their places and the problems of their form."""

    def __init__(self) -> None:
        self.problems: list[Diagnostic] = []
        self.places: dict[Path, Place] = {}
        self._parts: dict[str, Plain] = {}
        self._enums: dict[str, list[list[str]]] = {}
        self._papers: dict[str, Plain] = {}
        self._root = ""

    def finish(self) -> Plain:
        """Everything read, with the papers' own parts under `documents`."""
        if self._papers:
            self._parts[_DOCUMENTS] = {"zh": "文件专用信息", "en": "facts of single papers", "fields": self._papers}
            root = self._parts.get(self._root)
            if root:
                field = {"type": "record", "part": _DOCUMENTS, "zh": "文件专用信息", "en": "facts of single papers"}
                root["fields"].setdefault(_DOCUMENTS, field)
        return {"root": self._root, "enums": self._enums, "parts": self._parts}

    def enums(self, root: Mapping) -> None:
        """`name: {key: {zh, en, help}, …}` for every enumeration."""
        for name, node in self._entries(root, ("enums",)):
            values: list[list[str]] = []
            path = ("enums", name)
            for key, value in self._entries(node, path):
                meta = self._meta(value, (*path, key))
                values.append([key, meta.get("zh", ""), meta.get("en", ""), meta.get("help", "")])
            self._enums[name] = values

    def parts(self, root: Mapping, *, is_root: bool) -> None:
        """`name: {meta, id, fields, variants}` for every part of a file."""
        for name, node in self._entries(root, ("parts",)):
            if name in self._parts:
                related = (Related(self.places["parts", name], "first"),)
                self.problems.append(Diagnostic("S112", Severity.ERROR, node.place, {"name": name}, related=related))
                continue
            if is_root and not self._root:
                self._root = name
            self._parts[name] = self._part(node, ("parts", name))

    def paper(self, paper_id: str, root: Mapping) -> None:
        """`{meta, fields, parts}` of schemas/templates/ID.yaml: the paper's own fields, and parts for them."""
        path = ("parts", f"{_DOCUMENTS}.{paper_id}")
        words = self._words(root, path, _PAPER_WORDS)
        meta = self._meta(words.get("meta", root), (*path, "meta"), optional=True)
        self.places[path] = self.places["parts", _DOCUMENTS, "fields", paper_id] = root.place
        fields = self._fields(words.get("fields"), path)
        names = {"zh": meta.get("zh", ""), "en": meta.get("en", "")}
        self._parts[path[1]] = {**names, "fields": fields}
        self._papers[paper_id] = {"type": "record", "part": path[1], **names}
        own = words.get("parts")
        if isinstance(own, Mapping):
            self.parts(own, is_root=False)

    def _part(self, node: Node, path: Path) -> Plain:
        words = self._words(node, path, _PART_WORDS)
        meta = self._meta(words["meta"], (*path, "meta")) if "meta" in words else self._lacks(node, path, "meta")
        part: Plain = {"zh": meta.get("zh", ""), "en": meta.get("en", "")}
        part["fields"] = self._fields(words.get("fields"), path)
        if "id" in words:
            part["id"] = self._text(words["id"], (*path, "id"))
        if "variants" in words:
            part["by"] = ""
            part["variants"] = []
            for name, entry in self._entries(words["variants"], (*path, "variants")):
                if name == "by":
                    part["by"] = self._text(entry, (*path, "by"))
                    continue
                spot = (*path, "variants", name)
                variant = self._words(entry, spot, frozenset({"values", "fields"}))
                values = self._texts(variant.get("values"), (*spot, "values"))
                part["variants"].append([name, values, self._fields(variant.get("fields"), spot)])
        return part

    def _fields(self, node: Node | None, path: Path) -> Plain:
        if node is None or (isinstance(node, Scalar) and node.is_null):
            return {}
        path = (*path, "fields")
        return {key: self._field(entry, (*path, key)) for key, entry in self._entries(node, path)}

    def _field(self, node: Node, path: Path) -> Plain:
        words = self._words(node, path, _FIELD_WORDS | _RULES)
        field = self._kind(words, node, path)
        for word in ("needed", "derived", "default", "single"):
            if word in words:
                field[word] = self._text(words[word], (*path, word))
        field |= self._meta(words["meta"], (*path, "meta")) if "meta" in words else self._lacks(node, path, "meta")
        rules = {word: self._rule(word, words[word], (*path, word)) for word in words if word in _RULES}
        if rules:
            field["rules"] = rules
        return field

    def _kind(self, words: dict[str, Node], node: Node, path: Path) -> Plain:
        """What both a field and a list entry say of their type."""
        kind: Plain = {}
        if "type" in words:
            kind["type"] = self._text(words["type"], (*path, "type"))
        else:
            self._lacks(node, path, "type")
            kind["type"] = ""
        for word in ("part", "enum"):
            if word in words:
                kind[word] = self._text(words[word], (*path, word))
        if "to" in words:
            kind["to"] = self._texts(words["to"], (*path, "to"))
        if "item" in words:
            item = words["item"]
            spot = (*path, "item")
            kind["item"] = self._kind(self._words(item, spot, _ITEM_WORDS), item, spot)
        return kind

    def _meta(self, node: Node, path: Path, *, optional: bool = False) -> dict[str, Any]:
        words = self._words(node, path, _META_WORDS | _PAPER_WORDS if optional else _META_WORDS)
        meta: dict[str, Any] = {}
        for word in ("zh", "en"):
            if word not in words:
                self._lacks(node, path, word)
        for word, entry in words.items():
            if word == "law":
                meta[word] = self._texts(entry, (*path, word))
            elif word == "help" and isinstance(entry, Mapping):
                texts = self._words(entry, (*path, word), frozenset({"zh", "en"}))
                meta["help"] = self._text(texts.get("zh", entry), (*path, word, "zh"))
                meta["help_en"] = self._text(texts.get("en", entry), (*path, word, "en"))
            elif word in _META_WORDS:
                meta[word] = self._text(entry, (*path, word))
        return meta

    def _rule(self, word: str, node: Node, path: Path) -> object:
        if word == "allowed":
            return self._texts(node, path)
        text = self._text(node, path)
        # A length that's no number stays a text, for the check of the rules to refuse.
        return int(text) if word in _LENGTH_RULES and text.isascii() and text.isdigit() else text

    def _words(self, node: Node, path: Path, known: frozenset[str]) -> dict[str, Node]:
        """The entries of a mapping whose keys are words of the dialect."""
        words: dict[str, Node] = {}
        for word, entry in self._entries(node, path):
            if word in known:
                words[word] = entry
            else:
                near = nearest(word, known) or sorted(known)
                self._say("S102", self.places[*path, word], word=word, known=", ".join(near))
        return words

    def _entries(self, node: Node, path: Path) -> Iterable[tuple[str, Node]]:
        if not isinstance(node, Mapping):
            self._say("S101", node.place, name=path[-1])
            return []
        for entry in node.entries:
            self.places.setdefault((*path, entry.key.text), entry.key.place)
        return [(entry.key.text, entry.value) for entry in node.entries]

    def _text(self, node: Node, path: Path) -> str:
        if isinstance(node, Scalar) and not node.is_null:
            self.places[path] = node.place
            return node.text
        self._say("S104", node.place, name=path[-1])
        return ""

    def _texts(self, node: Node | None, path: Path) -> list[str]:
        if isinstance(node, Sequence):
            self.places[path] = node.place
            return [self._text(item, path) for item in node.items]
        if isinstance(node, Scalar) and not node.is_null:
            return [self._text(node, path)]
        if node is not None:
            self._say("S104", node.place, name=path[-1])
        return []

    def _lacks(self, node: Node, path: Path, word: str) -> dict[str, Any]:
        self._say("S103", node.place, name=path[-1], word=word)
        return {}

    def _say(self, code: str, place: Place, **args: str) -> None:
        self.problems.append(Diagnostic(code, Severity.ERROR, place, args))
