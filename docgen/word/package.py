"""A .docx opened into its parts, and parts written back as a .docx."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass
from typing import TYPE_CHECKING

from docgen.diagnostics import Diagnostic, Place, Severity

if TYPE_CHECKING:
    from collections.abc import Mapping

CONTENT_TYPES = "[Content_Types].xml"
PACKAGE_RELATIONSHIPS = "_rels/.rels"

# The first day a ZIP entry can carry: the same in every file, so that equal parts give equal bytes.
ZIP_EPOCH = (1980, 1, 1, 0, 0, 0)

_LABELS = {
    "document.main": "正文",
    "header": "页眉",
    "footer": "页脚",
    "footnotes": "脚注",
    "endnotes": "尾注",
    "comments": "批注",
    "styles": "样式",
    "numbering": "编号",
    "settings": "设置",
    "core-properties": "文档属性",
    "extended-properties": "文档属性",
    "custom-properties": "文档属性",
    "glossary": "构建基块",
}


@dataclass(frozen=True, slots=True)
class Relationship:
    """One link of a part: `part` is the name of the part it leads to, None for an external target."""

    id: str
    type: str
    target: str
    external: bool
    part: str | None

    @property
    def kind(self) -> str:
        """The last word of the type: `header`, `image`, `hyperlink`."""
        return self.type.rpartition("/")[2]


@dataclass(frozen=True, slots=True)
class Package:
    """The parts of a .docx in their order, by name without a leading slash; made by `gate.open_package`.

    `relationships` is keyed by the part that holds them, "" for the package. `findings` are the warnings of the gate.
    """

    display: str
    parts: Mapping[str, bytes]
    content_types: Mapping[str, str]
    relationships: Mapping[str, tuple[Relationship, ...]]
    findings: tuple[Diagnostic, ...] = ()

    @property
    def main(self) -> str:
        """The name of the part that holds the body text."""
        return self.related("", "officeDocument")[0]

    def related(self, source: str, kind: str) -> tuple[str, ...]:
        """The parts that `source` leads to by relationships of one kind, in their order."""
        return tuple(
            link.part for link in self.relationships.get(source, ()) if link.kind == kind and link.part is not None
        )

    def label(self, part: str) -> str:
        """What a Word user calls the part: 正文, 页眉, 页脚, 脚注, …; its name when Word has no word for it."""
        return part_label(part, self.content_types.get(part, ""))


def part_label(part: str, content_type: str) -> str:
    """What a Word user calls a part of this content type, or the part's name."""
    kind = content_type.removesuffix("+xml").rpartition("wordprocessingml.")[2]
    kind = kind.rpartition("package.")[2].rpartition("officedocument.")[2]
    return _LABELS.get(kind, part)


def finding(  # noqa: PLR0913 — each names one thing of a diagnostic, most are rarely given
    code: str,
    display: str,
    spot: str | None = None,
    *,
    excerpt: str | None = None,
    severity: Severity = Severity.ERROR,
    notes: tuple[str, ...] = (),
    **args: str,
) -> Diagnostic:
    """A diagnostic at a spot of a Word file."""
    return Diagnostic(code, severity, Place(display, spot=spot, excerpt=excerpt), args, notes=notes)


def write_package(parts: Mapping[str, bytes], level: int = 6) -> bytes:
    """The .docx of these parts: content types first, the others in their order, fixed dates, same parts same bytes."""
    names = [CONTENT_TYPES, *(name for name in parts if name != CONTENT_TYPES)]
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name in names:
            entry = zipfile.ZipInfo(name, ZIP_EPOCH)
            entry.create_system = 0  # the default differs between Windows and the rest
            archive.writestr(entry, parts[name], zipfile.ZIP_DEFLATED, level)
    return target.getvalue()
