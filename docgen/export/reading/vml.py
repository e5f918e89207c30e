"""`w:pict`: VML pictures, text boxes, lines and WordArt (the older form, and what watermarks are written in)."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from docgen.export.reading.colours import named
from docgen.export.reading.drawings import MAX_ITEMS, Anchor, Drawing, Item, Spot, Stroke, TextFrame, length
from docgen.export.reading.properties import W, local

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from lxml.etree import _Element

V = "{urn:schemas-microsoft-com:vml}"
_W10 = "{urn:schemas-microsoft-com:office:word}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_LENGTH = re.compile(r"\s*(-?[0-9]{0,9}(?:\.[0-9]{1,9})?)\s*(pt|in|cm|mm|pc|px|emu|)\s*")
_POINTS = {"pt": 1.0, "in": 72.0, "cm": 72 / 2.54, "mm": 72 / 25.4, "pc": 12.0, "px": 0.75, "emu": 1 / 12700, "": 0.75}
_SHAPES = {"rect": "rect", "roundrect": "roundRect", "oval": "ellipse", "line": "line"}
# o:spt numbers of shape types that stand for shapes of their own; the rest is drawn by a path that isn't read here.
_TYPES = {
    "1": "rect", "2": "roundRect", "3": "ellipse", "4": "diamond", "5": "triangle", "20": "line", "32": "line",
    "75": "", "136": "words", "202": "rect", "12": "star5",
}  # fmt: skip
_HORIZONTAL = {"margin": "margin", "page": "page", "text": "column", "char": "character"}
_VERTICAL = {"margin": "margin", "page": "page", "text": "paragraph", "line": "line"}
_WRAPS = {"square": "square", "tight": "tight", "through": "through", "topAndBottom": "topAndBottom", "none": "none"}
_ANCHORS = {"middle": "middle", "bottom": "bottom", "middle-center": "middle", "bottom-center": "bottom"}
_DASHES: Mapping[str, tuple[float, ...]] = {
    "dash": (4, 3), "dashdot": (4, 3, 1, 3), "dot": (1, 3), "shortdash": (3, 1), "shortdot": (1, 1), "1 1": (1, 1),
    "longdash": (8, 3), "longdashdot": (8, 3, 1, 3), "3 1": (3, 1),
}  # fmt: skip


def read_pict(element: _Element) -> Iterator[Drawing]:
    """The drawings of a `w:pict` or `w:object`: each of its shapes."""
    if local(element) == "object" and not any(True for _ in element.iter(f"{V}shape")):
        yield Drawing(0, 0, undrawn=("w:object",))
    for child in element:
        name = local(child)
        if name == "group":
            yield _group(child)
        elif name in {"shape", *_SHAPES}:
            style = _style(child)
            spot = _spot(child, style)
            undrawn: list[str] = []
            item = _item(child, style, spot, undrawn)
            anchor = _anchor(child, style)
            if anchor is not None and name == "line":
                anchor = _moved(anchor, spot)
            items = (_at_corner(item),) if item is not None else ()
            yield Drawing(spot.width, spot.height, items, child.get("alt", ""), anchor, tuple(undrawn))
        elif name in {"OLEObject", "control", "ocx", "movie"}:
            yield Drawing(0, 0, undrawn=(f"w:{name}" if name != "OLEObject" else "o:OLEObject",))
        elif name not in {"shapetype", "", "background", "anchorlock", "binData"}:
            yield Drawing(0, 0, undrawn=(f"v:{name}",))


def _group(element: _Element) -> Drawing:
    style = _style(element)
    spot = _spot(element, style)
    items: list[Item] = []
    undrawn: list[str] = []
    _members(element, Spot(0, 0, spot.width, spot.height), items, undrawn, 0)
    return Drawing(
        spot.width, spot.height, tuple(items), element.get("alt", ""), _anchor(element, style), tuple(undrawn)
    )


def _members(group: _Element, whole: Spot, items: list[Item], undrawn: list[str], depth: int) -> None:
    """The shapes of a group, from its own coordinates to points."""
    x0, y0 = _pair(group.get("coordorigin"), 0.0)
    across, down = _pair(group.get("coordsize"), 1000.0)
    scale_x, scale_y = whole.width / (across or 1000.0), whole.height / (down or 1000.0)
    for child in group:
        name = local(child)
        style = _style(child)
        spot = Spot(
            length(whole.x + (_bare(style, "left", child, "from", 0) - x0) * scale_x),
            length(whole.y + (_bare(style, "top", child, "from", 1) - y0) * scale_y),
            length(abs(_bare(style, "width", child, "size", 0) * scale_x)),
            length(abs(_bare(style, "height", child, "size", 1) * scale_y)),
            _degrees(style.get("rotation", "0")), "x" in style.get("flip", ""), "y" in style.get("flip", ""),
        )  # fmt: skip
        if len(items) >= MAX_ITEMS or depth > 16:  # noqa: PLR2004 — nobody groups sixteen deep
            undrawn.append("v:group")
            return
        if name == "group":
            _members(child, spot, items, undrawn, depth + 1)
        elif name in {"shape", *_SHAPES}:
            item = _item(child, style, spot, undrawn)
            if item is not None:
                items.append(item)


def _item(element: _Element, style: Mapping[str, str], spot: Spot, undrawn: list[str]) -> Item | None:
    """What one VML shape shows."""
    image, words, box = element.find(f"{V}imagedata"), element.find(f"{V}textpath"), element.find(f"{V}textbox")
    if image is not None:
        crop = (_share(image, "cropleft"), _share(image, "croptop"), _share(image, "cropright"),
                _share(image, "cropbottom"))  # fmt: skip
        washed = image.get("gain") is not None or image.get("blacklevel") is not None
        stroke = _stroke(element) if element.get("stroked") in {"t", "true"} else None
        # a washed-out watermark picture is drawn paler instead of brighter
        return Item(spot, image.get(f"{_R}id", "") or "?", crop, 0.5 if washed else 1.0, "rect", "", stroke)
    if words is not None and words.get("string", "").strip():
        font = _declarations(words.get("style", "")).get("font-family", "").strip("\"' ")
        return Item(spot, words=words.get("string", ""), words_font=font, opacity=_opacity(element),
                    words_colour=_fill(element) or "#c0c0c0")  # fmt: skip
    content = next(iter(box.iter(f"{W}txbxContent")), None) if box is not None else None
    text = _text(content, box, style) if content is not None and box is not None else None
    shape = _SHAPES.get(local(element), "")
    if local(element) == "shape":
        kind = element.get("type", "").rpartition("_t")[2]
        shape = _TYPES.get(kind, "rect" if text is not None else "?")
        if shape == "?":
            undrawn.append("v:shape")
            return None
    if element.get("stroked") in {"f", "false"} and element.get("filled") in {"f", "false"} and text is None:
        return None
    return Item(spot, shape=shape, fill=_fill(element) if shape != "line" else "", stroke=_stroke(element), text=text)


def _text(content: _Element, box: _Element, style: Mapping[str, str]) -> TextFrame:
    parts = [*box.get("inset", "").split(","), "", "", "", ""][:4]
    insets = tuple(
        _points(part) if part.strip() else default for part, default in zip(parts, (7.2, 3.6, 7.2, 3.6), strict=True)
    )
    own = _declarations(box.get("style", ""))
    turn = 0.0
    if own.get("layout-flow", "").startswith("vertical"):
        turn = 270.0 if own.get("mso-layout-flow-alt") == "bottom-to-top" else 90.0
    return TextFrame(
        content, (insets[0], insets[1], insets[2], insets[3]),
        _ANCHORS.get(style.get("v-text-anchor", "top"), "top"), own.get("mso-fit-shape-to-text", "f")[:1] == "t", turn,
    )  # fmt: skip


def _fill(element: _Element) -> str:
    if element.get("filled") in {"f", "false"}:
        return ""
    return named(element.get("fillcolor") or "white")


def _opacity(element: _Element) -> float:
    fill = element.find(f"{V}fill")
    text = fill.get("opacity", "1") if fill is not None else "1"
    try:
        value = float(text.removesuffix("f")) / (65536 if text.endswith("f") else 1)
    except ValueError:
        return 1.0
    return min(max(value, 0.0), 1.0)


def _stroke(element: _Element) -> Stroke | None:
    if element.get("stroked") in {"f", "false"}:
        return None
    own = element.find(f"{V}stroke")
    weight = element.get("strokeweight")
    dash = own.get("dashstyle", "") if own is not None else ""
    head, tail = (own is not None and own.get(name, "none") not in {"none", ""} for name in ("startarrow", "endarrow"))
    width = _points(weight) if weight else 0.75
    return Stroke(max(width, 0.25), named(element.get("strokecolor") or "black"), _DASHES.get(dash, ()), head, tail)


def _spot(element: _Element, style: Mapping[str, str]) -> Spot:
    """The rectangle as its style gives it; a `v:line` has two ends instead."""
    turn, flip = _degrees(style.get("rotation", "0")), style.get("flip", "")
    if local(element) == "line":
        x1, y1 = (_points(part) for part in _two(element.get("from", "0,0")))
        x2, y2 = (_points(part) for part in _two(element.get("to", "0,0")))
        return Spot(min(x1, x2), min(y1, y2), abs(x2 - x1), abs(y2 - y1), turn, x2 < x1, y2 < y1)
    return Spot(
        _points(style.get("margin-left") or style.get("left", "0")),
        _points(style.get("margin-top") or style.get("top", "0")),
        abs(_points(style.get("width", "0"))), abs(_points(style.get("height", "0"))), turn, "x" in flip, "y" in flip,
    )  # fmt: skip


def _at_corner(item: Item) -> Item:
    """The item at the corner of its own drawing, which the anchor places."""
    return replace(item, spot=replace(item.spot, x=0.0, y=0.0))


def _moved(anchor: Anchor, spot: Spot) -> Anchor:
    return replace(anchor, h_offset=spot.x, v_offset=spot.y)


def _anchor(element: _Element, style: Mapping[str, str]) -> Anchor | None:
    if style.get("position") != "absolute":
        return None
    wrap = element.find(f"{_W10}wrap")
    aligned_h, aligned_v = style.get("mso-position-horizontal", ""), style.get("mso-position-vertical", "")
    order = style.get("z-index", "0")
    number = int(order) if order.lstrip("-").isdecimal() and len(order) < 12 else 0  # noqa: PLR2004 — 32 bits
    gaps = tuple(_points(style.get(f"mso-wrap-distance-{side}", "0")) for side in ("left", "top", "right", "bottom"))
    return Anchor(
        _HORIZONTAL.get(style.get("mso-position-horizontal-relative", "text"), "column"),
        "" if aligned_h in {"absolute", ""} else aligned_h,
        _points(style.get("margin-left") or style.get("left", "0")),
        _VERTICAL.get(style.get("mso-position-vertical-relative", "text"), "paragraph"),
        "" if aligned_v in {"absolute", ""} else aligned_v,
        _points(style.get("margin-top") or style.get("top", "0")),
        _WRAPS.get(wrap.get("type", "none"), "none") if wrap is not None else "none",
        number < 0, number & 0xFFFFFFFF if number < 0 else number, (gaps[0], gaps[1], gaps[2], gaps[3]),
    )  # fmt: skip


def _style(element: _Element) -> dict[str, str]:
    return _declarations(element.get("style", ""))


def _declarations(text: str) -> dict[str, str]:
    pairs = (part.partition(":") for part in text.split(";"))
    return {name.strip().lower(): value.strip() for name, _, value in pairs if name.strip()}


def _points(text: str) -> float:
    """A VML length in points; one without a unit is in pixels of 1/96 inch."""
    match = _LENGTH.fullmatch(text)
    if match is None or match[1] in {"", "-"}:
        return 0.0
    return length(float(match[1]) * _POINTS[match[2]])


def _degrees(text: str) -> float:
    fine = text.endswith("fd")
    try:
        value = float(text.removesuffix("fd")) / (65536 if fine else 1)
    except ValueError:
        return 0.0
    return value % 360 if abs(value) < 1e9 else 0.0  # noqa: PLR2004 — no angle


def _two(text: str) -> tuple[str, str]:
    first, _, second = text.partition(",")
    return first or "0", second or "0"


def _pair(text: str | None, default: float) -> tuple[float, float]:
    first, second = _two(text) if text else ("", "")
    return _plain(first, default), _plain(second, default)


def _plain(text: str, default: float) -> float:
    match = _LENGTH.fullmatch(text)
    return float(match[1]) if match is not None and match[1] not in {"", "-"} else default


def _bare(style: Mapping[str, str], name: str, element: _Element, ends: str, axis: int) -> float:
    """A length in the group's own units; a `v:line` has two ends instead."""
    if local(element) == "line":
        begin = _plain(_two(element.get("from", "0,0"))[axis], 0.0)
        end = _plain(_two(element.get("to", "0,0"))[axis], 0.0)
        return min(begin, end) if ends == "from" else abs(end - begin)
    return _plain(style.get(name, "0"), 0.0)


def _share(element: _Element, name: str) -> float:
    text = element.get(name, "0")
    try:
        value = float(text.removesuffix("f")) / (65536 if text.endswith("f") else 1)
    except ValueError:
        return 0.0
    return min(max(value, -1.0), 0.99)
