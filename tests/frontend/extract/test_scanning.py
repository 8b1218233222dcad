import ast
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from infragraph.frontend.extract.measure import MOST_TOKENS, Excess
from infragraph.frontend.extract.scan import Unclosed, scan


@pytest.mark.parametrize(
    ("text", "comments"),
    [
        ("x = 1  # a\n# b", ["# a", "# b"]),
        ("x = '# a'  # b\n", ["# b"]),
        ("x = '''\n# a\n'''  # b\n", ["# b"]),
        (r"x = '\'# a'  # b", ["# b"]),
        ("x = r'\\\\'  # a\n", ["# a"]),
        ("x = f'# a{b}# c'  # d\n", ["# d"]),
        ("x = f'{a['b # c']}'  # d\n", ["# d"]),
        ("x = f'''{\na  # b\n}'''  # c\n", ["# b", "# c"]),
        ("x = f'{{# a}}'  # b\n", ["# b"]),
        ("x = f'{a:# b}'  # c\n", ["# c"]),
        ("x = f'{a:{b}# c}'  # d\n", ["# d"]),
        ("x = t'{a}# b'  # c\n", ["# c"]),
        ("x = rb'# a'  # b\n", ["# b"]),
        ("x = 'a  # not ended\ny = 1  # b\n", ["# b"]),
    ],
)
def test_comments_are_told_from_strings(text: str, comments: list[str]) -> None:
    assert [text[start:end] for start, end in scan(text).comments] == comments


@pytest.mark.parametrize(
    ("text", "unclosed"),
    [
        ("x = (1", Unclosed(4, "'(' is never closed")),
        ("x = [(1)\n", Unclosed(4, "'[' is never closed")),
        ("x = 1)", Unclosed(5, "')' closes nothing that is open")),
        ("x = (1]", Unclosed(6, "']' closes nothing that is open")),
        ("x = 'a\n", Unclosed(4, "the string never ends")),
        ("x = '''a\n", Unclosed(4, "the string never ends")),
        ("x = f'''{a}\n", Unclosed(4, "the string never ends")),
        ("x = f'a\n", Unclosed(4, "the string never ends")),
        ("x = f'{a}'", None),
    ],
)
def test_what_never_ends_is_found_where_it_begins(text: str, unclosed: Unclosed | None) -> None:
    assert scan(text).unclosed == unclosed


ROWS = {
    "a sum": ("a + ", "a"),
    "a product": ("a * ", "a"),
    "a power": ("a ** ", "a"),
    "negated powers": ("a ** -", "a"),
    "a union": ("A | ", "A"),
    "a shift": ("1 << ", "1"),
    "attributes": ("a", ".b"),
    "calls": ("a", "()"),
    "subscripts": ("a", "[0]"),
    "conditionals": ("1 if a else ", "2"),
    "lambdas": ("lambda a, b=1: ", "0"),
}


@pytest.mark.parametrize("count", [199, 201])
@pytest.mark.parametrize("name", ROWS)
def test_a_row_is_an_excess_where_its_tree_is_too_deep(name: str, count: int) -> None:
    first, again = ROWS[name]
    text = first * count + again if len(again) == 1 else first + again * count

    is_excess = scan(f"x = {text}\n").excess is not None

    assert is_excess == (count > 200)
    assert _levels(text) > 200 or not is_excess


@pytest.mark.parametrize(
    "text",
    [
        "x = [" + "a + b, " * 300 + "]",
        "a + b\n" * 300,
        "x = " + "a + b if a.b else c(d)(e)[0], " * 300 + "1",
        "x = " + "a and not b == c, " * 300 + "1",
        "f(" + "a=lambda b: b.c, " * 300 + ")",
        "x = {" + "a.b: c if d else e, " * 300 + "}",
        "x = " + " + ".join(["a * b"] * 150),
        "import " + ", ".join(["a.b.c"] * 300),
        "x: A | B = c | d\n" * 300,
        "x = f'" + "{a + b.c()}" * 300 + "'",
    ],
)
def test_what_stands_side_by_side_is_no_row(text: str) -> None:
    assert scan(text).excess is None


