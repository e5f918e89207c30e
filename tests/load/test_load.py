from __future__ import annotations

import time

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from docgen.diagnostics import Diagnostic, InputError
from docgen.load import Mapping, Node, Scalar, Sequence, load_text, parse


def problems(text: str) -> tuple[Diagnostic, ...]:
    """Every finding about a text, whether it could be read or not."""
    try:
        return load_text(text, "deal.yaml").diagnostics
    except InputError as error:
        return error.diagnostics


def codes(text: str) -> list[str]:
    return [f"{one.code}:{one.place.line}" for one in problems(text) if one.place]


def value(text: str) -> Scalar:
    """The value of the only field."""
    (entry,) = load_text(text, "deal.yaml").root.entries
    assert isinstance(entry.value, Scalar)
    return entry.value


def scalars(node: Node) -> list[Scalar]:
    """Every key and value below a node."""
    if isinstance(node, Scalar):
        return [node]
    if isinstance(node, Sequence):
        return [scalar for item in node.items for scalar in scalars(item)]
    return [scalar for entry in node.entries for scalar in (entry.key, *scalars(entry.value))]


@pytest.mark.parametrize(
    "typed",
    [
        "0044062201040009999",
        "010010",
        "110101199001011234",
        "201910123456.70",
        "4.350%",
        "5,000,000.10",
        "500万元",
        "2022/1/29",
        "2022年1月29日",
        "2022-01-29",
        "NO",
        "yes",
        "12:30",
        "12:30:45",
        "0123",
        "1_000",
        "0x1F",
        "1e6",
        ".inf",
        "=",
        "专利号ZL#1",
        "甲方：乙方",
        "甲　乙",
        "𠮷䶮",
        "5 - 6",
        "a: b"[0] + ":b",
    ],
)
def test_an_unquoted_value_arrives_exactly_as_typed(typed: str) -> None:
    assert value(f"a: {typed}\n").text == typed
    assert value(f"a: {typed}\n").style == "plain"
    assert problems(f"a: {typed}\n") == ()


def test_the_style_of_a_value_is_kept() -> None:
    root = load_text("a: x\nb: 'x'\nc: \"x\"\nd: |\n  x\ne: >-\n  x\n", "deal.yaml").root
    styles = [scalars(entry.value)[0].style for entry in root.entries]
    assert styles == ["plain", "quoted", "quoted", "block", "block"]


@pytest.mark.parametrize(("typed", "null"), [("", True), ("~", True), ("null", True), ("''", False), ('"null"', False)])
def test_null_is_what_was_left_empty_without_quotes(typed: str, *, null: bool) -> None:
    assert value(f"a: {typed}\n").is_null is null


def test_places_count_characters_from_one_and_end_after_the_last() -> None:
    tree = load_text("贷款:\n  名称: 𠮷的公司  # 注释\n  清单: [甲, {乙: 丙}]\n", "deal.yaml")
    spans = {one.text: (one.place.line, one.place.column, one.place.end_column) for one in scalars(tree.root)}
    assert spans == {
        "贷款": (1, 1, 3),
        "名称": (2, 3, 5),
        "𠮷的公司": (2, 7, 11),
        "清单": (3, 3, 5),
        "甲": (3, 8, 9),
        "乙": (3, 12, 13),
        "丙": (3, 15, 16),
    }
    assert tree.root.place.source == "deal.yaml"


def test_a_list_and_a_mapping_know_where_they_start() -> None:
    root = load_text("a:\n  - b: 1\n  - {c: 2}\n", "deal.yaml").root
    items = root.get("a")
    assert isinstance(items, Sequence)
    places = [(node.place.line, node.place.column) for node in (root, items, *items.items)]
    assert places == [(1, 1), (2, 3), (2, 5), (3, 5)]


def test_a_value_of_several_lines_has_no_end_column() -> None:
    assert value("a: |\n  x\n  y\n").place.end_column is None
    assert value("a: |\n  x\n  y\n").text == "x\ny\n"


def test_a_value_left_empty_stands_at_its_key() -> None:
    root = load_text("a:\n\n\nb:", "deal.yaml").root
    assert [(one.place.line, one.place.column) for one in scalars(root)] == [(1, 1), (1, 1), (4, 1), (4, 1)]


def test_a_field_is_found_by_its_name_as_written() -> None:
    root = load_text("金额: 5\n", "deal.yaml").root
    assert isinstance(root.get("金额"), Scalar)
    assert root.get("期限") is None


def test_line_ends_of_windows_and_a_byte_order_mark_change_nothing() -> None:
    tree = load_text("\ufeffa: 1\r\nb: |\r\n  x\r\n  y\r\n", "deal.yaml")
    assert [one.text for one in scalars(tree.root)] == ["a", "1", "b", "x\ny\n"]
    assert [(entry.key.place.line, entry.key.place.column) for entry in tree.root.entries] == [(1, 1), (2, 1)]
    assert tree.diagnostics == ()


