"""`python -m benchmarks`: every measurement; exit code 1 when a floor isn't held."""

from __future__ import annotations

import sys

from benchmarks import fill

if __name__ == "__main__":
    sys.exit(0 if fill.main() else 1)
