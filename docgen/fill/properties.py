"""The document properties of a filled document: from the deal, never from the machine."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from datetime import date

TEXTS: Final = ("title", "subject", "description", "keywords", "category", "identifier", "language")
"""The properties whose text may come from the template."""

_DC: Final = frozenset({"title", "subject", "description", "identifier", "language"})
_HEAD: Final = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    "<cp:coreProperties"
    ' xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"'
    ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
)


@dataclass(frozen=True, slots=True)
class Properties:
    """Document properties; what is empty keeps the template's text. `created` is the day the deal speaks of."""

    title: str = ""
    subject: str = ""
    keywords: str = ""
    description: str = ""
    language: str = ""
    created: date | None = None


def core_properties(given: Properties, template: dict[str, str]) -> bytes:
    """docProps/core.xml: the given texts, else the template's; docgen as creator; the day at midnight UTC."""
    lines = [_HEAD]
    for name in TEXTS:
        text = getattr(given, name, "") or template.get(name, "")
        if text:
            tag = f"{'dc' if name in _DC else 'cp'}:{name}"
            lines.append(f"<{tag}>{escape(text, quote=False)}</{tag}>")
    lines.append("<dc:creator>docgen</dc:creator><cp:lastModifiedBy>docgen</cp:lastModifiedBy>")
    if given.created is not None:
        day = f"{given.created.isoformat()}T00:00:00Z"
        lines += [
            f'<dcterms:{name} xsi:type="dcterms:W3CDTF">{day}</dcterms:{name}>' for name in ("created", "modified")
        ]
    lines.append("</cp:coreProperties>")
    return "".join(lines).encode()