def test_a_duplicate_key_names_both_lines() -> None:
    (found,) = problems("loan:\n  amount: 1\n  term: 2\n  amount: 3\n")
    assert (found.code, found.place and found.place.line) == ("Y003", 4)
    assert [(one.text, one.place.line, one.place.column) for one in found.related] == [("first", 2, 3)]


def test_equal_keys_of_different_records_are_fine() -> None:
    assert problems("a: {id: 1}\nb: {id: 1}\nc:\n  - id: 1\n  - id: 1\n") == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("金额：5", ["Y012:1"]),
        ("金额：5\n期限：3\n", ["Y012:1", "Y012:2"]),
        ("loan:\n  金额：5\n", ["Y012:2"]),
        ("loan:\n  a: 5\n  金额：5\n", ["Y012:3"]),
        ("loan:\n  金额：5\n  a: 5\n", ["Y012:2"]),
        ("loan:\n  a: 5\n  金额：5\n  期限： 3\n  b: 3\nc: d\n", ["Y012:3", "Y012:4"]),
        ("a: 1\n\n  金额：5\n", ["Y012:3"]),
        ("- a：1\n  b: 2\n", ["Y002:1", "Y012:1"]),
        ("k:\n- a：1\n  b: 2\n", ["Y012:2"]),
        ("a:5\nb:6\n", ["Y013:1", "Y013:2"]),
        ("a: 1\n  b: 2\n", ["Y025:2"]),
        ("a: 甲方: 乙方\nb: %x\nc: @x\nd: `x`\ne: 1\na: 2\n", ["Y021:1", "Y022:2", "Y022:3", "Y022:4", "Y003:6"]),
        ("a: 'x\nb: 2\n", ["Y023:1"]),
        ("b: 1\nc: {d: 2\ne: 3\n", ["Y024:2"]),
        ("a: (x)\nb: ]\n", ["Y024:2"]),
        ("a: *x\nb: &y 1\n", ["Y004:1", "Y004:2"]),
        ("a: ! x\n", ["Y006:1"]),
        ("a: \ud800\n", ["Y017:1"]),
        ('a: "\\ud800"\n', ["Y028:1"]),
        ('a: "\\uFFFE"\n', ["Y017:1"]),
        ('a: "\\r"\n', ["Y017:1"]),
        ("a: \x7f\n", ["Y017:1"]),
        ("a: \U0001ffff\n", ["Y017:1"]),
        ("a: \ufdd0\n", ["Y017:1"]),
        ("a: \u2066x\n", ["Y018:1"]),
        ("a: \U000e0041x\n", ["Y018:1"]),
        ("\ta: 1\n", ["Y011:1"]),
        ("a: 1\tb\n", ["Y011:1"]),
        ("a: |\n  x\ty\n", ["Y011:2"]),
        ("a: [　甲]\n", ["Y015:1"]),
        ("a: “甲”与“乙”\n", []),
        ("#　注释\na: 1 #　注释　\nb: 2 # 见 #1\n", []),
        ("- 甲方：　乙方\n", ["Y002:1"]),
        ("a:\n  - 甲方：　乙方\n", []),
        ("a: 1\n...\nb: 2\n", ["Y007:3"]),
        ("%YAML 1.1\n---\na: 1\n", []),
        ('a: "甲\\t乙"\n', []),
        ("a: 'it''s' # “x”：y\n", []),
    ],
)
def test_each_trap_is_named_at_its_own_line(text: str, expected: list[str]) -> None:
    assert sorted(codes(text), key=lambda one: (one.split(":")[1], one)) == expected


def test_a_line_mended_to_read_on_still_gives_columns_as_typed() -> None:
    found = problems("a: 1\n金额：5 # x\nb：&x 1\n")
    assert [(one.code, one.place and one.place.column) for one in found] == [("Y012", 3), ("Y012", 2), ("Y004", 3)]


def test_problems_of_every_kind_come_in_one_run() -> None:
    text = "a: 1\na: 2\n金额：5\nb: 甲: 乙\n\tc: 3\nd: &x 4\ne: “x”\nf: x #1\n"
    found = problems(text)
    assert {one.code for one in found} == {"Y003", "Y004", "Y011", "Y012", "Y014", "Y020", "Y021"}
    assert list(found) == sorted(found, key=lambda one: one.order)


def test_full_width_space_inside_a_text_is_kept() -> None:
    assert value("a: |\n  　　第一段\n\n  　　第二段\n").text == "　　第一段\n\n　　第二段\n"
    assert value('a: "　　年　　月"\n').text == "　　年　　月"


