"""That a finding has words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docgen.diagnostics.codes import entry
from docgen.diagnostics.text import PLACEHOLDER

if TYPE_CHECKING:
    from docgen.diagnostics import Diagnostic


def assert_said(diagnostic: Diagnostic) -> None:
    """Both languages have words for it, and every word gets its argument."""
    known = entry(diagnostic.code)
    assert set(diagnostic.notes) <= set(known.notes)
    for lang in ("zh", "en"):
        said = [known.message[lang], known.help.get(lang, ""), *(known.notes[key][lang] for key in diagnostic.notes)]
        wanted = {name for text in said for name in PLACEHOLDER.findall(text)}
        assert wanted <= set(diagnostic.args), diagnostic.code
