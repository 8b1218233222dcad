"""Bounds on sets of values, without which loops would add to them for ever."""

from collections.abc import Iterator

from infragraph.frontend.values import ConstantValue, Opaque, TupleValue, Value, Values

CONSTANT_LIMIT = 8
"""Different constants that one expression may be before it counts as not constant."""

TUPLE_DEPTH = 4
"""Tuples within a tuple, before all that the innermost would hold counts as held by it alone."""

MANY = Opaque("it may be one of many values")
"""What takes the place of constants, or of unknown values, that are too many to matter."""


def bounded(values: Values) -> Values:
    """The same set; once something is too much of a kind, something else stands for it for good."""
    if any(isinstance(value, TupleValue) for value in values):
        values = frozenset(_shallow(value, TUPLE_DEPTH) for value in values)
    if len(values) <= CONSTANT_LIMIT and MANY not in values:
        return values
    constants = {value for value in values if isinstance(value, ConstantValue)}
    unknown = {value for value in values if isinstance(value, Opaque) and not value.is_tracked}
    if MANY in values or len(constants) > CONSTANT_LIMIT or len(unknown) > CONSTANT_LIMIT:
        return values.difference(constants, unknown) | {MANY}
    return values


def _shallow(value: Value, depth: int) -> Value:
    if not isinstance(value, TupleValue):
        return value
    if depth == 0:
        return TupleValue((), frozenset(_leaves(value)))
    elements = tuple(frozenset(_shallow(one, depth - 1) for one in held) for held in value.elements)
    return TupleValue(elements, frozenset(_shallow(one, depth - 1) for one in value.rest))


def _leaves(value: Value) -> Iterator[Value]:
    """What a tuple holds at any depth that is itself no tuple."""
    if not isinstance(value, TupleValue):
        yield value
        return
    for one in value.rest.union(*value.elements):
        yield from _leaves(one)
