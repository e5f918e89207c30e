"""Every paper of every bundled sample deal, as docgen builds it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docgen import resources
from docgen.cli.loading import load_toolbox
from docgen.load import load_text, read_text
from docgen.pipeline import BuildOptions, build

if TYPE_CHECKING:
    from collections.abc import Iterator


def sample_papers() -> Iterator[tuple[str, bytes]]:
    """The papers by `deal/file.docx`."""
    tools = load_toolbox()
    for deal in sorted(resources.samples().glob("*/deal.yaml")):
        result = build(load_text(read_text(deal), str(deal)), tools, BuildOptions())
        if not result.files:
            message = f"{deal} can't be built: {', '.join(one.code for one in result.diagnostics)}"
            raise RuntimeError(message)
        for name, data in result.files.items():
            if name.endswith(".docx"):
                yield f"{deal.parent.name}/{name}", data
