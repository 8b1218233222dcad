"""Patterns of paths, in which `*` stands for any text: what two of them have in common."""

import re
from collections.abc import Iterator


def meet(one: str, other: str) -> bool:
    """Whether a path matches both of two patterns."""
    if not _may_meet(one, other):
        return False
    reached = {(0, 0)}
    waiting = [(0, 0)]
    while waiting:
        first, second = waiting.pop()
        if first == len(one) and second == len(other):
            return True
        for step in _steps(one, first, other, second):
            if step not in reached:
                reached.add(step)
                waiting.append(step)
    return False


def covers(one: str, other: str) -> bool:
    """Whether `one` matches all that `other` does, whose `*` only a `*` stands for."""
    regex = ".*".join(re.escape(part) for part in one.split("*"))
    return re.fullmatch(regex, other) is not None


def _may_meet(one: str, other: str) -> bool:
    """Quickly: what stands before the first `*` agrees."""
    first, second = one.partition("*")[0], other.partition("*")[0]
    return first.startswith(second) or second.startswith(first)


def _steps(one: str, first: int, other: str, second: int) -> Iterator[tuple[int, int]]:
    """How far a letter, or none, takes either pattern."""
    here, there = one[first : first + 1], other[second : second + 1]
    if here == "*":
        yield first + 1, second
        if there:
            yield first, second + 1
    if there == "*":
        yield first, second + 1
        if here:
            yield first + 1, second
    if here and here == there:
        yield first + 1, second + 1
