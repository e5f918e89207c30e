"""Drawings for the exporter's tests: DrawingML as Word writes it, and small pictures."""

from __future__ import annotations

import io

from PIL import Image

_A = "http://schemas.openxmlformats.org/drawingml/2006/main"
_P = "http://schemas.openxmlformats.org/drawingml/2006/picture"
_S = "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"
_G = "http://schemas.microsoft.com/office/word/2010/wordprocessingGroup"
_WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
_NAMES = f'xmlns:a="{_A}" xmlns:pic="{_P}" xmlns:wps="{_S}" xmlns:wpg="{_G}" xmlns:wp="{_WP}"'
_EMU = 12700


def png(mode: str = "RGB", size: tuple[int, int] = (8, 8), form: str = "PNG", colour: object = None) -> bytes:
    """A picture of one colour."""
    target = io.BytesIO()
    Image.new(mode, size, colour or 0).save(target, form)  # type: ignore[arg-type]  # a colour of any mode
    return target.getvalue()


def picture(relation: str, width: float, height: float, *, crop: str = "", turn: int = 0, more: str = "") -> str:
    """A `pic:pic` of this size in points; `turn` in degrees."""
    return (
        f'<pic:pic><pic:blipFill><a:blip r:embed="{relation}">{more}</a:blip>{crop}</pic:blipFill>'
        f'<pic:spPr><a:xfrm rot="{turn * 60000}"><a:off x="0" y="0"/>{_size("a:ext", width, height)}</a:xfrm>'
        '<a:prstGeom prst="rect"/></pic:spPr></pic:pic>'
    )


def shape(
    width: float, height: float, text: str = "", *, kind: str = "rect", fill: str = "", body: str = "", at: str = "0,0"
) -> str:
    """A `wps:wsp` with a thin black line; `text` holds its paragraphs, `at` its corner in points."""
    x, y = (round(float(part) * _EMU) for part in at.split(","))
    box = f"<wps:txbx><w:txbxContent>{text}</w:txbxContent></wps:txbx>" if text else ""
    painted = f'<a:solidFill><a:srgbClr val="{fill}"/></a:solidFill>' if fill else "<a:noFill/>"
    return (
        f'<wps:wsp><wps:spPr><a:xfrm><a:off x="{x}" y="{y}"/>{_size("a:ext", width, height)}</a:xfrm>'
        f'<a:prstGeom prst="{kind}"/>{painted}'
        '<a:ln w="9525"><a:solidFill><a:srgbClr val="000000"/></a:solidFill></a:ln>'
        f"</wps:spPr>{box}<wps:bodyPr {body}/></wps:wsp>"
    )


def inline(content: str, width: float, height: float, alt: str = "") -> str:
    """A run with the content in its line."""
    return (
        f"<w:r><w:drawing><wp:inline {_NAMES}>{_size('wp:extent', width, height)}"
        f'<wp:docPr id="1" name="x" descr="{alt}"/>{_graphic(content)}</wp:inline></w:drawing></w:r>'
    )


def anchored(  # each is a fact of one anchor
    content: str, width: float, height: float, across: tuple[str, float | str] = ("column", 0),
    down: tuple[str, float | str] = ("paragraph", 0), *, wrap: str = "wrapNone", behind: bool = False, order: int = 1,
) -> str:  # fmt: skip
    """A run with the floating content; positions are an edge and an offset in points or an alignment."""
    return (
        f'<w:r><w:drawing><wp:anchor {_NAMES} behindDoc="{int(behind)}" relativeHeight="{order}" layoutInCell="1">'
        f"{_position('H', *across)}{_position('V', *down)}{_size('wp:extent', width, height)}<wp:{wrap}/>"
        f'<wp:docPr id="1" name="x"/>{_graphic(content)}</wp:anchor></w:drawing></w:r>'
    )


def _size(tag: str, width: float, height: float) -> str:
    return f'<{tag} cx="{round(width * _EMU)}" cy="{round(height * _EMU)}"/>'


def _position(axis: str, edge: str, value: float | str) -> str:
    inner = (
        f"<wp:align>{value}</wp:align>"
        if isinstance(value, str)
        else f"<wp:posOffset>{round(value * _EMU)}</wp:posOffset>"
    )
    return f'<wp:position{axis} relativeFrom="{edge}">{inner}</wp:position{axis}>'


def _graphic(content: str) -> str:
    return f"<a:graphic><a:graphicData>{content}</a:graphicData></a:graphic>"
