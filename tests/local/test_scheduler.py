"""When the run fires crons."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any, cast

import httpx

from infragraph.local.application import LocalApplication
from infragraph.local.scheduler import Scheduler
from infragraph.runtime.identity import Signer
from infragraph.runtime.peers import SignedProof

_CRON = {
    "id": "cron:hourly",
    "name": "hourly",
    "service": "mail",
    "properties": {"schedule": "0 * * * *", "every": None, "timezone": None},
}
_FIRINGS = 5


class EarlyClock:
    """Wakes ten milliseconds before its time, as one that was set back meanwhile does."""

    def __init__(self) -> None:
        self._now = datetime(2026, 1, 1, tzinfo=UTC)

    def now(self) -> datetime:
        return self._now

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(0)
        self._now += timedelta(seconds=seconds - 0.01)


class Application:
    def of_kind(self, _kind: str) -> list[dict[str, Any]]:
        return [_CRON]


async def test_a_clock_that_wakes_early_fires_nothing_twice() -> None:
    clock = EarlyClock()
    fired: list[datetime] = []
    enough = asyncio.Event()

    def answer(_request: httpx.Request) -> httpx.Response:
        fired.append(clock.now() + timedelta(seconds=0.01))
        if len(fired) >= _FIRINGS:
            enough.set()
        return httpx.Response(204)

    application = cast("LocalApplication", Application())
    async with httpx.AsyncClient(transport=httpx.MockTransport(answer)) as client:
        scheduler = Scheduler(
            application=application,
            proof=SignedProof(signer=Signer(key=b"x" * 32), clock=clock, header="x-proof"),
            client=client,
            clock=clock,
            address=lambda _: "http://mail",
        )
        await scheduler.restart(application)
        await asyncio.wait_for(enough.wait(), 30)
        await scheduler.stop()

    assert [it.hour for it in fired[:_FIRINGS]] == [1, 2, 3, 4, 5]
