"""The documents of the comparison, all invented: five like those of a closing set, fourteen with one feature each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tests.fidelity.documents import contract, deed, drawn, features, form, kinds, layout, schedule

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.fidelity.documents.word import Node

DOCUMENTS: Final[dict[str, Callable[[], Node]]] = {
    "contract": contract.contract,
    "deed": deed.deed,
    "form": form.form,
    "guarantee": contract.guarantee,
    "schedule": schedule.schedule,
    "char_effects": kinds.character_effects,
    "footnotes": drawn.footnotes,
    "image": drawn.image,
    "keep_break": layout.keep_and_break,
    "latin_justify": features.latin_justification,
    "mixed_sizes": features.mixed_sizes,
    "numbering_kinds": kinds.numbering_kinds,
    "punctuation": features.punctuation,
    "rare_chars": features.rare_characters,
    "sections": layout.sections,
    "spacing_kinds": features.spacing_kinds,
    "tables_mix": layout.mixed_tables,
    "tabs": kinds.tabs,
    "tracked": drawn.tracked,
}
