"""Whether a rendered part is sound: strict XML, no tag left, no cell or table that Word refuses."""

from __future__ import annotations

from typing import Final
from xml.parsers import expat

# Values print their opening braces as character references, so any of these is a tag that was not filled.
_REMAINS: Final = ("{{", "{%", "{#", "｛｛")


def remains_of(text: str) -> str:
    """What is left of a tag in a part's text, "" for nothing. Single characters are found far faster than pairs."""
    if "{" not in text and "｛" not in text:
        return ""
    return next((sign for sign in _REMAINS if sign in text), "")


def fault_of(part: bytes) -> str:
    """Why a part isn't strict XML, "" for nothing."""
    try:
        expat.ParserCreate().Parse(part, True)  # noqa: FBT003 — expat takes no keywords
    except expat.ExpatError as error:
        return str(error)
    return ""


def repaired(text: str) -> str:
    """Cells that lost all their paragraphs get the one that Word demands; tables that lost all their rows go."""
    end = "</w:tblGrid></w:tbl>"
    while (at := text.find(end)) >= 0:
        text = text[: text.rfind("<w:tbl>", 0, at)] + text[at + len(end) :]
    if "</w:tcPr></w:tc>" in text:
        text = text.replace("</w:tcPr></w:tc>", "</w:tcPr><w:p/></w:tc>")
    if "</w:tbl></w:tc>" in text:
        text = text.replace("</w:tbl></w:tc>", "</w:tbl><w:p/></w:tc>")
    return text.replace("<w:tc></w:tc>", "<w:tc><w:p/></w:tc>")
