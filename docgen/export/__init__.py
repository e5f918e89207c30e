"""A built .docx as PDF.

`to_pdf(docx, display, options) -> Pdf(data, pages, diagnostics)` is all that a caller needs.
`attach(pdf, deal, day)` puts the deal file into it, and `pdf.extract.extract(pdf)` takes it out again.
`to_html(docx, display) -> HtmlDocument(html, title, diagnostics)` is the pure half: it reads the .docx and the
installed fonts, breaks every line itself and imports no WeasyPrint. WeasyPrint then only paginates and draws.

    gate ─ styles, lists ─ atoms (characters with widths) ─ lines ─ HTML ─ WeasyPrint ─ PDF

Both raise `ExportError` for a document whose text can't be rendered faithfully and `SetupError` when the machine lacks
Pango or fonts. What is substituted (fonts) or not drawn (charts …) is in `diagnostics`, by name and place.
Fonts are found through fontconfig, as Pango does; `fonts.toml` declares which family may stand in for which.

**Why own line breaking:** WeasyPrint fills lines by widening spaces, which Chinese text doesn't have, and knows neither
hanging punctuation nor the gap between Chinese and Latin letters. Left to it, one line in ten breaks elsewhere than in
Word, and pages with it.
"""

from docgen.export.pages.html import HtmlDocument, to_html
from docgen.export.pdf.attach import attach
from docgen.export.pdf.render import Pdf, PdfOptions, to_pdf

__all__ = ["HtmlDocument", "Pdf", "PdfOptions", "attach", "to_html", "to_pdf"]
