"""Confirmations of JetStream, against a client that says what a test has it say."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, cast
from urllib.parse import unquote

import pytest
from nats.aio.client import Client
from nats.aio.msg import Msg
from nats.errors import OutboundBufferLimitError

from infragraph.runtime.brokers import nats_publishing
from infragraph.runtime.brokers.broker import BrokerError
from infragraph.runtime.brokers.nats_publishing import Confirmed, Outgoing, encoded

STORED = b'{"stream":"orders", "seq":7}'
Say = Callable[[Outgoing, int], bytes | Exception | None]


class Server:
    """Answers each publish by what `say` gives of it and its number; None is silence."""

    max_payload = 200

    def __init__(self, say: Say) -> None:
        self.say = say
        self.published: list[Outgoing] = []
        self._answered: Callable[[Msg], Awaitable[None]] | None = None
        self._tasks: set[asyncio.Task[None]] = set()

    def new_inbox(self) -> str:
        return "_INBOX.a"

    async def subscribe(self, subject: str, cb: Callable[[Msg], Awaitable[None]]) -> None:
        assert subject == "_INBOX.a.*"
        self._answered = cb

    async def publish(
        self, subject: str, body: bytes, reply: str, headers: Mapping[str, str]
    ) -> None:
        message = Outgoing(subject, body, headers)
        said = self.say(message, len(self.published))
        self.published.append(message)
        if isinstance(said, Exception):
            raise said
        if said is not None:
            task = asyncio.create_task(self.answer(reply, said))
            self._tasks.add(task)

    async def answer(self, reply: str, said: bytes) -> None:
        assert self._answered is not None
        await self._answered(Msg(cast("Any", None), subject=reply, data=said))


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nats_publishing, "_PUBLISH_SECONDS", 0.2)
    monkeypatch.setattr(nats_publishing, "_TRY_SECONDS", 0.05)
    monkeypatch.setattr(nats_publishing, "_AGAIN_SECONDS", 0.01)


async def sent(say: Say, *messages: Outgoing, room: int = 0) -> list[Outgoing]:
    server = Server(say)
    confirmed = Confirmed(cast("Client", server))
    await confirmed.open()
    await confirmed.send(messages, room=room)
    return server.published


A, B = Outgoing("orders.0", b"1", {}), Outgoing("orders.1", b"2", {})


async def test_messages_are_sent_before_the_first_is_confirmed() -> None:
    assert await sent(lambda _message, _number: STORED, A, B) == [A, B]


async def test_what_is_not_confirmed_is_sent_again_and_nothing_else() -> None:
    assert await sent(lambda _message, number: None if number == 1 else STORED, A, B) == [A, B, B]


@pytest.mark.parametrize(
    ("said", "why"),
    [
        (None, "it did not answer in time"),
        (b"", "no stream has its subject"),
        (
            b'{"error":{"code":503,"description":"insufficient resources"}}',
            "insufficient resources",
        ),
        (b"hello", "the answer is not JetStream's: b'hello'"),
        (b"[]", "the answer is not JetStream's: b'[]'"),
        (OutboundBufferLimitError(), "nats: outbound buffer limit exceeded"),
    ],
)
async def test_what_is_never_confirmed_says_why(said: bytes | Exception | None, why: str) -> None:
    with pytest.raises(BrokerError) as raised:
        await sent(lambda _message, _number: said, A)
    assert str(raised.value) == f"orders.0 did not confirm a message: {why}"


async def test_a_confirmation_that_comes_late_counts_for_nothing() -> None:
    server = Server(lambda _message, number: None if number == 0 else STORED)
    confirmed = Confirmed(cast("Client", server))
    await confirmed.open()
    first = asyncio.create_task(confirmed.send([A]))
    await asyncio.sleep(0.08)
    assert first.done()
    await server.answer("_INBOX.a.1", b"")
    assert server.published == [A, A]


async def test_a_message_is_as_large_as_the_server_takes_with_its_headers() -> None:
    headers = {"ce-id": "a"}
    largest = 200 - len("NATS/1.0\r\nce-id: a\r\n\r\n")
    assert await sent(lambda _message, _number: STORED, Outgoing("a", b"x" * largest, headers))
    with pytest.raises(BrokerError, match="has 201 bytes with its headers, and 200 is the most"):
        await sent(lambda _message, _number: STORED, Outgoing("a", b"x" * (largest + 1), headers))


@pytest.mark.parametrize(
    "value", ["", "a b", "été", "100%", " a", "a ", "a\r\nb", "|", "\x7f", "\t"]
)
def test_a_header_arrives_as_it_was(value: str) -> None:
    headers = encoded({"city": value, "other": "b"}, "id")
    assert headers["city"].isascii()
    assert headers["city"] == headers["city"].strip()
    assert {name: unquote(it) for name, it in headers.items()} == {
        "city": value,
        "other": "b",
        "Nats-Msg-Id": "id",
    }
