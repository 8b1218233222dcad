"""The worklist: what runs now, and what has to run again."""

from collections import deque
from dataclasses import dataclass, field

from infragraph.frontend.activation import Reader

DEPTH_LIMIT = 120
"""Nested expressions and statements, counted through calls, below which a call is followed at once.

A deeper one waits, so that the interpreter's own limit is never met.
"""


@dataclass(eq=False, slots=True, repr=False)
class Worklist:
    """`running` wait for each other, the innermost last; `depth` counts what they nest."""

    waiting: deque[Reader] = field(default_factory=deque[Reader])
    queued: set[Reader] = field(default_factory=set[Reader])
    running: list[Reader] = field(default_factory=list[Reader])
    depth: int = 0

    @property
    def is_deep(self) -> bool:
        return self.depth >= DEPTH_LIMIT

    def wake(self, reader: Reader) -> None:
        """Have a reader run, once, when its turn comes."""
        if reader not in self.queued:
            self.queued.add(reader)
            self.waiting.append(reader)

    def take(self) -> Reader:
        """The next whose turn it is."""
        reader = self.waiting.popleft()
        self.queued.discard(reader)
        return reader

    def enter(self, reader: Reader) -> None:
        """Begin a run, which makes up for one that was waited for."""
        self.queued.discard(reader)
        self.running.append(reader)
        self.depth += 1

    def leave(self) -> None:
        self.depth -= 1
        self.running.pop()
