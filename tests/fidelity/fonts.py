"""The fonts both sides draw with: free ones under the names that Word documents use, with Word's line metrics.

LibreOffice takes the line height of the font it finds. With a substitute (Noto Serif CJK: 1.437 em) a paper of three
pages has five, and its page count says nothing about Word, where 宋体 has lines of 1.297 em. So the comparison makes
fonts that are called 宋体, 仿宋_GB2312 … and are as high as Word's; 1.297 em is published (13.62 pt at 10.5 pt,
15.56 pt at 12 pt, 18.16 pt at 14 pt), its split above and below the baseline is an assumption. They are private to the
comparison: made from the installed fonts, kept in .cache/, never shipped.
"""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import tempfile
from functools import cache
from pathlib import Path
from typing import Any, Final, NamedTuple
from xml.sax.saxutils import escape

from fontTools.ttLib import TTCollection, TTFont

from tests.fidelity.places import CACHE, FANDOL, NotReadyError

_ASCENT, _DESCENT = 1.0078, 0.2891  # em, together 1.2969
_MAKING: Final = 2  # raised when the fonts are made differently


class _Face(NamedTuple):
    """A face to be made: its names, and the file and family it is made from."""

    en: str
    zh: str
    source: str
    family: str
    bold: bool = False

    @property
    def postscript(self) -> str:
        """The PostScript name, which is the file's, too."""
        return self.en.replace("_", "") + ("-Bold" if self.bold else "-Regular")


_SERIF, _SANS = "Noto Serif CJK SC", "Noto Sans CJK SC"
_FACES: Final = (
    _Face("SimSun", "宋体", "NotoSerifCJK-Regular.ttc", _SERIF),
    _Face("SimSun", "宋体", "NotoSerifCJK-Bold.ttc", _SERIF, bold=True),
    _Face("SimHei", "黑体", "NotoSansCJK-Regular.ttc", _SANS),
    _Face("SimHei", "黑体", "NotoSansCJK-Bold.ttc", _SANS, bold=True),
    _Face("FangSong_GB2312", "仿宋_GB2312", "FandolFang-Regular.otf", "FandolFang"),
    _Face("FangSong", "仿宋", "FandolFang-Regular.otf", "FandolFang"),
    _Face("KaiTi", "楷体", "FandolKai-Regular.otf", "FandolKai"),
    _Face("FZXiaoBiaoSong-B05S", "方正小标宋简体", "NotoSerifCJK-Bold.ttc", _SERIF),
)
_TAKEN: Final = (
    *(f"LiberationSerif-{cut}.ttf" for cut in ("Regular", "Bold", "Italic", "BoldItalic")),
    *(f"LiberationSans-{cut}.ttf" for cut in ("Regular", "Bold")),
    "DejaVuSans.ttf",
)
_ALIASES: Final = {
    "Times New Roman": "Liberation Serif",
    "Arial": "Liberation Sans",
    "Calibri": "Liberation Sans",
    "Segoe UI Symbol": "DejaVu Sans",
    "serif": "SimSun",
    "sans-serif": "SimHei",
}
# LibreOffice writes the name of the CFF table into its PDFs, which isn't changed here: both names mean one font.
SAME_FONT: Final = {
    "SimSun": "NotoSerifCJK",
    "SimSunBold": "NotoSerifCJKBold",
    "SimHei": "NotoSansCJK",
    "SimHeiBold": "NotoSansCJKBold",
    "FZXiaoBiaoSongBS": "NotoSerifCJKBold",
    "FangSong": "FandolFang",
    "FangSongGB": "FandolFang",
    "KaiTi": "FandolKai",
}


def font_config() -> Path:
    """The fontconfig file of the set, which is made when it isn't there; `NotReadyError` when a source is missing."""
    sources = {name: _source(name) for name in (*(face.source for face in _FACES), *_TAKEN)}
    digest = hashlib.sha256(f"{_MAKING}{_FACES}{_TAKEN}{_ALIASES}".encode())
    for path in sources.values():
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    folder = CACHE / f"fonts-{digest.hexdigest()[:16]}"
    if not folder.is_dir():
        _make(folder, sources)
    return folder / "fonts.conf"


