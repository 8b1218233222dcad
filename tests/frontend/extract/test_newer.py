"""Syntax of every Python, on every Python: read by `ast` where it can be, by libcst where not."""

import ast
import dataclasses
import random
import sys
import sysconfig
import threading
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

import pytest

from infragraph.frontend.extract import extract
from infragraph.frontend.extract.encoding import decode
from infragraph.frontend.extract.isolation import guarded, spawned
from infragraph.frontend.extract.lower import lower
from infragraph.frontend.extract.newer.parse import Parsed, parse
from infragraph.frontend.extract.newer.reading import read
from infragraph.frontend.extract.text import Text
from infragraph.frontend.extract.wire import decode as decode_facts
from infragraph.model.facts import Statement
from infragraph.model.source import Position

HERE = Path(__file__).parent
LIBRARY = Path(sysconfig.get_path("stdlib"))
SAMPLE = random.Random(7)  # noqa: S311 - a choice of files, the same in each run

NEWER = (HERE / "newer.txt").read_text(encoding="utf-8")
SNIPPETS = NEWER.split("# ---\n")

# What Python 3.11 reads too, and libcst in another way than `ast` if it is not minded.
OLDER = [
    "x = a, b\n",
    "x = (a, b)\n",
    "x = (a), (b)\n",
    "x = ((a, b))\n",
    "x = a[b, c], a[b,], a[b:c, ::d], a[*b], a[(b, c)]\n",
    "x = a[(b)], a[(b):(c)]\n",
    "f(a for a in b)\n",
    "f((a for a in b), c)\n",
    "f  (\n  a for a in b)\n",
    "f(*a, c=d, *e, **b)\n",
    "x = a < b < c, a not in b, a is not b\n",
    "x = a and b and c or d, a and (b and c)\n",
    "x = not a, -a ** -b, ~+a\n",
    "x = a if b else c if d else e\n",
    "x = lambda a, /, b, *c, d=1, **e: (yield)\n",
    "x = [a async for a in b if c if d for e in f]\n",
    "x = {a: b for a in c}, {**a, b: c}, {*a, b}\n",
    "x = 'a' 'b' \"c\", b'a' b'b', r'\\d' '\\n', 'a' f'b{c}' 'd'\n",
    "x = f'{a!r:>{b}}{c=}{d = !s}{{}}', rf'\\{a}', f'\\N{BULLET}{a}'\n",
    "x = 0x_ff, 1_0.0e-1, 1j, 0b1, 0o7, ...\n",
    "x: int = 1; y: 'a'; a.b: c = d\n",
    "x += 1; x @= 2; x //= 3; x **= 4; x >>= 5\n",
    "del a, b; del (a, b); del (a); del a[b], c.d\n",
    "from ...a import (b as c, d,); from . import *; import a.b as c, d\n",
    "@a\n@b.c(d)\nasync def f(a: int, *b: *c, **d) -> (e): pass\n",
    "@a\nclass A(B, *d, metaclass=C, **e): 'doc'\n",
    "with a as b, c as (d, e): pass\n",
    "with (a as b, c): pass\n",
    "async def f():\n async with a: await b\n async for c in d: pass\n else: pass\n",
    "try: pass\nexcept A as b: pass\nexcept (C, D): pass\nelse: e\nfinally: f\n",
    "try: pass\nexcept* A as b: c; d;\n",
    "while a: break\nelse: continue\n",
    "if a: b\nelif c: d ;\nelse:\n  e\n",
    "match a, b:\n case [c, *d, _] | {'e': f, **g} if h: i\n case _: pass\n",
    "match a:\n case A(1, j=-1+2j) as k: pass\n case 'l' | None | B.c: pass\n case (m): pass\n",
    "global a, b\n",
    "raise; raise a from b; assert a, b; return; return a, *b\n",
    "a = b = (c, *d) = [e] = f\n",
    "x = (\n  # comment\n  a\n)\n'doc of x'\n",
    "x = (yield), (yield a), (yield from b), (c := d), await e\n",
    "ﬁ = ª.º\nx = 'é' + é\n",
    "def f():\n\tif a:\n\t\treturn 1\n\n\n# comment\n",
    "x = 1 \\\n  + 2\n",
    "class A: x = 1; y = 2;\n",
    "x = a.b.c(d)[e](f).g\n",
    "x = (a)(b), (a).b, (a)[b], ((a))\n",
]  # fmt: skip


