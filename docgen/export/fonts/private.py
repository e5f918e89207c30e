"""Characters that mean nothing outside one font or one program: private use, and what some of them once stood for."""

from __future__ import annotations

import unicodedata

# GBK's second user rows: Windows mapped FE50–FEA0 to U+E815–U+E864 before Unicode had the characters.
_FIRST, _LAST, _LEAD, _TRAILS = 0xE815, 0xE864, 0xFE, (*range(0x50, 0x7F), *range(0x80, 0xA1))
# What Python's table, which is that of GB 18030-2000, still leaves in the private area (GB 18030-2022, annex D).
_SINCE = {
    "\ue816": "\U00020087", "\ue817": "\U00020089", "\ue818": "\U000200cc", "\ue81e": "\u9fb4", "\ue826": "\u9fb5",
    "\ue82b": "\u9fb6", "\ue82c": "\u9fb7", "\ue831": "\U000215d7", "\ue832": "\u9fb8", "\ue83b": "\U0002298f",
    "\ue843": "\u9fb9", "\ue854": "\u9fba", "\ue855": "\U000241fe", "\ue864": "\u9fbb", "\ue7c7": "\u1e3f",
}  # fmt: skip


def is_private(char: str) -> bool:
    """Whether the character has no meaning of its own: another font draws something else, or nothing."""
    return unicodedata.category(char) == "Co"


def meant(char: str) -> str | None:
    """The standard character an old GBK file most likely means by a private one, None when nothing is known."""
    if char in _SINCE:
        return _SINCE[char]
    code = ord(char)
    if not _FIRST <= code <= _LAST:
        return None
    found = bytes((_LEAD, _TRAILS[code - _FIRST])).decode("gb18030")
    return None if is_private(found) else found
