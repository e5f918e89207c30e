"""Text made narrower, wider or oblique after WeasyPrint has laid it out.

**Why not CSS `transform`:** a transformed box is drawn after all other text of its page, so that copied and extracted
text would come in another order than it is read in. WeasyPrint draws a box that carries a matrix where it stands.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

_ATTRIBUTE = "data-shape"


def shape_text(pages: Sequence[Any], matrix: type[Any]) -> dict[int, float]:
    """Give every marked box its matrix; the right edges, in pixels, of the texts inside, by the box's identity."""
    edges: dict[int, float] = {}
    for page in pages:
        for box in page._page_box.descendants():  # noqa: SLF001 — WeasyPrint 70 shows what it laid out nowhere else
            shape = box.element.get(_ATTRIBUTE) if box.element is not None and box.element_tag == "u" else None
            if shape is None or not hasattr(box, "descendants"):
                continue
            texts = [inner for inner in box.descendants() if hasattr(inner, "text")]
            if not texts:
                continue
            scale, slant = (float(part) for part in shape.split())
            left, baseline = box.position_x, texts[0].position_y + texts[0].baseline
            box.transformation_matrix = matrix(scale, 0, -slant, 1, left * (1 - scale) + slant * baseline, 0)
            edges.update((id(text), left + (text.position_x + text.width - left) * scale) for text in texts)
    return edges
