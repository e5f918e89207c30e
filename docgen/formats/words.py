"""Money in words (大写), as 支付结算办法 (银发〔1997〕393号) 附一 and 会计基础工作规范 第五十二条 prescribe.

Where the rule leaves a choice, the shorter form without an optional 零 is printed, and 整 after 元 and after 角.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from docgen.formats.amounts import currency_prefix, fen
from docgen.formats.numerals import capital_number

if TYPE_CHECKING:
    from decimal import Decimal


def amount_in_words(value: Decimal, currency: str = "CNY") -> str:
    """The amount in words with the name of the currency: 人民币伍佰万元整, 港币壹角整.

    Raises `Refused` for what isn't an exact amount from 0 to below 10^16: negative, parts of 1 分, NaN.
    """
    return currency_prefix(currency) + words_without_currency(value)


def words_without_currency(value: Decimal) -> str:
    """The amount in words alone: 伍佰万元整. Raises `Refused` as `amount_in_words` does."""
    yuan, rest = divmod(fen(value), 100)
    jiao, fen_left = divmod(rest, 10)
    words = f"{capital_number(yuan)}元" if yuan or not rest else ""
    if jiao:
        words += f"{capital_number(jiao)}角"
    elif fen_left and words:
        words += "零"
    return words + (f"{capital_number(fen_left)}分" if fen_left else "整")
