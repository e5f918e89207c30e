"""The tags of a part → checked steps: blocks balanced and kept in their place, every name resolved and typed."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from docgen.language.checking import Checker
from docgen.language.findings import finding, unknown
from docgen.language.kinds import UNKNOWN
from docgen.language.statements import (
    WORDS,
    condition_of,
    first_word,
    included,
    loop_of,
    refused_word,
    variable_of,
)
from docgen.schema import nearest

if TYPE_CHECKING:
    from collections.abc import Collection

    from docgen.diagnostics import Diagnostic
    from docgen.fill.tags import Tag
    from docgen.language import Scope
    from docgen.language.expression import Code

Step = tuple[Any, ...]
"""("print", code), ("reference", anchor), ("if", code), ("elif", code), ("else",), ("end",), ("nothing",),
("for", variable, code, optional)."""

NOTHING: Final[Step] = ("nothing",)
_DEEPEST: Final = 12
_ENDS: Final = {"endif": "if", "endfor": "for"}


@dataclass(slots=True)
class _Open:
    """A block that has begun."""

    word: str
    tag: Tag
    scope: Scope
    has_else: bool = False


@dataclass(slots=True)
class Structure:
    """Checks the parts of one template; collects what the compiled template has to know."""

    scope: Scope
    anchors: Collection[str]
    found: list[Diagnostic]
    labels: dict[str, dict[str, str]] = field(default_factory=dict)
    names: set[str] = field(default_factory=set)
    fields: dict[str, str] = field(default_factory=dict)
    _stack: list[_Open] = field(default_factory=list)

    def steps(self, tags: list[Tag]) -> list[Step]:
        """One step for each tag of a part, in order."""
        steps = [self._step(tag) for tag in tags]
        for block in reversed(self._stack):
            self._report("T153", block.tag, word=block.word)
        self._stack.clear()
        return steps

    def _report(self, code: str, tag: Tag, **args: str) -> None:
        self.found.append(finding(code, tag.place, tag=tag.content.strip(), **args))

    def _scope(self) -> Scope:
        return self._stack[-1].scope if self._stack else self.scope

    def _checker(self, tag: Tag) -> Checker:
        return Checker(self._scope(), tag.place, self.found)

    def _keep(self, checker: Checker) -> None:
        self.labels.update(checker.labels)
        self.names |= checker.names
        self.fields.update(checker.fields)

    def _step(self, tag: Tag) -> Step:  # noqa: PLR0911 — one return per kind of tag
        if tag.kind == "comment":
            return NOTHING
        if tag.kind == "print":
            return NOTHING if tag.broken else self._print(tag)
        word = first_word(tag.content)
        if tag.broken and word not in _ENDS:
            return self._broken(word, tag)
        if word not in WORDS:
            self.found.append(refused_word(tag.content, tag.place))
            return NOTHING
        if word == "for":
            return self._for(tag)
        if word == "if":
            code = self._condition(tag)
            self._open("if", tag, self._scope())
            return ("if", code)
        if word == "include":
            if included(tag.content, tag.place, self.found) is not None:
                self._report("T157", tag)
            return NOTHING
        return self._go_on(word, tag)

    def _broken(self, word: str, tag: Tag) -> Step:
        """A tag that is refused already: its block is followed, its content isn't."""
        if word in {"if", "for"}:
            inner = self._scope().inside(variable_of(tag.content), UNKNOWN) if word == "for" else self._scope()
            self._open(word, tag, inner)
        return NOTHING

    def _print(self, tag: Tag) -> Step:
        checker = self._checker(tag)
        code = checker.printed(tag.content)
        self._keep(checker)
        if code is None:
            return NOTHING
        if code[:2] != ("filter", "clause_no"):
            return ("print", code)
        anchor = code[2][1]
        if anchor not in self.anchors:
            self.found.append(unknown("T154", tag.place, anchor, nearest(anchor, self.anchors)))
        return ("reference", anchor)

    def _condition(self, tag: Tag) -> Code | None:
        checker = self._checker(tag)
        code = checker.condition(condition_of(tag.content))
        self._keep(checker)
        return code

    def _for(self, tag: Tag) -> Step:
        checker = self._checker(tag)
        loop = loop_of(tag.content, self._scope(), tag.place, self.found, checker)
        self._keep(checker)
        if loop is None:
            # The body is still checked, but nothing is said of what hangs on the loop's own slip.
            self._open("for", tag, self._scope().inside(variable_of(tag.content), UNKNOWN))
            return NOTHING
        self._open("for", tag, self._scope().inside(loop.variable, loop.item))
        return ("for", loop.variable, loop.entries, loop.optional)

    def _open(self, word: str, tag: Tag, scope: Scope) -> None:
        self._stack.append(_Open(word, tag, scope))
        if len(self._stack) == _DEEPEST + 1:
            self._report("T164", tag)

    def _go_on(self, word: str, tag: Tag) -> Step:
        """elif, else, endif, endfor: of the block that was opened last."""
        wanted = _ENDS.get(word, "if")
        if not any(block.word == wanted for block in self._stack):
            self._report("T141", tag, word=word, wanted=wanted)
            return NOTHING
        while self._stack[-1].word != wanted:
            block = self._stack.pop()
            self._report("T153", block.tag, word=block.word)
        block = self._stack[-1]
        moved = block.tag.level != tag.level or block.tag.container is not tag.container
        if moved and not (block.tag.broken or tag.broken):
            self._report("T142", tag, word=word, opening=block.tag.content.strip())
        if word in _ENDS:
            self._stack.pop()
            return ("end",)
        if block.has_else:
            self._report("T165", tag, word=word)
        if word == "else":
            block.has_else = True
            return ("else",)
        # A condition is judged outside the block's own loop; an if has no scope of its own.
        return ("elif", self._condition(tag))
