"""A service that ends by itself is told of, and started again."""

import asyncio
import signal
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

_STEADY_SECONDS = 30.0
"""Who lived that long has fallen for the first time."""

_LONGEST_SECONDS = 30.0


@dataclass(slots=True)
class Falls:
    """How often in a row a service ended by itself soon after its start."""

    count: int = 0

    def delay(self, lived: float) -> float:
        """The seconds to wait after one more, by those that it lived: none for the first."""
        self.count = 1 if lived > _STEADY_SECONDS else self.count + 1
        return 0.0 if self.count == 1 else min(2.0 ** (self.count - 2), _LONGEST_SECONDS)


async def kept_up(
    ended: str,
    falls: Falls,
    lived: float,
    again: Callable[[], Awaitable[str | None]],
    news: Callable[[str], None],
) -> None:
    """Until `again` gives no fault; `ended` says of whom it is and how it ended."""
    fault: str | None = ended
    while fault is not None:
        delay = falls.delay(lived)
        when = f"again in {delay:g} s" if delay else "again"
        news(f"{fault}; it is started {when}")
        await asyncio.sleep(delay)
        fault, lived = await again(), 0.0


def ending(name: str, code: int) -> str:
    """How a service ended, for people."""
    if code >= 0:
        return f"service {name!r} ended with code {code}"
    try:
        return f"service {name!r} was ended by {signal.Signals(-code).name}"
    except ValueError:
        return f"service {name!r} was ended by signal {-code}"
