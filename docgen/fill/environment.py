"""The sandbox that templates run in, and what every printed value, condition and loop passes through.

The compiler lets nothing come here but checked names, fields, literals and filters; the sandbox is the second wall.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from jinja2 import StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup, escape

from docgen.language.expression import both, compare, either, given, negated, settled
from docgen.language.printing import PRINTERS, Printing, Unprintable, get_field
from docgen.model import Missing, Record

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

STATE: Final = "_fill"  # the template's name for the `State` of the run; no tag can say it

# What XML 1.0 can't hold. A value with such a character stops the document; markers are made of them.
_FORBIDDEN: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_BREAK: Final = '</w:t><w:br/><w:t xml:space="preserve">'


@dataclass(slots=True)
class State(Printing):
    """One run: what filters need, and what went wrong.

    `fields` are the labels of fields by key, `runs` each tag's run properties.
    """

    fields: Mapping[str, str] = field(default_factory=dict)
    draft: bool = False
    runs: Sequence[str] = ()
    missing: list[tuple[Missing, int]] = field(default_factory=list)
    unknown: list[tuple[Missing, int]] = field(default_factory=list)
    unprintable: list[tuple[str, int]] = field(default_factory=list)


class Sandbox(ImmutableSandboxedEnvironment):
    """Records give their fields; anything else answers as Jinja's immutable sandbox lets it."""

    def getattr(self, obj: Any, attribute: str) -> Any:  # noqa: ANN401 — Jinja's signature
        """A field of a record, or an attribute that the sandbox allows."""
        if obj.__class__ is Record:
            try:
                return obj[attribute]
            except KeyError:
                return get_field(obj, attribute)
        if obj.__class__ is Missing:
            return obj
        return super().getattr(obj, attribute)


def _out(value: object, state: State, tag: int) -> str:
    """A printed value as the text of its run: escaped, its line breaks and tabs Word's, its braces no tag.

    Plain text is left to the environment's autoescape.
    """
    if value.__class__ is not str:
        return _absent(value, state, tag)
    text: str = value
    if text.isprintable() and "{" not in text and "｛" not in text:
        return text
    if _FORBIDDEN.search(text):
        state.unprintable.append(("control", tag))
        return Markup()
    plain = str(escape(text.replace("\r\n", "\n").replace("\r", "\n")))
    plain = plain.replace("{", "&#123;").replace("｛", "&#65371;").replace("\n", _BREAK)
    if "\t" in plain:
        run = state.runs[tag]
        tab = f'</w:t></w:r><w:r>{run}<w:tab/></w:r><w:r>{run}<w:t xml:space="preserve">'
        plain = plain.replace("\t", tab)
    return Markup(plain)  # noqa: S704 — escaped three lines above


def _plain_out(value: object, state: State, tag: int) -> Markup:
    """A printed value in a document property: one line, escaped when the properties are written."""
    if value.__class__ is not str:
        return Markup(_absent(value, state, tag).unescape())  # noqa: S704 — see the docstring
    text = str(value)
    if _FORBIDDEN.search(text):
        state.unprintable.append(("control", tag))
        return Markup()
    return Markup(" ".join(text.split()))  # noqa: S704 — see the docstring


def _absent(value: object, state: State, tag: int) -> Markup:
    """What stands for a value that can't be printed; the run notes it."""
    if isinstance(value, Missing):
        state.missing.append((value, tag))
        label = state.fields.get(value.label, value.label)
        return escape(f"【待填：{label}】") if state.draft else Markup()
    if isinstance(value, Unprintable):
        state.unprintable.append((value.reason, tag))
        return Markup()
    msg = f"a filter gave {type(value).__name__}"
    raise TypeError(msg)


def _decide(value: object, state: State, tag: int) -> bool:
    """Whether a condition holds; one that hangs on an absent fact doesn't, and the run notes it."""
    if isinstance(value, Missing):
        state.unknown.append((value, tag))
        return False
    return bool(value)


def _entries(value: object, state: State, tag: int, optional: bool) -> Sequence[object]:  # noqa: FBT001 — Jinja passes filter arguments by position
    """The entries of a list; an absent optional list has none, any other absent list is noted."""
    if isinstance(value, Missing):
        if not optional:
            state.missing.append((value, tag))
        return ()
    return value  # type: ignore[return-value]  # the checker lets only lists in, which are tuples


def new_environment() -> Sandbox:
    """The environment templates are compiled and run in."""
    environment = Sandbox(autoescape=True, undefined=StrictUndefined, cache_size=0, auto_reload=False, optimized=False)
    environment.globals.clear()
    environment.tests.clear()
    environment.filters.clear()
    environment.filters.update(PRINTERS)
    environment.filters.update(
        _out=_out,
        _plain_out=_plain_out,
        _decide=_decide,
        _entries=_entries,
        _compare=compare,
        _both=both,
        _either=either,
        _negated=negated,
        _given=given,
        _settled=settled,
        _date=date.fromisoformat,
        _decimal=Decimal,
    )
    return environment
