"""The places of the laid-out pages where somebody signs or seals, and the room that is kept for it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from docgen.export.lines.writer import SIGNING_CLASS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_POINTS = 0.75  # WeasyPrint lays out in CSS pixels
_SEAL, _BY_HAND = re.compile(r"章|印鉴"), re.compile(r"签字|签名")
_DATE = re.compile(r"^日期|^Date")
_SEAL_SIZE, _SEAL_INSET = 85.0, 24.0  # up to 30 mm, a little right of where its label begins
_SIGNATURE_WIDTH, _LEAST_WIDTH = 100.0, 60.0
_SIGNATURE_HEIGHT, _LEAST_HEIGHT = 42.0, 18.0
_TOUCHES = 1.5


@dataclass(frozen=True, slots=True)
class SigningPlace:
    """One label such as 出质人（公章）, without its colon, and the room beside it, in points from the lower left.

    `page` counts from 0; `owner` is the name that stands with the label; `seals` tells whether a seal is asked for.
    """

    page: int
    label: str
    owner: str
    seals: bool
    left: float
    bottom: float
    right: float
    top: float

    @property
    def title(self) -> str:
        """What tells the place from the others of its paper."""
        return f"{self.label}：{self.owner}" if self.owner else self.label


@dataclass(slots=True)
class _Area:
    """A rectangle; lengths in points from the upper left."""

    left: float
    top: float
    right: float
    bottom: float


@dataclass(slots=True)
class _Text(_Area):
    """A line of text, joined from its runs."""

    text: str
    signs: bool


@dataclass(slots=True)
class _Cell(_Area):
    """A table cell, or all that stands outside of tables, with its lines."""

    lines: list[_Text] = field(default_factory=list)


def signing_places(pages: Sequence[Any]) -> tuple[SigningPlace, ...]:
    """Every place of WeasyPrint's pages where a label of the style 签署处 stands, in reading order."""
    return tuple(place for number, page in enumerate(pages) for place in _on_page(number, page))


def _on_page(number: int, page: Any) -> Iterator[SigningPlace]:  # noqa: ANN401 — WeasyPrint has no type information
    box = page._page_box  # noqa: SLF001 — WeasyPrint 70 shows what it laid out nowhere else
    rows: list[list[_Cell]] = [[_cell(box)]]
    _collect(box, rows[0][0], rows)
    for at, row in enumerate(rows):
        for column, cell in enumerate(row):
            for line in cell.lines:
                if line.signs:
                    owner = _owner(rows, at, column) if at else ""
                    yield _place(number, line, cell, owner, page.height * _POINTS)


def _cell(box: Any) -> _Cell:  # noqa: ANN401 — same
    left, top = box.content_box_x() * _POINTS, box.border_box_y() * _POINTS
    return _Cell(left, top, left + box.width * _POINTS, top + box.border_height() * _POINTS)


def _collect(box: Any, cell: _Cell, rows: list[list[_Cell]]) -> None:  # noqa: ANN401 — same
    """Put each line of text into the cell it stands in, cells of one row together."""
    kind = type(box).__name__
    if kind == "TextBox":
        _add(box, cell)
        return
    if kind == "TableRowBox":
        rows.append([])
    elif kind == "TableCellBox":
        cell = _cell(box)
        rows[-1].append(cell)
    for child in getattr(box, "children", ()):
        _collect(child, cell, rows)


def _add(box: Any, cell: _Cell) -> None:  # noqa: ANN401 — same
    if not box.text.strip():
        return
    classes = (box.element.get("class") or "").split() if box.element is not None else ()
    left, top = box.position_x * _POINTS, box.position_y * _POINTS
    right, baseline = left + box.width * _POINTS, top + box.baseline * _POINTS
    line = _Text(left, top, right, baseline, box.text, SIGNING_CLASS in classes)
    last = cell.lines[-1] if cell.lines else None
    if last is not None and last.signs == line.signs and abs(last.bottom - baseline) < _TOUCHES:
        last.text, last.right, last.top = last.text + line.text, right, min(last.top, top)
    else:
        cell.lines.append(line)


def _place(page: int, label: _Text, cell: _Cell, owner: str, height: float) -> SigningPlace:
    text = label.text.strip().rstrip("：:")
    seals = _SEAL.search(text) is not None and _BY_HAND.search(text) is None
    area = _for_seal(label, cell) if seals else _for_signature(label, cell)
    return SigningPlace(page, text, owner, seals, area.left, height - area.bottom, area.right, height - area.top)


def _owner(rows: Sequence[Sequence[_Cell]], at: int, column: int) -> str:
    """The name that stands with a label: in its cell or row, else in its column in the row before or after."""
    row = rows[at]
    near = [rows[one][column] for one in (at - 1, at + 1) if 0 < one < len(rows) and column < len(rows[one])]
    cells = [cell for cell in (row[column], *row, *near[:1]) if any(line.signs for line in cell.lines)]
    if not any(line.signs for cell in near[-1:] for line in cell.lines):
        cells += near[-1:]
    lines = (line for cell in cells for line in cell.lines if not line.signs)
    return next((text for line in lines if not _DATE.match(text := line.text.strip())), "")


def _for_seal(label: _Text, cell: _Cell) -> _Area:
    """A seal lies on the name under its label, inside its cell."""
    left = min(label.left + _SEAL_INSET, max(cell.right - _LEAST_WIDTH, cell.left))
    bottom = min(cell.bottom, label.top + _SEAL_SIZE)
    return _Area(left, min(label.bottom, bottom - _LEAST_HEIGHT), min(left + _SEAL_SIZE, cell.right), bottom)


def _for_signature(label: _Text, cell: _Cell) -> _Area:
    """A signature follows its label; where a long label leaves no room, it stands below the label's end.

    It keeps clear of what stands under the label, a date most often.
    """
    below = [line for line in cell.lines if line.bottom > label.bottom + _TOUCHES]
    floor = min([line.top for line in below], default=cell.bottom)
    if cell.right - label.right >= _LEAST_WIDTH:
        bottom = max(min(floor, label.bottom + _SIGNATURE_HEIGHT / 2), label.bottom)
        top = max(min(cell.top, bottom - _LEAST_HEIGHT), bottom - _SIGNATURE_HEIGHT)
        return _Area(label.right, top, min(label.right + _SIGNATURE_WIDTH, cell.right), bottom)
    left = max(
        [cell.right - _SIGNATURE_WIDTH, *(line.right for line in below if line.right < cell.right - _LEAST_WIDTH)]
    )
    bottom = max(min(cell.bottom, label.bottom + _SIGNATURE_HEIGHT), label.bottom + _LEAST_HEIGHT)
    return _Area(left, label.bottom + _TOUCHES, cell.right, bottom)
