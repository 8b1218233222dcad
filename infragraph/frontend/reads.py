"""The fields that a function reads of one of its parameters."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass

from infragraph.model import facts
from infragraph.model.source import Position


def fields_read(function: facts.Function, parameter: str) -> frozenset[str]:
    """`parameter.x` and `parameter["x"]`, also below `parameter.body`, wherever they stand."""
    found: set[str] = set()
    for node in _nodes(function.body):
        match node:
            case facts.Attribute(facts.Name(id), name) if id == parameter:
                found.add(name)
            case facts.Attribute(facts.Attribute(facts.Name(id), "body"), name) if id == parameter:
                found.add(name)
            case facts.Subscript(facts.Name(id), facts.Constant(str(name))) if id == parameter:
                found.add(name)
            case _:
                continue
    return frozenset(found)


def _nodes(body: tuple[facts.Statement, ...]) -> Iterator[object]:
    waiting: list[object] = list(body)
    while waiting:
        node = waiting.pop()
        if isinstance(node, Position):
            continue
        if isinstance(node, tuple):
            waiting.extend(node)  # pyright: ignore[reportUnknownArgumentType] - tuples of facts
        elif is_dataclass(node):
            yield node
            waiting.extend(getattr(node, field.name) for field in fields(node))
