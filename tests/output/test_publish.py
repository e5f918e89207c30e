from __future__ import annotations

import os
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest

from docgen.diagnostics.model import OutputError
from docgen.manifest import FILE_NAME, Manifest, OutputFile, sha256
from docgen.output import inspect, publish
from docgen.output.lock import locked
from tests.output.sets import CHECKLIST, FIRST, LOAN, PLEDGE, SECOND, TODAY, beside, held, manifest_of

ROOT = Path(__file__).resolve().parents[2]


def codes(caught: pytest.ExceptionInfo[OutputError]) -> list[str]:
    return [one.code for one in caught.value.diagnostics]


def test_a_first_build_makes_the_folder_and_nothing_beside_it(tmp_path: Path) -> None:
    out = tmp_path / "新" / "成品 一"
    result = publish(FIRST, manifest_of(FIRST), out, today=TODAY)
    assert result.changed
    assert result.folder == out
    assert result.diagnostics == ()
    assert held(out) == FIRST
    assert beside(out) == []
    read = Manifest.from_json((out / FILE_NAME).read_text(encoding="utf-8"), "manifest.json")
    assert read.to_json() == manifest_of(FIRST).to_json()


def test_a_rebuild_replaces_the_papers_and_leaves_nothing_beside(tmp_path: Path) -> None:
    out = tmp_path / "out"
    publish({**FIRST, "99-旧文件.docx": b"x"}, manifest_of({**FIRST, "99-旧文件.docx": b"x"}), out, today=TODAY)
    result = publish(SECOND, manifest_of(SECOND), out, today=TODAY)
    assert result.changed
    assert result.backup is None
    assert held(out) == SECOND
    assert beside(out) == []


def test_an_unchanged_rebuild_touches_nothing(tmp_path: Path) -> None:
    out = tmp_path / "out"
    publish(FIRST, manifest_of(FIRST), out, today=TODAY)
    before = {path: (path.stat().st_ino, path.stat().st_mtime_ns) for path in [out, *out.iterdir()]}
    manifest = manifest_of(dict(reversed(FIRST.items())))
    result = publish(FIRST, manifest, out, today=TODAY)
    assert not result.changed
    assert {path: (path.stat().st_ino, path.stat().st_mtime_ns) for path in [out, *out.iterdir()]} == before


def test_a_paper_that_was_deleted_comes_back(tmp_path: Path) -> None:
    out = tmp_path / "out"
    publish(FIRST, manifest_of(FIRST), out, today=TODAY)
    (out / LOAN).unlink()
    assert publish(FIRST, manifest_of(FIRST), out, today=TODAY).changed
    assert held(out) == FIRST


def test_an_empty_folder_is_taken(tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / ".DS_Store").write_bytes(b"of the file manager")
    publish(FIRST, manifest_of(FIRST), out, today=TODAY)
    assert held(out) == FIRST


@pytest.mark.skipif(os.name == "nt", reason="modes are of other systems")
@pytest.mark.parametrize(("umask", "folder", "file"), [(0o022, 0o755, 0o644), (0o077, 0o700, 0o600)])
def test_the_person_s_umask_decides_who_may_read(tmp_path: Path, umask: int, folder: int, file: int) -> None:
    former = os.umask(umask)
    try:
        publish(FIRST, manifest_of(FIRST), tmp_path / "out", today=TODAY)
    finally:
        os.umask(former)
    assert stat.S_IMODE((tmp_path / "out").stat().st_mode) == folder
    assert {stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "out").iterdir()} == {file}


@pytest.mark.skipif(os.name == "nt", reason="modes are of other systems")
def test_a_folder_that_was_made_private_stays_private(tmp_path: Path) -> None:
    out = tmp_path / "out"
    publish(FIRST, manifest_of(FIRST), out, today=TODAY)
    out.chmod(0o700)
    publish(SECOND, manifest_of(SECOND), out, today=TODAY)
    assert stat.S_IMODE(out.stat().st_mode) == 0o700


def edit(out: Path) -> None:
    (out / LOAN).write_bytes(b"a lawyer's change")


def add(out: Path) -> None:
    (out / "来信.pdf").write_bytes(b"a letter")


def add_folder(out: Path) -> None:
    (out / "附件").mkdir()
    (out / "附件" / "来信.pdf").write_bytes(b"a letter")


