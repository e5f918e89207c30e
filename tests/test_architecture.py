"""The code keeps to docs/architecture.md: who imports whom, and one door per dependency."""

from __future__ import annotations

import ast
import re
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "docgen"
DOCUMENT = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")

CLOCKS = {"today", "now", "utcnow", "time", "time_ns", "localtime"}
# LibreOffice is a program and no library: this one module starts it.
STARTS_PROGRAMS = PACKAGE / "export" / "libreoffice.py"
OUTSIDE_WORLD = {"socket", "ssl", "http", "urllib.request", "ftplib", "smtplib", "subprocess", "locale"}


@dataclass(frozen=True)
class Import:
    """One import statement's target: the module, the names taken from it, and whether the start already runs it.

    What stands inside a function, or where only a type checker looks, is run later or never.
    """

    file: Path
    line: int
    module: str
    names: tuple[str, ...]
    late: bool

    def __str__(self) -> str:
        """Where it stands and what it takes."""
        return f"{self.file.relative_to(ROOT)}:{self.line} imports {self.module} ({', '.join(self.names)})"


def room_of(path: Path) -> str:
    """The room a module stands in: `docgen/fill/render.py` is in `fill`, `docgen/load.py` in `load`."""
    first = path.relative_to(PACKAGE).parts[0].removesuffix(".py")
    return {"__init__": "docgen", "__main__": "cli"}.get(first, first)


def modules() -> list[Path]:
    return [path for path in sorted(PACKAGE.rglob("*.py")) if "_bundled" not in path.parts]


