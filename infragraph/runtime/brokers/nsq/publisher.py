"""Publishing to one nsqd, which confirms what it has taken."""

import asyncio
import contextlib
from collections.abc import Iterator, Sequence

from infragraph.runtime.brokers.broker import BrokerError
from infragraph.runtime.brokers.nsq.connection import Connection, LostError, Settings, connect
from infragraph.runtime.brokers.nsq.frames import Message, NsqError, command, several

_SECONDS = 10.0
_AGAIN_SECONDS = 0.25
_AT_ONCE = 100
_BYTES_AT_ONCE = 1 << 20
# nsqd could not, as when it is about to end: it may do a little later, or after its restart.
_PASSING = frozenset({"E_PUB_FAILED", "E_MPUB_FAILED", "E_DPUB_FAILED"})


class Publisher:
    """A connection that is made when it is needed, and again when it is lost."""

    def __init__(self, address: str, settings: Settings) -> None:
        self._address = address
        self._settings = settings
        self._connection: Connection | None = None
        self._connecting = asyncio.Lock()
        self._is_open = False

    async def open(self) -> None:
        """Raises BrokerError where nsqd is not there."""
        self._is_open = True
        try:
            await self._connected()
        except (LostError, NsqError) as error:
            raise BrokerError(str(error)) from error

    async def close(self) -> None:
        self._is_open = False
        if self._connection is not None:
            await self._connection.close()
            self._connection = None

    async def publish(self, topic: str, bodies: Sequence[bytes]) -> None:
        """Returns once nsqd has confirmed all.

        Raises:
            BrokerError: it has not.
        """
        await asyncio.gather(*(self._confirmed(topic, it) for it in _batches(bodies)))

    async def defer(self, topic: str, body: bytes, seconds: float) -> None:
        """Publish what is handed out in `seconds`, an hour at most as nsqd comes.

        Raises:
            BrokerError: nsqd has not confirmed it.
        """
        await self._asked(topic, command("DPUB", topic, str(int(seconds * 1000)), body=body))

    async def _confirmed(self, topic: str, bodies: Sequence[bytes]) -> None:
        if len(bodies) == 1:
            await self._asked(topic, command("PUB", topic, body=bodies[0]))
        else:
            await self._asked(topic, command("MPUB", topic, body=several(bodies)))

    async def _asked(self, topic: str, sent: bytes) -> None:
        """Asked again while nsqd is away, so that a message may be there twice."""
        if not self._is_open:
            message = f"the connection to nsqd is closed, so nothing is published to {topic}"
            raise BrokerError(message)
        loop = asyncio.get_running_loop()
        end = loop.time() + _SECONDS
        while True:
            try:
                connection = await self._connected()
                await connection.ask(sent)
            except (LostError, NsqError) as error:
                is_final = isinstance(error, NsqError) and error.code not in _PASSING
                if is_final or loop.time() + _AGAIN_SECONDS > end:
                    message = f"nsqd did not confirm a message of {topic}: {error}"
                    raise BrokerError(message) from error
                await asyncio.sleep(_AGAIN_SECONDS)
            else:
                return

    async def _connected(self) -> Connection:
        async with self._connecting:
            if self._connection is None or self._connection.closed.is_set():
                if self._connection is not None:
                    with contextlib.suppress(OSError):
                        await self._connection.close()
                self._connection = await connect(self._address, self._settings, _unheard)
            return self._connection


def _unheard(_connection: Connection, _what: Message | NsqError) -> None:
    """A publisher asks for no messages."""


def _batches(bodies: Sequence[bytes]) -> Iterator[list[bytes]]:
    batch: list[bytes] = []
    size = 0
    for body in bodies:
        if batch and (len(batch) == _AT_ONCE or size + len(body) > _BYTES_AT_ONCE):
            yield batch
            batch, size = [], 0
        batch.append(body)
        size += len(body)
    if batch:
        yield batch
