"""Fonts inside WeasyPrint: what it embeds of a Chinese face, made in one step and without copying the whole file.

**Why.** WeasyPrint 70 copies each font file, tens of megabytes for a Chinese collection, and keeps every glyph's number
by filling 65,535 places with empty glyphs, which takes most of the time of writing a short contract. In most Chinese
OpenType faces each glyph bears its number (the CID) itself: of these the used glyphs are embedded as a bare CFF
program, in which a PDF finds them by that number (ISO 32000-1, 9.7.4.2). All other faces are left to WeasyPrint.
"""

from __future__ import annotations

import io
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from fontTools.cffLib import CFFFontSet
from fontTools.ttLib.sfnt import SFNTReader

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable

_WRAPPED: Final = b"OTTO"  # what an OpenType file with CFF outlines begins with
_DROPPED: Final = (b"BASE", b"DSIG", b"GPOS", b"GSUB", b"JSTF", b"VORG", b"vhea", b"vmtx")


class _Later:
    """A font file that is read when somebody looks into it."""

    def __init__(self, read: Callable[[], bytes | None]) -> None:
        self._read: Callable[[], bytes | None] | None = read
        self._content: bytes | None = None

    def content(self) -> bytes | None:
        if self._read is not None:
            self._content, self._read = self._read(), None
        return self._content

    def __bool__(self) -> bool:
        return bool(self.content())


@cache
def embed_lean() -> None:
    """Make WeasyPrint embed fonts so, once for the process; without HarfBuzz's subset library it does all by itself."""
    from weasyprint.pdf import fonts, stream  # noqa: PLC0415 — WeasyPrint is loaded only when a PDF is asked for

    read: Callable[..., bytes | None] = fonts.get_hb_object_data

    class LeanFont(fonts.Font):  # type: ignore[misc] # WeasyPrint has no type information
        """A font of a document."""

        _content: _Later | bytes | None = None
        _bare = False

        @property
        def file_content(self) -> bytes | None:
            return self._content.content() if isinstance(self._content, _Later) else self._content

        @file_content.setter
        def file_content(self, content: _Later | bytes | None) -> None:
            self._content = content

        @property
        def type(self) -> str:
            return "otf" if self._bare else super().type

        def _harfbuzz_subset(self, to_unicode: Collection[int], hinting: object) -> None:
            special = self.missing or "fvar" in self.tables or self.png or self.svg or self.colr
            program = _program(self.hb_face, to_unicode) if "CFF " in self.tables and not special else None
            if program is None:
                super()._harfbuzz_subset(to_unicode, hinting)
            else:
                self.file_content, self._bare = program, True

    fonts.get_hb_object_data = lambda face: _Later(lambda: read(face))
    stream.Font = LeanFont


def name_programs(objects: Iterable[Any]) -> None:
    """Say of each bare CFF program in a file that it is one: WeasyPrint takes all for OpenType files."""
    for one in objects:
        extra = getattr(one, "extra", None)
        if extra and extra.get("Subtype") == "/OpenType" and not one.stream[0].startswith(_WRAPPED):
            extra["Subtype"] = "/CIDFontType0C"


def _program(face: Any, glyphs: Collection[int]) -> bytes | None:  # noqa: ANN401 — WeasyPrint has no type information
    """These glyphs of a face as a CFF program; None when they don't bear their numbers there."""
    from weasyprint.text import ffi as library  # noqa: PLC0415 — loaded by now

    ffi, harfbuzz, subset = library.ffi, library.harfbuzz, library.harfbuzz_subset
    wanted = ffi.gc(subset.hb_subset_input_create_or_fail(), subset.hb_subset_input_destroy)
    dropped = [harfbuzz.hb_tag_from_string(name, -1) for name in _DROPPED]
    for numbers, into in (
        (sorted(glyphs), subset.hb_subset_input_glyph_set(wanted)),
        (sorted(dropped), subset.hb_subset_input_set(wanted, subset.HB_SUBSET_SETS_DROP_TABLE_TAG)),
    ):
        harfbuzz.hb_set_add_sorted_array(into, ffi.new("hb_codepoint_t[]", numbers), len(numbers))
    flags = subset.HB_SUBSET_FLAGS_DESUBROUTINIZE | subset.HB_SUBSET_FLAGS_NO_HINTING
    subset.hb_subset_input_set_flags(wanted, flags)
    made = subset.hb_subset_or_fail(face, wanted)
    if made == ffi.NULL:
        return None
    data = _whole(ffi, harfbuzz, made)
    harfbuzz.hb_face_destroy(made)
    program = bytes(SFNTReader(io.BytesIO(data))["CFF "])
    return program if _numbered(program, glyphs) else None


def _whole(ffi: Any, harfbuzz: Any, face: Any) -> bytes:  # noqa: ANN401 — same
    """The bytes of a face that HarfBuzz made."""
    blob = harfbuzz.hb_face_reference_blob(face)
    length = ffi.new("unsigned int *")
    data = bytes(ffi.buffer(harfbuzz.hb_blob_get_data(blob, length), length[0]))
    harfbuzz.hb_blob_destroy(blob)
    return data


def _numbered(program: bytes, glyphs: Collection[int]) -> bool:
    """Whether each of these glyphs is in the program by its number; HarfBuzz adds variants of theirs to some."""
    found = CFFFontSet()
    found.decompile(io.BytesIO(program), None)
    names = {f"cid{glyph:05}" for glyph in glyphs if glyph}
    return hasattr(found[0], "ROS") and names.issubset(found[0].charset)
