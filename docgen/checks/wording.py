"""Wording of free clauses: phrases that a rule looks for, and whether the sentence denies them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from docgen.facts.reading import optional

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from docgen.model import Record

SENTENCE_END: Final = re.compile(r"[。；;\n]")
DENIED: Final = re.compile(r"不得|不应|不可|不会|不能以|不约定|并不|禁止|不视为|不构成")
DENIED_DIRECTLY: Final = re.compile(r"[不未非]\Z")
"""`不履行到期债务的，…` is a condition and denies nothing, so a bare 不 counts only right before the phrase's verb."""


class Phrase:
    """A pattern that is compiled when it is first looked for.

    **Why.** Most deals have no free clauses, and compiling all patterns costs more than judging a deal.
    """

    def __init__(self, pattern: str) -> None:
        """Keep the pattern's text; its verb is the group `act`."""
        self._text = pattern

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """Every place where it stands in the text; `re` keeps the compiled pattern."""
        return re.finditer(self._text, text)


CREDITOR: Final = r"(?:质权人|债权人|贷款人|银行|甲方|乙方)"
RIGHT: Final = r"(?:质押|出质|质物|专利|商标|著作权|软件|知识产权)"
FORFEITURE: Final = (
    Phrase(
        rf"{RIGHT}(?:(?!收益|价款|费用|款项|资料|文件|[。；;\n]).){{0,40}}?(?P<act>转归|归属|归|属于)[^。；;\n]{{0,4}}?{CREDITOR}"
        r"[^。；;\n]{0,6}?所有"
    ),
    Phrase(rf"{RIGHT}[^。；;\n]{{0,20}}?自动(?P<act>过户|转让|归属|归)"),
)
INDEPENDENCE: Final = (
    Phrase(r"(?P<act>独立)于主合同"),
    Phrase(r"(?P<act>不因)主合同[^。；;\n]{0,6}(?:无效|撤销|解除)[^。；;\n]{0,8}(?:无效|影响|失效)"),
    Phrase(r"(?P<act>不受)主合同[^。；;\n]{0,6}影响"),
    Phrase(r"主合同[^。；;\n]{0,6}无效[^。；;\n]{0,12}(?P<act>仍|继续|依然)[^。；;\n]{0,4}有效"),
    Phrase(
        r"(?:出质人|保证人|担保人)[^。；;\n]{0,6}对主合同[^。；;\n]{0,4}无效[^。；;\n]{0,8}(?:后果|损失)[^。；;\n]{0,6}(?P<act>承担)"
    ),
)
PREDEDUCTION: Final = (
    Phrase(r"(?:预先|先行|提前)[^。；;\n]{0,6}(?P<act>扣)(?:除|收|划)?[^。；;\n]{0,6}息"),
    Phrase(r"(?P<act>坐扣|砍头息)"),
)
PLEDGE_EXPIRY: Final = (Phrase(r"(?:质押|质权)[^。；;\n]{0,16}届满[^。；;\n]{0,10}(?P<act>解除|消灭|失效|终止|注销)"),)
WHOLE_PORTFOLIO: Final = (
    Phrase(
        r"(?P<act>名下|拥有|享有|所有)[^。；;\n]{0,4}(?:全部|一切|所有)[^。；;\n]{0,6}(?:知识产权|专利|商标|著作权|软件)"
    ),
    Phrase(
        r"(?P<act>将来|今后|未来)[^。；;\n]{0,8}(?:取得|申请|获得|产生)[^。；;\n]{0,8}(?:知识产权|专利|商标|著作权|软件)"
    ),
)
FORBIDDEN_PURPOSE: Final = (
    Phrase(r"(?P<act>理财|股票|期货|证券|债券|股权|股利|分红|土地款|土地出让金|购地|购房|房地产|赌博|固定资产投资)"),
)
BURDENSOME: Final[tuple[tuple[str, str, tuple[Phrase, ...]], ...]] = (
    (
        "减免贷款人责任",
        "limits the lender's liability",
        (Phrase(rf"{CREDITOR}[^。；;\n]{{0,16}}(?P<act>不承担|免除|不负|不予赔偿)"),),
    ),
    (
        "加重客户责任",
        "adds to the customer's liability",
        (
            Phrase(
                r"(?:借款人|出质人|保证人|客户)[^。；;\n]{0,14}(?P<act>承担|支付|赔偿)[^。；;\n]{0,12}(?:违约金|全部|一切|无限)"
            ),
        ),
    ),
    (
        "约定管辖或者仲裁",
        "chooses the forum",
        (Phrase(r"(?:法院|仲裁委员会|仲裁院)[^。；;\n]{0,10}(?P<act>管辖|仲裁|起诉|诉讼)"),),
    ),
    (
        "加速到期",
        "accelerates the debt",
        (Phrase(r"(?P<act>提前到期|提前收回|提前清偿|立即到期|加速到期)"),),
    ),
    (
        "放弃权利或者抗辩",
        "waives rights or defences",
        (Phrase(r"(?P<act>放弃)[^。；;\n]{0,14}(?:抗辩|权利?|异议|追偿)"),),
    ),
    (
        "授权扣划或者抵销",
        "authorises deduction or set-off",
        (Phrase(r"(?P<act>扣划|划扣|扣收|直接扣|抵销)"),),
    ),
)


@dataclass(frozen=True, slots=True)
class Hit:
    """A phrase found in a free text of the deal; `denied` when its sentence says the contrary."""

    record: Record
    key: str
    phrase: str
    denied: bool


def free_texts(record: Record, keys: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Every text of some fields of a record (a text, a line or a list of texts), with its key."""
    for key in keys:
        value = optional(record, key)
        for text in (value,) if isinstance(value, str) else value or ():
            if isinstance(text, str):
                yield key, text


def hits(record: Record, keys: Iterable[str], patterns: Iterable[Phrase]) -> Iterator[Hit]:
    """The first place in each text where one of the patterns matches; each pattern names its verb as group `act`."""
    wanted = tuple(patterns)
    for key, text in free_texts(record, keys):
        found = [match for pattern in wanted for match in pattern.finditer(text)]
        if found:
            plain = [match for match in found if not denied(text, match)]
            chosen = min(plain or found, key=lambda match: match.start())
            yield Hit(record, key, chosen[0], denied=not plain)


def denied(text: str, match: re.Match[str]) -> bool:
    """Whether the sentence denies the phrase before its verb."""
    start = max((end.end() for end in SENTENCE_END.finditer(text, 0, match.start())), default=0)
    before = text[start : match.start("act")]
    return bool(DENIED.search(before) or DENIED_DIRECTLY.search(before))
