"""What a chaos run has shown, and whether it has shown anything."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """`ended` is the signal by which the broker ends; consumers are always killed.

    `planned` kills are those of the plan, `proven` those that were seen to have happened.

    `lost` are confirmed messages that had no effect; `retried` are publishes that were tried again
    by the publisher, whose duplicates are its own.
    """

    broker: str
    ended: str
    messages: int
    confirmed: int
    retried: int
    failed: int
    poison: int
    attempts: int
    effects: int
    unique: int
    duplicates: int
    lost: int
    dead_lettered: int
    planned: int
    proven: int
    in_flight: int
    seconds: float

    @property
    def bound(self) -> int:
        """What is in flight at a kill may come twice."""
        return self.proven * self.in_flight

    @property
    def verdict(self) -> str:
        """`VOID` where the faults of the plan did not happen: then nothing is shown."""
        if self.proven != self.planned or self.planned == 0:
            return "VOID"
        kept = self.lost == 0 and self.effects == self.unique
        bounded = self.duplicates <= self.bound
        return "PASS" if kept and bounded and self.dead_lettered == self.poison else "FAIL"
