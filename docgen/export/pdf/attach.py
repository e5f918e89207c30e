"""The deal file inside the PDF, added behind a finished file.

**Why** behind it, as an update that PDF provides for, and not while drawing: the bytes before it stay as they were. So
a paper whose Word file didn't change needs no new drawing when the deal file did, and the plain copy is the beginning
of the one with the attachment.
"""

from __future__ import annotations

import re
import zlib
from dataclasses import dataclass
from hashlib import md5
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from datetime import date

NAME: Final = "deal.yaml"
RELATION: Final = "Source"
_TYPE: Final = "application#2Fyaml"
_ABOUT: Final = "交易文件：本 PDF 由它生成 (the deal file this PDF was made from)"
_END: Final = re.compile(rb"startxref\n(\d+)\n%%EOF\n\Z")
_HEAD: Final = re.compile(rb"(\d+) 0 obj\n<<(.*?)>>\nstream\n", re.DOTALL)


@dataclass(frozen=True, slots=True)
class _Tail:
    """What the last cross-reference stream of a file says."""

    position: int
    size: int
    root: int
    info: bytes
    identifier: bytes


def attach(pdf: bytes, deal: bytes, day: date) -> bytes:
    """The PDF with the deal file in it, dated `day`; `pdf`, which `to_pdf` made, is its beginning."""
    tail = _tail(pdf)
    update = _Update(pdf)
    packed = zlib.compress(deal, 9)
    stamp = f"(D:{day:%Y%m%d}000000Z)"
    checksum = md5(deal, usedforsecurity=False).hexdigest()
    facts = f"/CheckSum <{checksum}>/Size {len(deal)}/CreationDate {stamp}/ModDate {stamp}"
    head = f"<</Type/EmbeddedFile/Subtype/{_TYPE}/Params<<{facts}>>/Filter/FlateDecode/Length {len(packed)}>>"
    file, spec = tail.size, tail.size + 1
    update.add(file, b"%b\nstream\n%b\nendstream" % (head.encode(), packed))
    about = b"<%b>" % ("\ufeff" + _ABOUT).encode("utf-16-be").hex().encode()
    embedded = f"<</F {file} 0 R/UF {file} 0 R>>"
    names = f"/Type/Filespec/F({NAME})/UF({NAME})/AFRelationship/{RELATION}/EF{embedded}/Desc "
    update.add(spec, b"<<%b%b>>" % (names.encode(), about))
    update.add(tail.root, _with_file(_object(pdf, tail.position, tail.root), spec))
    return update.finish(tail)


def _with_file(catalog: bytes, spec: int) -> bytes:
    """The catalogue with the file in its name tree, and listed once as associated with the whole document."""
    listed = f"/EmbeddedFiles<</Names[({NAME}){spec} 0 R]>>".encode()
    head, names, rest = catalog.partition(b"/Names <<")
    catalog = head + names + listed + rest if names else catalog[:-2] + b"/Names<<" + listed + b">>>>"
    return catalog[:-2] + b"/AF[%d 0 R]>>" % spec


class _Update:
    """Objects written behind a file."""

    def __init__(self, pdf: bytes) -> None:
        self._out = bytearray(pdf)
        self._places: dict[int, int] = {}

    def add(self, number: int, content: bytes) -> None:
        """Write one object."""
        self._places[number] = len(self._out)
        self._out += b"%d 0 obj\n%b\nendobj\n" % (number, content)

    def finish(self, tail: _Tail) -> bytes:
        """Write the cross-reference stream; the second half of the identifier is that of this version."""
        number, position = tail.size + 2, len(self._out)
        places = sorted({**self._places, number: position}.items())
        table = b"".join(b"\1" + place.to_bytes(4, "big") + b"\0" for _, place in places)
        index = " ".join(f"{one} 1" for one, _ in places)
        own = md5(tail.identifier + self._out[tail.position :], usedforsecurity=False).hexdigest()
        head = (
            f"<</Type/XRef/Index[{index}]/W[1 4 1]/Size {number + 1}/Root {tail.root} 0 R/Prev {tail.position}"
            f"/Length {len(table)}/ID[{tail.identifier.decode()}<{own}>]"
        ).encode()
        self.add(number, b"%b%b>>\nstream\n%b\nendstream" % (head, tail.info, table))
        self._out += b"startxref\n%d\n%%%%EOF\n" % position
        return bytes(self._out)


def _tail(pdf: bytes) -> _Tail:
    end = _END.search(pdf, max(len(pdf) - 64, 0))
    if end is None:
        raise ValueError(pdf[-64:])
    position = int(end[1])
    head, _ = _stream(pdf, position)
    info = re.search(rb"/Info \d+ 0 R", head)
    return _Tail(
        position,
        int(_search(rb"/Size (\d+)", head)),
        int(_search(rb"/Root (\d+) 0 R", head)),
        info[0] if info else b"",
        _search(rb"/ID ?\[(\([0-9a-f]+\))", head),
    )


def _object(pdf: bytes, position: int, number: int) -> bytes:
    """An object without a stream, out of the file's object stream."""
    head, table = _stream(pdf, position)
    widths = [int(width) for width in _search(rb"/W \[([\d ]+)\]", head).split()]
    start = number * sum(widths)
    kind, holder, index = (
        int.from_bytes(table[start + sum(widths[:at]) : start + sum(widths[: at + 1])], "big") for at in range(3)
    )
    place = holder * sum(widths)
    _, offset = table[place], int.from_bytes(table[place + widths[0] : place + widths[0] + widths[1]], "big")
    if kind != 2:  # noqa: PLR2004 — the kind of what is compressed, as the specification numbers it
        raise ValueError(number)
    entries, content = _stream(pdf, offset)
    first = int(_search(rb"/First (\d+)", entries))
    places = [int(one) for one in content[:first].split()][1::2]
    stop = places[index + 1] if index + 1 < len(places) else len(content) - first
    return content[first + places[index] : first + stop].strip()


def _stream(pdf: bytes, position: int) -> tuple[bytes, bytes]:
    """The entries of a stream object and what it holds."""
    head = _HEAD.match(pdf, position)
    if head is None:
        raise ValueError(position)
    content = pdf[head.end() : head.end() + int(_search(rb"/Length (\d+)", head[2]))]
    return head[2], zlib.decompress(content) if b"/FlateDecode" in head[2] else content


def _search(pattern: bytes, text: bytes) -> bytes:
    found = re.search(pattern, text)
    if found is None:
        raise ValueError(pattern)
    return found[1]
