"""Code that has nothing to do with infrastructure, as most code of an application has not."""

from random import Random

from benchmarks.corpus.plan import Service
from benchmarks.corpus.written import Module

_VERBS = ("weigh", "rank", "round_off", "grade", "bound", "blend", "rate", "sort_out")


def rules(service: Service, choice: Random) -> Module:
    """A module that no declaration can be reached from."""
    return Module(
        name=service.module("rules"),
        doc=f"How a {service.noun} is judged.",
        owner=service.node,
        matters=False,
        before=fillers(service, choice, 8),
    )


def fillers(service: Service, choice: Random, count: int) -> tuple[str, ...]:
    """Functions that calculate; each has a name of its own."""
    return tuple(
        _filler(f"{choice.choice(_VERBS)}_{service.noun}_{number}", choice)
        for number in range(count)
    )


def _filler(name: str, choice: Random) -> str:
    low, high, step = choice.randint(1, 9), choice.randint(50, 99), choice.randint(2, 7)
    lines = [
        f"def {name}(value: int, limit: int = {high}) -> int:",
        f"    total = {low}",
        f"    for number in range(value % {high}):",
        f"        if number % {step} == 0:",
        f"            total += number * {low}",
        "        elif total > limit:",
        f"            total -= {step}",
        "    words = [str(total + offset) for offset in range(3)]",
        '    text = ", ".join(words)',
        f"    return total + len(text) * {step}",
    ]
    return "\n".join(lines)
