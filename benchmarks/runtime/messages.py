"""Messages through NATS JetStream, by one client: `python -m benchmarks.runtime.messages NAME …`.

Prints how many messages a second were published, and how many were handled and acknowledged.
"""

import asyncio
import sys
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from random import Random
from typing import Any, cast

import msgspec
import nats
from nats.js import api

from infragraph.runtime.brokers.nats import NatsAddress, NatsBroker
from infragraph.runtime.clock import SystemClock
from infragraph.runtime.codec import codec
from infragraph.runtime.consuming import Consumed, Consumer
from infragraph.runtime.envelope import Envelope
from tests.runtime.conformance.harness import channel
from tests.runtime.consuming_on_memory import NothingAround

WINDOW = 100
CONCURRENCY = 100


@dataclass(frozen=True)
class Order:
    id: int
    name: str
    tags: list[str]


ORDER = Order(1, "a name", ["one", "two"])


class Rates:
    """Counts what is handled; `done` is set when all are."""

    def __init__(self, count: int) -> None:
        self.left = count
        self.done = asyncio.Event()

    def handled(self) -> None:
        self.left -= 1
        if self.left == 0:
            self.done.set()


async def ours(url: str, count: int) -> tuple[float, float]:
    """The runtime's own publisher and consumer, without tracing."""
    one = channel(concurrency=CONCURRENCY)
    stream = one.topic.removeprefix("topic:")
    broker = NatsBroker(
        NatsAddress(servers=(url,), credentials=None, name="benchmark"), {one.topic: stream}
    )
    await broker.open()
    await broker.ensure(one)
    used = codec(Order)

    def envelope(number: int) -> Envelope:
        return Envelope(
            id=f"{stream}-{number}",
            source="service:bench",
            type="bench.Order",
            published_at=datetime.now(UTC),
            body=used.encode(ORDER),
        )

    async def window(start: int) -> None:
        sent = [envelope(number) for number in range(start, start + WINDOW)]
        await broker.publish(one.topic, {}, sent)

    published = await _timed(window, count)
    rates = Rates(count)

    async def handle(_order: Order) -> None:
        rates.handled()

    consumer = Consumer(
        consumed=Consumed(
            channel=one,
            codec=used,
            handle=handle,
            takes_message=False,
            min_backoff=1,
            max_backoff=1,
        ),
        broker=broker,
        clock=SystemClock(),
        around=NothingAround(),
        random=Random(1),  # noqa: S311 - jitter
    )
    began = time.perf_counter()
    consumer.start()
    await rates.done.wait()
    handled = count / (time.perf_counter() - began)
    await consumer.drain(5)
    await broker.close()
    return published, handled


async def raw(url: str, count: int) -> tuple[float, float]:
    """nats-py alone: confirmed publishes, a pull consumer, explicit acknowledgements."""
    connection: Any = await cast("Any", nats).connect(url)
    jetstream = connection.jetstream()
    await jetstream.add_stream(api.StreamConfig(name="raw", subjects=["raw.*"]))
    pull = await jetstream.pull_subscribe("raw.*", durable="raw")
    encoder, decoder = msgspec.json.Encoder(), msgspec.json.Decoder(Order)

    async def window(start: int) -> None:
        await asyncio.gather(
            *(
                jetstream.publish(
                    "raw.0", encoder.encode(ORDER), headers={"Nats-Msg-Id": f"raw-{number}"}
                )
                for number in range(start, start + WINDOW)
            )
        )

    published = await _timed(window, count)
    began = time.perf_counter()
    left = count
    while left:
        messages = await pull.fetch(min(CONCURRENCY, left))
        for message in messages:
            decoder.decode(message.data)
            await message.ack()
        left -= len(messages)
    handled = count / (time.perf_counter() - began)
    await connection.close()
    return published, handled


async def faststream(url: str, count: int) -> tuple[float, float]:
    """FastStream with a pull subscriber; it acknowledges what its handler lets pass."""
    from faststream.nats import JStream, PullSub  # noqa: PLC0415 - of this peer alone
    from faststream.nats import NatsBroker as FastBroker  # noqa: PLC0415

    connection: Any = await cast("Any", nats).connect(url)
    await connection.jetstream().add_stream(api.StreamConfig(name="fast", subjects=["fast.*"]))
    await connection.close()
    broker: Any = FastBroker(url, logger=None)
    rates = Rates(count)

    async def handle(order: Order) -> None:
        del order
        rates.handled()

    broker.subscriber(
        "fast.*",
        stream=JStream(name="fast", declare=False),
        durable="fast",
        pull_sub=PullSub(batch_size=CONCURRENCY),
        max_workers=CONCURRENCY,
    )(handle)
    await broker.connect()

    async def window(start: int) -> None:
        await asyncio.gather(
            *(
                broker.publish(
                    ORDER, "fast.0", stream="fast", headers={"Nats-Msg-Id": f"fast-{number}"}
                )
                for number in range(start, start + WINDOW)
            )
        )

    published = await _timed(window, count)
    began = time.perf_counter()
    await broker.start()
    await rates.done.wait()
    handled = count / (time.perf_counter() - began)
    await broker.stop()
    return published, handled


async def _timed(window: Any, count: int) -> float:
    began = time.perf_counter()
    for start in range(0, count, WINDOW):
        await window(start)
    return count / (time.perf_counter() - began)


CLIENTS = {"ours": ours, "nats-py": raw, "faststream": faststream}


if __name__ == "__main__":
    name, address, number = sys.argv[1:]
    rates = asyncio.run(CLIENTS[name](address, int(number)))
    sys.stdout.write(" ".join(f"{rate:.0f}" for rate in rates) + "\n")
