"""`python -m tests.fidelity`: docgen's PDFs beside LibreOffice's, as a table; docs/fidelity.md says how to read it.

Exit code 0 when every document is good enough, 1 when one isn't, 3 when the machine lacks something.
"""

from __future__ import annotations

import argparse
import io
import os
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tests.fidelity.documents import DOCUMENTS
from tests.fidelity.documents.word import save
from tests.fidelity.fonts import font_config
from tests.fidelity.outcome import Job, work
from tests.fidelity.papers import sample_papers
from tests.fidelity.places import ROOT, NotReadyError
from tests.fidelity.references import from_folder, from_libreoffice
from tests.fidelity.show import report
from tests.fidelity.unseen import unseen_documents

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.fidelity.outcome import Outcome

OUT: Final = ROOT / "out" / "fidelity"
UNSEEN: Final = "unseen"


def own_documents() -> dict[str, bytes]:
    """The documents of the comparison and the papers of the sample deals, by name."""
    found = {}
    for name, make in DOCUMENTS.items():
        stream = io.BytesIO()
        save(make(), stream)
        found[f"{name}.docx"] = stream.getvalue()
    return {**found, **dict(sample_papers())}


def compare_all(documents: Mapping[str, bytes], references: Mapping[str, Path], worst: int) -> list[Outcome]:
    """Every document exported and compared, one process for each processor, in the order of the documents."""
    jobs = [Job(name, documents[name], path, OUT, worst) for name, path in references.items()]
    workers = len(os.sched_getaffinity(0))
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        return list(pool.map(work, jobs))


def main() -> int:
    """Run the comparison; the exit code."""
    asked = _arguments()
    try:
        fonts = font_config()
        os.environ["FONTCONFIG_FILE"] = str(fonts)
        if asked.only == [UNSEEN]:
            return _unseen(fonts, asked.worst)
        documents = {name: data for name, data in own_documents().items() if any(part in name for part in asked.only)}
        if asked.write:
            return _write(documents, asked.write)
        references = from_folder(documents, asked.refdir) if asked.refdir else from_libreoffice(documents, fonts)
    except NotReadyError as fault:
        sys.stderr.write(f"{fault}\n")
        return 3
    good = _print(documents, references, asked.worst)
    return 0 if good and (asked.refdir or len(references) == len(documents)) else 1


def _unseen(fonts: Path, worst: int) -> int:
    """The same table for documents of other projects; what it shows is no failure."""
    documents, lacking = unseen_documents()
    _print(documents, from_libreoffice(documents, fonts), worst)
    for line in lacking:
        print(f"not to be had here: {line}")
    return 0


def _print(documents: Mapping[str, bytes], references: Mapping[str, Path], worst: int) -> bool:
    """Compare, and print the table; whether every bar is met."""
    started = time.monotonic()
    text, good = report(compare_all(documents, references, worst), worst=bool(worst))
    print(text, end="")
    if lacking := sorted(documents.keys() - references.keys()):
        print(f"no reference: {', '.join(lacking)}")
    print(f"{time.monotonic() - started:.0f} seconds; the documents and both PDFs of each lie in {OUT}")
    return good


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.fidelity", description=(__doc__ or "").split("\n\n")[0])
    only = f"only documents with this in their name; `{UNSEEN}` alone: documents of other projects"
    parser.add_argument("only", nargs="*", default=[""], help=only)
    parser.add_argument("--worst", type=int, default=0, metavar="N", help="show N of the worst places of each")
    parser.add_argument("--refdir", type=Path, metavar="DIR", help="compare with the PDFs of this folder, Word's say")
    parser.add_argument("--write", type=Path, metavar="DIR", help="only write the documents into this folder")
    return parser.parse_args()


def _write(documents: Mapping[str, bytes], folder: Path) -> int:
    """Write the documents, for printing them from Word."""
    for name, data in documents.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    print(f"{len(documents)} documents written to {folder}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
