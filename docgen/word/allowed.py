"""The part types and relationship types that Word, WPS and LibreOffice write into an ordinary document.

Everything else is refused: what a program writes only for macros, embedded objects, add-ins or remote content has its
own finding, what nobody knows is reported by its type.
"""

from __future__ import annotations

_OFFICE = "application/vnd.openxmlformats-officedocument."
_WORD = _OFFICE + "wordprocessingml."
_PACKAGE = "application/vnd.openxmlformats-package."

MAIN = _WORD + "document.main+xml"
STRICT = "http://purl.oclc.org/ooxml/"

# Types a part may have; `document.main` only as the body.
CONTENT_TYPES = frozenset(
    {
        MAIN,
        *(
            f"{_WORD}{kind}+xml"
            for kind in (
                "document.glossary",
                "header",
                "footer",
                "footnotes",
                "endnotes",
                "comments",
                "commentsExtended",
                "commentsIds",
                "commentsExtensible",
                "people",
                "styles",
                "settings",
                "webSettings",
                "fontTable",
                "numbering",
            )
        ),
        *(
            f"{_OFFICE}{kind}+xml"
            for kind in (
                "theme",
                "themeOverride",
                "extended-properties",
                "custom-properties",
                "customXmlProperties",
                "drawingml.chart",
                "drawingml.chartshapes",
                "drawingml.diagramColors",
                "drawingml.diagramData",
                "drawingml.diagramLayout",
                "drawingml.diagramStyle",
            )
        ),
        _OFFICE + "obfuscatedFont",
        _WORD + "printerSettings",
        _PACKAGE + "core-properties+xml",
        _PACKAGE + "relationships+xml",
        "application/vnd.ms-word.stylesWithEffects+xml",
        "application/vnd.ms-word.people+xml",
        "application/vnd.ms-office.drawingml.diagramDrawing+xml",
        "application/vnd.ms-office.chartstyle+xml",
        "application/vnd.ms-office.chartcolorstyle+xml",
        "application/vnd.wps-officedocument.wordprocessingml.commentsExtended+xml",
        "application/xml",
        "application/x-fontdata",
        "application/x-font-ttf",
        "image/png",
        "image/jpeg",
        "image/jpg",
        "image/pjpeg",
        "image/gif",
        "image/bmp",
        "image/tiff",
        "image/webp",
        "image/svg+xml",
        "image/x-emf",
        "image/emf",
        "image/x-wmf",
        "image/wmf",
        "image/vnd.ms-photo",
    }
)

# Types whose presence is a danger of its own kind: a piece of the type (lower case) and the code of the finding.
DANGEROUS_TYPES = (
    ("vba", "T013"),
    ("macro", "T013"),
    ("keymapcustomizations", "T013"),
    ("attachedtoolbars", "T013"),
    ("activex", "T015"),
    ("oleobject", "T014"),
    ("digital-signature", "T035"),
    ("webextension", "T037"),
    ("spreadsheetml", "T014"),
    ("presentationml", "T014"),
    ("vnd.ms-excel", "T014"),
    ("msword", "T014"),
    ("officedocument.package", "T014"),
)

# Kinds of relationship (the last word of the type) that an ordinary document has, leading inside the package.
RELATIONSHIPS = frozenset(
    {
        "officeDocument",
        "core-properties",
        "extended-properties",
        "custom-properties",
        "thumbnail",
        "styles",
        "stylesWithEffects",
        "settings",
        "webSettings",
        "fontTable",
        "font",
        "numbering",
        "theme",
        "themeOverride",
        "header",
        "footer",
        "footnotes",
        "endnotes",
        "comments",
        "commentsExtended",
        "commentsIds",
        "commentsExtensible",
        "people",
        "image",
        "hdphoto",
        "hyperlink",
        "customXml",
        "customXmlProps",
        "glossaryDocument",
        "printerSettings",
        "chart",
        "chartUserShapes",
        "chartStyle",
        "chartColorStyle",
        "diagramData",
        "diagramLayout",
        "diagramQuickStyle",
        "diagramColors",
        "diagramDrawing",
    }
)

