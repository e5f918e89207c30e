"""What besides a .docx decides the bytes of its PDF: renderer, Pango and fonts, as one fingerprint."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

from docgen.export.fonts import folders, fontconfig
from docgen.export.fonts.families import font_map
from docgen.export.pdf.render import load_renderer

# Where systems keep fonts: installing or removing one changes the time of its folder.
_FONT_FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts", "/Library/Fonts", "/System/Library/Fonts")
_OWN_FONT_FOLDERS = (".fonts", ".local/share/fonts", "Library/Fonts")


def fingerprint() -> bytes:
    """Equal as long as the same .docx gives the same PDF on this machine; `SetupError` when PDFs can't be made here."""
    renderer = load_renderer()
    facts = [
        renderer.module.__version__,
        str(renderer.module.text.ffi.pango.pango_version()),
        str(renderer.subsets_fast),
    ]
    facts += [f"{name}={value}" for name, value in sorted(os.environ.items()) if name.startswith(("FONTCONFIG", "FC_"))]
    for family in font_map()["family"]:
        for name in (*family["names"], *family["use"]):
            facts += [_face(fontconfig.match(name, bold=bold, italic=False)) for bold in (False, True)]
    facts += [*_folders(), *folders.contents()]
    return hashlib.sha256("\n".join(facts).encode("utf-8", "surrogateescape")).digest()


def _face(found: fontconfig.Found | None) -> str:
    """The file that draws a family."""
    if found is None:
        return "-"
    try:
        status = Path(found.path).stat()
    except OSError:
        return found.path
    return f"{found.path}#{found.index} {status.st_size} {status.st_mtime_ns}"


def _folders() -> list[str]:
    """Every folder that may hold fonts, with its time."""
    home = os.environ.get("HOME") or os.environ.get("LOCALAPPDATA") or ""
    roots = [*_FONT_FOLDERS, *(f"{home}/{name}" for name in _OWN_FONT_FOLDERS if home)]
    roots += [f"{os.environ[name]}/Fonts" for name in ("WINDIR", "XDG_DATA_HOME") if os.environ.get(name)]
    folders = [folder for root in roots for folder, _, _ in os.walk(root)]
    return [f"{folder} {Path(folder).stat().st_mtime_ns}" for folder in sorted(folders)]
