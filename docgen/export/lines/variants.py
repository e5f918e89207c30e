"""Looks derived from a run's own: small capitals, and text made to fill a width (`w:fitText`)."""

from __future__ import annotations

from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docgen.export.lines.atoms import Atom
    from docgen.export.reading.looks import Look

_SMALL_CAPITALS = 0.8


class Variants:
    """Each derived look of one document, made once; it keeps the looks it is asked about alive."""

    def __init__(self) -> None:
        """Nothing derived yet."""
        self._small: dict[int, tuple[Look, Look, Look]] = {}
        self._fitted: dict[tuple[int, float, float], tuple[Look, Look]] = {}

    def small_capitals(self, text: str, look: Look) -> Iterator[tuple[str, Look]]:
        """The text in pieces: small letters as capitals of four fifths the size, the rest as it is."""
        if id(look) not in self._small:
            large = replace(look, small_caps=False)
            small = replace(large, caps=True, drawn_size=look.drawn_size * _SMALL_CAPITALS)
            self._small[id(look)] = (look, small, large)
        _, small, large = self._small[id(look)]
        for is_small, piece in groupby(text, lambda char: char != char.upper()):
            yield "".join(piece), small if is_small else large

    def fit(self, atoms: list[Atom]) -> None:
        """Let neighbours of one `w:fitText` group fill its width: spread out, or made narrower."""
        for fit, group in groupby(atoms, lambda atom: atom.look.fit):
            if fit is None:
                continue
            held = list(group)
            natural = sum(atom.width for atom in held)
            share, gaps = min(fit[1] / natural, 1.0) if natural else 1.0, len(held) - 1
            rest = max(fit[1] - natural, 0.0) / gaps if gaps else 0.0
            for number, atom in enumerate(held):
                more = rest if number < gaps else 0.0
                atom.look = self._like(atom.look, atom.look.spacing * share + more, atom.look.scale * share)
                atom.width = atom.width * share + more

    def _like(self, look: Look, spacing: float, scale: float) -> Look:
        key = (id(look), round(spacing, 3), round(scale, 4))
        if key not in self._fitted:
            self._fitted[key] = (look, replace(look, spacing=spacing, scale=scale))
        return self._fitted[key][1]
