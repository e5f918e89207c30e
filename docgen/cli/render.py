"""Diagnostics as text for people (full), for one line each (concise) and for programs (json)."""

from __future__ import annotations

import json
import unicodedata
from typing import TYPE_CHECKING, Literal, TypeAlias

from docgen.diagnostics.masking import shown, snippet_line, starred, visible
from docgen.diagnostics.model import Severity
from docgen.diagnostics.text import Texts, texts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from docgen.diagnostics.model import Diagnostic, Place
    from docgen.diagnostics.text import Lang

Form: TypeAlias = Literal["full", "concise", "json"]

JSON_VERSION = 1
FULL_LIMIT = 50
_SNIPPET_WIDTH = 100  # display columns of a source line
_WORDS: dict[Lang, dict[str, str]] = {
    "zh": {
        "why": "原因：{}",
        "law": "依据：{}",
        "note": "说明：{}",
        "help": "建议：{}",
        "more": "详情：docgen explain {}",
        "join": "；",
        "V": "（条文已核对）",
        "S": "（据公开网页，未核对条文）",
        "R": "（未经核对，须由律师确认）",
        "error": "{} 个错误",
        "warning": "{} 个警告",
        "note_count": "{} 个提示",
        "sum": "，",
        "shown": "{}；以上为其中 {} 个，全部结果请用 --output-format json",
    },
    "en": {
        "why": "why: {}",
        "law": "law: {}",
        "note": "note: {}",
        "help": "help: {}",
        "more": "more: docgen explain {}",
        "join": "; ",
        "V": " (article read)",
        "S": " (from a public page, article not read)",
        "R": " (not verified, a lawyer must confirm)",
        "error": "{} error{s}",
        "warning": "{} warning{s}",
        "note_count": "{} note{s}",
        "sum": ", ",
        "shown": "{}; {} of them are shown, use --output-format json for all",
    },
}


def render(
    diagnostics: Iterable[Diagnostic],
    sources: Mapping[str, str],
    form: Form = "full",
    lang: Lang = "zh",
    cite: Callable[[str], str] = str,
) -> str:
    """The diagnostics in one of the three forms, sorted by place, each finding once; ends with a line break.

    `sources` gives the text of each source for snippets (a missing one prints none), `cite` turns a
    citation such as `CC 692(2)` into words. `full` shows 50 findings, errors first among them, and the counts.
    """
    found = _each_once(diagnostics)
    if form == "json":
        return _as_json(found, lang, cite)
    if form == "concise":
        return "".join(f"{_concise(one, lang)}\n" for one in found)
    chosen = found
    if len(found) > FULL_LIMIT:
        keep = set(sorted(range(len(found)), key=lambda at: found[at].severity is not Severity.ERROR)[:FULL_LIMIT])
        chosen = [one for at, one in enumerate(found) if at in keep]
    lines = {source: _split(text) for source, text in sources.items()}
    blocks = [_full(one, lines, lang, cite) for one in chosen]
    return "".join(f"{block}\n\n" for block in blocks) + (_counts(found, len(chosen), lang) if found else "")


