"""Schedules that a cloud's scheduler has no expression for."""

from infragraph.portability.limits.limit import Limit, Trait


class Inexpressible(Exception):  # noqa: N818 - an outcome that the checks tell as a finding
    """Why there is none: `reason` is about the schedule, `bound` about the scheduler.

    `fact` is what the scheduler is known by, None where the schedule itself is at fault.
    """

    def __init__(
        self, *, reason: str, bound: str = "", cure: str = "", fact: Limit | Trait | None = None
    ) -> None:
        super().__init__(reason)
        self.reason = reason
        self.bound = bound
        self.cure = cure
        self.fact = fact
