"""One connection to an nsqd: what is asked is answered in order, and messages come in between."""

import asyncio
import contextlib
import json
import socket
import ssl
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, cast

from infragraph.runtime.brokers.nsq.frames import (
    CLOSE_WAIT,
    HEARTBEAT,
    MAGIC,
    Frame,
    FrameError,
    Kind,
    Message,
    NsqError,
    command,
    frame,
    frame_size,
    message,
)

_CONNECT_SECONDS = 5.0
_ANSWER_SECONDS = 10.0
_CLOSE_SECONDS = 1.0
_HEARTBEAT_SECONDS = 5.0
# A heartbeat may be late once.
_SILENCE_SECONDS = 2 * _HEARTBEAT_SECONDS + 1
# What nsqd holds back to send several at once is lost when it is killed.
_UNBUFFERED = -1


class LostError(Exception):
    """The connection is gone; whether what was asked last took effect is not known."""


class NoNsqdError(LostError):
    """What answers is something else."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """How to connect. `deadline` is in seconds: how long a message may be with this connection."""

    name: str
    tls: ssl.SSLContext | None = None
    auth_secret: str | None = None
    deadline: float | None = None


class _ToTheEnd(asyncio.StreamReader):
    """What came before the connection broke is read all the same."""

    def set_exception(self, exc: Exception) -> None:
        del exc
        self.feed_eof()


class Connection:
    """Opened by `connect`; `closed` is set when it is gone, `is_ended` where we closed it."""

    def __init__(
        self,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
        heard: Callable[["Connection", Message | NsqError], None],
    ) -> None:
        self._reader = reader
        self._writer = writer
        self._heard = heard
        self._asked: deque[asyncio.Future[bytes]] = deque()
        self._reading: asyncio.Task[None] | None = None
        self._is_over = asyncio.Event()
        self.closed = asyncio.Event()
        self.is_ended = False

    async def ask(self, sent: bytes) -> bytes:
        """Send what nsqd answers, and wait for the answer.

        Raises:
            NsqError: nsqd refused.
            LostError: no answer came.
        """
        self._check()
        answer: asyncio.Future[bytes] = asyncio.get_running_loop().create_future()
        self._asked.append(answer)
        self._writer.write(sent)
        try:
            async with asyncio.timeout(_ANSWER_SECONDS):
                await self._drained()
                return await asyncio.shield(answer)
        except TimeoutError:
            self._lose("nsqd does not answer")
            raise LostError(_TOO_LATE) from None

    def tell(self, sent: bytes) -> None:
        """Send what nsqd does not answer.

        Raises:
            LostError: the connection is gone.
        """
        self._check()
        self._writer.write(sent)

    async def drained(self) -> None:
        """Until what was sent has left, where much of it waits.

        Raises:
            LostError: the connection is gone.
        """
        self._check()
        await self._drained()

    async def close(self) -> None:
        """Let nsqd take in all that it was told, as far as it still answers."""
        if not self.closed.is_set():
            self.is_ended = True
            with contextlib.suppress(LostError, TimeoutError):
                self.tell(command("CLS"))
                async with asyncio.timeout(_CLOSE_SECONDS):
                    await self._is_over.wait()
            self._lose("it was closed")
        if self._reading is not None:
            await asyncio.wait([self._reading])
        with contextlib.suppress(OSError, ssl.SSLError):
            await self._writer.wait_closed()

    async def greet(self, settings: Settings, host: str) -> None:
        """Say who we are, as the protocol begins; then frames are read.

        Raises:
            NsqError: nsqd refused.
        """
        self._writer.write(MAGIC)
        identity = await self._first(command("IDENTIFY", body=_identity(settings)))
        known = cast("dict[str, Any]", json.loads(identity))
        if settings.tls is not None:
            if not known.get("tls_v1"):
                text = "E_INVALID nsqd does not speak TLS, and is configured to"
                raise NsqError(text)
            await self._writer.start_tls(settings.tls, server_hostname=host)
            await self._first(b"")
        if known.get("auth_required"):
            if settings.auth_secret is None:
                text = "E_AUTH_FIRST nsqd wants a secret, and none is configured"
                raise NsqError(text)
            await self._first(command("AUTH", body=settings.auth_secret.encode()))
        self._reading = asyncio.create_task(self._read())

    async def _first(self, sent: bytes) -> bytes:
        """A question and its answer while nothing else is under way."""
        self._writer.write(sent)
        await self._writer.drain()
        while True:
            found = await self._frame()
            if found.kind is Kind.ERROR:
                raise NsqError(found.data.decode(errors="replace"))
            if found.data == HEARTBEAT:
                self._writer.write(command("NOP"))
                continue
            return found.data

    async def _frame(self) -> Frame:
        size = frame_size(await self._reader.readexactly(4))
        return frame(await self._reader.readexactly(size))

    async def _read(self) -> None:
        why = "nsqd closed it"
        try:
            while True:
                async with asyncio.timeout(_SILENCE_SECONDS):
                    found = await self._frame()
                self._take(found)
        except TimeoutError:
            why = "nsqd is silent"
        except (OSError, EOFError, ssl.SSLError) as error:
            why = str(error) or why
        except (FrameError, NsqError) as error:
            why = str(error)
        finally:
            self._lose(why)

    def _take(self, found: Frame) -> None:
        if found.kind is Kind.MESSAGE:
            self._heard(self, message(found.data))
        elif found.kind is Kind.ERROR:
            self._refused(NsqError(found.data.decode(errors="replace")))
        elif found.data == HEARTBEAT:
            self._writer.write(command("NOP"))
        elif found.data == CLOSE_WAIT:
            self._is_over.set()
        elif self._asked:
            answer = self._asked.popleft()
            if not answer.done():
                answer.set_result(found.data)
        else:
            text = f"nsqd answers {found.data!r}, and was not asked"
            raise FrameError(text)

    def _refused(self, error: NsqError) -> None:
        """Of what has no answer, a refusal is told apart by its code."""
        if not error.is_fatal:
            self._heard(self, error)
            return
        if not self._asked:
            raise error
        answer = self._asked.popleft()
        if not answer.done():
            answer.set_exception(error)

    def _check(self) -> None:
        # The transport knows before it has been read to its end.
        if self.closed.is_set() or self._writer.is_closing():
            text = "the connection to nsqd is gone"
            raise LostError(text)

    async def _drained(self) -> None:
        try:
            await self._writer.drain()
        except OSError as error:
            self._lose(str(error))
            raise LostError(str(error)) from error

    def _lose(self, why: str) -> None:
        """Whoever waits for an answer gets none."""
        if self.closed.is_set():
            return
        self.closed.set()
        while self._asked:
            answer = self._asked.popleft()
            if not answer.done():
                answer.set_exception(LostError(f"the connection to nsqd is gone: {why}"))
                # Whoever asked may have gone away.
                answer.exception()
        self._writer.close()


async def connect(
    address: str, settings: Settings, heard: Callable[[Connection, Message | NsqError], None]
) -> Connection:
    """A connection to the nsqd at `host:port`; `heard` is told of messages, and of refusals.

    Raises:
        NsqError: nsqd refused.
        NoNsqdError: what answers is none.
        LostError: nothing answers.
    """
    host, _, port = address.rpartition(":")
    host = host.strip("[]")
    try:
        async with asyncio.timeout(_CONNECT_SECONDS):
            reader, writer = await _opened(host, int(port))
            made = Connection(reader, writer, heard)
            try:
                await made.greet(settings, host)
            except BaseException:
                writer.close()
                raise
            return made
    except TimeoutError:
        text = f"nsqd at {address} does not answer"
        raise LostError(text) from None
    except OSError as error:
        text = f"nsqd at {address} cannot be spoken to: {error}"
        raise LostError(text) from error
    except (EOFError, ValueError, FrameError) as error:
        text = f"nsqd at {address} cannot be spoken to: {error}"
        raise NoNsqdError(text) from error


async def _opened(host: str, port: int) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    loop = asyncio.get_running_loop()
    reader = _ToTheEnd()
    protocol = asyncio.StreamReaderProtocol(reader)
    transport, _ = await loop.create_connection(lambda: protocol, host, port)
    return reader, asyncio.StreamWriter(transport, protocol, reader, loop)


def _identity(settings: Settings) -> bytes:
    host = socket.gethostname()
    said: dict[str, object] = {
        "client_id": settings.name,
        "hostname": host,
        "user_agent": "infragraph",
        "feature_negotiation": True,
        "heartbeat_interval": int(_HEARTBEAT_SECONDS * 1000),
        "output_buffer_size": _UNBUFFERED,
        "output_buffer_timeout": _UNBUFFERED,
        "tls_v1": settings.tls is not None,
    }
    if settings.deadline is not None:
        said["msg_timeout"] = int(settings.deadline * 1000)
    return json.dumps(said).encode()


_TOO_LATE = "nsqd did not answer in time"
