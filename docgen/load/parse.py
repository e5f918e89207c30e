"""Text → tree: reads YAML events one by one and keeps every scalar as it was typed.

**Why events.** PyYAML's `compose` recurses in C and dies of 100,000 nested brackets; its events come
one at a time, so that too deep or too large a file is refused at the event that breaks the limit.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NoReturn, Protocol

import yaml

from docgen.diagnostics import InputError, Related
from docgen.load.findings import Findings
from docgen.load.suspects import ODD_CHARACTERS, SUSPECT_COMMENT
from docgen.load.tree import Entry, Mapping, Node, Scalar, Sequence, Style, Tree

if TYPE_CHECKING:
    from collections.abc import Callable

    from docgen.diagnostics import Place

MAX_DEPTH = 20
MAX_NODES = 200_000
_MAX_RETRIES = 50
_MAX_RETRY_CHARS = 50_000

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
# As Any: the type stubs know neither the C parser's events nor that both parsers give the same classes.
_SCALAR: Any = yaml.ScalarEvent
_ALIAS: Any = yaml.AliasEvent
_MAPPING: Any = yaml.MappingStartEvent
_MAPPING_END: Any = yaml.MappingEndEvent
_SEQUENCE_END: Any = yaml.SequenceEndEvent
_STREAM_END: Any = yaml.StreamEndEvent
_STYLES: dict[str | None, Style] = {"'": "quoted", '"': "quoted", "|": "block", ">": "block"}

_GROUP = re.compile(r"\d{3}(?:\.\d+)?")
_SMART_QUOTES = "“”‘’„‟＂＇"
_COLON_LINE = re.compile(
    r"(?:[-?] +)*(?P<key>[^\W\d][^\s：:，。；、（）“”\"'#]{0,39})(?P<gap> *)(?P<colon>：|:(?=[^\s/\\]))"
)


class _Mark(Protocol):
    """A position as PyYAML gives it, from 0."""

    line: int
    column: int


class _Event(Protocol):
    """One event as PyYAML gives it; which fields it has depends on its class."""

    start_mark: _Mark
    end_mark: _Mark
    anchor: str | None
    tag: str | None
    value: str
    style: str | None
    flow_style: bool | None


class _Refused(Exception):  # noqa: N818 — a way out of the recursion, never seen outside
    """The rest of the text isn't looked at."""


def load_text(text: str, source: str) -> Tree:
    """The tree of a YAML text; raises InputError with every problem found.

    `source` is the name that places carry. Warnings are in `Tree.diagnostics`.
    """
    text = text.removeprefix("\ufeff")
    findings = Findings(source)
    clean = text
    if ODD_CHARACTERS.search(text) or SUSPECT_COMMENT.search(text):
        from docgen.load.characters import check_characters  # noqa: PLC0415 — good files never need it

        clean = check_characters(text, findings)
    root = _parse(clean, findings)
    if root is None or findings.has_errors:
        raise InputError(findings.diagnostics)
    return Tree(root, source, text, findings.diagnostics)


def _parse(text: str, findings: Findings) -> Mapping | None:
    """The root; where YAML gives up, the fault is explained and mended, so that the rest is seen too."""
    for _ in range(_MAX_RETRIES):
        composer = _Composer(text, findings)
        try:
            return composer.root()
        except _Refused:
            return None
        except yaml.YAMLError as error:
            from docgen.load.faults import explain_and_mend  # noqa: PLC0415 — good files never need it

            marks = [getattr(error, name, None) for name in ("problem_mark", "context_mark")]
            positions = [(mark.line, mark.column) for mark in marks if mark is not None]
            mended = explain_and_mend(text, positions, findings)
            if mended is None or len(text) > _MAX_RETRY_CHARS:
                return None
            text = mended
        finally:
            composer.close()
    return None