def edit_manifest(out: Path) -> None:
    path = out / FILE_NAME
    path.write_bytes(path.read_bytes().replace(b"  ", b" "))


def drop_manifest(out: Path) -> None:
    (out / FILE_NAME).unlink()


def replace_by_link(out: Path) -> None:
    (out / LOAN).rename(out.parent / "elsewhere.docx")
    (out / LOAN).symlink_to(out.parent / "elsewhere.docx")


def replace_by_folder(out: Path) -> None:
    (out / LOAN).unlink()
    (out / LOAN).mkdir()


def hide_behind_a_foreign_manifest(out: Path) -> None:
    (out / FILE_NAME).write_text('{"format": 1}', encoding="utf-8")


WORK = [
    (edit, "U103"),
    (add, "U102"),
    (add_folder, "U102"),
    (edit_manifest, "U102"),
    (drop_manifest, "U102"),
    (replace_by_link, "U103"),
    (replace_by_folder, "U103"),
    (hide_behind_a_foreign_manifest, "U102"),
]


@pytest.mark.parametrize(("work", "code"), WORK)
def test_a_person_s_work_is_refused_and_by_force_moved_to_a_backup(tmp_path: Path, work: object, code: str) -> None:
    out = tmp_path / "out"
    publish(FIRST, manifest_of(FIRST), out, today=TODAY)
    assert callable(work)
    work(out)
    before = tree(out)
    with pytest.raises(OutputError) as caught:
        publish(SECOND, manifest_of(SECOND), out, today=TODAY)
    assert codes(caught) == [code]
    assert tree(out) == before

    result = publish(SECOND, manifest_of(SECOND), out, today=TODAY, force=True)
    assert held(out) == SECOND
    assert result.backup == tmp_path / "out.bak-20260129-1"
    assert [one.code for one in result.diagnostics] == ["U110"]
    assert tree(result.backup) == before
    assert [name for name in beside(out) if name != "elsewhere.docx"] == ["out.bak-20260129-1"]


def tree(folder: Path) -> dict[str, bytes | None]:
    return {
        str(path.relative_to(folder)): path.read_bytes() if path.is_file() else None
        for path in sorted(folder.rglob("*"))
    }


def test_backups_of_one_day_are_numbered(tmp_path: Path) -> None:
    out = tmp_path / "out"
    for number in (1, 2, 3):
        publish(FIRST, manifest_of(FIRST), out, today=TODAY, force=True)
        (out / "来信.pdf").write_text(str(number), encoding="utf-8")
    publish(SECOND, manifest_of(SECOND), out, today=TODAY, force=True)
    assert beside(out) == [f"out.bak-20260129-{number}" for number in (1, 2, 3)]
    assert (tmp_path / "out.bak-20260129-2" / "来信.pdf").read_text(encoding="utf-8") == "2"


def test_edited_and_foreign_files_are_named_in_one_run(tmp_path: Path) -> None:
    out = tmp_path / "out"
    publish(FIRST, manifest_of(FIRST), out, today=TODAY)
    edit(out)
    add(out)
    with pytest.raises(OutputError) as caught:
        publish(SECOND, manifest_of(SECOND), out, today=TODAY)
    assert codes(caught) == ["U102", "U103"]
    assert [one.args["names"] for one in caught.value.diagnostics] == ["来信.pdf", LOAN]


def test_the_papers_of_another_deal_are_not_replaced(tmp_path: Path) -> None:
    out = tmp_path / "out"
    publish(FIRST, manifest_of(FIRST), out, today=TODAY)
    with pytest.raises(OutputError) as caught:
        publish(SECOND, manifest_of(SECOND, "guangzhou"), out, today=TODAY)
    assert codes(caught) == ["U104"]
    result = publish(SECOND, manifest_of(SECOND, "guangzhou"), out, today=TODAY, force=True)
    assert result.backup is not None
    assert held(result.backup) == FIRST


@pytest.mark.parametrize("mark", [f"~${LOAN[2:]}", f".~lock.{LOAN}#", f".~{LOAN}"])
@pytest.mark.parametrize("force", [False, True])
def test_an_open_document_stops_the_build_whatever_was_asked(tmp_path: Path, mark: str, *, force: bool) -> None:
    out = tmp_path / "out"
    publish(FIRST, manifest_of(FIRST), out, today=TODAY)
    (out / mark).write_bytes(b"a name")
    with pytest.raises(OutputError) as caught:
        publish(SECOND, manifest_of(SECOND), out, today=TODAY, force=force)
    assert codes(caught) == ["U105"]
    assert caught.value.diagnostics[0].args["name"] == mark
    (out / mark).unlink()
    assert held(out) == FIRST


