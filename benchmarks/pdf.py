"""PDF: docgen against a LibreOffice that stays open, document by document in turn, both warm.

The papers are those of a bundled sample deal: the loan contract, and the shortest paper. docgen reads the .docx, sets
and draws it; what is counted of LibreOffice is its own process only, without unoserver. CPU time; medians. The memory
is the highest that a fresh docgen process held after one and after twenty contracts.
"""

from __future__ import annotations

import io
import statistics
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import pikepdf

from benchmarks import office
from docgen import resources
from docgen.export import to_html, to_pdf

ROUNDS: Final = 7
DEAL: Final = resources.samples() / "zhaoqing-patent" / "deal.yaml"
CEILING: Final = 1.8
MEMORY: Final = 260  # MB
_MEMORY_SCRIPT: Final = """
import resource, sys
from pathlib import Path
from docgen.export import to_pdf
paper = Path(sys.argv[1]).read_bytes()
for _ in range(int(sys.argv[2])):
    to_pdf(paper, "paper.docx")
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


def _papers(folder: Path) -> dict[str, Path]:
    """The two papers, built as a user builds them."""
    command = [sys.executable, "-m", "docgen", "build", str(DEAL), "--out", str(folder / "out")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    papers = sorted((folder / "out").glob("*.docx"), key=lambda paper: paper.stat().st_size)
    if not papers:
        raise RuntimeError(done.stderr)
    # LibreOffice is given plain names: file names beyond ASCII depend on the locale
    found = {"contract": papers[-1], "short paper": papers[0]}
    return {name: paper.rename(folder / f"{name.split()[0]}.docx") for name, paper in found.items()}


def _pages(pdf: bytes) -> int:
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        return len(opened.pages)


def _row(name: str, paper: Path, other: office.Office | None) -> float | None:
    """Measure one paper, print its row; the ratio, None without LibreOffice."""
    docx, target = paper.read_bytes(), paper.with_suffix(".pdf")
    sides: dict[str, list[float]] = {"html": [], "docgen": [], "office": []}
    pages = to_pdf(docx, name).pages
    if other is not None:
        other.convert(paper, target)
        theirs = _pages(target.read_bytes())
        assert pages == theirs, f"{name}: {pages} pages by docgen, {theirs} by LibreOffice"
    for _ in range(ROUNDS):
        if other is not None:
            before = other.cpu()
            other.convert(paper, target)
            sides["office"].append(other.cpu() - before)
        start = time.process_time()
        to_html(docx, name)
        read = time.process_time()
        to_pdf(docx, name)
        sides["html"].append(read - start)
        sides["docgen"].append(time.process_time() - read)
    html, ours, office_cpu = (statistics.median(costs) * 1000 if costs else 0.0 for costs in sides.values())
    ratio = ours / office_cpu if office_cpu else None
    shown = f"{office_cpu:>12.0f}{ratio:>8.2f}{CEILING:>9}" if ratio is not None else f"{'-':>12}{'-':>8}{CEILING:>9}"
    print(f"{name:<14}{pages:>6}{html:>9.0f}{ours:>8.0f}{shown}")
    return ratio


def _memory(paper: Path, count: int) -> float:
    """The most memory that a fresh process held, in MB."""
    command = [sys.executable, "-c", _MEMORY_SCRIPT, str(paper), str(count)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return int(done.stdout) / (1024 if sys.platform == "linux" else 1024 * 1024)


def main() -> bool:
    """Print both tables; whether the contract's ceiling and the memory's are held, as far as they can be measured."""
    with TemporaryDirectory() as name:
        papers = _papers(Path(name))
        print(
            f"\n{'PDF, CPU ms':<14}{'pages':>6}{'to HTML':>9}{'docgen':>8}{'LibreOffice':>12}{'ratio':>8}{'ceiling':>9}"
        )
        lack = office.lacking()
        if lack:
            ratios = {paper: _row(paper, path, None) for paper, path in papers.items()}
            print(f"not compared with LibreOffice: {lack}")
        else:
            with office.running() as other:
                ratios = {paper: _row(paper, path, other) for paper, path in papers.items()}
        held = {count: _memory(papers["contract"], count) for count in (1, 20)}
    print(f"peak memory, MB: {held[1]:.0f} after one contract, {held[20]:.0f} after twenty (ceiling {MEMORY})")
    return (ratios["contract"] or 0.0) <= CEILING and max(held.values()) <= MEMORY


if __name__ == "__main__":
    sys.exit(0 if main() else 1)
