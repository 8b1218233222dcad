"""What facts are made of."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from pathlib import Path

import pytest

from infragraph.frontend.extract import extract
from infragraph.frontend.extract.deferring import DeferredBody
from infragraph.frontend.parts import nodes, parts

APPLICATIONS = sorted(Path(__file__).parents[1].glob("applications/*/**/*.py"))


def every_fact(node: object) -> Iterator[object]:
    """By all fields of all forms."""
    if isinstance(node, tuple):
        for inner in node:  # pyright: ignore[reportUnknownVariableType] - tuples of facts
            yield from every_fact(inner)  # pyright: ignore[reportUnknownArgumentType]
    elif isinstance(node, DeferredBody):
        yield node
        yield from every_fact(node.lowered())
    elif is_dataclass(node):
        yield node
        for field in fields(node):
            yield from every_fact(getattr(node, field.name))


@pytest.mark.parametrize("path", APPLICATIONS, ids=lambda path: f"{path.parts[-3]}/{path.name}")
def test_no_fact_of_a_file_is_left_out(path: Path) -> None:
    body = extract(path.read_bytes()).body

    found = sorted(id(node) for node in nodes(body))

    assert found == sorted(id(node) for node in every_fact(body))


def test_what_is_no_fact_has_no_parts() -> None:
    assert [parts(one) for one in ("text", 1, None, frozenset("a"))] == [(), (), (), ()]
