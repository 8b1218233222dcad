"""The client of NSQ against an nsqd that does whatever a test wants."""

import asyncio
import json
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from infragraph.runtime.brokers.broker import BrokerError, Delivery
from infragraph.runtime.brokers.nsq.broker import NsqAddress, NsqBroker, dead_letter_topic
from infragraph.runtime.brokers.nsq.connection import Settings
from infragraph.runtime.brokers.nsq.envelopes import unwrapped, wrapped
from infragraph.runtime.brokers.nsq.frames import FrameError, frame, frame_size, message
from infragraph.runtime.brokers.nsq.subscriber import Subscriber
from infragraph.runtime.clock import Clock, SystemClock
from tests.runtime.brokers.fake_nsqd import FakeNsqd, fake_nsqd
from tests.runtime.clocks import ManualClock
from tests.runtime.conformance import harness

TOPICS = {"topic:t": "t"}


def channel(**options: Any) -> Any:
    return harness.channel(id="subscription:t/s", topic="topic:t", **options)


@asynccontextmanager
async def opened(
    server: FakeNsqd, clock: Clock | None = None, **options: Any
) -> AsyncGenerator[NsqBroker]:
    address = NsqAddress(nsqd=server.address, nsqlookupd=(), name="tests", **options)
    broker = NsqBroker(address, TOPICS, clock or SystemClock())
    await broker.open()
    try:
        yield broker
    finally:
        await broker.close()


@asynccontextmanager
async def handed_out(
    broker: NsqBroker, server: FakeNsqd, body: bytes = b"{}", **options: Any
) -> AsyncGenerator[Delivery]:
    """The first delivery of message `a…`."""
    deliveries: Any = broker.receive(channel(**options))
    first = asyncio.ensure_future(anext(deliveries))
    await server.hears("RDY")
    server.hand_out("a" * 16, body)
    try:
        yield await first
    finally:
        await deliveries.aclose()


@given(st.dictionaries(st.text(), st.text()), st.binary() | st.text().map(str.encode))
def test_an_envelope_gives_back_headers_and_payload_byte_by_byte(
    headers: dict[str, str], body: bytes
) -> None:
    assert unwrapped(wrapped(headers, body)) == (headers, body)


@given(st.recursive(st.none() | st.integers() | st.text(), st.lists))
def test_a_payload_of_json_is_readable_within_its_envelope(payload: object) -> None:
    body = json.dumps(payload, indent=1).encode()

    assert json.loads(wrapped({"ce-id": "1"}, body)) == {
        "v": 1,
        "h": {"ce-id": "1"},
        "d": payload,
    }


MESSAGES: list[tuple[bytes, tuple[dict[str, str], bytes]]] = [
    (b'{"d": {"a": 1}, "h": {"ce-id": "1"}, "v": 1}', ({"ce-id": "1"}, b'{"a": 1}')),
    (b'{"h":{},"v":1,"b":"/w=="}', ({}, b"\xff")),
    (b'{"v":1,"h":{},"d":1,"x":2}', ({}, b'{"v":1,"h":{},"d":1,"x":2}')),
    (b'{"v":2,"h":{},"d":1}', ({}, b'{"v":2,"h":{},"d":1}')),
    (b'{"v":1,"h":{},"b":"?"}', ({}, b'{"v":1,"h":{},"b":"?"}')),
    (b'{"v":1,"h":', ({}, b'{"v":1,"h":')),
    (b"\xff", ({}, b"\xff")),
    (b"", ({}, b"")),
]


@pytest.mark.parametrize(("data", "expected"), MESSAGES)
def test_a_message_without_our_envelope_is_foreign(
    data: bytes, expected: tuple[dict[str, str], bytes]
) -> None:
    assert unwrapped(data) == expected


@pytest.mark.parametrize("head", [b"\xff\xff\xff\xff", b"\x00\x00\x00\x00", b"\x7f\xff\xff\xff"])
def test_a_size_that_no_frame_has_is_refused(head: bytes) -> None:
    with pytest.raises(FrameError):
        frame_size(head)


def test_frames_that_are_none_are_refused() -> None:
    with pytest.raises(FrameError):
        frame(b"\x00\x00\x00\x09x")
    with pytest.raises(FrameError):
        message(b"short")


async def test_it_says_who_it_is_and_what_it_wants() -> None:
    async with (
        fake_nsqd() as server,
        opened(server) as broker,
        handed_out(broker, server, ack_deadline=2000.0) as delivery,
    ):
        await delivery.acknowledge()
        await server.hears("FIN")
    identities = [json.loads(it) for it in server.bodies]
    assert [(it["client_id"], it.get("msg_timeout")) for it in identities] == [
        ("tests", None),
        ("tests", 900_000),
    ]
    assert server.told[:5] == ["IDENTIFY", "IDENTIFY", "SUB t s", "RDY 20", f"FIN {'a' * 16}"]


async def test_a_heartbeat_is_answered() -> None:
    async with fake_nsqd() as server, opened(server):
        server.send(0, b"_heartbeat_")
        await server.hears("NOP")


