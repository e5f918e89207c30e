"""Every message file keeps to the same rules, whoever wrote it."""

from __future__ import annotations

import functools
import re
import tomllib
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from docgen.diagnostics import InputError, Severity
from docgen.diagnostics.codes import MESSAGES, all_codes, entry
from docgen.diagnostics.explain import explain
from docgen.diagnostics.pages import pages
from docgen.diagnostics.text import PLACEHOLDER
from docgen.load import load_text

FILES = sorted(MESSAGES.glob("*.toml"))
ENTRIES: list[tuple[str, str, dict[str, Any]]] = [
    (file.stem, code, known)
    for file in FILES
    for code, known in tomllib.loads(file.read_text(encoding="utf-8")).items()
]
FORM = {"name", "severity", "message", "here", "why", "help", "related", "notes", "explain", "example"}
CODE = re.compile(r"[YSTFXUL]\d{3}|[A-Z]\d{2}")
MARKUP = re.compile(r"`[^`]*`|\[[^\]]*\]|\{[^}]*\}")  # fragments of files, whose punctuation is their own
SENTENCE_START = re.compile(  # names such as Word or Pango may stand first
    r"(A|An|The|This|That|These|There|It|You|No|Not|Two|Some|Use|Write|Check|Put|Delete|Add|Remove|Give|Name|In|If|For)\b"
)
# Their examples are too long to print: the good one of a kind stands for all.
WITHOUT_BAD_EXAMPLE = {"Y010", "Y032"}

every_entry = pytest.mark.parametrize(("file", "code", "known"), ENTRIES, ids=[code for _, code, _ in ENTRIES])


def texts_of(known: dict[str, Any]) -> dict[str, dict[str, str]]:
    """Every pair of texts of an entry."""
    single: dict[str, dict[str, str]] = {
        name: known[name] for name in ("message", "here", "why", "help", "explain") if name in known
    }
    keyed = {f"{name}.{key}": text for name in ("related", "notes") for key, text in known.get(name, {}).items()}
    return {**single, **keyed}


@functools.cache
def all_pages() -> dict[str, str]:
    return pages()


def test_the_message_files_are_seen() -> None:
    assert {"yaml", "usage"} <= {file.stem for file in FILES}
    assert len(ENTRIES) >= 43
    assert set(all_codes()) == {code for _, code, _ in ENTRIES}


def test_no_code_and_no_name_is_given_twice() -> None:
    assert [code for code, times in Counter(code for _, code, _ in ENTRIES).items() if times > 1] == []
    assert [name for name, times in Counter(known["name"] for _, _, known in ENTRIES).items() if times > 1] == []


@every_entry
def test_an_entry_has_the_agreed_form(file: str, code: str, known: dict[str, Any]) -> None:
    assert file
    assert CODE.fullmatch(code)
    assert set(known) <= FORM
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", known["name"])
    assert known["severity"] in set(Severity)
    assert {"message", "explain", "example"} <= set(known)
    assert set(known["example"]) == {"bad", "good"}
    assert all(known["example"].values())
    assert entry(code).severity == known["severity"]


@every_entry
def test_both_languages_say_the_same_with_the_same_values(file: str, code: str, known: dict[str, Any]) -> None:
    for name, text in texts_of(known).items():
        assert set(text) == {"zh", "en"}, f"{file}: {code}.{name}"
        found = {lang: {one.split(".")[0] for one in PLACEHOLDER.findall(text[lang])} for lang in text}
        assert found["zh"] == found["en"], f"{file}: {code}.{name}"


@every_entry
def test_the_words_are_plain_and_rightly_set(file: str, code: str, known: dict[str, Any]) -> None:
    for name, text in texts_of(known).items():
        where = f"{file}: {code}.{name}"
        zh, en = MARKUP.sub("", text["zh"]), MARKUP.sub("", text["en"])
        assert not re.search("非法|语法", zh), where
        assert not re.search(r"\b(illegal|syntax)\b", en, re.IGNORECASE), where
        assert not re.search(r"[一-鿿][,;?!]|[,;?!][一-鿿]", zh), where
        if name != "explain":
            assert "\n" not in text["zh"] + text["en"], where
            assert not text["zh"].endswith("。"), where
            assert not text["en"].endswith("."), where
            assert not SENTENCE_START.match(text["en"]), where


@every_entry
def test_explain_and_its_page_say_everything_there_is(file: str, code: str, known: dict[str, Any]) -> None:
    assert file
    page = all_pages()[f"{code}.md"]
    for lang in ("zh", "en"):
        said = explain(code, lang)
        assert said in page
        assert said.startswith(f"# {code} {known['name']}\n")
        assert known["explain"][lang].strip() in said
        for fragment in known["example"].values():
            assert all(line.strip() in said for line in fragment.splitlines())


def test_every_code_that_docgen_names_has_an_entry() -> None:
    package = MESSAGES.parent.parent
    named = {
        code: path.relative_to(package).as_posix()
        for path in package.rglob("*.py")
        for code in re.findall(r"""["']([YSTFXUL]\d{3})["']""", path.read_text(encoding="utf-8"))
    }
    assert len(named) >= 43
    assert {code: path for code, path in named.items() if code not in all_codes()} == {}


def test_an_unknown_code_has_no_entry() -> None:
    with pytest.raises(KeyError):
        entry("Q999")


@pytest.mark.parametrize("code", [code for code in all_codes() if code[0] == "Y"])
def test_the_examples_of_yaml_codes_are_what_they_say(code: str) -> None:
    example = entry(code).example

    def found(text: str) -> list[str]:
        try:
            return [one.code for one in load_text(text, "deal.yaml").diagnostics]
        except InputError as error:
            return [one.code for one in error.diagnostics]

    assert code in found(example["bad"]) or code in WITHOUT_BAD_EXAMPLE
    assert found(example["good"]) == []


def test_every_yaml_code_has_a_case_of_bad_input() -> None:
    cases = {path.name for path in Path(__file__).parent.iterdir() if path.is_dir()}
    assert {code for code in all_codes() if code[0] == "Y"} - cases == WITHOUT_BAD_EXAMPLE
