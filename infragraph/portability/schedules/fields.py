"""Fields of cron expressions, written as shortly as every reader takes them."""

from collections.abc import Callable, Sequence

STEPS = 3
"""From so many numbers on, a step says more than a list."""


def field(
    numbers: Sequence[int],
    every: Sequence[int],
    *,
    stepped: Callable[[int, int], str],
    named: Callable[[int], str] = str,
) -> str:
    """One of `*`, a range, a step and a list, never parts of several.

    `stepped` writes a first number and the step by which it goes on to the end of the field.
    """
    if tuple(numbers) == tuple(every):
        return "*"
    if len(numbers) >= STEPS:
        first, last, step = numbers[0], numbers[-1], numbers[1] - numbers[0]
        if list(numbers) == list(range(first, last + 1)):
            return f"{named(first)}-{named(last)}"
        if list(numbers) == list(range(first, every[-1] + 1, step)):
            return stepped(first, step)
    return ",".join(named(number) for number in numbers)
