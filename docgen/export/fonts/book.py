"""Which installed face draws a character of a font a Word document names, and the report of every substitution."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources
from typing import Any

from docgen.diagnostics import Diagnostic, Place, SetupError, Severity
from docgen.export.fonts import fontconfig
from docgen.export.fonts.fontfile import FontFile, LineMetrics, open_font

DEFAULT_LATIN = "Times New Roman"
DEFAULT_EAST_ASIAN = "宋体"


@cache
def font_map() -> dict[str, Any]:
    """The declared map of fonts.toml."""
    return tomllib.loads(resources.files("docgen.export.fonts").joinpath("fonts.toml").read_text("utf-8"))


@dataclass(frozen=True, slots=True)
class Family:
    """One declared family: what may stand in for it and how high its lines are in Word."""

    id: str
    use: tuple[str, ...]
    bold_use: tuple[str, ...] = ()
    drawn_bold: bool = False
    east_asian: bool = False
    line: LineMetrics | None = None


@cache
def families() -> dict[str, Family]:
    """Every declared family by each of its names in lower case."""
    found: dict[str, Family] = {}
    for entry in font_map()["family"]:
        line = LineMetrics(entry["ascent"], entry["descent"]) if "ascent" in entry else None
        family = Family(
            entry["id"], tuple(entry["use"]), tuple(entry.get("bold_use", ())), entry.get("weight") == "bold",
            entry.get("east_asian", False), line,
        )  # fmt: skip
        for name in entry["names"]:
            found[name.casefold()] = family
    return found


@dataclass(frozen=True, slots=True)
class Cut:
    """Weight and slant of a face, and whether it sets Chinese text."""

    bold: bool = False
    italic: bool = False
    east_asian: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Face:
    """One installed face, as CSS names it, with the widths of its characters."""

    family: str
    cut: Cut
    file: FontFile

    @property
    def css(self) -> str:
        """The declarations that choose exactly this face."""
        weight, slant = ("bold" if self.cut.bold else "normal"), ("italic" if self.cut.italic else "normal")
        return f"font-family:'{self.family}';font-weight:{weight};font-style:{slant}"

    def advance(self, char: str) -> float | None:
        """The character's width in em, None when the face lacks it."""
        width = self.file.advance(char)
        if self.cut.east_asian and width is not None and char in font_map()["full_width"]["characters"]:
            return 1.0
        return width


@dataclass(frozen=True, slots=True, eq=False)
class NamedFont:
    """A font as the document names it, in one weight and slant: the face that draws it, and its line in em."""

    name: str
    face: Face
    line: LineMetrics
    style: str


@cache
def _face(family: str, cut: Cut) -> Face | None:
    """The installed face of exactly this family, None when the family isn't installed."""
    found = fontconfig.match(family, bold=cut.bold, italic=cut.italic)
    if found is None or not found.is_called(family):
        return None
    file = open_font(found.path, found.index)
    return Face(family, cut, file) if file is not None else None


@cache
def _has_bold(family: str) -> bool:
    found = fontconfig.match(family, bold=True, italic=False)
    return found is not None and found.is_called(family) and found.bold


