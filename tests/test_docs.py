"""What docs/ says is what docgen does."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def test_generated_pages_are_current() -> None:
    from scripts.docs import generated  # noqa: PLC0415 - it imports the commands

    pages = generated()
    assert len(pages) > 50
    stale = [
        name
        for name, text in pages.items()
        if not (ROOT / "docs" / name).is_file() or (ROOT / "docs" / name).read_text(encoding="utf-8") != text
    ]
    assert not stale, "run `make docs`"
    kept = {f"diagnostics/{path.name}" for path in (ROOT / "docs" / "diagnostics").iterdir()}
    assert kept == {name for name in pages if name.startswith("diagnostics/")}


def test_every_command_says_what_it_does_and_shows_an_example() -> None:
    from scripts.docs import commands  # noqa: PLC0415 - it imports the commands

    found = dict(commands())
    assert {"docgen build", "docgen check", "docgen explain", "docgen doctor", "docgen templates check"} <= set(found)
    for path, text in found.items():
        assert re.search(rf"^  +{re.escape(path)}\b.*$|^  +Example:$", text, re.MULTILINE), path
        assert f"    {path}" in text or path == "docgen", path


def test_links_between_pages_lead_somewhere() -> None:
    pages = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
    broken = []
    seen = 0
    for page in pages:
        for target in re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8")):
            if re.match(r"[a-z]+:", target):
                continue
            seen += 1
            if not (page.parent / target).exists():
                broken.append(f"{page.relative_to(ROOT)}: {target}")
    assert seen
    assert not broken, "\n".join(broken)


def test_paths_and_targets_that_the_readme_names_exist() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z-]+):", makefile, re.MULTILINE))
    for name in ("README.md", "README.zh-CN.md", "CONTRIBUTING.md"):
        text = (ROOT / name).read_text(encoding="utf-8")
        assert set(re.findall(r"`make ([a-z-]+)`", text)) <= targets, name
        for path in re.findall(r"(?<![\w/.-])((?:samples|scripts|docs|templates|schemas)/[\w./-]*\w)", text):
            assert (ROOT / path).exists(), f"{name}: {path}"


def test_readme_lists_the_plain_commands_behind_make() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8").replace("$(BIN)", ".venv/bin")
    recipes = re.findall(r"^\t@?((?:sh|\.venv/bin/|DOCGEN_)[^\n]*)$", makefile, re.MULTILINE)
    assert len(recipes) > 12
    assert [line for line in recipes if line not in readme] == []
