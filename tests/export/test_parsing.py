"""The HTML is read by the XML parser, which must see what a reader of HTML sees."""

from __future__ import annotations

from typing import TYPE_CHECKING

import tinyhtml5

from docgen.export import to_html
from docgen.export.pdf.parsing import page_source
from tests.export.build import docx, para, row, run, table

if TYPE_CHECKING:
    from collections.abc import Callable
    from xml.etree.ElementTree import Element

BODY = (
    para("甲 &amp; 乙 &lt;丙&gt; “引”", '<w:outlineLvl w:val="0"/>'),
    table([3000, 3000], row("出质人", "a&amp;b"), row("1", "2")),
    para(runs=run("第1") + run("页", '<w:b/><w:u w:val="single"/>')),
)


def seen(root: Element) -> list[tuple[str, list[tuple[str, str]], str, str]]:
    return [(one.tag, list(one.attrib.items()), one.text or "", one.tail or "") for one in root.iter()]


def test_both_parsers_see_the_same_document(pdf_of: Callable[..., object]) -> None:  # noqa: ARG001 — WeasyPrint must be there
    html = to_html(docx(*BODY), "test.docx").html
    found = seen(page_source()(html, None).etree_element)
    assert any(tag == "col" for tag, *_ in found)
    assert found == seen(tinyhtml5.parse(html, namespace_html_elements=False))


def test_what_is_no_xml_is_read_as_html(pdf_of: Callable[..., object]) -> None:  # noqa: ARG001 — same
    root = page_source()("<p>甲<br>乙", None).etree_element
    assert [one.tag for one in root.iter()] == ["html", "head", "body", "p", "br"]
