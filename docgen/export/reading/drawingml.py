"""`w:drawing`: DrawingML pictures, shapes, text boxes and groups as `Drawing`."""

from __future__ import annotations

import math
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from docgen.export.reading.colours import theme_colour
from docgen.export.reading.drawings import MAX_ITEMS, Anchor, Drawing, Item, Spot, Stroke, TextFrame, length
from docgen.export.reading.properties import W, local
from docgen.export.reading.values import number

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lxml.etree import _Element

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_EMU = 12700  # per point
_TURN = 60000  # DrawingML's angles are in sixtieths of a thousandth of a degree
_WRAPS = {
    "wrapNone": "none", "wrapSquare": "square", "wrapTight": "tight", "wrapThrough": "through",
    "wrapTopAndBottom": "topAndBottom",
}  # fmt: skip
_DASHES: Mapping[str, tuple[float, ...]] = {
    "dash": (4, 3), "dashDot": (4, 3, 1, 3), "dot": (1, 3), "lgDash": (8, 3), "lgDashDot": (8, 3, 1, 3),
    "lgDashDotDot": (8, 3, 1, 3, 1, 3), "sysDash": (3, 1), "sysDashDot": (3, 1, 1, 1), "sysDot": (1, 1),
    "sysDashDotDot": (3, 1, 1, 1, 1, 1),
}  # fmt: skip
# Things that change a picture's look and are left out, as they hold nothing of their own.
_EFFECTS = frozenset((
    "outerShdw", "innerShdw", "prstShdw", "glow", "softEdge", "reflection", "blur", "fillOverlay", "duotone", "biLevel",
    "grayscl", "lum", "clrChange", "clrRepl", "scene3d", "sp3d", "gradFill", "pattFill", "blipFill", "alphaBiLevel",
))  # fmt: skip
_ANCHORS = {"t": "top", "ctr": "middle", "b": "bottom"}
_TURNED_TEXT = {"vert": 90.0, "vert270": 270.0, "eaVert": 90.0}


@dataclass(slots=True)
class _Found:
    """What a drawing's graphic turns out to hold."""

    items: list[Item] = field(default_factory=list)
    undrawn: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    effects: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Scale:
    """From a group's own coordinates (EMU) to points in the drawing."""

    x: float = 0.0
    y: float = 0.0
    across: float = 1 / _EMU
    down: float = 1 / _EMU

    def spot(self, transform: _Element | None, whole: Spot) -> Spot:
        """The rectangle of an `a:xfrm`, the whole drawing without one."""
        corner = transform.find(f"{A}off") if transform is not None else None
        size = transform.find(f"{A}ext") if transform is not None else None
        if transform is None or size is None:
            return whole
        x, y = (_emu(corner, "x"), _emu(corner, "y")) if corner is not None else (0.0, 0.0)
        return Spot(
            length(self.x + x * self.across), length(self.y + y * self.down),
            length(_emu(size, "cx") * self.across), length(_emu(size, "cy") * self.down),
            _emu(transform, "rot") / _TURN % 360, transform.get("flipH") in {"1", "true"},
            transform.get("flipV") in {"1", "true"},
        )  # fmt: skip


def read_drawing(element: _Element, theme: Mapping[str, str]) -> Drawing | None:
    """The drawing of a `w:drawing`; None for one without an inline or an anchor."""
    holder = next((child for child in element if local(child) in {"inline", "anchor"}), None)
    if holder is None:
        return None
    extent = holder.find(f"{WP}extent")
    width, height = (_points(extent, "cx"), _points(extent, "cy")) if extent is not None else (0.0, 0.0)
    whole = Spot(0, 0, max(width, 0.0), max(height, 0.0))
    inline = local(holder) == "inline"
    found = _Found()
    graphic = holder.find(f"{A}graphic/{A}graphicData")
    reader = _Reader(theme, found)
    for child in graphic if graphic is not None else ():
        reader.read(child, whole, None)
    facts = holder.find(f"{WP}docPr")
    alt = (facts.get("descr") or facts.get("title") or "") if facts is not None else ""
    size, items = _in_line(whole, found.items) if inline else ((whole.width, whole.height), found.items)
    return Drawing(
        *size, tuple(items), alt, None if inline else _anchor(holder),
        tuple(dict.fromkeys(found.undrawn)), tuple(dict.fromkeys(found.lost)), tuple(dict.fromkeys(found.effects)),
    )  # fmt: skip


