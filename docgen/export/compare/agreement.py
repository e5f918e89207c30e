"""The figures of one comparison, and the bar they are held to."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Spread:
    """How a distance in millimetres is spread over the characters."""

    median: float
    p95: float
    most: float


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far the PDF under test agrees with the reference.

    `text` and `margin_text` (headers and footers) are similarities, 1 when every character is the same after NFKC;
    `raw_text` is the same without NFKC: below `text`, glyphs carry compatibility characters, and searching fails.
    `breaks` is the Jaccard agreement of the line ends (`breaks_shared` of `breaks_either`), `same_page` the share of
    matched characters on the same page. `distance` counts a character on another page as 297 mm. `ink` is the F1 of
    black within 1 mm. `worst` says where the two differ most, in words.
    """

    pages: tuple[int, int]
    sizes_equal: bool
    characters: int
    text: float
    raw_text: float
    margin_text: float
    same_page: float
    lines: int
    breaks_shared: int
    breaks_either: int
    distance: Spread
    across: Spread
    down: Spread
    ink: float
    fonts_reference_only: tuple[str, ...]
    fonts_test_only: tuple[str, ...]
    worst: tuple[str, ...] = ()

    @property
    def pages_equal(self) -> bool:
        """Whether both have as many pages."""
        return self.pages[0] == self.pages[1]

    @property
    def breaks(self) -> float:
        """The agreement of the line ends, 1 when neither has any."""
        return self.breaks_shared / self.breaks_either if self.breaks_either else 1.0


@dataclass(frozen=True, slots=True)
class Bar:
    """What one document must reach; docs/fidelity.md says why so much and no more."""

    text: float = 1.0
    margin_text: float = 1.0
    breaks: float = 0.99
    p95_mm: float = 1.5
    ink: float = 0.97

    def shortfalls(self, found: Agreement) -> tuple[str, ...]:
        """The names of the measures that fall short; none when the document is good enough."""
        checks = {
            "pages": found.pages_equal,
            "sizes": found.sizes_equal,
            "text": found.text >= self.text,
            "headers": found.margin_text >= self.margin_text,
            "breaks": found.breaks >= self.breaks,
            "p95": found.distance.p95 <= self.p95_mm,
            "ink": found.ink >= self.ink,
        }
        return tuple(name for name, good in checks.items() if not good)
