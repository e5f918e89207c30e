"""The words of a diagnostic, in Chinese or English, with its arguments filled in."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

from docgen.diagnostics.codes import CodeEntry, entry
from docgen.diagnostics.masking import shown, visible

if TYPE_CHECKING:
    from collections.abc import Mapping

    from docgen.diagnostics.model import Diagnostic, Place

Lang: TypeAlias = Literal["zh", "en"]

PLACEHOLDER = re.compile(r"(?<!\{)\{([a-z][a-z0-9_]*)\}(?!\})")


@dataclass(frozen=True, slots=True)
class Texts:
    """What a diagnostic says: `message` stands alone; an absent text is empty; `related` follows the places."""

    name: str
    message: str
    here: str = ""
    why: str = ""
    help: str = ""
    notes: tuple[str, ...] = ()
    related: tuple[str, ...] = ()


def texts(diagnostic: Diagnostic, lang: Lang) -> Texts:
    """The texts of a diagnostic; values are masked, a value that wasn't given shows its placeholder."""
    try:
        known = entry(diagnostic.code)
    except KeyError:
        return Texts("unknown-code", " ".join([diagnostic.code, *map(shown, diagnostic.args.values())]))
    args = {"field": _field(diagnostic, lang), **diagnostic.args}
    return Texts(
        name=known.name,
        message=fill(known.message.get(lang, ""), args, lang),
        here=fill(known.here.get(lang, ""), args, lang),
        why=fill(known.why.get(lang, ""), args, lang),
        help=fill(known.help.get(lang, ""), args, lang),
        notes=tuple(fill(known.notes[key][lang], args, lang) for key in diagnostic.notes if key in known.notes),
        related=tuple(_related(known, one.text, one.place, {**args, **one.args}, lang) for one in diagnostic.related),
    )


def fill(template: str, args: Mapping[str, str], lang: Lang) -> str:
    """The template with `{name}` replaced; `name.zh` or `name.en` among the arguments wins over `name`.

    Doubled braces and anything else in braces stay as they are, so that a text can speak of `{{ tags }}`.
    """

    def value(match: re.Match[str]) -> str:
        given = args.get(f"{match[1]}.{lang}", args.get(match[1]))
        return match[0] if given is None else shown(given)

    return PLACEHOLDER.sub(value, template)


def _field(diagnostic: Diagnostic, lang: Lang) -> str:
    """The field as messages name it: `loan.amount（借款金额）`, in English the path alone."""
    if lang == "zh" and diagnostic.field and diagnostic.label:
        return f"{diagnostic.field}（{diagnostic.label}）"
    return diagnostic.field or diagnostic.label


def _related(known: CodeEntry, key: str, place: Place, args: Mapping[str, str], lang: Lang) -> str:
    """The sentence about another place; it names the place itself, or gets it in front."""
    sentence = fill(known.related.get(key, {}).get(lang, ""), args, lang)
    if "{place}" not in sentence:
        sentence = f"{{place}} {sentence}".rstrip()
    return sentence.replace("{place}", visible(str(place)))
