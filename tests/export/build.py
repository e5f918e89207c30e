"""Small .docx files for the exporter's tests, written from raw WordprocessingML."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass, field

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
NAMESPACES = f'xmlns:w="{W}" xmlns:r="{R}"'
FONTS = '<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="{east}" w:hint="eastAsia"/>'
A4 = (
    '<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1440" w:right="1440" w:bottom="1440" w:left="1440" '
    'w:header="720" w:footer="720" w:gutter="0"/>'
)
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"


def run(text: str, properties: str = "", east: str = "宋体") -> str:
    """A run; tabs and line breaks in the text become Word's."""
    pieces = text.replace("\t", "\0<w:tab/>\0").replace("\n", "\0<w:br/>\0").split("\0")
    inner = "".join(
        piece if piece.startswith("<w:") else f'<w:t xml:space="preserve">{piece}</w:t>' for piece in pieces
    )
    return f"<w:r><w:rPr>{FONTS.format(east=east)}{properties}</w:rPr>{inner}</w:r>"


def para(text: str = "", properties: str = "", *, runs: str = "", style: str = "") -> str:
    """A paragraph of one run, or of the given runs."""
    styled = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f"<w:p><w:pPr>{styled}{properties}</w:pPr>{runs or (run(text) if text else '')}</w:p>"


def page_field(name: str, cached: str = "1") -> str:
    """A PAGE, NUMPAGES, REF … field with its cached text."""
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> {name} </w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{run(cached)}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def cell(content: str, properties: str = "") -> str:
    """A table cell; plain text becomes a paragraph."""
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{content if content.startswith('<w:') else para(content)}</w:tc>"


def row(*cells: str, properties: str = "") -> str:
    """A table row of cells; plain text becomes a cell."""
    inner = "".join(item if item.startswith("<w:tc") else cell(item) for item in cells)
    return f"<w:tr><w:trPr>{properties}</w:trPr>{inner}</w:tr>"


