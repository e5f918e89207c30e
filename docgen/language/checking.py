"""An expression's text → checked code: read by Jinja's parser, allowed node by node, every name resolved and typed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeAlias

from jinja2 import Environment, TemplateSyntaxError, nodes
from jinja2.parser import Parser

from docgen.language import comparing
from docgen.language.expression import CompiledExpression
from docgen.language.filters import FILTERS
from docgen.language.findings import finding, unknown, unreadable, wrong_input
from docgen.language.kinds import DEFAULT_FORMATS, FLAG, UNKNOWN, Kind, kind_of
from docgen.language.scope import LOOP, LOOP_FIELDS
from docgen.language.written import written
from docgen.schema import nearest

if TYPE_CHECKING:
    from docgen.diagnostics import Diagnostic, Place
    from docgen.language.expression import Code
    from docgen.language.scope import Scope

Checked: TypeAlias = tuple["Code", Kind]

PARSER: Final = Environment(autoescape=True)  # parses only; templates run in fill's sandbox
QUOTES: Final = str.maketrans("“”‘’", "\"\"''")
_DEEPEST: Final = 40
_GIVEN: Final = {"given": True, "有值": True, "empty": False, "为空": False}
_REFUSED: Final[tuple[tuple[type[nodes.Node] | tuple[type[nodes.Node], ...], str], ...]] = (
    (nodes.Call, "T120"),
    ((nodes.Getitem, nodes.Slice), "T121"),
    ((nodes.Concat,), "T123"),
    ((nodes.BinExpr, nodes.UnaryExpr), "T122"),
    ((nodes.List, nodes.Tuple, nodes.Dict), "T124"),
    (nodes.CondExpr, "T125"),
    (nodes.Test, "T128"),
)
# What a filter wants in its brackets, as a note of T106; all others want nothing.
_ARGUMENTS: Final = {
    "choice": "choice",
    "listing": "listing",
    "text_if": "text-if",
    "otherwise": "otherwise",
}


def _too_deep(tree: nodes.Node) -> bool:
    """Whether an expression is nested deeper than anybody could read, or any recursion here could follow."""
    layer: list[nodes.Node] = [tree]
    for _ in range(_DEEPEST):
        layer = [child for node in layer for child in node.iter_child_nodes()]
    return bool(layer)


class Checker:
    """Checks the expressions of one tag; `found` gets every problem, one per cause.

    `labels` (of enumerations), `names` and `fields` (labels by key) collect what the run needs.
    """

    def __init__(self, scope: Scope, place: Place | None, found: list[Diagnostic]) -> None:
        """Check against a scope."""
        self._scope = scope
        self._place = place
        self._found = found
        self.labels: dict[str, dict[str, str]] = {}
        self.names: set[str] = set()
        self.fields: dict[str, str] = {}

    def read(self, text: str) -> nodes.Expr | None:
        """The syntax tree of an expression's text."""
        try:
            parser = Parser(PARSER, text.translate(QUOTES), state="variable")
            tree = parser.parse_expression()
            if parser.stream.eos and not _too_deep(tree):
                return tree
            if parser.stream.eos:
                self._report("T167", tag=text.strip()[:60])
                return None
        except (TemplateSyntaxError, RecursionError):
            pass
        self._found.append(unreadable(text, self._place))
        return None

    def value(self, text: str) -> Checked | None:
        """Any expression."""
        tree = self.read(text)
        return None if tree is None else self.check(tree)

    def condition(self, text: str) -> Code | None:
        """An expression that is true or false."""
        checked = self.value(text)
        return None if checked is None else self._truth(checked, text.strip())

    def printed(self, text: str) -> Code | None:
        """An expression whose value is printed: what a filter made, or by the default format of its field."""
        checked = self.value(text)
        if checked is None:
            return None
        code, kind = checked
        if kind.is_literal:
            self._report("T109", text=text.strip())
            return None
        return self._default_format(code, kind, text.strip())

    def entries(self, text: str) -> Checked | None:
        """A list to loop over."""
        checked = self.value(text)
        if checked and checked[1].name != "list":
            self._report("T111", name=text.strip())
            return None
        return checked

    def check(self, node: nodes.Node) -> Checked | None:  # noqa: PLR0911 — one return per kind of node
        """The code and kind of a node; None after a finding."""
        if isinstance(node, nodes.Name):
            return self._name(node)
        if isinstance(node, nodes.Getattr):
            return self._getattr(node)
        if isinstance(node, nodes.Const):
            return self._const(node)
        if isinstance(node, nodes.Compare):
            return self._compare(node)
        if isinstance(node, nodes.And | nodes.Or):
            return self._and_or(node)
        if isinstance(node, nodes.Not):
            inner = self.check(node.node)
            code = inner and self._truth(inner, written(node.node))
            return (("not", code), FLAG) if code else None
        if isinstance(node, nodes.Filter):
            return self._filter(node)
        if isinstance(node, nodes.Test) and node.name in _GIVEN and not node.args and not node.kwargs:
            return self._given(node)
        self._refuse(node)
        return None

    def _report(self, code: str, *notes: str, **args: str) -> None:
        self._found.append(finding(code, self._place, notes, **args))

    def _refuse(self, node: nodes.Node) -> None:
        code = next((code for kind, code in _REFUSED if isinstance(node, kind)), "T129")
        self._report(code, text=written(node))

    def _name(self, node: nodes.Name) -> Checked | None:
        if node.name == LOOP and self._scope.in_loop:
            self._report("T114", text=LOOP)
            return None
        resolved = self._scope.resolve(node.name)
        if resolved is None:
            if node.name == LOOP:
                self._report("T113", text=LOOP)
            else:
                self._found.append(unknown("T102", self._place, node.name, self._scope.suggest(node.name)))
            return None
        key, kind = resolved
        if kind is UNKNOWN:
            return None
        self.names.add(key)
        return self._flagged(("name", key), kind)

    def _getattr(self, node: nodes.Getattr) -> Checked | None:
        if isinstance(node.node, nodes.Name) and node.node.name == LOOP:
            return self._loop_field(node)
        owner = self.check(node.node)
        if owner is None:
            return None
        code, kind = owner
        if kind.record is None:
            self._report("T115", "list" if kind.name == "list" else "value", name=written(node.node), part=node.attr)
            return None
        field = kind.record.field(node.attr)
        if field is None:
            near = kind.record.suggest(node.attr)
            self._found.append(unknown("T103", self._place, node.attr, near, owner=written(node.node)))
            return None
        self.fields[field.key] = field.zh
        return self._flagged(("field", code, field.key), kind_of(field))

    def _loop_field(self, node: nodes.Getattr) -> Checked | None:
        if not self._scope.in_loop:
            self._report("T113", text=written(node))
            return None
        kind = LOOP_FIELDS.get(node.attr)
        if kind is None:
            near = nearest(node.attr, LOOP_FIELDS) or list(LOOP_FIELDS)
            self._found.append(unknown("T103", self._place, node.attr, near, owner=LOOP))
            return None
        return ("loop", node.attr), kind

    @staticmethod
    def _flagged(code: Code, kind: Kind) -> Checked:
        """An optional flag that is absent counts as no; any other absent value stays unknown."""
        return (("flag", code), kind) if kind.name == "flag" and kind.optional else (code, kind)

    def _const(self, node: nodes.Const) -> Checked | None:
        value = node.value
        if isinstance(value, bool):
            return ("const", value), Kind("flag", literal=value)
        if isinstance(value, int):
            return ("const", value), Kind("whole", literal=value)
        if isinstance(value, str):
            return ("const", value), Kind("text", literal=value)
        self._report("T127" if value is None else "T126", text=written(node))
        return None

    def _truth(self, checked: Checked, text: str) -> Code | None:
        code, kind = checked
        if kind.name == "flag":
            return code
        self._report("T108", name=text)
        return None

    def _and_or(self, node: nodes.And | nodes.Or) -> Checked | None:
        word = "and" if isinstance(node, nodes.And) else "or"
        sides = [(self.check(side), written(side)) for side in (node.left, node.right)]
        codes = [self._truth(checked, text) for checked, text in sides if checked]
        return ((word, *codes), FLAG) if len(codes) == len(sides) and all(codes) else None

    def _given(self, node: nodes.Test) -> Checked | None:
        inner = self.check(node.node)
        if inner is None:
            return None
        code, kind = inner
        if kind.is_literal:
            self._report("T109", text=written(node.node))
            return None
        test: Code = ("given", code[1] if code[0] == "flag" else code)
        return (test if _GIVEN[node.name] else ("not", test)), FLAG

    def _compare(self, node: nodes.Compare) -> Checked | None:
        result: Code | None = None
        left_node: nodes.Expr = node.expr
        for operand in node.ops:
            left, right = self.check(left_node), self.check(operand.expr)
            if left is None or right is None:
                return None
            code = comparing.compared(left, operand.op, right)
            if isinstance(code, comparing.Mismatch):
                texts = {"left": written(left_node), "right": written(operand.expr)}
                self._found.append(finding(code.code, self._place, code.notes, **texts, **code.args))
                return None
            result = code if result is None else ("and", result, code)
            left_node = operand.expr
        return (result, FLAG) if result else None

    def _filter(self, node: nodes.Filter) -> Checked | None:
        found = FILTERS.get(node.name)
        inner = self.check(node.node) if node.node is not None else None
        if found is None:
            self._found.append(unknown("T104", self._place, node.name, nearest(node.name, FILTERS)))
            return None
        if inner is None or node.node is None:
            return None
        literals = [argument.value for argument in node.args if isinstance(argument, nodes.Const)]
        texts = [value for value in literals if isinstance(value, str)]
        bare = len(texts) == len(node.args) and not (node.kwargs or node.dyn_args or node.dyn_kwargs)
        if not bare or not found.least <= len(texts) <= found.most:
            self._report("T106", _ARGUMENTS.get(found.key, "no-arguments"), filter=node.name)
            return None
        code, kind = inner
        accepted = kind.name in found.takes and not kind.is_literal
        if found.key == "clause_no":
            accepted = isinstance(kind.literal, str)
        if not accepted:
            self._found.append(
                wrong_input(self._place, node.name, written(node.node), kind, english=node.name.isascii())
            )
            return None
        arguments = self._arguments(found.key, code, kind, texts, written(node.node))
        return None if arguments is None else (("filter", found.key, *arguments), found.gives)

    def _arguments(self, key: str, code: Code, kind: Kind, texts: list[str], text: str) -> Code | None:
        """The rest of a filter's code: its value and the literals its printer takes."""
        if key == "label":
            return (code, self._labels_of(kind))
        if key == "masked":
            return (code, kind.name)
        if key == "choice":
            return self._choice(code, kind, texts[0], text)
        if key == "listing":
            return self._listing(code, kind, texts, text)
        if key == "otherwise":
            printed = self._default_format(code, kind, text)
            return None if printed is None else (printed, *texts)
        return (code, *texts)

    def _choice(self, code: Code, kind: Kind, value: str, text: str) -> Code | None:
        enum = kind.enum or (kind.item.enum if kind.item else None)
        if enum is None:
            self._found.append(wrong_input(self._place, "选中", text, kind, english=False))
            return None
        key = enum.key(value)
        if key is None:
            self._found.append(unknown("T110", self._place, value, enum.suggest(value), owner=text))
            return None
        return (code, key)

    def _listing(self, code: Code, kind: Kind, texts: list[str], text: str) -> Code | None:
        item = kind.item
        if item is None:
            return None
        label = kind.label or text
        if not texts:
            printed = self._default_format(("const", ""), item, text)
            return None if printed is None else (code, label, "", printed[1], *printed[3:])
        if item.record is None:
            self._report("T106", "no-arguments", filter="列举")
            return None
        field = item.record.field(texts[0])
        if field is None:
            near = item.record.suggest(texts[0])
            self._found.append(unknown("T103", self._place, texts[0], near, owner=text))
            return None
        printed = self._default_format(("const", ""), kind_of(field), f"{text}.{texts[0]}")
        return None if printed is None else (code, label, field.key, printed[1], *printed[3:])

    def _default_format(self, code: Code, kind: Kind, text: str) -> Code | None:
        if kind.name in {"printed", "reference"}:
            return code
        form = DEFAULT_FORMATS.get(kind.name)
        if form is None:
            self._report("T107", kind.name, name=text)
            return None
        return ("filter", form, code, self._labels_of(kind)) if form == "label" else ("filter", form, code)

    def _labels_of(self, kind: Kind) -> str:
        """The name of an enumeration whose labels the run needs."""
        if kind.enum is None:
            return ""
        self.labels[kind.enum.name] = {key: value.zh for key, value in kind.enum.values.items()}
        return kind.enum.name


def checked_expression(text: str, scope: Scope, place: Place | None) -> CompiledExpression | tuple[Diagnostic, ...]:
    """See `language.check_expression`."""
    found: list[Diagnostic] = []
    checker = Checker(scope, place, found)
    checked = checker.value(text)
    if checked and checked[1].name == "reference":
        found.append(finding("T137", place, text=text.strip()))
    if found or checked is None:
        return tuple(found)
    code, kind = checked
    return CompiledExpression(text, kind.name, code, tuple(sorted(checker.names)), checker.labels)
