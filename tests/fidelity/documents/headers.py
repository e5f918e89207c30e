"""Headers and footers of the comparison's documents."""

from __future__ import annotations

from docx.oxml import parse_xml
from docx.shared import Pt

from tests.fidelity.documents.word import Node, W, element, run, set_fonts


def field(where: Node, code: str, size: float, font: str = "宋体") -> None:
    """A complex field with 1 as its kept result."""
    for kind in ("begin", "code", "separate", "text", "end"):
        made = where.add_run()
        made.font.size = Pt(size)
        set_fonts(made._r.get_or_add_rPr(), font)
        if kind == "code":
            instruction = element("w:instrText")
            instruction.text = f" {code} "
            made._r.append(instruction)
        elif kind == "text":
            result = element("w:t")
            result.text = "1"
            made._r.append(result)
        else:
            made._r.append(element("w:fldChar", w_fldCharType=kind))


def header_and_footer(section: Node, head: str, around: tuple[str, str, str] = ("第", "页 共", "页")) -> None:
    """A centred header over a rule, and a footer with page number and number of pages."""
    size, font = 9, "宋体"
    section.header.is_linked_to_previous = False
    top = section.header.paragraphs[0]
    top.text = ""
    rule = '<w:bottom w:val="single" w:sz="6" w:space="1" w:color="auto"/>'
    properties = top._p.get_or_add_pPr()
    properties.append(parse_xml(f"<w:pBdr {W}>{rule}</w:pBdr>"))
    _centre(properties)
    run(top, head, size, font)
    section.footer.is_linked_to_previous = False
    bottom = section.footer.paragraphs[0]
    _centre(bottom._p.get_or_add_pPr())
    before, between, after = around
    run(bottom, f"{before} ", size, font)
    field(bottom, "PAGE", size, font)
    run(bottom, f" {between} ", size, font)
    field(bottom, "NUMPAGES", size, font)
    run(bottom, f" {after}", size, font)


def _centre(properties: Node) -> None:
    properties.append(element("w:spacing", w_line=240, w_lineRule="auto"))
    properties.append(element("w:jc", w_val="center"))
