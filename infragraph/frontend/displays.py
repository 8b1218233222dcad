"""Displays: tuples, lists, sets and dicts as they are written."""

from collections.abc import Set as AbstractSet

from infragraph.frontend import items, iteration
from infragraph.frontend.evaluation import evaluate
from infragraph.frontend.frame import Frame
from infragraph.frontend.values import (
    NOTHING,
    UNKNOWN,
    TupleValue,
    Value,
    Values,
    literal,
)
from infragraph.model import facts

TUPLE_DEPTH = 4
"""How deep tuples nest before their elements are no longer told apart: a loop may nest them."""


def sequence(frame: Frame, node: facts.Sequence) -> Values:
    if node.kind == "tuple" and not any(isinstance(e, facts.Starred) for e in node.elements):
        exact = tuple(evaluate(frame, element) for element in node.elements)
        if all(_nesting(element) < TUPLE_DEPTH for element in exact):
            return frozenset((TupleValue(exact),))
        return frozenset((TupleValue((), UNKNOWN),))
    parts: list[Values] = []
    for element in node.elements:
        if isinstance(element, facts.Starred):
            values = evaluate(frame, element.value)
            parts.append(iteration.iterated(frame, values, frame.place(element.at)))
        else:
            parts.append(evaluate(frame, element))
    if node.kind == "tuple":
        return frozenset((TupleValue((), NOTHING.union(*parts)),))
    container = frame.machine.container(node.kind, frame.place(node.at), frame.activation)
    frame.machine.displays[container] = node
    if node.kind == "list" and not any(isinstance(e, facts.Starred) for e in node.elements):
        items.fill(frame, container, [({literal(i)}, part) for i, part in enumerate(parts)])
    elif parts:
        items.put(frame, container, None, NOTHING.union(*parts))
    return frozenset((container,))


def mapping(frame: Frame, node: facts.Mapping) -> Values:
    container = frame.machine.container("dict", frame.place(node.at), frame.activation)
    frame.machine.displays[container] = node
    entries: list[tuple[AbstractSet[Value], Values]] = []
    for key, value in zip(node.keys, node.values, strict=True):
        held = evaluate(frame, value)
        if key is None:
            items.update(frame, container, held)
        else:
            entries.append((evaluate(frame, key), held))
    items.fill(frame, container, entries)
    return frozenset((container,))


def _nesting(values: Values) -> int:
    depth = 0
    for value in values:
        if isinstance(value, TupleValue):
            inner = (*value.elements, value.rest)
            depth = max(depth, 1 + max((_nesting(part) for part in inner), default=0))
    return depth
