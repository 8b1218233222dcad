"""Operators: what is made of the values on both sides."""

import re

from infragraph.frontend import folding
from infragraph.frontend.elements import elements
from infragraph.frontend.evaluation import evaluate
from infragraph.frontend.frame import Frame
from infragraph.frontend.module_names import demand
from infragraph.frontend.values import (
    NOTHING,
    UNKNOWN,
    ConstantValue,
    Container,
    TupleValue,
    Value,
    Values,
    literal,
)
from infragraph.model import facts

UNIONS = frozenset({"|", "^"})
"""What combines sets, and the first of them dicts."""

SET_OPERATORS = UNIONS | {"&", "-"}


def binary(frame: Frame, node: facts.Binary) -> Values:
    left = evaluate(frame, node.left)
    right = evaluate(frame, node.right)
    if node.operator in SET_OPERATORS and any(isinstance(v, Container) for v in left | right):
        return left | right if node.operator in UNIONS else left
    if node.operator == "*" and any(isinstance(v, Container | TupleValue) for v in left | right):
        rows = frozenset(v for v in left | right if isinstance(v, Container | TupleValue))
        return frozenset((TupleValue((), elements(frame.machine, rows)),))
    if node.operator == "+" and any(isinstance(v, Container | TupleValue) for v in left | right):
        return _joined(frame, left, right)
    if node.operator == "%" and any(isinstance(v, TupleValue) for v in right):
        return _percent_tuple(frame, left, right)
    demand(frame.machine, left | right)
    return folding.binary(node.operator, left, right)


def _joined(frame: Frame, left: Values, right: Values) -> Values:
    """`a + b` of sequences."""
    if len(left) == len(right) == 1:
        (first,), (second,) = left, right
        if isinstance(first, TupleValue) and isinstance(second, TupleValue) and not first.rest:
            return frozenset((TupleValue((*first.elements, *second.elements), second.rest),))
    return frozenset((TupleValue((), elements(frame.machine, left | right)),))


def _percent_tuple(frame: Frame, left: Values, right: Values) -> Values:
    """`"%s-%s" % (a, b)`."""
    templates = [value.value for value in left if isinstance(value, ConstantValue)]
    tuples = [value for value in right if isinstance(value, TupleValue)]
    if len(templates) != 1 or len(tuples) != 1 or len(left) != 1 or len(right) != 1:
        return UNKNOWN
    template = templates[0]
    if not isinstance(template, str):
        return UNKNOWN
    pieces = PLACEHOLDER.split(template)
    if len(pieces) != len(tuples[0].elements) + 1 or any(
        "%" in p.replace("%%", "") for p in pieces
    ):
        return UNKNOWN
    parts: list[Values] = [frozenset((literal(pieces[0].replace("%%", "%")),))]
    for piece, element in zip(pieces[1:], tuples[0].elements, strict=True):
        demand(frame.machine, element)
        parts.append(folding.as_text(element, ""))
        parts.append(frozenset((literal(piece.replace("%%", "%")),)))
    return folding.formatted(parts)


PLACEHOLDER = re.compile(r"(?<!%)%[sd]")
"""`%s` and `%d` alone: a width could ask for gigabytes."""


def unary(frame: Frame, node: facts.Unary) -> Values:
    values = evaluate(frame, node.operand)
    if node.operator == "not":
        return UNKNOWN
    result: set[Value] = set()
    for value in values:
        known = folding.plain(value)
        if known is not None and isinstance(known.value, int | float) and node.operator == "-":
            result.add(literal(-known.value))
        elif known is not None and isinstance(known.value, int | float) and node.operator == "+":
            result.add(known)
        else:
            result |= UNKNOWN
    return frozenset(result)


def boolean(frame: Frame, node: facts.Boolean) -> Values:
    result: Values = NOTHING
    for value in node.values:
        result |= evaluate(frame, value)
    return result


def comparison(frame: Frame, node: facts.Comparison) -> Values:
    evaluate(frame, node.left)
    for value in node.comparators:
        evaluate(frame, value)
    return UNKNOWN


def conditional(frame: Frame, node: facts.Conditional) -> Values:
    evaluate(frame, node.test)
    before = frame.state.copy()
    body = evaluate(frame, node.body)
    after = frame.state
    frame.state = before
    orelse = evaluate(frame, node.orelse)
    frame.state.merge(after)
    return body | orelse
