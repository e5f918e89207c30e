"""Entry of the `docgen` command and of `python -m docgen`: Ctrl-C is answered from the first moment on."""

import sys


def main() -> None:
    """Run the command line; importing it takes a moment in which Ctrl-C may come, too."""
    try:
        from docgen.cli import main as run  # noqa: PLC0415 — the import itself must be guarded

        run()
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    main()
