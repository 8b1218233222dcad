import asyncio
from dataclasses import dataclass

from acme.back import api as back
from acme.front import front
from acme.front.hooks import authenticate
from acme.lib import inner, licensed, middle, recursion
from acme.lib.resources import traces
from acme.payload import Event


@front.post("/long")
async def long(event: Event) -> None:
    await middle.shortcut(event)


@front.post("/short")
async def short(event: Event) -> None:
    await middle.shortcut(event)
    await inner.innermost(event)


@front.get("/recursive")
async def recursive() -> None:
    await recursion.descend(3)


@front.get("/mutual")
async def mutual() -> None:
    await recursion.even(3)


@front.subscribe(traces, "both")
@front.post("/both")
async def both(event: Event) -> None:
    await inner.store(event)


@front.post("/remote", access="auth")
async def remote(event: Event) -> None:
    print(authenticate.caller().user, licensed.LICENCE)
    await back.receive(event)


@dataclass(frozen=True)
class Batch:
    events: list[Event]


@front.post("/many")
async def many(batch: Batch) -> None:
    await asyncio.gather(*map(back.receive, batch.events))


@front.post("/two-calls")
async def two_calls(event: Event) -> None:
    await _between(event)


async def _between(event: Event) -> None:
    await back.relay(event)


@front.cron("twice-a-day", schedule="0 6 * * *")
@front.cron("often", every="10m")
async def tick() -> None:
    await back.on_deep(Event(1))