def _in_line(whole: Spot, items: list[Item]) -> tuple[tuple[float, float], list[Item]]:
    """The room a drawing takes in its line: one that is turned as a whole takes what it then covers."""
    turn = items[0].spot.turn if len(items) == 1 else 0.0
    if not turn % 180:
        return (whole.width, whole.height), items
    angle = math.radians(turn)
    across, down = abs(math.cos(angle)), abs(math.sin(angle))
    width, height = whole.width * across + whole.height * down, whole.width * down + whole.height * across
    spot = replace(items[0].spot, x=(width - whole.width) / 2, y=(height - whole.height) / 2)
    return (width, height), [replace(items[0], spot=spot)]


class _Reader:
    """Reads the graphic of one drawing into `found`."""

    def __init__(self, theme: Mapping[str, str], found: _Found) -> None:
        self._theme, self._found = theme, found

    def read(self, element: _Element, whole: Spot, scale: _Scale | None, depth: int = 0) -> None:
        """One picture, shape or group; `scale` is None at the top, where the drawing's size counts."""
        name = local(element)
        if len(self._found.items) >= MAX_ITEMS or depth > 16:  # noqa: PLR2004 — nobody groups sixteen deep
            self._found.undrawn.append("wpg:wgp")
        elif name == "pic":
            self._picture(element, whole, scale)
        elif name in {"wsp", "cxnSp"}:
            self._shape(element, whole, scale)
        elif name in {"wgp", "grpSp", "wpc"}:
            self._group(element, whole, scale, depth)
        elif name == "AlternateContent":
            for child in one_branch(element):
                self.read(child, whole, scale, depth + 1)
        elif name == "relIds":
            self._found.lost.append("SmartArt")
        elif name and name not in {"cNvPr", "cNvGrpSpPr", "grpSpPr", "bg", "whole", "cNvFrPr", "extLst"}:
            self._found.undrawn.append({"chart": "c:chart", "graphicFrame": "c:chart"}.get(name, name))

    def _picture(self, element: _Element, whole: Spot, scale: _Scale | None) -> None:
        properties = _child(element, "spPr")
        blip = next(iter(element.iter(f"{A}blip")), None)
        spot = _turned(whole, properties) if scale is None else scale.spot(_transform(properties), whole)
        name = blip.get(f"{R}embed", "") if blip is not None else ""
        linked = blip is not None and not name and blip.get(f"{R}link")
        if linked:
            self._found.undrawn.append("r:link")
        source = next(iter(element.iter(f"{A}srcRect")), None)
        crop = tuple(_share(source, side) for side in "ltrb") if source is not None else (0.0, 0.0, 0.0, 0.0)
        alpha = blip.find(f"{A}alphaModFix") if blip is not None else None
        opacity = number(alpha.get("amt"), 100000) / 100000 if alpha is not None else 1.0
        self._note_effects(element, "blipFill")
        shape = self._preset(properties) or "rect"
        self._found.items.append(
            Item(spot, name, (crop[0], crop[1], crop[2], crop[3]), min(max(opacity, 0.0), 1.0),
                 "rect" if shape != "ellipse" else shape, "", self._stroke(properties, None))
        )  # fmt: skip

    def _shape(self, element: _Element, whole: Spot, scale: _Scale | None) -> None:
        properties, style, body = _child(element, "spPr"), _child(element, "style"), _child(element, "bodyPr")
        spot = _turned(whole, properties) if scale is None else scale.spot(_transform(properties), whole)
        shape = self._preset(properties)
        holder = _child(element, "txbx")
        content = next(iter(holder.iter(f"{W}txbxContent")), None) if holder is not None else None
        text = _text_frame(content, body) if content is not None else None
        self._note_effects(element, "blipFill" if text is None else "")
        if shape == "custGeom":
            self._found.undrawn.append("a:custGeom")
        if properties is not None and properties.find(f"{A}blipFill") is not None:
            self._found.undrawn.append("a:blipFill")
        fill, stroke = self._fill(properties, style), self._stroke(properties, style)
        self._found.items.append(Item(spot, shape=shape, fill=fill, stroke=stroke, text=text))

    def _group(self, element: _Element, whole: Spot, scale: _Scale | None, depth: int) -> None:
        transform = _transform(_child(element, "grpSpPr"))
        spot = whole if scale is None else scale.spot(transform, whole)
        inner = _Scale(spot.x, spot.y)
        if transform is not None:
            size, corner = transform.find(f"{A}chExt"), transform.find(f"{A}chOff")
            across = spot.width / (_emu(size, "cx") or 1.0) if size is not None else 1 / _EMU
            down = spot.height / (_emu(size, "cy") or 1.0) if size is not None else 1 / _EMU
            x, y = (_emu(corner, "x"), _emu(corner, "y")) if corner is not None else (0.0, 0.0)
            inner = _Scale(spot.x - x * across, spot.y - y * down, across, down)
        begin = len(self._found.items)
        for child in element:
            self.read(child, spot, inner, depth + 1)
        turn = _emu(transform, "rot") / _TURN if transform is not None else 0.0
        if turn:
            x, y = spot.x + spot.width / 2, spot.y + spot.height / 2
            self._found.items[begin:] = [
                replace(item, spot=item.spot.turned_about(x, y, turn)) for item in self._found.items[begin:]
            ]
        if transform is not None and {transform.get("flipH"), transform.get("flipV")} & {"1", "true"}:
            self._found.effects.append("flip")

    def _preset(self, properties: _Element | None) -> str:
        if properties is None:
            return ""
        if properties.find(f"{A}custGeom") is not None:
            return "custGeom"
        preset = properties.find(f"{A}prstGeom")
        return preset.get("prst", "rect") if preset is not None else ""

    def _fill(self, properties: _Element | None, style: _Element | None) -> str:
        for child in properties if properties is not None else ():
            if local(child) == "noFill":
                return ""
            if local(child) == "solidFill":
                return theme_colour(child, self._theme)
            if local(child) in {"gradFill", "pattFill"}:
                return theme_colour(child, self._theme)  # the first of its colours
        reference = style.find(f"{A}fillRef") if style is not None else None
        if reference is None or reference.get("idx", "0") == "0":
            return ""
        return theme_colour(reference, self._theme)

    def _stroke(self, properties: _Element | None, style: _Element | None) -> Stroke | None:
        line = properties.find(f"{A}ln") if properties is not None else None
        reference = style.find(f"{A}lnRef") if style is not None else None
        used = reference is not None and reference.get("idx", "0") != "0"
        colour = theme_colour(reference, self._theme) if used and reference is not None else ""
        if line is None:
            return Stroke(0.75, colour) if colour else None
        if line.find(f"{A}noFill") is not None:
            return None
        fill = line.find(f"{A}solidFill")
        colour = theme_colour(fill, self._theme) if fill is not None else colour
        if not colour:
            return None
        width = _points(line, "w") if _is_number(line.get("w")) else 0.75
        dash = line.find(f"{A}prstDash")
        ends = [line.find(f"{A}{end}") for end in ("headEnd", "tailEnd")]
        head, tail = (end is not None and end.get("type", "none") != "none" for end in ends)
        dashes = _DASHES.get(dash.get("val", ""), ()) if dash is not None else ()
        return Stroke(max(width, 0.25), colour, dashes, head, tail)

    def _note_effects(self, element: _Element, leave: str) -> None:
        for child in element.iter():
            name = local(child)
            if name == "txbxContent":
                break
            if name in _EFFECTS and name != leave:
                self._found.effects.append(f"a:{name}")


