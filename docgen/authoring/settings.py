"""The front matter of a draft → `Settings`, and the line on which the text begins."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import TYPE_CHECKING, TypeVar

from docgen.authoring.blocks import Kind, Numbering, Settings

if TYPE_CHECKING:
    from collections.abc import Mapping

    from docgen.authoring.findings import Findings

_NAMES = ("title", "kind", "cover", "header", "numbering")
_FLAGS = {"true": True, "false": False, "是": True, "否": False}
_ENTRY = re.compile(r"([^\s:：]+)\s*([:：])\s*(.*)")
_COMMENT = re.compile(r"(?:^|\s+)#(?:\s.*)?$")
_Choice = TypeVar("_Choice", bound=StrEnum)


def read_settings(lines: list[str], findings: Findings) -> tuple[Settings, int]:
    """The settings between the two `---`, and the index of the first line after them."""
    if not lines or lines[0].strip() != "---":
        findings.add("T301", 1)
        return Settings(), 0
    end = next((index for index in range(1, len(lines)) if lines[index].strip() == "---"), 0)
    if not end:
        findings.add("T302", 1, text="---")
        return Settings(), len(lines)
    entries: dict[str, tuple[str, int]] = {}
    for number, text in enumerate(lines[1:end], start=2):
        _read_entry(text, number, entries, findings)
    return _settings(entries, findings), end + 1


def _read_entry(text: str, number: int, entries: dict[str, tuple[str, int]], findings: Findings) -> None:
    """Add the setting a front-matter line holds."""
    text = _COMMENT.sub("", text).strip()
    if not text:
        return
    entry = _ENTRY.fullmatch(text)
    if not entry or entry[2] != ":":
        findings.add("T302", number, text=text[:40])
        return
    name, value = entry[1], entry[3]
    if name not in _NAMES:
        findings.add("T303", number, name=name, known="、".join(_NAMES))
    elif name in entries:
        findings.add("T325", number, first=entries[name][1], name=name)
    else:
        quoted = len(value) > 1 and value[0] == value[-1] and value[0] in "\"'"
        entries[name] = (value[1:-1] if quoted else value, number)


def _settings(entries: Mapping[str, tuple[str, int]], findings: Findings) -> Settings:
    """Settings from the entries; a value that can't be used is reported and the usual one taken."""
    kind = _choice(Kind, "kind", entries, Kind.CONTRACT, findings)
    articles = kind in (Kind.CONTRACT, Kind.CLAUSE)
    usual = Numbering.ARTICLES if articles else Numbering.LIST
    cover_text, cover_line = entries.get("cover", ("false", 1))
    if cover_text not in _FLAGS:
        findings.add("T304", cover_line, name="cover", value=cover_text, allowed="true、false")
    title, title_line = entries.get("title", ("", 1))
    if kind is Kind.CLAUSE:
        for name in ("title", "cover", "header", "numbering"):
            if name in entries:
                findings.add("T319", entries[name][1], block=name)
    elif not title:
        findings.add("T305", title_line)
    header, header_line = entries.get("header", ("", 1))
    return Settings(
        kind=kind,
        numbering=_choice(Numbering, "numbering", entries, usual, findings),
        title=title,
        title_line=title_line,
        cover=_FLAGS.get(cover_text, False),
        header=header,
        header_line=header_line,
    )


def _choice(
    choices: type[_Choice], name: str, entries: Mapping[str, tuple[str, int]], usual: _Choice, findings: Findings
) -> _Choice:
    """The value of a setting that takes one of a few words."""
    text, line = entries.get(name, (usual.value, 1))
    if text in [choice.value for choice in choices]:
        return choices(text)
    findings.add("T304", line, name=name, value=text, allowed="、".join(choice.value for choice in choices))
    return usual
