"""What a chaos run has shown, and whether it has shown anything."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """`planned` kills are those of the plan, `proven` those that were seen to have happened.

    `lost` are confirmed messages that had no effect; `retried` are publishes that were tried again
    by the publisher, whose duplicates are its own.
    """

    broker: str
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
    seed: int

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

    def row(self) -> str:
        """A row of the table in docs/reliability.md."""
        cells = [getattr(self, name) for name in COLUMNS]
        return f"| {' | '.join(f'{it:,}' if isinstance(it, int) else str(it) for it in cells)} |"


COLUMNS = (
    "broker",
    "messages",
    "confirmed",
    "proven",
    "attempts",
    "duplicates",
    "bound",
    "retried",
    "lost",
    "effects",
    "poison",
    "dead_lettered",
    "seconds",
    "verdict",
)
