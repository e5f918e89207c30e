"""Whether a rendered part is sound: strict XML, and no tag left."""

from __future__ import annotations

from typing import Final
from xml.parsers import expat

# Values print their opening braces as character references, so any of these is a tag that was not filled.
_REMAINS: Final = tuple(sign.encode() for sign in ("{{", "{%", "{#", "｛｛"))


def fault_of(part: bytes) -> str:
    """What is wrong with a part, "" for nothing."""
    remains = next((sign for sign in _REMAINS if sign in part), None)
    if remains:
        return remains.decode()
    try:
        expat.ParserCreate().Parse(part, True)  # noqa: FBT003 — expat takes no keywords
    except expat.ExpatError as error:
        return str(error)
    return ""