def one_branch(element: _Element) -> list[_Element]:
    """What stands in the one branch of an `mc:AlternateContent` that is taken: the first choice understood here."""
    for child in element:
        if local(child) == "Choice" and set(child.get("Requires", "").split()) <= _UNDERSTOOD:
            return list(child)
    for child in element:
        if local(child) == "Fallback":
            return list(child)
    choice = next((child for child in element if local(child) == "Choice"), None)
    return list(choice) if choice is not None else []


_UNDERSTOOD = frozenset(("wps", "wpg", "wpc", "wp14", "w14", "w15", "a14", "pic14"))


def _turned(whole: Spot, properties: _Element | None) -> Spot:
    """The whole drawing; its `wp:extent` is the size before a turn."""
    transform = _transform(properties)
    if transform is None:
        return whole
    own = _Scale().spot(transform, whole)
    return Spot(0, 0, whole.width, whole.height, own.turn, own.flip_h, own.flip_v)


def _text_frame(content: _Element, body: _Element | None) -> TextFrame:
    if body is None:
        return TextFrame(content)
    left, top, right, bottom = (
        _points(body, name) if _is_number(body.get(name)) else default
        for name, default in (("lIns", 7.2), ("tIns", 3.6), ("rIns", 7.2), ("bIns", 3.6))
    )
    return TextFrame(
        content, (left, top, right, bottom), _ANCHORS.get(body.get("anchor", "t"), "top"),
        body.find(f"{A}spAutoFit") is not None, _TURNED_TEXT.get(body.get("vert", "horz"), 0.0),
    )  # fmt: skip


