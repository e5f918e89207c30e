"""Drawings as HTML: pictures, shapes and text boxes, in a box of the drawing's size."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from docgen.diagnostics import Diagnostic, ExportError, Severity
from docgen.export.pages.images import Images, Reason, UnusableError
from docgen.export.pages.shapes import shape_svg
from docgen.export.pages.sheet import points
from docgen.export.reading.colours import theme_colours
from docgen.export.reading.drawingml import one_branch, read_drawing
from docgen.export.reading.properties import local
from docgen.export.reading.vml import read_pict

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from lxml.etree import _Element

    from docgen.export.findings import Findings
    from docgen.export.pages.sheet import Sheet
    from docgen.export.reading.drawings import Anchor, Drawing, Item, Spot, TextFrame
    from docgen.word.package import Package

_MAX_NESTED = 3  # Word puts no text box into a text box; files of other programs do
_OVERFLOW = 1.0  # points by which text may reach over its box: half a line would be three times that
_REASONS = {
    Reason.DAMAGED: ("图片残缺或不是图片", "it is damaged or no picture"),
    Reason.SIZE: ("图片展开后过大", "it is too large once decoded"),
    Reason.EMPTY: ("文件中没有这张图片", "the file holds no such picture"),
}
_NO_ALT = "图片"  # an archive file wants a description of every picture


@dataclass(frozen=True, slots=True)
class Drawn:
    """One drawing ready to be placed; lengths in points."""

    width: float
    height: float
    html: str
    anchor: Anchor | None = None
    wraps_text: bool = False


class PictureSetter:
    """Draws the drawings of one document."""

    def __init__(self, package: Package, theme: _Element | None, sheet: Sheet, findings: Findings) -> None:
        """`part` and `set_text` are given per part: the part's name, and what sets the paragraphs of a text box."""
        self._package, self._sheet, self._findings = package, sheet, findings
        self._theme: Mapping[str, str] = theme_colours(theme)
        self.images = Images()
        self.part = package.main
        self.set_text: Callable[[_Element, float], tuple[str, float]]
        self.set_words: Callable[[str, str, float], tuple[str, float, str]]
        self._depth = 0

    def draw(self, element: _Element) -> list[Drawn]:
        """The drawings of a `w:drawing`, `w:pict`, `w:object` or `mc:AlternateContent`, of which one branch counts."""
        found: list[Drawn] = []
        shown: set[_Element] = set()
        for drawing in self._read(element):
            shown.update(item.text.content for item in drawing.items if item.text is not None)
            for name in drawing.undrawn:
                self._findings.report("X082", feature=name)
            for name in drawing.lost:
                self._findings.report("X087", feature=name)
            for name in drawing.effects:
                self._findings.report("X084", feature=name)
            found.append(self._drawn(drawing))
        for box in _texts(element):
            if box not in shown:
                self._findings.report("X087", feature=local(box))
        return found

    def _read(self, element: _Element) -> Iterator[Drawing]:
        name = local(element)
        if name == "AlternateContent":
            for child in one_branch(element):
                yield from self._read(child)
        elif name == "drawing":
            drawing = read_drawing(element, self._theme)
            if drawing is not None:
                yield drawing
        elif name in {"pict", "object"}:
            yield from read_pict(element)

    def _drawn(self, drawing: Drawing) -> Drawn:
        if self._depth >= _MAX_NESTED:
            args = {"limit": str(_MAX_NESTED), "what": "nested text boxes"}
            raise ExportError([Diagnostic("X004", Severity.ERROR, self._findings.place(), args)])
        alt = drawing.alt or _NO_ALT
        inner = "".join(self._item(item, alt) for item in drawing.items)
        return Drawn(drawing.width, drawing.height, inner, drawing.anchor)

    def _item(self, item: Item, alt: str) -> str:
        if item.picture:
            out = self._picture(item, alt)
            frame = self._shape(item) if item.stroke is not None else ""
            return out + frame
        if item.words:
            return self._words(item)
        if item.text is not None:
            return self._text_box(item, item.text)
        return self._shape(item)

    def _picture(self, item: Item, alt: str) -> str:
        part = self._part(item.picture)
        try:
            image = self.images.add(self._package.parts.get(part, b""))
        except UnusableError as fault:
            if fault.reason is Reason.FORMAT:
                self._findings.report("X081", feature=fault.what)
            else:
                zh, en = _REASONS[fault.reason]
                self._findings.report("X080", feature=part or item.picture, **{"reason.zh": zh, "reason.en": en})
            return ""
        left, top, right, bottom = item.crop
        spot = item.spot
        look = f";opacity:{item.opacity:.3g}" if item.opacity < 1 else ""
        source = f'src="{image.url}" alt="{escape(alt)}"'
        if not any(item.crop) and item.shape != "ellipse":
            return f'<img class="{self._name(_at(spot) + look)}" {source}/>'
        width, height = spot.width / max(1 - left - right, 0.01), spot.height / max(1 - top - bottom, 0.01)
        inner = f"position:absolute;left:{points(-left * width)};top:{points(-top * height)}"
        inner += f";width:{points(width)};height:{points(height)}"
        edge = ";border-radius:50%" if item.shape == "ellipse" else ""
        outer = self._name(f"{_at(spot)};overflow:hidden{edge}{look}")
        return f'<object class="{outer}"><img class="{self._name(inner)}" {source}/></object>'

    def _part(self, relation: str) -> str:
        links = self._package.relationships.get(self.part, ())
        return next((link.part or "" for link in links if link.id == relation and not link.external), "")

    def _shape(self, item: Item) -> str:
        fill = "" if item.picture else item.fill
        drawn = shape_svg(item.shape, item.spot.width, item.spot.height, fill, item.stroke)
        if drawn is None:
            self._findings.report("X082", feature=f"a:prstGeom {item.shape}")
            return ""
        svg, margin = drawn
        if not svg:
            return ""
        css = _at(item.spot, margin)
        return svg.replace("<svg ", f'<svg alt="" class="{self._name(css)}" ', 1)

    def _text_box(self, item: Item, text: TextFrame) -> str:
        """The shape with its text, which stands in a box of its own that no page break divides."""
        left, top, right, bottom = text.insets
        across = item.spot.height if text.turn else item.spot.width
        down = item.spot.width if text.turn else item.spot.height
        self._depth += 1
        html, height = self.set_text(text.content, max(across - left - right, 10.0))
        self._depth -= 1
        room = down - top - bottom
        spot = item.spot
        if height > room + _OVERFLOW and not text.grows:
            self._findings.report("X086")
        share = {"middle": 0.5, "bottom": 1.0}.get(text.anchor, 0.0)
        shift = top + max(room - height, 0.0) * share
        middle_x, middle_y = spot.x + spot.width / 2, spot.y + spot.height / 2
        turned = (spot.turn + text.turn) % 360
        css = f"position:absolute;left:{points(middle_x - across / 2)};top:{points(middle_y - down / 2)}"
        css += f";width:{points(across)};height:{points(down)}" + (
            f";transform:rotate({turned:g}deg)" if turned else ""
        )
        css += ";text-align:left;text-indent:0"
        inner = "display:inline-block;vertical-align:top;white-space:normal"
        inner += f";padding:{points(shift)} {points(right)} 0 {points(left)};width:{points(across - left - right)}"
        box = f'<object class="{self._name(inner)}">{html}</object>' if html else ""
        return f'{self._shape(item)}<object class="{self._name(css)}">{box}</object>'

    def _words(self, item: Item) -> str:
        """WordArt: one line of text stretched over the rectangle."""
        spot = item.spot
        html, height, font = self.set_words(item.words, item.words_font, spot.width)
        if not html or not height:
            return ""
        stretch = f"transform-origin:0 0;transform:scale(1,{spot.height / height:.4f})"
        line = f"display:block;position:absolute;left:0;top:0;width:{points(spot.width)};height:{points(height)}"
        line += f";white-space:pre;line-height:{points(height)};color:{item.words_colour};{font}"
        line += ";text-align:left;text-indent:0"
        look = f";opacity:{item.opacity:.3g}" if item.opacity < 1 else ""
        inner = f'<object class="{self._name(f"{line};{stretch}")}">{html}</object>'
        return f'<object class="{self._name(_at(spot) + look)}">{inner}</object>'

    def _name(self, css: str) -> str:
        return self._sheet.name("d", css)


def _texts(element: _Element) -> Iterator[_Element]:
    """What holds text inside a drawing, in the branches that are taken; not what stands in another text box."""
    for child in one_branch(element) if local(element) == "AlternateContent" else element:
        name = local(child)
        if name in {"txbxContent", "txBody"}:
            if any(local(node) == "t" and node.text for node in child.iter()):
                yield child
        elif name:
            yield from _texts(child)


def _at(spot: Spot, margin: float = 0.0) -> str:
    """The CSS of a rectangle inside its drawing."""
    css = f"position:absolute;left:{points(spot.x - margin)};top:{points(spot.y - margin)}"
    css += f";width:{points(spot.width + 2 * margin)};height:{points(spot.height + 2 * margin)}"
    changes = [f"rotate({spot.turn:g}deg)"] if spot.turn else []
    if spot.flip_h or spot.flip_v:
        changes.append(f"scale({-1 if spot.flip_h else 1},{-1 if spot.flip_v else 1})")
    return css + (f";transform:{' '.join(changes)}" if changes else "")
