from __future__ import annotations

from pathlib import Path

from docgen import resources

ROOT = Path(__file__).resolve().parent.parent


def test_a_checkout_reads_its_own_top_level_folders() -> None:
    """An editable install must not read a copy that was made when it was installed."""
    assert resources.templates() == ROOT / "templates"
    assert resources.schemas() == ROOT / "schemas"
    assert resources.samples() == ROOT / "samples"


def test_the_folders_hold_what_their_names_say() -> None:
    assert (resources.schemas() / "deal.yaml").is_file()
    assert [path.parent.name for path in resources.samples().glob("*/deal.yaml")]
    assert [path.parent.name for path in resources.templates().glob("*/template.yaml")]
