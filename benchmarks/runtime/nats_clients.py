"""NATS JetStream: each publish is confirmed, each message settled."""

import time
from typing import Any, cast

import msgspec
import nats
from nats.js import api

from benchmarks.runtime.orders import (
    CONCURRENCY,
    ORDER,
    Order,
    Rates,
    ours,
    published,
    subscription,
)
from infragraph.runtime.brokers.nats import NatsAddress, NatsBroker


async def one_by_one(url: str, count: int) -> tuple[float, float]:
    """Ours, by `publish`."""
    return await _ours(url, count, many=False)


async def in_batches(url: str, count: int) -> tuple[float, float]:
    """Ours, by `publish_many`."""
    return await _ours(url, count, many=True)


async def _ours(url: str, count: int, *, many: bool) -> tuple[float, float]:
    one = subscription()
    stream = one.topic.removeprefix("topic:")
    broker = NatsBroker(
        NatsAddress(servers=(url,), credentials=None, name="benchmark"), {one.topic: stream}
    )
    await broker.open()
    await broker.ensure(one)
    return await ours(one, broker, count, many=many)


async def raw(url: str, count: int) -> tuple[float, float]:
    """nats-py alone: confirmed publishes, a pull consumer, explicit acknowledgements."""
    connection: Any = await cast("Any", nats).connect(url)
    jetstream = connection.jetstream()
    await jetstream.add_stream(api.StreamConfig(name="raw", subjects=["raw.*"]))
    pull = await jetstream.pull_subscribe("raw.*", durable="raw")
    encoder, decoder = msgspec.json.Encoder(), msgspec.json.Decoder(Order)
    rate = await published(
        lambda number: jetstream.publish(
            "raw.0", encoder.encode(ORDER), headers={"Nats-Msg-Id": f"raw-{number}"}
        ),
        count,
    )
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
    return rate, handled


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
    rate = await published(
        lambda number: broker.publish(
            ORDER, "fast.0", stream="fast", headers={"Nats-Msg-Id": f"fast-{number}"}
        ),
        count,
    )
    began = time.perf_counter()
    await broker.start()
    await rates.done.wait()
    handled = count / (time.perf_counter() - began)
    await broker.stop()
    return rate, handled


CLIENTS = {
    "ours": one_by_one,
    "ours, publish_many": in_batches,
    "nats-py": raw,
    "faststream": faststream,
}
