"""The comparison as a table, with its totals."""

from __future__ import annotations

from statistics import median
from typing import TYPE_CHECKING, Final

from docgen.cli.render import display_width
from docgen.cli.tables import table
from tests.fidelity.fonts import SAME_FONT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from docgen.export.compare import Agreement
    from tests.fidelity.outcome import Outcome

BREAKS_OVER_ALL: Final = 0.998
MEDIAN_P95_MM: Final = 0.8
_NAME_WIDTH: Final = 40
_HEADS: Final = ("document", "pages", "text", "heads", "breaks", "p95 mm", "ink", "verdict", "reported")


def report(outcomes: Sequence[Outcome], *, worst: bool = False) -> tuple[str, bool]:
    """The table with its totals, and whether every bar is met."""
    rows: list[Sequence[str]] = [_HEADS, *(_row(one) for one in outcomes)]
    text = table(rows)
    for one in outcomes if worst else ():
        if one.agreement is not None and one.shortfalls:
            text += "".join(f"    {one.name}: {line}\n" for line in one.agreement.worst)
    text += "".join(f"    {one.name} is good but for this: {why}\n" for one in outcomes for why in one.excuses)
    totals, good = _totals(outcomes)
    return f"{text}\n{totals}", good


def _row(one: Outcome) -> tuple[str, ...]:
    """One line of the table."""
    found = one.agreement
    if found is None:
        return (_short(one.name), "–", "–", "–", "–", "–", "–", one.failure, _said(one))
    return (
        _short(one.name),
        f"{found.pages[0]}" if found.pages_equal else f"{found.pages[0]}≠{found.pages[1]}",
        _share(found.text),
        _share(found.margin_text),
        _share(found.breaks),
        f"{found.distance.p95:.2f}",
        f"{found.ink:.3f}",
        "good" if not one.shortfalls else "below: " + ", ".join(one.shortfalls),
        _said(one),
    )


def _short(name: str) -> str:
    """A name that fits its column: the end of a paper's, where its number stands, is kept."""
    name = name.removesuffix(".docx")
    if display_width(name) <= _NAME_WIDTH:
        return name
    head, tail = name[:16], name[16:]
    while display_width(head) + display_width(tail) >= _NAME_WIDTH:
        tail = tail[1:]
    return f"{head}…{tail}"


def _share(value: float) -> str:
    """A share; what isn't quite 1 is never rounded to it."""
    return "1" if value == 1 else f"{min(value, 0.9999):.4f}"


def _said(one: Outcome) -> str:
    """What docgen reported, and the fonts that only one side used."""
    said = ", ".join(one.reported)
    if one.agreement is not None and (differing := other_fonts(one.agreement)):
        said += ("; " if said else "") + "fonts " + ", ".join(differing)
    return said or "–"


def other_fonts(found: Agreement) -> tuple[str, ...]:
    """The fonts that only the reference (-) or only docgen (+) used; both names of the comparison's fonts are one."""
    before, after = (
        {SAME_FONT.get(name, name) for name in fonts} for fonts in (found.fonts_reference_only, found.fonts_test_only)
    )
    return (*(f"-{name}" for name in sorted(before - after)), *(f"+{name}" for name in sorted(after - before)))


def _totals(outcomes: Sequence[Outcome]) -> tuple[str, bool]:
    """The figures over all documents; the lines of a document without a PDF are all missed."""
    compared = [one.agreement for one in outcomes if one.agreement is not None]
    shared = sum(one.breaks_shared for one in compared)
    either = sum(one.breaks_either for one in compared)
    either += sum(one.lines for one in outcomes if one.agreement is None)
    breaks = shared / either if either else 0.0
    middle = median(one.distance.p95 for one in compared) if compared else float("inf")
    good = sum(not one.shortfalls for one in outcomes)
    enough = good == len(outcomes) > 0 and breaks >= BREAKS_OVER_ALL and middle <= MEDIAN_P95_MM
    text = (
        f"{good} of {len(outcomes)} documents are good; over all, {_share(breaks)} of the line breaks agree "
        f"(bar {BREAKS_OVER_ALL}), and the median document's p95 is {middle:.2f} mm (bar {MEDIAN_P95_MM}).\n"
    )
    return text, enough
