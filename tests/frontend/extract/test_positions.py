"""Whether places are where they say, by cutting the text at them."""

import dataclasses
import importlib
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from infragraph.frontend.extract import extract
from infragraph.frontend.extract.deferring import DeferredBody
from infragraph.frontend.extract.text import Text
from infragraph.model import facts
from infragraph.model.source import Position


@pytest.mark.parametrize(
    ("line", "offset", "column"),
    [(1, 0, 1), (1, 4, 5), (1, 6, 6), (1, 9, 7), (1, 13, 8), (2, 3, 4), (3, 0, 1), (9, 5, 6)],
)
def test_columns_count_code_points(line: int, offset: int, column: int) -> None:
    text = Text("x = é€😀\nabc\n")

    assert text.column(line, offset) == column


@pytest.mark.parametrize(
    ("index", "place"),
    [(0, (1, 1)), (2, (1, 3)), (3, (2, 1)), (4, (3, 1)), (5, (3, 2)), (6, (3, 3))],
)
def test_a_place_is_found_by_its_index(index: int, place: tuple[int, int]) -> None:
    assert Text("ab\n\ncd").place(index) == place


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("def f(): pass\n", ["f"]),
        ("async  def \\\n  ff(): pass\n", ["ff"]),
        ("@é\nclass Öl(a): pass\n", ["Öl"]),
        ("if 1:\n\tdef g(): pass\n", ["g"]),
        ("x = 'é'; y = 1\ndef f():\n    class A: pass\n", ["f", "A"]),
        ("\fdef f(): pass\n", ["f"]),
    ],
)
def test_names_of_functions_and_classes_are_where_they_are_written(
    text: str, names: list[str]
) -> None:
    found = [
        _cut(text, fact.name_at)
        for fact in _facts(extract(text.encode()).body)
        if isinstance(fact, facts.Function | facts.Class)
    ]

    assert found == names


@pytest.mark.parametrize(
    "name", ["argparse", "typing", "textwrap", "test.test_unicode_identifiers"]
)
def test_every_name_is_what_stands_at_its_place(name: str) -> None:
    """Outside f-strings, where Pythons disagree and all facts take the whole string's place."""
    try:
        path = Path(str(importlib.import_module(name).__file__))
    except ImportError:
        pytest.skip("this installation of Python comes without its tests")
    text = path.read_text(encoding="utf-8")
    body = extract(text.encode()).body

    wrong = [
        (fact.id, fact.at)
        for fact in _facts(body)
        if isinstance(fact, facts.Name)
        and unicodedata.normalize("NFKC", _cut(text, fact.at)) != fact.id
        and not {"'", '"'} & set(_cut(text, fact.at))
    ]

    assert wrong == []


def _cut(text: str, at: Position) -> str:
    lines = text.split("\n")[at.line - 1 : at.end_line]
    last = lines[-1][: at.end_column - 1]
    return "\n".join([*lines[:-1], last])[at.column - 1 :]


def _facts(fact: Any) -> Iterator[Any]:
    if fact.__class__.__name__ == "tuple":
        for part in fact:
            yield from _facts(part)
    elif isinstance(fact, DeferredBody):
        yield from _facts(fact.lowered())
    elif dataclasses.is_dataclass(fact):
        yield fact
        for field in dataclasses.fields(fact):
            yield from _facts(getattr(fact, field.name))
