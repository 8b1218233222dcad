"""Unpacking: what each target of `a, b, *c = values` gets."""

from infragraph.frontend.elements import as_tuples, elements
from infragraph.frontend.frame import Frame
from infragraph.frontend.values import NOTHING, TupleValue, Values
from infragraph.model import facts


def unpacked(frame: Frame, targets: tuple[facts.Expression, ...], values: Values) -> list[Values]:
    """What each target of `a, b, *c = values` gets."""
    machine = frame.machine
    values = as_tuples(machine, values)
    starred = [index for index, target in enumerate(targets) if isinstance(target, facts.Starred)]
    parts: list[Values] = [NOTHING] * len(targets)
    for value in values:
        exact = isinstance(value, TupleValue) and not value.rest
        if isinstance(value, TupleValue) and exact and not starred:
            if len(value.elements) == len(targets):
                parts = [mine | part for mine, part in zip(parts, value.elements, strict=True)]
            continue
        if isinstance(value, TupleValue) and exact and len(value.elements) >= len(targets) - 1:
            cut = starred[0]
            tail = len(targets) - cut - 1
            middle = value.elements[cut : len(value.elements) - tail]
            whole = (
                *value.elements[:cut],
                frozenset((TupleValue(middle),)),
                *value.elements[len(value.elements) - tail :],
            )
            parts = [mine | part for mine, part in zip(parts, whole, strict=True)]
            continue
        every = elements(machine, frozenset((value,)))
        for index in range(len(targets)):
            more = frozenset((TupleValue((), every),)) if index in starred else every
            parts[index] |= more
    return parts