OPERATORS = st.sampled_from(
    ["+", "-", "*", "/", "//", "%", "@", "**", "|", "&", "^", "<<", ">>", "and", "or", "<", "in"]
)
PARTS = st.recursive(
    st.sampled_from(["a", "1", "'s'", "f'{a}'", "1.5", "..."]),
    lambda inner: st.one_of(
        st.tuples(inner, OPERATORS, inner).map(lambda parts: f"{parts[0]} {parts[1]} {parts[2]}"),
        inner.map(lambda part: f"({part})"),
        inner.map(lambda part: f"[{part}, {part}]"),
        inner.map(lambda part: f"({part}).b"),
        inner.map(lambda part: f"f({part}, c={part})"),
        inner.map(lambda part: f"a[{part}:{part}]"),
        inner.map(lambda part: f"(lambda c, d={part}: {part})"),
        st.tuples(inner, inner).map(lambda parts: f"({parts[0]} if {parts[1]} else {parts[0]})"),
        inner.map(lambda part: f"{{{part}: {part}}}"),
        inner.map(lambda part: f"-({part})"),
    ),
    max_leaves=15,
)  # fmt: skip


@settings(max_examples=60)
@given(PARTS, st.sampled_from([" + ", " * ", " | ", ", ", " and ", " == "]), st.integers(1, 90))
def test_an_excess_of_a_row_is_a_tree_too_deep_for_every_parser(
    part: str, between: str, count: int
) -> None:
    text = between.join([part] * count)
    excess = scan(f"x = {text}\n").excess

    if excess is not None and excess.kind == "chain":
        assert _levels(text) > 200


@pytest.mark.parametrize("count", [200, 201])
def test_brackets_and_prefixes_end_at_200(count: int) -> None:
    brackets = scan(f"x = {'(' * count}1{')' * count}").excess
    prefixes = scan(f"x = {'- ' * count}1").excess

    assert brackets == (None if count == 200 else Excess("brackets", 204))
    assert prefixes == (None if count == 200 else Excess("prefixes", 0))


def test_branches_count_within_one_if_alone() -> None:
    branches = "if 1: pass\n" + "elif 2: pass\n" * 150
    nested = "if 1:\n    if 2: pass\n" + "    elif 3: pass\n" * 150 + "elif 4: pass\n" * 150

    assert scan(branches * 5 + nested).excess is None
    assert scan(branches + "elif 3: pass\n" * 51).excess == Excess("branches", 11)


def test_tokens_end_somewhere() -> None:
    text = "x;\n" * (MOST_TOKENS // 2)

    assert scan(text).excess is None
    assert scan(text + "y").excess == Excess("tokens", len(text))


def test_what_libcst_takes_too_long_for_is_told_by_brackets_and_tokens() -> None:
    lists = f"x = {'[' * 100}{']' * 100}\n"

    assert scan(lists * 40).heavy is None
    assert scan(lists * 100).heavy is not None
    assert scan("x = " + "'a' " * 2_001).heavy is None
    assert scan("x = " + "'a' " * 2_003).heavy == 0


def test_nothing_of_a_text_is_read_twice() -> None:
    """Each would take minutes if a token looked further than itself."""
    for opening, again in product(("x = '", "x = f'", "x = f'{", "#", ""), ("\\N{", "{", "'", '"')):
        scan(opening + again * 200_000)


def _levels(expression: str) -> int:
    """How deep `ast` has the expression; more than it can say is infinite."""
    try:
        waiting: list[tuple[ast.AST, int]] = [(ast.parse(expression, mode="eval").body, 1)]
    except (MemoryError, RecursionError):
        return 10**6
    deepest = 0
    while waiting:
        node, level = waiting.pop()
        deepest = max(deepest, level)
        waiting.extend((child, level + 1) for child in ast.iter_child_nodes(node))
    return deepest
