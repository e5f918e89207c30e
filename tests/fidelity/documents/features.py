"""Documents of one feature each: how lines are spaced, broken and filled."""

from __future__ import annotations

from typing import Final

from tests.fidelity.documents.clauses import LONG, LONG_TOO
from tests.fidelity.documents.word import Look, Node, Page, new_document, paragraph, run

PLAIN: Final = Page("宋体", 12, (25.4, 25.4, 31.8, 31.8), line=360, rule="auto")
_ENGLISH: Final = (
    "The Pledgor shall not, without the prior written consent of the Pledgee, create or "
    "permit to subsist any Security "
    "Interest over all or any part of the Patents, or sell, assign, transfer, license (whether exclusively or "
    "non-exclusively) or otherwise dispose of the same, save as expressly permitted by "
    "Clause 7.3(b)(ii) of the Facility "
    "Agreement — see also https://example.org/registry/patents/HK19100311.1 for the register entry. "
)
_MARKS: Final = (
    "“甲方”（以下称“出质人”）、“乙方”（以下称“质权人”），就《专利权质押登记办法》（国家知识产权局公告第461号）、"
    "《民法典》第四百四十条……等规定，达成如下协议——双方遵守：一、“质物”；二、“主债权”。"
)
_RARE: Final = "法定代表人：㛃、䶮、𬱖、𠮷、㼆、镕、昇、堃、喆、犇、曌、玥、瑄；符号：①②③⑩㈠☐☑☒□■√×℃№〇"
_SPACINGS: Final = (
    (240, "auto"),
    (276, "auto"),
    (360, "auto"),
    (400, "exact"),
    (560, "exact"),
    (500, "atLeast"),
    (200, "atLeast"),
    (200, "auto"),
)


def spacing_kinds() -> Node:
    """Every rule of line spacing."""
    document = new_document(Page(PLAIN.font, PLAIN.size, PLAIN.margins))
    for line, rule in _SPACINGS:
        paragraph(document, f"【{rule} {line}】{LONG}", Look(line=line, rule=rule, first=12, after=120))
    return document


def mixed_sizes() -> Node:
    """Large and small characters in one line of proportional height."""
    document = new_document(PLAIN)
    for _ in range(4):
        where = paragraph(document, look=Look(first=12))
        run(where, "借款金额：人民币（大写）")
        run(where, "伍佰万元整", 18, "黑体", bold=True)
        run(where, "（小写：")
        run(where, "¥5,000,000.00", 9)
        run(where, "），" + LONG_TOO)
    return document


def latin_justification() -> Node:
    """English text set in all four ways."""
    document = new_document(Page("宋体", 11, PLAIN.margins, line=264, rule="auto"))
    for jc in ("both", "left", "right", "center"):
        paragraph(document, _ENGLISH * 2, Look(jc=jc, after=120))
    return document


def punctuation() -> Node:
    """Every mark at every place of the line, as the text moves by one character."""
    document = new_document(PLAIN)
    for shift in range(6):
        paragraph(document, "本" * shift + _MARKS * 2, Look(first=12))
    return document


def rare_characters() -> Node:
    """Characters of names that few fonts have, and symbols that Chinese fonts lack."""
    document = new_document(PLAIN)
    paragraph(document, _RARE, Look(first=12))
    return document