async def test_a_publish_that_nsqd_refuses_raises_what_it_said() -> None:
    async with fake_nsqd() as server, opened(server) as broker:
        server.answers["PUB"] = ["E_BAD_TOPIC no such name"]
        with pytest.raises(BrokerError, match="E_BAD_TOPIC no such name"):
            await broker.publish("topic:t", {}, [harness.message(1)])
        # The connection was closed by it, and the next message has another.
        await broker.publish("topic:t", {}, [harness.message(2)])


async def test_a_publish_is_sent_again_when_nsqd_could_not_or_went_away() -> None:
    async with fake_nsqd() as server, opened(server) as broker:
        server.answers["PUB"] = ["E_PUB_FAILED exiting"]
        await broker.publish("topic:t", {}, [harness.message(1)])
        server.hang_up()
        await broker.publish("topic:t", {}, [harness.message(2)])
    assert server.told.count("PUB t") == 3


async def test_many_messages_go_at_once() -> None:
    async with fake_nsqd() as server, opened(server) as broker:
        await broker.publish("topic:t", {}, [harness.message(it) for it in range(150)])
    assert sorted(it for it in server.told if "PUB" in it) == ["MPUB t", "MPUB t"]


async def test_without_the_secret_that_nsqd_wants_nothing_is_opened() -> None:
    async with fake_nsqd() as server:
        server.identity["auth_required"] = True
        with pytest.raises(BrokerError, match="wants a secret, and none is configured"):
            async with opened(server):
                pass


async def test_the_secret_is_given_when_nsqd_wants_it() -> None:
    async with fake_nsqd() as server:
        server.identity["auth_required"] = True
        async with opened(server, auth_secret="s"):  # noqa: S106
            pass
        assert (server.told[:2], server.bodies[1]) == (["IDENTIFY", "AUTH"], b"s")
        server.answers["AUTH"] = ["E_UNAUTHORIZED no"]
        with pytest.raises(BrokerError, match="E_UNAUTHORIZED no"):
            async with opened(server, auth_secret="x"):  # noqa: S106
                pass


async def test_what_is_settled_too_late_is_told_and_changes_nothing(
    caplog: pytest.LogCaptureFixture,
) -> None:
    async with fake_nsqd() as server, opened(server) as broker:
        server.answers["FIN"] = ["E_FIN_FAILED FIN aaaa failed ID not in flight"]
        async with handed_out(broker, server) as delivery:
            await delivery.acknowledge()
            await server.hears("FIN")
            await asyncio.sleep(0.05)
    assert caplog.messages == ["t/s: E_FIN_FAILED FIN aaaa failed ID not in flight"]
    assert server.told.count("IDENTIFY") == 2


async def test_a_message_whose_connection_is_gone_cannot_be_settled() -> None:
    async with (
        fake_nsqd() as server,
        opened(server) as broker,
        handed_out(broker, server) as delivery,
    ):
        server.hang_up()
        await asyncio.sleep(0.05)
        with pytest.raises(BrokerError, match="nsqd was not told"):
            await delivery.acknowledge()


async def test_what_nobody_took_is_given_back_and_the_rest_can_be_settled() -> None:
    async with fake_nsqd() as server, opened(server) as broker:
        async with handed_out(broker, server) as delivery:
            server.hand_out("b" * 16, b"{}")
            await asyncio.sleep(0.05)
        await server.hears(f"REQ {'b' * 16} 0")
        await delivery.acknowledge()
        await server.hears(f"FIN {'a' * 16}")
        await server.hears("CLS")
    said = [it for it in server.told if it.startswith(("RDY", "REQ", "FIN"))]
    assert said == ["RDY 20", "RDY 0", f"REQ {'b' * 16} 0", f"FIN {'a' * 16}"]


async def test_a_delay_beyond_an_hour_is_held_back_again_and_is_no_attempt() -> None:
    async with fake_nsqd() as server, opened(server) as broker:
        deliveries: Any = broker.receive(channel())
        first = asyncio.ensure_future(anext(deliveries))
        await server.hears("RDY")
        server.hand_out("a" * 16, b"{}")
        await (await first).retry(7000.0)
        again = asyncio.ensure_future(anext(deliveries))
        server.told.clear()
        server.hand_out("a" * 16, b"{}", attempts=2)
        assert await server.hears("REQ") == f"REQ {'a' * 16} 3600000"
        # Another of its messages is not held back.
        server.hand_out("b" * 16, b"{}", attempts=1)
        delivery = await again
        assert (delivery.envelope.id, delivery.attempt) == ("b" * 16, 1)
        await delivery.acknowledge()
        await deliveries.aclose()


