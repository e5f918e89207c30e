"""settings.xml: what holds for the whole document."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from docgen.export.reading.properties import VAL, W, is_on
from docgen.export.reading.values import number

if TYPE_CHECKING:
    from lxml.etree import _Element

_OLDEST = 12  # what a file without a compatibility mode is laid out as: Word 2007


@dataclass(frozen=True, slots=True)
class Settings:
    """Lengths in points; `compatibility` is the Word version whose layout rules hold, 15 for Word 2013 and later."""

    even_headers: bool = False
    default_stop: float = 36.0
    expand_forced: bool = True
    adds_spaces: bool = False
    compatibility: int = _OLDEST
    mirrored: bool = False


def read_settings(root: _Element | None) -> Settings:
    """The settings written in `root`, Word's defaults for the rest."""
    compat = root.find(f"{W}compat") if root is not None else None
    return Settings(
        switch(root, "evenAndOddHeaders"),
        number(_value(root, "defaultTabStop"), 720) / 20,
        not switch(compat, "doNotExpandShiftReturn"),
        switch(compat, "doNotUseHTMLParagraphAutoSpacing"),
        _compatibility(root),
        switch(root, "mirrorMargins"),
    )


def switch(holder: _Element | None, name: str) -> bool:
    """Whether a child that is a switch is there and on."""
    element = holder.find(f"{W}{name}") if holder is not None else None
    return element is not None and is_on(element.get(VAL))


def _value(holder: _Element | None, name: str) -> str | None:
    element = holder.find(f"{W}{name}") if holder is not None else None
    return element.get(VAL) if element is not None else None


def _compatibility(root: _Element | None) -> int:
    for element in root.iter(f"{W}compatSetting") if root is not None else ():
        if element.get(f"{W}name") == "compatibilityMode":
            return int(number(element.get(VAL), 15))
    return _OLDEST