def table(widths: list[int], *rows: str, properties: str = "", lines: bool = True) -> str:
    """A table with a grid of column widths in twips; `lines` rules every edge."""
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    rules = "".join(f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="auto"/>' for side in sides)
    borders = f"<w:tblBorders>{rules}</w:tblBorders>" if lines else ""
    width = f'<w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
    return f"<w:tbl><w:tblPr>{width}{properties}{borders}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"


def cited(identifier: int, kind: str = "footnote", properties: str = "") -> str:
    """A run that cites a note."""
    return f'<w:r><w:rPr>{FONTS.format(east="宋体")}</w:rPr><w:{kind}Reference w:id="{identifier}" {properties}/></w:r>'


def note(identifier: int, text: str, kind: str = "footnote") -> str:
    """A note of one paragraph that begins with its mark."""
    return f'<w:{kind} w:id="{identifier}">{para(runs=f"<w:r><w:{kind}Ref/></w:r>{run(text)}")}</w:{kind}>'


def ends(properties: str = "", geometry: str = A4) -> str:
    """A paragraph that ends its section and takes no line."""
    return f"<w:p><w:pPr>{section(properties, geometry)}</w:pPr></w:p>"


def section(properties: str = "", geometry: str = A4) -> str:
    """A section's properties."""
    return f"<w:sectPr>{properties}{geometry}</w:sectPr>"


@dataclass
class Docx:
    """The parts of one test document; `bytes()` packs them."""

    body: str
    section: str = field(default_factory=section)
    styles: str = ""
    numbering: str = ""
    settings: str = ""
    headers: dict[str, str] = field(default_factory=dict)  # relationship id → content, `h…` headers, `f…` footers
    title: str = "测试文件"
    links: dict[str, str] = field(default_factory=dict)
    notes: dict[str, str] = field(default_factory=dict)  # `footnotes`, `endnotes` → content
    media: dict[str, tuple[str, bytes]] = field(default_factory=dict)  # relationship id → file name, content

    def parts(self) -> dict[str, str]:
        """Part names and their XML."""
        relations = {"rIdStyles": ("styles", "styles.xml"), "rIdSettings": ("settings", "settings.xml")}
        parts = {
            "word/document.xml": f"<w:document {NAMESPACES}><w:body>{self.body}{self.section}</w:body></w:document>",
            "word/styles.xml": f"<w:styles {NAMESPACES}>{DEFAULTS}{self.styles}</w:styles>",
            "word/settings.xml": f"<w:settings {NAMESPACES}>{self.settings}{COMPATIBLE}</w:settings>",
            "docProps/core.xml": CORE.format(title=self.title),
        }
        if self.numbering:
            parts["word/numbering.xml"] = f"<w:numbering {NAMESPACES}>{self.numbering}</w:numbering>"
            relations["rIdNumbering"] = ("numbering", "numbering.xml")
        for kind, content in self.notes.items():
            parts[f"word/{kind}.xml"] = f"<w:{kind} {NAMESPACES}>{SEPARATORS.format(kind[:-1])}{content}</w:{kind}>"
            relations[f"rId{kind}"] = (kind, f"{kind}.xml")
        for key, content in self.headers.items():
            kind, tag = ("header", "hdr") if key.startswith("h") else ("footer", "ftr")
            parts[f"word/{key}.xml"] = f"<w:{tag} {NAMESPACES}>{content}</w:{tag}>"
            relations[key] = (kind, f"{key}.xml")
        links = "".join(
            f'<Relationship Id="{key}" Type="{_RELATION}{kind}" Target="{target}"/>'
            for key, (kind, target) in relations.items()
        )
        links += "".join(
            f'<Relationship Id="{key}" Type="{_RELATION}hyperlink" Target="{target}" TargetMode="External"/>'
            for key, target in self.links.items()
        )
        pictures = "".join(
            f'<Relationship Id="{key}" Type="{_RELATION}image" Target="media/{name}"/>'
            for key, (name, _) in self.media.items()
        )
        for owner, inner in {"document": links + pictures, **(dict.fromkeys(self.headers, pictures))}.items():
            if inner:
                parts[f"word/_rels/{owner}.xml.rels"] = (
                    f'<Relationships xmlns="{_PACKAGE}/relationships">{inner}</Relationships>'
                )
        parts["_rels/.rels"] = (
            f'<Relationships xmlns="{_PACKAGE}/relationships">'
            f'<Relationship Id="r1" Type="{_RELATION}officeDocument" Target="word/document.xml"/>'
            f'<Relationship Id="r2" Type="{_PACKAGE}/relationships/metadata/core-properties" '
            'Target="docProps/core.xml"/>'
            "</Relationships>"
        )
        parts["[Content_Types].xml"] = _content_types(parts, [name for name, _ in self.media.values()])
        return parts

    def bytes(self) -> bytes:
        """The packed file."""
        return pack(self.parts(), {f"word/media/{name}": data for name, data in self.media.values()})


def pack(parts: dict[str, str], media: dict[str, bytes] | None = None) -> bytes:
    """Parts as a .docx."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in ("[Content_Types].xml", *(name for name in parts if name != "[Content_Types].xml")):
            archive.writestr(zipfile.ZipInfo(name), _HEAD + parts[name])
        for name, data in (media or {}).items():
            archive.writestr(zipfile.ZipInfo(name), data)
    return target.getvalue()


def docx(*body: str, **parts: object) -> bytes:
    """A whole .docx of these paragraphs and tables."""
    return Docx("".join(body), **parts).bytes()  # type: ignore[arg-type]  # the fields of Docx, by name


def _content_types(parts: dict[str, str], media: list[str]) -> str:
    kinds = {"word/document.xml": "document.main", "docProps/core.xml": "", "word/footnotes.xml": "footnotes"}
    overrides = ""
    for name in parts:
        if name.endswith(".rels"):
            continue
        stem = name.rpartition("/")[2].removesuffix(".xml")
        kind = kinds.get(name, "header" if stem.startswith("h") else "footer" if stem.startswith("f") else stem)
        given = f"{_TYPE}{kind}+xml" if kind else "application/vnd.openxmlformats-package.core-properties+xml"
        overrides += f'<Override PartName="/{name}" ContentType="{given}"/>'
    endings = dict.fromkeys(name.rpartition(".")[2] for name in media)
    kept = "".join(f'<Default Extension="{ending}" ContentType="image/{ending}"/>' for ending in endings)
    return (
        f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{kept}{overrides}</Types>'
    )


SEPARATORS = '<w:{0} w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:{0}>'
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
COMPATIBLE = (
    '<w:compat><w:compatSetting w:name="compatibilityMode" '
    'w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>'
)
DEFAULTS = (
    f'<w:docDefaults><w:rPrDefault><w:rPr>{FONTS.format(east="宋体")}<w:sz w:val="24"/></w:rPr></w:rPrDefault>'
    "<w:pPrDefault/></w:docDefaults>"
    '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/>'
    '<w:pPr><w:spacing w:line="480" w:lineRule="exact"/></w:pPr></w:style>'
)
CORE = (
    '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title>{title}</dc:title><dc:creator>docgen</dc:creator>'
    '<dcterms:created xsi:type="dcterms:W3CDTF">2022-01-29T00:00:00Z</dcterms:created>'
    '<dcterms:modified xsi:type="dcterms:W3CDTF">2022-01-29T00:00:00Z</dcterms:modified></cp:coreProperties>'
)