def imports(path: Path) -> Iterator[Import]:
    """Every import of a module, relative ones resolved."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    late = {
        node
        for block in ast.walk(tree)
        if isinstance(block, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
        or (isinstance(block, ast.If) and isinstance(block.test, ast.Name) and block.test.id == "TYPE_CHECKING")
        for node in ast.walk(block)
    }
    package = ("docgen", *path.relative_to(PACKAGE).parts[:-1])
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield Import(path, node.lineno, alias.name, (), node in late)
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else ()
            module = ".".join([*base, *([node.module] if node.module else [])])
            yield Import(path, node.lineno, module, tuple(alias.name for alias in node.names), node in late)


def targets(statement: Import) -> set[str]:
    """The rooms of docgen that a statement imports from."""
    parts = statement.module.split(".")
    if parts[0] != "docgen":
        return set()
    if len(parts) > 1:
        return {parts[1]}
    return {name for name in statement.names if (PACKAGE / name).is_dir() or (PACKAGE / f"{name}.py").is_file()}


def rooms() -> dict[str, set[str]]:
    """The first table: each room, and the rooms it may import from."""
    table: dict[str, set[str]] = {}
    for name, allowed in re.findall(r"^\| `([a-z]+)(?:/|\.py)` \|[^|\n]*\| ([^|\n]*) \|$", DOCUMENT, re.MULTILINE):
        if allowed == "nothing":
            table[name] = set()
        elif allowed == "every stage above":
            table[name] = set(table)
        elif allowed == "any room's public functions":
            table[name] = {*table, name}
        else:
            table[name] = {word.strip() for word in allowed.split(",")}
    return table


def doors() -> tuple[dict[str, set[str]], set[str]]:
    """The sentence on doors: each library with the paths that may import it; the ones imported inside functions."""
    sentence = re.search(r"^One door per dependency: (.*?)\.\n\n", DOCUMENT, re.MULTILINE | re.DOTALL)
    assert sentence
    table: dict[str, set[str]] = {}
    late: set[str] = set()
    for part in " ".join(sentence[1].split()).split(";"):
        libraries, _, places = part.partition(" only in ")
        for library in re.findall(r"`(\w+)`", libraries):
            table[library] = set(re.findall(r"`([\w/]+(?:\.py)?)`", places))
            if "inside" in places:
                late.add(library)
    return table, late


ROOMS = rooms()
DOORS, LATE = doors()


def stands_in(path: Path, places: set[str]) -> bool:
    """Whether a module is one of the places, or inside one; `load.py` may have become the folder `load/`."""
    relative = path.relative_to(PACKAGE).as_posix()
    return any(
        relative == place or relative.startswith(f"{place.removesuffix('.py').rstrip('/')}/") for place in places
    )


def test_the_document_lists_rooms_and_doors() -> None:
    assert {"diagnostics", "load", "fill", "export", "output", "cli"} <= set(ROOMS)
    assert len(ROOMS) >= 20
    assert set().union(*ROOMS.values()) <= set(ROOMS)
    assert {"yaml", "docxtpl", "weasyprint", "click", "lxml"} <= set(DOORS)
    assert all(DOORS.values())


def test_every_module_stands_in_a_listed_room() -> None:
    found = {room_of(path) for path in modules()}
    assert found - {"docgen"} <= set(ROOMS)


def test_every_listed_room_has_modules() -> None:
    assert {room_of(path) for path in modules()} >= set(ROOMS)


def test_rooms_import_only_what_they_may() -> None:
    seen = 0
    wrong = []
    for path in modules():
        room = room_of(path)
        allowed = {*ROOMS[room], room} if room != "docgen" else set(ROOMS)
        for statement in imports(path):
            found = targets(statement)
            seen += bool(found)
            wrong += [f"{statement}: `{room}` may not import `{other}`" for other in sorted(found - allowed)]
    assert seen
    assert not wrong, "\n".join(wrong)


def test_no_room_takes_what_another_keeps_to_itself() -> None:
    wrong = [
        str(statement)
        for path in modules()
        for statement in imports(path)
        if targets(statement) - {room_of(path)}
        and any(
            name.startswith("_") and name != "__version__" for name in (*statement.module.split("."), *statement.names)
        )
    ]
    assert not wrong, "\n".join(wrong)


def test_libraries_come_in_through_their_door() -> None:
    wrong = []
    used = set()
    for path in modules():
        for statement in imports(path):
            library = statement.module.split(".")[0]
            if library == "docgen" or library in sys.stdlib_module_names:
                continue
            used.add(library)
            if library not in DOORS:
                wrong.append(f"{statement}: no door is listed for it")
            elif not stands_in(path, DOORS[library]):
                wrong.append(f"{statement}: only {', '.join(sorted(DOORS[library]))} may")
    assert not wrong, "\n".join(wrong)
    assert used >= {"yaml", "cerberus", "stdnum", "jinja2", "docxtpl", "lxml", "weasyprint", "click"}


def test_what_is_slow_to_import_is_imported_only_when_it_is_used() -> None:
    assert "weasyprint" in LATE
    at_start = [
        str(statement)
        for path in modules()
        for statement in imports(path)
        if statement.module.split(".")[0] in LATE and not statement.late
    ]
    assert not at_start, "\n".join(at_start)


def test_only_the_command_line_reads_the_clock_or_reaches_out() -> None:
    wrong = []
    for path in modules():
        if room_of(path) == "cli":
            continue
        forbidden = OUTSIDE_WORLD - ({"subprocess"} if path == STARTS_PROGRAMS else set())
        wrong += [str(one) for one in imports(path) if one.module in forbidden]
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if (
                isinstance(node, ast.Attribute)
                and node.attr in CLOCKS
                and isinstance(node.value, ast.Name)
                and node.value.id in {"date", "datetime", "time"}
            ):
                wrong.append(f"{path.relative_to(ROOT)}:{node.lineno} reads the clock: {node.value.id}.{node.attr}")
    assert not wrong, "\n".join(wrong)


def test_modules_stay_small_enough_to_review() -> None:
    sizes = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in modules()}
    assert sizes
    wrong = [f"{path.relative_to(ROOT)}: {lines} lines" for path, lines in sizes.items() if lines > 400]
    assert not wrong, "\n".join(wrong)


def test_every_silenced_finding_says_why() -> None:
    """A `noqa` or `type: ignore` is followed by its reason on the same line."""
    files = [path for folder in ("docgen", "tests", "benchmarks", "scripts") for path in (ROOT / folder).rglob("*.py")]
    wrong = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in files
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if re.search(r"# (?:noqa: [A-Z]+[0-9]+(?:, ?[A-Z]+[0-9]+)*|type: ignore\[[\w, -]+\])\W*$", line)
    ]
    assert files
    assert not wrong, "\n".join(wrong)
