"""What fontconfig knows: which installed file draws a family, and which installed font has a character.

**Why** not search folders: Pango asks fontconfig, so asking it too is the only way to measure the
very font that will be drawn, whatever `FONTCONFIG_FILE` says.
"""

from __future__ import annotations

import ctypes
import ctypes.util
import sys
from dataclasses import dataclass
from functools import cache

_MATCH = 0  # FcResultMatch
_PATTERN = 0  # FcMatchPattern
_REGULAR, _BOLD, _BOLD_ENOUGH = 80, 200, 180  # FC_WEIGHT_*
_ROMAN, _ITALIC = 0, 100  # FC_SLANT_*
_NAMES = ("libfontconfig.so.1", "libfontconfig.1.dylib", "libfontconfig-1.dll", "fontconfig-1.dll")


@dataclass(frozen=True, slots=True)
class Found:
    """One installed face: its file, its place in a collection, its names in every language."""

    path: str
    index: int
    families: tuple[str, ...]
    bold: bool
    italic: bool

    def is_called(self, name: str) -> bool:
        """Whether the face goes by `name`, letter case aside."""
        return name.casefold() in (family.casefold() for family in self.families)


@cache
def _library() -> ctypes.CDLL | None:
    found = ctypes.util.find_library("fontconfig") if sys.platform != "linux" else None
    for name in (*_NAMES, found):
        if name is None:
            continue
        try:
            library = ctypes.CDLL(name)
        except OSError:
            continue
        pointer = ctypes.c_void_p
        for function, result, arguments in (
            ("FcInitLoadConfigAndFonts", pointer, []),
            ("FcPatternCreate", pointer, []),
            ("FcPatternDestroy", None, [pointer]),
            ("FcPatternAddString", ctypes.c_int, [pointer, ctypes.c_char_p, ctypes.c_char_p]),
            ("FcPatternAddInteger", ctypes.c_int, [pointer, ctypes.c_char_p, ctypes.c_int]),
            ("FcPatternAddCharSet", ctypes.c_int, [pointer, ctypes.c_char_p, pointer]),
            ("FcCharSetCreate", pointer, []),
            ("FcCharSetAddChar", ctypes.c_int, [pointer, ctypes.c_uint32]),
            ("FcCharSetHasChar", ctypes.c_int, [pointer, ctypes.c_uint32]),
            ("FcCharSetDestroy", None, [pointer]),
            ("FcConfigSubstitute", ctypes.c_int, [pointer, pointer, ctypes.c_int]),
            ("FcDefaultSubstitute", None, [pointer]),
            ("FcFontMatch", pointer, [pointer, pointer, ctypes.POINTER(ctypes.c_int)]),
            (
                "FcPatternGetString",
                ctypes.c_int,
                [pointer, ctypes.c_char_p, ctypes.c_int, ctypes.POINTER(ctypes.c_char_p)],
            ),
            (
                "FcPatternGetInteger",
                ctypes.c_int,
                [pointer, ctypes.c_char_p, ctypes.c_int, ctypes.POINTER(ctypes.c_int)],
            ),
            ("FcPatternGetCharSet", ctypes.c_int, [pointer, ctypes.c_char_p, ctypes.c_int, ctypes.POINTER(pointer)]),
        ):
            entry = getattr(library, function)
            entry.restype, entry.argtypes = result, arguments
        return library
    return None


@cache
def _config() -> int | None:
    library = _library()
    return library.FcInitLoadConfigAndFonts() if library else None


def available() -> bool:
    """Whether fontconfig is installed; without it there is no Pango either."""
    return _library() is not None


@cache
def match(family: str, *, bold: bool, italic: bool) -> Found | None:
    """The installed face fontconfig takes for a family, which may go by another name; None when there are no fonts."""
    return _match(family, bold=bold, italic=italic, char=None)


@cache
def match_char(char: str, *, bold: bool) -> Found | None:
    """An installed face that has `char`, Chinese ones first; None when no installed font has it."""
    return _match("serif", bold=bold, italic=False, char=char)


def _match(family: str, *, bold: bool, italic: bool, char: str | None) -> Found | None:
    library, config = _library(), _config()
    if library is None or config is None:
        return None
    pattern = library.FcPatternCreate()
    library.FcPatternAddString(pattern, b"family", family.encode())
    library.FcPatternAddString(pattern, b"lang", b"zh-cn")
    library.FcPatternAddInteger(pattern, b"weight", _BOLD if bold else _REGULAR)
    library.FcPatternAddInteger(pattern, b"slant", _ITALIC if italic else _ROMAN)
    if char is not None:
        wanted = library.FcCharSetCreate()
        library.FcCharSetAddChar(wanted, ord(char))
        library.FcPatternAddCharSet(pattern, b"charset", wanted)
        library.FcCharSetDestroy(wanted)
    library.FcConfigSubstitute(config, pattern, _PATTERN)
    library.FcDefaultSubstitute(pattern)
    result = library.FcFontMatch(config, pattern, ctypes.byref(ctypes.c_int()))
    library.FcPatternDestroy(pattern)
    if not result:
        return None
    try:
        if char is not None and not _has_char(library, result, char):
            return None
        return _found(library, result)
    finally:
        library.FcPatternDestroy(result)


def _has_char(library: ctypes.CDLL, pattern: int, char: str) -> bool:
    charset = ctypes.c_void_p()
    if library.FcPatternGetCharSet(pattern, b"charset", 0, ctypes.byref(charset)) != _MATCH:
        return False
    return bool(library.FcCharSetHasChar(charset, ord(char)))


def _found(library: ctypes.CDLL, pattern: int) -> Found | None:
    families: list[str] = []
    text = ctypes.c_char_p()
    while library.FcPatternGetString(pattern, b"family", len(families), ctypes.byref(text)) == _MATCH:
        families.append((text.value or b"").decode("utf-8", "replace"))
    if library.FcPatternGetString(pattern, b"file", 0, ctypes.byref(text)) != _MATCH or text.value is None:
        return None
    path = text.value.decode(sys.getfilesystemencoding(), "surrogateescape")
    numbers: dict[bytes, int] = {}
    for key in (b"index", b"weight", b"slant"):
        number = ctypes.c_int()
        library.FcPatternGetInteger(pattern, key, 0, ctypes.byref(number))
        numbers[key] = number.value
    return Found(
        path,
        numbers[b"index"] & 0xFFFF,
        tuple(families),
        numbers[b"weight"] >= _BOLD_ENOUGH,
        numbers[b"slant"] > _ROMAN,
    )
