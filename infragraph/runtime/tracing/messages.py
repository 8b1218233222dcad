"""Messages told to the dashboard of a run, whose broker cannot be read from outside."""

import asyncio
import base64
import contextlib
from collections.abc import AsyncGenerator, AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import httpx

from infragraph.runtime.brokers.broker import Broker, Channel, DeadLetter, Delivery, Features
from infragraph.runtime.envelope import Envelope, headers

URL = "INFRAGRAPH_MESSAGES_URL"
"""The variable with where messages are told; only `infragraph run` sets it."""

TOKEN = "INFRAGRAPH_MESSAGES_TOKEN"  # noqa: S105 - a variable's name
TOKEN_HEADER = "x-infragraph-token"  # noqa: S105 - a header's name
_WAITING = 2000
_BATCH = 50
_SECONDS = 5.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """Never holds up a message: what cannot be told soon is not told."""

    client: httpx.AsyncClient
    url: str
    token: str
    _waiting: "asyncio.Queue[dict[str, Any]]" = field(
        default_factory=lambda: asyncio.Queue(_WAITING)
    )

    def tell(self, topic: str, message: Envelope, letter: DeadLetter | None = None) -> None:
        """Say that a message was published, or given up."""
        told: dict[str, Any] = {
            "topic": topic,
            "headers": headers(message),
            "body": base64.b64encode(message.body).decode(),
        }
        if letter is not None:
            told["subscription"] = letter.subscription
            told["reason"] = letter.reason
            told["attempts"] = letter.attempts
        with contextlib.suppress(asyncio.QueueFull):
            self._waiting.put_nowait(told)

    async def run(self) -> None:
        """Until it is cancelled."""
        while True:
            batch = [await self._waiting.get()]
            while len(batch) < _BATCH and not self._waiting.empty():
                batch.append(self._waiting.get_nowait())
            with contextlib.suppress(httpx.HTTPError):
                await self.client.post(
                    self.url, json=batch, headers={TOKEN_HEADER: self.token}, timeout=_SECONDS
                )


@asynccontextmanager
async def told(
    broker: Broker, client: httpx.AsyncClient, variables: Mapping[str, str]
) -> AsyncGenerator[Broker]:
    """A block with the broker, whose messages are told where the variables say so."""
    if not variables.get(URL):
        yield broker
        return
    telling = Telling(client=client, url=variables[URL], token=variables.get(TOKEN, ""))
    running = asyncio.create_task(telling.run())
    try:
        yield _ToldBroker(telling, broker)
    finally:
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)


class _ToldBroker:
    """What the broker has confirmed is told."""

    def __init__(self, telling: Telling, carrying: Broker) -> None:
        self._telling = telling
        self._carrying = carrying

    @property
    def features(self) -> Features:
        return self._carrying.features

    async def open(self) -> None:
        await self._carrying.open()

    async def close(self) -> None:
        await self._carrying.close()

    async def publish(
        self, topic: str, address: Mapping[str, object], messages: Sequence[Envelope]
    ) -> None:
        await self._carrying.publish(topic, address, messages)
        for message in messages:
            self._telling.tell(topic, message)

    def receive(self, channel: Channel) -> AsyncIterator[Delivery]:
        return self._carrying.receive(channel)

    async def bury(self, channel: Channel, letter: DeadLetter) -> None:
        await self._carrying.bury(channel, letter)
        self._telling.tell(channel.topic, letter.envelope, letter)
