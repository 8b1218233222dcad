"""An address in front of a server, which can be as if nobody were there."""

import asyncio
import contextlib
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Self

_HOST = "127.0.0.1"


class Gate:
    """Carries bytes between its own port and the server's while it is open."""

    def __init__(self, server: str) -> None:
        self._host, _, port = server.rpartition(":")
        self._port = int(port)
        self._listening: asyncio.Server | None = None
        self._carrying: set[asyncio.Task[None]] = set()
        self.port = 0

    @property
    def address(self) -> str:
        return f"{_HOST}:{self.port}"

    async def __aenter__(self) -> Self:
        await self._open()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._shut()

    @asynccontextmanager
    async def shut(self) -> AsyncGenerator[None]:
        """A block in which connections are refused, and those that were there have ended."""
        await self._shut()
        try:
            yield
        finally:
            await self._open()

    async def _open(self) -> None:
        self._listening = await asyncio.start_server(self._carry, _HOST, self.port)
        self.port = self._listening.sockets[0].getsockname()[1]

    async def _shut(self) -> None:
        if self._listening is not None:
            self._listening.close()
        for task in [*self._carrying]:
            task.cancel()
        await asyncio.gather(*self._carrying, return_exceptions=True)

    async def _carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None, "asyncio runs it"
        self._carrying.add(task)
        ends = [writer]
        try:
            there, back = await asyncio.open_connection(self._host, self._port)
            ends.append(back)
            ways = [
                asyncio.create_task(_pass(reader, back)),
                asyncio.create_task(_pass(there, writer)),
            ]
            try:
                await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
            finally:
                for way in ways:
                    way.cancel()
                await asyncio.gather(*ways, return_exceptions=True)
        except (OSError, asyncio.CancelledError):
            # Ended either way; streams log a handler that is cancelled.
            pass
        finally:
            self._carrying.discard(task)
            for end in ends:
                end.transport.abort()


async def _pass(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with contextlib.suppress(OSError):
        while data := await reader.read(1 << 16):
            writer.write(data)
            await writer.drain()
