import ast
import importlib
import warnings
from pathlib import Path

import pytest

from infragraph.frontend.extract import extract
from infragraph.frontend.extract.deferring import DeferredBody, deferral
from infragraph.frontend.extract.lower import lower
from infragraph.frontend.extract.text import Text
from infragraph.frontend.mentions import mentions
from infragraph.frontend.packing import facts_of, packed_facts
from infragraph.frontend.parts import nodes
from infragraph.model import facts

MODULES = (
    "argparse",
    "asyncio.base_events",
    "ctypes",
    "dataclasses",
    "enum",
    "functools",
    "inspect",
    "typing",
    "unittest.mock",
    "zipfile",
)


def source(module: str) -> str:
    return Path(str(importlib.import_module(module).__file__)).read_text("utf-8")


def deferred(text: str) -> list[facts.Function]:
    """The functions whose bodies are left for later; none of them is lowered yet."""
    body = lower(ast.parse(text), Text(text), defer=deferral(Text(text))).statements
    found: list[facts.Function] = []
    waiting: list[object] = list(body)
    while waiting:
        node = waiting.pop()
        if isinstance(node, facts.Function) and isinstance(node.within, DeferredBody):
            found.append(node)
        elif isinstance(node, facts.Class | facts.Function):
            waiting.extend(node.body)
        elif isinstance(node, facts.If):
            waiting.extend((*node.body, *node.orelse))
        elif isinstance(node, facts.Try):
            waiting.extend((*node.body, *node.orelse, *node.final))
    return found


def names_deferred(text: str) -> list[str]:
    return sorted(function.name for function in deferred(text))


@pytest.mark.parametrize("name", MODULES)
def test_what_is_lowered_later_is_what_is_lowered_at_once(name: str) -> None:
    text = source(name)
    at_once = lower(ast.parse(text), Text(text)).statements

    later = lower(ast.parse(text), Text(text), defer=deferral(Text(text))).statements

    assert deferred(text)
    assert later == at_once


@pytest.mark.parametrize("name", MODULES)
def test_the_words_hold_all_that_a_function_mentions(name: str) -> None:
    for function in deferred(source(name)):
        assert isinstance(function.within, DeferredBody)
        words = {*function.within.words, ""}
        found = mentions(function)

        assert {name for chain in found.chains for name in chain} <= words
        assert found.attributes <= words
        assert found.selecting <= words
        assert not found.makes_functions or function.within.may_make_functions


@pytest.mark.parametrize("name", MODULES)
def test_the_imports_of_a_body_are_known_before_it_is_lowered(name: str) -> None:
    for function in deferred(source(name)):
        assert isinstance(function.within, DeferredBody)
        imports = [
            node
            for node in nodes(function.within.lowered())
            if isinstance(node, facts.Import | facts.ImportFrom)
        ]

        assert sorted(function.within.imports, key=_place) == sorted(imports, key=_place)


def _place(node: facts.Import | facts.ImportFrom) -> tuple[int, ...]:
    return node.at


LONG = "    a = 1\n    b = 2\n    return a + b\n"


@pytest.mark.parametrize(
    "text",
    [
        f"def f():\n{LONG}",
        f"async def f():\n{LONG}",
        f"@first\n@second(1,\n        2)\ndef f():\n{LONG}",
        "class C:\n\tif True:\n\t\tdef f(self):\n\t\t\ta = 1\n\t\t\tb = 2\n\t\t\treturn a\n",
        "if 1:\n  try: pass\n  finally:\n    @a\n    def f():\n     a = 1\n     b = 2\n     c\n",
        'def f():\n    """a\nb\n  c"""\n    x = """\n"""\n    return x\n',
        "def f():\n    a = 1\n# not indented\n    b = [\n1,\n2]\n    return a, b\n",
        f"def f():\n{LONG[:-1]}",
        f"def f():\n{LONG[:-1]}; c = 3  # a comment\nd = 4\n",
        "def f():\n    yield 1\n    yield 2\n    global g\n    g = 1\n",
        f"def f(a: 'b' 'c' = 1, *d, e=[\n1]) -> 'g':\n{LONG}",
    ],
)
def test_a_function_that_is_left_for_later_is_the_same_then(text: str) -> None:
    at_once = lower(ast.parse(text), Text(text)).statements

    assert names_deferred(text) == ["f"]
    assert extract(text.encode()).body == at_once
    assert facts_of(packed_facts(extract(text.encode()))).body == at_once


@pytest.mark.parametrize(
    "text",
    [
        # A letter that Python takes for another is in no word.
        f"def f():\n    # é\n{LONG}",
        # A name of a type that is no word.
        f"def f():\n    x: 'To' 'pic'\n{LONG}",
        f"def f():\n    x: 'To\\x70ic'\n{LONG}",
        f"def f():\n    def g(x: list['To' 'pic']): ...\n{LONG}",
        # Lines that do not stand alone.
        f"@(\na)\ndef f():\n{LONG}",
        f"@\\\na\ndef f():\n{LONG}",
        f"\\\ndef f():\n{LONG}",
        # Statements that are not looked through.
        f"def f():\n    match 1:\n        case _: pass\n{LONG}",
        # Another grammar.
        f"from __future__ import barry_as_FLUFL\ndef f():\n{LONG}",
    ],
)
def test_a_function_that_words_do_not_show_is_lowered_at_once(text: str) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")

        assert "f" not in names_deferred(text)
        assert extract(text.encode()).fault is None


@pytest.mark.parametrize(
    "text", ["def f(): return 1\n", "def f():\n    return 1\n", "class A:\n    def f(self): ...\n"]
)
def test_a_short_function_is_left_for_later_too(text: str) -> None:
    at_once = lower(ast.parse(text), Text(text)).statements

    assert names_deferred(text) == ["f"]
    assert extract(text.encode()).body == at_once


def test_a_comment_in_what_is_left_for_later_changes_no_fact() -> None:
    before, after, other = (
        facts_of(packed_facts(extract(f"def f():\n    # {word}\n{line}{LONG}".encode())))
        for word, line in (("one", ""), ("two", ""), ("one", "    c = 3\n"))
    )

    assert before == after
    assert before != other


@pytest.mark.parametrize(
    "deep",
    [f"{'-' * 150}1", "f(" * 99 + ")" * 99, "\n".join(["[\n" * 190 + "]" * 190]), "a" + ".b" * 250],
)
def test_depth_is_told_of_what_is_left_for_later(deep: str) -> None:
    inside = extract(f"def f():\n    x = {deep}\n{LONG}".encode())
    outside = extract(f"if 1:\n    x = {deep}\n{LONG}".replace("return a + b", "pass").encode())

    assert inside.fault == outside.fault