def test_a_warning_changes_nothing_in_the_values() -> None:
    tree = load_text("a: 甲 #1\r\nb: |\r\n  x", "deal.yaml")
    assert [one.text for one in scalars(tree.root)] == ["a", "甲", "b", "x"]


def test_warnings_stay_with_the_tree() -> None:
    tree = load_text("a: 示例路 #1号楼\n", "deal.yaml")
    assert [one.code for one in tree.diagnostics] == ["Y020"]
    assert tree.text == "a: 示例路 #1号楼\n"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("[" * 200_000, "Y009"),
        ("a: " + "[" * 200_000, "Y009"),
        ("- " * 200_000, "Y009"),
        ("? " * 200_000, "Y009"),
        ("{a: " * 200_000, "Y009"),
        ("[{" * 100_000, "Y009"),
        ("".join(" " * level + "a:\n" for level in range(1_000)), "Y009"),
        ("\ta\n" * 100_000, "Y032"),
        ("a: 1\n" * 100_000, "Y032"),
        ('a: "' + "x" * 1_000_000, "Y023"),
        ("金额：5\n" * 100_000, "Y032"),
        ("a: 甲: 乙\n" * 50_000, "Y021"),
        ("".join(f"a{number}: 甲: 乙\n" for number in range(4_000)), "Y021"),
        ("a: " + "'" * 500_001, "Y023"),
    ],
    ids=lambda text: text[:8],
)
@pytest.mark.parametrize("loader", ["CSafeLoader", "SafeLoader"])
def test_a_bomb_is_refused_at_once(text: str, code: str, loader: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parse, "_LOADER", getattr(yaml, loader))
    start = time.process_time()
    assert code in {one.code for one in problems(text)}
    assert time.process_time() - start < (1 if code == "Y009" else 5)


def test_more_values_than_a_deal_can_have_are_refused() -> None:
    assert codes("a: [" + "b," * 200_000 + "]") == ["Y010:1"]


def test_depth_and_size_up_to_the_limit_are_read() -> None:
    assert problems("a: " + "[" * 19 + "]" * 19 + "\n") == ()
    assert codes("a: " + "[" * 20 + "]" * 20 + "\n") == ["Y009:1"]
    tree = load_text("a: [" + "b," * 50_000 + "]\n", "deal.yaml")
    assert len(scalars(tree.root)) == 50_001


PIECES = [
    "a: ",
    "b:",
    "\n",
    "  ",
    "- ",
    "? ",
    ": ",
    "：",
    "[",
    "]",
    "{",
    "}",
    ",",
    "'",
    '"',
    "|\n",
    ">-\n",
    "#",
    " #1",
    "&x ",
]
PIECES += [
    "*x",
    "!t ",
    "---\n",
    "...\n",
    "%",
    "@",
    "`",
    "\t",
    "\\",
    "\\x07",
    "甲",
    "“",
    "”",
    "\u3000",
    "\u2028",
    "\x85",
    "\x00",
]
PIECES += [
    "\ud800",
    "\ufffe",
    "\u202e",
    "\r",
    "\r\n",
    "<<: ",
    "𠮷",
    "~",
    "%YAML 1.1\n",
    "\ufeff",
    "\U0001ffff",
    "⽅",
    "，",
]


@settings(max_examples=600, deadline=None)
@example("? 0")
@example("a:\n-")
@example("a: [甲：乙\n- x")
@given(st.one_of(st.text(), st.lists(st.sampled_from(PIECES)).map("".join)))
@pytest.mark.parametrize("loader", ["CSafeLoader", "SafeLoader"])
def test_any_text_is_read_or_refused_with_findings_that_have_a_place(loader: str, text: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(parse, "_LOADER", getattr(yaml, loader))
        lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        found = problems(text)
        if not any(one.severity == "error" for one in found):
            tree = load_text(text, "deal.yaml")
            assert isinstance(tree.root, Mapping)
            assert all(one.place.line and one.place.line <= len(lines) for one in scalars(tree.root))
        for one in found:
            assert one.place is not None
            if one.place.line is not None:
                assert 1 <= one.place.line <= len(lines) + 1


VALUES = st.text(st.characters(exclude_categories=("Cc", "Cs", "Cn", "Zl", "Zp")), min_size=1).filter(str.strip)


@settings(max_examples=300, deadline=None)
@given(st.lists(st.tuples(st.text("abc甲乙", min_size=1), VALUES), min_size=1, unique_by=lambda pair: pair[0]))
def test_quoted_values_survive_whatever_they_hold(pairs: list[tuple[str, str]]) -> None:
    text = "".join(f"{key}: '{value.replace(chr(39), chr(39) * 2)}'\n" for key, value in pairs)
    tree = load_text(text, "deal.yaml")
    assert [(entry.key.text, scalars(entry.value)[0].text) for entry in tree.root.entries] == pairs
