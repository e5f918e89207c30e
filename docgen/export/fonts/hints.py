"""What a document's font table says of the fonts it names: another name, the kind of design, whether it is enclosed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from docgen.export.fonts.families import plain_name
from docgen.export.reading.properties import VAL, W

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lxml.etree import _Element

# w:charset: Japanese, Korean (two), simplified and traditional Chinese
_EAST_ASIAN_SETS = frozenset(("80", "81", "82", "86", "88"))
_EMBEDDED = ("embedRegular", "embedBold", "embedItalic", "embedBoldItalic")


@dataclass(frozen=True, slots=True)
class Hint:
    """One entry of word/fontTable.xml; `kind` is `roman`, `swiss`, `modern`, `fixed`, `script`, … or ""."""

    other_name: str = ""
    kind: str = ""
    east_asian: bool = False
    embedded: bool = False


def read_hints(root: _Element | None) -> Mapping[str, Hint]:
    """The entries of a font table by font name in lower case."""
    found: dict[str, Hint] = {}
    for font in root.findall(f"{W}font") if root is not None else ():
        kind = _value(font, "family")
        found[plain_name(font.get(f"{W}name", "")).casefold()] = Hint(
            plain_name(_value(font, "altName")),
            "fixed" if _value(font, "pitch") == "fixed" and kind == "modern" else kind,
            _value(font, "charset").upper() in _EAST_ASIAN_SETS,
            any(font.find(f"{W}{name}") is not None for name in _EMBEDDED),
        )
    return found


def _value(font: _Element, name: str) -> str:
    element = font.find(f"{W}{name}")
    return element.get(VAL, "") if element is not None else ""
