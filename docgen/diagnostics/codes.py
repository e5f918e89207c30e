"""The catalogue of codes: what each one is called, how bad it is, and its texts in Chinese and English."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docgen.diagnostics.model import Severity

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

MESSAGES = Path(__file__).parent / "messages"
_FILES = {"Y": "yaml", "S": "schema", "T": "template", "F": "fill", "X": "export", "U": "usage"}
_FAMILY_CODE = re.compile(r"[A-Z]\d\d")
_loaded: dict[str, dict[str, Any]] = {}  # file stem → its tables


@dataclass(frozen=True, slots=True)
class CodeEntry:
    """One code. Texts are `{"zh": …, "en": …}` with `{placeholders}`; an absent text is an empty mapping.

    `here` stands beside the carets of the snippet, `why` and `help` below it; `related` and `notes`
    hold texts by key; `example` holds a `bad` and a `good` fragment.
    """

    code: str
    name: str
    severity: Severity
    message: Mapping[str, str]
    here: Mapping[str, str] = field(default_factory=dict)
    why: Mapping[str, str] = field(default_factory=dict)
    help: Mapping[str, str] = field(default_factory=dict)
    related: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    notes: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    explain: Mapping[str, str] = field(default_factory=dict)
    example: Mapping[str, str] = field(default_factory=dict)


def entry(code: str) -> CodeEntry:
    """The entry of a code; KeyError if no message file has it.

    Only the file that should hold the code is read, the others when it isn't there.
    """
    tables = _tables(_stem(code))
    if code not in tables:
        tables = next((held for stem in _stems() if code in (held := _tables(stem))), {})
    return CodeEntry(code=code, **{**tables[code], "severity": Severity(tables[code]["severity"])})


def all_codes() -> tuple[str, ...]:
    """Every code, in order."""
    return tuple(sorted(code for stem in _stems() for code in _tables(stem)))


def use_preparsed(tables: Mapping[str, dict[str, Any]]) -> None:
    """Take tables besides the message files, by the stem a file would have."""
    _loaded.update(tables)


def use_reader(reader: Callable[[str, Path], dict[str, Any]]) -> None:
    """Let message files be read by a caller who has a cache: `reader(stem, file)` gives the tables of the file."""
    global _read  # noqa: PLW0603 — the texts are one catalogue for the whole process
    _read = reader


def _stem(code: str) -> str:
    """The file a code belongs in: two digits are a legal rule of a family, three a stage of docgen."""
    if _FAMILY_CODE.fullmatch(code):
        return f"rules_{code[0].lower()}"
    return _FILES.get(code[:1], "")


def _stems() -> list[str]:
    """The message files by name."""
    return sorted({path.stem for path in MESSAGES.glob("*.toml")} | set(_loaded))


def _tables(stem: str) -> dict[str, Any]:
    """One message file, read once; empty if there is none."""
    if stem not in _loaded:
        path = MESSAGES / f"{stem}.toml"
        if not stem or not path.is_file():
            return {}
        _loaded[stem] = _read(stem, path)
    return _loaded[stem]


def _read_file(_stem: str, file: Path) -> dict[str, Any]:
    """The tables of one message file."""
    import tomllib  # noqa: PLC0415 — a run without problems, or with a cache, never needs it

    return tomllib.loads(file.read_text(encoding="utf-8"))


_read: Callable[[str, Path], dict[str, Any]] = _read_file
