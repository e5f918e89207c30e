"""Which fonts the renderer took: Pango may choose another than the one that was measured, and must not.

WeasyPrint 70 gives, for every font it embeds, the HarfBuzz face and which glyph was first drawn for which text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docgen.diagnostics import Diagnostic, ExportError, Place, Severity

if TYPE_CHECKING:
    from collections.abc import Iterable

    from docgen.export.fonts.faces import Measured

_EXAMPLES = 10


def check_drawn(
    fonts: Iterable[Any],
    measured: Measured,
    ffi: Any,  # noqa: ANN401 — WeasyPrint's own objects
    display: str,
) -> tuple[Diagnostic, ...]:
    """Raise `ExportError` when a character was drawn with a face it wasn't measured with.

    `fonts` are WeasyPrint's, `measured` is what the lines were broken with. Page numbers are written by the renderer
    and not measured beforehand: from a face that nothing else is drawn with, they give a warning.
    """
    known = {(file.mark, file.index): chars for file, chars in measured.characters.items()}
    expected = set().union(*measured.characters.values()) - measured.counted
    found = []
    for font in fonts:
        chars = {char for text in font.to_unicode.values() for char in text if char.isprintable() and char != " "}
        held = known.get((_mark(font, ffi), font.index))
        wrong = chars & expected - (held or set())
        other = chars if held is None else wrong
        if other:
            severity = Severity.ERROR if wrong else Severity.WARNING
            args = {"used": font.family, "characters": "".join(sorted(wrong or other)[:_EXAMPLES])}
            found.append(Diagnostic("X116", severity, Place(display), args))
    if any(one.severity is Severity.ERROR for one in found):
        raise ExportError(found)
    return tuple(found)


def _mark(font: Any, ffi: Any) -> tuple[int, bytes]:  # noqa: ANN401 — same
    """The size and the first bytes of the file a font was drawn from."""
    blob = ffi.harfbuzz.hb_face_reference_blob(font.hb_face)
    length = ffi.ffi.new("unsigned int *")
    data = ffi.harfbuzz.hb_blob_get_data(blob, length)
    start = bytes(ffi.ffi.buffer(data, min(length[0], 4096)))
    ffi.harfbuzz.hb_blob_destroy(blob)
    return length[0], start
