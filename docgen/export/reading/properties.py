"""Word's paragraph and run properties as flat dictionaries that merge by key, nearer ones over farther ones."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
VAL = f"{W}val"
Properties: TypeAlias = dict[str, str]

# Run properties that are on, off or toggled by style and character style together (ECMA-376 part 1, 17.7.3).
TOGGLES = frozenset(("b", "i", "caps", "smallCaps", "strike", "dstrike", "vanish", "outline", "shadow", "emboss"))
_SWITCHES = frozenset((
    *TOGGLES, "keepNext", "keepLines", "pageBreakBefore", "widowControl", "contextualSpacing", "snapToGrid",
    "autoSpaceDE", "autoSpaceDN", "overflowPunct", "kinsoku", "wordWrap", "suppressLineNumbers", "noProof", "webHidden",
    "bidi", "rtl", "cs", "adjustRightInd", "mirrorIndents", "imprint", "specVanish",
))  # fmt: skip
_SKIPPED = frozenset(("rPr", "sectPr", "pPrChange", "rPrChange", "tabs", "numPr", "pBdr"))


def is_on(value: str | None) -> bool:
    """What a switch's `w:val` means; an absent one is on."""
    return value is None or value not in {"0", "false", "off", "none"}


def local(element: _Element) -> str:
    """The element's name without its namespace; "" for comments."""
    tag: object = element.tag  # a function for comments and processing instructions
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def read(holder: _Element | None) -> Properties:
    """The properties of a `w:rPr` or `w:pPr`: `sz` → `28`, `ind.left` → `420`, `b` → `1`, `pBdr.bottom.sz` → `6`."""
    found: Properties = {}
    if holder is None:
        return found
    for child in holder:
        name = local(child)
        if not name or name in _SKIPPED:
            if name == "pBdr":
                found.update(_borders(child))
            elif name == "tabs":
                found.update(_tabs(child))
            elif name == "numPr":
                found.update(_numbering(child))
            continue
        if name in _SWITCHES:
            found[name] = "1" if is_on(child.get(VAL)) else "0"
            continue
        _attributes(name, child, found)
    return found


def _attributes(name: str, child: _Element, found: Properties) -> None:
    for key, value in child.attrib.items():
        attribute = str(key).rpartition("}")[2]
        found[name if attribute == "val" else f"{name}.{attribute}"] = str(value)
    if name == "ind":  # `start` and `end` are the strict names of `left` and `right`
        for old, new in (("start", "left"), ("end", "right"), ("startChars", "leftChars"), ("endChars", "rightChars")):
            if f"ind.{old}" in found:
                found[f"ind.{new}"] = found.pop(f"ind.{old}")
        _drop_opposite(found, found)


def _drop_opposite(given: Properties, found: Properties) -> None:
    """A hanging indent and a first-line indent exclude each other; hanging wins at one level."""
    for suffix in ("", "Chars"):
        if given.get(f"ind.hanging{suffix}", "0") not in {"0", ""}:
            found.pop("ind.firstLine", None)
            found.pop("ind.firstLineChars", None)


def _borders(holder: _Element) -> Iterator[tuple[str, str]]:
    for side in holder:
        for key, value in side.attrib.items():
            yield f"pBdr.{local(side)}.{str(key).rpartition('}')[2]}", str(value)


def _tabs(holder: _Element) -> Iterator[tuple[str, str]]:
    for tab in holder:
        position = tab.get(f"{W}pos")
        if position is not None:
            yield f"tab.{position}", f"{tab.get(VAL, 'left')} {tab.get(f'{W}leader', 'none')}"


def _numbering(holder: _Element) -> Iterator[tuple[str, str]]:
    for child in holder:
        if local(child) in {"numId", "ilvl"}:
            yield f"numPr.{local(child)}", child.get(VAL, "0")


def merge(farther: Properties, nearer: Properties) -> Properties:
    """`nearer` over `farther`; an indent kind given nearer removes its opposite farther away."""
    if not nearer:
        return farther
    merged = dict(farther)
    if any(key.startswith("ind.") for key in nearer):
        if "ind.hanging" in nearer or "ind.hangingChars" in nearer:
            merged.pop("ind.firstLine", None)
            merged.pop("ind.firstLineChars", None)
        if "ind.firstLine" in nearer or "ind.firstLineChars" in nearer:
            merged.pop("ind.hanging", None)
            merged.pop("ind.hangingChars", None)
    for face, theme in (("ascii", "asciiTheme"), ("hAnsi", "hAnsiTheme"), ("eastAsia", "eastAsiaTheme")):
        if f"rFonts.{face}" in nearer and f"rFonts.{theme}" not in nearer:
            merged.pop(f"rFonts.{theme}", None)  # within one level the theme wins, between levels the nearer
    merged.update(nearer)
    return merged


def combine_toggles(style: Properties, character: Properties, direct: Properties) -> Properties:
    """Character style over paragraph style over defaults, with toggles combined as Word does, then direct ones."""
    merged = merge(style, character)
    for name in TOGGLES & character.keys():
        if style.get(name) == "1" and character[name] == "1":
            merged[name] = "0"
    return merge(merged, direct)
