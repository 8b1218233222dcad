"""Constant folding: what `sdk.md` lets a name or an option be made of."""

import string
from collections.abc import Callable, Iterator, Mapping
from datetime import timedelta

from infragraph.frontend.values import (
    NOTHING,
    UNKNOWN,
    ConstantValue,
    EnumMember,
    Opaque,
    Value,
    Values,
    literal,
)

TEXT_LIMIT = 100_000
"""Characters a folded text may have: doubling in a loop would fill the memory."""

LARGEST = 1 << 128
"""Integers above this are no name, option or index of anything."""

EXPONENTS = range(65)
"""What a power or a shift may have on its right: more is beyond any number that is written."""

PLACES = 4
"""Digits of the number of a field in a template: no call has a thousand arguments."""

COMBINATIONS = 16
"""Pairs of constants that are folded before the result counts as not constant."""


def plain(value: Value) -> ConstantValue | None:
    """The constant that a value is when it is calculated with."""
    match value:
        case ConstantValue():
            return value
        case EnumMember() if value.base in {"str-enum", "str", "int"}:
            return value.value
        case _:
            return None


def binary(operator: str, left: Values, right: Values) -> Values:
    """`left operator right`; the reason why an operand is not known becomes that of the result."""
    operation = OPERATIONS.get(operator)
    if operation is None or not left or not right:
        return NOTHING if not left or not right else _blamed(left | right)
    if len(left) * len(right) > COMBINATIONS:
        return UNKNOWN
    result: set[Value] = set()
    for first in left:
        for second in right:
            a, b = plain(first), plain(second)
            if a is None or b is None:
                result |= _blamed(frozenset((first, second)))
                continue
            folded = operation(a.value, b.value)
            result |= UNKNOWN if folded is None else {literal(folded)}
    return frozenset(result)


def _blamed(values: Values) -> Values:
    """The unknown parts of an expression, since they are why it is not known."""
    reasons = frozenset(value for value in values if isinstance(value, Opaque))
    tracked = frozenset(reason for reason in reasons if not reason.is_tracked)
    return tracked or UNKNOWN


def _add(left: object, right: object) -> object:
    match left, right:
        case str(), str() if len(left) + len(right) <= TEXT_LIMIT:
            return left + right
        case bytes(), bytes() if len(left) + len(right) <= TEXT_LIMIT:
            return left + right
        case ((int() | float()), (int() | float())):
            return _number(left + right)
        case _:
            return _timed(left, right, lambda a, b: a + b)


def _subtract(left: object, right: object) -> object:
    match left, right:
        case ((int() | float()), (int() | float())):
            return _number(left - right)
        case _:
            return _timed(left, right, lambda a, b: a - b)


def _multiply(left: object, right: object) -> object:
    match left, right:
        case str(), int() if len(left) * right <= TEXT_LIMIT:
            return left * right
        case int(), str() if left * len(right) <= TEXT_LIMIT:
            return left * right
        case ((int() | float()), (int() | float())):
            return _number(left * right)
        case timedelta(), int() | float():
            return _bounded_time(lambda: left * right)
        case ((int() | float()), timedelta()):
            return _bounded_time(lambda: right * left)
        case _:
            return None


def _divide(left: object, right: object) -> object:
    match left, right:
        case ((int() | float()), (int() | float())) if right:
            return _number(left / right) if abs(left) < LARGEST and abs(right) < LARGEST else None
        case timedelta(), int() | float() if right:
            return _bounded_time(lambda: left / right)
        case _:
            return None


def _floor_divide(left: object, right: object) -> object:
    match left, right:
        case int(), int() if right:
            return left // right
        case _:
            return None


def _modulo(left: object, right: object) -> object:
    match left, right:
        case int(), int() if right:
            return left % right
        case str(), str() | int() if len(left) <= TEXT_LIMIT:
            return _percent(left, right)
        case _:
            return None


def _percent(template: str, value: str | int) -> str | None:
    """`"%s-x" % value` with `%s` and `%d` alone: a width could ask for gigabytes."""
    bare = template.replace("%%", "")
    wanted = "%d" if isinstance(value, int) and "%d" in bare else "%s"
    if bare.count("%") != 1 or wanted not in bare:
        return None
    return wanted.join(part.replace("%%", "%") for part in _split(template, wanted)).replace(
        wanted, str(value), 1
    )


def _split(template: str, wanted: str) -> Iterator[str]:
    start = template.replace("%%", "\0\0").index(wanted)
    yield template[:start]
    yield template[start + len(wanted) :]


def _power(left: object, right: object) -> object:
    match left, right:
        case int(), int() if right in EXPONENTS and abs(left) <= 1 << 16:
            return left**right
        case _:
            return None


def _shift(left: object, right: object) -> object:
    match left, right:
        case int(), int() if right in EXPONENTS and abs(left) < LARGEST:
            return left << right
        case _:
            return None


def _number(value: float) -> float | None:
    return value if abs(value) < LARGEST else None


def _timed(
    left: object, right: object, combine: Callable[[timedelta, timedelta], timedelta]
) -> object:
    if isinstance(left, timedelta) and isinstance(right, timedelta):
        return _bounded_time(lambda: combine(left, right))
    return None


def _bounded_time(compute: Callable[[], timedelta]) -> timedelta | None:
    try:
        return compute()
    except OverflowError:
        return None


OPERATIONS: Mapping[str, Callable[[object, object], object]] = {
    "+": _add,
    "-": _subtract,
    "*": _multiply,
    "/": _divide,
    "//": _floor_divide,
    "%": _modulo,
    "**": _power,
    "<<": _shift,
}


def formatted(parts: list[Values]) -> Values:
    """The texts that an f-string of these parts may be."""
    result: Values = frozenset((literal(""),))
    for part in parts:
        result = binary("+", result, part)
        if not result:
            return NOTHING
    return result


def as_text(values: Values, conversion: str) -> Values:
    """What `{value!conversion}` writes, where that is the same on every Python."""
    result: set[Value] = set()
    for value in values:
        match value:
            case EnumMember() if value.base == "str-enum" and value.value is not None:
                result.add(literal(value.value.value))
            case EnumMember() if value.base == "str" and not conversion:
                result.add(literal(f"{value.of.definition.name}.{value.name}"))
            case ConstantValue() if conversion in {"", "s"} and isinstance(
                value.value, str | int | bool | None
            ):
                result.add(literal(str(value.value)))
            case Opaque():
                result.add(value)
            case _:
                result |= UNKNOWN
    return frozenset(result)


def format_method(template: str, positional: list[Values], named: dict[str, Values]) -> Values:
    """`template.format(…)` with plain fields alone."""
    parts: list[Values] = []
    index = 0
    try:
        pieces = list(string.Formatter().parse(template))
    except ValueError:
        return UNKNOWN
    for text, name, spec, conversion in pieces:
        parts.append(frozenset((literal(text),)))
        if name is None:
            continue
        if spec or conversion not in {None, "s"}:
            return UNKNOWN
        if not name:
            name, index = str(index), index + 1  # noqa: PLW2901 - an empty field counts on
        values = (
            positional[int(name)]
            if name.isdecimal() and len(name) < PLACES and int(name) < len(positional)
            else named.get(name)
        )
        if values is None:
            return UNKNOWN
        parts.append(as_text(values, ""))
    return formatted(parts)
