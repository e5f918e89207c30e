"""One tag of a Word template → what it says, checked: print, if, for, include."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from jinja2 import TemplateSyntaxError, nodes

from docgen.language.checking import PARSER, QUOTES, Checker
from docgen.language.findings import finding, unreadable

if TYPE_CHECKING:
    from docgen.diagnostics import Diagnostic, Place
    from docgen.language.expression import Code
    from docgen.language.kinds import Kind
    from docgen.language.scope import Scope

WORDS: Final = frozenset({"if", "elif", "else", "endif", "for", "endfor", "include"})
_INCLUDE: Final = re.compile(r"""include\s+(["'])(?P<name>[^"']*)\1\s*""")
# Other engines' and docxtpl's words, refused each with its reason; anything else is a word nobody knows.
_REFUSED: Final = {
    **dict.fromkeys(("set", "macro", "call", "filter", "with", "do", "block", "autoescape", "trans", "raw"), "T130"),
    **dict.fromkeys(("endset", "endmacro", "endcall", "endfilter", "endwith", "endblock", "endraw"), "T130"),
    **dict.fromkeys(("import", "from", "extends"), "T131"),
    **dict.fromkeys(("colspan", "cellbg", "vm", "hm"), "T132"),
    **dict.fromkeys(("break", "continue"), "T130"),
}


@dataclass(frozen=True, slots=True)
class Loop:
    """The head of a for: its variable, its list, and whether the schema allows the list to be absent."""

    variable: str
    entries: Code
    item: Kind
    optional: bool


def first_word(content: str) -> str:
    """The word a `{% %}` tag begins with."""
    return content.split(maxsplit=1)[0] if content.split() else ""


def refused_word(content: str, place: Place | None) -> Diagnostic:
    """The finding for a tag that begins with a word the language doesn't have."""
    word = first_word(content)
    return finding(_REFUSED.get(word, "T133"), place, word=word or "{% %}")


def condition_of(content: str) -> str:
    """The expression of an if or elif."""
    return content.split(maxsplit=1)[1] if len(content.split(maxsplit=1)) > 1 else ""


def included(content: str, place: Place | None, found: list[Diagnostic]) -> str | None:
    """The clause's name in an include; a finding when it isn't a plain literal."""
    match = _INCLUDE.fullmatch(content.translate(QUOTES).strip())
    if match is None:
        found.append(finding("T134", place, tag=content.strip()))
        return None
    return match["name"]


def loop_of(content: str, scope: Scope, place: Place | None, found: list[Diagnostic], checker: Checker) -> Loop | None:
    """The checked head of a for."""
    head = _head(content)
    if head is None:
        found.append(unreadable(content, place))
        return None
    if head.test is not None or head.recursive:
        found.append(finding("T135", place, tag=content.strip()))
        return None
    if not isinstance(head.target, nodes.Name):
        found.append(finding("T136", place, tag=content.strip()))
        return None
    variable = head.target.name
    # The list is checked even when the variable's name is taken: both slips are shown at once.
    entries = checker.entries(re.split(r"\sin\s", content, maxsplit=1)[1])
    if not scope.takes(variable):
        found.append(finding("T112", place, name=variable))
        return None
    if entries is None or entries[1].item is None:
        return None
    return Loop(variable, entries[0], entries[1].item, entries[1].optional)


def variable_of(content: str) -> str:
    """The variable of a for whose head may be wrong elsewhere."""
    words = content.split()
    return words[1] if len(words) > 1 else ""


def _head(content: str) -> nodes.For | None:
    """The syntax tree of a for's head."""
    try:
        tree = PARSER.parse("{% " + content.translate(QUOTES).strip() + " %}{% endfor %}")
    except (TemplateSyntaxError, RecursionError):
        return None
    return tree.body[0] if len(tree.body) == 1 and isinstance(tree.body[0], nodes.For) else None
