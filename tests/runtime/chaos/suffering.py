"""Publishes and consumes through a proxy while the network has a fault, and after it is healed."""

import asyncio
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

from infragraph.runtime.brokers.broker import Broker, BrokerError, Channel
from infragraph.runtime.envelope import Envelope
from tests.runtime.chaos.crew import Crew
from tests.runtime.chaos.proxy import Fault, proxied
from tests.runtime.chaos.publishing import Numbered
from tests.runtime.chaos.target import Target, target
from tests.runtime.chaos.work import Work
from tests.runtime.conformance.brokers import broker_of
from tests.runtime.conformance.harness import channel

FAULT_SECONDS = 5.0
RECOVERY_SECONDS = 10.0
_AT_ONCE = 20
_DRAIN_SECONDS = 90.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Suffered:
    """`struck` is how often the fault did something.

    `recovered` is how long after its end a message that was published then was handled, in
    seconds; below 0 it never was.
    `retried` are publishes that were tried again by the publisher, whose duplicates are its own.
    """

    broker: str
    fault: str
    messages: int
    confirmed: int
    struck: int
    retried: int
    duplicates: int
    lost: int
    recovered: float
    seconds: float

    @property
    def verdict(self) -> str:
        """`VOID` where the fault did nothing: then nothing is shown."""
        if self.struck == 0:
            return "VOID"
        is_kept = self.lost == 0 and self.confirmed == self.messages
        return "PASS" if is_kept and 0 <= self.recovered <= RECOVERY_SECONDS else "FAIL"


class _Publisher:
    def __init__(self, broker: Broker, channel: Channel) -> None:
        self._broker = broker
        self._channel = channel
        self._numbered = Numbered(poison_share=0)
        self.confirmed: set[str] = set()
        self.retried = 0
        self.sent_at: dict[str, float] = {}

    async def publish(self, numbers: range) -> None:
        """All of them, some at a time."""
        for start in range(numbers.start, numbers.stop, _AT_ONCE):
            several = range(start, min(start + _AT_ONCE, numbers.stop))
            await asyncio.gather(*(self._send(self._numbered.made(it)) for it in several))

    async def _send(self, envelope: Envelope) -> None:
        for _ in range(10):
            self.sent_at[envelope.id] = time.time()
            try:
                await self._broker.publish(self._channel.topic, {}, [envelope])
            except BrokerError:
                self.retried += 1
            else:
                self.confirmed.add(envelope.id)
                return


async def suffered(
    broker: str, fault: Fault, messages: int, seed: int, *, is_armed: bool = True
) -> Suffered:
    """One fault, from a network that is whole to one that is healed."""
    began = time.time()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        async with (
            target(broker, folder / "broker") as made,
            proxied(made.port, Random(seed)) as proxy,  # noqa: S311 - a plan that can be had again
        ):
            consumed = channel(ack_deadline=3.0, concurrency=_AT_ONCE, max_attempts=50)
            async with made.connection() as straight:
                await made.prepare(straight, consumed)
            through = _through(made, proxy.port)
            crew = Crew(through, consumed, folder, Work())
            await crew.hire()
            connection = broker_of(through)
            await connection.open()
            publisher = _Publisher(connection, consumed)
            third = messages // 3
            await publisher.publish(range(third))
            harm = fault if is_armed else Fault(name=fault.name, passing=_whole)
            async with proxy.suffering(harm):
                during = asyncio.create_task(publisher.publish(range(third, 2 * third)))
                await asyncio.sleep(FAULT_SECONDS)
            healed = time.time()
            await asyncio.gather(during, publisher.publish(range(2 * third, messages)))
            await crew.finishes(publisher.confirmed, _DRAIN_SECONDS)
            await connection.close()
            await crew.dismiss()
            done, attempts = crew.first_done(), crew.attempts()
            after = [done[it] for it, at in publisher.sent_at.items() if at > healed and it in done]
            return Suffered(
                broker=broker,
                fault=fault.name,
                messages=messages,
                confirmed=len(publisher.confirmed),
                struck=proxy.struck,
                retried=publisher.retried,
                duplicates=attempts.total() - len(attempts),
                lost=len(publisher.confirmed - done.keys()),
                recovered=round(min(after) - healed, 2) if after else -1.0,
                seconds=round(time.time() - began, 1),
            )


async def _whole(_proxy: object, _link: object, way: Any, data: bytes) -> None:
    await way.send(data)


def _through(made: Target, port: int) -> Mapping[str, Any]:
    """The bench's settings, with the proxy's port in the place of the broker's."""
    own, other = f"127.0.0.1:{made.port}", f"127.0.0.1:{port}"
    return {
        name: it.replace(own, other) if isinstance(it, str) else it
        for name, it in made.settings().items()
    }
