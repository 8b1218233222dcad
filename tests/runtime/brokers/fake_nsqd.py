"""An nsqd that says what a test tells it to, and remembers what it was told."""

import asyncio
import json
import struct
from collections import defaultdict
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

OK = b"OK"
WITH_BODY = frozenset({"IDENTIFY", "AUTH", "PUB", "MPUB", "DPUB"})
ANSWERED = frozenset({"IDENTIFY", "AUTH", "PUB", "MPUB", "DPUB", "SUB", "CLS"})


class FakeNsqd:
    """`answers` are error texts or responses by command, used once each before the usual ones.

    `hidden` are commands of which nothing is remembered.
    """

    def __init__(self) -> None:
        self.told: list[str] = []
        self.bodies: list[bytes] = []
        self.answers: dict[str, list[str]] = defaultdict(list)
        self.identity: dict[str, object] = {"max_rdy_count": 2500}
        self.address = ""
        self._writers: list[asyncio.StreamWriter] = []

    def hand_out(self, identity: str, body: bytes, attempts: int = 1) -> None:
        """To every connection."""
        data = struct.pack(">qH16s", 1_700_000_000_000_000_000, attempts, identity.encode()) + body
        self.send(2, data)

    def send(self, kind: int, data: bytes) -> None:
        for writer in self._writers:
            writer.write(struct.pack(">ii", len(data) + 4, kind) + data)

    def send_raw(self, data: bytes) -> None:
        for writer in self._writers:
            writer.write(data)

    def hang_up(self) -> None:
        for writer in self._writers:
            writer.close()
        self._writers.clear()

    async def hears(self, command: str) -> str:
        """Until it was told a command that begins so; gives all of its line."""
        async with asyncio.timeout(5):
            while True:
                for line in self.told:
                    if line.startswith(command):
                        return line
                await asyncio.sleep(0.005)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._writers.append(writer)
        try:
            assert await reader.readexactly(4) == b"  V2"
            while True:
                line = (await reader.readuntil(b"\n"))[:-1].decode()
                name = line.partition(" ")[0]
                if name in WITH_BODY:
                    (size,) = struct.unpack(">i", await reader.readexactly(4))
                    self.bodies.append(await reader.readexactly(size))
                self.told.append(line)
                self._answer(name, writer)
        except (EOFError, OSError):
            pass
        finally:
            writer.close()
            if writer in self._writers:
                self._writers.remove(writer)

    def _answer(self, name: str, writer: asyncio.StreamWriter) -> None:
        if name not in ANSWERED and not self.answers[name]:
            return
        usual = {"IDENTIFY": json.dumps(self.identity), "CLS": "CLOSE_WAIT", "AUTH": "{}"}
        text = self.answers[name].pop(0) if self.answers[name] else usual.get(name, "OK")
        kind = 1 if text.startswith("E_") else 0
        data = text.encode()
        writer.write(struct.pack(">ii", len(data) + 4, kind) + data)
        if kind == 1 and not text.startswith(("E_FIN", "E_REQ", "E_TOUCH")):
            writer.close()


@asynccontextmanager
async def fake_nsqd() -> AsyncGenerator[FakeNsqd]:
    """A block in which one listens."""
    made = FakeNsqd()
    server = await asyncio.start_server(made.serve, "127.0.0.1", 0)
    host, port = server.sockets[0].getsockname()
    made.address = f"{host}:{port}"
    try:
        yield made
    finally:
        made.hang_up()
        server.close()
        await server.wait_closed()
        await asyncio.sleep(0)
