"""How long a deployment waits before it asks again."""

import time
from collections.abc import Callable
from dataclasses import dataclass

from infragraph.deploy.errors import refuse


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """Waits of seconds, times `factor`, by `sleep`."""

    sleep: Callable[[float], None] = time.sleep
    factor: float = 1.0

    def wait(self, seconds: float) -> None:
        self.sleep(seconds * self.factor)

    def times(self, seconds: float, limit: float, what: str) -> "Attempts":
        """Attempts every so many seconds, until a limit that is an error to reach."""
        return Attempts(pace=self, seconds=seconds, left=int(limit / seconds), what=what)


@dataclass(slots=True, kw_only=True)
class Attempts:
    """How often something is asked for yet."""

    pace: Pace
    seconds: float
    left: int
    what: str

    def next(self) -> None:
        if self.left <= 0:
            refuse(f"{self.what} did not end in time")
        self.left -= 1
        self.pace.wait(self.seconds)
