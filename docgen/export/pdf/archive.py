"""The archive form: what a PDF must hold beyond its pages to be readable in thirty years, PDF/A-3a (ISO 19005-3)."""

from __future__ import annotations

import zlib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from docgen.export.pdf.embedding import name_programs
from docgen.export.pdf.metadata import FORM, LANGUAGE, Metadata
from docgen.export.signatures.fields import add_signature_fields

if TYPE_CHECKING:
    from collections.abc import Sequence

    from docgen.export.pdf.tagging import Tagging
    from docgen.export.signatures.places import SigningPlace

_COMPRESSION = 6
_PRINTED = 4  # the flag of an annotation that is printed, and not hidden


class Archive:
    """Completes one file; afterwards `form` is the archive form it claims, and `lacks` why it claims none."""

    def __init__(self, tagging: Tagging, places: Sequence[SigningPlace] = ()) -> None:
        """`tagging` has marked what is drawn; at `places` there will be signature fields."""
        self._tagging, self._places = tagging, places
        self.form = FORM
        self.lacks = ""

    def finish(self, document: Any, pdf: Any) -> None:  # noqa: ANN401 — WeasyPrint has no type information
        """Complete the file that WeasyPrint is about to write: tags, metadata, output intent, compressed streams."""
        pages = [pdf.objects[int(number)] for number in pdf.pages["Kids"][::3]]
        self._tagging.finish(pdf, pages, add_signature_fields(pdf, pages, self._places))
        for one in pdf.objects:
            self._settle(one)
        _describe(document, pdf, claims=bool(self.form))
        _intend_srgb(pdf)
        name_programs(pdf.objects)
        _compress(pdf.objects)

    def _settle(self, one: Any) -> None:  # noqa: ANN401 — same
        """Bring annotations and pictures into the form; note the picture that can't be."""
        entries = one if isinstance(one, dict) else getattr(one, "extra", {})
        if entries.get("Type") == "/Annot":
            entries["F"] = _PRINTED
        if entries.get("Subtype") == "/Image":
            entries["Interpolate"] = "false"
            if entries.get("ColorSpace") == "/DeviceCMYK":
                self.form, self.lacks = "", "CMYK"


def _describe(document: Any, pdf: Any, *, claims: bool) -> None:  # noqa: ANN401 — same
    """Metadata, once as the information dictionary and once as XMP."""
    import pydyf  # noqa: PLC0415 — comes with WeasyPrint, which is loaded only when a PDF is asked for

    told = document.metadata
    facts = Metadata(
        title=told.title or _first_words(document),
        author=", ".join(told.authors),
        subject=told.description or "",
        keywords=", ".join(told.keywords),
        created=told.created or "",
        modified=told.modified or "",
        producer=pdf.info["Producer"].string,
    )
    pdf.info.clear()
    pdf.info.update({name: pydyf.String(text) for name, text in facts.info().items()})
    packet = pydyf.Stream([facts.xmp(claims=claims)], {"Type": "/Metadata", "Subtype": "/XML"})
    pdf.add_object(packet)
    pdf.catalog["Metadata"] = packet.reference
    pdf.catalog["Lang"] = pydyf.String(LANGUAGE)


def _intend_srgb(pdf: Any) -> None:  # noqa: ANN401 — same
    """The output intent: which colours the numbers in the file mean."""
    import pydyf  # noqa: PLC0415 — same

    profile = pydyf.Stream([_srgb()], {"N": 3}, compress=True)
    pdf.add_object(profile)
    name = "(sRGB IEC61966-2.1)"
    pdf.catalog["OutputIntents"] = (
        f"[<</Type/OutputIntent/S/GTS_PDFA1/OutputConditionIdentifier{name}/Info{name}"
        f"/RegistryName(http://www.color.org)/DestOutputProfile {profile.number} 0 R>>]"
    )


@cache
def _srgb() -> bytes:
    """The colour profile of the International Color Consortium that comes with WeasyPrint."""
    return files("weasyprint.pdf").joinpath("sRGB2014.icc").read_bytes()


def _first_words(document: Any) -> str:  # noqa: ANN401 — same
    """What a document without a title is called: its first heading, else its first words."""
    for page in document.pages:
        if page.bookmarks:
            return str(page.bookmarks[0][1])
    texts = (getattr(box, "text", "").strip() for box in document.pages[0]._page_box.descendants())  # noqa: SLF001 — WeasyPrint shows what it laid out nowhere else
    return next((text for text in texts if text), "")


def _compress(objects: Sequence[Any]) -> None:
    """Compress each stream once: the file's identifier is a hash over all objects, so each is asked for twice."""
    for one in objects:
        if getattr(one, "compress", False):
            content = b"\n".join(item if isinstance(item, bytes) else _bytes(item) for item in one.stream)
            one.stream, one.compress = [zlib.compress(content, _COMPRESSION)], False
            one.extra = {**one.extra, "Filter": "/FlateDecode"}


def _bytes(item: Any) -> bytes:  # noqa: ANN401 — same
    data = getattr(item, "data", None)
    return bytes(data) if data is not None else str(item).encode("ascii")
