"""`python -m benchmarks`: every measurement; exit code 1 when a floor isn't held."""

from __future__ import annotations

import sys

from benchmarks import cold, fill, pdf

if __name__ == "__main__":
    held = [fill.main(), cold.main(), pdf.main()]
    sys.exit(0 if all(held) else 1)
