"""One strict pass over one XML part: is it well-formed, and does it hold what a template may not hold."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from xml.parsers import expat

from docgen.word.allowed import DANGEROUS_ELEMENTS, REVISIONS, STRICT

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT_W = STRICT + "wordprocessingml/main"

# lxml, which reads the parts afterwards, stops at 256 levels and at 10 million characters of text.
MAX_DEPTH = 200
MAX_XML = 10_000_000

_COMMENT_ELEMENTS = frozenset({"comment", "commentReference"})
_NESTED = "\ufffc"  # stands for the result of an inner field inside the code of the outer one
_FIELD_NAME = re.compile(r"\s*(=|[^\s\\\"=]+)")
_LINK = re.compile(r'\s*HYPERLINK\s+(?:\\[mntoMNTO]\s+)*(?:"([^"]*)"|([^\s\\"]\S*))', re.IGNORECASE)


@dataclass(slots=True)
class Scan:
    """What one part holds. `fault` is None for a strictly well-formed part, else the reason and its line and column."""

    fault: tuple[str, int, int] | None = None
    dtd: bool = False
    encoding: str = ""
    revisions: int = 0
    comments: int = 0
    strict_markup: bool = False
    dangers: dict[str, str] = field(default_factory=dict)
    fields: list[str] = field(default_factory=list)
    sources: list[str] = field(default_factory=list)

    @property
    def sound(self) -> bool:
        """Whether a library may read the part."""
        return not (self.fault or self.dtd or self.encoding)


class _Stop(Exception):  # noqa: N818 — no error, it ends the pass
    """The part is refused; the rest of it does not matter."""


class _Reader:
    """The handlers of one pass."""

    def __init__(self) -> None:
        self.scan = Scan()
        self.depth = 0
        self.codes: list[list[str]] = []  # one for each open field, the innermost last
        self.judged: list[bool] = []  # whether that field has shown its whole code
        self.loose: list[str] = []
        self.parser = parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartElementHandler = self.start
        parser.EndElementHandler = self.end
        parser.StartDoctypeDeclHandler = self.doctype
        parser.XmlDeclHandler = self.declaration

    def doctype(self, *_: object) -> None:
        """A DTD can define entities, that is, text from elsewhere."""
        self.scan.dtd = True
        raise _Stop

    def declaration(self, _version: str, encoding: str | None, _standalone: int) -> None:
        """Byte scans of the parts are only right for UTF-8."""
        if encoding and encoding.lower() not in {"utf-8", "us-ascii"}:
            self.scan.encoding = encoding
            raise _Stop

    def start(self, name: str, given: dict[str, str]) -> None:
        """Note what the element stands for."""
        self.depth += 1
        if self.depth > MAX_DEPTH:
            self.scan.fault = ("depth", self.parser.CurrentLineNumber, self.parser.CurrentColumnNumber + 1)
            raise _Stop
        space, _, local = name.rpartition(" ")
        if space == W:
            self.word_element(local, given)
        elif local == "imagedata":
            self.scan.sources += [given[key] for key in ("src", "href") if key in given]
        elif local == "OLEObject":
            self.scan.dangers.setdefault("T014", local)
        elif local == "dataBinding":  # the newer one, in Word's namespace of 2012
            self.scan.dangers.setdefault("T032", local)
        elif space == STRICT_W:
            self.scan.strict_markup = True

    def word_element(self, local: str, given: dict[str, str]) -> None:
        """Note an element of Word's own namespace."""
        scan = self.scan
        if local == "instrText":
            self.parser.CharacterDataHandler = (self.codes[-1] if self.codes else self.loose).append
        elif local == "fldChar":
            self.field_char(given.get(f"{W} fldCharType", ""))
        elif local == "fldSimple":
            scan.fields.append(given.get(f"{W} instr", ""))
        elif local in REVISIONS:
            scan.revisions += 1
        elif local in _COMMENT_ELEMENTS:
            scan.comments += 1
        elif local in DANGEROUS_ELEMENTS:
            scan.dangers.setdefault(DANGEROUS_ELEMENTS[local], local)

    def field_char(self, kind: str) -> None:
        """Keep the code of each open field, joined over the runs that Word cuts it into."""
        if kind == "begin":
            if self.codes:
                self.codes[-1].append(_NESTED)
            self.codes.append([])
            self.judged.append(False)
        elif kind == "separate" and self.codes:
            self.scan.fields.append("".join(self.codes[-1]))
            self.judged[-1] = True
        elif kind == "end" and self.codes:
            code = self.codes.pop()
            if not self.judged.pop():
                self.scan.fields.append("".join(code))

    def end(self, name: str) -> None:
        """Text counts inside a field code only."""
        self.depth -= 1
        if name.endswith("instrText"):
            self.parser.CharacterDataHandler = None

    def close(self) -> None:
        """Judge field codes that were never closed as if they had been."""
        open_codes = [code for code, judged in zip(self.codes, self.judged, strict=True) if not judged]
        self.scan.fields += ["".join(code) for code in (*open_codes, self.loose) if code]


def scan_part(data: bytes) -> Scan:
    """What one XML part holds; never raises."""
    reader = _Reader()
    scan = reader.scan
    if len(data) > MAX_XML:
        scan.fault = ("size", 1, 1)
        return scan
    if b"\x00" in data or data.startswith((b"\xff\xfe", b"\xfe\xff")):
        scan.encoding = "UTF-16"
        return scan
    try:
        reader.parser.Parse(data, True)  # noqa: FBT003 — expat takes no keywords
    except _Stop:
        return scan
    except expat.ExpatError as error:
        scan.fault = (expat.ErrorString(error.code), error.lineno, error.offset + 1)
        return scan
    reader.close()
    return scan


def field_name(code: str) -> str:
    """The name of a field in capitals; "" when another field computes it."""
    match = _FIELD_NAME.match(code)
    name = match[1].upper() if match else ""
    return "" if _NESTED in name else name


def field_link(code: str) -> str | None:
    """The address a HYPERLINK field leads to, None for other fields and for places in the document itself."""
    match = _LINK.match(code)
    return (match[1] or match[2] or None) if match else None
