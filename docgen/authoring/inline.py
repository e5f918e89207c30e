"""Draft text → spans: tags kept whole, `**bold**`, `__underline__`, `<br>`, backslash escapes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from docgen.authoring.blocks import Span

if TYPE_CHECKING:
    from docgen.authoring.blocks import Spans
    from docgen.authoring.findings import Findings

TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}")
PARAGRAPH_TAG = re.compile(r"\{%p\s.*%\}|\{#p\s.*#\}")
ROW_TAG = re.compile(r"\{%tr\s.*%\}|\{#tr\s.*#\}")

# A marker is exactly two characters: ____ and **** stay what they are (blanks to fill in, masks).
_TOKEN = re.compile(
    r"(?P<tag>\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\})"
    r"|\\(?P<escaped>[\\*_|{<#])"
    r"|(?P<bold>(?<!\*)\*\*(?!\*))"
    r"|(?P<underline>(?<!_)__(?!_))"
    r"|(?P<br><br ?/?>)"
    r"|(?P<long>\*{2,}|_{2,})"
)
_STRAY = re.compile(r"\{\{|\{%|\{#|\}\}|%\}|#\}")
_FULL_WIDTH = re.compile(r"｛｛|｝｝|｛[{%％#]|[}%％#]｝|\{[｛％]|[｝％]\}")
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u2028\u2029\ufffe\uffff\ud800-\udfff]")


def spans(text: str, line: int, findings: Findings) -> Spans:
    """The runs of one paragraph's text; neighbouring text of the same form is one run."""
    _report_unusable(text, line, findings)
    runs: list[Span] = []
    bold = underline = False
    opened = {"**": 0, "__": 0}
    end = 0
    for token in _TOKEN.finditer(text):
        _append(runs, text[end : token.start()], bold=bold, underline=underline)
        end = token.end()
        if token["bold"]:
            bold, opened["**"] = not bold, token.start() + 1
        elif token["underline"]:
            underline, opened["__"] = not underline, token.start() + 1
        else:
            _append(runs, _literal(token), bold=bold, underline=underline)
    _append(runs, text[end:], bold=bold, underline=underline)
    for marker, still_open in (("**", bold), ("__", underline)):
        if still_open:
            findings.add("T318", line, column=opened[marker], marker=marker)
    return tuple(runs)


def tag_of(text: str, pattern: re.Pattern[str]) -> str:
    """The text when it is exactly one tag of that pattern, else the empty text."""
    return text if pattern.fullmatch(text) and TAG.fullmatch(text) and len(TAG.findall(text)) == 1 else ""


def split_outside_tags(text: str, separator: str) -> list[str]:
    """The parts of a text between separators; one inside a tag or after a backslash separates nothing."""
    kept = re.compile(rf"{TAG.pattern}|\\.|{re.escape(separator)}")
    parts, start = [], 0
    for token in kept.finditer(text):
        if token[0] == separator:
            parts.append(text[start : token.start()])
            start = token.end()
    return [*parts, text[start:]]


def _literal(token: re.Match[str]) -> str:
    """What a token that is no marker prints."""
    if token["tag"]:
        return token["tag"].replace("\t", " ")
    if token["br"]:
        return "\n"
    return token["escaped"] or token["long"]


def _append(runs: list[Span], text: str, *, bold: bool, underline: bool) -> None:
    """Add text to the last run if it has the same form, else as a new run."""
    if not text:
        return
    if runs and (runs[-1].bold, runs[-1].underline) == (bold, underline):
        text = runs.pop().text + text
    runs.append(Span(text, bold, underline))


def _report_unusable(text: str, line: int, findings: Findings) -> None:
    """Report what can't stand in a Word text: unclosed tags, full-width braces, control characters."""
    # Blank out whole tags and escapes, so that columns stay right.
    rest = re.sub(rf"\\.|{TAG.pattern}", lambda found: " " * len(found[0]), text)
    if stray := _STRAY.search(rest):
        findings.add("T310", line, column=stray.start() + 1, tag=text[stray.start() : stray.start() + 20])
    if braces := _FULL_WIDTH.search(rest):
        findings.add("T311", line, column=braces.start() + 1, braces=braces[0])
    if control := _FORBIDDEN.search(text):
        findings.add("T324", line, column=control.start() + 1, character=f"U+{ord(control[0]):04X}")
