"""The characters of Word's symbol fonts as Unicode: what a `w:sym` or a bullet of Wingdings looks like.

Symbol fonts number their signs as they like, so the code means nothing in another font. Listed are Symbol whole
(Adobe's Symbol encoding) and of the others the signs that forms and lists use; Unicode took these in from the fonts
themselves, so the names agree (Unicode 7, "Wingdings and Webdings").
"""

from __future__ import annotations

_PRIVATE_USE = 0xF000
_LAST = 0xFF


def _run(first: int, signs: str) -> dict[int, str]:
    """Signs of consecutive codes; a space leaves its code out."""
    return {first + offset: sign for offset, sign in enumerate(signs) if sign != " "}


_SYMBOL = (
    _run(0x21, "!∀#∃%&∋()∗+,−./0123456789:;<=>?≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_")
    | _run(0x61, "αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}∼")
    | _run(0xA0, "€ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…⏐⎯↵ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓◊〈®©™∑")
    | _run(0xF1, "〉∫")
)
_WINGDINGS = (
    {0x20: " ", 0x22: "✂", 0x28: "☎", 0x2A: "✉", 0x36: "⌛", 0x3F: "✍", 0x41: "✌", 0x45: "☜", 0x46: "☞", 0x47: "☝",
     0x48: "☟", 0x4A: "☺", 0x4C: "☹", 0x4E: "☠", 0x51: "✈", 0x52: "☼", 0x54: "❄", 0x6C: "●", 0x6D: "❍", 0x6E: "■",
     0x6F: "□", 0x71: "❑", 0x72: "❒", 0x73: "◆", 0x74: "⧫", 0x75: "◆", 0x76: "❖", 0x77: "◆", 0x78: "⌧", 0x7B: "❀",
     0x9E: "·", 0x9F: "•", 0xA0: "▪", 0xA1: "○", 0xA4: "◉", 0xA5: "◎", 0xA7: "▪", 0xA8: "□", 0xAA: "✦", 0xAB: "★",
     0xAC: "✶", 0xAD: "✴", 0xAE: "✹", 0xB1: "⌖", 0xB5: "✪", 0xB6: "✰", 0xD5: "⌫", 0xD8: "➢", 0xDC: "➲", 0xE8: "➔",
     0xEF: "⇦", 0xF0: "⇨", 0xF1: "⇧", 0xF2: "⇩", 0xF3: "⬄", 0xF4: "⇳", 0xFB: "✗", 0xFC: "✓", 0xFD: "☒", 0xFE: "☑"}
    | _run(0x58, "✠✡☪☯ॐ☸♈♉♊♋♌♍♎♏♐♑♒♓")
    | _run(0x80, "⓪①②③④⑤⑥⑦⑧⑨⑩⓿❶❷❸❹❺❻❼❽❾❿")
    | _run(0xDF, "←→↑↓↖↗↙↘")
)  # fmt: skip
_WINGDINGS_2 = {
    0x4F: "✗", 0x50: "✓", 0x51: "☒", 0x52: "☑", 0x53: "☒", 0x54: "☒", 0x55: "⮾", 0x56: "⦸", 0x58: "⦻", 0x97: "●",
    0x98: "•", 0x99: "○", 0x9A: "◯", 0x9E: "◉", 0x9F: "◎", 0xA0: "▪", 0xA1: "■", 0xA2: "□", 0xA3: "□", 0xA4: "▫",
    0xA6: "▣", 0xAE: "◆", 0xAF: "◇", 0xB1: "◈", 0xEA: "✶",
} | _run(0x69, "⓪①②③④⑤⑥⑦⑧⑨⑩⓿❶❷❸❹❺❻❼❽❾❿")  # fmt: skip
_WINGDINGS_3 = _run(0x70, "▲▼△▽◀▶◁▷◣◢◤◥")
_WEBDINGS = {
    0x33: "◀", 0x34: "▶", 0x35: "▲", 0x36: "▼", 0x61: "✔", 0x63: "□", 0x67: "■", 0x6E: "●", 0x72: "✘",
}  # fmt: skip
_FONTS = {
    "symbol": _SYMBOL, "wingdings": _WINGDINGS, "wingdings 2": _WINGDINGS_2, "wingdings 3": _WINGDINGS_3,
    "webdings": _WEBDINGS,
}  # fmt: skip


def is_symbol_font(font: str) -> bool:
    """Whether this font's codes mean signs of its own."""
    return font.casefold() in _FONTS


def symbol(font: str, code: int) -> str | None:
    """The sign a symbol font has at this code, with or without Word's private-use offset; None when it isn't known."""
    if code >= _PRIVATE_USE:
        code -= _PRIVATE_USE
    return _FONTS.get(font.casefold(), {}).get(code)


def spelled(text: str, font: str) -> str:
    """Text set in a symbol font as Unicode; what isn't known stays as it is.

    Private-use characters of another or no named font are Wingdings' or Symbol's: Word writes them for bullets only.
    """
    if not any(_PRIVATE_USE < ord(sign) <= _PRIVATE_USE + _LAST for sign in text) and not is_symbol_font(font):
        return text
    return "".join(_spelled_sign(sign, font) for sign in text)


def _spelled_sign(sign: str, font: str) -> str:
    private = ord(sign) > _PRIVATE_USE
    if not private and not is_symbol_font(font):
        return sign
    fonts = [font] if is_symbol_font(font) else ["Wingdings", "Symbol"]
    if ord(sign) == _PRIVATE_USE + 0xB7 and fonts[0] != "Wingdings":
        fonts.insert(0, "Symbol")
    return next((known for name in fonts if (known := symbol(name, ord(sign))) is not None), sign)
