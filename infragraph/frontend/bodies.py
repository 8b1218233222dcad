"""The bodies of functions that were left for later, and what a run has asked of a file."""

from collections.abc import Collection, Iterable, Iterator
from typing import NamedTuple

from infragraph.frontend.blocks import inner
from infragraph.frontend.extract.deferring import DeferredBody
from infragraph.model import facts


class Asked(NamedTuple):
    """What was asked of one file.

    `lowered` are the bodies that were looked into, by their numbers in the order in which they
    stand. `heeded` are words that were looked for in the others, and that no statement at the top
    of the file binds. `named` are the names of the module that were asked for, None where that may
    be all.
    """

    lowered: tuple[int, ...]
    heeded: tuple[str, ...]
    named: tuple[str, ...] | None


def asked(body: Iterable[facts.Statement], named: Collection[str] | None) -> Asked:
    lowered: list[int] = []
    heeded: set[str] = set()
    for number, deferred in enumerate(deferred_bodies(body)):
        if deferred.is_lowered:
            lowered.append(number)
        heeded |= deferred.heeded
    return Asked(
        tuple(lowered), tuple(sorted(heeded)), None if named is None else tuple(sorted(named))
    )


def deferred_bodies(body: Iterable[facts.Statement]) -> Iterator[DeferredBody]:
    """Those of a file, in the order in which they stand; what stands in one is a part of it."""
    waiting = list(body)[::-1]
    while waiting:
        statement = waiting.pop()
        match statement:
            case facts.Function(within=DeferredBody() as deferred):
                yield deferred
            case facts.Function() | facts.Class():
                waiting.extend(statement.body[::-1])
            case _:
                waiting.extend(list(inner(statement))[::-1])
