"""Patched texts and checked steps → one Jinja template for all parts of a document."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from jinja2 import nodes

from docgen.fill import markers
from docgen.fill.environment import STATE
from docgen.fill.markers import marker
from docgen.fill.source import ANCHOR

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from docgen.fill.structure import Step
    from docgen.language.expression import Code

_RUN: Final = re.compile(r"<w:r(?: [^>]*)?>(?P<properties><w:rPr>.*?</w:rPr>|)", re.DOTALL)
_MARK_START: Final = re.compile(r"<w:bookmarkStart\b[^>]*?/?>")
_MARK_ID: Final = re.compile(r'(\bw:id=")(\d+)(")')
_MARK_NAME: Final = re.compile(r'(<w:bookmarkStart\b[^>]*?\bw:name=")([^"]*)(")')
_MARK_END: Final = re.compile(r'(<w:bookmarkEnd\b[^>]*?\bw:id=")(\d+)(")')
_DRAWING: Final = re.compile(r'(<wp:docPr\b[^>]*?\bid=")(\d+)(")')
_PARAGRAPH_ID: Final = re.compile(r' w14:(?:paraId|textId)="[^"]*"')


@dataclass(slots=True)
class Builder:
    """Builds the template's syntax tree; keeps the run properties at each tag and the references."""

    runs: list[str] = field(default_factory=list)
    references: list[markers.Reference] = field(default_factory=list)
    looped: set[str] = field(default_factory=set)
    forms: Mapping[str, Form] = field(default_factory=dict)
    marks: Sequence[str] = ()
    repeated: Collection[str] = ()
    _texts: Sequence[str] = ()
    _steps: Sequence[Step] = ()
    _at: int = 0
    _first: int = 0
    _run: str = ""
    _plain: bool = False

    def part(self, texts: Sequence[str], steps: Sequence[Step], *, plain: bool = False) -> list[nodes.Node]:
        """The nodes of one part: `texts` stand before, between and after its tags. `plain` is for no XML."""
        self._texts, self._steps, self._at, self._first = texts, steps, 0, len(self.runs)
        self._run, self._plain = "", plain
        body, _ = self._body(in_loop=False)
        return body

    def _body(self, *, in_loop: bool) -> tuple[list[nodes.Node], Step]:
        """Nodes up to the step that ends or splits this block, and that step."""
        body: list[nodes.Node] = []
        while True:
            body += self._static(self._texts[self._at], in_loop=in_loop)
            if self._at == len(self._steps):
                return body, ()
            step = self._steps[self._at]
            tag = self._first + self._at
            self._at += 1
            self.runs.append(self._run)
            word = step[0]
            if word in {"elif", "else", "end"}:
                return body, step
            if word == "print":
                printed = _filter("_plain_out" if self._plain else "_out", _value(step[1]), _state(), _const(tag))
                body.append(nodes.Output([printed]))
            elif word == "reference":
                body.append(_data(self._reference(step[1], tag)))
            elif word == "if":
                body.append(self._if(step, tag, in_loop=in_loop))
            elif word == "for":
                body.append(self._for(step, tag))

    def _static(self, text: str, *, in_loop: bool) -> list[nodes.Node]:
        start = max(text.rfind("<w:r>"), text.rfind("<w:r "))
        run = _RUN.match(text, start) if start >= 0 else None
        if run:
            self._run = run["properties"]
        if in_loop:
            self.looped.update(mark[2].removeprefix(ANCHOR) for mark in _MARK_NAME.finditer(text))
            text = _looped(text)
        elif self.repeated:
            text = _MARK_NAME.sub(self._repeatable, text)
        first, *rest = text.split(markers.DRAFT)
        pieces: list[nodes.Node] = [_data(first)] if first else []
        for piece in rest:
            index, _, after = piece.partition(markers.CLOSE)
            test = nodes.Getattr(_state(), "draft", "load")
            pieces += [nodes.If(test, [_data(self.marks[int(index)])], [], []), _data(after)]
        return pieces

    def _repeatable(self, mark: re.Match[str]) -> str:
        """A bookmark's name; one that stands in several places becomes a marker, so that it is printed once."""
        return f"{mark[1]}{marker(markers.NAME, mark[2])}{mark[3]}" if mark[2] in self.repeated else mark[0]

    def _if(self, step: Step, tag: int, *, in_loop: bool) -> nodes.If:
        test = _filter("_decide", expression(step[1]), _state(), _const(tag))
        body, following = self._body(in_loop=in_loop)
        others: list[nodes.If] = []
        otherwise: list[nodes.Node] = []
        while following[0] != "end":
            tag = self._first + self._at - 1
            branch, after = self._body(in_loop=in_loop)
            if following[0] == "elif":
                judged = _filter("_decide", expression(following[1]), _state(), _const(tag))
                others.append(nodes.If(judged, branch, [], []))
            else:
                otherwise = branch
            following = after
        return nodes.If(test, body, others, otherwise)

    def _for(self, step: Step, tag: int) -> nodes.For:
        _, variable, code, optional = step
        entries = _filter("_entries", expression(code), _state(), _const(tag), _const(optional))
        body, _ = self._body(in_loop=True)
        return nodes.For(nodes.Name(variable, "store"), entries, body, [], None, False)  # noqa: FBT003 — not recursive

    def _reference(self, anchor: str, tag: int) -> str:
        """A REF field in runs of its own, with the properties of the run that held the tag."""
        form = self.forms.get(anchor, Form())
        self.references.append(markers.Reference(anchor, tag, form.full))
        cached = marker(markers.REFERENCE, len(self.references) - 1)
        switch = "w" if form.full else "r"
        pieces = (
            '<w:fldChar w:fldCharType="begin"/>',
            f'<w:instrText xml:space="preserve"> REF {ANCHOR}{anchor} \\{switch} \\h </w:instrText>',
            '<w:fldChar w:fldCharType="separate"/>',
            f"<w:t>{cached}</w:t>",
            '<w:fldChar w:fldCharType="end"/>',
        )
        runs = "".join(f"<w:r>{self._run}{piece}</w:r>" for piece in pieces)
        return f'{form.before}</w:t></w:r>{runs}<w:r>{self._run}<w:t xml:space="preserve">{form.after}'


