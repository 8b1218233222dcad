"""The worklist: what runs now, and what has to run again."""

from collections import deque
from dataclasses import dataclass, field

from infragraph.frontend.activation import Activation, Judgement, Opening, Reader, Run

DEPTH_LIMIT = 120
"""Nested expressions and statements, counted through calls, below which a call is followed at once.

A deeper one waits, so that the interpreter's own limit is never met.
"""


@dataclass(eq=False, slots=True, repr=False)
class Worklist:
    """`running` wait for each other, the innermost last; `depth` counts what they nest.

    Judgements go before activations, so that these are told what holds. Openings wait until nothing
    else does.
    """

    judgements: deque[Judgement] = field(default_factory=deque[Judgement])
    activations: deque[Activation] = field(default_factory=deque[Activation])
    openings: set[Opening] = field(default_factory=set[Opening])
    queued: set[Reader] = field(default_factory=set[Reader])
    running: list[Reader] = field(default_factory=list[Reader])
    depth: int = 0

    @property
    def is_deep(self) -> bool:
        return self.depth >= DEPTH_LIMIT

    @property
    def is_judging(self) -> bool:
        """Whether a judgement runs, which is made again, and concludes nothing else."""
        return bool(self.running) and isinstance(self.running[-1], Judgement)

    def wake(self, reader: Reader) -> None:
        """Have a reader run, once, when its turn comes."""
        if isinstance(reader, Opening):
            self.openings.add(reader)
        elif reader not in self.queued:
            self.queued.add(reader)
            if isinstance(reader, Judgement):
                self.judgements.append(reader)
            else:
                self.activations.append(reader)

    def take(self) -> Run | None:
        """The next whose turn it is; one that has run in the meantime is passed over."""
        judgement = self.take_judgement()
        if judgement is not None:
            return judgement
        while self.activations:
            activation = self.activations.popleft()
            if activation in self.queued:
                return activation
        return None

    def take_judgement(self) -> Judgement | None:
        while self.judgements:
            judgement = self.judgements.popleft()
            if judgement in self.queued:
                return judgement
        return None

    def enter(self, reader: Reader) -> None:
        """Begin a run, which makes up for one that was waited for."""
        self.queued.discard(reader)
        self.running.append(reader)
        self.depth += 1

    def leave(self) -> None:
        self.depth -= 1
        self.running.pop()