def _each_once(diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Sorted by place; the same finding about the same place and values only once."""
    kept = {
        (one.code, one.place, one.field, tuple(sorted(one.args.items())), one.notes): one
        for one in sorted(diagnostics, key=lambda one: one.order)
    }
    return list(kept.values())


def _concise(one: Diagnostic, lang: Lang) -> str:
    """`deal.yaml:48:17: C03 error: message`."""
    place = f"{visible(str(one.place))}: " if one.place else ""
    return f"{place}{one.code} {one.severity.value}: {texts(one, lang).message}"


def _full(one: Diagnostic, lines: Mapping[str, list[str]], lang: Lang, cite: Callable[[str], str]) -> str:
    """One finding with its place, snippet, reasons and remedy."""
    words = _WORDS[lang]
    said = texts(one, lang)
    numbers = str(one.place.line) if one.place and one.place.line else ""
    gutter = " " * max(1, len(numbers))
    out = [f"{one.severity.value}[{one.code}] {said.message}"]
    if one.place:
        out.append(f"{gutter}--> {visible(str(one.place))}")
        out += _snippet(one.place, lines, said, gutter, secret=any("**" in value for value in one.args.values()))
    details = [
        *said.related,
        *(words["why"].format(text) for text in [said.why] if text),
        *(words["law"].format(text) for text in [_law(one, lang, cite)] if text),
        *(words["note"].format(text) for text in said.notes),
        *(words["help"].format(text) for text in [said.help] if text),
        words["more"].format(one.code),
    ]
    return "\n".join([*out, *(f"{gutter} = {text}" for text in details)])


def _law(one: Diagnostic, lang: Lang, cite: Callable[[str], str]) -> str:
    """The articles, with how sure docgen is of them."""
    words = _WORDS[lang]
    return words["join"].join(map(cite, one.law)) + words.get(one.confidence, "") if one.law else ""


def _snippet(
    place: Place, lines: Mapping[str, list[str]], said: Texts, gutter: str, *, secret: bool = False
) -> list[str]:
    """The source line with carets under the span, or the excerpt of a paragraph; nothing if neither is known.

    `secret`: the message stars the value, so its snippet must not show it, whatever it looks like.
    """
    bar = f"{gutter} |"
    source = lines.get(place.source, [])
    if place.line is None or not 0 < place.line <= len(source):
        excerpt = [f"{bar} {shown(place.excerpt)}"] if place.excerpt else []
        return [bar, *excerpt, bar] if excerpt else []
    line = snippet_line(source[place.line - 1])
    start = min((place.column or 1) - 1, len(line))
    end = len(line.rstrip()) if place.end_column is None else min(place.end_column - 1, len(line))
    if secret:
        line = line[:start] + starred(line[start:end]) + line[end:]
    line, start, end = _cut(line, start, max(end, start + 1))
    carets = "^" * max(1, display_width(line[start:end]))
    marks = f"{' ' * display_width(line[:start])}{carets} {said.here}".rstrip()
    return [bar, f"{place.line:>{len(gutter)}} | {line}".rstrip(), f"{bar} {marks}", bar]


def _cut(line: str, start: int, end: int) -> tuple[str, int, int]:
    """A long line cut to the part around the span; the span's new bounds."""
    if display_width(line) <= _SNIPPET_WIDTH:
        return line, start, end
    first = start
    while first > 0 and display_width(line[first:start]) < _SNIPPET_WIDTH // 3:
        first -= 1
    last = start
    while last < len(line) and display_width(line[first:last]) < _SNIPPET_WIDTH:
        last += 1
    head, tail = ("…" if first else ""), ("…" if last < len(line) else "")
    shift = len(head) - first
    return head + line[first:last] + tail, start + shift, min(end, last) + shift


def display_width(text: str) -> int:
    """Columns on a terminal: a Chinese character takes two, a combining mark none."""
    return sum(
        0 if unicodedata.category(char) in {"Mn", "Me"} else 1 + (unicodedata.east_asian_width(char) in "WF")
        for char in text
    )


def _split(text: str) -> list[str]:
    """Lines as positions count them: only CR, LF and CRLF end a line."""
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")


def _counts(found: list[Diagnostic], visible: int, lang: Lang) -> str:
    """How many of each severity there are, and how many are shown if not all."""
    words = _WORDS[lang]
    keys = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "note_count"}
    numbers = {severity: sum(one.severity is severity for one in found) for severity in keys}
    total = words["sum"].join(
        words[keys[severity]].format(number, s="" if number == 1 else "s")
        for severity, number in numbers.items()
        if number
    )
    return (total if visible == len(found) else words["shown"].format(total, visible)) + "\n"


def _as_json(found: list[Diagnostic], lang: Lang, cite: Callable[[str], str]) -> str:
    """All findings as one JSON object with a version."""
    data = {
        "version": JSON_VERSION,
        "counts": {severity.value: sum(one.severity is severity for one in found) for severity in Severity},
        "diagnostics": [_item(one, lang, cite) for one in found],
    }
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def _item(one: Diagnostic, lang: Lang, cite: Callable[[str], str]) -> dict[str, object]:
    """One finding as plain data."""
    said = texts(one, lang)
    return {
        "code": one.code,
        "name": said.name,
        "severity": one.severity.value,
        "message": said.message,
        "here": said.here,
        "why": said.why,
        "help": said.help,
        "notes": list(said.notes),
        "place": _place(one.place),
        "field": one.field,
        "label": one.label,
        "related": [
            {"text": text, "place": _place(other.place)} for text, other in zip(said.related, one.related, strict=True)
        ],
        "law": [{"id": citation, "text": cite(citation)} for citation in one.law],
        "confidence": one.confidence,
    }


def _place(place: Place | None) -> dict[str, object] | None:
    """A place with the parts it has."""
    if place is None:
        return None
    names = ("source", "line", "column", "end_column", "sheet", "cell", "spot", "excerpt")
    parts = {name: getattr(place, name) for name in names}
    clean = {**parts, "source": visible(place.source), "excerpt": shown(place.excerpt) if place.excerpt else None}
    return {name: value for name, value in clean.items() if value is not None}