# Kinds of relationship with a finding of their own, wherever they lead.
DANGEROUS_RELATIONSHIPS = {
    "vbaProject": "T013",
    "wordVbaData": "T013",
    "keyMapCustomizations": "T013",
    "attachedToolbars": "T013",
    "oleObject": "T014",
    "package": "T014",
    "control": "T015",
    "activeXControlBinary": "T015",
    "aFChunk": "T016",
    "subDocument": "T016",
    "attachedTemplate": "T017",
    "mailMergeSource": "T036",
    "mailMergeHeaderSource": "T036",
    "mailMergeRecipientData": "T036",
    "recipientData": "T036",
    "transform": "T036",
    "origin": "T035",
    "signature": "T035",
    "webextensiontaskpanes": "T037",
    "webextension": "T037",
}

# Fields whose result depends on the document alone.
QUIET_FIELDS = frozenset(
    {
        "=",
        "ADVANCE",
        "BIBLIOGRAPHY",
        "DOCPROPERTY",
        "EQ",
        "FORMCHECKBOX",
        "FORMDROPDOWN",
        "FORMTEXT",
        "HYPERLINK",
        "INDEX",
        "NOTEREF",
        "NUMPAGES",
        "PAGE",
        "PAGEREF",
        "QUOTE",
        "REF",
        "SECTION",
        "SECTIONPAGES",
        "SEQ",
        "STYLEREF",
        "SUBJECT",
        "SYMBOL",
        "TC",
        "TITLE",
        "TOC",
        "XE",
    }
)

# Fields that fetch, run or ask for something outside the document.
REACHING_FIELDS = frozenset(
    {
        "ADDIN",
        "ASK",
        "AUTOTEXT",
        "AUTOTEXTLIST",
        "CONTROL",
        "DATABASE",
        "DDE",
        "DDEAUTO",
        "EMBED",
        "FILLIN",
        "GOTOBUTTON",
        "HTMLACTIVEX",
        "IMPORT",
        "INCLUDE",
        "INCLUDEPICTURE",
        "INCLUDETEXT",
        "LINK",
        "MACROBUTTON",
        "PRINT",
        "RD",
    }
)

# Fields that print something else every time the document is opened, saved or printed, or on another machine.
CHANGING_FIELDS = frozenset(
    {
        "AUTHOR",
        "COMMENTS",
        "CREATEDATE",
        "DATE",
        "EDITTIME",
        "FILENAME",
        "FILESIZE",
        "INFO",
        "LASTSAVEDBY",
        "PRINTDATE",
        "REVNUM",
        "SAVEDATE",
        "TEMPLATE",
        "TIME",
        "USERADDRESS",
        "USERINITIALS",
        "USERNAME",
    }
)

# Elements of the w: namespace that stand for dangers of their own, whatever the relationships say.
DANGEROUS_ELEMENTS = {
    "altChunk": "T016",
    "subDoc": "T016",
    "control": "T015",
    "object": "T014",
    "objectEmbed": "T014",
    "objectLink": "T014",
    "attachedTemplate": "T017",
    "mailMerge": "T036",
    "entryMacro": "T013",
    "exitMacro": "T013",
    "dataBinding": "T032",
}

# Elements of the w: namespace that record a change which somebody has still to accept.
REVISIONS = frozenset(
    {
        "ins",
        "del",
        "moveFrom",
        "moveTo",
        "moveFromRangeStart",
        "moveToRangeStart",
        "cellIns",
        "cellDel",
        "cellMerge",
        "numberingChange",
        "pPrChange",
        "rPrChange",
        "sectPrChange",
        "tblGridChange",
        "tblPrChange",
        "tblPrExChange",
        "tcPrChange",
        "trPrChange",
        "customXmlInsRangeStart",
        "customXmlDelRangeStart",
        "customXmlMoveFromRangeStart",
        "customXmlMoveToRangeStart",
    }
)
