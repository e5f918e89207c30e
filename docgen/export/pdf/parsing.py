"""The HTML inside WeasyPrint: read by the XML parser where it is well-formed, as what docgen writes is.

**Why.** WeasyPrint reads HTML as found on the web, letter by letter in Python, which takes twenty times as long and
gives the same tree. HTML that isn't well-formed XML still goes that way.
"""

from __future__ import annotations

from functools import cache
from typing import Any
from xml.etree import ElementTree as ET


@cache
def page_source() -> Any:  # noqa: ANN401 — WeasyPrint has no type information
    """WeasyPrint's class of HTML documents, made from a text and what fetches its pictures."""
    import weasyprint  # noqa: PLC0415 — WeasyPrint is loaded only when a PDF is asked for

    class Source(weasyprint.HTML):  # type: ignore[misc] # WeasyPrint has no type information
        def __init__(self, html: str, fetcher: object) -> None:
            try:
                root = ET.fromstring(html)  # noqa: S314 — docgen wrote it, without a DTD that could hold entities
            except ET.ParseError:
                super().__init__(string=html, url_fetcher=fetcher)
                return
            self.base_url, self.url_fetcher, self.media_type = None, fetcher, "print"
            self.wrapper_element = weasyprint.cssselect2.ElementWrapper.from_html_root(root, content_language=None)
            self.etree_element = self.wrapper_element.etree_element

    return Source
