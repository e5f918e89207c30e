"""Numbers and colours as they are written in attributes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

# Word itself takes no length beyond 22 inches (31 680 twips) and no size beyond 1638 pt.
_MAX_NUMBER = 100_000
_COLOUR = re.compile(r"[0-9A-Fa-f]{6}")
# LibreOffice's limit between dark and light grounds, of 255; Word's is not published and lies near it.
_DARK = 60
_PATTERNS = {"solid": 1.0, "clear": 0.0, "nil": 0.0}
_LINED = 0.35  # hatchings are drawn as an even tone


def number(text: str | None, default: float) -> float:
    """A number written in an attribute, a `pt` suffix tolerated; the default when it is absent, no number or absurd."""
    if text is None:
        return default
    try:
        value = float(text.removesuffix("pt")) * (20 if text.endswith("pt") else 1)
    except ValueError:
        return default
    return value if abs(value) <= _MAX_NUMBER else default  # also false for "nan"


def colour(value: str | None) -> str | None:
    """A CSS colour for six hex digits, None for `auto` and anything else."""
    return f"#{value.lower()}" if value and _COLOUR.fullmatch(value) else None


def shading(properties: Mapping[str, str]) -> str | None:
    """The CSS colour of `w:shd`: its fill, mixed with its pattern's colour as the eye mixes them; None for none."""
    fill, kind = colour(properties.get("shd.fill")), properties.get("shd", "clear")
    share = _PATTERNS.get(kind, _LINED)
    if kind.startswith("pct"):
        share = number(kind[3:], 0) / 100
    if not share:
        return fill if kind != "nil" else None
    over, under = colour(properties.get("shd.color")) or "#000000", fill or "#ffffff"
    mixed = (round(int(over[at : at + 2], 16) * share + int(under[at : at + 2], 16) * (1 - share)) for at in (1, 3, 5))
    return "#" + "".join(f"{part:02x}" for part in mixed)


def is_dark(ground: str) -> bool:
    """Whether text of automatic colour is white on this ground, a CSS colour of six digits."""
    red, green, blue = (int(ground[at : at + 2], 16) for at in (1, 3, 5))
    return (blue * 29 + green * 151 + red * 76) >> 8 <= _DARK
