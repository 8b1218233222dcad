"""Where the time of a run goes, as its stages pass."""

import time
from collections import Counter
from collections.abc import Callable

from infragraph.model.stages import Stage


class Stopwatch:
    """Seconds and parts by stage; what passed before the first is that of the start."""

    __slots__ = ("_clock", "_since", "_stage", "parts", "seconds")

    def __init__(self, clock: Callable[[], float] = time.perf_counter) -> None:
        self._clock = clock
        self._stage = "start"
        # Python itself, and what it loaded until here.
        self._since = clock() - time.process_time()
        self.seconds: dict[str, float] = {}
        self.parts: Counter[str] = Counter()

    def told(self, stage: Stage, done: int, total: int) -> None:
        if stage != self._stage:
            self.begin(stage)
        if not done:
            self.parts[stage] += total

    def begin(self, stage: str) -> None:
        """End the stage that is under way, and begin this one."""
        now = self._clock()
        self.seconds[self._stage] = self.seconds.get(self._stage, 0.0) + now - self._since
        self._stage, self._since = stage, now

    def end(self) -> None:
        self.begin("end")
