"""The tags of a part, read from its own XML before anything patches it: what they are and where they stand.

What docxtpl would swallow or tear is a finding here: a tag paragraph that holds anything else, a tag cut in two by a
picture, a tag that is never closed, look-alike braces.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from docgen.language.findings import finding
from docgen.word.xml import w

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from lxml import etree

    from docgen.diagnostics import Diagnostic, Place

TAG: Final = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
_LEVELS: Final = ("tr", "tc", "p", "r")
_HEAD: Final = re.compile(r"\{[{%#](?P<level>tr|tc|p|r) ")
_WRONG_BRACES: Final = re.compile(
    r"｛\s*[｛%％{#]|[{]\s*[｛％]|\{\s+[{%]|｝\s*｝|[}%％]\s*｝|[｝％]\s*\}|«[^»]*»"
    r"|[{｛]\s*[^\W\d]\w*(?:\.\w+)+\s*(?:\|[^{}｛｝]*)?[}｝]"  # one brace around a field
)
_UNCLOSED: Final = re.compile(r"\{[{%#][^{}]{0,40}")
_UNOPENED: Final = re.compile(r"[^{}]{0,40}(?:\}\}|%\}|#\})")
# A paragraph longer than this, or with more tags, is no contract's: docxtpl's patterns would take minutes over it.
_LONGEST: Final = 20_000
_MOST_TAGS: Final = 500

# What may stand between the runs that a tag is cut over, and inside a paragraph or row that holds a tag alone.
_TRANSPARENT: Final = frozenset(
    w(name) for name in ("r", "t", "rPr", "pPr", "p", "tc", "tcPr", "tr", "trPr", "tblPrEx", "smartTag", "smartTagPr")
)
_PROPERTIES: Final = frozenset(w(name) for name in ("rPr", "pPr", "tcPr", "trPr", "tblPrEx", "smartTagPr"))


@dataclass(frozen=True, slots=True)
class Tag:
    """One tag. `kind` is `print`, `block` or `comment`; `level` is "" inside text, `p` or `tr` for a whole one.

    `content` is what stands between the braces. `container` is what the tag's block must not leave, `element` the
    paragraph or row that the tag takes the place of, None for a tag in text. Of a `broken` tag everything is said
    already; it only opens and closes its block.
    """

    kind: str
    level: str
    content: str
    place: Place
    container: object
    element: object = None
    broken: bool = False


def collect(root: etree._Element, locate: Callable[[etree._Element, str], Place], found: list[Diagnostic]) -> list[Tag]:
    """The tags of a part in the order of its XML; `found` gets what is wrong with their form."""
    order = {element: index for index, element in enumerate(root.iter(w("t")))}
    tags: list[tuple[int, int, Tag]] = []
    for paragraph in root.iter(w("p")):
        texts = list(_own_texts(paragraph))
        text = "".join(element.text or "" for element in texts)
        if not any(sign in text for sign in "{}｛｝«"):
            continue
        place = locate(paragraph, text)
        if len(text) > _LONGEST or text.count("{") > 2 * _MOST_TAGS:
            found.append(finding("T158", place))
            continue
        for match in TAG.finditer(text):
            first, last = _at(texts, match.start()), _at(texts, match.end() - 1)
            tag = _tag(match[0], place, paragraph, texts[first], found)
            if first != last and _torn(texts[first], texts[last]):
                found.append(finding("T151", place, tag=match[0]))
            if tag is not None:
                tags.append((order[texts[first]], match.start(), tag))
        found += _remains(TAG.sub("\ufffc", text), place)
    found += _outside(root, locate)
    tags.sort(key=lambda item: item[:2])
    return [tag for _, _, tag in tags]


def _own_texts(paragraph: etree._Element) -> Iterator[etree._Element]:
    """The w:t elements of a paragraph, without those of text boxes in it."""
    for child in paragraph:
        if child.tag == w("t"):
            yield child
        elif child.tag not in {w("p"), w("txbxContent")} and child.tag not in _PROPERTIES:
            yield from _own_texts(child)


def _at(texts: list[etree._Element], position: int) -> int:
    """The index of the text element that holds a character of the paragraph."""
    for index, element in enumerate(texts):
        position -= len(element.text or "")
        if position < 0:
            return index
    return len(texts) - 1


def _torn(first: etree._Element, last: etree._Element) -> bool:
    """Whether anything but text stands inside a tag that is cut over several runs: it would be lost."""
    run, end = first.getparent(), last.getparent()
    if run is None or end is None or run.getparent() is not end.getparent():
        return True
    node: etree._Element | None = run
    while node is not None:
        if node.tag != w("r") or any(child.tag not in {w("rPr"), w("t")} for child in node):
            return True
        if node is end:
            return False
        node = node.getnext()
    return True


def _tag(
    text: str, place: Place, paragraph: etree._Element, element: etree._Element, found: list[Diagnostic]
) -> Tag | None:
    """The tag of one piece of text; None when it isn't where such a tag can be."""
    kind = {"{": "print", "%": "block", "#": "comment"}[text[1]]
    head = _HEAD.match(text)
    level = head["level"] if head else ""
    content = text[2 + len(level) : -2]
    code = _refusal(kind, level, content)
    container: object = paragraph
    whole: object = None
    if code:
        found.append(finding(code, place, tag=text))
        return Tag(kind, level, content.strip("+-"), place, container, broken=True)
    if level == "p":
        found += _alone(paragraph, text, place, "T143")
        container, whole = paragraph.getparent(), paragraph
    elif level == "tr":
        row = next(paragraph.iterancestors(w("tr")), None)
        if row is None:
            found.append(finding("T152", place, tag=text))
            return None
        found += _alone(row, text, place, "T144")
        container, whole = row.getparent(), row
    else:
        run = element.getparent()
        container = run.getparent() if run is not None else paragraph
    return Tag(kind, level, content, place, container, whole)