async def test_a_message_that_is_due_counts_its_attempts_alone() -> None:
    clock = ManualClock()
    async with fake_nsqd() as server, opened(server, clock) as broker:
        deliveries: Any = broker.receive(channel())
        first = asyncio.ensure_future(anext(deliveries))
        await server.hears("RDY")
        server.hand_out("a" * 16, b"{}")
        await (await first).retry(7000.0)
        again = asyncio.ensure_future(anext(deliveries))
        await clock.advance(3600.0)
        server.hand_out("a" * 16, b"{}", attempts=2)
        await server.hears(f"REQ {'a' * 16} 3400000")
        await clock.advance(3400.0)
        server.hand_out("a" * 16, b"{}", attempts=3)
        delivery = await again
        assert delivery.attempt == 2
        await delivery.acknowledge()
        await deliveries.aclose()


async def test_what_may_be_handed_out_is_shared_among_nsqds() -> None:
    async with fake_nsqd() as one, fake_nsqd() as other:

        async def look() -> frozenset[str]:
            return frozenset({one.address, other.address})

        subscriber = Subscriber(look, Settings(name="tests"), "t", "s", 3)
        subscriber.start()
        await harness.until(lambda: sorted([_ready(one), _ready(other)]) == [1, 2])
        await subscriber.stop()
    assert _ready(one) + _ready(other) == 0


def _ready(server: FakeNsqd) -> int:
    """What the last RDY said."""
    said = [it.removeprefix("RDY ") for it in server.told if it.startswith("RDY ")]
    return int(said[-1]) if said else 0


async def test_bytes_that_are_no_frame_end_the_connection_and_another_is_made() -> None:
    async with fake_nsqd() as server, opened(server) as broker:
        server.send_raw(b"HTTP/1.1 400 Bad Request\r\n\r\n")
        await asyncio.sleep(0.05)
        await broker.publish("topic:t", {}, [harness.message(1)])
    assert server.told.count("IDENTIFY") == 2


async def test_a_broker_that_is_not_there_says_so() -> None:
    broker = NsqBroker(
        NsqAddress(nsqd="127.0.0.1:1", nsqlookupd=(), name="tests"), TOPICS, ManualClock()
    )
    with pytest.raises(BrokerError, match=r"nsqd at 127\.0\.0\.1:1 cannot be spoken to"):
        await broker.open()


def test_a_topic_of_dead_letters_is_within_the_longest_name() -> None:
    short = dead_letter_topic("orders", "subscription:orders/mail")
    long = dead_letter_topic("o" * 60, "subscription:orders/mail")

    assert (short, len(long), long[:10]) == ("orders-dlq-mail", 64, "o" * 10)
    assert long != dead_letter_topic("o" * 60, "subscription:orders/post")


def _put_back(server: FakeNsqd) -> list[tuple[dict[str, str], bytes]]:
    """What was published for one subscription alone."""
    published = [unwrapped(it) for it in server.bodies]
    return [it for it in published if "infragraph-redrive" in it[0]]


AGAIN = ({"infragraph-redrive": "subscription:t/s", "infragraph-deliveries": "1"}, b"{}")


async def test_what_waits_for_a_retry_is_put_back_where_its_nsqd_is_gone() -> None:
    async with fake_nsqd() as server, opened(server) as broker:
        async with handed_out(broker, server) as delivery:
            await delivery.retry(0.05)
            await server.hears("REQ")
            server.hang_up()
            await server.hears("PUB")
        assert _put_back(server) == [AGAIN]


async def test_what_cannot_be_given_back_is_put_back() -> None:
    async with fake_nsqd() as server, opened(server) as broker:
        async with handed_out(broker, server) as delivery:
            server.hang_up()
            await harness.until(lambda: server.told.count("SUB t s") == 2)
            await delivery.retry(30)
        assert _put_back(server) == [AGAIN]


async def test_what_nsqd_hands_out_again_is_not_put_back() -> None:
    async with fake_nsqd() as server, opened(server) as broker:
        deliveries: Any = broker.receive(channel())
        first = asyncio.ensure_future(anext(deliveries))
        await server.hears("RDY")
        server.hand_out("a" * 16, b"{}")
        await (await first).retry(0.05)
        server.hand_out("a" * 16, b"{}", attempts=2)
        await (await anext(deliveries)).acknowledge()
        server.hang_up()
        await asyncio.sleep(0.3)
        await deliveries.aclose()
        assert _put_back(server) == []


async def test_attempts_go_on_where_a_message_was_put_back() -> None:
    body = wrapped({"ce-id": "1", "infragraph-deliveries": "4"}, b"{}")
    async with (
        fake_nsqd() as server,
        opened(server) as broker,
        handed_out(broker, server, body) as delivery,
    ):
        assert (delivery.attempt, delivery.envelope.attributes) == (5, {})
        await delivery.acknowledge()


async def test_what_was_given_back_at_the_end_is_not_put_back() -> None:
    async with fake_nsqd() as server:
        async with opened(server) as broker:
            async with handed_out(broker, server) as delivery:
                await delivery.retry(0.01)
            deliveries: Any = broker.receive(channel())
            first = asyncio.ensure_future(anext(deliveries))
            await harness.until(lambda: server.told.count("SUB t s") == 2)
            server.hand_out("b" * 16, b"{}")
            interrupted = await first
            await deliveries.aclose()
            await interrupted.retry(0)
        await asyncio.sleep(0.1)
        assert _put_back(server) == []
