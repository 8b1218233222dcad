import ast
import importlib
import math
from pathlib import Path

import pytest

from infragraph.frontend.extract.lower import lower
from infragraph.frontend.extract.text import Text
from infragraph.frontend.extract.wire import decode, encode
from infragraph.model.facts import Constant
from infragraph.model.source import Position

AT = Position(1, 1, 1, 2)


@pytest.mark.parametrize(
    "value",
    [None, True, 1, -(2**70), 0.1, math.inf, 1j, "", "\ud800", "é", b"\0\xff", "a" * 1_000_000],
)
def test_every_constant_survives_the_way(value: object) -> None:
    fact = Constant(value, AT)  # type: ignore[arg-type]

    assert decode(encode(fact)) == fact
    assert type(decode(encode(fact)).value) is type(value)


@pytest.mark.parametrize("name", ["argparse", "dataclasses", "typing", "enum", "inspect"])
def test_facts_survive_the_way(name: str) -> None:
    text = Path(str(importlib.import_module(name).__file__)).read_text("utf-8")
    lowered = tuple(lower(ast.parse(text), Text(text)))

    assert decode(encode(lowered)) == lowered
