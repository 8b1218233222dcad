"""Bounds on sets of values, without which loops would add to them for ever."""

from infragraph.frontend.values import ConstantValue, Opaque, Values

CONSTANT_LIMIT = 8
"""Different constants that one expression may be before it counts as not constant."""

MANY = Opaque("it may be one of many values")
"""What takes the place of constants, or of unknown values, that are too many to matter."""


def bounded(values: Values) -> Values:
    """The same set; once something is too much of a kind, `MANY` stands for all of it for good."""
    if len(values) <= CONSTANT_LIMIT and MANY not in values:
        return values
    constants = {value for value in values if isinstance(value, ConstantValue)}
    unknown = {value for value in values if isinstance(value, Opaque) and not value.is_tracked}
    if MANY in values or len(constants) > CONSTANT_LIMIT or len(unknown) > CONSTANT_LIMIT:
        return values.difference(constants, unknown) | {MANY}
    return values
