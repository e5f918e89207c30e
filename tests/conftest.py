"""What every test may ask for."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    Golden = Callable[[str, str], None]

GOLDEN = Path(__file__).parent / "golden"


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--accept-golden` takes the texts as they are now for the right ones."""
    parser.addoption("--accept-golden", action="store_true", help="write tests/golden/ anew from what is made now")


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """Compare a text with the accepted one in tests/golden/; with `--accept-golden` accept it."""

    def compare(name: str, made: str) -> None:
        path = GOLDEN / name
        if request.config.getoption("--accept-golden"):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(made, encoding="utf-8")
        assert path.is_file(), f"no accepted text: read the new one, then run pytest with --accept-golden ({name})"
        assert made == path.read_text(encoding="utf-8")

    return compare


@pytest.fixture(scope="session")
def without() -> Callable[[str], None]:
    """Say that a test can't run here, because of what the machine lacks.

    It is a skip on a developer's machine. Where `DOCGEN_REQUIRE_TOOLS=1` promises a complete machine (`make test`), it
    is a failure, so that no check goes missing unseen.
    """

    def stop(lack: str) -> None:
        if os.environ.get("DOCGEN_REQUIRE_TOOLS") == "1":
            pytest.fail(f"{lack}, but DOCGEN_REQUIRE_TOOLS=1", pytrace=False)
        pytest.skip(lack)

    return stop


@pytest.fixture(scope="session")
def require_tool(without: Callable[[str], None]) -> Callable[[str], str]:
    """The path of a program by its name (`soffice`, `pdftotext`, `qpdf`); without it the test skips or fails."""

    def find(name: str) -> str:
        path = shutil.which(name)
        if path is None:
            without(f"{name} is not installed")
        return path or name

    return find
