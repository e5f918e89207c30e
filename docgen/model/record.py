"""One node of the deal: typed values by key, read as attributes or items, never changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, NoReturn, TypeAlias, Union

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from docgen.diagnostics import Place

Value: TypeAlias = Union[str, int, bool, Decimal, date, "Record", tuple["Value", ...], "Missing"]


@dataclass(frozen=True, slots=True)
class Missing:
    """A known field that the deal doesn't give; falsy, and never printed as a value.

    `field` is its path, `label` its Chinese name, `place` the mapping that should hold it. `because`
    holds what a derived value waited for.
    """

    field: str
    label: str
    place: Place | None = None
    because: tuple[Missing, ...] = ()

    def __bool__(self) -> bool:
        """Nothing is there."""
        return False


class Record:
    """One record of the deal.

    `record.contract_no` and `record["contract_no"]` give the typed value. A known field that is
    absent gives a `Missing`; an unknown name raises `AttributeError` or `KeyError`. Lists are tuples.
    A reference gives the record it points to. Derived fields are computed on first access by the
    function they were registered with, and kept.
    """

    __slots__ = ("_derived", "_labels", "_parent", "_path", "_place", "_places", "_type_name", "_values")

    def __init__(  # noqa: PLR0913 — one call site, in validate.py; every argument is a different fact
        self,
        type_name: str,
        path: str,
        place: Place | None,
        values: dict[str, Value],
        places: Mapping[str, Place],
        labels: Mapping[str, str],
        derived: Mapping[str, Callable[[Record], Value]],
        parent: Record | None,
    ) -> None:
        """Take over `values`; `labels` names every known field, also the absent ones."""
        put = object.__setattr__
        put(self, "_type_name", type_name)
        put(self, "_path", path)
        put(self, "_place", place)
        put(self, "_values", values)
        put(self, "_places", places)
        put(self, "_labels", labels)
        put(self, "_derived", derived)
        put(self, "_parent", parent)

    def __getitem__(self, key: str) -> Any:  # noqa: ANN401 — values are typed by the schema
        """The value of a field, or `Missing`; KeyError for a name the schema doesn't know."""
        values = self._values
        if key in values:
            return values[key]
        if key in self._derived:
            value = self._derived[key](self)
            values[key] = value
            return value
        if key in self._labels:
            return self.missing(key)
        raise KeyError(key)

    def __getattr__(self, key: str) -> Any:  # noqa: ANN401 — values are typed by the schema
        """The value of a field, or `Missing`."""
        try:
            return self[key]
        except KeyError:
            raise AttributeError(key) from None

    def __setattr__(self, key: str, value: object) -> NoReturn:
        """Records don't change."""
        raise AttributeError(key)

    def __contains__(self, key: str) -> bool:
        """Whether the schema knows the field for this record."""
        return key in self._labels

    def __iter__(self) -> Iterator[str]:
        """The keys that the deal gives, in the order of the schema."""
        return (key for key in self._labels if key in self._values and key not in self._derived)

    def __repr__(self) -> str:
        """Type and path only: values may be personal data."""
        return f"<{self._type_name} {self._path}>"

    def __eq__(self, other: object) -> bool:
        """Records are equal when they are the same node of the same deal."""
        return self is other

    def __hash__(self) -> int:
        """Identity."""
        return id(self)

    @property
    def type_name(self) -> str:
        """The schema part this record was read by."""
        return str(self._type_name)

    @property
    def path(self) -> str:
        """Where it stands in the deal, for example `pledges[0].assets[2]`."""
        return str(self._path)

    @property
    def parent(self) -> Record | None:
        """The record that holds this one."""
        parent: Record | None = self._parent
        return parent

    @property
    def root(self) -> Record:
        """The deal."""
        node = self
        while node.parent is not None:
            node = node.parent
        return node

    def given(self, key: str) -> bool:
        """Whether the field has a value, derived ones included; an empty list is not given."""
        value = self[key]
        return not isinstance(value, Missing) and value != ()

    def missing(self, key: str, because: tuple[Missing, ...] = ()) -> Missing:
        """The `Missing` for one of this record's fields."""
        field = f"{self._path}.{key}" if self._path else key
        return Missing(field, self._labels[key], self._place, because)

    def place_of(self, key: str) -> Place | None:
        """Where the field's value stands, or the record's own place when it is absent or derived."""
        place: Place | None = self._places.get(key, self._place)
        return place

    @property
    def known(self) -> tuple[str, ...]:
        """Every field the schema knows for this record, given or not."""
        return tuple(self._labels)

    def label_of(self, key: str) -> str:
        """The Chinese name of a field."""
        return str(self._labels[key])
