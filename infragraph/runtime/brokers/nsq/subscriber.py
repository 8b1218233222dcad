"""One subscription: a connection to each nsqd that has its topic, and what they may hand out."""

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from infragraph.runtime.brokers.nsq.connection import Connection, LostError, Settings, connect
from infragraph.runtime.brokers.nsq.discovery import LookupFailed
from infragraph.runtime.brokers.nsq.frames import Message, NsqError, about, command

LOG = logging.getLogger("infragraph.nsq")

_LOOK_SECONDS = 15.0
_LOOK_SOON_SECONDS = 1.0
_AGAIN_SECONDS = 0.25
_LONGEST_AGAIN = 5.0
_ROTATE_SECONDS = 2.0

Look = Callable[[], Awaitable[frozenset[str]]]
"""Gives the addresses of the nsqds that have the topic."""


@dataclass(frozen=True, slots=True)
class Handed:
    """A message, and the connection by which alone it can be settled."""

    connection: Connection
    address: str
    message: Message

    @property
    def is_lost(self) -> bool:
        """Whether nsqd went away with it: it hands the message out again, unless it was killed."""
        return self.connection.closed.is_set() and not self.connection.is_ended


class Subscriber:
    """`concurrency` is shared out among the connections: nsqd hands out so many and no more.

    `left` are messages that nobody took, and that cannot be given back either.
    """

    def __init__(
        self, look: Look, settings: Settings, topic: str, channel: str, concurrency: int
    ) -> None:
        self._look = look
        self._settings = settings
        self._topic = topic
        self._channel = channel
        self._concurrency = concurrency
        self._waiting: asyncio.Queue[Handed] = asyncio.Queue()
        self._connections: dict[str, Connection] = {}
        self._keeping: dict[str, asyncio.Task[None]] = {}
        self._watching: list[asyncio.Task[None]] = []
        self._unsettled = 0
        self.left: list[Handed] = []
        self._turn = 0
        self.is_stopping = False
        self._closing: asyncio.Task[None] | None = None

    def start(self) -> None:
        self._watching = [
            asyncio.create_task(self._watch()),
            asyncio.create_task(self._rotate()),
        ]

    async def next(self) -> Handed:
        """The next message, which counts as unsettled until `settled`."""
        handed = await self._waiting.get()
        self._unsettled += 1
        return handed

    def settled(self) -> None:
        """One that was handed out is done with."""
        self._unsettled -= 1
        if self.is_stopping and not self._unsettled and self._closing is None:
            self._closing = asyncio.create_task(self._close())

    async def stop(self) -> None:
        """Ask for nothing more, and give back what nobody has taken; the rest can be settled."""
        self.is_stopping = True
        for task in self._watching:
            task.cancel()
        await asyncio.gather(*self._watching, return_exceptions=True)
        for connection in self._connections.values():
            with contextlib.suppress(LostError):
                connection.tell(command("RDY", "0"))
        while not self._waiting.empty():
            self._give_back(self._waiting.get_nowait())
        if not self._unsettled:
            await self.close()

    async def close(self) -> None:
        """What is not settled comes again."""
        if self._closing is None:
            self._closing = asyncio.create_task(self._close())
        await self._closing

    async def _close(self) -> None:
        self.is_stopping = True
        await asyncio.gather(*(it.close() for it in [*self._connections.values()]))
        for task in [*self._keeping.values(), *self._watching]:
            task.cancel()
        await asyncio.gather(*self._keeping.values(), *self._watching, return_exceptions=True)

    async def _watch(self) -> None:
        """An nsqd that comes up is connected to; one that is gone is left alone once it closes."""
        while True:
            pause = _LOOK_SECONDS
            try:
                addresses = await self._look()
            except LookupFailed as error:
                LOG.warning("%s/%s: %s", self._topic, self._channel, error)
                addresses = frozenset(self._keeping)
                pause = _LOOK_SOON_SECONDS
            for address in sorted(addresses - self._keeping.keys()):
                self._keeping[address] = asyncio.create_task(self._keep(address))
            for address in sorted(self._keeping.keys() - addresses - self._connections.keys()):
                self._keeping.pop(address).cancel()
            await asyncio.sleep(pause if self._keeping else _LOOK_SOON_SECONDS)

    async def _keep(self, address: str) -> None:
        """Connected for as long as it is subscribed, again and again."""
        pause = _AGAIN_SECONDS
        while not self.is_stopping:
            try:
                connection = await connect(address, self._settings, self._heard)
                self._connections[address] = connection
                try:
                    await connection.ask(command("SUB", self._topic, self._channel))
                    self._share()
                    pause = _AGAIN_SECONDS
                    await connection.closed.wait()
                finally:
                    del self._connections[address]
                    await connection.close()
                    self._share()
            except (LostError, NsqError) as error:
                LOG.warning("%s/%s at %s: %s", self._topic, self._channel, address, error)
            await asyncio.sleep(pause)
            pause = min(pause * 2, _LONGEST_AGAIN)

    async def _rotate(self) -> None:
        """With more nsqds than messages that may be handed out, each has its turn."""
        while True:
            await asyncio.sleep(_ROTATE_SECONDS)
            if len(self._connections) > self._concurrency:
                self._turn += 1
                self._share()

    def _share(self) -> None:
        if self.is_stopping:
            return
        connections = [it for _, it in sorted(self._connections.items())]
        if not connections:
            return
        least, rest = divmod(self._concurrency, len(connections))
        for place, connection in enumerate(connections):
            more = (place - self._turn) % len(connections) < rest
            with contextlib.suppress(LostError):
                connection.tell(command("RDY", str(least + more)))

    def _heard(self, connection: Connection, what: Message | NsqError) -> None:
        if isinstance(what, NsqError):
            # Too late: nsqd has handed the message out again, or will.
            LOG.warning("%s/%s: %s", self._topic, self._channel, what)
            return
        address = next((it for it, one in self._connections.items() if one is connection), "")
        handed = Handed(connection, address, what)
        if self.is_stopping:
            self._give_back(handed)
        else:
            self._waiting.put_nowait(handed)

    def _give_back(self, handed: Handed) -> None:
        try:
            handed.connection.tell(about("REQ", handed.message.id, "0"))
        except LostError:
            if handed.is_lost:
                self.left.append(handed)
