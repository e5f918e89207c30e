"""What `docgen explain CODE` says, which is also the page docs/diagnostics/CODE.md."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docgen.diagnostics.codes import entry

if TYPE_CHECKING:
    from docgen.diagnostics.text import Lang

_HEADINGS: dict[Lang, dict[str, str]] = {
    "zh": {
        "level": "级别：",
        "error": "错误，不能生成文件",
        "warning": "警告，可以生成文件，请先核对",
        "note": "提示",
        "message": "报告为：",
        "why": "原因：",
        "help": "建议：",
        "bad": "有问题的写法：",
        "good": "正确的写法：",
    },
    "en": {
        "level": "Level: ",
        "error": "error, nothing is built",
        "warning": "warning, papers are built, check first",
        "note": "note",
        "message": "Reported as: ",
        "why": "Why: ",
        "help": "Help: ",
        "bad": "Refused or doubtful:",
        "good": "Right:",
    },
}


def explain(code: str, lang: Lang) -> str:
    """The explanation of a code as Markdown that also reads well in a terminal; KeyError for an unknown code."""
    known = entry(code)
    words = _HEADINGS[lang]
    parts = [
        f"# {code} {known.name}",
        words["level"] + words[known.severity.value],
        words["message"] + known.message[lang],
    ]
    parts += [text for text in [known.explain.get(lang, "").strip()] if text]
    parts += [words[key] + text[lang] for key, text in (("why", known.why), ("help", known.help)) if text]
    for key in ("bad", "good"):
        if fragment := known.example.get(key, ""):
            parts += [words[key], _indented(fragment)]
    return "\n\n".join(parts) + "\n"


def _indented(fragment: str) -> str:
    """A Markdown code block by indent, which needs no fence and may hold any character."""
    return "\n".join(f"    {line}".rstrip() for line in fragment.strip("\n").split("\n"))