class _Composer:
    """Builds the tree of one text from its events."""

    def __init__(self, text: str, findings: Findings) -> None:
        """Nothing is read yet."""
        self._text = text
        self._lines: list[str] | None = None
        self._escapes = "\\" in text
        self._findings = findings
        self._loader = _LOADER(text)
        self._next: Callable[[], _Event] = self._loader.get_event
        self._count = 0
        self._cut: set[tuple[int, int]] = set()

    def close(self) -> None:
        """Let go of the parser."""
        self._loader.dispose()

    def root(self) -> Mapping | None:
        """The mapping of the only document, or None with the reason in the findings."""
        self._next()  # stream start
        event = self._next()
        if event.__class__ is _STREAM_END:
            self._note_empty()
            return None
        node = self._node(self._next(), 0, -1)
        self._next()  # document end
        event = self._next()
        if event.__class__ is not _STREAM_END:
            self._findings.add("Y007", event.start_mark.line, event.start_mark.column)
        if isinstance(node, Mapping):
            return node
        if isinstance(node, Scalar) and node.is_null:
            self._note_empty()
        elif isinstance(node, Sequence) or not self._findings.has_errors:
            line = (node.place.line or 1) - 1
            self._findings.add("Y002", line, (node.place.column or 1) - 1)
        return None

    def _note_empty(self) -> None:
        """Nothing is there, unless mending emptied the text."""
        if not self._findings.has_errors:
            self._findings.add_for_file("Y001")

    def _node(self, event: _Event, depth: int, line: int) -> Node:
        """The node that starts with this event; `line` is the line of the key or dash before it."""
        self._count += 1
        if self._count > MAX_NODES:
            self._refuse("Y010", event, limit=f"{MAX_NODES:,}")
        kind = event.__class__
        if kind is _SCALAR:
            return self._scalar(event, line)
        mark = event.start_mark
        if kind is _ALIAS:
            end = mark.column + len(event.anchor or "") + 1
            self._findings.add("Y004", mark.line, mark.column, end, name=f"*{event.anchor}")
            return Scalar("", "plain", self._findings.place(mark.line, mark.column, end))
        if depth >= MAX_DEPTH:
            self._refuse("Y009", event, limit=str(MAX_DEPTH))
        if event.anchor is not None or event.tag is not None:
            self._check_properties(event)
        if kind is _MAPPING:
            return self._mapping(event, depth)
        items: list[Node] = []
        while (item := self._next()).__class__ is not _SEQUENCE_END:
            node = self._node(item, depth + 1, item.start_mark.line)
            items.append(node)
            if event.flow_style and node.__class__ is Scalar and node.style == "plain" and "，" in node.text:
                self._findings.add("Y031", item.start_mark.line, item.start_mark.column, item.end_mark.column)
        return Sequence(tuple(items), self._findings.place(mark.line, mark.column, mark.column + 1))

    def _mapping(self, event: _Event, depth: int) -> Mapping:
        """A mapping; a key that occurs twice, or is no text, is a finding."""
        entries: list[Entry] = []
        seen: dict[str, Place] = {}
        while (key_event := self._next()).__class__ is not _MAPPING_END:
            key = self._node(key_event, depth + 1, key_event.start_mark.line)
            value = self._node(self._next(), depth + 1, key_event.start_mark.line)
            if event.flow_style and entries and self._is_amount_cut(entries[-1].value, key, value):
                self._note_cut(entries[-1].value, key_event)
                continue
            if not isinstance(key, Scalar) or key.text == "":
                if key_event.__class__ is not _ALIAS:
                    self._findings.add("Y008", key_event.start_mark.line, key_event.start_mark.column)
                continue
            if key.text == "<<" and key.style == "plain":
                self._findings.add(
                    "Y005", key_event.start_mark.line, key_event.start_mark.column, key_event.end_mark.column
                )
            elif (first := seen.get(key.text)) is not None:
                self._findings.add_related("Y003", key.place, Related(first, "first"), key=key.text)
            seen.setdefault(key.text, key.place)
            if isinstance(value, Scalar) and value.text == "" and value.style == "plain":
                value.place = key.place  # nothing was written; the parser would name the next token's line
            entries.append(Entry(key, value))
        if entries and not event.flow_style:
            return Mapping(tuple(entries), entries[0].key.place)
        mark = event.start_mark
        return Mapping(tuple(entries), self._findings.place(mark.line, mark.column, mark.column + 1))

    @staticmethod
    def _is_amount_cut(before: Node, key: Node, value: Node) -> bool:
        """Whether `{amount: 5,000}` was read as an amount of 5 and a key 000."""
        return (
            isinstance(key, Scalar)
            and _GROUP.fullmatch(key.text) is not None
            and isinstance(value, Scalar)
            and value.text == ""
            and isinstance(before, Scalar)
            and before.style == "plain"
            and before.text[-1:].isdigit()
        )

    def _note_cut(self, before: Node, rest: _Event) -> None:
        """Note an amount that commas cut, once for all its groups."""
        line, column = (before.place.line or 1) - 1, (before.place.column or 1) - 1
        if (line, column) not in self._cut:
            self._cut.add((line, column))
            self._findings.add("Y033", line, column, rest.end_mark.column)

    def _scalar(self, event: _Event, line: int) -> Scalar:
        """A scalar, with everything that makes its text doubtful noted."""
        start, end = event.start_mark, event.end_mark
        text: str = event.value
        style = _STYLES.get(event.style, "plain")
        if event.anchor is not None or event.tag is not None:
            self._check_properties(event)
        elif style == "plain" and text:
            if start.line != line or end.line != start.line:
                self._check_colons(start, end)
            if text[0] in _SMART_QUOTES or text[0].isspace() or text[-1].isspace():
                self._check_edges(text, start)
        elif self._escapes and event.style == '"' and ("\r" in text or ODD_CHARACTERS.search(text)):
            from docgen.load.characters import check_escaped  # noqa: PLC0415 — rare

            check_escaped(text, start.line, start.column, self._findings)
        last = end.column if end.line == start.line else None
        return Scalar(text, style, self._findings.place(start.line, start.column, last))

    def _check_edges(self, text: str, start: _Mark) -> None:
        """Curly quotes around a plain text were meant to quote it; odd spaces at its edge can't be seen."""
        if len(text) > 1 and text[-1] in _SMART_QUOTES and not any(quote in text[1:-1] for quote in _SMART_QUOTES):
            self._findings.add("Y014", start.line, start.column, start.column + len(text), text=text)
        elif len(text.strip()) < len(text):
            char = text[0] if text[0].isspace() else text[-1]
            self._findings.add_once_per_line("Y015", start.line, start.column, char=f"U+{ord(char):04X}")

    def _check_colons(self, start: _Mark, end: _Mark) -> None:
        """A plain text that stands on its own line and reads like `key：value` was meant as a key."""
        if self._lines is None:
            from docgen.load.mask import split_lines  # noqa: PLC0415 — rare

            self._lines = split_lines(self._text)
        for number in range(start.line, end.line + 1):
            line = self._lines[number] if number < len(self._lines) else ""
            at = start.column if number == start.line else len(line) - len(line.lstrip(" "))
            if match := _COLON_LINE.match(line, at):
                code = "Y012" if match["colon"] == "：" else "Y013"
                self._findings.add(code, number, match.start("colon"), match.end("colon"), key=match["key"])

    def _check_properties(self, event: _Event) -> None:
        """Anchors and tags are refused: a deal file says what it means at every place."""
        mark = event.start_mark
        if event.anchor is not None:
            self._findings.add(
                "Y004", mark.line, mark.column, mark.column + len(event.anchor) + 1, name=f"&{event.anchor}"
            )
        if event.tag is not None:
            self._findings.add("Y006", mark.line, mark.column, tag=event.tag.replace("tag:yaml.org,2002:", "!!"))

    def _refuse(self, code: str, event: _Event, limit: str) -> NoReturn:
        """Stop at this event, which goes beyond a limit."""
        self._findings.add(code, event.start_mark.line, event.start_mark.column, limit=limit)
        raise _Refused
