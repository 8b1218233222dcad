"""What may happen to TCP connections, one fault at a time."""

import asyncio

from tests.runtime.chaos.proxy import Fault, Link, Proxy, Way

_BYTES_A_SECOND = 20_000
_LIMIT = 4_000
_LARGEST_SLICE = 7
_LINGER_SECONDS = 2.0


async def _late(proxy: Proxy, _link: Link, way: Way, data: bytes) -> None:
    await asyncio.sleep(0.1 + proxy.random.uniform(-0.1, 0.1))
    proxy.struck += 1
    await way.send(data)


async def _narrow(proxy: Proxy, _link: Link, way: Way, data: bytes) -> None:
    for start in range(0, len(data), 1_000):
        part = data[start : start + 1_000]
        await asyncio.sleep(len(part) / _BYTES_A_SECOND)
        proxy.struck += 1
        await way.send(part)


async def _passed(_proxy: Proxy, _link: Link, way: Way, data: bytes) -> None:
    await way.send(data)


async def _swallowed(proxy: Proxy, _link: Link, _way: Way, _data: bytes) -> None:
    proxy.struck += 1


async def _without_answers(proxy: Proxy, _link: Link, way: Way, data: bytes) -> None:
    if way.is_answer:
        proxy.struck += 1
    else:
        await way.send(data)


async def _sliced(proxy: Proxy, _link: Link, way: Way, data: bytes) -> None:
    start = 0
    while start < len(data):
        size = proxy.random.randint(1, _LARGEST_SLICE)
        await way.send(data[start : start + size])
        proxy.struck += 1
        start += size
        await asyncio.sleep(0)


async def _limited(proxy: Proxy, link: Link, way: Way, data: bytes) -> None:
    """Cut within a message, wherever the limit is."""
    left = max(_LIMIT - way.passed, 0)
    await way.send(data[:left])
    if len(data) > left:
        proxy.struck += 1
        link.close()
        raise ConnectionAbortedError


async def _reset_all(proxy: Proxy) -> None:
    for link in list(proxy.links):
        proxy.struck += 1
        link.reset()


async def _close_slowly(proxy: Proxy) -> None:
    """The server's side ends at once, and the client hears of it late."""
    links = list(proxy.links)
    for link in links:
        proxy.struck += 1
        link.server.close()
    await asyncio.sleep(_LINGER_SECONDS)
    for link in links:
        link.client.close()


async def _held(_proxy: Proxy, _link: Link, way: Way, data: bytes) -> None:
    if not way.writer.is_closing():
        await way.send(data)


FAULTS = (
    Fault(name="latency of 0 to 200 ms", passing=_late),
    Fault(name="20 kB/s", passing=_narrow),
    Fault(name="slow close", passing=_held, striking=_close_slowly),
    Fault(name="half-open", passing=_swallowed, is_lasting=True),
    Fault(name="reset", passing=_passed, striking=_reset_all),
    Fault(name="slices of 1 to 7 bytes", passing=_sliced),
    Fault(name="closed after 4 kB", passing=_limited),
    Fault(name="acknowledgements dropped", passing=_without_answers, is_lasting=True),
)
