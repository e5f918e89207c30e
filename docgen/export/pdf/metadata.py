"""What a PDF says about itself: the information dictionary, and the same as XMP with the archive form it claims."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape

_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_DATE = re.compile(r"(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)Z")
LANGUAGE = "zh-CN"
PART, LEVEL = "3", "A"
FORM = "PDF/A-3a"


@dataclass(frozen=True, slots=True)
class Metadata:
    """The facts; dates as 2022-01-29T00:00:00Z or empty."""

    title: str
    author: str = ""
    subject: str = ""
    keywords: str = ""
    created: str = ""
    modified: str = ""
    producer: str = ""

    def info(self) -> dict[str, str]:
        """The entries of the information dictionary, without empty ones."""
        entries = {
            "Title": self.title, "Author": self.author, "Subject": self.subject, "Keywords": self.keywords,
            "Creator": "docgen", "Producer": self.producer, "CreationDate": _pdf_date(self.created),
            "ModDate": _pdf_date(self.modified),
        }  # fmt: skip
        return {name: _clean(text) for name, text in entries.items() if text}

    def xmp(self, *, claims: bool = True) -> bytes:
        """The XMP packet; it repeats the information dictionary and names the archive form the file claims."""
        claim = _text("pdfaid:part", PART) + _text("pdfaid:conformance", LEVEL) if claims else ""
        parts = [
            claim, _text("dc:format", "application/pdf"),
            _list("dc:language", "Bag", LANGUAGE), _list("dc:title", "Alt", self.title),
            _list("dc:creator", "Seq", self.author), _list("dc:description", "Alt", self.subject),
            _text("pdf:Keywords", self.keywords), _text("pdf:Producer", self.producer),
            _text("xmp:CreatorTool", "docgen"), _text("xmp:CreateDate", _xmp_date(self.created)),
            _text("xmp:ModifyDate", _xmp_date(self.modified)), _text("xmp:MetadataDate", _xmp_date(self.modified)),
        ]  # fmt: skip
        return f"{_HEAD}{''.join(parts)}{_TAIL}".encode()


_HEAD = (
    '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>\n'
    '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
    '<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" '
    'xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/" '
    'xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">'
)
_TAIL = '</rdf:Description></rdf:RDF></x:xmpmeta>\n<?xpacket end="r"?>'


def _text(name: str, text: str) -> str:
    return f"<{name}>{escape(_clean(text), quote=False)}</{name}>" if text else ""


def _list(name: str, kind: str, text: str) -> str:
    language = ' xml:lang="x-default"' if kind == "Alt" else ""
    item = f"<rdf:li{language}>{escape(_clean(text), quote=False)}</rdf:li>"
    return f"<{name}><rdf:{kind}>{item}</rdf:{kind}></{name}>" if text else ""


def _clean(text: str) -> str:
    """Text without the characters that XML forbids."""
    return _UNPRINTABLE.sub("", text)


def _pdf_date(text: str) -> str:
    match = _DATE.fullmatch(text)
    return f"D:{''.join(match.groups())}Z" if match else ""


def _xmp_date(text: str) -> str:
    return text if _DATE.fullmatch(text) else ""
