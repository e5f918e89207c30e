"""What may be shown of a text that a user gave: no personal number, nothing that disturbs a terminal."""

from __future__ import annotations

import re
import unicodedata

_NUMBERS = re.compile(
    r"(?<![0-9A-Za-z])(?:"
    # identity numbers and bank cards, also mistyped, but no credit code of digits and one letter
    r"\d{17}[Xx]|(?!9\d{16}[A-Z](?![0-9A-Za-z]))\d{14,}[0-9A-Za-z]{0,3}"
    r"|\d{4}(?:[ -]\d{4}){3}(?:[ -]?\d{1,4})?"  # a bank card in groups
    r"|\d{6}[ -]\d{8}[ -]\d{3}[0-9Xx]"  # an identity number in groups
    r"|[EGPHM]\d{8}(?!\.)|E[A-Z]\d{7}|[HM]\d{10}|[A-Z]{1,2}\d{6}\([0-9A]\)"  # passports, permits, Hong Kong cards
    r"|(?:\+?86[ -]?)?1[3-9]\d[ -]?\d{4}[ -]?\d{4}[0-9A-Za-z]{0,3}"  # a mobile phone, also mistyped
    r")(?![0-9A-Za-z])"
)
_HEAD, _TAIL = 3, 2  # characters that stay readable
_SHORTEST = 8  # of a shorter text they would be too much
_UNSEEN = {"Cc", "Cf", "Cs", "Zl", "Zp"}
_LONGEST = 120


def masked(text: str) -> str:
    """The text with personal numbers as `441*************34`; its length stays."""
    return _NUMBERS.sub(_mask, text)


def shown(text: str) -> str:
    """A value as a message may show it: masked, on one line, not too long, unseen characters by their code point."""
    text = visible(masked(" ".join(text.splitlines()) if "\n" in text or "\r" in text else text))
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


def visible(text: str) -> str:
    """The text with unseen characters (controls, direction marks, half surrogates) as `<U+202E>`."""
    return "".join(f"<U+{ord(char):04X}>" if _unseen(char) else char for char in text)


def snippet_line(line: str) -> str:
    """A source line as a snippet shows it: masked, unseen characters as one visible sign each."""
    return "".join(("→" if char == "\t" else "�") if _unseen(char) else char for char in masked(line))


def starred(text: str) -> str:
    """A text of which a message says no more than its head and tail; its length stays."""
    if len(text) < _SHORTEST:
        return "*" * len(text)
    return text[:_HEAD] + re.sub(r"[^\W_]", "*", text[_HEAD:-_TAIL]) + text[-_TAIL:]


def _unseen(char: str) -> bool:
    """Whether a terminal shows nothing for the character, or something else than it is."""
    return unicodedata.category(char) in _UNSEEN or ord(char) & 0xFFFE == 0xFFFE  # noqa: PLR2004 — noncharacters


def _mask(match: re.Match[str]) -> str:
    """Stars for the digits between the first and the last ones; spaces and hyphens stay."""
    return starred(match[0])
