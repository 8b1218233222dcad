import ast
import random
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from infragraph.frontend.tiers.scanning import scanned

TOKENS = (b"infragraph", b"celery")


def imports(source: str) -> tuple[tuple[int, str, tuple[str, ...]], ...]:
    return scanned(source.encode(), ())[3]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("import a", ((0, "a", ()),)),
        ("import a.b as c, d", ((0, "a.b", ()), (0, "d", ()))),
        ("import a . b\n", ((0, "a.b", ()),)),
        ("from a import b", ((0, "a", ("b",)),)),
        ("from a.b import c as d, e  # f\n", ((0, "a.b", ("c", "e")),)),
        ("from . import b\n", ((1, "", ("b",)),)),
        ("from .. a import b\n", ((2, "a", ("b",)),)),
        ("from.import b\n", ((1, "", ("b",)),)),
        ("from a . b import c\n", ((0, "a.b", ("c",)),)),
        ("from a import *\n", ((0, "a", ("*",)),)),
        ("from a import(b)\n", ((0, "a", ("b",)),)),
        ("from a import (\n    b,  # import x\n    c as d,\n)\n", ((0, "a", ("b", "c")),)),
        ("from a import \\\n    b, \\\n    c\nimport d\n", ((0, "a", ("b", "c")), (0, "d", ()))),
        ("from a \\\n    import b\n", ((0, "a", ("b",)),)),
        ("from \\\n    a \\\r\n    import b\n", ((0, "a", ("b",)),)),
        ("# goes on \\\nimport a\n", ((0, "a", ()),)),
        ("x = 1; import a; import b\n", ((0, "a", ()), (0, "b", ()))),
        ("if important: import a\n", ((0, "a", ()),)),
        ("if x: \\\n  import a\n", ((0, "a", ()),)),
        ("from important import imports\n", ((0, "important", ("imports",)),)),
        ("from a.reimport import b\n", ((0, "a.reimport", ("b",)),)),
        ("\timport a\r\n\timport b\r\n", ((0, "a", ()), (0, "b", ()))),
        ("import a\rimport b\r", ((0, "a", ()), (0, "b", ()))),
        ("from a import (b\n", ((0, "a", ()),)),
        ("from größe import länge\n", ((0, "größe", ("länge",)),)),
        ("reimport a\nimporter = 1\nx = imports (1)\n", ()),
        ("x = f(import_module)\n", ()),
    ],
)
def test_a_statement_says_what_it_imports(
    source: str, expected: tuple[tuple[int, str, tuple[str, ...]], ...]
) -> None:
    assert imports(source) == expected


def test_tokens_and_what_else_is_seen() -> None:
    content = b"import celery\n# infragraph: ignore[x]\ndef __getattr__(name): ...\n"

    assert scanned(content, TOKENS) == (
        ("infragraph", "celery"),
        True,
        True,
        ((0, "celery", ()),),
    )


def test_every_statement_of_real_modules_is_found() -> None:
    read = 0
    for path in sorted(Path(ast.__file__).parent.glob("*.py")):
        content = path.read_bytes()
        found = scanned(content, ())[3]
        missing = [one for one in _statements(ast.parse(content)) if one not in found]
        assert missing == [], path
        read += 1
    assert read > 100


def test_statements_in_any_layout_are_found() -> None:
    choice = random.Random(3)  # noqa: S311 - no secret
    for _ in range(2000):
        source = _laid_out(choice)
        expected = tuple(_statements(ast.parse(source)))
        found = imports(source)
        assert [one for one in expected if one not in found] == [], source


@pytest.mark.parametrize(
    "piece",
    [
        b"import a;",
        b"import a, ",
        b"import ",
        b"import:",
        b"x.import .",
        b"ximport .",
        b"from a import b;",
        b"from a import ",
        b"from a import (\n",
        b"from a import (b #",
        b"#;from a import (\n",
        b"import \\\n",
        b"from a \\\n import (\n",
        b"\\\nimport \\\n",
        b"# \\\nimport \\\n",
        b"from .",
        b":from a import(",
        b"from a import (b),",
    ],
)
@pytest.mark.parametrize("begin", [b"", b"from ", b"from a import (\n", b"import \\\n"])
def test_a_hostile_line_is_read_in_time_that_grows_with_its_length(
    begin: bytes, piece: bytes
) -> None:
    content = begin + piece * (500_000 // len(piece))

    began = time.process_time()
    scanned(content, TOKENS)

    # What is quadratic takes minutes.
    assert time.process_time() - began < 10


def _statements(tree: ast.AST) -> Iterator[tuple[int, str, tuple[str, ...]]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((0, name.name, ()) for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.level, node.module or "", tuple(name.name for name in node.names)


def _laid_out(choice: random.Random) -> str:
    """A few statements with the space, the brackets and the comments that a parser allows."""

    def gap(least: str = "") -> str:
        return choice.choice((" ", "  ", "\t", " \\\n", " \\\n\t ", least or " "))

    def dotted() -> str:
        dot = choice.choice((".", ".", " .", ". "))
        return dot.join(choice.choice(("a", "imports", "b_import", "c1")) for _ in range(3))

    def names() -> str:
        return f",{gap()}".join(
            choice.choice(("x", "y as z", "important", "import_")) for _ in range(4)
        )

    lines: list[str] = []
    for _ in range(5):
        before = choice.choice(("", "", "", "x = 1; ", "if x: ", "# \\\n", "y = 'import a';\t"))
        match choice.randrange(5):
            case 0:
                statement = f"import{gap()}{dotted()}, {dotted()}{gap()}as{gap()}n"
            case 1:
                statement = f"from{gap()}{dotted()}{gap()}import{gap()}{names()}"
            case 2:
                listed = names().replace("\\", "# import q")
                statement = f"from{gap()}.{gap()}{dotted()}{gap()}import{gap()}({listed},)"
            case 3:
                statement = f"from{gap()}..{gap()}import{gap()}{names()}"
            case _:
                statement = f"from .a{gap()}import(x # (\n, y)"
        after = choice.choice(("", "", "; import a.b", "  # from x import y", " "))
        lines.append(f"{before}{statement}{after}")
    return choice.choice(("\n", "\r\n")).join(lines) + "\n"
