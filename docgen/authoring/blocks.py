"""What a draft holds once it is read: settings, paragraphs, tables and blocks, each with its line."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias


class Kind(StrEnum):
    """What sort of paper a draft is; it decides title size and line spacing."""

    CONTRACT = "contract"
    RESOLUTION = "resolution"
    LETTER = "letter"
    FORM = "form"
    CLAUSE = "clause"


class Numbering(StrEnum):
    """How `##`, `1.` and `(1)` are numbered: 第一条, 1.1, （1） or 一、, 1., （1）."""

    ARTICLES = "articles"
    LIST = "list"


class Look(StrEnum):
    """What a paragraph is, as the house style knows it."""

    TITLE = "title"
    ARTICLE = "article"
    SUBHEADING = "subheading"
    CLAUSE = "clause"
    ITEM = "item"
    BODY = "body"
    FLUSH = "flush"
    CENTER = "center"
    RIGHT = "right"


@dataclass(frozen=True, slots=True)
class Span:
    """Text of one run. A tag always lies in one span; a newline stands for a line break, a tab for a tab."""

    text: str
    bold: bool = False
    underline: bool = False


Spans: TypeAlias = tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph of the draft."""

    look: Look
    spans: Spans
    line: int
    notice: bool = False
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Tag:
    """A paragraph that holds one `{%p … %}` or `{#p … #}` and nothing else."""

    text: str
    line: int


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: its paragraphs, the grid columns it covers, and whether it joins the cell above."""

    paragraphs: tuple[Spans, ...]
    span: int = 1
    joins_above: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table or signature block; `tag` is set for a row that is only a `{%tr … %}`."""

    cells: tuple[Cell, ...]
    line: int
    tag: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table with borders. `widths` are percents of the text width, `aligns` left, center or right."""

    rows: tuple[Row, ...]
    widths: tuple[int, ...]
    aligns: tuple[str, ...]
    header: bool
    form: bool
    line: int


@dataclass(frozen=True, slots=True)
class Signatures:
    """A signature block: for each party pair its rows of one or two cells."""

    pairs: tuple[tuple[Row, ...], ...]
    line: int


@dataclass(frozen=True, slots=True)
class PageBreak:
    """The next block starts on a new page."""

    line: int


@dataclass(frozen=True, slots=True)
class Section:
    """The next blocks stand in a new section, landscape or portrait."""

    landscape: bool
    line: int


Block: TypeAlias = Paragraph | Tag | Table | Signatures | PageBreak | Section


@dataclass(frozen=True, slots=True)
class Settings:
    """The draft's front matter."""

    kind: Kind = Kind.CONTRACT
    numbering: Numbering = Numbering.ARTICLES
    title: str = ""
    title_line: int = 1
    cover: bool = False
    header: str = ""
    header_line: int = 1


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft as read: settings, the lines of the front page and the blocks in order."""

    settings: Settings
    title: Spans
    header: Spans
    cover: tuple[Paragraph | Tag, ...]
    blocks: tuple[Block, ...]
