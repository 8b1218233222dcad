"""NSQ: each publish is confirmed, each message finished."""

import time
from typing import Any, cast

import ansq
import msgspec
from ansq.tcp.connection import NSQConnection

from benchmarks.runtime.orders import CONCURRENCY, ORDER, Order, ours, published, subscription
from infragraph.runtime.brokers.nsq.broker import NsqBroker, nsq_address
from infragraph.runtime.clock import SystemClock


async def one_by_one(address: str, count: int) -> tuple[float, float]:
    """Ours, by `publish`."""
    return await _ours(address, count, many=False)


async def in_batches(address: str, count: int) -> tuple[float, float]:
    """Ours, by `publish_many`."""
    return await _ours(address, count, many=True)


async def _ours(address: str, count: int, *, many: bool) -> tuple[float, float]:
    one = subscription()
    name = one.topic.removeprefix("topic:")
    broker = NsqBroker(
        nsq_address({"nsqd": address}, "benchmark"), {one.topic: name}, SystemClock()
    )
    await broker.open()
    await broker.ensure(one)
    return await ours(one, broker, count, many=many)


async def raw(address: str, count: int) -> tuple[float, float]:
    """ansq: its writer, and a connection that is asked for as many as ours handles at a time."""
    host, _, port = address.partition(":")
    writer = await ansq.create_writer([address])
    reading: NSQConnection = await ansq.open_connection(host, int(port))
    await reading.subscribe("raw", "raw", CONCURRENCY)
    encoder, decoder = msgspec.json.Encoder(), msgspec.json.Decoder(Order)
    # What came meanwhile would be handled before it is counted.
    await reading.rdy(0)
    rate = await published(lambda _number: writer.pub("raw", encoder.encode(ORDER)), count)
    began = time.perf_counter()
    await reading.rdy(CONCURRENCY)
    left = count
    async for message in reading.messages():
        decoder.decode(message.body)
        await cast("Any", message).fin()  # its types are partly unknown
        left -= 1
        if not left:
            break
    handled = count / (time.perf_counter() - began)
    await reading.close()
    await writer.close()
    return rate, handled


CLIENTS = {"nsq: ours": one_by_one, "nsq: ours, publish_many": in_batches, "nsq: ansq": raw}
