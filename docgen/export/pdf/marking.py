"""Marked content: which of a page's operations draw what element of the structure tree, and which draw none."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from docgen.export.pdf.elements import DECORATION, Artifact, Run, Target

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_MARKS: Final = ("/Span", "/Figure")


class Marker:
    """Rewrites a page's operations: one marked sequence for neighbouring pieces of one element."""

    def __init__(self, targets: Sequence[Target], page: int, pdf: Any, resources: Any) -> None:  # noqa: ANN401 — WeasyPrint has no type information
        """`targets` are those of WeasyPrint's marks in their order; `resources` name what is drawn as one thing."""
        self._targets, self._page, self._pdf = targets, page, pdf
        self._groups = _groups(pdf, resources)
        self._out: list[Any] = []
        self._count = 0
        self._open: Target | None = None  # of the sequence that the last operation has closed

    def marked(self, operations: Sequence[Any]) -> list[Any]:
        """The operations as they go into the file."""
        at = depth = 0
        while at < len(operations):
            operation = operations[at]
            if operation in _MARKS:
                target = self._targets[int(operations[at + 1]["MCID"])]
                at, depth = at + 3, depth + 1
                if target is self._open and self._out[-1] == b"EMC":
                    at += self._go_on(operations[at])
                else:
                    self._begin(target)
                continue
            if not depth and isinstance(operation, bytes) and operation in self._groups:
                self._begin(self._within(self._groups[operation]))
                self._out += [operation, b"EMC"]
                self._open = None
            else:
                if operation == "/Artifact":
                    self._open = None
                depth += (operation in (b"BMC", b"BDC")) - (operation == b"EMC")
                self._out.append(operation)
            at += 1
        return self._out

    def _begin(self, target: Target) -> None:
        self._open = target
        if isinstance(target, Artifact):
            self._out += [b"/Artifact", target.properties, b"BDC"]
            return
        self._out += [f"/{target.element.role}", f"<</MCID {self._count}>>", b"BDC"]
        target.marks.append((self._page, self._count))
        self._count += 1

    def _go_on(self, following: Any) -> int:  # noqa: ANN401 — as above
        """Go on with the sequence that was just closed; how many of the following operations that makes needless."""
        self._out.pop()
        if self._out[-1] == b"ET" and following == b"BT":
            self._out.pop()
            return 1
        return 0

    def _within(self, group: Any) -> Target:  # noqa: ANN401 — as above
        """What a group belongs to: all of it to what is drawn first in it; its own marks are taken out."""
        found: list[Target] = []
        out: list[Any] = []
        inner = _groups(self._pdf, self._pdf.objects[_number(group.extra["Resources"])])
        at = 0
        while at < len(group.stream):
            operation = group.stream[at]
            if operation in _MARKS:
                found.append(self._targets[int(group.stream[at + 1]["MCID"])])
            elif isinstance(operation, bytes) and operation in inner:
                found.append(self._within(inner[operation]))
            if operation in _MARKS or operation == "/Artifact":
                at += 3 if operation in _MARKS else 2
                continue
            if operation != b"EMC":
                out.append(operation)
            at += 1
        group.stream = out
        return next((one for one in found if isinstance(one, Run)), found[0] if found else DECORATION)


def _groups(pdf: Any, resources: Any) -> Mapping[bytes, Any]:  # noqa: ANN401 — as above
    """What is drawn as one thing, as translucent pictures are, by the operation that draws it."""
    found: dict[bytes, Any] = {}
    for name, reference in resources["XObject"].items():
        one = pdf.objects[_number(reference)]
        if hasattr(one, "_tags"):
            found[b"/%b Do" % name.encode("ascii")] = one
    return found


def _number(reference: bytes) -> int:
    """The object's number in a reference to it."""
    return int(reference.split()[0])
