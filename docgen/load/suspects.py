"""What a good file seldom holds: one search for each decides whether a closer look is needed."""

from __future__ import annotations

import re

# Characters that a good file may hold only in some places, or not at all; characters.py knows which. The two last
# of every plane are no characters; asking for them only behind a wide range keeps the search fast.
_LAST_OF_PLANES = "".join(f"{chr(plane * 0x10000 + 0xFFFE)}{chr(plane * 0x10000 + 0xFFFF)}" for plane in range(1, 17))
ODD_CHARACTERS = re.compile(
    "[\x00-\x09\x0b\x0c\x0e-\x1f\x7f-\xa0\xad\u034f\u061c\u1680\u180e\u2000-\u200f\u2028-\u202f\u205f-\u206f"
    "\u2e80-\u2fdf\u3000\ud800-\udfff\ufdd0-\ufdef\ufeff\ufff9-\uffff]"
    f"|[\U0001fffe-\U0010ffff](?<=[\U000e0000-\U000e007f{_LAST_OF_PLANES}])"
)
SUSPECT_COMMENT = re.compile(r" #(?:[^\s#]| ?\d)")
