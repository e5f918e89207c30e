"""The names a tag may use, by key or label, and the nearest right names for a wrong one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from docgen.language.kinds import FLAG, WHOLE, Kind, kind_of
from docgen.schema import FieldType, RecordType, nearest

if TYPE_CHECKING:
    from collections.abc import Mapping

LOOP_FIELDS: Final[Mapping[str, Kind]] = {"index": WHOLE, "first": FLAG, "last": FLAG, "length": WHOLE}
LOOP: Final = "loop"


class Scope:
    """Which names may be used: the deal's fields, the template's short names, and loop variables.

    A field that stands under its own key may be named by its label too.
    """

    def __init__(self, names: Mapping[str, FieldType | RecordType]) -> None:
        """Take the root names; a name is what `values` will hold when the template is filled."""
        self._kinds = {name: kind_of(field) for name, field in names.items()}
        self._keys = {name: name for name in names}
        for name, field in names.items():
            if isinstance(field, FieldType) and field.key == name:
                for other in filter(None, (field.zh, field.single)):
                    self._keys.setdefault(other, name)
        self._in_loop = False

    def resolve(self, name: str) -> tuple[str, Kind] | None:
        """The key of a name and the kind of its value; None for an unknown name."""
        key = self._keys.get(name)
        return None if key is None else (key, self._kinds[key])

    def suggest(self, name: str) -> list[str]:
        """The nearest names, best first, in the writing of `name`."""
        return nearest(name, self._keys)

    @property
    def in_loop(self) -> bool:
        """Whether `loop` means something here."""
        return self._in_loop

    @property
    def names(self) -> Mapping[str, Kind]:
        """Every name by key, loop variables included."""
        return self._kinds

    def takes(self, name: str) -> bool:
        """Whether a loop variable may have this name: a root name or an outer variable can't be hidden."""
        return name not in self._keys and name != LOOP

    def inside(self, variable: str, kind: Kind) -> Scope:
        """The scope of a loop's body."""
        inner = Scope({})
        inner._kinds = {**self._kinds, variable: kind}
        inner._keys = {**self._keys, variable: variable}
        inner._in_loop = True
        return inner
