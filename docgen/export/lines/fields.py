"""Fields: what stands in place of their instruction, and what a reader must know about it.

Word shows the result it stored when the field was last updated, so that is printed. Page numbers are counted afresh;
check boxes, drop-down lists and a few others have no stored result and are drawn from the field itself.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from docgen.export.reading.properties import VAL, W, is_on
from docgen.word.symbols import symbol

if TYPE_CHECKING:
    from lxml.etree import _Element

    from docgen.export.reading.looks import Look

_LINK_FIELD = re.compile(r'^\s*(REF|PAGEREF|HYPERLINK)\s+(?:\\l\s+)?("[^"]*"|\S+)(.*)$', re.DOTALL)
_SAFE_LINKS = ("http://", "https://", "mailto:")
# Fields whose text a reader misses when there is none.
_PRINTED = frozenset((
    "REF", "PAGEREF", "NOTEREF", "STYLEREF", "SEQ", "TOC", "DATE", "TIME", "SAVEDATE", "CREATEDATE", "PRINTDATE",
    "MERGEFIELD", "DOCPROPERTY", "DOCVARIABLE", "AUTHOR", "TITLE", "SUBJECT", "KEYWORDS", "FILENAME", "=", "IF",
    "QUOTE", "LINK", "INCLUDETEXT", "FILLIN", "USERNAME", "NUMWORDS", "NUMCHARS", "SECTION", "REVNUM",
))  # fmt: skip
# Fields that Word computes while it shows them and stores no text of.
_UNSTORED = frozenset(("LISTNUM", "AUTONUM", "AUTONUMLGL", "AUTONUMOUT", "BARCODE", "DISPLAYBARCODE"))
_HIDES = re.compile(r"\\h\b")
_BROKEN = ("Error!", "错误!", "错误！", "错误：", "錯誤!")
_BLANK = " \u00a0\u2002\u3000_"
_SYMBOL_FIELD = re.compile(r"^\s*SYMBOL\s+(0x[0-9a-f]+|\d+|\S)(.*)$", re.IGNORECASE | re.DOTALL)
_SYMBOL_FONT = re.compile(r'\\f\s+(?:"([^"]*)"|(\S+))')
_CIRCLED = re.compile(r"^\s*EQ\s+\\o\s*\\ac\s*\(\s*○\s*[,;，；]\s*(\d+)\s*\)\s*$", re.IGNORECASE)
_LAST_CIRCLED = 20
_ENOUGH = 40  # characters of a result that tell what it is


@dataclass(slots=True)
class Field:
    """One field that has begun: its instruction, whether its result is being read, what was seen of it."""

    instruction: str = ""
    showing: bool = False
    live: str = ""
    exact: str = ""
    cached: str = ""
    link: str = ""
    look: Look | None = None
    dirty: bool = False
    form: _Element | None = None
    result: str = ""

    @property
    def kind(self) -> str:
        """The field's name: REF, PAGE, FORMTEXT."""
        words = self.instruction.split(maxsplit=1)
        return words[0].upper() if words else ""

    def saw(self, text: str) -> None:
        """Remember the beginning of the result."""
        if len(self.result) < _ENOUGH:
            self.result += text

    def lead(self, anchors: frozenset[str]) -> tuple[str, str]:
        """Keep where the result leads; the bookmark or address that the instruction names and its switches, or "".

        `anchors` are the bookmarks that can be led to.
        """
        match = _LINK_FIELD.match(self.instruction)
        if match is None:
            return "", ""
        target = match[2].strip('"')
        if target in anchors and (self.kind == "HYPERLINK" or "\\h" in match[3]):
            self.link = f"#{target}"
        elif self.kind == "HYPERLINK":
            self.link = safe_address(target)
        return target, match[3]

    def own_text(self) -> str:
        """What Word draws for a field without a stored result; "" when it draws nothing."""
        if self.kind == "FORMCHECKBOX":
            return _check_box(self.form)
        if self.kind == "FORMDROPDOWN" and not self.result.strip(_BLANK):
            return _choice(self.form)
        if self.kind in {"MACROBUTTON", "GOTOBUTTON"}:
            return "".join(self.instruction.strip().split(maxsplit=2)[2:])
        if self.kind == "SYMBOL" and not self.result:
            return _symbol(self.instruction)
        circled = _CIRCLED.match(self.instruction)
        if circled and 0 < int(circled[1]) <= _LAST_CIRCLED:
            return chr(ord("①") + int(circled[1]) - 1)
        return ""

    def finding(self, drawn: str) -> tuple[str, str] | None:
        """The code and subject of what is to be reported of a finished field; `drawn` is its own text."""
        kind, named = self.kind, " ".join(self.instruction.split())[:_ENOUGH]
        if kind in _UNSTORED:
            return "X069", named
        if kind in {"EQ", "SYMBOL"} and not drawn and (kind == "EQ" or not self.result):
            return ("X022", "") if kind == "EQ" else ("X023", named)
        if kind == "MACROBUTTON" or (kind == "FORMTEXT" and not self.result.strip(_BLANK)):
            return "X067", drawn or named
        return ("X066", named) if kind in _PRINTED and self._doubtful() else None

    def _doubtful(self) -> bool:
        text = self.result.strip()
        hidden = self.kind == "SEQ" and _HIDES.search(self.instruction) is not None
        return self.dirty or (not text and not hidden) or text.startswith(_BROKEN)


def safe_address(address: str) -> str:
    """The address of a link to the web or a mailbox; "" for every other kind."""
    return address if address.lower().startswith(_SAFE_LINKS) else ""


def opened(mark: _Element, look: Look) -> Field:
    """The field that a `begin` mark opens."""
    return Field(look=look, dirty=is_on(mark.get(f"{W}dirty", "0")), form=mark.find(f"{W}ffData"))


def target_of(instruction: str) -> str:
    """The bookmark that an instruction may lead to, "" for none."""
    match = _LINK_FIELD.match(instruction)
    return match[2].strip('"') if match else ""


def _check_box(form: _Element | None) -> str:
    """☒ or ☐, as Word draws the old form check box."""
    box = form.find(f"{W}checkBox") if form is not None else None
    state = None
    for name in ("checked", "default"):
        state = box.find(f"{W}{name}") if box is not None and state is None else state
    return "☒" if state is not None and is_on(state.get(VAL)) else "☐"


def _choice(form: _Element | None) -> str:
    """The entry of a drop-down list that is chosen."""
    listed = form.find(f"{W}ddList") if form is not None else None
    if listed is None:
        return ""
    entries = [entry.get(VAL, "") for entry in listed.findall(f"{W}listEntry")]
    marks = (listed.find(f"{W}{name}") for name in ("result", "default"))
    chosen = next((mark for mark in marks if mark is not None), None)
    at = chosen.get(VAL, "0") if chosen is not None else "0"
    return entries[int(at)] if at.isdecimal() and int(at) < len(entries) else ""


def _symbol(instruction: str) -> str:
    """The sign of a SYMBOL field; "" for one that isn't known."""
    match = _SYMBOL_FIELD.match(instruction)
    if match is None:
        return ""
    code = int(match[1], 0) if match[1][:1].isdecimal() else ord(match[1])
    font = _SYMBOL_FONT.search(match[2])
    known = symbol((font[1] or font[2]) if font else "Symbol", code)
    return known or (chr(code) if "\\u" in match[2] and code < 0x110000 else "")  # noqa: PLR2004 — the end of Unicode
