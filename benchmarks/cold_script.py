"""What somebody writes who fills one Word template with docxtpl: `python cold_script.py TEMPLATE VALUES OUT`."""

from __future__ import annotations

import json
import sys
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from docxtpl import DocxTemplate

from benchmarks import plain
from docgen.formats import dates

TYPES = {"Money": plain.Money, "Ratio": plain.Ratio, "Choice": plain.Choice, "Decimal": Decimal}


def fill(template: Path, values: Mapping[str, Any], target: Path) -> None:
    """One document; a reference to a clause prints a fixed number, as docxtpl has none."""
    environment = plain.environment()
    environment.filters.update(
        条号=lambda _anchor: "第一条",
        签署日期=lambda day: dates.as_date(day) if day else "　　年　　月　　日",
        缺省=lambda value, text: value or text,
        标签=str,
    )
    document = DocxTemplate(str(template))
    document.render(values, environment, autoescape=True)
    document.save(str(target))


def typed(table: dict[str, Any]) -> Any:  # noqa: ANN401 — any value of a deal
    """A value that JSON has no type for."""
    if table.keys() != {"is", "value"}:
        return table
    return date.fromisoformat(table["value"]) if table["is"] == "date" else TYPES[table["is"]](table["value"])


if __name__ == "__main__":
    read = json.loads(Path(sys.argv[2]).read_text(encoding="utf-8"), object_hook=typed)
    fill(Path(sys.argv[1]), read, Path(sys.argv[3]))
