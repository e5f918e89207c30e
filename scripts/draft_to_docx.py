"""Set a draft in the house style: `python scripts/draft_to_docx.py DRAFT.md OUT.docx`."""

from __future__ import annotations

import sys
from pathlib import Path

from docgen.authoring.build import clause_from_draft, template_from_draft
from docgen.diagnostics import TemplateError


def main() -> int:
    """Write OUT.docx, or say what is wrong with the draft on stderr and return 1."""
    draft, out = (Path(argument) for argument in sys.argv[1:3])
    text = draft.read_text("utf-8")
    build = clause_from_draft if "\nkind: clause" in text else template_from_draft
    try:
        out.write_bytes(build(text, str(draft)))
    except TemplateError as error:
        for finding in error.diagnostics:
            sys.stderr.write(f"{finding.place} {finding.code} {dict(finding.args)}\n")
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