def places(tmp_path: Path) -> dict[str, tuple[Path, str]]:
    (tmp_path / "target").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "target")
    (tmp_path / "dangling").symlink_to(tmp_path / "nothing")
    (tmp_path / "file").write_bytes(b"x")
    return {
        "current": (Path(), "working"),
        "dot": (Path("."), "working"),  # noqa: PTH201 - what a person types
        "above": (Path(".."), "working"),
        "far above": (Path("../.."), "working"),
        "full name": (tmp_path, "working"),
        "home": (Path.home(), "home"),
        "root": (Path("/"), "root"),
        "link": (tmp_path / "link", "link"),
        "dangling link": (tmp_path / "dangling", "link"),
        "file": (tmp_path / "file", "file"),
        "mount": (Path("/proc"), "mount"),
    }


@pytest.mark.skipif(os.name == "nt", reason="other roots and mounts")
@pytest.mark.parametrize(
    "kind",
    ["current", "dot", "above", "far above", "full name", "home", "root", "link", "dangling link", "file", "mount"],
)
def test_places_where_no_set_may_stand_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str) -> None:
    if kind == "mount" and not Path("/proc").is_mount():
        pytest.skip("no /proc here")
    monkeypatch.chdir(tmp_path)
    out, reason = places(tmp_path)[kind]
    before = sorted(tmp_path.iterdir())
    with pytest.raises(OutputError) as caught:
        publish(FIRST, manifest_of(FIRST), out, today=TODAY, force=True)
    assert [(one.code, one.notes) for one in caught.value.diagnostics] == [("U101", (reason,))]
    assert sorted(tmp_path.iterdir()) == before


def test_a_path_through_a_file_is_refused_with_the_system_s_reason(tmp_path: Path) -> None:
    (tmp_path / "deal.yaml").write_bytes(b"x")
    with pytest.raises(OutputError) as caught:
        publish(FIRST, manifest_of(FIRST), tmp_path / "deal.yaml" / "a" / "out", today=TODAY)
    assert codes(caught) == ["U109"]
    assert (tmp_path / "deal.yaml").read_bytes() == b"x"


def test_a_name_too_long_for_the_system_is_refused_and_leaves_no_folders(tmp_path: Path) -> None:
    with pytest.raises(OutputError) as caught:
        publish(FIRST, manifest_of(FIRST), tmp_path / "新" / ("长" * 100), today=TODAY)
    assert codes(caught) == ["U109"]
    assert list(tmp_path.iterdir()) == []


