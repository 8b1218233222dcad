"""Connections that are slow on purpose, or send what has no end, are ended.

uvicorn waits for a request's head, for the rest of its body, and for a reader of the answer without
a limit of its own.
"""

import asyncio
from typing import Any, ClassVar

from uvicorn.protocols.http.auto import AutoHTTPProtocol


def guarded(protocol: type[asyncio.Protocol] = AutoHTTPProtocol) -> type[asyncio.Protocol]:
    """A protocol of uvicorn's, by default of whichever parser is installed, with these limits."""
    return type(f"Guarded{protocol.__name__}", (Guard, protocol), {})


class Guard(asyncio.Protocol):
    """What a protocol of uvicorn's is mixed with; the first four attributes are that one's.

    `head_seconds` and `head_bytes` are for a request line with all headers. `stalled_seconds` are
    for a body of which nothing more comes, and an answer of which nothing more is read.
    """

    loop: asyncio.AbstractEventLoop
    transport: Any
    flow: Any
    cycle: Any

    head_seconds: ClassVar[float] = 20.0
    head_bytes: ClassVar[int] = 64 * 1024
    stalled_seconds: ClassVar[float] = 60.0

    _waiting: asyncio.TimerHandle | None = None
    _reading: asyncio.TimerHandle | None = None
    _received = 0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        super().connection_made(transport)
        self._wait(self.head_seconds)

    def data_received(self, data: bytes) -> None:
        before = self.cycle
        super().data_received(data)
        if self.transport.get_protocol() is not self:
            self._forget()  # a WebSocket's, which has pings
        elif self.cycle is not before:
            self._received = 0
            self._await_body()
        elif not self._is_owed():
            self._continue_head(len(data))
        elif not self.cycle.response_complete:
            self._await_body()
        elif self._waiting is None:
            # The rest of a body that nobody wants: it may not trickle for ever.
            self._wait(self.stalled_seconds)

    def connection_lost(self, exc: Exception | None) -> None:
        self._forget()
        super().connection_lost(exc)

    def pause_writing(self) -> None:
        super().pause_writing()
        self._reading = self.loop.call_later(self.stalled_seconds, self.transport.abort)

    def resume_writing(self) -> None:
        super().resume_writing()
        self._stop_reading()

    def _is_owed(self) -> bool:
        """Whether what comes next is of a request whose head is here."""
        cycle = self.cycle
        return cycle is not None and bool(cycle.more_body or not cycle.response_complete)

    def _await_body(self) -> None:
        self._wait(self.stalled_seconds if self.cycle.more_body else None)

    def _continue_head(self, size: int) -> None:
        self._received += size
        if self._received > self.head_bytes:
            self._end()
        elif self._waiting is None:
            self._wait(self.head_seconds)

    def _wait(self, seconds: float | None) -> None:
        if self._waiting is not None:
            self._waiting.cancel()
        self._waiting = None if seconds is None else self.loop.call_later(seconds, self._late)

    def _late(self) -> None:
        self._waiting = None
        if self._is_owed() and self.flow.read_paused:
            # The application is the one that reads slowly, not the client.
            self._wait(self.stalled_seconds)
        else:
            self._end()

    def _forget(self) -> None:
        self._wait(None)
        self._stop_reading()

    def _stop_reading(self) -> None:
        if self._reading is not None:
            self._reading.cancel()
            self._reading = None

    def _end(self) -> None:
        if not self.transport.is_closing():
            self.transport.close()
