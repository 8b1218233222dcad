"""Bounds on sets of values, without which loops would add to them for ever."""

from collections.abc import Iterator

from infragraph.frontend.values import ConstantValue, Opaque, RecordValue, TupleValue, Value, Values

CONSTANT_LIMIT = 8
"""Different constants that one expression may be before it counts as not constant."""

DEPTH = 2
"""Rows within a row, before all that the innermost would hold counts as held by it alone."""

MANY = Opaque("it may be one of many values")
"""What takes the place of constants, or of unknown values, that are too many to matter."""


def bounded(values: Values) -> Values:
    """The same set; once something is too much of a kind, something else stands for it for good."""
    if len(values) == 1 and _ROWS.isdisjoint(map(type, values)):
        return values
    kinds = set(map(type, values))
    if not kinds.isdisjoint(_ROWS):
        values = frozenset(_shallow(value, DEPTH) for value in values)
    if len(values) <= CONSTANT_LIMIT and (Opaque not in kinds or MANY not in values):
        return values
    constants = {value for value in values if isinstance(value, ConstantValue)}
    unknown = {value for value in values if isinstance(value, Opaque) and not value.is_tracked}
    if MANY in values or len(constants) > CONSTANT_LIMIT or len(unknown) > CONSTANT_LIMIT:
        return values.difference(constants, unknown) | {MANY}
    return values


_ROWS: frozenset[type[object]] = frozenset({TupleValue, RecordValue})


def _shallow(value: Value, depth: int) -> Value:
    """The same tuple or record with no more than so many within each other."""
    if not isinstance(value, TupleValue | RecordValue):
        return value
    if depth == 0:
        return TupleValue((), frozenset(_leaves(value)))
    rest = _all_shallow(value.rest, depth - 1)
    if isinstance(value, TupleValue):
        return TupleValue(tuple(_all_shallow(held, depth - 1) for held in value.elements), rest)
    return RecordValue(
        tuple((name, _all_shallow(held, depth - 1)) for name, held in value.entries), rest
    )


def _all_shallow(values: Values, depth: int) -> Values:
    return frozenset(_shallow(value, depth) for value in values)


def _leaves(value: Value) -> Iterator[Value]:
    """What it holds at any depth that is itself no tuple and no record."""
    match value:
        case TupleValue():
            held = value.rest.union(*value.elements)
        case RecordValue():
            held = value.rest.union(*(values for _, values in value.entries))
        case _:
            yield value
            return
    for one in held:
        yield from _leaves(one)
