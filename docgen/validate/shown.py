"""Values and fields as messages may show them: short, and personal numbers masked."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from docgen.formats.masks import masked_account, masked_id, masked_phone

if TYPE_CHECKING:
    from docgen.schema import FieldType

_LONGEST: Final = 40
_MASKS: Final = {"id_no": masked_id, "bank_account": masked_account, "phone": masked_phone}
# Where these numbers stand by mistake in another field they are masked all the same. A patent number (at most 13
# digits) is none of them; a credit code of digits only is public, and its own type says so.
_PERSONAL: Final = re.compile(
    r"(?<![0-9A-Za-z])(?:[0-9]{16,19}|[0-9]{17}[Xx]|[0-9]{15}|1[3-9][0-9]{9})(?![0-9A-Za-z.])"
)


def shown_value(text: str, kind: str) -> str:
    """The value as a message may print it, for a field of that type."""
    mask = _MASKS.get(kind)
    if mask is not None:
        return mask(text)
    if kind != "uscc":
        text = _PERSONAL.sub(lambda found: masked_id(found[0]), text)
    text = " ".join(text.split())
    return text if len(text) <= _LONGEST else text[:_LONGEST] + "…"


def shown_field(field_type: FieldType) -> str:
    """A field as both languages show it: `contract_no（合同编号）`."""
    return f"{field_type.key}（{field_type.zh}）"


def shown_names(names: list[str]) -> str:
    """Some names in one line, joined as their own language does."""
    return (", " if all(name.isascii() for name in names) else "、").join(names)
