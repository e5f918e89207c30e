"""Colours of drawings: DrawingML's theme and RGB colours with their changes, and VML's names."""

from __future__ import annotations

import colorsys
import re
from typing import TYPE_CHECKING

from docgen.export.reading.properties import local
from docgen.export.reading.values import colour, number

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lxml.etree import _Element

_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
# What a document without a theme means: the colours of Office 2013 and later.
_OFFICE = {
    "dk1": "000000", "lt1": "FFFFFF", "dk2": "44546A", "lt2": "E7E6E6", "accent1": "4472C4", "accent2": "ED7D31",
    "accent3": "A5A5A5", "accent4": "FFC000", "accent5": "5B9BD5", "accent6": "70AD47", "hlink": "0563C1",
    "folHlink": "954F72",
}  # fmt: skip
_MAPPED = {"tx1": "dk1", "bg1": "lt1", "tx2": "dk2", "bg2": "lt2"}
# DrawingML's preset names are CSS's, but for abbreviations (`dkBlue`); VML's are CSS's.
_ABBREVIATED = (("dk", "dark"), ("lt", "light"), ("med", "medium"))
_NAMES = frozenset(re.findall(r"\w+", (
    "aqua azure beige black blue brown coral crimson cyan darkblue darkcyan darkgray darkgreen darkmagenta darkorange "
    "darkred fuchsia gold gray green indigo ivory khaki lavender lightblue lightcyan lightgray lightgreen lightyellow "
    "lime magenta maroon mediumblue navy olive orange orchid pink plum purple red salmon sienna silver tan teal "
    "tomato turquoise violet white yellow"
)))  # fmt: skip


def theme_colours(theme: _Element | None) -> dict[str, str]:
    """The six hex digits of each colour of the theme, by its name in DrawingML."""
    found = dict(_OFFICE)
    scheme = next(iter(theme.iter(f"{_A}clrScheme")), None) if theme is not None else None
    for slot in scheme if scheme is not None else ():
        for value in slot:
            digits = value.get("lastClr") or value.get("val") or ""
            if colour(digits):
                found[local(slot)] = digits
    return found


def theme_colour(holder: _Element, theme: Mapping[str, str]) -> str:
    """The CSS colour of the first colour element in `holder`; "" when it holds none."""
    for element in holder.iter():
        kind, value = local(element), element.get("val", "")
        digits = ""
        if kind == "srgbClr":
            digits = value
        elif kind == "schemeClr":
            digits = theme.get(_MAPPED.get(value, value), "000000")
        elif kind == "sysClr":
            digits = element.get("lastClr", "000000")
        elif kind == "prstClr":
            return named(value)
        if colour(digits):
            return _changed(digits, element)
    return ""


def named(name: str) -> str:
    """The CSS colour of a preset or VML colour: a name, `#rgb` or `#rrggbb`; black for an unknown one."""
    text = name.strip().partition(" ")[0].lower()
    if text.startswith("#"):
        digits = text[1:]
        return colour(digits if len(digits) != 3 else "".join(sign * 2 for sign in digits)) or "#000"  # noqa: PLR2004 — #rgb
    for short, full in _ABBREVIATED:
        if text.startswith(short) and full + text[len(short) :] in _NAMES:
            return full + text[len(short) :]
    return text if text in _NAMES else "#000"


def _changed(digits: str, element: _Element) -> str:
    """The colour after its lightness was changed, and with its transparency."""
    red, green, blue = (int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4))
    opacity = 1.0
    for change in element:
        share = number(change.get("val"), 100_000) / 100_000
        name = local(change)
        if name in {"lumMod", "lumOff"}:
            hue, light, full = colorsys.rgb_to_hls(red, green, blue)
            light = light * share if name == "lumMod" else light + share
            red, green, blue = colorsys.hls_to_rgb(hue, min(max(light, 0.0), 1.0), full)
        elif name == "shade":
            red, green, blue = red * share, green * share, blue * share
        elif name == "tint":
            red, green, blue = (1 - (1 - part) * share for part in (red, green, blue))
        elif name == "alpha":
            opacity = min(max(share, 0.0), 1.0)
    parts = [round(min(max(part, 0.0), 1.0) * 255) for part in (red, green, blue)]
    if opacity < 1:
        return f"rgba({parts[0]},{parts[1]},{parts[2]},{opacity:.3g})"
    return "#" + "".join(f"{part:02x}" for part in parts)