class FontBook:
    """The fonts of one document; it remembers what had to be substituted."""

    def __init__(self, display: str) -> None:
        """Nothing is looked up yet; without fontconfig or any font, lookups raise `SetupError`."""
        self._display = display
        self._named: dict[tuple[str, Cut], NamedFont] = {}
        self._characters: dict[tuple[str, Cut, str], Face | None] = {}
        self._findings: dict[tuple[str, ...], Diagnostic] = {}
        self._lacking: dict[tuple[str, str], list[str]] = {}

    @property
    def findings(self) -> tuple[Diagnostic, ...]:
        """Every substitution, each font name once, in the order met."""
        taken = [
            Diagnostic(
                "X012",
                Severity.NOTE,
                Place(self._display),
                {"characters": "".join(chars), "font": name, "used": used},
            )
            for (name, used), chars in self._lacking.items()
        ]
        return (*self._findings.values(), *taken)

    def named(self, name: str, cut: Cut) -> NamedFont:
        """The font for a name of the document; an empty or unknown one takes the default of its script."""
        key = (name or (DEFAULT_EAST_ASIAN if cut.east_asian else DEFAULT_LATIN), cut)
        if key not in self._named:
            self._named[key] = self._find(*key)
        return self._named[key]

    def _find(self, name: str, cut: Cut) -> NamedFont:
        declared = families().get(name.casefold())
        family = declared or families()[(DEFAULT_EAST_ASIAN if cut.east_asian else DEFAULT_LATIN).casefold()]
        cut = replace(cut, east_asian=family.east_asian)
        if family.drawn_bold and _face(name, cut) is None:
            cut = replace(cut, bold=True)
        face = next((face for use in (name, *family.use) if (face := _face(use, cut)) is not None), None)
        face = face or self._any_face(cut)
        if face.family.casefold() != name.casefold():
            code, severity = ("X010", Severity.NOTE) if declared else ("X011", Severity.WARNING)
            self._note(code, severity, name, face.family)
        if cut.bold and not _has_bold(face.family):
            face = self._bold_instead(name, face, family)
        return NamedFont(name, face, family.line or face.file.line, "hei" if family.id in {"hei", "yahei"} else "song")

    def _bold_instead(self, name: str, face: Face, family: Family) -> Face:
        """A declared face that has a bold design; the regular one, with a warning, when none is installed."""
        for candidate in family.bold_use:
            other = _face(candidate, face.cut) if _has_bold(candidate) else None
            if other is not None:
                self._note("X013", Severity.NOTE, name, other.family)
                return other
        self._note("X014", Severity.WARNING, name, face.family)
        return face

    @staticmethod
    def _any_face(cut: Cut) -> Face:
        """Whatever fontconfig offers; no font at all is a matter of the machine."""
        found = fontconfig.match_char("一" if cut.east_asian else "A", bold=cut.bold)
        found = found or fontconfig.match("serif", bold=cut.bold, italic=cut.italic)
        file = open_font(found.path, found.index) if found else None
        if found is None or file is None:
            raise SetupError([Diagnostic("X007", Severity.ERROR)])
        return Face(found.families[0], cut, file)

    def _note(self, code: str, severity: Severity, name: str, used: str) -> None:
        args = {"font": name, "used": used}
        self._findings.setdefault((code, name, used), Diagnostic(code, severity, Place(self._display), args))

    def face_for(self, font: NamedFont, other: NamedFont, char: str) -> Face | None:
        """The face that draws `char`, None when no installed font has it.

        First the font's own, then the other script's, a declared one of the same style, any installed one.
        """
        key = (font.name, font.face.cut, char)
        if key not in self._characters:
            self._characters[key] = self._look_up(font, other, char)
        return self._characters[key]

    def _look_up(self, font: NamedFont, other: NamedFont, char: str) -> Face | None:
        symbols = font_map()["symbols"]
        if char in symbols["characters"]:
            face = self._holder(symbols["use"], char, bold=False)
            if face is not None:
                return face
        if font.face.advance(char) is not None:
            return font.face
        bold = font.face.cut.bold
        face = other.face if other.face.advance(char) is not None else None
        face = face or self._holder(font_map()["fallback"][font.style], char, bold=bold)
        if face is None and (found := fontconfig.match_char(char, bold=bold)) is not None:
            file = open_font(found.path, found.index)
            if file is not None and file.advance(char) is not None:
                face = Face(found.families[0], Cut(bold=bold), file)
        if face is not None and char.isprintable():
            chars = self._lacking.setdefault((font.name, face.family), [])
            if char not in chars:
                chars.append(char)
        return face

    @staticmethod
    def _holder(names: list[str], char: str, *, bold: bool) -> Face | None:
        faces = (_face(name, Cut(bold=bold)) for name in names)
        return next((face for face in faces if face is not None and face.advance(char) is not None), None)
