"""Every condition of every template comes out both ways in some deal, and every such deal can be read."""

from __future__ import annotations

import re

import pytest

from docgen.checks.wording import FORFEITURE, INDEPENDENCE, PLEDGE_EXPIRY, PREDEDUCTION, WHOLE_PORTFOLIO, Phrase, denied
from tests.templates.deals import compiled, conditions, fill_all, variants

NAMES = [variant.name for variant in variants()]
STOPPED = re.compile(r"\{\{|\{%|【待填|\bNone\b|\bTrue\b|\bFalse\b|\bDecimal\(|Missing\(")
BROKEN = re.compile(r"。。|，，|；；|，。|；。|：。|、、|、。|（）|《》|第条|第款")
REFUSED = (
    *(*FORFEITURE, *INDEPENDENCE, *PLEDGE_EXPIRY, *PREDEDUCTION, *WHOLE_PORTFOLIO),
    Phrase(r"(?:至|到)[^。；\n]{0,12}(?:还清|清偿完毕|付清)[^。；\n]{0,4}止"),
    Phrase(r"放弃[^。；\n]{0,6}时效|诉讼时效[^。；\n]{0,6}(?:不受|延长至)"),
    Phrase(r"本合同(?:签订|生效)之日[^。；\n]{0,10}质权(?:设立|成立)"),
    Phrase(r"仲裁[^。；\n、]{0,12}(?:或|也可)[^。；\n]{0,12}(?:起诉|诉讼)"),
    Phrase(r"《(?:中华人民共和国)?(?:物权法|担保法|合同法|民法总则|婚姻法)》|印花税暂行条例"),
)
EMPTY_ARTICLE = re.compile(r"^(第[一二三四五六七八九十百]+条 [^\n]*)\n(?=第[一二三四五六七八九十百]+条 )", re.MULTILINE)


@pytest.mark.parametrize("name", NAMES)
def test_variant_is_made_or_stops_as_the_table_says(name: str) -> None:
    made = fill_all()[0][name]
    expected = next(variant.stops for variant in variants() if variant.name == name)
    assert set(made.codes) == set(expected.split()), made.findings
    assert made.texts or expected


@pytest.mark.parametrize("name", NAMES)
def test_variant_has_its_text(name: str) -> None:
    variant = next(one for one in variants() if one.name == name)
    texts = fill_all()[0][name].texts
    assert not variant.says or any(variant.says in text for text in texts.values())


@pytest.mark.parametrize("name", NAMES)
def test_no_paper_has_remains_broken_sentences_or_empty_articles(name: str) -> None:
    for paper, text in fill_all()[0][name].texts.items():
        if "draft" not in {variant.stage for variant in variants() if variant.name == name}:
            assert STOPPED.search(text) is None, (paper, STOPPED.search(text))
        assert BROKEN.search(text) is None, (paper, BROKEN.search(text))
        assert EMPTY_ARTICLE.search(text) is None, (paper, EMPTY_ARTICLE.search(text))


@pytest.mark.parametrize("kind", sorted(compiled()))
def test_every_condition_comes_out_both_ways(kind: str) -> None:
    seen = fill_all()[1]
    lacking = {
        place: sorted({True, False} - seen.get(place, set()))
        for place in conditions(compiled()[kind])
        if seen.get(place, set()) != {True, False}
    }
    assert lacking == {}


def test_conditions_are_seen() -> None:
    assert sum(len(set(conditions(template))) for template in compiled().values()) > 200
    assert {decided for _, both in fill_all()[1].items() for decided in both} == {True, False}


@pytest.mark.parametrize("name", NAMES)
def test_no_paper_has_a_clause_that_the_rules_refuse(name: str) -> None:
    for paper, text in fill_all()[0][name].texts.items():
        for pattern in REFUSED:
            plain = [one for one in pattern.finditer(text) if "act" not in one.re.groupindex or not denied(text, one)]
            assert plain == [], (paper, plain)
