"""The lists of a .docx: which list and level a paragraph belongs to, and the levels themselves as plain data."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docgen.word.labels import LEVELS, LabelCounter, Level, List
from docgen.word.styles import Styles
from docgen.word.symbols import spelled
from docgen.word.xml import on, parse, val, w, whole

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from lxml import etree

    from docgen.word.package import Package


class Numbering:
    """The lists of one package. `lists` is plain data by `numId`, enough to count labels with (`LabelCounter`)."""

    def __init__(
        self, lists: Mapping[str, List], style_levels: Mapping[str, Mapping[str, int]], styles: Styles
    ) -> None:
        """Keep the lists; `style_levels` says by `numId` which level a paragraph style is linked to."""
        self.lists = lists
        self._style_levels = style_levels
        self._styles = styles

    @classmethod
    def from_package(cls, package: Package) -> Numbering:
        """The lists of the body's numbering part; none when there is no such part."""
        styles = Styles.from_package(package)
        lists: dict[str, List] = {}
        style_levels: dict[str, dict[str, int]] = {}
        for part in package.related(package.main, "numbering"):
            reader = _Reader(parse(package.parts[part]), styles)
            lists.update(reader.lists())
            style_levels.update(reader.style_levels())
        return cls(lists, style_levels, styles)

    def level_of(self, paragraph: etree._Element) -> tuple[str, int] | None:
        """The list (`numId`) and level of a `w:p`, from the paragraph or its style; None when it has no label."""
        properties = paragraph.find(w("pPr"))
        direct = None if properties is None else properties.find(w("numPr"))
        chain = self._styles.chain(val(properties, "pStyle"))
        num_id = val(direct, "numId")
        ilvl = val(direct, "ilvl")
        if num_id is None:
            num_id = next((style.num_id for style in chain if style.num_id is not None), None)
            if num_id is not None and ilvl is None:
                linked = self._style_levels.get(num_id, {})
                level = next((linked[style.id] for style in chain if style.id in linked), None)
                if level is None:
                    level = next((style.ilvl for style in chain if style.ilvl is not None), 0)
                ilvl = str(level)
        if num_id is None or num_id not in self.lists:
            return None
        return num_id, min(max(whole(ilvl, 0), 0), LEVELS - 1)

    def suffix(self, num_id: str, ilvl: int) -> str:
        """What Word prints between a label and the text: a tab, a space or nothing."""
        return {"space": " ", "nothing": ""}.get(self.lists[num_id].levels[ilvl].suffix, "\t")

    def counter(self) -> LabelCounter:
        """A counter that stands before the first paragraph."""
        return LabelCounter(self.lists)


class _Reader:
    """One numbering part."""

    def __init__(self, root: etree._Element, styles: Styles) -> None:
        self.styles = styles
        self.abstracts = {item.get(w("abstractNumId"), ""): item for item in root.iterfind(w("abstractNum"))}
        self.nums = {item.get(w("numId"), ""): item for item in root.iterfind(w("num"))}

    def lists(self) -> Iterator[tuple[str, List]]:
        """Every `w:num` that has an abstract list; number 0 means "no list" in Word."""
        for num_id, num in self.nums.items():
            group, abstract = self._abstract(num)
            if abstract is None or num_id == "0":
                continue
            levels = {whole(item.get(w("ilvl")), 0): item for item in abstract.iterfind(w("lvl"))}
            starts: dict[int, int] = {}
            for override in num.iterfind(w("lvlOverride")):
                ilvl = whole(override.get(w("ilvl")), 0)
                replaced = override.find(w("lvl"))
                if replaced is not None:
                    levels[ilvl] = replaced
                start = val(override, "startOverride")
                if start is not None:
                    starts[ilvl] = whole(start, 1)
            yield num_id, List(group, tuple(_level(levels.get(ilvl)) for ilvl in range(LEVELS)), starts)

    def style_levels(self) -> Iterator[tuple[str, dict[str, int]]]:
        """By `numId`, the level that each paragraph style is linked to."""
        for num_id, num in self.nums.items():
            _, abstract = self._abstract(num)
            items = (
                []
                if abstract is None
                else [*abstract.iterfind(w("lvl")), *num.iterfind(f"{w('lvlOverride')}/{w('lvl')}")]
            )
            linked = {style: whole(item.get(w("ilvl")), 0) for item in items if (style := val(item, "pStyle"))}
            yield num_id, linked

    def _abstract(self, num: etree._Element) -> tuple[str, etree._Element | None]:
        """The abstract list behind a `w:num`, through the list style that it may link to."""
        seen: set[str] = set()
        key = val(num, "abstractNumId") or ""
        while (abstract := self.abstracts.get(key)) is not None and key not in seen:
            seen.add(key)
            link = val(abstract, "numStyleLink")
            if link is None:
                return key, abstract
            chain = self.styles.chain(link)
            target = self.nums.get(chain[0].num_id or "") if chain else None
            if target is None:
                break
            key = val(target, "abstractNumId") or ""
        return key, abstract


def _level(element: etree._Element | None) -> Level:
    """One `w:lvl`; an absent one counts silently."""
    if element is None:
        return Level()
    text = val(element, "lvlText") or ""
    form = _form(element)
    restart = val(element, "lvlRestart")
    return Level(
        format=form,
        text=spelled(text, _font(element)) if form == "bullet" else text,
        start=whole(val(element, "start"), 0),
        restart=None if restart is None else whole(restart, 0),
        legal=on(element, "isLgl") or False,
        suffix=val(element, "suff") or "tab",
    )


def _font(element: etree._Element) -> str:
    """The font a label's own run properties name, "" for none."""
    fonts = element.find(f"{w('rPr')}/{w('rFonts')}")
    return "" if fonts is None else fonts.get(w("hAnsi"), fonts.get(w("ascii"), ""))


def _form(element: etree._Element) -> str:
    """The number format; a custom one in `mc:AlternateContent` as its first number (001), else the fallback."""
    form = val(element, "numFmt")
    if form is None:
        forms = list(element.iter(w("numFmt")))
        form = forms[-1].get(w("val")) if forms else None
        custom = forms[0].get(w("format"), "").partition(",")[0].strip() if forms else ""
        if custom.startswith("0") and custom.isdecimal() and custom.isascii():
            return custom
    return form or "decimal"
