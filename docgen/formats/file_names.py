"""Text → a file name that every system takes."""

from __future__ import annotations

import unicodedata

MAX_CHARACTERS = 80
MAX_BYTES = 255

_FORBIDDEN = frozenset('<>:"/\\|?*')
# Names that Windows keeps for devices, whatever suffix follows; the superscript digits count, too.
_RESERVED = frozenset(
    {"con", "prn", "aux", "nul", "conin$", "conout$", "clock$"}
    | {f"{port}{digit}" for port in ("com", "lpt") for digit in "0123456789¹²³"}
)
_UNNAMED = "未命名"


def safe_name(text: str, suffix: str = "") -> str:
    """The text as a file name with that suffix: at most 80 characters and 255 bytes, suffix included.

    Characters that a system forbids become `-`; invisible ones (controls, direction marks, zero-width spaces,
    surrogates, noncharacters) go. Windows' device names get a `_` in front. Two texts may give one name: `same_file`
    tells. A safe name is its own safe name.
    """
    shown = "".join(_shown(character) for character in text)
    # A leading dot hides a file; a leading ~ marks the temporary files of Word and WPS.
    stem = _without_trail(" ".join(shown.split()).lstrip(" .~"))
    if _is_reserved(stem):
        stem = f"_{stem}"
    return (_cut(stem, suffix) or _UNNAMED) + suffix


def same_file(name: str) -> str:
    """A text that is equal for two names which some system takes for one file (case, composed letters)."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())


def _shown(character: str) -> str:
    if character in _FORBIDDEN:
        return "-"
    if character.isspace():
        return " "
    # Cc, Cf, Cs, Co, Cn: controls, formats (direction marks), surrogates, private use, noncharacters.
    return "" if unicodedata.category(character).startswith("C") else character


def _without_trail(text: str) -> str:
    return text.rstrip(" .")


def _is_reserved(stem: str) -> bool:
    return stem.split(".", maxsplit=1)[0].rstrip().casefold() in _RESERVED


def _cut(stem: str, suffix: str) -> str:
    """The longest beginning that fits with the suffix; no mark is parted from its letter."""
    length = min(len(stem), MAX_CHARACTERS - len(suffix))
    while len((stem[:length] + suffix).encode()) > MAX_BYTES or (
        length < len(stem) and unicodedata.category(stem[length]).startswith("M")
    ):
        length -= 1
    return _without_trail(stem[:length])
