"""How far two PDFs of one document agree: pages, text, line breaks, positions, ink.

`compare(reference, test, zones) -> Agreement` measures two PDFs, given as bytes; `zones_of(docx) -> Zones` says where
in the pages of the document its headers and footers stand. `Bar.shortfalls(agreement)` names what isn't good enough.
`SetupError` when pypdfium2 or Pillow is missing, `ExportError` for what is no PDF.

    glyphs (characters in drawing order, with their origins) ─ matching (the same character in both) ─ agreement
    pages drawn in black and white ─ ink
"""

from docgen.export.compare.agreement import Agreement, Bar, Spread
from docgen.export.compare.glyphs import Zones, zones_of
from docgen.export.compare.measure import compare

__all__ = ["Agreement", "Bar", "Spread", "Zones", "compare", "zones_of"]
