"""The fields that a function reads of one of its parameters."""

from infragraph.frontend.parts import nodes
from infragraph.model import facts


def fields_read(function: facts.Function, parameter: str) -> frozenset[str]:
    """`parameter.x` and `parameter["x"]`, also below `parameter.body`, wherever they stand."""
    found: set[str] = set()
    for node in nodes(function.body):
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
