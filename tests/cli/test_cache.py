"""The cache: the same result with it, without it, and whatever somebody did to it."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from docgen.cache import Cache, cache_folder
from tests.cli.process import DEAL, PAPER, docgen

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no modes")


def test_what_was_put_is_found_under_its_name_and_key_only(tmp_path: Path) -> None:
    cache = Cache(tmp_path / "cache", b"stamp")
    assert cache.get("set", b"key") is None
    cache.put("set", b"key", b"content")
    assert cache.get("set", b"key") == b"content"
    assert cache.get("set", b"other") is None
    assert cache.get("template", b"key") is None
    assert Cache(tmp_path / "cache", b"another stamp").get("set", b"key") is None
    assert Cache(tmp_path / "cache", b"stamp").get("set", b"key") == b"content"


@POSIX
def test_folder_and_files_are_the_owners_alone(tmp_path: Path) -> None:
    Cache(tmp_path / "a" / "cache").put("set", b"key", b"content")
    assert (tmp_path / "a" / "cache").stat().st_mode & 0o777 == 0o700
    files = list((tmp_path / "a" / "cache").iterdir())
    assert [file.stat().st_mode & 0o777 for file in files] == [0o600]


@POSIX
def test_nothing_is_read_from_where_others_can_write(tmp_path: Path) -> None:
    folder = tmp_path / "cache"
    Cache(folder).put("set", b"key", b"content")
    folder.chmod(0o770)
    assert Cache(folder).folder is None
    assert Cache(folder).get("set", b"key") is None
    folder.chmod(0o700)
    entry = next(folder.iterdir())
    entry.chmod(0o620)
    assert Cache(folder).get("set", b"key") is None
    entry.chmod(0o600)
    assert Cache(folder).get("set", b"key") == b"content"


@POSIX
def test_a_link_is_not_followed(tmp_path: Path) -> None:
    real = tmp_path / "real"
    Cache(real).put("set", b"key", b"content")
    (tmp_path / "link").symlink_to(real)
    assert Cache(tmp_path / "link").folder is None
    entry = next(real.iterdir())
    entry.rename(tmp_path / "elsewhere")
    entry.symlink_to(tmp_path / "elsewhere")
    assert Cache(real).get("set", b"key") is None


def test_a_damaged_entry_is_as_good_as_none(tmp_path: Path) -> None:
    cache = Cache(tmp_path / "cache")
    cache.put("set", b"key", b"content")
    entry = next((tmp_path / "cache").iterdir())
    whole = entry.read_bytes()
    for damaged in (whole[:-1], whole[:-1] + b"T", b"", whole + b"x", b"other" + whole):
        entry.write_bytes(damaged)
        assert cache.get("set", b"key") is None
    entry.write_bytes(whole)
    assert cache.get("set", b"key") == b"content"


def test_old_entries_go_when_there_are_many(tmp_path: Path) -> None:
    cache = Cache(tmp_path / "cache")
    for number in range(650):
        cache.put("set", str(number).encode(), b"")
    assert 200 < len(list((tmp_path / "cache").iterdir())) <= 600
    assert cache.get("set", b"649") == b""


def test_the_folder_follows_the_systems_custom() -> None:
    assert cache_folder({"XDG_CACHE_HOME": "/c", "HOME": "/h"}, "linux") == Path("/c/docgen")
    assert cache_folder({"XDG_CACHE_HOME": "relative", "HOME": "/h"}, "linux") == Path("/h/.cache/docgen")
    assert cache_folder({"HOME": "/h"}, "darwin") == Path("/h/.cache/docgen")
    assert cache_folder({}, "linux") is None
    assert cache_folder({}, "win32") is None


def test_a_build_is_the_same_with_a_warm_a_damaged_and_no_cache(tmp_path: Path) -> None:
    folder = tmp_path / "home"

    def built(name: str) -> dict[str, bytes]:
        ended = docgen("build", DEAL, "--only", PAPER, "--out", tmp_path / name, XDG_CACHE_HOME=str(folder))
        assert ended.code == 0, ended.err
        return {path.name: path.read_bytes() for path in (tmp_path / name).iterdir()}

    cold = built("cold")
    entries = list((folder / "docgen").iterdir())
    assert {entry.name.partition("-")[0] for entry in entries} >= {"set", "template"}
    assert built("warm") == cold
    for entry in entries:
        entry.write_bytes(entry.read_bytes()[:-20] + b"x" * 20)
    assert built("damaged") == cold
    for entry in (folder / "docgen").iterdir():
        entry.unlink()
    (folder / "docgen").rmdir()
    (folder / "docgen").write_text("a file where the folder should be", encoding="utf-8")
    assert built("none") == cold