def may_lose_all(tags: list[Tag]) -> bool:
    """Whether a table may end up without a row, or a cell without the paragraph it must end with."""
    steps = {tag.element: _depth(tag) for tag in tags if tag.element is not None}
    containers = {id(tag.container): tag.container for tag in tags if tag.element is not None}
    return any(_may_lose_all(container, steps) for container in containers.values())


def _depth(tag: Tag) -> int:
    """How a tag changes the depth of blocks."""
    word = tag.content.split(maxsplit=1)[0] if tag.kind == "block" else ""
    return {"if": 1, "for": 1, "endif": -1, "endfor": -1}.get(word, 0)


def _may_lose_all(container: Any, steps: dict[object, int]) -> bool:  # noqa: ANN401 — the element of a tag
    depth = 0
    kept = False
    for child in container.iterchildren(w("tr"), w("p"), w("tbl")):
        if child in steps:
            depth += steps[child]
        else:
            stays = depth == 0 and child.tag != w("tbl")
            kept = stays or (kept and container.tag == w("tbl"))
    return container.tag in {w("tc"), w("tbl")} and not kept


def _refusal(kind: str, level: str, content: str) -> str:
    """The code for a form of tag that the language doesn't have."""
    if content[:1] in {"-", "+"} or content[-1:] in {"-", "+"}:
        return "T139"
    if level in {"tc", "r"} or (level and kind == "print"):
        return "T138"
    if kind == "comment":
        return "" if level == "p" else "T140"
    return "T147" if any(sign in content for sign in "{}%") else ""


def _alone(element: etree._Element, text: str, place: Place, code: str) -> Iterator[Diagnostic]:
    """A finding when a paragraph or row that docxtpl swallows holds more than its tag."""
    everything = "".join(one.text or "" for one in element.iter(w("t")))
    extra = everything.replace(text, "", 1).strip()
    if extra:
        yield finding(code, place, ("text",), tag=text, extra=extra[:40])
        return
    section = any(one.tag == w("sectPr") for one in element.iter())
    stranger = next((one for one in _visible(element) if one.tag not in _TRANSPARENT), None)
    if section:
        yield finding(code, place, ("section",), tag=text, extra="")
    elif stranger is not None:
        yield finding(code, place, (_NOTES.get(_local(stranger), "other"),), tag=text, extra=_local(stranger))


_NOTES: Final = {
    "bookmarkStart": "bookmark",
    "bookmarkEnd": "bookmark",
    "drawing": "picture",
    "pict": "picture",
    "fldChar": "field",
    "fldSimple": "field",
    "instrText": "field",
    "tbl": "table",
}


def _visible(element: etree._Element) -> Iterator[etree._Element]:
    """What a paragraph or row holds, without its properties."""
    for child in element:
        yield child
        if child.tag not in _PROPERTIES:
            yield from _visible(child)


def _local(element: etree._Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _remains(rest: str, place: Place) -> Iterator[Diagnostic]:
    """What is left of a paragraph's text without its tags: braces that are none, or lack their other half."""
    wrong = _WRONG_BRACES.search(rest)
    if wrong:
        yield finding("T145", place, text=rest[max(0, wrong.start() - 2) : wrong.end() + 12].replace("\ufffc", "…"))
        return
    opened = _UNCLOSED.search(rest)
    closed = _UNOPENED.search(rest)
    if opened:
        yield finding("T146", place, text=opened[0].strip())
    elif closed:
        yield finding("T146", place, text=closed[0].replace("\ufffc", "…").strip())


def _outside(root: etree._Element, locate: Callable[[etree._Element, str], Place]) -> Iterator[Diagnostic]:
    """Tags where no text stands: in field codes, alternative texts, deleted text."""
    for element in root.iter("*"):
        values = [str(value) for value in element.attrib.values()]
        if element.tag != w("t") and element.text:
            values.append(element.text)
        for value in values:
            if "{{" in value or "{%" in value:
                paragraph = next(element.iterancestors(w("p")), element)
                yield finding("T148", locate(paragraph, value), text=value.strip()[:60])
