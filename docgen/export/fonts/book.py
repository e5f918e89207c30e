"""Which installed face draws a character of a font a Word document names, and the report of every substitution."""

from __future__ import annotations

import os
import unicodedata
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from docgen.diagnostics import Diagnostic, Place, SetupError, Severity
from docgen.export.fonts.faces import Cut, Face, Measured, NamedFont, any_face, face, has_bold, last_resort
from docgen.export.fonts.families import (
    DEFAULT_EAST_ASIAN,
    DEFAULT_LATIN,
    Family,
    declared,
    font_map,
    nearest,
    plain_name,
)
from docgen.export.fonts.hints import Hint
from docgen.export.fonts.private import is_private, meant

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

__all__ = ["Cut", "Face", "FontBook", "NamedFont", "font_map"]

_PLACES_PER_FONT = 10
_LACKING = 20  # characters named that no font has; a document in a script without fonts has hundreds
_NO_HINT = Hint()


@dataclass(slots=True)
class _Borrowed:
    """Characters first met in one paragraph that one face lends to one font."""

    place: Place
    characters: str


class FontBook:
    """The fonts of one document; it remembers what had to be substituted, and which face draws which character."""

    def __init__(
        self, display: str, hints: Mapping[str, Hint] | None = None, where: Callable[[], Place] | None = None
    ) -> None:
        """Nothing is looked up yet; without fontconfig or any font, lookups raise `SetupError`.

        `hints` is the document's font table; `where` says where its reader is.
        """
        self._display, self._hints = display, hints or {}
        self._where = where or (lambda: Place(display))
        self._named: dict[tuple[str, Cut], NamedFont] = {}
        self._characters: dict[tuple[str, Cut, str], Face | None] = {}
        self._findings: dict[tuple[str, ...], Diagnostic] = {}
        self._borrowed: dict[tuple[str, str], list[_Borrowed]] = {}
        self._lacking: dict[str, Diagnostic] = {}
        self.measured = Measured()

    @property
    def findings(self) -> tuple[Diagnostic, ...]:
        """Every substitution: each font name once, borrowed characters with the place where they were first met.

        Errors among them are characters that no font has.
        """
        taken = [
            Diagnostic("X012", Severity.NOTE, one.place, {"characters": one.characters, "font": name, "used": used})
            for (name, used), every in self._borrowed.items()
            for one in every
        ]
        return (*self._lacking.values(), *self._findings.values(), *taken)

    def named(self, name: str, cut: Cut) -> NamedFont:
        """The font for a name of the document; an empty or unknown one takes the default of its script."""
        key = (plain_name(name) or (DEFAULT_EAST_ASIAN if cut.east_asian else DEFAULT_LATIN), cut)
        if key not in self._named:
            self._named[key] = self._find(*key)
        return self._named[key]

    def _find(self, name: str, cut: Cut) -> NamedFont:
        hint = self._hints.get(name.casefold(), _NO_HINT)
        known = declared(name)
        other = "" if known else hint.other_name
        known = known or (declared(other) if other else None)
        family = known or nearest(name, hint, east_asian=cut.east_asian)
        cut = replace(cut, east_asian=family.east_asian)
        itself = face(name, cut) or (face(other, cut) if other else None)
        chosen = itself or (_first(family.names, cut) if known and known.alike else None)
        if family.drawn_bold and chosen is None:
            cut = replace(cut, bold=True)
        chosen = chosen or _first(family.use, cut) or _any_face(cut)
        notes: list[Diagnostic] = []
        if itself is None:
            notes.append(self._stand_in(name, chosen, known, hint))
        if cut.bold and not has_bold(chosen.family):
            chosen, note = self._bold_instead(name, chosen, family)
            notes.append(note)
        line = (family.line if known else None) or chosen.file.line
        return NamedFont(name, chosen, line, family.style, itself is not None, tuple(notes))

    def _stand_in(self, name: str, used: Face, known: Family | None, hint: Hint) -> Diagnostic:
        """What is said of a font that isn't installed."""
        code, severity = "X011", Severity.WARNING
        if known is not None and used.family in {*known.names, *known.use}:
            code, severity = ("X010", Severity.NOTE) if known.alike else ("X113", Severity.WARNING)
        notes = ("embedded",) if hint.embedded else ()
        return Diagnostic(code, severity, Place(self._display), {"font": name, "used": used.family}, notes=notes)

    def _bold_instead(self, name: str, regular: Face, family: Family) -> tuple[Face, Diagnostic]:
        """A declared face that has a bold design; the regular one, with a warning, when none is installed."""
        place = Place(self._display)
        for candidate in family.bold_use:
            other = face(candidate, regular.cut) if has_bold(candidate) else None
            if other is not None:
                return other, Diagnostic("X013", Severity.NOTE, place, {"font": name, "used": other.family})
        return regular, Diagnostic("X014", Severity.WARNING, place, {"font": name, "used": regular.family})

    def face_for(self, font: NamedFont, other: NamedFont, char: str) -> Face | None:
        """The face that draws `char`, None when no installed font has it.

        First the font's own, then the other script's, a declared one of the same style, any installed one. A character
        of private use is drawn by the very font the document names or by none: in another it means something else.
        """
        key = (font.name, font.face.cut, char)
        if key not in self._characters:
            found = self._characters[key] = self._look_up(font, other, char)
            if found is not None:
                self.measured.characters.setdefault(found.file, set()).add(char)
            else:
                self._lacks(font, char)
        return self._characters[key]

    def _lacks(self, font: NamedFont, char: str) -> None:
        """A character that can't be printed: the export will stop, once every such character is known."""
        code = f"U+{ord(char):04X}"
        args = {"character": char if char.isprintable() else code, "code": code, "font": font.name}
        number: str = "X008"
        notes: tuple[str, ...] = ()
        if is_private(char):
            standard = meant(char)
            number, notes = "X114", ("meant",) if standard else ("unknown",)
            args |= {"standard": standard, "standard_code": f"U+{ord(standard):04X}"} if standard else {}
        elif unicodedata.name(char, "").startswith("CJK ") and any_face("的", Cut()) is None:
            self._lacking.setdefault("", Diagnostic("X117", Severity.ERROR, Place(self._display)))
            return
        if len(self._lacking) < _LACKING:
            finding = Diagnostic(number, Severity.ERROR, self._where(), args, notes=notes)
            self._lacking.setdefault(char, finding)

    def _look_up(self, font: NamedFont, other: NamedFont, char: str) -> Face | None:
        if char != " ":
            for note in font.notes:
                self._findings.setdefault((note.code, *note.args.values()), note)
        if is_private(char):
            return font.face if font.itself and font.face.advance(char) is not None else None
        symbols = font_map()["symbols"]
        if char in symbols["characters"]:
            drawn = _holder(symbols["use"], char, bold=False)
            if drawn is not None:
                return drawn
        if font.face.advance(char) is not None:
            return font.face
        bold = font.face.cut.bold
        lender = other.face if other.face.advance(char) is not None else None
        lender = lender or _holder(font_map()["fallback"][font.style], char, bold=bold)
        lender = lender or any_face(char, Cut(bold=bold))
        if lender is not None and char.isprintable():
            self._borrow(font.name, lender.family, char)
        return lender

    def _borrow(self, name: str, used: str, char: str) -> None:
        place = self._where()
        every = self._borrowed.setdefault((name, used), [])
        if every and (every[-1].place == place or len(every) == _PLACES_PER_FONT):
            every[-1].characters += char if char not in every[-1].characters else ""
        else:
            every.append(_Borrowed(place, char))

    def count(self) -> None:
        """A page number will stand here, in figures nobody knows yet."""
        self.measured.counted.update(font_map()["counted"]["characters"])

    def variant_for(self, drawn: Face, char: str, selector: str) -> Face:
        """The face that has the shape a variation selector asks for; `drawn` and a warning when no declared one has."""
        if drawn.file.has_variant(char, selector):
            return drawn
        for name in font_map()["variants"]["use"]:
            other = face(name, drawn.cut)
            if other is not None and other.file.has_variant(char, selector):
                self._borrow(drawn.family, other.family, char + selector)
                self.measured.characters.setdefault(other.file, set()).add(char)
                return other
        args = {"character": char, "code": f"U+{ord(char):04X} U+{ord(selector):04X}", "used": drawn.family}
        self._findings.setdefault(("X115", char, selector), Diagnostic("X115", Severity.WARNING, self._where(), args))
        return drawn


def _first(names: Sequence[str], cut: Cut) -> Face | None:
    """The face of the first family that is installed."""
    return next((found for name in names if (found := face(name, cut)) is not None), None)


def _holder(names: list[str], char: str, *, bold: bool) -> Face | None:
    faces = (face(name, Cut(bold=bold)) for name in names)
    return next((found for found in faces if found is not None and found.advance(char) is not None), None)


def _any_face(cut: Cut) -> Face:
    """Whatever fontconfig offers; no font at all is a matter of the machine."""
    found = any_face("一" if cut.east_asian else "A", cut) or last_resort(cut)
    if found is None:
        named = os.environ.get("FONTCONFIG_FILE", "")
        lost = bool(named) and not Path(named).is_file()
        notes = ("configuration",) if lost else ()
        raise SetupError([Diagnostic("X007", Severity.ERROR, args={"file": named} if lost else {}, notes=notes)])
    return found