def _anchor(element: _Element) -> Anchor:
    wrap = next((_WRAPS[local(child)] for child in element if local(child) in _WRAPS), "none")
    h_from, h_align, h_offset = _position(element.find(f"{WP}positionH"), "column")
    v_from, v_align, v_offset = _position(element.find(f"{WP}positionV"), "paragraph")
    simple = element.find(f"{WP}simplePos")
    if element.get("simplePos") in {"1", "true"} and simple is not None:
        h_from, h_align, h_offset = "page", "", _points(simple, "x")
        v_from, v_align, v_offset = "page", "", _points(simple, "y")
    gaps = tuple(max(_points(element, f"dist{side}"), 0.0) for side in "LTRB")
    order = element.get("relativeHeight", "0")
    return Anchor(
        h_from, h_align, h_offset, v_from, v_align, v_offset, wrap, element.get("behindDoc") in {"1", "true"},
        int(order) if order.isdecimal() and len(order) < 12 else 0,  # noqa: PLR2004 — an unsigned 32-bit number
        (gaps[0], gaps[1], gaps[2], gaps[3]), element.get("layoutInCell", "1") in {"1", "true"},
    )  # fmt: skip


def _position(element: _Element | None, default: str) -> tuple[str, str, float]:
    if element is None:
        return default, "", 0.0
    align, offset = element.find(f"{WP}align"), element.find(f"{WP}posOffset")
    text = (offset.text or "").strip() if offset is not None else "0"
    moved = length(float(text) / _EMU) if _is_number(text) else 0.0
    return element.get("relativeFrom", default), (align.text or "").strip() if align is not None else "", moved


def _child(element: _Element, name: str) -> _Element | None:
    return next((child for child in element if local(child) == name), None)


def _transform(properties: _Element | None) -> _Element | None:
    return properties.find(f"{A}xfrm") if properties is not None else None


def _is_number(text: str | None) -> bool:
    return text is not None and text.strip().lstrip("-").isdecimal() and len(text) < 12  # noqa: PLR2004 — EMU fit in ten digits


def _emu(element: _Element, name: str) -> float:
    text = element.get(name)
    return float(text) if text is not None and _is_number(text) else 0.0


def _points(element: _Element, name: str) -> float:
    return length(_emu(element, name) / _EMU)


def _share(element: _Element, side: str) -> float:
    text = element.get(side)
    if text is None:
        return 0.0
    value = number(text.rstrip("%"), 0) / (100 if text.endswith("%") else 100_000)
    return min(max(value, -1.0), 0.99)
