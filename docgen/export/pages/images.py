"""The bytes of a document's pictures, checked and made into what a PDF can hold."""

from __future__ import annotations

import hashlib
import io
import warnings
from dataclasses import dataclass
from enum import Enum
from typing import Any

from docgen.diagnostics import Diagnostic, SetupError, Severity

# A page scanned at 600 dpi has 35 million pixels of one byte; a bomb of 50 000 × 50 000 is refused unread.
MAX_DECODED_BYTES = 110_000_000
# What all pictures of one document may come to: bounds the time spent on them.
MAX_DOCUMENT_BYTES = 600_000_000
# Pictures are handed to the renderer under this made-up scheme; it can fetch nothing else.
SCHEME = "picture"
_FORMATS = ("PNG", "JPEG", "GIF", "BMP", "DIB", "TIFF", "WEBP")
_JPEG_QUALITY = 92
_PLAIN = frozenset(("L", "RGB"))
# Bytes per pixel once decoded; what a mode isn't listed for is taken for the largest.
_BYTES = {"1": 1, "L": 1, "P": 1, "LA": 2, "I;16": 2, "RGB": 3}
_VECTORS = ((b"\xd7\xcd\xc6\x9a", "WMF"), (b"\x01\x00\x09\x00", "WMF"), (b"\x01\x00\x00\x00", "EMF"))


class Reason(Enum):
    """Why a picture can't be drawn."""

    FORMAT = "format"
    DAMAGED = "damaged"
    SIZE = "size"
    EMPTY = "empty"


class UnusableError(ValueError):
    """A picture that can't be drawn; `what` names its format where that is the reason."""

    def __init__(self, reason: Reason, what: str = "") -> None:
        """Keep the reason."""
        super().__init__(reason.value)
        self.reason, self.what = reason, what


@dataclass(frozen=True, slots=True)
class Image:
    """A sound picture: the address under which the renderer gets it, and its size in pixels."""

    url: str
    width: int
    height: int


class Images:
    """The pictures of one document; equal ones are kept once."""

    def __init__(self) -> None:
        """None yet."""
        self.data: dict[str, bytes] = {}
        self._known: dict[bytes, Image | UnusableError] = {}
        self._decoded = 0

    def add(self, data: bytes) -> Image:
        """The picture of these bytes; `UnusableError` when it can't be drawn."""
        key = hashlib.sha256(data).digest()
        if key not in self._known:
            try:
                self._known[key] = self._read(data)
            except UnusableError as fault:
                self._known[key] = fault
        found = self._known[key]
        if isinstance(found, UnusableError):
            raise UnusableError(found.reason, found.what)
        return found

    def _read(self, data: bytes) -> Image:
        _refuse_by_first_bytes(data)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # Pillow warns of oddities inside files that it reads all the same
            picture, (width, height), sound = self._decode(data)
            made = data if sound else _encode(picture)
        url = f"{SCHEME}:{hashlib.sha256(made).hexdigest()[:32]}"
        self.data[url] = made
        return Image(url, width, height)

    def _decode(self, data: bytes) -> tuple[Any, tuple[int, int], bool]:
        """The decoded picture, its size, and whether its bytes can stand in the PDF as they are."""
        pillow, files = _pillow()
        truncated, files.LOAD_TRUNCATED_IMAGES = files.LOAD_TRUNCATED_IMAGES, False
        try:
            picture = pillow.open(io.BytesIO(data), formats=_FORMATS)
            self._check_size(picture)
            size = picture.size
            if picture.format == "JPEG" and picture.mode in _PLAIN:
                picture.draft(None, (1, 1))  # an eighth of the size shows as well whether all of it is there
            picture.load()
        except UnusableError:
            raise
        except pillow.DecompressionBombError as fault:
            raise UnusableError(Reason.SIZE) from fault
        except Exception as fault:  # Pillow's readers raise whatever their format's parser stumbles over
            raise UnusableError(Reason.DAMAGED) from fault
        finally:
            files.LOAD_TRUNCATED_IMAGES = truncated
        plain = "transparency" not in picture.info
        sound = (picture.format == "JPEG" and picture.mode in _PLAIN) or (
            picture.format == "PNG" and picture.mode in {"L", "RGB", "RGBA"} and plain
        )
        return picture, size, sound

    def _check_size(self, picture: Any) -> None:  # noqa: ANN401 — Pillow is imported only where a picture is met
        width, height = picture.size
        if width < 1 or height < 1:
            raise UnusableError(Reason.EMPTY)
        needed = width * height * _BYTES.get(picture.mode, 4)
        self._decoded += needed
        if needed > MAX_DECODED_BYTES or self._decoded > MAX_DOCUMENT_BYTES:
            self._decoded -= needed
            raise UnusableError(Reason.SIZE)


def _refuse_by_first_bytes(data: bytes) -> None:
    """Refuse what Pillow can't draw, whatever its part is called."""
    if not data:
        raise UnusableError(Reason.EMPTY)
    for start, name in _VECTORS:
        if data.startswith(start):
            raise UnusableError(Reason.FORMAT, name)
    head = data[:1024].lstrip(b"\xef\xbb\xbf \r\n\t")
    if head.startswith(b"<") and b"<svg" in head:
        raise UnusableError(Reason.FORMAT, "SVG")


def _encode(picture: Any) -> bytes:  # noqa: ANN401 — as above
    """The first frame with 8 bits per channel: PNG, or JPEG for CMYK, which an archive file can't hold."""
    target = io.BytesIO()
    if picture.mode == "CMYK":
        picture.convert("RGB").save(target, "JPEG", quality=_JPEG_QUALITY, subsampling=0)
        return target.getvalue()
    if picture.mode in {"I;16", "I;16B", "I;16L", "I", "F"}:
        picture = picture.convert("I").point(lambda value: value / 256).convert("L")
    elif picture.mode == "1":
        picture = picture.convert("L")
    elif picture.mode in {"LA", "PA"} or "transparency" in picture.info:
        picture = picture.convert("RGBA")
    elif picture.mode not in {"L", "RGB", "RGBA"}:
        picture = picture.convert("RGB")
    picture.info.clear()  # colour profiles, comments and times have no place in the file
    picture.save(target, "PNG")
    return target.getvalue()


def _pillow() -> tuple[Any, Any]:
    """Pillow's two modules; `SetupError` where it isn't installed."""
    try:
        from PIL import Image as pillow  # noqa: N813, PLC0415 — everything but PDF works without Pillow
        from PIL import ImageFile as files  # noqa: N813, PLC0415 — same
    except ImportError as fault:
        raise SetupError([Diagnostic("X006", Severity.ERROR, args={"module": "pillow"})]) from fault
    return pillow, files