@cache
def _installed() -> dict[str, Path]:
    """Every font file that fontconfig knows, by its name."""
    try:
        listed = subprocess.run(["fc-list", "--format", "%{file}\n"], capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError) as fault:
        message = "fontconfig's fc-list can't be run; run: sh scripts/setup.sh fidelity"
        raise NotReadyError(message) from fault
    return {Path(line).name: Path(line) for line in sorted(listed.stdout.splitlines())}


def _source(name: str) -> Path:
    """A font file: from the system, or from the folder that the set-up filled."""
    found = FANDOL / name if (FANDOL / name).is_file() else _installed().get(name)
    if found is None:
        message = f"the font file {name} is missing; run: sh scripts/setup.sh fidelity"
        raise NotReadyError(message)
    return found


def _make(folder: Path, sources: dict[str, Path]) -> None:
    """Make the set beside its place, then move it there whole."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    scratch = Path(tempfile.mkdtemp(prefix="fonts-", dir=folder.parent))
    for face in _FACES:
        font = _renamed(_opened(sources[face.source], face.family), face)
        font.save(scratch / f"{face.postscript}.otf", reorderTables=None)
    for name in _TAKEN:
        shutil.copyfile(sources[name], scratch / name)
    (scratch / "fonts.conf").write_text(_configuration(folder), encoding="utf-8")
    scratch.rename(folder)


def _opened(path: Path, family: str) -> TTFont:
    """A face of a file; the outlines stay bytes, for reading them takes minutes."""
    if path.suffix != ".ttc":
        return TTFont(path, recalcBBoxes=False, recalcTimestamp=False)
    fonts = TTCollection(path, lazy=True).fonts
    found = next(one for one in fonts if family in (one["name"].getDebugName(16), one["name"].getDebugName(1)))
    found.recalcBBoxes = found.recalcTimestamp = False
    return found


def _renamed(font: Any, face: _Face) -> TTFont:  # noqa: ANN401 — fontTools has no types
    """The face under its new names, with Word's line metrics."""
    units = font["head"].unitsPerEm
    ascent, descent = round(_ASCENT * units), round(_DESCENT * units)
    font["hhea"].ascent, font["hhea"].descent, font["hhea"].lineGap = ascent, -descent, 0
    sizes = font["OS/2"]
    sizes.sTypoAscender, sizes.sTypoDescender, sizes.sTypoLineGap = ascent, -descent, 0
    sizes.usWinAscent, sizes.usWinDescent = ascent, descent
    sizes.usWeightClass = 700 if face.bold else 400
    sizes.fsSelection = (sizes.fsSelection & ~0xE1) | (0x20 if face.bold else 0x40)
    font["head"].macStyle = 1 if face.bold else 0
    style = "Bold" if face.bold else "Regular"
    names = font["name"]
    names.names = []
    english = (face.en, style, f"docgen {face.postscript}", f"{face.en} {style}", "Version 1.0", face.postscript)
    for number, text in enumerate(english, start=1):
        names.setName(text, number, 3, 1, 0x409)
    names.setName(face.zh, 1, 3, 1, 0x804)
    names.setName(style, 2, 3, 1, 0x804)
    for table in ("DSIG", "VORG"):
        if table in font:
            del font[table]
    return font


def _configuration(folder: Path) -> str:
    """A fontconfig file that knows these fonts and no others."""
    match = '<match target="pattern"><test name="family" qual="any"><string>{}</string></test>'
    edit = '<edit name="family" mode="assign" binding="same"><string>{}</string></edit></match>'
    aliases = "\n".join(match.format(name) + edit.format(use) for name, use in _ALIASES.items())
    last = "<string>SimSun</string><string>DejaVu Sans</string>"
    return f"""<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
<dir>{escape(str(folder))}</dir>
<cachedir>{escape(str(folder / "cache"))}</cachedir>
{aliases}
<match target="pattern"><edit name="family" mode="append_last">{last}</edit></match>
</fontconfig>
"""