def test_two_papers_that_differ_in_case_only_are_refused(tmp_path: Path) -> None:
    files = {"Contract.docx": b"1", "contract.docx": b"2"}
    with pytest.raises(OutputError) as caught:
        publish(files, manifest_of(files), tmp_path / "out", today=TODAY)
    assert codes(caught) == ["U113"]
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["../x.docx", "a/b.docx", "NUL.docx", ".hidden", "x\u202e.docx"])
def test_a_name_that_is_not_safe_is_a_mistake_of_docgen(tmp_path: Path, name: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        publish({name: b"1"}, manifest_of({name: b"1"}), tmp_path / "out", today=TODAY)
    assert list(tmp_path.iterdir()) == []


def test_a_manifest_that_lists_other_files_is_a_mistake_of_docgen(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="manifest"):
        publish(FIRST, manifest_of(SECOND), tmp_path / "out", today=TODAY)


def test_a_folder_someone_else_works_on_is_left_alone(tmp_path: Path) -> None:
    out = tmp_path / "out"
    with locked(tmp_path / ".out.docgen-lock", out), pytest.raises(OutputError) as caught:
        publish(FIRST, manifest_of(FIRST), out, today=TODAY)
    assert codes(caught) == ["U106"]
    publish(FIRST, manifest_of(FIRST), out, today=TODAY)
    assert beside(out) == []


@pytest.mark.skipif(os.name == "nt", reason="SIGKILL is of other systems")
def test_the_lock_of_a_killed_process_holds_nobody_up(tmp_path: Path) -> None:
    holder = f"""
import pathlib, time
from docgen.output.lock import locked
with locked(pathlib.Path({str(tmp_path / ".out.docgen-lock")!r}), pathlib.Path("out")):
    print("held", flush=True)
    time.sleep(60)
"""
    with subprocess.Popen([sys.executable, "-c", holder], cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        with pytest.raises(OutputError) as caught:
            publish(FIRST, manifest_of(FIRST), tmp_path / "out", today=TODAY)
        process.send_signal(signal.SIGKILL)
    assert codes(caught) == ["U106"]
    publish(FIRST, manifest_of(FIRST), tmp_path / "out", today=TODAY)
    assert beside(tmp_path / "out") == []


def test_leftovers_go_and_look_alikes_stay(tmp_path: Path) -> None:
    (tmp_path / ".out.docgen-0123abcd").mkdir()
    (tmp_path / ".out.docgen-0123abcd" / "half").write_bytes(b"x")
    (tmp_path / "precious").write_bytes(b"x")
    (tmp_path / ".out.docgen-01234567").symlink_to(tmp_path / "precious")
    stay = [".out.docgen-b.docgen-0123abcd", ".out.docgen-notes", ".output.docgen-0123abcd", "precious"]
    for name in stay[:3]:
        (tmp_path / name).mkdir()
    publish(FIRST, manifest_of(FIRST), tmp_path / "out", today=TODAY)
    assert beside(tmp_path / "out") == stay
    assert (tmp_path / "precious").read_bytes() == b"x"


def test_a_set_left_between_two_names_is_put_back(tmp_path: Path) -> None:
    out = tmp_path / "out"
    publish(FIRST, manifest_of(FIRST), out, today=TODAY)
    out.rename(tmp_path / ".out.docgen-old")
    result = publish(FIRST, manifest_of(FIRST), out, today=TODAY)
    assert [one.code for one in result.diagnostics] == ["U111"]
    assert not result.changed
    assert beside(out) == []


def test_many_processes_at_once_publish_whole_sets_or_say_that_another_does(tmp_path: Path) -> None:
    program = f"""
import pathlib, sys
sys.path.insert(0, {str(ROOT)!r})
from tests.output.sets import *
from docgen.output import publish
from docgen.diagnostics.model import OutputError
for _ in range(20):
    for files in (FIRST, SECOND):
        try:
            publish(files, manifest_of(files), pathlib.Path({str(tmp_path / "out")!r}), today=TODAY)
        except OutputError as error:
            assert [one.code for one in error.diagnostics] == ["U106"], error
"""
    processes = [subprocess.Popen([sys.executable, "-c", program]) for _ in range(3)]
    looks = 0
    while any(process.poll() is None for process in processes):
        if (tmp_path / "out" / CHECKLIST).exists():
            looks += 1
        time.sleep(0.001)
    assert [process.wait() for process in processes] == [0, 0, 0]
    assert looks
    assert held(tmp_path / "out") in (FIRST, SECOND)
    assert beside(tmp_path / "out") == []


def test_what_a_folder_holds_is_told_by_kind(tmp_path: Path) -> None:
    out = tmp_path / "out"
    publish(FIRST, manifest_of(FIRST), out, today=TODAY)
    assert inspect(out).whole
    edit(out)
    add(out)
    (out / PLEDGE).unlink()
    contents = inspect(out)
    assert (contents.edited, contents.foreign, contents.removed) == ((LOAN,), ("来信.pdf",), (PLEDGE,))
    assert not contents.untouched


def test_a_pipe_in_the_folder_does_not_hang_the_run(tmp_path: Path) -> None:
    out = tmp_path / "out"
    publish(FIRST, manifest_of(FIRST), out, today=TODAY)
    (out / LOAN).unlink()
    os.mkfifo(out / LOAN)
    assert inspect(out).edited == (LOAN,)


def test_large_papers_arrive_whole(tmp_path: Path) -> None:
    data = os.urandom(5 << 20)
    manifest = manifest_of({LOAN: data})
    assert manifest.outputs == (OutputFile(LOAN, sha256(data), len(data), "loan_contract"),)
    publish({LOAN: data}, manifest, tmp_path / "out", today=TODAY)
    assert held(tmp_path / "out") == {LOAN: data}
