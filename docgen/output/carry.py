"""The papers of a former folder that a build of only some papers keeps."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from docgen.diagnostics.model import Diagnostic, OutputError, Severity
from docgen.formats.file_names import same_file
from docgen.manifest import Manifest, OutputFile, sha256
from docgen.output.problems import finding, listed

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from pathlib import Path

    from docgen.output.contents import Contents


def carried_over(
    folder: Path, former: Contents, files: Mapping[str, bytes], manifest: Manifest, only: Collection[str]
) -> tuple[Mapping[str, bytes], Manifest, list[Diagnostic]]:
    """The files and the manifest with the papers of the former folder that weren't asked for.

    OutputError when the former papers were made from another deal file, stage, law or docgen. A paper that is gone or
    was edited isn't carried: a warning names it, and the manifest says that the set is partial.
    """
    if not only or former.manifest is None:
        return files, manifest, []
    if not _go_together(former.manifest, manifest):
        raise OutputError([finding("U112", folder)])
    # What was built replaces all of its kind: the papers asked for, the checklist and the report.
    renewed = {*only, *(one.template for one in manifest.outputs)}
    others = [one for one in former.manifest.outputs if one.template not in renewed]
    lost = sorted({*former.edited, *former.removed} & {one.name for one in others})
    kept = [one for one in others if one.name not in lost]
    carried = {one.name: _read(folder, one) for one in kept}
    _check_names(folder, files, kept)
    notes = [finding("U115", folder, Severity.WARNING, names=listed(lost))] if lost else []
    return {**files, **carried}, _joined(former.manifest, manifest, kept, partial=bool(lost)), notes


def _go_together(former: Manifest, manifest: Manifest) -> bool:
    both = former.libraries.keys() & manifest.libraries.keys()
    return former.basis == manifest.basis and all(former.libraries[one] == manifest.libraries[one] for one in both)


def _joined(former: Manifest, manifest: Manifest, kept: list[OutputFile], *, partial: bool) -> Manifest:
    """The new manifest, with what the kept papers were made from as the former one tells it."""
    ids = {one.template for one in kept}
    templates = {one.id: one for one in manifest.templates} | {one.id: one for one in former.templates if one.id in ids}
    outputs = (*manifest.outputs, *kept)
    return replace(
        manifest,
        libraries={**former.libraries, **manifest.libraries},
        templates=tuple(sorted(templates.values(), key=lambda one: one.id)),
        outputs=tuple(sorted(outputs, key=lambda one: one.name)),
        partial=former.partial or partial,
    )


def _check_names(folder: Path, files: Mapping[str, bytes], kept: list[OutputFile]) -> None:
    new = {same_file(name): name for name in files}
    for one in kept:
        if (other := new.get(same_file(one.name))) is not None:
            raise OutputError([finding("U113", folder, name=one.name, other=other)])


def _read(folder: Path, output: OutputFile) -> bytes:
    data = (folder / output.name).read_bytes()
    if sha256(data) != output.sha256:  # edited since the folder was looked at
        raise OutputError([finding("U103", folder, names=output.name)])
    return data