@pytest.mark.parametrize("text", OLDER)
def test_libcst_gives_the_facts_that_ast_gives(text: str) -> None:
    assert _by_libcst(text) == _by_ast(text)


@pytest.mark.parametrize("text", SNIPPETS, ids=lambda text: text.partition("\n")[0].strip("# "))
def test_newer_syntax_has_the_same_facts_by_either_parser(text: str) -> None:
    try:
        expected = _by_ast(text)
    except SyntaxError:
        pytest.skip(f"Python {sys.version_info[0]}.{sys.version_info[1]} cannot parse it")

    assert _by_libcst(text) == expected


def test_newer_syntax_has_the_facts_that_are_written_down() -> None:
    """They were made by Python 3.13's own parser, but for what came later."""
    expected = (HERE / "newer-facts.txt").read_text(encoding="utf-8")

    assert _shown(extract(NEWER.encode()).body) == expected


def test_a_forked_and_a_spawned_child_read_the_same() -> None:
    by_fork, by_spawn = guarded(read, NEWER.encode()), spawned.run(read, NEWER.encode())

    assert isinstance(by_fork, bytes)
    assert isinstance(by_spawn, bytes)
    assert decode_facts(by_fork) == decode_facts(by_spawn)


@pytest.mark.parametrize(
    "count",
    [
        8,
        pytest.param(80, marks=pytest.mark.slow),
        pytest.param(400, marks=[pytest.mark.slow, pytest.mark.thorough]),
    ],
)
def test_the_standard_library_has_the_same_facts_by_either_parser(count: int) -> None:
    differing: list[str] = []
    refused: list[str] = []
    compared = 0
    for path in _library():
        text = _text(path)
        expected = None if text is None else _by_ast(text, or_nothing=True)
        if text is None or expected is None:
            continue
        compared += 1
        found = _by_libcst(text)
        if found is None:
            refused.append(str(path.relative_to(LIBRARY)))
        elif found != expected:
            differing.append(str(path.relative_to(LIBRARY)))
        if compared == count:
            break

    assert compared == count
    assert differing == []
    # libcst rejects a few files that are there to test parsers.
    assert len(refused) <= count // 100, refused


# libcst rejects a function type in a comment, and loses space after a conversion in an f-string.
_KNOWN = {"test_grammar.py", "test_fstring.py"}


def _library() -> Iterator[Path]:
    paths = sorted(
        path
        for path in LIBRARY.rglob("*.py")
        if "site-packages" not in path.parts and path.name not in _KNOWN
    )
    SAMPLE.shuffle(paths)
    return iter(paths)


def _text(path: Path) -> str | None:
    content = path.read_bytes()
    text = decode(content) if len(content) < 60_000 else None
    return text.text if isinstance(text, Text) else None


def _by_ast(text: str, *, or_nothing: bool = False) -> tuple[Statement, ...] | None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return lower(ast.parse(text), Text(text)).statements
        except SyntaxError:
            if or_nothing:
                return None
            raise


def _by_libcst(text: str) -> tuple[Statement, ...] | None:
    """In a thread with a stack as large as a child's; None where libcst rejects the text."""
    found: list[tuple[Statement, ...]] = []

    def work() -> None:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            parsed = parse(text)
            if isinstance(parsed, Parsed):
                found.append(lower(parsed.module, Text(text), uses_bytes=False).statements)

    before = threading.stack_size(256 * 1024**2)
    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    threading.stack_size(before)
    return found[0] if found else None


def _shown(fact: Any, margin: str = "") -> str:
    """A fact as an outline: one line for each part, places behind an at sign."""
    if isinstance(fact, Position):
        return f" @{fact.line}:{fact.column}-{fact.end_line}:{fact.end_column}\n"
    if isinstance(fact, frozenset):
        return f" {sorted(cast('frozenset[str]', fact))}\n"
    inner = f"{margin}  "
    if fact.__class__.__name__ == "tuple":
        return "\n" + "".join(f"{margin}-{_shown(part, inner)}" for part in fact)
    if not dataclasses.is_dataclass(fact):
        return f" {fact!r}\n"
    names = [field.name for field in dataclasses.fields(fact)]
    shown = [f"{margin}{name}:{_shown(getattr(fact, name), inner)}" for name in names]
    return f" {type(fact).__name__}\n{''.join(shown)}"
