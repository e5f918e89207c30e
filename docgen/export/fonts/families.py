"""The declared map of fonts.toml: which families may stand in for a font a Word document names, and its line height."""

from __future__ import annotations

import tomllib
import unicodedata
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

from docgen.export.fonts.fontfile import LineMetrics

if TYPE_CHECKING:
    from docgen.export.fonts.hints import Hint

DEFAULT_LATIN = "Times New Roman"
DEFAULT_EAST_ASIAN = "宋体"


@cache
def font_map() -> dict[str, Any]:
    """The declared map of fonts.toml."""
    return tomllib.loads(resources.files("docgen.export.fonts").joinpath("fonts.toml").read_text("utf-8"))


@dataclass(frozen=True, slots=True)
class Family:
    """One declared family: what may stand in for it and how high its lines are in Word.

    `names` are one design under several names, unless it isn't `alike`: then stand-ins look different or are of other
    widths. `style` says where a character it lacks is taken from.
    """

    id: str
    names: tuple[str, ...]
    use: tuple[str, ...]
    bold_use: tuple[str, ...] = ()
    drawn_bold: bool = False
    east_asian: bool = False
    line: LineMetrics | None = None
    style: str = "song"
    alike: bool = True


@cache
def families() -> dict[str, Family]:
    """Every declared family by each of its names in lower case."""
    found: dict[str, Family] = {}
    for entry in font_map()["family"]:
        line = LineMetrics(entry["ascent"], entry["descent"]) if "ascent" in entry else None
        family = Family(
            entry["id"], tuple(entry["names"]), tuple(entry["use"]), tuple(entry.get("bold_use", ())),
            entry.get("weight") == "bold", entry.get("east_asian", False), line,
            entry.get("style", "song"), entry.get("alike", True),
        )  # fmt: skip
        for name in entry["names"]:
            found[name.casefold()] = family
    return found


def plain_name(name: str) -> str:
    """The name a font goes by: the first of several, without the sign of vertical text, in half-width letters."""
    first = unicodedata.normalize("NFKC", name).partition(";")[0].partition(",")[0]
    return first.strip(" \"'\t").removeprefix("@")


def declared(name: str) -> Family | None:
    """The declared family of a font name, None when there is none."""
    return families().get(name.casefold())


def nearest(name: str, hint: Hint | None, *, east_asian: bool) -> Family:
    """The declared family an unknown font is most like: by words in its name, then by the document's font table."""
    folded = name.casefold()
    for word, names in font_map()["words"].items():
        if word in folded:
            return families()[names.casefold()]
    chinese = east_asian or (hint is not None and hint.east_asian) or any(ord(sign) > 0x2E7F for sign in name)  # noqa: PLR2004 — CJK blocks
    kind = hint.kind if hint is not None else ""
    standard = font_map()["kinds"]["east_asian" if chinese else "latin"]
    return families()[standard.get(kind, DEFAULT_EAST_ASIAN if chinese else DEFAULT_LATIN).casefold()]
