"""A syntax tree as the author wrote it, near enough to be recognised in a message."""

from __future__ import annotations

from typing import Final

from jinja2 import nodes

_SIGNS: Final = {
    "eq": "==",
    "ne": "!=",
    "lt": "<",
    "lteq": "<=",
    "gt": ">",
    "gteq": ">=",
    "in": "in",
    "notin": "not in",
}


def written(node: nodes.Node | None) -> str:  # noqa: C901, PLR0911, PLR0912 — one case per kind of node
    """The text of an expression, without idle brackets."""
    match node:
        case nodes.Name():
            return node.name
        case nodes.Getattr():
            return f"{written(node.node)}.{node.attr}"
        case nodes.Getitem():
            return f"{written(node.node)}[{written(node.arg)}]"
        case nodes.Const():
            return f'"{node.value}"' if isinstance(node.value, str) else str(node.value)
        case nodes.Call():
            return f"{written(node.node)}({', '.join(written(argument) for argument in node.args)})"
        case nodes.Filter():
            arguments = ", ".join(written(argument) for argument in node.args)
            return f"{written(node.node)}|{node.name}" + (f"({arguments})" if arguments else "")
        case nodes.Test():
            return f"{written(node.node)} is {node.name}"
        case nodes.Not():
            return f"not {written(node.node)}"
        case nodes.Compare():
            rest = "".join(f" {_SIGNS[operand.op]} {written(operand.expr)}" for operand in node.ops)
            return written(node.expr) + rest
        case nodes.Concat():
            return " ~ ".join(written(part) for part in node.nodes)
        case nodes.BinExpr():
            return f"{written(node.left)} {node.operator or '…'} {written(node.right)}"
        case nodes.UnaryExpr():
            return f"{node.operator or ''}{written(node.node)}"
        case nodes.CondExpr():
            return f"{written(node.expr1)} if {written(node.test)}"
        case nodes.List() | nodes.Tuple():
            return f"[{', '.join(written(item) for item in node.items)}]"
        case _:
            return "…"
