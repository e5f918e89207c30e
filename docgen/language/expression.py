"""A checked expression as plain data, and its value on a deal. Needs no template engine.

The data ("code") is nested tuples of texts, numbers and truth values, so that the cache can keep it:

    ("name", key)                     ("const", value)          ("date", "2024-07-01"), ("decimal", "0.5")
    ("field", code, key)              ("loop", "index")         ("filter", key, code, *literals)
    ("compare", op, code, code)       ("and" | "or", code, code)  ("not", code)
    ("given", code)                   ("flag", code)            an optional flag: absent is false

Truth is three-valued: what can't be said because a fact is missing is `Missing`, which is falsy but no `False`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from docgen.language.printing import PRINTERS, Printing, get_field
from docgen.model import Missing

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

Code = tuple[Any, ...]

_OPERATORS: Final[Mapping[str, Callable[[Any, Any], bool]]] = {
    "eq": lambda left, right: bool(left == right),
    "ne": lambda left, right: bool(left != right),
    "lt": lambda left, right: bool(left < right),
    "lteq": lambda left, right: bool(left <= right),
    "gt": lambda left, right: bool(left > right),
    "gteq": lambda left, right: bool(left >= right),
    "in": lambda left, right: left in right,
    "notin": lambda left, right: left not in right,
}


def compare(left: object, operator: str, right: object) -> bool | Missing:
    """Whether the comparison holds; `Missing` when one side is absent."""
    if isinstance(left, Missing):
        return left
    if isinstance(right, Missing):
        return right
    return _OPERATORS[operator](left, right)


def both(left: object, right: object) -> object:
    """`and`: false as soon as one side is false, else unknown as soon as one is unknown."""
    if left.__class__ is Missing:
        return left if right or right.__class__ is Missing else False
    return right if left else False


def either(left: object, right: object) -> object:
    """`or`: true as soon as one side is true, else unknown as soon as one is unknown."""
    if left.__class__ is Missing:
        return True if right and right.__class__ is not Missing else left
    return True if left else right


def negated(value: object) -> object:
    """`not`; unknown stays unknown."""
    return value if value.__class__ is Missing else not value


def given(value: object) -> bool:
    """Whether there is a value: not absent, no empty list, no empty text."""
    return not (value.__class__ is Missing or value in ((), ""))


def settled(value: object) -> object:
    """An optional flag: absent means no."""
    return False if value.__class__ is Missing else value


@dataclass(frozen=True, slots=True)
class CompiledExpression:
    """An expression that has been checked against a scope.

    `kind` is what it gives (a type of the schema dialect). `names` are the root names it reads.
    """

    text: str
    kind: str
    code: Code
    names: tuple[str, ...] = ()
    labels: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def evaluate(self, values: Mapping[str, object], currency: str = "CNY") -> Any:  # noqa: ANN401 — as `kind` says
        """The value on a deal; `Missing` when a fact it hangs on is absent."""
        return _value(self.code, values, Printing(currency, self.labels))

    def dumps(self) -> Code:
        """The whole expression as plain data, for marshal."""
        return (self.text, self.kind, self.code, self.names, {name: dict(table) for name, table in self.labels.items()})

    @classmethod
    def loads(cls, plain: Code) -> CompiledExpression:
        """The expression that `dumps` gave."""
        return cls(*plain)


def _value(code: Code, values: Mapping[str, object], printing: Printing) -> Any:  # noqa: ANN401 — as the code says
    """The value of a piece of code."""
    return _STEPS[code[0]](code, values, printing)


def _filtered(code: Code, values: Mapping[str, object], printing: Printing) -> object:
    return PRINTERS[code[1]](_value(code[2], values, printing), printing, *code[3:])


_STEPS: Final[Mapping[str, Callable[[Code, Mapping[str, object], Printing], Any]]] = {
    "name": lambda code, values, _: values[code[1]],
    "const": lambda code, _values, _: code[1],
    "date": lambda code, _values, _: date.fromisoformat(code[1]),
    "decimal": lambda code, _values, _: Decimal(code[1]),
    "field": lambda code, values, printing: get_field(_value(code[1], values, printing), code[2]),
    "filter": _filtered,
    "compare": lambda code, values, printing: compare(
        _value(code[2], values, printing), code[1], _value(code[3], values, printing)
    ),
    "and": lambda code, values, printing: both(_value(code[1], values, printing), _value(code[2], values, printing)),
    "or": lambda code, values, printing: either(_value(code[1], values, printing), _value(code[2], values, printing)),
    "not": lambda code, values, printing: negated(_value(code[1], values, printing)),
    "given": lambda code, values, printing: given(_value(code[1], values, printing)),
    "flag": lambda code, values, printing: settled(_value(code[1], values, printing)),
}
