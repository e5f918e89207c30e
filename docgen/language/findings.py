"""The findings of this room, one function per kind of slip that has more than a name to say."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from docgen.diagnostics import Diagnostic, Place, Severity
from docgen.language.filters import filters_for

if TYPE_CHECKING:
    from collections.abc import Sequence

    from docgen.language.kinds import Kind

_FULL_WIDTH = re.compile(r"[，、（）：；！＝｜【】｛｝．　＂]")


def finding(code: str, place: Place | None, notes: Sequence[str] = (), **args: str) -> Diagnostic:
    """An error of a template."""
    return Diagnostic(code, Severity.ERROR, place, args, notes=tuple(notes))


def unreadable(text: str, place: Place | None) -> Diagnostic:
    """A tag that can't be read, with what the eye tends to miss."""
    notes = []
    if _FULL_WIDTH.search(text):
        notes.append("full-width")
    if re.search(r"(?<![=!<>])=(?!=)", text):
        notes.append("single-equals")
    if re.search(r"&&|\|\||!(?!=)", text):
        notes.append("signs")
    return finding("T101", place, notes, tag=text.strip())


def unknown(code: str, place: Place | None, name: str, near: Sequence[str], **args: str) -> Diagnostic:
    """A wrong name, with the nearest right ones when there are any."""
    notes = ("near",) if near else ()
    return finding(code, place, notes, name=name, near="、".join(near), **args)


def wrong_input(place: Place | None, filter_name: str, text: str, kind: Kind, *, english: bool) -> Diagnostic:
    """A filter that doesn't take this kind of value, with those that do."""
    usable = "、".join(one.key if english else one.zh for one in filters_for(kind.name))
    notes = ("usable",) if usable else ("none-usable",)
    return finding("T105", place, notes, filter=filter_name, name=text, usable=usable)
