"""Empty signature fields in a PDF that is being written, one at each signing place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docgen.export.pdf.elements import Area

if TYPE_CHECKING:
    from collections.abc import Sequence

    from docgen.export.signatures.places import SigningPlace


def field_name(number: int) -> str:
    """The name of the signature field with this number, counted from 1."""
    return f"sign-{number}"


def add_signature_fields(pdf: Any, pages: Sequence[Any], places: Sequence[SigningPlace]) -> list[Area]:  # noqa: ANN401 — pydyf has no type information
    """Put an empty field `sign-1`, `sign-2` … at each place of a `pydyf.PDF`; what stands for them in its tags.

    A field shows nothing until it is signed. It has an empty appearance, as PDF/A asks (ISO 19005-3, 6.3.3), and its
    label as the name that is read aloud (ISO 14289-1, 7.18.4).
    """
    import pydyf  # noqa: PLC0415 — comes with WeasyPrint, which is loaded only when a PDF is asked for

    areas = []
    for number, place in enumerate(places, 1):
        width, height = round(place.right - place.left, 2), round(place.top - place.bottom, 2)
        form = {"Type": "/XObject", "Subtype": "/Form", "BBox": pydyf.Array((0, 0, width, height))}
        appearance = pydyf.Stream([], form)
        pdf.add_object(appearance)
        rectangle = (place.left, place.bottom, place.right, place.top)
        widget = pydyf.Dictionary(
            {
                "Type": "/Annot",
                "Subtype": "/Widget",
                "FT": "/Sig",
                "T": pydyf.String(field_name(number)),
                "TU": pydyf.String(place.title),
                "Rect": pydyf.Array(round(value, 2) for value in rectangle),
                "P": pages[place.page].reference,
                "AP": pydyf.Dictionary({"N": appearance.reference}),
            }
        )
        pdf.add_object(widget)
        pages[place.page].setdefault("Annots", pydyf.Array()).append(widget.reference)
        areas.append(Area(widget, place.page))
    if areas:
        fields = pydyf.Array(area.annotation.reference for area in areas)
        pdf.catalog["AcroForm"] = pydyf.Dictionary({"Fields": fields, "SigFlags": 1})
    return areas
