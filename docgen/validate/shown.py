"""Values as messages may show them. The renderer masks what looks like a personal number; here the field says so."""

from __future__ import annotations

from typing import Final

from docgen.formats.masks import masked_account, masked_id, masked_phone

_LONGEST: Final = 40
_MASKS: Final = {"id_no": masked_id, "bank_account": masked_account, "phone": masked_phone}


def shown_value(text: str, kind: str = "line") -> str:
    """The value as a message may print it, for a field of that type."""
    mask = _MASKS.get(kind)
    text = mask(text) if mask else " ".join(text.split())
    return text if len(text) <= _LONGEST else text[:_LONGEST] + "…"


def shown_names(names: list[str]) -> str:
    """Some names in one line, joined as their own language does."""
    return (", " if all(name.isascii() for name in names) else "、").join(names)
