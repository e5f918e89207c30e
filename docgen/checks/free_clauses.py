"""What the deal's own clauses say: forfeiture, independence, notice, amounts in words (A06, A07, A09, A11)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from docgen.checks.registry import Finding, rule
from docgen.checks.subjects import contract_name
from docgen.checks.wording import BURDENSOME, FORFEITURE, INDEPENDENCE, Phrase, free_texts, hits
from docgen.diagnostics import Severity
from docgen.facts.reading import entries, optional
from docgen.formats.amounts import parse_amount
from docgen.formats.refusal import Refused
from docgen.formats.words import words_without_currency

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docgen.law import Law
    from docgen.model import Record

CLAUSES: Final = {
    "loans": ("special_terms",),
    "pledges": ("special_terms", "term_clause"),
    "guarantees": ("special_terms", "mode_wording"),
    "transfers": ("special_terms",),
}
SECURITY: Final = ("pledges", "guarantees")
DIGIT: Final = "[壹贰叁肆伍陆柒捌玖]"
WORDS: Final = (
    rf"(?P<words>(?:{DIGIT}|拾)[零〇壹贰叁肆伍陆柒捌玖拾佰仟万亿]{{0,30}}[元圆](?:{DIGIT}角)?(?:零?{DIGIT}分)?[整正]?)"
)
FIGURES: Final = r"(?P<figures>\d[\d,]*(?:\.\d{1,2})?)\s?(?P<unit>亿元|万元|元)?"
PAIRS: Final = (
    Phrase(rf"{WORDS}\s?(?P<lead>[（(]\s?)?(?P<mark>小写[：:]?|人民币|¥|￥|RMB|CNY)?\s?(?:人民币|¥|￥)?\s?{FIGURES}"),
    Phrase(rf"(?P<mark>¥|￥|人民币)?{FIGURES}[，,]?\s?(?P<lead>[（(]\s?(?:大写)?|大写)[：:]?\s?(?:人民币)?{WORDS}"),
)
"""An amount in words beside one in figures, in brackets or after 大写 or 小写: `伍佰万元整（¥5,000,000.00）`."""
MARKS: Final = str.maketrans({"圆": "元", "正": "整", "〇": "零"})


def clauses(deal: Record, lists: tuple[str, ...]) -> Iterator[tuple[Record, tuple[str, ...]]]:
    """Each contract of the lists with the keys of its free texts."""
    for name in lists:
        for contract in entries(deal, name):
            yield contract, CLAUSES[name]


def _objections(deal: Record, phrases: tuple[Phrase, ...]) -> Iterator[Finding]:
    """A finding for each free text of loans and security with one of the phrases; a note where it is denied."""
    for contract, keys in clauses(deal, ("loans", *SECURITY)):
        for hit in hits(contract, keys, phrases):
            args = {"contract": contract_name(contract), "phrase": hit.phrase}
            yield Finding(hit.record, hit.key, args, severity=Severity.NOTE if hit.denied else None)


@rule(
    "A06",
    "流质条款",
    severity=Severity.ERROR,
    stage="draft",
    basis=("CC 428 [V]", "担保制度解释 68 [V]"),
)
def forfeiture(deal: Record, _law: Law) -> Iterator[Finding]:
    """No clause makes the pledged right the pledgee's on default. law: CC 428."""
    for pledge in entries(deal, "pledges"):
        realisation = optional(pledge, "realisation")
        if realisation is not None and optional(realisation, "forfeiture"):
            args = {"contract": contract_name(pledge), "phrase": realisation.label_of("forfeiture")}
            yield Finding(realisation, "forfeiture", args)
    yield from _objections(deal, FORFEITURE)


@rule(
    "A07",
    "担保合同独立性约定",
    severity=Severity.WARNING,
    stage="draft",
    basis=("担保制度解释 2 [V]",),
)
def independent_security(deal: Record, _law: Law) -> Iterator[Finding]:
    """No clause lets the security outlive a void loan contract. law: 担保制度解释 2."""
    yield from _objections(deal, INDEPENDENCE)


@rule(
    "A09",
    "特别约定未作提示说明",
    severity=Severity.WARNING,
    stage="draft",
    basis=("CC 496 [V]", "CC 497 [V]", "CC 498 [V]", "合同编通则解释 9 [V]", "合同编通则解释 10 [V]"),
)
def unexplained_terms(deal: Record, _law: Law) -> Iterator[Finding]:
    """Special terms that weigh on the customer are pointed out and explained. law: CC 496."""
    for contract, _ in clauses(deal, ("loans", *SECURITY)):
        if optional(contract, "special_terms_explained"):
            continue
        for zh, en, patterns in BURDENSOME:
            for hit in hits(contract, ("special_terms",), patterns):
                args = {"contract": contract_name(contract), "phrase": hit.phrase, "kind.zh": zh, "kind.en": en}
                if not hit.denied:
                    yield Finding(contract, "special_terms", args)


@rule(
    "A11",
    "大小写金额不一致",
    severity=Severity.ERROR,
    stage="draft",
    basis=("算术 [V]", "支付结算办法 [R]"),
)
def words_and_figures(deal: Record, _law: Law) -> Iterator[Finding]:
    """An amount written in words and in figures is one amount. law: 支付结算办法."""
    for contract, keys in clauses(deal, tuple(CLAUSES)):
        for key, text in free_texts(contract, keys):
            for pattern in PAIRS:
                for match in filter(_is_pair, pattern.finditer(text)):
                    wanted = _in_words(match["figures"], match["unit"] or "元")
                    if wanted and _bare(wanted) != _bare(match["words"]):
                        figures = f"{match['figures']}{match['unit'] or ''}"
                        args = {"contract": contract_name(contract), "words": match["words"], "figures": figures}
                        yield Finding(contract, key, {**args, "wanted": wanted})


def _is_pair(match: re.Match[str]) -> bool:
    """Whether the figures are money (a mark, a unit, or written like it) and stand for the words."""
    is_money = bool(match["mark"] or match["unit"] or re.search(r"[,.]", match["figures"]))
    return is_money and bool(match["mark"] or match["lead"])


def _in_words(figures: str, unit: str) -> str:
    """The figures in words; empty when they are no amount."""
    try:
        return words_without_currency(parse_amount(f"{figures}{unit}"))
    except Refused:
        return ""


def _bare(words: str) -> str:
    """Words of an amount without what writers put differently: 零, 整, 圆."""
    return words.translate(MARKS).replace("零", "").removesuffix("整")