@dataclass(frozen=True, slots=True)
class Form:
    """How a reference reads: the field's text with or without the levels above, and what stands by it."""

    before: str = ""
    after: str = ""
    full: bool = False


def reference_form(text: str, level: int) -> Form:
    """第三条 as it is labelled; 第3.2款 and 第3.2（1）项 for the levels below, whose labels name no kind."""
    if not level or text.startswith("第"):
        return Form()
    return Form("第", "款") if level == 1 else Form("第", "项", full=True)


def _looped(text: str) -> str:
    """Static XML inside a loop: ids and names that must not repeat become markers."""

    def start(match: re.Match[str]) -> str:
        mark = _MARK_ID.sub(lambda one: one[1] + marker(markers.ID, f"b{one[2]}") + one[3], match[0])
        return _MARK_NAME.sub(lambda one: one[1] + marker(markers.NAME, one[2]) + one[3], mark)

    text = _PARAGRAPH_ID.sub("", text)
    text = _MARK_START.sub(start, text)
    text = _MARK_END.sub(lambda one: one[1] + marker(markers.ID_AGAIN, f"b{one[2]}") + one[3], text)
    return _DRAWING.sub(lambda one: one[1] + marker(markers.ID, f"d{one[2]}") + one[3], text)


def _value(code: Code) -> nodes.Expr:
    """A printed value; text that needs no format goes without one."""
    return expression(code[2] if code[:2] == ("filter", "text") else code)


def expression(code: Code) -> nodes.Expr:  # noqa: PLR0911 — one return per kind of code
    """Checked code as Jinja's syntax tree: names, fields, literals and filters, nothing else."""
    word, *rest = code
    if word == "name":
        return nodes.Name(rest[0], "load")
    if word == "const":
        return _const(rest[0])
    if word == "field":
        return nodes.Getattr(expression(rest[0]), rest[1], "load")
    if word == "loop":
        return nodes.Getattr(nodes.Name("loop", "load"), rest[0], "load")
    if word == "filter":
        return _filter(rest[0], expression(rest[1]), _state(), *(_const(value) for value in rest[2:]))
    if word == "compare":
        return _filter("_compare", expression(rest[1]), _const(rest[0]), expression(rest[2]))
    if word in {"date", "decimal"}:
        return _filter(f"_{word}", _const(rest[0]))
    names = {"and": "_both", "or": "_either", "not": "_negated", "given": "_given", "flag": "_settled"}
    return _filter(names[word], *(expression(part) for part in rest))


def _filter(name: str, value: nodes.Expr, *arguments: nodes.Expr) -> nodes.Filter:
    return nodes.Filter(value, name, list(arguments), [], None, None)


def _state() -> nodes.Name:
    return nodes.Name(STATE, "load")


def _const(value: Any) -> nodes.Const:  # noqa: ANN401 — text, a number or a truth value
    return nodes.Const(value)


def _data(text: str) -> nodes.Output:
    return nodes.Output([nodes.TemplateData(text)])
