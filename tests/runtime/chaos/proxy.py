"""A TCP proxy that does to connections what networks do to them."""

import asyncio
import contextlib
import socket
import struct
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from random import Random

_HOST = "127.0.0.1"
_CHUNK = 1 << 16


@dataclass(eq=False)
class Way:
    """One direction of a connection; `is_answer` is what the server sends."""

    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter
    is_answer: bool
    passed: int = 0

    async def send(self, data: bytes) -> None:
        self.writer.write(data)
        await self.writer.drain()
        self.passed += len(data)


@dataclass(eq=False)
class Link:
    """A connection through the proxy: `client` came to it, `server` is where it leads."""

    client: asyncio.StreamWriter
    server: asyncio.StreamWriter

    def reset(self) -> None:
        """As when a machine on the way has forgotten the connection."""
        for writer in (self.client, self.server):
            with contextlib.suppress(OSError):
                writer.get_extra_info("socket").setsockopt(
                    socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0)
                )
            writer.transport.abort()

    def close(self) -> None:
        self.client.close()
        self.server.close()


Pass = Callable[["Proxy", Link, Way, bytes], Awaitable[None]]
"""What is done with a part of what comes, in place of passing it on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """`passing` says what becomes of data; `striking` is done again and again while it lasts.

    `is_lasting`: connections that it has struck are of no use any more, though the network heals.
    """

    name: str
    passing: Pass
    striking: Callable[["Proxy"], Awaitable[None]] | None = None
    is_lasting: bool = False


@dataclass(eq=False, kw_only=True)
class Proxy:
    """`struck` counts what the fault did, so that one that did nothing is seen."""

    upstream: int
    random: Random
    port: int = 0
    fault: Fault | None = None
    struck: int = 0
    links: set[Link] = field(default_factory=set[Link])
    _deaf: dict[Link, Fault] = field(default_factory=dict[Link, Fault])

    @asynccontextmanager
    async def suffering(self, fault: Fault) -> AsyncGenerator[None]:
        """A block in which the network has a fault; it is healed at its end."""
        self.fault, self.struck = fault, 0
        striking = asyncio.create_task(self._strike(fault))
        try:
            yield
        finally:
            striking.cancel()
            await asyncio.gather(striking, return_exceptions=True)
            if fault.is_lasting:
                self._deaf.update(dict.fromkeys(self.links, fault))
            self.fault = None

    async def carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection, from its first byte to its end."""
        try:
            to_server = await asyncio.open_connection(_HOST, self.upstream)
        except OSError:
            writer.close()
            return
        link = Link(writer, to_server[1])
        self.links.add(link)
        try:
            ways = [
                asyncio.create_task(self._pump(link, Way(reader, to_server[1], is_answer=False))),
                asyncio.create_task(self._pump(link, Way(to_server[0], writer, is_answer=True))),
            ]
            await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
            for way in ways:
                way.cancel()
            await asyncio.gather(*ways, return_exceptions=True)
        finally:
            self.links.discard(link)
            self._deaf.pop(link, None)
            link.close()

    async def _pump(self, link: Link, way: Way) -> None:
        with contextlib.suppress(OSError):
            while data := await way.reader.read(_CHUNK):
                fault = self._deaf.get(link, self.fault)
                if fault is None:
                    await way.send(data)
                else:
                    await fault.passing(self, link, way, data)

    async def _strike(self, fault: Fault) -> None:
        while fault.striking is not None:
            await fault.striking(self)
            await asyncio.sleep(0.5)


@asynccontextmanager
async def proxied(upstream: int, random: Random) -> AsyncGenerator[Proxy]:
    """A block in which a proxy leads to a port of this machine."""
    proxy = Proxy(upstream=upstream, random=random)
    server = await asyncio.start_server(proxy.carry, _HOST, 0)
    proxy.port = server.sockets[0].getsockname()[1]
    try:
        yield proxy
    finally:
        server.close()
        for link in list(proxy.links):
            link.reset()
        # Those that carry connections see that they are gone.
        await asyncio.sleep(0.1)
