from acme.lib.resources import looped, traces
from acme.payload import Event


async def descend(depth: int) -> None:
    if depth:
        await descend(depth - 1)
    await traces.publish(Event(depth))


async def even(depth: int) -> None:
    if depth:
        await odd(depth - 1)


async def odd(depth: int) -> None:
    if depth:
        await even(depth - 1)
    else:
        await looped.publish(Event(depth))
