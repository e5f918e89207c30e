"""Set a draft in the house style: `python scripts/draft_to_docx.py DRAFT.md OUT.docx`."""

from __future__ import annotations

import re
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))  # runs from a checkout, installed or not

from docgen.authoring import clause_from_draft, template_from_draft
from docgen.diagnostics import TemplateError
from docgen.diagnostics.text import texts


def main() -> int:
    """Write OUT.docx, or say what is wrong with the draft and return 1."""
    draft, out = (Path(argument) for argument in sys.argv[1:3])
    text = draft.read_text("utf-8")
    build = clause_from_draft if re.search(r"^kind: clause\b", text, re.MULTILINE) else template_from_draft
    try:
        out.write_bytes(build(text, str(draft)))
    except TemplateError as error:
        for finding in error.diagnostics:
            said = texts(finding, "zh")
            print(f"{finding.place}: {finding.code} {said.message}\n    {said.help}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
