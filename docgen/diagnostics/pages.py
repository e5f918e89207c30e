"""The pages of docs/diagnostics/, made from the message files."""

from __future__ import annotations

from docgen.diagnostics.codes import CodeEntry, all_codes, entry
from docgen.diagnostics.explain import explain


def pages() -> dict[str, str]:
    """File name → Markdown, for every code and for the index `README.md`."""
    made = {f"{code}.md": f"{explain(code, 'zh')}\n---\n\n{explain(code, 'en')}" for code in all_codes()}
    rows = [_row(entry(code)) for code in all_codes()]
    head = ["# 诊断代码 · Diagnostic codes", "", "| code | level | 中文 | English |", "|---|---|---|---|"]
    made["README.md"] = "\n".join([*head, *rows]) + "\n"
    return made


def _row(known: CodeEntry) -> str:
    """The line of the index for one code."""
    messages = " | ".join(_cell(known.message[lang]) for lang in ("zh", "en"))
    return f"| [{known.code}]({known.code}.md) | {known.severity.value} | {messages} |"


def _cell(text: str) -> str:
    """Text inside a Markdown table."""
    return text.replace("|", "\\|")
