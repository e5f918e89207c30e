"""What fontconfig knows: which installed file draws a family, and which installed font has a character.

**Why** not search folders: Pango asks fontconfig, so asking it too is the only way to measure the
very font that will be drawn, whatever `FONTCONFIG_FILE` says.
"""

from __future__ import annotations

import ctypes
import ctypes.util
import os
import sys
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

_MATCH = 0  # FcResultMatch
_PATTERN = 0  # FcMatchPattern
_REGULAR, _BOLD, _BOLD_ENOUGH = 80, 200, 180  # FC_WEIGHT_*
_ROMAN, _ITALIC = 0, 100  # FC_SLANT_*
_SYSTEM_SET = 0  # FcSetSystem
_NAMES = ("libfontconfig.so.1", "libfontconfig.1.dylib", "libfontconfig-1.dll", "fontconfig-1.dll")


@dataclass(frozen=True, slots=True)
class Found:
    """One installed face: its file, its place in a collection, its names in every language."""

    path: str
    index: int
    families: tuple[str, ...]
    bold: bool
    italic: bool

    @property
    def key(self) -> tuple[str, int]:
        """What tells the face from every other one on this machine."""
        return self.path, self.index

    def is_called(self, name: str) -> bool:
        """Whether the face goes by `name`, letter case aside."""
        return name.casefold() in (family.casefold() for family in self.families)


class _FontSet(ctypes.Structure):
    """FcFontSet: a counted list of patterns."""

    _fields_ = (("count", ctypes.c_int), ("room", ctypes.c_int), ("fonts", ctypes.POINTER(ctypes.c_void_p)))


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
            ("FcConfigCreate", pointer, []),
            ("FcConfigParseAndLoadFromMemory", ctypes.c_int, [pointer, ctypes.c_char_p, ctypes.c_int]),
            ("FcConfigParseAndLoad", ctypes.c_int, [pointer, ctypes.c_char_p, ctypes.c_int]),
            ("FcConfigBuildFonts", ctypes.c_int, [pointer]),
            ("FcConfigGetFonts", ctypes.POINTER(_FontSet), [pointer, ctypes.c_int]),
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


class _Folders:
    """The folders that are searched before the system's; one list for the process, as fontconfig and Pango have it."""

    chosen: tuple[Path, ...] = ()


def use_folders(folders: Sequence[Path]) -> None:
    """Search these folders before the system's from now on; what was found before is forgotten."""
    if tuple(folders) != _Folders.chosen:
        _Folders.chosen = tuple(folders)
        for known in (config, match, match_char):
            known.cache_clear()


def folders() -> tuple[Path, ...]:
    """The folders that are searched before the system's."""
    return _Folders.chosen


@cache
def config() -> int | None:
    """The address of the `FcConfig` that every look-up uses, for Pango to use the same; None without fontconfig."""
    library = _library()
    if library is None:
        return None
    if not _Folders.chosen:
        found: int | None = library.FcInitLoadConfigAndFonts()
        return found
    own = _built(library, _Folders.chosen, ())
    # of two fonts of one name fontconfig takes the one that covers more of Chinese: the firm's wins only when alone
    roots = tuple(os.path.join(folder, "") for folder in _Folders.chosen)  # noqa: PTH118 — Path drops the last slash
    faces = list(_listed(library, own))
    theirs = {name.casefold() for one in faces if one.path.startswith(roots) for name in one.families}
    others = (one for one in faces if not one.path.startswith(roots))
    hidden = {one.path for one in others if any(name.casefold() in theirs for name in one.families)}
    return _built(library, _Folders.chosen, sorted(hidden)) if hidden else own


def _built(library: ctypes.CDLL, first: Sequence[Path], hidden: Sequence[str]) -> int:
    """A configuration that searches these folders before the system's, and passes over the hidden files."""
    folders_xml = "".join(f"<dir>{escape(os.fspath(folder))}</dir>" for folder in first)
    hidden_xml = "".join(f"<glob>{escape(path)}</glob>" for path in hidden)
    xml = f"<fontconfig>{folders_xml}<selectfont><rejectfont>{hidden_xml}</rejectfont></selectfont></fontconfig>"
    address: int = library.FcConfigCreate()
    library.FcConfigParseAndLoadFromMemory(address, xml.encode("utf-8", "surrogateescape"), 0)
    library.FcConfigParseAndLoad(address, None, 0)
    library.FcConfigBuildFonts(address)
    return address


def installed() -> Iterator[Found]:
    """Every face that is searched, those of the named folders first."""
    library, address = _library(), config()
    if library is not None and address is not None:
        yield from _listed(library, address)


def _listed(library: ctypes.CDLL, address: int) -> Iterator[Found]:
    fonts = library.FcConfigGetFonts(address, _SYSTEM_SET)
    for at in range(fonts.contents.count if fonts else 0):
        found = _found(library, fonts.contents.fonts[at])
        if found is not None:
            yield found


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
    library, address = _library(), config()
    if library is None or address is None:
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
    library.FcConfigSubstitute(address, pattern, _PATTERN)
    library.FcDefaultSubstitute(pattern)
    result = library.FcFontMatch(address, pattern, ctypes.byref(ctypes.c_int()))
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
