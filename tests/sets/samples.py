"""The bundled samples, built once for all tests that look at whole sets."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from docgen import resources
from docgen.cli.loading import load_toolbox
from docgen.load import load_text
from docgen.pipeline import BuildOptions, build
from docgen.word.text import extract_text

if TYPE_CHECKING:
    from docgen.pipeline import BuildResult, Toolbox

SAMPLES = ("foshan-third-party", "grg-hk-patent", "patent-transfer", "zhaoqing-patent")


@cache
def tools() -> Toolbox:
    """Schema, law and the bundled templates."""
    return load_toolbox()


def sample_text(name: str) -> str:
    """The deal file of a sample."""
    return (resources.samples() / name / "deal.yaml").read_text(encoding="utf-8")


def build_text(text: str, only: tuple[str, ...] = ()) -> BuildResult:
    """The set of a deal given as text, or some of its papers."""
    return build(load_text(text, "deal.yaml"), tools(), BuildOptions(only=only))


@cache
def built(name: str) -> BuildResult:
    """The set of a sample."""
    return build_text(sample_text(name))


@cache
def texts(name: str) -> dict[str, str]:
    """The text of every paper of a sample's set, by file name."""
    return {file: extract_text(data) for file, data in built(name).files.items() if file.endswith(".docx")}
